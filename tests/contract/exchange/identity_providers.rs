//! Where the people of an organisation sign in, as its administrators say it.

use chrono::TimeDelta;
use contract_tests::{Key, Kind, Organisation, Provider, Service, World, on_both};
use serde_json::{Value, json};

fn draft() -> Value {
    json!({"name": "Aanmelden met Oss", "issuer": "https://login.oss.example/v2.0", "clientId": "klusnet",
        "authentication": "CLIENT_SECRET", "clientSecret": "heel-geheim", "staffClaim": "employeeNumber",
        "staffKey": "EMPLOYEE_NUMBER", "emailDomains": ["Oss.Example"]})
}

fn path(organisation: &Organisation) -> String {
    format!("/organisations/{}/identity-providers", organisation.id)
}

on_both! {
    fn a_provider_is_registered_shown_changed_and_removed_and_its_secret_is_never_shown(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let admin = &oss.administrator.client;
        let made = admin.post(&path(&oss), &draft()).expect(201);
        assert_eq!(made.body["hasClientSecret"], true);
        assert_eq!(made.body["algorithms"], json!(["RS256", "PS256", "ES256"]));
        assert_eq!((&made.body["emailDomains"], &made.body["clockSkewSeconds"]), (&json!(["oss.example"]), &json!(30)));
        let own = format!("/identity-providers/{}", made.id());
        let patched = admin.patch(&own, &json!({"authentication": "PRIVATE_KEY_JWT", "clientSecret": null})).expect(200);
        assert_eq!(patched.body["hasClientSecret"], false);
        for answer in [&made, &patched, &admin.get(&own).expect(200), &admin.get(&path(&oss)).expect(200)] {
            assert!(!answer.text.contains("heel-geheim"), "{}", answer.text);
        }
        admin.get("/events").expect(200);
        admin.at_present(&own).delete(&own).expect(204);
        admin.get(&own).refused(404, "not_found");
        assert!(admin.get(&path(&oss)).expect(200).ids().is_empty());
    }

    fn input_that_is_wrong_names_its_fields(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let admin = &oss.administrator.client;
        for (field, value, named) in [
            ("issuer", json!("http://login.oss.example"), "issuer"),
            ("issuer", json!("https://login.oss.example/#a"), "issuer"),
            ("staffClaim", json!("sub"), "staffClaim"),
            ("staffKey", json!("SUB"), "staffKey"),
            ("algorithms", json!(["HS256"]), "algorithms.0"),
            ("algorithms", json!(["none"]), "algorithms.0"),
            ("algorithms", json!([]), "algorithms"),
            ("clockSkewSeconds", json!(121), "clockSkewSeconds"),
            ("clientSecret", Value::Null, "clientSecret"),
            ("authentication", json!("PRIVATE_KEY_JWT"), "clientSecret"),
            ("emailDomains", json!(["anna@oss.example"]), "emailDomains.0"),
        ] {
            let mut wrong = draft();
            wrong[field] = value;
            admin.post(&path(&oss), &wrong).names(&[named]);
        }
        let own = format!("/identity-providers/{}", admin.post(&path(&oss), &draft()).expect(201).id());
        admin.patch(&own, &json!({"issuer": "https://elders.example"})).names(&["clientSecret"]);
        admin.patch(&own, &json!({"issuer": "https://elders.example", "clientSecret": "ander"})).expect(200);
    }

    fn an_issuer_stands_once_in_an_organisation_and_a_domain_once_on_the_platform(service) {
        let world = World::new(service);
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        oss.administrator.client.post(&path(&oss), &draft()).expect(201);
        oss.administrator.client.post(&path(&oss), &draft()).refused(409, "issuer_taken");
        let taken = uden.administrator.client.post(&path(&uden), &draft()).refused(409, "email_domain_taken");
        assert!(taken.text_at("/detail").contains("oss.example"));
        let mut other = draft();
        other["emailDomains"] = json!(["uden.example"]);
        let own = uden.administrator.client.post(&path(&uden), &other).expect(201).id();
        let own = format!("/identity-providers/{own}");
        let more = json!({"emailDomains": ["uden.example", "oss.example"]});
        uden.administrator.client.patch(&own, &more).refused(409, "email_domain_taken");
        oss.administrator.client.get(&own).refused(404, "not_found");
    }

    fn an_address_leads_to_the_provider_of_its_domain_and_tells_nothing_of_people(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let provider = oss.administrator.client.post(&path(&oss), &draft()).expect(201).id();
        let anybody = service.anonymous();
        let known = anybody.get("/sign-in-options?email=anna%40OSS.example").expect(200);
        assert_eq!(known.body["identityProvider"]["id"], json!(provider));
        assert_eq!(known.body["identityProvider"]["organisationName"], "Gemeente Oss");
        assert_eq!(known.body, anybody.get("/sign-in-options?email=niemand%40oss.example").expect(200).body);
        assert!(!known.text.contains("heel-geheim"));
        let none = anybody.get("/sign-in-options?email=anna%40elders.example").expect(200);
        assert_eq!(none.body["identityProvider"], Value::Null);
        anybody.get("/sign-in-options?email=anna").names(&["email"]);
        let own = format!("/identity-providers/{provider}");
        oss.administrator.client.patch(&own, &json!({"enabled": false})).expect(200);
        let off = anybody.get("/sign-in-options?email=anna%40oss.example").expect(200);
        assert_eq!(off.body["identityProvider"], Value::Null);
    }

    fn nothing_is_fetched_from_a_private_address_unless_a_setting_allows_it(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let provider = Provider::start(&[Key::rsa(0)]);
        for issuer in [provider.issuer.as_str(), "https://127.0.0.1:9", "https://localhost:9", "https://169.254.169.254"] {
            let mut inside = draft();
            (inside["issuer"], inside["emailDomains"]) = (json!(issuer), json!([]));
            let id = oss.administrator.client.post(&path(&oss), &inside).expect(201).id();
            let found = oss.administrator.client.get(&format!("/identity-providers/{id}/discovery")).expect(200);
            assert_eq!(found.body["usable"], false);
            assert!(found.text_at("/reason").contains("public address"), "{}", found.text);
        }
        assert_eq!(provider.asked(), 0);
    }
}

#[test]
fn an_administrator_can_try_whether_a_provider_is_found() {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        let Some(service) = Service::start_with(kind, &[Provider::SETTING]) else { continue };
        let world = World::new(&service);
        let oss = world.organisation("Gemeente Oss");
        let admin = &oss.administrator.client;
        let provider = Provider::start(&[Key::rsa(0)]);
        provider.break_down(true);
        let mut real = draft();
        real["issuer"] = json!(provider.issuer);
        let own = format!("/identity-providers/{}/discovery", admin.post(&path(&oss), &real).expect(201).id());
        let down = admin.get(&own).expect(200);
        assert_eq!(down.body["usable"], false);
        assert!(down.text_at("/reason").contains("500"), "{}", down.text);
        provider.break_down(false);
        assert_eq!(admin.get(&own).expect(200).body["usable"], false, "asked at most once a minute");
        service.pass(TimeDelta::seconds(60));
        let found = admin.get(&own).expect(200);
        assert_eq!((&found.body["usable"], &found.body["keyCount"]), (&json!(true), &json!(1)), "{}", found.text);
        // An issuer that calls itself otherwise is another one.
        let mut other = draft();
        (other["issuer"], other["emailDomains"]) = (json!(format!("{}/", provider.issuer)), json!([]));
        let other = admin.post(&path(&oss), &other).expect(201).id();
        let found = admin.get(&format!("/identity-providers/{other}/discovery")).expect(200);
        assert!(found.text_at("/reason").contains("issuer"), "{}", found.text);
    }
}
