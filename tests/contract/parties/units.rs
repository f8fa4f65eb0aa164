//! Units.

use contract_tests::{World, on_both};
use serde_json::json;

const UNKNOWN: &str = "01935b7e-8a3c-7c4e-9a51-3d2f6b8e0c17";

on_both! {
    /// shows: R01
    fn units_form_a_tree_without_circles_inside_one_organisation(service) {
        let world = World::new(service);
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        let client = &oss.administrator.client;
        let path = format!("/organisations/{}/units", oss.id);
        let above = client.post(&path, &json!({"name": "Fysiek domein"})).expect(201);
        let below = client.post(&path, &json!({"name": "Ruimte", "parentId": above.id()})).expect(201);
        assert_eq!(client.get(&below.headers["location"]).expect(200).body, below.body);
        client.patch(&above.headers["location"], &json!({"parentId": below.id()})).refused(409, "parent_circular");
        client.patch(&above.headers["location"], &json!({"parentId": above.id()})).refused(409, "parent_circular");
        client.post(&path, &json!({"name": "Elders", "parentId": UNKNOWN})).names(&["parentId"]);
        let theirs = uden.administrator.client.post(&format!("/organisations/{}/units", uden.id), &json!({"name": "Griffie"}));
        client.patch(&below.headers["location"], &json!({"parentId": theirs.id()})).names(&["parentId"]);
        let changed = client.patch(&below.headers["location"], &json!({"name": " Ruimte en water ", "parentId": null}));
        assert_eq!((changed.text_at("/name"), &changed.body["parentId"]), ("Ruimte en water", &json!(null)));
        client.with("If-Match", &below.tag()).patch(&below.headers["location"], &json!({})).refused(412, "revision_stale");
        assert_eq!(client.get(&path).ids(), [above.id(), below.id()]);
        assert_eq!(client.get(&format!("{path}?search=WATER")).ids(), [below.id()]);
        assert!(client.get(&format!("{path}?parentId={}", above.id())).ids().is_empty());
    }

    fn a_unit_is_removed_only_when_nothing_refers_to_it(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let (client, path) = (&oss.administrator.client, format!("/organisations/{}/units", oss.id));
        let above = client.post(&path, &json!({"name": "Fysiek domein"})).headers["location"].clone();
        let id = client.get(&above).id();
        let below = client.post(&path, &json!({"name": "Ruimte", "parentId": id})).headers["location"].clone();
        let sanne = world.employee_with(&oss, "Sanne", &json!({"unitId": client.get(&below).id()}));
        let remove = |path: &str| client.at_present(path).delete(path);
        remove(&above).refused(409, "unit_in_use");
        remove(&below).refused(409, "unit_in_use");
        client.patch(&format!("/employments/{}", sanne.employment_id), &json!({"unitId": null})).expect(200);
        client.delete(&below).refused(428, "revision_missing");
        remove(&below).expect(204);
        client.get(&below).expect(404);
        remove(&above).expect(204);
    }

    fn all_faults_are_named_at_once(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let faulty = json!({"name": " ", "parentId": "x", "colour": "red"});
        oss.administrator.client.post(&format!("/organisations/{}/units", oss.id), &faulty)
            .names(&["name", "parentId", "colour"]);
    }
}
