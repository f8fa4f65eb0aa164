//! Who sees which klus.

use contract_tests::{World, on_both};
use serde_json::{Value, json};

use super::*;

on_both! {
    fn a_draft_is_there_only_for_who_looks_after_it(service) {
        let world = World::new(service);
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        let (owner, co_owner) = (world.client_of(&oss, "Olga Opdracht"), world.client_of(&oss, "Otto Opdracht"));
        let path = drafted(&owner, &with(&work_of(&oss), &json!({"coOwnerIds": [co_owner.id]})));
        let platform = service.administrator();
        for client in [&owner.client, &co_owner.client, &oss.administrator.client, &platform] {
            assert!(sees(client, &path));
        }
        let others = [world.client_of(&oss, "Ernst Ander"), world.employee(&oss, "Sanne de Vries"), uden.administrator.clone()];
        for other in &others {
            assert!(!sees(&other.client, &path));
            assert!(other.client.get("/assignments?state=DRAFT").expect(200).ids().is_empty());
            let client = other.client.with("If-Match", "*");
            client.send("PATCH", &path, Some(&json!({"title": "Van mij"}))).refused(404, "not_found");
            client.post(&format!("{path}/publications"), &plan(&["PUBLIC"])).refused(404, "not_found");
            client.act(&format!("{path}/closures")).refused(404, "not_found");
        }
        assert!(!sees(&service.anonymous(), &path));
        assert_eq!(oss.administrator.client.get("/assignments?state=DRAFT").expect(200).ids().len(), 1);
        assert_eq!(co_owner.client.get("/assignments?mine=true").expect(200).ids().len(), 1);
        assert!(oss.administrator.client.get("/assignments?mine=true").expect(200).ids().is_empty());
    }

    /// shows: Z33
    fn each_ring_holds_more_people_than_the_one_before(service) {
        let world = World::new(service);
        let concern = world.organisation("Concern Rotterdam");
        let part = world.organisation_with(&json!({"name": "Stadsbeheer", "kind": "MUNICIPALITY", "parentId": concern.id}));
        let sister = world.organisation_with(&json!({"name": "Vervoer", "kind": "MUNICIPALITY", "parentId": concern.id}));
        let firm = world.organisation_with(&json!({"name": "Bureau BV", "kind": "PRIVATE"}));
        let elsewhere = world.organisation("Gemeente Uden");
        let owner = world.client_of(&part, "Olga Opdracht");
        let viewers = [
            ("nobody", service.anonymous()),
            ("of a private firm", world.employee(&firm, "Frits Firma").client),
            ("of another municipality", world.employee(&elsewhere, "Sanne de Vries").client),
            ("of a sister in the concern", world.employee(&sister, "Zus de Wit").client),
            ("of the concern above", world.employee(&concern, "Karel van Boven").client),
            ("of the organisation", world.employee(&part, "Piet Binnen").client),
            ("who left", world.employee_with(&part, "Lea Ver", &json!({"endDate": "2027-02-26"})).client),
        ];
        let expected = [
            ("ORGANISATION", vec!["of the concern above", "of the organisation"]),
            ("ALL_GOVERNMENT", vec!["of another municipality", "of a sister in the concern", "of the concern above", "of the organisation"]),
            ("PUBLIC", viewers.iter().map(|(name, _)| *name).collect()),
        ];
        for (ring, inside) in expected {
            let path = published(&owner, &work_of(&part), &plan(&[ring]));
            let id = path.rsplit('/').next().unwrap().to_owned();
            for (name, client) in &viewers {
                let is_inside = inside.contains(name);
                assert_eq!(sees(client, &path), is_inside, "{ring}: {name}");
                assert_eq!(client.get("/assignments").expect(200).ids().contains(&id), is_inside, "{ring}: {name}");
            }
        }
    }

    /// shows: Z33
    fn the_ring_of_a_unit_holds_the_people_of_that_unit_and_of_those_below_it(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let units = format!("/organisations/{}/units", oss.id);
        let unit = |name: &str, parent: &Value| {
            oss.administrator.client.post(&units, &json!({"name": name, "parentId": parent})).expect(201).id()
        };
        let space = unit("Ruimte", &Value::Null);
        let green = unit("Groen", &json!(space));
        let trees = unit("Bomen", &json!(green));
        let counter = unit("Balie", &Value::Null);
        let owner = world.client_of(&oss, "Olga Opdracht");
        let path = published(&owner, &with(&work_of(&oss), &json!({"unitId": green})), &plan(&["UNIT"]));
        let id = path.rsplit('/').next().unwrap().to_owned();
        for (name, at, is_inside) in [
            ("of the unit", json!({"unitId": green}), true),
            ("of a unit below it", json!({"unitId": trees}), true),
            ("of the unit above it", json!({"unitId": space}), false),
            ("of another unit", json!({"unitId": counter}), false),
            ("of no unit", json!({}), false),
        ] {
            let client = world.employee_with(&oss, "Piet Binnen", &at).client;
            assert_eq!(sees(&client, &path), is_inside, "{name}");
            assert_eq!(client.get("/assignments").expect(200).ids().contains(&id), is_inside, "{name}");
            let status = client.post(&format!("{path}/responses"), &json!({"motivation": "Graag."})).status;
            assert_eq!(status, if is_inside { 201 } else { 404 }, "{name}");
        }
    }

    fn what_the_owner_thinks_it_would_have_cost_is_for_who_looks_after_it(service) {
        let world = World::new(service);
        let organisation = world.organisation("Gemeente Oss");
        let owner = world.client_of(&organisation, "Olga Opdracht");
        let estimate = json!({"minutes": 23040, "hourlyRateCents": 9500});
        let draft = with(&work_of(&organisation), &json!({"externalHire": estimate}));
        let path = published(&owner, &draft, &plan(&["ORGANISATION"]));
        assert_eq!(owner.client.get(&path).expect(200).body["externalHire"], estimate);
        let reader = world.employee(&organisation, "Sanne de Vries");
        assert_eq!(reader.client.get(&path).expect(200).body["externalHire"], json!(null));
    }
}
