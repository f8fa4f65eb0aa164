//! Clients and their secrets, as administrators manage them.

use chrono::TimeDelta;
use contract_tests::{Key, OAuth, World, on_both};
use serde_json::json;

use super::{add_secret, ask, hr_system, register};

on_both! {
    fn an_administrator_registers_changes_and_removes_a_client(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let administrator = &oss.administrator.client;
        let draft = json!({"name": " Intranet ", "description": "Klussen", "kind": "PUBLIC", "grantType": "AUTHORIZATION_CODE",
            "redirectUris": ["https://intranet.oss.example/terug"], "scopes": ["market:read", "market:read", "profiles:read"]});
        let id = register(&oss, &draft);
        let path = format!("/oauth-clients/{id}");
        let shown = administrator.get(&path).expect(200).body;
        assert_eq!((&shown["name"], &shown["kind"], &shown["disabled"]), (&json!("Intranet"), &json!("PUBLIC"), &json!(false)));
        assert_eq!(shown["scopes"], json!(["market:read", "profiles:read"]));
        assert_eq!(administrator.get(&format!("/organisations/{}/oauth-clients", oss.id)).expect(200).ids(), [id.as_str()]);
        let changed = administrator.patch(&path, &json!({"description": null, "disabled": true})).expect(200).body;
        assert_eq!((&changed["description"], &changed["disabled"]), (&json!(null), &json!(true)));
        administrator.patch(&path, &json!({"redirectUris": []})).names(&["redirectUris"]);
        administrator.patch(&path, &json!({"kind": "CONFIDENTIAL"})).names(&["kind"]);
        administrator.at_present(&path).delete(&path).expect(204);
        administrator.get(&path).expect(404);
    }

    fn every_mistake_of_a_draft_is_named(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let path = format!("/organisations/{}/oauth-clients", oss.id);
        let post = |draft| oss.administrator.client.post(&path, &draft);
        post(json!({"name": "HR", "grantType": "CLIENT_CREDENTIALS", "scopes": ["staff:all", "market:read"]})).names(&["scopes.0"]);
        post(json!({"name": "HR", "grantType": "CLIENT_CREDENTIALS", "scopes": ["market:read"]})).names(&["scopes"]);
        post(json!({"name": "HR", "kind": "PUBLIC", "grantType": "CLIENT_CREDENTIALS", "scopes": ["staff:read"]})).names(&["kind"]);
        post(json!({"name": "P", "grantType": "AUTHORIZATION_CODE", "scopes": ["market:read"],
            "redirectUris": ["http://intranet.oss.example/", "https://intranet.oss.example/#a"]})).names(&["redirectUris.0", "redirectUris.1"]);
        let key = Key::rsa(0).jwk;
        let mut private = key.clone();
        private["d"] = json!("geheim");
        let with = |keys| json!({"name": "HR", "grantType": "CLIENT_CREDENTIALS", "scopes": ["staff:read"], "jwks": {"keys": keys}});
        post(with(json!([private]))).names(&["jwks.keys.0.d"]);
        let mut small = key.clone();
        small["n"] = json!("sXch");
        post(with(json!([small]))).names(&["jwks.keys.0.n"]);
        post(with(json!([key, key]))).names(&["jwks.keys.1.kid"]);
        let mut both = with(json!([key]));
        both["jwksUri"] = json!("https://hr.oss.example/keys");
        post(both).names(&["jwksUri"]);
    }

    fn a_client_of_another_organisation_is_not_there(service) {
        let world = World::new(service);
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        let (id, _) = hr_system(&oss);
        let stranger = &uden.administrator.client;
        let path = format!("/oauth-clients/{id}");
        stranger.get(&path).refused(404, "not_found");
        stranger.with("If-Match", "*").patch(&path, &json!({"disabled": true})).refused(404, "not_found");
        stranger.post(&format!("{path}/secrets"), &json!({})).refused(404, "not_found");
        stranger.get(&format!("/organisations/{}/oauth-clients", oss.id)).refused(403, "not_allowed");
        world.employee(&oss, "Sanne de Vries").client.get(&path).refused(404, "not_found");
    }

    fn two_secrets_overlap_and_each_ends_at_its_time(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let (administrator, oauth) = (&oss.administrator.client, OAuth::of(service));
        let (id, first) = hr_system(&oss);
        let secrets = format!("/oauth-clients/{id}/secrets");
        let long = administrator.post(&secrets, &json!({"validForDays": 366})).expect(201);
        assert_eq!(administrator.get(&long.headers["location"]).expect(200).id(), long.id());
        let second = long.text_at("/clientSecret").to_owned();
        administrator.post(&secrets, &json!({})).refused(409, "secrets_full");
        for secret in [&first, &second] {
            ask(&oauth, &(id.clone(), secret.clone())).expect(200);
        }
        let listed = administrator.get(&secrets).expect(200);
        assert_eq!(listed.ids().len(), 2);
        assert!(!listed.text.contains(&first) && !listed.text.contains("hash"), "{}", listed.text);
        service.clock.advance(TimeDelta::days(180));
        ask(&oauth, &(id.clone(), first.clone())).fails(401, "invalid_client");
        ask(&oauth, &(id.clone(), second.clone())).expect(200);
        let third = add_secret(administrator, &id);
        assert_eq!(administrator.get(&secrets).expect(200).ids().len(), 2, "the one that expired is gone");
        administrator.delete(&format!("{secrets}/{}", long.id())).expect(204);
        administrator.get(&format!("{secrets}/{}", long.id())).expect(404);
        ask(&oauth, &(id.clone(), second)).fails(401, "invalid_client");
        ask(&oauth, &(id, third)).expect(200);
    }

    fn a_public_client_has_no_secret(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let id = register(&oss, &json!({"name": "App", "kind": "PUBLIC", "grantType": "AUTHORIZATION_CODE",
            "redirectUris": ["http://127.0.0.1:9000/terug"], "scopes": ["market:read"]}));
        let secrets = format!("/oauth-clients/{id}/secrets");
        oss.administrator.client.post(&secrets, &json!({})).refused(409, "secret_not_possible");
        oss.administrator.client.post(&secrets, &json!({"validForDays": 367})).names(&["validForDays"]);
    }
}
