//! Files that cannot be trusted are refused as a whole.

use contract_tests::{OAuth, on_both};

use super::*;

fn three() -> Vec<String> {
    vec![row("0001", "Karel", &[]), row("0002", "Sanne", &[("manager", "0001")]), row("0003", "Bo", &[])]
}

on_both! {
    fn a_file_that_cannot_be_trusted_is_refused_as_a_whole(service) {
        let scene = Scene::set(service);
        let refused = |text: &str, fields: &[&str]| {
            for mode in ["mode=DRY_RUN", "mode=APPLY"] {
                scene.send(mode, text).refused(400, "staff_file_refused").names(fields);
            }
        };
        refused("", &["body"]);
        refused(HEADER, &["body"]);
        refused(&file(&three()).replace("personeelsnummer", "nummer"), &["personeelsnummer"]);
        refused(&file(&[row("1", "An", &[]), row("1", "Bo", &[])]), &["personeelsnummer"]);
        refused(&file(&[row("1", "An", &[]), row("2", "Bo", &[("oin", "00000099000000001000")])]), &["organisatie_oin"]);
        scene.send("mode=APPLY&generatedAt=2027-03-02T00:00:00Z", &file(&three())).names(&["generatedAt"]);
        assert_eq!(scene.people().len(), 1, "nobody but the administrator");
        assert!(scene.hr.get(&scene.path("staff-imports")).expect(200).ids().is_empty(), "what is refused is no import");
    }

    fn a_file_that_is_the_same_older_or_far_smaller_is_refused(service) {
        let scene = Scene::set(service);
        let text = file(&crowd(8));
        let made = |at: &str| format!("mode=APPLY&generatedAt={at}");
        let first = scene.settled(&scene.send(&made("2027-02-28T02:00:00Z"), &text).expect(201).id());
        assert_eq!(first.body["state"], "APPLIED");
        let again = scene.send(&made("2027-02-28T02:00:00Z"), &text).refused(409, "staff_file_repeated");
        assert!(again.text_at("/detail").contains(&first.id()), "it says which import that was: {}", again.text);
        scene.send(&made("2027-02-27T02:00:00Z"), &file(&crowd(9))).refused(409, "staff_file_older");
        scene.send("mode=APPLY", &file(&crowd(9))).names(&["generatedAt"]);
        scene.send("mode=DRY_RUN&generatedAt=2027-03-01T02:00:00Z", &file(&crowd(3))).refused(409, "staff_file_shrunk");
        scene.send("mode=APPLY&firstLoad=true&generatedAt=2027-03-01T02:00:00Z", &file(&crowd(9)))
            .refused(409, "staff_import_not_first");
        let later = scene.settled(&scene.send(&made("2027-03-01T02:00:00Z"), &text).expect(201).id());
        assert_eq!((later.body["state"].clone(), later.body["planned"]["unchanged"].clone()), (json!("APPLIED"), json!(8)));
    }

    fn the_same_file_without_a_moment_is_refused_until_it_is_read_otherwise(service) {
        let scene = Scene::set(service);
        let text = file(&three());
        scene.apply(&text);
        scene.send("mode=APPLY", &text).refused(409, "staff_file_repeated");
        scene.dry_run(&text);
        let columns = json!([{"field": "EMPLOYEE_NUMBER", "column": "personeelsnummer"}, {"field": "GIVEN_NAME", "column": "roepnaam"},
            {"field": "FAMILY_NAME", "column": "achternaam"}, {"field": "COST_CENTER", "fixedValue": "9999"}]);
        scene.hr.put(&scene.path("staff-feed"), &json!({"columns": columns})).expect(200);
        let mapped = scene.apply(&text);
        assert_eq!(mapped.body["planned"]["update"], 3, "{}", mapped.text);
        assert_eq!(mapped.body["fields"], json!(["EMPLOYEE_NUMBER", "GIVEN_NAME", "FAMILY_NAME", "COST_CENTER"]));
        let kept = scene.employment("Sanne");
        assert_eq!(kept["function"], "Adviseur", "what the file does not speak of stays");
    }

    fn one_file_is_sent_once_by_its_key(service) {
        let scene = Scene::set(service);
        let text = file(&three());
        let client = scene.hr.with("Idempotency-Key", "nacht-1");
        let send = |query: &str, text: &str| {
            client.send_text("POST", &scene.path(&format!("staff-imports?{query}")), Some(("text/csv", text)))
        };
        let first = send("mode=APPLY", &text).expect(201);
        assert_eq!(send("mode=APPLY", &text).expect(201).id(), first.id());
        send("mode=DRY_RUN", &text).refused(409, "idempotency_key_reused");
        send("mode=APPLY", &file(&crowd(3))).refused(409, "idempotency_key_reused");
    }

    fn an_hr_system_sends_the_file_by_itself(service) {
        let scene = Scene::set(service);
        let token = |scopes: &[&str]| {
            let draft = json!({"name": "HR-systeem", "grantType": "CLIENT_CREDENTIALS", "scopes": scopes});
            let id = scene.hr.post(&scene.path("oauth-clients"), &draft).expect(201).id();
            let secret = scene.hr.post(&format!("/oauth-clients/{id}/secrets"), &json!({})).expect(201);
            let form = [("grant_type", "client_credentials"), ("client_id", &id), ("client_secret", secret.text_at("/clientSecret"))];
            OAuth::of(service).token(&form).expect(200).text_at("/access_token").to_owned()
        };
        let system = service.anonymous().with_token(&token(&["staff:read", "staff:write"]));
        let send = |client: &Client, path: &str| {
            client.send_text("POST", &format!("{path}?mode=APPLY"), Some(("text/csv", &file(&three()))))
        };
        let path = scene.path("staff-imports");
        let begun = send(&system, &path).expect(201);
        let applied = scene.settled(&begun.id());
        assert_eq!((applied.body["state"].clone(), applied.body.get("submittedById")), (json!("APPLIED"), Some(&Value::Null)), "{}", applied.text);
        assert_eq!(applied.body["applied"]["create"], 3);
        system.get(&scene.path(&format!("staff-imports/{}/rows", begun.id()))).expect(200);
        // Who reads does not send, and nobody sends for another organisation.
        let reader = service.anonymous().with_token(&token(&["staff:read"]));
        send(&reader, &path).refused(403, "scope_missing");
        let other = scene.world.organisation("Gemeente Uden");
        send(&system, &format!("/organisations/{}/staff-imports", other.id)).refused(403, "not_allowed");
        // What waits for an administrator waits for a person.
        let parked = scene.hr.get(&path).expect(200);
        let import = format!("{path}/{}", parked.ids()[0]);
        system.act(&format!("{import}/approvals")).refused(403, "person_needed");
    }

    fn nobody_but_its_administrators_sends_or_sees_the_staff_of_an_organisation(service) {
        let scene = Scene::set(service);
        let import = scene.apply(&file(&three()));
        let other = scene.world.organisation("Gemeente Uden");
        let employee = scene.world.employee(&scene.oss, "Piet");
        for client in [&other.administrator.client, &employee.client] {
            client.send_text("POST", &scene.path("staff-imports?mode=APPLY"), Some(("text/csv", &file(&crowd(3)))))
                .refused(403, "not_allowed");
            for path in ["staff-feed", "staff-imports", &format!("staff-imports/{}/rows", import.id())] {
                client.get(&scene.path(path)).refused(403, "not_allowed");
            }
        }
        let elsewhere = format!("/organisations/{}/staff-imports/{}", other.id, import.id());
        other.administrator.client.get(&elsewhere).refused(404, "not_found");
    }
}
