//! People.

use chrono::TimeDelta;
use contract_tests::{Scope, World, on_both};
use serde_json::{Value, json};

fn draft(email: &str, organisation: &str) -> Value {
    json!({"givenName": "Sanne", "infix": "de", "familyName": "Vries", "email": email, "employment": {
        "organisationId": organisation, "function": "Beleidsadviseur", "contractMinutesPerWeek": 1920,
        "workingDaysPerWeek": 4, "startDate": "2020-01-01"}})
}

on_both! {
    /// shows: M23
    fn an_administrator_registers_somebody_who_then_chooses_a_password_and_signs_in(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let client = &oss.administrator.client;
        let created = client.post("/persons", &draft("Sanne@Oss.Example", &oss.id)).expect(201);
        assert_eq!(created.text_at("/fullName"), "Sanne de Vries");
        assert_eq!((created.text_at("/email"), created.text_at("/status")), ("sanne@oss.example", "INVITED"));
        let path = created.headers["location"].clone();
        assert_eq!(client.get(&path).expect(200).body, created.body);
        let token = client.act(&format!("{path}/activation-tokens")).expect(200);
        assert_eq!(token.text_at("/expiresAt"), "2027-03-08T09:00:00Z");
        let choice = json!({"activationToken": token.body["activationToken"], "password": "vier woorden zijn genoeg"});
        service.anonymous().post("/account-activations", &choice).expect(204);
        service.anonymous().post("/account-activations", &choice).names(&["activationToken"]);
        let credentials = json!({"email": "SANNE@oss.example", "password": "vier woorden zijn genoeg", "scope": "parties:read"});
        let session = service.anonymous().post("/sessions", &credentials).expect(201);
        let sanne = service.anonymous().with_token(session.text_at("/accessToken"));
        let me = sanne.get("/me").expect(200);
        assert_eq!((me.text_at("/person/id"), me.text_at("/person/status")), (created.id().as_str(), "ACTIVE"));
        assert_eq!(me.text_at("/employments/0/organisationId"), oss.id);
        assert_eq!((&me.body["scopes"], &me.body["roleAssignments"]), (&json!(["parties:read"]), &json!([])));
    }

    fn an_activation_token_is_good_for_seven_days_and_replaces_the_one_before(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let sanne = world.employee(&oss, "Sanne");
        let path = format!("/persons/{}/activation-tokens", sanne.id);
        let token = || oss.administrator.client.act(&path).expect(200).text_at("/activationToken").to_owned();
        let choose = |token: &str| {
            let choice = json!({"activationToken": token, "password": "vier woorden zijn genoeg"});
            service.anonymous().post("/account-activations", &choice)
        };
        let (first, second) = (token(), token());
        assert_ne!(first, second);
        choose(&first).names(&["activationToken"]);
        service.clock.advance(TimeDelta::days(7));
        choose(&second).names(&["activationToken"]);
        let third = token();
        service.clock.advance(TimeDelta::days(7) - TimeDelta::seconds(1));
        choose(&third).expect(204);
    }

    fn all_faults_are_named_at_once(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let client = &oss.administrator.client;
        let faulty = json!({"givenName": " ", "email": "sanne", "colour": "red", "employment": {"organisationId": oss.id,
            "function": "", "contractMinutesPerWeek": 0, "workingDaysPerWeek": 8, "startDate": "tomorrow"}});
        client.post("/persons", &faulty).names(&["givenName", "familyName", "email", "colour", "employment.function",
            "employment.contractMinutesPerWeek", "employment.workingDaysPerWeek", "employment.startDate"]);
        let mut faulty = draft("sanne@oss.example", &oss.id);
        faulty["employment"]["unitId"] = json!("01935b7e-8a3c-7c4e-9a51-3d2f6b8e0c17");
        faulty["employment"]["managerId"] = json!("01935b7e-8a3c-7c4e-9a51-3d2f6b8e0c17");
        client.post("/persons", &faulty).names(&["employment.unitId", "employment.managerId"]);
        let mut faulty = draft("sanne@oss.example", &oss.id);
        faulty["employment"]["endDate"] = json!("2019-12-31");
        client.post("/persons", &faulty).names(&["employment.endDate"]);
        let nowhere = draft("sanne@oss.example", "01935b7e-8a3c-7c4e-9a51-3d2f6b8e0c17");
        client.post("/persons", &nowhere).names(&["employment.organisationId"]);
    }

    fn nobody_registers_people_of_another_organisation_or_without_one(service) {
        let world = World::new(service);
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        let sanne = world.employee(&oss, "Sanne");
        sanne.client.post("/persons", &draft("x@oss.example", &oss.id)).refused(403, "not_allowed");
        oss.administrator.client.post("/persons", &draft("x@oss.example", &uden.id)).refused(403, "not_allowed");
        let unemployed = json!({"givenName": "Mirjam", "familyName": "Vos", "email": "mirjam@brabant.example"});
        oss.administrator.client.post("/persons", &unemployed).refused(403, "not_allowed");
        world.platform.post("/persons", &unemployed).expect(201);
    }

    fn an_address_belongs_to_one_person_and_whose_it_is_is_not_told(service) {
        let world = World::new(service);
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        let sanne = world.employee(&oss, "Sanne Geheim");
        let taken = uden.administrator.client.post("/persons", &draft(&sanne.email.to_uppercase(), &uden.id));
        let taken = taken.refused(409, "email_taken");
        for secret in [&sanne.id, &oss.id, &sanne.employment_id] {
            assert!(!taken.text.contains(secret.as_str()), "{}", taken.text);
        }
        assert!(!taken.text.contains("Geheim") && !taken.text.contains("Oss"), "{}", taken.text);
        let path = format!("/persons/{}", uden.administrator.id);
        uden.administrator.client.patch(&path, &json!({"email": sanne.email})).refused(409, "email_taken");
        assert_eq!(uden.administrator.client.get("/persons").ids(), [uden.administrator.id.clone()], "nothing was kept");
    }

    fn somebody_is_seen_by_themselves_and_by_those_who_answer_for_them(service) {
        let world = World::new(service);
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        let karel = world.employee(&oss, "Karel van Beek");
        let sanne = world.employee_with(&oss, "Sanne", &json!({"managerId": karel.id}));
        let path = format!("/persons/{}", sanne.id);
        for client in [&sanne.client, &oss.administrator.client, &world.platform] {
            client.get(&path).expect(200);
        }
        let unknown = uden.administrator.client.get("/persons/01935b7e-8a3c-7c4e-9a51-3d2f6b8e0c17").expect(404);
        for client in [&karel.client, &uden.administrator.client] {
            let hidden = client.get(&path).expect(404);
            assert_eq!(hidden.text, unknown.text);
            client.with("If-Match", "*").send("PATCH", &path, Some(&json!({}))).expect(404);
            client.act(&format!("{path}/activation-tokens")).expect(404);
            client.with("If-Match", "*").act(&format!("{path}/closures")).expect(404);
        }
        assert_eq!(sanne.client.get("/persons").ids(), [sanne.id.clone()]);
        let found = oss.administrator.client.get(&format!("/persons?search=van%20BEEK&organisationId={}", oss.id));
        assert_eq!(found.ids(), [karel.id.clone()]);
        let elsewhere = oss.administrator.client.get(&format!("/persons?organisationId={}", uden.id)).expect(200);
        assert!(elsewhere.ids().is_empty());
        assert_eq!(world.platform.get("/persons").ids().len(), 5, "the platform sees everybody");
    }

    fn an_administrator_above_answers_for_the_people_below(service) {
        let world = World::new(service);
        let concern = world.organisation("Concern Rotterdam");
        let part = json!({"name": "Stadsbeheer", "kind": "MUNICIPALITY", "parentId": concern.id});
        let part = world.organisation_with(&part);
        let sanne = world.employee(&part, "Sanne");
        concern.administrator.client.get(&format!("/persons/{}", sanne.id)).expect(200);
        assert_eq!(concern.administrator.client.get("/persons").ids().len(), 3);
        assert_eq!(part.administrator.client.get("/persons").ids().len(), 2);
    }

    fn whoever_left_is_answered_for_by_the_last_employer_until_a_new_one_comes(service) {
        let world = World::new(service);
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        let sanne = world.employee(&oss, "Sanne");
        let employment = format!("/employments/{}", sanne.employment_id);
        oss.administrator.client.patch(&employment, &json!({"endDate": "2027-03-01"})).expect(200);
        service.clock.advance(TimeDelta::days(1));
        let (path, sees) = (format!("/persons/{}", sanne.id), |client: &contract_tests::Client| {
            let listed = client.get("/persons").ids().contains(&sanne.id);
            let read = client.get(&format!("/persons/{}", sanne.id)).status == 200;
            assert_eq!(listed, read, "list and thing agree");
            read
        });
        assert!(sees(&oss.administrator.client));
        assert!(sanne.client.get("/me").body["employments"].as_array().unwrap().is_empty());
        let next = json!({"personId": sanne.id, "function": "Adviseur", "contractMinutesPerWeek": 2160,
            "workingDaysPerWeek": 5, "startDate": "2027-06-01"});
        world.platform.post(&format!("/organisations/{}/employments", uden.id), &next).expect(201);
        assert!(sees(&uden.administrator.client));
        assert!(!sees(&oss.administrator.client));
        uden.administrator.client.patch(&path, &json!({"email": "sanne@uden.example"})).expect(200);
    }

    fn one_changes_the_own_language_and_administrators_the_rest(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let sanne = world.employee(&oss, "Sanne de Vries");
        let path = format!("/persons/{}", sanne.id);
        let changed = sanne.client.patch(&path, &json!({"language": "EN"})).expect(200);
        assert_eq!(changed.text_at("/language"), "EN");
        sanne.client.patch(&path, &json!({"familyName": "Bakker"})).refused(403, "not_allowed");
        sanne.client.patch(&path, &json!({"email": "ik@oss.example"})).refused(403, "not_allowed");
        let stale = sanne.client.get(&path).tag();
        let change = json!({"infix": null, "familyName": "Bakker", "email": "Sanne.Bakker@oss.example"});
        let changed = oss.administrator.client.patch(&path, &change).expect(200);
        assert_eq!((changed.text_at("/fullName"), changed.text_at("/email")), ("Sanne Bakker", "sanne.bakker@oss.example"));
        let late = oss.administrator.client.with("If-Match", &stale);
        late.patch(&path, &json!({"givenName": "Sanna"})).refused(412, "revision_stale");
    }

    fn closing_access_ends_sessions_at_once_and_reopening_asks_for_a_new_password(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let sanne = world.employee(&oss, "Sanne");
        let (client, path) = (&oss.administrator.client, format!("/persons/{}", sanne.id));
        let activate = || {
            let token = client.act(&format!("{path}/activation-tokens")).expect(200);
            let choice = json!({"activationToken": token.body["activationToken"], "password": "vier woorden zijn genoeg"});
            service.anonymous().post("/account-activations", &choice).expect(204);
        };
        let sign_in = || {
            let credentials = json!({"email": sanne.email, "password": "vier woorden zijn genoeg"});
            service.anonymous().post("/sessions", &credentials).status
        };
        activate();
        assert_eq!(sign_in(), 201);
        sanne.client.get("/me").refused(401, "token_invalid");
        let sanne_now = service.client_of(&sanne.id);
        client.send("POST", &format!("{path}/closures"), None).refused(428, "revision_missing");
        let closed = client.transition(&path, "closures", &Value::Null).expect(200);
        assert_eq!(closed.text_at("/status"), "CLOSED");
        sanne_now.get("/me").refused(401, "token_invalid");
        assert_eq!(sign_in(), 401);
        client.get(&path).expect(200);
        let again = client.transition(&path, "closures", &Value::Null).refused(409, "transition_not_listed");
        assert_eq!(again.body["legalTransitions"], json!([{"action": "REOPEN", "to": "INVITED"}, {"action": "CLAIM", "to": "ACTIVE"}]));
        client.act(&format!("{path}/activation-tokens")).refused(409, "transition_not_listed");
        let reopened = client.transition(&path, "reopenings", &Value::Null).expect(200);
        assert_eq!(reopened.text_at("/status"), "INVITED");
        client.transition(&path, "reopenings", &Value::Null).refused(409, "transition_not_listed");
        assert_eq!(sign_in(), 401, "the old password is gone");
        activate();
        assert_eq!(sign_in(), 201);
    }

    fn nobody_takes_over_an_account_that_reaches_further_than_their_own_power(service) {
        let world = World::new(service);
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        let sanne = world.employee(&oss, "Sanne");
        let path = format!("/persons/{}", sanne.id);
        let (client, token) = (&oss.administrator.client, format!("/persons/{}/activation-tokens", sanne.id));
        client.act(&token).expect(200);
        let role = world.give(&sanne, "FINANCE", Scope::Organisation(&uden));
        client.act(&token).refused(403, "not_allowed");
        client.patch(&path, &json!({"email": "anders@oss.example"})).refused(403, "not_allowed");
        client.transition(&path, "closures", &Value::Null).refused(403, "not_allowed");
        client.patch(&path, &json!({"givenName": "Sanna"})).expect(200);
        uden.administrator.client.delete(&format!("/role-assignments/{role}")).expect(204);
        client.act(&token).expect(200);
        let second = json!({"personId": sanne.id, "function": "Adviseur", "contractMinutesPerWeek": 480,
            "workingDaysPerWeek": 1, "startDate": "2027-01-01"});
        world.platform.post(&format!("/organisations/{}/employments", uden.id), &second).expect(201);
        client.act(&token).refused(403, "not_allowed");
        uden.administrator.client.act(&token).refused(403, "not_allowed");
        world.platform.act(&token).expect(200);
        sanne.client.act(&token).refused(403, "not_allowed");
    }

    fn the_access_of_the_last_administrator_stays_open(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let path = format!("/persons/{}", oss.administrator.id);
        oss.administrator.client.transition(&path, "closures", &Value::Null).refused(409, "last_administrator");
        let sanne = world.employee(&oss, "Sanne");
        world.give(&sanne, "ORGANISATION_ADMINISTRATOR", Scope::Organisation(&oss));
        sanne.client.transition(&path, "closures", &Value::Null).expect(200);
        let platform = world.platform.get("/me").text_at("/person/id").to_owned();
        world.platform.transition(&format!("/persons/{platform}"), "closures", &Value::Null).refused(409, "last_administrator");
    }
}
