//! Employments.

use contract_tests::{World, on_both};
use serde_json::{Value, json};

fn terms(person: &str, start: &str, end: Option<&str>) -> Value {
    json!({"personId": person, "function": "Adviseur", "contractMinutesPerWeek": 2160, "workingDaysPerWeek": 5,
        "startDate": start, "endDate": end})
}

on_both! {
    fn somebody_has_one_employment_at_an_organisation_at_a_time_and_may_have_several_elsewhere(service) {
        let world = World::new(service);
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        let sanne = world.employee(&oss, "Sanne");
        let path = format!("/organisations/{}/employments", oss.id);
        let client = &oss.administrator.client;
        client.post(&path, &terms(&sanne.id, "2028-01-01", None)).refused(409, "employment_overlaps");
        let first = format!("/employments/{}", sanne.employment_id);
        client.patch(&first, &json!({"endDate": "2027-12-31"})).expect(200);
        let second = client.post(&path, &terms(&sanne.id, "2028-01-01", None)).expect(201);
        assert_eq!(client.get(&second.headers["location"]).expect(200).body, second.body);
        client.patch(&first, &json!({"endDate": null})).refused(409, "employment_overlaps");
        client.patch(&first, &json!({"endDate": "2019-12-31"})).names(&["endDate"]);
        let elsewhere = format!("/organisations/{}/employments", uden.id);
        world.platform.post(&elsewhere, &terms(&sanne.id, "2025-01-01", None)).expect(201);
        let mine = sanne.client.get("/employments").expect(200);
        assert_eq!(mine.ids().len(), 3);
        let today = sanne.client.get("/employments?onDate=2027-03-01").expect(200);
        assert_eq!(today.ids().len(), 2);
        assert_eq!(sanne.client.get("/me").body["employments"].as_array().unwrap().len(), 2);
    }

    fn simultaneous_employments_do_not_both_pass(service) {
        let world = World::new(service);
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        let sanne = world.employee(&uden, "Sanne");
        let path = format!("/organisations/{}/employments", oss.id);
        let statuses: Vec<u16> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..4)
                .map(|_| scope.spawn(|| world.platform.post(&path, &terms(&sanne.id, "2027-01-01", None)).status))
                .collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 1, "{statuses:?}");
        assert_eq!(statuses.iter().filter(|status| **status == 409).count(), 3, "{statuses:?}");
    }

    fn a_manager_sees_the_team_everybody_their_own_and_administrators_all(service) {
        let world = World::new(service);
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        let karel = world.employee(&oss, "Karel van Beek");
        let sanne = world.employee_with(&oss, "Sanne", &json!({"managerId": karel.id, "hrExternalId": "P-1"}));
        let piet = world.employee(&oss, "Piet");
        let list = format!("/organisations/{}/employments", oss.id);
        assert_eq!(oss.administrator.client.get(&list).ids().len(), 4);
        let team = karel.client.get(&format!("{list}?managerId={}", karel.id)).expect(200);
        assert_eq!(team.ids(), [sanne.employment_id.clone()]);
        assert_eq!(team.text_at("/items/0/managerName"), "Karel van Beek");
        assert_eq!(karel.client.get(&list).ids(), [sanne.employment_id.clone(), karel.employment_id.clone()]);
        assert_eq!(piet.client.get(&list).ids(), [piet.employment_id.clone()]);
        assert_eq!(piet.client.get(&format!("/employments?organisationId={}&personId={}", oss.id, sanne.id)).ids().len(), 0);
        let path = format!("/employments/{}", sanne.employment_id);
        for client in [&sanne.client, &karel.client, &oss.administrator.client, &world.platform] {
            client.get(&path).expect(200);
        }
        let unknown = piet.client.get("/employments/01935b7e-8a3c-7c4e-9a51-3d2f6b8e0c17").expect(404);
        for client in [&piet.client, &uden.administrator.client] {
            assert_eq!(client.get(&path).expect(404).text, unknown.text);
        }
        for client in [&sanne.client, &karel.client] {
            client.patch(&path, &json!({"function": "Directeur"})).refused(403, "not_allowed");
        }
        uden.administrator.client.post(&list, &terms(&sanne.id, "2027-01-01", None)).refused(403, "not_allowed");
    }

    fn an_employment_names_only_people_the_administrator_may_know_of(service) {
        let world = World::new(service);
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        let (sanne, stranger) = (world.employee(&oss, "Sanne"), world.employee(&uden, "Willem"));
        let client = &oss.administrator.client;
        let list = format!("/organisations/{}/employments", oss.id);
        let unknown = "01935b7e-8a3c-7c4e-9a51-3d2f6b8e0c17";
        let hidden = client.post(&list, &terms(&stranger.id, "2027-01-01", None)).names(&["personId"]);
        assert_eq!(client.post(&list, &terms(unknown, "2027-01-01", None)).text, hidden.text);
        let path = format!("/employments/{}", sanne.employment_id);
        let hidden = client.patch(&path, &json!({"managerId": stranger.id})).names(&["managerId"]);
        assert_eq!(client.patch(&path, &json!({"managerId": unknown})).text, hidden.text);
        client.patch(&path, &json!({"managerId": sanne.id})).names(&["managerId"]);
        client.patch(&path, &json!({"unitId": unknown})).names(&["unitId"]);
        let changed = client.patch(&path, &json!({"managerId": oss.administrator.id, "contractMinutesPerWeek": 1440,
            "workingDaysPerWeek": 3, "startDate": "2021-01-01", "hrExternalId": "P-7"})).expect(200);
        assert_eq!((&changed.body["contractMinutesPerWeek"], changed.text_at("/hrExternalId")), (&json!(1440), "P-7"));
        client.with("If-Match", "\"1-x\"").patch(&path, &json!({})).refused(412, "revision_stale");
    }
}
