//! A client publishes: own people first, never for long, and the clock opens the doors.

use chrono::TimeDelta;
use contract_tests::{Client, Scope, World, on_both};
use serde_json::{Value, json};

fn sees(client: &Client, path: &str) -> bool {
    let status = client.get(path).status;
    assert!(matches!(status, 200 | 404));
    let listed = client.get("/assignments").expect(200).ids();
    assert_eq!(listed.iter().any(|id| path.ends_with(id.as_str())), status == 200, "list and klus agree");
    status == 200
}

on_both! {
    /// shows: Z23
    fn own_people_first_within_the_strictest_ceiling_and_with_a_reason(service) {
        let world = World::new(service);
        let platform = service.administrator();
        let network = json!({"name": "Ondernemende Ambtenaren Brabant", "description": "Zestien organisaties, één markt",
            "kind": "REGIONAL", "scaleLevel": "PROVINCIAL", "admission": "OPEN", "pledgeMinimumPeople": 1,
            "pledgeMinimumAssignments": 1, "internalFirstCeilingWorkingDays": 3});
        let network = platform.post("/networks", &network).expect(201).id();
        let (oss, uden, breda) =
            (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"), world.organisation("Gemeente Breda"));
        for member in [&oss, &uden] {
            let membership = json!({"organisationId": member.id});
            member.administrator.client.post(&format!("/networks/{network}/memberships"), &membership).expect(201);
        }
        let policy = json!({"validFromDate": "2027-03-01", "summary": "Eigen mensen eerst", "internalFirstWorkingDays": 5});
        oss.administrator.client.post(&format!("/organisations/{}/mobility-policies", oss.id), &policy).expect(201);
        let owner = world.client_of(&oss, "Olga Opdracht");
        let (colleague, member, stranger) =
            (world.employee(&oss, "Piet Peters"), world.employee(&uden, "Sanne de Vries"), world.employee(&breda, "Bram Breda"));

        let draft = json!({"organisationId": oss.id, "kind": "PROJECT", "title": "Een plan voor het stadsbos",
            "description": "De stad wil een bos.", "intendedResult": "Een plan voor de raad", "planning": "Mei tot juli.",
            "minutesPerWeek": 480, "startDate": "2027-05-03", "endDate": "2027-07-30", "scaleLevel": "REGIONAL", "remote": "HYBRID"});
        let path = owner.client.post("/assignments", &draft).expect(201).headers["location"].clone();
        let plan = |network_at: &str, government_at: &str, reason: Value| json!({"deadline": "2027-04-15T15:00:00Z", "rings": [
            {"ring": "ORGANISATION"},
            {"ring": "NETWORK", "networkIds": [network], "opensAt": network_at, "reason": reason},
            {"ring": "ALL_GOVERNMENT", "opensAt": government_at, "reason": reason}]});
        // The platform allows ten working days, the organisation five, the network three: three it is.
        let why = json!("Twee collega's vroegen om voorrang");
        let late = plan("2027-03-03T09:00:00Z", "2027-03-04T09:00:01Z", why.clone());
        let refused = owner.client.transition(&path, "publications", &late);
        assert!(refused.text.contains("2027-03-04T09:00:00Z or earlier"), "{}", refused.text);
        refused.names(&["rings.2.opensAt"]);
        let silent = plan("2027-03-03T09:00:00Z", "2027-03-04T09:00:00Z", json!(" "));
        owner.client.transition(&path, "publications", &silent).names(&["rings.1.reason", "rings.2.reason"]);
        let plan = plan("2027-03-03T09:00:00Z", "2027-03-04T09:00:00Z", why.clone());
        let open = owner.client.transition(&path, "publications", &plan).expect(200);
        assert_eq!(open.text_at("/rings/1/reason"), why.as_str().unwrap());

        // The window widens by itself, at its moment, whether the clock has run or not.
        let who = |expected: [bool; 3]| {
            let seen = [&colleague, &member, &stranger].map(|person| sees(&person.client, &path));
            assert_eq!(seen, expected);
        };
        who([true, false, false]);
        service.clock.advance(TimeDelta::days(2) - TimeDelta::microseconds(1));
        who([true, false, false]);
        service.clock.advance(TimeDelta::microseconds(1));
        who([true, true, false]);
        let told = member.client.get(&path).expect(200);
        assert_eq!((&told.body["rings"][1]["isOpen"], &told.body["rings"][2]["isOpen"]), (&json!(true), &json!(false)));

        // Nobody lengthens a running window.
        let longer = json!({"deadline": "2027-04-15T15:00:00Z", "rings": [{"ring": "ORGANISATION"},
            {"ring": "NETWORK", "networkIds": [network]},
            {"ring": "ALL_GOVERNMENT", "opensAt": "2027-03-05T09:00:00Z", "reason": why}]});
        owner.client.transition(&path, "replannings", &longer).names(&["rings.2.opensAt", "rings.2.opensAt"]);
        who([true, true, false]);
        service.pass(TimeDelta::days(1));
        who([true, true, true]);
    }

    /// shows: K01
    fn from_a_thought_to_a_klus_that_a_neighbour_finds(service) {
        let world = World::new(service);
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        let coordinator = world.employee(&oss, "Carla Client");
        coordinator.client.post("/assignments", &json!({"organisationId": oss.id, "kind": "TASK", "title": "Bos",
            "scaleLevel": "LOCAL", "remote": "ON_SITE"})).refused(403, "not_allowed");
        world.give(&coordinator, "CLIENT", Scope::Organisation(&oss));
        let draft = json!({"organisationId": oss.id, "kind": "TASK", "title": "Bos", "scaleLevel": "LOCAL", "remote": "ON_SITE"});
        let path = coordinator.client.post("/assignments", &draft).expect(201).headers["location"].clone();
        let plan = json!({"rings": [{"ring": "ALL_GOVERNMENT"}], "deadline": "2027-04-15T15:00:00Z"});
        let missing = coordinator.client.transition(&path, "publications", &plan).expect(400);
        for fault in missing.body["invalidParams"].as_array().unwrap() {
            let value = match fault["name"].as_str().unwrap() {
                "minutesPerWeek" => json!(480),
                "startDate" => json!("2027-05-03"),
                "endDate" => json!("2027-06-25"),
                _ => json!("Twaalf bomen planten in de wijk Ruwaard."),
            };
            coordinator.client.patch(&path, &json!({fault["name"].as_str().unwrap(): value})).expect(200);
        }
        coordinator.client.transition(&path, "publications", &plan).expect(200);
        let neighbour = world.employee(&uden, "Sanne de Vries");
        let found = neighbour.client.get("/assignments?search=bomen%20ruwaard&scaleLevel=LOCAL").expect(200);
        assert!(path.ends_with(&found.ids()[0]));
        assert_eq!(found.body["items"][0]["yours"]["mayRespond"], true);
    }
}
