//! Drafts and changes.

use contract_tests::{World, on_both};
use serde_json::{Value, json};

use super::*;

on_both! {
    /// shows: F01
    fn a_client_of_any_organisation_drafts_and_changes_a_klus(service) {
        let world = World::new(service);
        for name in ["Gemeente Oss", "Gemeente Uden"] {
            let organisation = world.organisation(name);
            let owner = world.client_of(&organisation, "Olga Opdracht");
            let draft = json!({"organisationId": organisation.id, "kind": "TASK", "title": " Meewerken in het groen ",
                "scaleLevel": "LOCAL", "remote": "ON_SITE", "educationLevels": ["MBO", "LBO", "MBO"],
                "requiredSkills": [{"label": "Groenonderhoud"}], "interests": ["buiten"], "deliverables": ["Twee wijken"],
                "externalHire": {"minutes": 23040, "hourlyRateCents": 4200}});
            let created = owner.client.post("/assignments", &draft).expect(201);
            let path = created.headers["location"].clone();
            assert_eq!((created.text_at("/state"), created.text_at("/title")), ("DRAFT", "Meewerken in het groen"));
            assert_eq!((created.text_at("/organisation/name"), created.text_at("/organisation/layer")), (name, "MUNICIPAL"));
            assert_eq!((created.text_at("/owner/id"), created.text_at("/owner/name")), (owner.id.as_str(), "Olga Opdracht"));
            assert_eq!(created.body["educationLevels"], json!(["LBO", "MBO"]));
            assert_eq!(created.body["chargeBasis"], "BARE_WAGE", "as the policy says");
            assert_eq!(created.body["yours"], json!({"isOwner": true, "mayRespond": false,
                "legalActions": ["REVISE", "SUBMIT_FOR_REVIEW", "PUBLISH", "HAND_OVER", "CANCEL"]}));
            let read = owner.client.get(&path).expect(200);
            assert_eq!((&read.body, read.tag()), (&created.body, created.tag()));
            let patch = json!({"title": "Meewerken in de groenploeg", "interests": [], "totalMinutes": 960});
            let changed = owner.client.patch(&path, &patch).expect(200);
            assert_eq!((changed.text_at("/title"), &changed.body["interests"]), ("Meewerken in de groenploeg", &json!([])));
            assert_eq!(changed.body["deliverables"], json!(["Twee wijken"]), "what is left out stays");
            let patch = json!({"minutesPerWeek": 480, "region": "Noordoost-Brabant", "externalHire": null});
            let changed = owner.client.patch(&path, &patch).expect(200);
            assert_eq!((&changed.body["minutesPerWeek"], &changed.body["totalMinutes"]), (&json!(480), &Value::Null));
            assert_eq!(changed.body["externalHire"], Value::Null);
        }
    }

    fn an_administrator_drafts_for_a_client(service) {
        let world = World::new(service);
        let organisation = world.organisation("Gemeente Oss");
        let owner = world.client_of(&organisation, "Olga Opdracht");
        let draft = with(&work_of(&organisation), &json!({"ownerId": owner.id}));
        let path = drafted(&organisation.administrator, &draft);
        assert!(owner.client.get(&path).expect(200).body["yours"]["isOwner"].as_bool().unwrap());
        let seen = organisation.administrator.client.get(&path).expect(200);
        assert_eq!((actions(&seen), &seen.body["yours"]["isOwner"]), (vec!["HAND_OVER"], &json!(false)));
    }

    fn only_clients_and_administrators_draft(service) {
        let world = World::new(service);
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        let elsewhere = world.client_of(&uden, "Ernst Elders");
        for somebody in [&world.employee(&oss, "Sanne de Vries"), &elsewhere, &uden.administrator] {
            somebody.client.post("/assignments", &work_of(&oss)).refused(403, "not_allowed");
        }
        service.administrator().post("/assignments", &work_of(&oss)).refused(403, "not_allowed");
        service.anonymous().post("/assignments", &work_of(&oss)).refused(401, "token_missing");
    }

    fn all_faults_of_a_draft_are_named_at_once(service) {
        let world = World::new(service);
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        let owner = world.client_of(&oss, "Olga Opdracht");
        let draft = json!({"organisationId": 7, "kind": "HOLIDAY", "title": "  ", "scaleLevel": "LOCAL", "color": "red",
            "minutesPerWeek": 59, "requiredSkills": [{"label": ""}]});
        let named = ["organisationId", "kind", "title", "remote", "color", "minutesPerWeek", "requiredSkills.0.label"];
        owner.client.post("/assignments", &draft).names(&named);
        let draft = with(&work_of(&oss), &json!({"totalMinutes": 600, "endDate": "2027-05-02", "unitId": UNKNOWN,
            "ownerId": world.employee(&oss, "Sanne de Vries").id, "coOwnerIds": [world.client_of(&uden, "Ernst").id],
            "requiredSkills": [{"label": "Zwemmen"}, {}, {"skillId": UNKNOWN}, {"skillId": UNKNOWN, "label": "Zwemmen"}],
            "preferredSkills": [{"label": "zwemmen"}]}));
        let named = ["totalMinutes", "endDate", "unitId", "ownerId", "coOwnerIds.0", "requiredSkills.1.skillId",
            "requiredSkills.3.label", "requiredSkills.1.skillId", "preferredSkills.0"];
        owner.client.post("/assignments", &draft).names(&named);
        let draft = with(&work_of(&oss), &json!({"organisationId": UNKNOWN}));
        owner.client.post("/assignments", &draft).names(&["organisationId"]);
    }

    fn a_change_needs_the_revision_that_was_read(service) {
        let world = World::new(service);
        let organisation = world.organisation("Gemeente Oss");
        let owner = world.client_of(&organisation, "Olga Opdracht");
        let path = drafted(&owner, &work_of(&organisation));
        let tag = owner.client.get(&path).tag();
        owner.client.patch(&path, &json!({"region": "Peelland"})).expect(200);
        let stale = owner.client.with("If-Match", &tag);
        stale.send("PATCH", &path, Some(&json!({"region": "Kempen"}))).refused(412, "revision_stale");
        stale.post(&format!("{path}/publications"), &plan(&["PUBLIC"])).refused(412, "revision_stale");
        owner.client.post(&format!("{path}/publications"), &plan(&["PUBLIC"])).refused(428, "revision_missing");
        for action in ["approvals", "closures"] {
            stale.act(&format!("{path}/{action}")).refused(412, "revision_stale");
        }
        for (action, body) in [
            ("replannings", plan(&["PUBLIC"])),
            ("returns", json!({"remarks": "Nee."})),
            ("reopenings", json!({"deadline": DEADLINE})),
            ("cancellations", json!({"reason": "POSTPONED"})),
            ("expirations", json!({"reason": "NO_RESPONSES"})),
            ("handovers", json!({"ownerId": owner.id})),
        ] {
            stale.post(&format!("{path}/{action}"), &body).refused(412, "revision_stale");
        }
    }

    fn what_people_answered_to_stays_once_it_is_published(service) {
        let world = World::new(service);
        let organisation = world.organisation("Gemeente Oss");
        let owner = world.client_of(&organisation, "Olga Opdracht");
        let path = published(&owner, &work_of(&organisation), &plan(&["ALL_GOVERNMENT"]));
        let patch = json!({"kind": "TASK", "chargeBasis": "NONE", "planning": null, "minutesPerWeek": null});
        owner.client.patch(&path, &patch).names(&["kind", "chargeBasis", "planning", "minutesPerWeek"]);
        let reader = world.employee(&organisation, "Sanne de Vries");
        reader.client.patch(&path, &json!({"title": "Iets anders"})).refused(403, "not_allowed");
        owner.client.patch(&path, &json!({"title": "Een stadsbos", "positions": 3})).expect(200);
        assert_eq!(reader.client.get(&path).expect(200).text_at("/title"), "Een stadsbos");
    }
}
