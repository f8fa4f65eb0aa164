//! Organisations.

use contract_tests::on_both;
use serde_json::json;

on_both! {
    /// shows: M23
    fn an_organisation_is_registered_read_and_changed(service) {
        let client = service.administrator();
        let draft = json!({"name": "Gemeente Oss", "kind": "MUNICIPALITY", "town": "Oss", "province": "PV30",
            "identifiers": [{"scheme": "CBS", "value": "GM0828"}], "vatNumber": "NL111222333B01"});
        let created = client.post("/organisations", &draft).expect(201);
        assert_eq!(created.text_at("/layer"), "MUNICIPAL", "follows from the kind");
        let path = created.headers["location"].clone();
        let read = client.get(&path).expect(200);
        assert_eq!(read.body, created.body);
        assert_eq!(read.tag(), created.tag());
        let changed = client.patch(&path, &json!({"vatNumber": null, "town": "Oss-Noord"})).expect(200);
        assert_eq!((&changed.body["vatNumber"], changed.text_at("/town")), (&json!(null), "Oss-Noord"));
        assert_eq!(changed.text_at("/province"), "PV30", "what is left out stays");
    }

    fn all_faults_are_named_at_once(service) {
        let draft = json!({"name": "", "kind": "VILLAGE", "color": "red", "vatNumber": "NL1",
            "identifiers": [{"scheme": "CBS"}], "parentId": 7});
        let answer = service.administrator().post("/organisations", &draft);
        answer.names(&["name", "kind", "color", "vatNumber", "identifiers.0.value", "parentId"]);
        let draft = json!({"name": "Oss", "kind": "MUNICIPALITY", "vatNumber": "NL111222334B01",
            "identifiers": [{"scheme": "RSIN", "value": "111222334"}, {"scheme": "RSIN", "value": "111222333"}]});
        let answer = service.administrator().post("/organisations", &draft);
        answer.names(&["vatNumber", "identifiers.0.value", "identifiers.1.scheme"]);
    }

    fn an_identifier_belongs_to_one_organisation(service) {
        let client = service.administrator();
        let draft = |name: &str| json!({"name": name, "kind": "MUNICIPALITY", "identifiers": [{"scheme": "CBS", "value": "GM0828"}]});
        client.post("/organisations", &draft("Oss")).expect(201);
        client.post("/organisations", &draft("Os")).refused(409, "identifier_taken");
        let found = client.get("/organisations?identifier=GM0828").expect(200);
        assert_eq!(found.body["items"].as_array().unwrap().len(), 1);
    }

    /// shows: R01
    fn organisations_form_a_tree_without_circles(service) {
        let client = service.administrator();
        let concern = client.post("/organisations", &json!({"name": "Concern Rotterdam", "kind": "MUNICIPALITY"})).id();
        let part = json!({"name": "Stadsbeheer", "kind": "MUNICIPALITY", "parentId": concern});
        let part = client.post("/organisations", &part).expect(201).id();
        let below = client.get(&format!("/organisations?parentId={concern}"));
        assert_eq!(below.ids(), [part.clone()]);
        let path = format!("/organisations/{concern}");
        client.patch(&path, &json!({"parentId": part})).refused(409, "parent_circular");
        let unknown = "01935b7e-8a3c-7c4e-9a51-3d2f6b8e0c17";
        client.patch(&path, &json!({"parentId": unknown})).names(&["parentId"]);
    }

    fn a_change_needs_the_revision_that_was_read(service) {
        let client = service.administrator();
        let path = client.post("/organisations", &json!({"name": "Oss", "kind": "MUNICIPALITY"})).headers["location"].clone();
        let body = json!({"name": "Gemeente Oss"});
        client.send("PATCH", &path, Some(&body)).refused(428, "revision_missing");
        let seen = client.get(&path).tag();
        client.with("If-Match", &seen).send("PATCH", &path, Some(&body)).expect(200);
        client.with("If-Match", &seen).send("PATCH", &path, Some(&body)).refused(412, "revision_stale");
        client.with("If-Match", "nonsense").send("PATCH", &path, Some(&body)).names(&["If-Match"]);
    }

    fn the_same_key_and_body_get_the_same_answer_and_do_it_once(service) {
        let client = service.administrator().with("Idempotency-Key", "een");
        let draft = json!({"name": "Oss", "kind": "MUNICIPALITY"});
        let first = client.post("/organisations", &draft).expect(201);
        let again = client.post("/organisations", &draft).expect(201);
        assert_eq!((&again.text, &again.headers["location"]), (&first.text, &first.headers["location"]));
        assert_eq!(again.tag(), first.tag());
        let other = json!({"name": "Os", "kind": "MUNICIPALITY"});
        client.post("/organisations", &other).refused(409, "idempotency_key_reused");
        service.pass(chrono::TimeDelta::hours(25));
        client.post("/organisations", &other).expect(201);
    }

    fn pages_follow_one_another_and_lead_back(service) {
        let client = service.administrator();
        let names = ["Uden", "ÿ", "Álmelo", "Oss", "Súdwest", "Breda", "Oss"];
        for name in names {
            client.post("/organisations", &json!({"name": name, "kind": "MUNICIPALITY"})).expect(201);
        }
        let mut seen = Vec::new();
        let mut page = client.get("/organisations?limit=3").expect(200);
        assert!(page.body["links"].get("prev").is_none());
        loop {
            seen.extend(page.body["items"].as_array().unwrap().iter().map(|item| item["name"].as_str().unwrap().to_owned()));
            let Some(next) = page.body["links"]["next"].as_str().map(str::to_owned) else { break };
            assert!(page.headers["link"].contains("rel=\"next\""));
            page = client.get(&next).expect(200);
        }
        assert_eq!(seen, ["Álmelo", "Breda", "Oss", "Oss", "Súdwest", "Uden", "ÿ"]);
        let back = client.get(page.text_at("/links/prev")).expect(200);
        let items: Vec<&str> = back.body["items"].as_array().unwrap().iter().map(|item| item["name"].as_str().unwrap()).collect();
        assert_eq!(items, ["Oss", "Súdwest", "Uden"]);
        client.get("/organisations?cursor=nonsense").names(&["cursor"]);
        client.get("/organisations?limit=0&color=red").names(&["limit", "color"]);
    }

    fn what_did_not_change_is_not_sent_again(service) {
        let client = service.administrator();
        let path = client.post("/organisations", &json!({"name": "Oss", "kind": "MUNICIPALITY"})).headers["location"].clone();
        let tag = client.get(&path).tag();
        let unchanged = client.with("If-None-Match", &tag).get(&path).expect(304);
        assert_eq!(unchanged.tag(), tag);
        client.patch(&path, &json!({"town": "Oss"})).expect(200);
        client.with("If-None-Match", &tag).get(&path).expect(200);
    }
}
