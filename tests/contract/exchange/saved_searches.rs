//! Saved searches: told once of each klus that newly opens and fits, with the rights of that moment.

use chrono::TimeDelta;
use contract_tests::{Client, Employee, Organisation, World, on_both};
use serde_json::{Value, json};

use crate::market::assignments::{plan, published, work_of};

#[track_caller]
fn save(person: &Employee, criteria: Value, frequency: &str) -> String {
    let draft = json!({"name": "Bos", "criteria": criteria, "frequency": frequency});
    person.client.post("/saved-searches", &draft).expect(201).id()
}

/// Kind and klussen of the notifications of this client, oldest first.
#[track_caller]
fn told(client: &Client) -> Vec<(String, Vec<String>)> {
    let page = client.get("/notifications?limit=100").expect(200);
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let one = |item: &Value| {
        let ids: Vec<String> = item["assignmentIds"].as_array().unwrap().iter().map(text).collect();
        assert_eq!(item["assignmentCount"], ids.len());
        (text(&item["kind"]), ids)
    };
    page.body["items"].as_array().unwrap().iter().rev().map(one).collect()
}

fn id(path: &str) -> String {
    path.rsplit('/').next().unwrap().to_owned()
}

fn titled(organisation: &Organisation, title: &str) -> Value {
    let mut draft = work_of(organisation);
    draft["title"] = json!(title);
    draft
}

on_both! {
    fn a_search_is_saved_changed_and_removed_by_its_owner_only(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let (sanne, karel) = (world.employee(&oss, "Sanne de Vries"), world.employee(&oss, "Karel van Beek"));
        let criteria = json!({"region": "Noordoost-Brabant", "minimumMinutesPerWeek": 60, "startsFrom": "2027-04-01"});
        let draft = json!({"name": "Bos", "criteria": criteria, "frequency": "WEEKLY"});
        let keyed = sanne.client.with("Idempotency-Key", "bewaar-1");
        let saved = keyed.post("/saved-searches", &draft).expect(201);
        assert_eq!(keyed.post("/saved-searches", &draft).expect(201).id(), saved.id());
        assert_eq!(saved.body["criteria"], criteria);
        let path = format!("/saved-searches/{}", saved.id());
        assert_eq!(sanne.client.get("/saved-searches").expect(200).ids(), [saved.id()]);
        let changed = sanne.client.patch(&path, &json!({"criteria": {"kind": "PROJECT"}})).expect(200);
        assert_eq!((&changed.body["criteria"], changed.text_at("/frequency")), (&json!({"kind": "PROJECT"}), "WEEKLY"));
        sanne.client.with("If-Match", &saved.tag()).send("PATCH", &path, Some(&json!({"name": "Water"}))).refused(412, "revision_stale");
        sanne.client.send("DELETE", &path, None).refused(428, "revision_missing");
        assert!(karel.client.get("/saved-searches").expect(200).ids().is_empty());
        karel.client.get(&path).refused(404, "not_found");
        sanne.client.at_present(&path).delete(&path).expect(204);
        sanne.client.get(&path).refused(404, "not_found");
    }

    fn what_cannot_be_looked_for_is_named_all_at_once(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let sanne = world.employee(&oss, "Sanne de Vries");
        let wrong = json!({"name": " ", "criteria": {"mine": true, "layer": "MOON", "region": ""}, "frequency": "HOURLY"});
        sanne.client.post("/saved-searches", &wrong)
            .names(&["name", "criteria.mine", "criteria.layer", "criteria.region", "frequency"]);
        let criteria = json!({"minimumMinutesPerWeek": 600, "maximumMinutesPerWeek": 60,
            "startsFrom": "2027-05-01", "endsBefore": "2027-04-01"});
        let wrong = json!({"name": "Bos", "criteria": criteria, "frequency": "DAILY"});
        sanne.client.post("/saved-searches", &wrong).names(&["criteria.maximumMinutesPerWeek", "criteria.endsBefore"]);
        for _ in 0..50 {
            save(&sanne, json!({}), "NONE");
        }
        let draft = json!({"name": "Bos", "criteria": {}, "frequency": "NONE"});
        sanne.client.post("/saved-searches", &draft).refused(409, "saved_searches_full");
    }

    fn a_klus_that_opens_and_fits_is_told_at_once_and_once(service) {
        let world = World::new(service);
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        let owner = world.client_of(&uden, "Olga Opdracht");
        let (sanne, piet) = (world.employee(&oss, "Sanne de Vries"), world.employee(&uden, "Piet Peters"));
        let before = published(&owner, &titled(&uden, "Een bos van gisteren"), &plan(&["ALL_GOVERNMENT"]));
        service.tick();
        let search = save(&sanne, json!({"search": "bos", "organisationId": uden.id}), "IMMEDIATE");
        save(&piet, json!({"layer": "MUNICIPAL"}), "IMMEDIATE");
        save(&owner, json!({}), "IMMEDIATE");
        save(&sanne, json!({}), "NONE");
        let plan_of_two = json!({"rings": [{"ring": "ORGANISATION"},
            {"ring": "ALL_GOVERNMENT", "opensAt": "2027-03-03T09:00:00Z", "reason": "Eigen mensen eerst"}],
            "deadline": "2027-04-15T15:00:00Z"});
        let policy = json!({"validFromDate": "2027-03-01", "summary": "Eigen mensen eerst", "internalFirstWorkingDays": 5});
        let path = format!("/organisations/{}/mobility-policies", uden.id);
        uden.administrator.client.post(&path, &policy).expect(201);
        let inside = published(&owner, &titled(&uden, "Het bos"), &plan_of_two);
        let mut dike = titled(&uden, "De dijk");
        (dike["description"], dike["intendedResult"]) = (json!("Een dijk die hoger wordt."), json!("Een hogere dijk"));
        published(&owner, &dike, &plan(&["PUBLIC"]));
        std::thread::scope(|scope| {
            scope.spawn(|| service.tick());
            scope.spawn(|| service.tick());
        });
        service.tick();
        // The owner hears nothing of their own klussen; the colleague of both, who stands in the ring of the organisation.
        assert!(told(&owner.client).iter().all(|(kind, _)| !kind.starts_with("SAVED_SEARCH")));
        assert_eq!(told(&piet.client).len(), 2);
        assert_eq!(told(&sanne.client), [], "the dike is no forest, and the forest is not open to her");
        service.pass(TimeDelta::days(2));
        service.tick();
        assert_eq!(told(&sanne.client), [("SAVED_SEARCH_MATCH".to_owned(), vec![id(&inside)])]);
        assert_eq!(told(&piet.client).len(), 2, "wider is not new to who was told before");
        let item = sanne.client.with("Accept-Language", "nl").get("/notifications").expect(200);
        assert_eq!(item.text_at("/items/0/title"), "Een nieuwe klus past bij uw zoekopdracht");
        assert_eq!((item.text_at("/items/0/savedSearchId"), item.text_at("/items/0/subject/address")), (search.as_str(), inside.as_str()));
        assert_ne!(id(&before), id(&inside));
    }

    fn a_digest_comes_daily_or_on_monday_at_seven_and_holds_what_is_still_open(service) {
        let world = World::new(service);
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        let owner = world.client_of(&uden, "Olga Opdracht");
        let (daily, weekly) = (world.employee(&oss, "Sanne de Vries"), world.employee(&oss, "Piet Peters"));
        save(&daily, json!({"kind": "PROJECT"}), "DAILY");
        save(&weekly, json!({"kind": "PROJECT"}), "WEEKLY");
        let made: Vec<String> = (0..3)
            .map(|number| id(&published(&owner, &titled(&uden, &format!("Klus {number}")), &plan(&["ALL_GOVERNMENT"]))))
            .collect();
        service.tick();
        let gone = format!("/assignments/{}", made[2]);
        owner.client.transition(&gone, "closures", &json!({})).expect(200);
        service.clock.set("2027-03-02T05:59:00Z".parse().unwrap());
        service.tick();
        assert_eq!((told(&daily.client), told(&weekly.client)), (vec![], vec![]));
        service.clock.set("2027-03-02T06:00:00Z".parse().unwrap());
        service.tick();
        service.tick();
        let digest = vec![("SAVED_SEARCH_DIGEST".to_owned(), made[..2].to_vec())];
        assert_eq!((told(&daily.client), told(&weekly.client)), (digest.clone(), vec![]));
        service.clock.set("2027-03-08T06:00:00Z".parse().unwrap());
        service.tick();
        assert_eq!((told(&daily.client), told(&weekly.client)), (digest.clone(), digest));
    }
}
