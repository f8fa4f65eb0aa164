//! Publishing, the rings, the clock.

use chrono::TimeDelta;
use contract_tests::{World, on_both};
use serde_json::{Value, json};

use super::*;

on_both! {
    /// shows: Z20
    fn publishing_names_everything_that_is_missing_at_once(service) {
        let world = World::new(service);
        let organisation = world.organisation("Gemeente Oss");
        let owner = world.client_of(&organisation, "Olga Opdracht");
        let bare = json!({"organisationId": organisation.id, "kind": "TASK", "title": "Iets", "scaleLevel": "LOCAL", "remote": "REMOTE"});
        let path = drafted(&owner, &bare);
        let late = json!({"rings": [{"ring": "UNIT"}, {"ring": "ORGANISATION", "networkIds": [UNKNOWN]},
            {"ring": "NETWORK"}, {"ring": "PUBLIC", "opensAt": "2027-03-02T09:00:00Z"}], "deadline": "2027-03-03T09:00:00Z"});
        let refused = owner.client.transition(&path, "publications", &late);
        let details = ["description", "intendedResult", "planning", "startDate", "endDate", "minutesPerWeek"];
        let rings = ["rings.0.ring", "rings.1.networkIds", "rings.2.networkIds", "rings.3.reason", "rings.3.opensAt", "deadline"];
        refused.names(&[details.as_slice(), rings.as_slice()].concat());
        owner.client.transition(&path, "publications", &json!({"rings": [], "deadline": "morgen"})).names(&["rings", "deadline"]);
        let draft = with(&bare, &json!({"publication": late}));
        let rings = rings.map(|field| format!("publication.{field}"));
        let rings: Vec<&str> = rings.iter().map(String::as_str).collect();
        owner.client.post("/assignments", &draft).names(&[details.as_slice(), rings.as_slice()].concat());
        assert_eq!(owner.client.get("/assignments?mine=true").expect(200).ids().len(), 1, "all or nothing");
    }

    /// shows: M19
    /// shows: M22
    /// shows: M02
    fn a_klus_of_one_hour_is_published_in_one_call_without_a_fee(service) {
        let world = World::new(service);
        let organisation = world.organisation("Gemeente Oss");
        let owner = world.client_of(&organisation, "Olga Opdracht");
        let draft = json!({"organisationId": organisation.id, "kind": "KNOWLEDGE_SESSION", "title": "Vertel over de Omgevingswet",
            "description": "Een uur voor onze vergunningverleners.", "intendedResult": "Zij kennen de wet",
            "planning": "Op een dinsdag.", "totalMinutes": 60, "startDate": "2027-05-04", "endDate": "2027-05-04",
            "scaleLevel": "LOCAL", "remote": "ON_SITE", "publication": plan(&["ALL_GOVERNMENT"])});
        let client = owner.client.with("Idempotency-Key", "een");
        let created = client.post("/assignments", &draft).expect(201);
        assert_eq!((created.text_at("/state"), &created.body["totalMinutes"]), ("OPEN", &json!(60)));
        assert_eq!(client.post("/assignments", &draft).expect(201).text, created.text);
        let elsewhere = world.employee(&world.organisation("Gemeente Uden"), "Sanne de Vries");
        let listed = elsewhere.client.get("/assignments?maximumMinutesPerWeek=60").expect(200);
        assert_eq!(listed.ids(), [created.id()]);
        assert!(elsewhere.client.get("/assignments?minimumMinutesPerWeek=61").expect(200).ids().is_empty());
    }

    /// shows: W02
    /// shows: W03
    fn without_a_token_only_what_is_public_is_there(service) {
        let world = World::new(service);
        let organisation = world.organisation("Gemeente Oss");
        let owner = world.client_of(&organisation, "Olga Opdracht");
        let internal = published(&owner, &work_of(&organisation), &plan(&["ALL_GOVERNMENT"]));
        let external = published(&owner, &work_of(&organisation), &plan(&["ORGANISATION", "PUBLIC"]));
        let anybody = service.anonymous();
        assert!(!sees(&anybody, &internal));
        let seen = anybody.get(&external).expect(200);
        assert_eq!((seen.text_at("/channel"), &seen.body["owner"]), ("EXTERNAL", &Value::Null));
        assert_eq!(seen.body["yours"], json!({"isOwner": false, "mayRespond": false, "legalActions": []}));
        let listed = anybody.get("/assignments?includeTotal=true").expect(200);
        assert_eq!((listed.ids(), &listed.body["total"]), (vec![seen.id()], &json!({"count": 1, "isCapped": false})));
        for query in ["state=DRAFT", "state=CLOSED", "mine=true"] {
            let listed = anybody.get(&format!("/assignments?{query}&includeTotal=true")).expect(200);
            assert_eq!((listed.ids().len(), &listed.body["total"]["count"]), (0, &json!(0)), "{query}");
        }
        let colleague = world.employee(&organisation, "Sanne de Vries");
        let seen = colleague.client.get(&internal).expect(200);
        assert_eq!((seen.text_at("/channel"), &seen.body["yours"]["mayRespond"]), ("INTERNAL", &json!(true)));
        anybody.with_token("nonsense").get(&external).refused(401, "token_invalid");
    }

    fn at_its_deadline_it_closes_also_before_the_clock_has_run(service) {
        let world = World::new(service);
        let organisation = world.organisation("Gemeente Oss");
        let owner = world.client_of(&organisation, "Olga Opdracht");
        let path = published(&owner, &work_of(&organisation), &plan(&["PUBLIC"]));
        let open = owner.client.get(&path).expect(200);
        service.clock.set(DEADLINE.parse().unwrap());
        let closed = owner.client.get(&path).expect(200);
        assert_eq!((closed.text_at("/state"), closed.text_at("/closedAt")), ("CLOSED", DEADLINE));
        assert_eq!(closed.body["rings"][0]["isOpen"], json!(false));
        assert!(service.anonymous().get("/assignments").expect(200).ids().is_empty());
        assert_eq!(owner.client.get("/assignments?state=CLOSED").expect(200).ids(), [open.id()]);
        assert!(owner.client.get("/assignments?state=OPEN").expect(200).ids().is_empty());
        service.tick();
        let written = owner.client.get(&path).expect(200);
        assert_eq!((written.text_at("/state"), written.text_at("/closedAt")), ("CLOSED", DEADLINE));
        assert_eq!(owner.client.get("/assignments?state=CLOSED").expect(200).ids(), [open.id()]);
        owner.client.transition(&path, "closures", &Value::Null).refused(409, "transition_not_listed");
    }

    fn a_plan_is_only_made_wider_earlier_and_longer(service) {
        let world = World::new(service);
        let organisation = world.organisation("Gemeente Oss");
        let owner = world.client_of(&organisation, "Olga Opdracht");
        let path = published(&owner, &work_of(&organisation), &plan(&["ORGANISATION", "ALL_GOVERNMENT"]));
        let narrower = json!({"rings": [{"ring": "ORGANISATION"}], "deadline": "2027-04-01T15:00:00Z"});
        owner.client.transition(&path, "replannings", &narrower).names(&["rings", "deadline"]);
        service.pass(TimeDelta::days(1));
        let wider = plan(&["ORGANISATION", "ALL_GOVERNMENT", "PUBLIC"]);
        world.employee(&organisation, "Sanne de Vries").client.transition(&path, "replannings", &wider).refused(403, "not_allowed");
        assert!(!sees(&service.anonymous(), &path));
        let replanned = owner.client.transition(&path, "replannings", &wider).expect(200);
        assert_eq!(replanned.body["rings"][0]["opensAt"], "2027-03-01T09:00:00Z", "what is open stays open since then");
        assert!(sees(&service.anonymous(), &path));
    }

    fn what_cannot_be_done_names_what_can(service) {
        let world = World::new(service);
        let organisation = world.organisation("Gemeente Oss");
        let owner = world.client_of(&organisation, "Olga Opdracht");
        let path = drafted(&owner, &work_of(&organisation));
        let refused = owner.client.transition(&path, "closures", &Value::Null).refused(409, "transition_not_listed");
        let legal = refused.body["legalTransitions"].as_array().unwrap();
        assert!(legal.contains(&json!({"action": "PUBLISH", "to": "OPEN"})), "{legal:?}");
        for (action, body) in [
            ("replannings", plan(&["PUBLIC"])),
            ("approvals", Value::Null),
            ("returns", json!({"remarks": "Nee."})),
            ("reopenings", json!({"deadline": DEADLINE})),
            ("expirations", json!({"reason": "NO_RESPONSES"})),
        ] {
            owner.client.transition(&path, action, &body).refused(409, "transition_not_listed");
        }
        owner.client.transition(&path, "publications", &plan(&["PUBLIC"])).expect(200);
        owner.client.transition(&path, "publications", &plan(&["PUBLIC"])).refused(409, "transition_not_listed");
    }
}
