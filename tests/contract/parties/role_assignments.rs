//! Roles given to people.

use chrono::TimeDelta;
use contract_tests::{Scope, World, on_both};
use serde_json::json;

on_both! {
    fn a_role_is_in_force_at_once_and_gone_at_once(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let sanne = world.employee(&oss, "Sanne");
        let path = format!("/organisations/{}", oss.id);
        sanne.client.patch(&path, &json!({"town": "Oss"})).refused(403, "not_allowed");
        let role = json!({"personId": sanne.id, "role": "ORGANISATION_ADMINISTRATOR", "organisationId": oss.id});
        let given = oss.administrator.client.post("/role-assignments", &role).expect(201);
        assert_eq!(given.text_at("/personName"), "Sanne Jansen");
        assert_eq!(sanne.client.get(&given.headers["location"]).expect(200).body, given.body);
        sanne.client.patch(&path, &json!({"town": "Oss"})).expect(200);
        oss.administrator.client.post("/role-assignments", &role).refused(409, "role_already_given");
        sanne.client.delete(&given.headers["location"]).expect(204);
        sanne.client.patch(&path, &json!({"town": "Os"})).refused(403, "not_allowed");
    }

    fn each_kind_of_role_is_given_by_those_who_answer_for_its_scope(service) {
        let world = World::new(service);
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        let sanne = world.employee(&oss, "Sanne");
        let (client, role) = (&oss.administrator.client, |role: &str| json!({"personId": sanne.id, "role": role}));
        for name in ["CLIENT", "MOBILITY_ADVISER", "FINANCE", "BROKER"] {
            let mut draft = role(name);
            draft["organisationId"] = json!(oss.id);
            sanne.client.post("/role-assignments", &draft).refused(403, "not_allowed");
            client.post("/role-assignments", &draft).expect(201);
            draft["organisationId"] = json!(uden.id);
            client.post("/role-assignments", &draft).refused(403, "not_allowed");
        }
        client.post("/role-assignments", &role("PLATFORM_ADMINISTRATOR")).refused(403, "not_allowed");
        world.platform.post("/role-assignments", &role("PLATFORM_ADMINISTRATOR")).expect(201);
        client.post("/role-assignments", &role("CLIENT")).names(&["scope"]);
        client.post("/role-assignments", &role("MANAGER")).names(&["role"]);
        let mut nowhere = role("CLIENT");
        nowhere["organisationId"] = json!("01935b7e-8a3c-7c4e-9a51-3d2f6b8e0c17");
        client.post("/role-assignments", &nowhere).names(&["organisationId"]);
        nowhere["networkId"] = nowhere["organisationId"].clone();
        client.post("/role-assignments", &nowhere).names(&["networkId"]);
    }

    fn a_role_is_given_only_to_somebody_whom_one_may_know_of(service) {
        let world = World::new(service);
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        let stranger = world.employee(&uden, "Willem");
        let draft = |person: &str| json!({"personId": person, "role": "CLIENT", "organisationId": oss.id});
        let hidden = oss.administrator.client.post("/role-assignments", &draft(&stranger.id)).names(&["personId"]);
        let unknown = oss.administrator.client.post("/role-assignments", &draft("01935b7e-8a3c-7c4e-9a51-3d2f6b8e0c17"));
        assert_eq!(unknown.text, hidden.text);
        world.platform.post("/role-assignments", &draft(&stranger.id)).expect(201);
        let sanne = world.employee(&oss, "Sanne");
        world.platform.transition(&format!("/persons/{}", sanne.id), "closures", &json!(null)).expect(200);
        oss.administrator.client.post("/role-assignments", &draft(&sanne.id)).names(&["personId"]);
    }

    fn the_last_administrator_cannot_be_removed(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let of_oss = format!("/role-assignments?role=ORGANISATION_ADMINISTRATOR&organisationId={}", oss.id);
        let last = oss.administrator.client.get(&of_oss).ids().remove(0);
        world.platform.delete(&format!("/role-assignments/{last}")).refused(409, "last_administrator");
        let sanne = world.employee(&oss, "Sanne");
        world.give(&sanne, "ORGANISATION_ADMINISTRATOR", Scope::Organisation(&oss));
        world.platform.delete(&format!("/role-assignments/{last}")).expect(204);
        let platform = world.platform.get("/role-assignments?role=PLATFORM_ADMINISTRATOR").ids().remove(0);
        world.platform.delete(&format!("/role-assignments/{platform}")).refused(409, "last_administrator");
    }

    fn of_two_who_remove_each_other_at_once_one_stays(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let sanne = world.employee(&oss, "Sanne");
        world.give(&sanne, "ORGANISATION_ADMINISTRATOR", Scope::Organisation(&oss));
        let of_oss = format!("/role-assignments?role=ORGANISATION_ADMINISTRATOR&organisationId={}", oss.id);
        let roles = world.platform.get(&of_oss).ids();
        let mut statuses: Vec<u16> = std::thread::scope(|scope| {
            let remove = |id: &String| world.platform.delete(&format!("/role-assignments/{id}")).status;
            let threads: Vec<_> = roles.iter().map(|id| scope.spawn(move || remove(id))).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        statuses.sort_unstable();
        assert_eq!(statuses, [204, 409]);
    }

    fn one_sees_the_own_roles_those_one_answers_for_and_whom_to_turn_to(service) {
        let world = World::new(service);
        let concern = world.organisation("Concern Rotterdam");
        let part = json!({"name": "Stadsbeheer", "kind": "MUNICIPALITY", "parentId": concern.id});
        let (part, uden) = (world.organisation_with(&part), world.organisation("Gemeente Uden"));
        let sanne = world.employee(&part, "Sanne");
        let adviser = world.employee(&concern, "Ada Viseur");
        let advises = world.give(&adviser, "MOBILITY_ADVISER", Scope::Organisation(&concern));
        let finance = world.give(&adviser, "FINANCE", Scope::Organisation(&part));
        let own = world.give(&sanne, "CLIENT", Scope::Organisation(&part));
        let seen = sanne.client.get("/role-assignments?limit=100").ids();
        assert!(seen.contains(&own) && seen.contains(&advises) && !seen.contains(&finance));
        assert_eq!(seen.len(), 4, "with the two administrators");
        assert!(part.administrator.client.get("/role-assignments").ids().contains(&finance));
        assert_eq!(concern.administrator.client.get("/role-assignments").ids().len(), 5);
        let hidden = uden.administrator.client.get(&format!("/role-assignments/{own}")).expect(404);
        let unknown = uden.administrator.client.get("/role-assignments/01935b7e-8a3c-7c4e-9a51-3d2f6b8e0c17").expect(404);
        assert_eq!(hidden.text, unknown.text);
        uden.administrator.client.delete(&format!("/role-assignments/{own}")).expect(404);
        sanne.client.delete(&format!("/role-assignments/{advises}")).refused(403, "not_allowed");
        let of_adviser = concern.administrator.client.get(&format!("/role-assignments?personId={}", adviser.id));
        assert_eq!(of_adviser.ids().len(), 2);
    }

    fn roles_in_an_organisation_end_with_the_employment(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let sanne = world.employee(&oss, "Sanne");
        world.give(&sanne, "ORGANISATION_ADMINISTRATOR", Scope::Organisation(&oss));
        let path = format!("/employments/{}", sanne.employment_id);
        oss.administrator.client.patch(&path, &json!({"endDate": "2027-03-01"})).expect(200);
        assert_eq!(sanne.client.get("/me").body["roleAssignments"].as_array().unwrap().len(), 1);
        service.clock.advance(TimeDelta::days(1));
        assert!(sanne.client.get("/me").body["roleAssignments"].as_array().unwrap().is_empty());
        sanne.client.patch(&format!("/organisations/{}", oss.id), &json!({"town": "Oss"})).refused(403, "not_allowed");
    }
}
