//! A system gets tokens for itself.

use chrono::TimeDelta;
use contract_tests::{OAuth, World, claims_of, on_both};
use serde_json::{Value, json};

use super::{ask, hr_system, is_active, register};

on_both! {
    fn a_system_gets_a_token_for_an_hour_with_the_scopes_it_asks_for(service) {
        let world = World::new(service);
        let (oss, oauth) = (world.organisation("Gemeente Oss"), OAuth::of(service));
        let system = hr_system(&oss);
        let told = ask(&oauth, &system).expect(200).body;
        assert_eq!((&told["token_type"], &told["expires_in"]), (&json!("Bearer"), &json!(3600)));
        assert_eq!((&told["scope"], told.get("refresh_token")), (&json!("staff:read staff:write"), None));
        let claims = claims_of(told["access_token"].as_str().unwrap());
        for (name, value) in [("iss", "https://klusnet.test"), ("sub", &system.0), ("azp", &system.0), ("client_id", &system.0), ("aud", "klusnet")] {
            assert_eq!(claims[name], *value, "{name}");
        }
        assert!(claims["jti"].is_string() && claims.get("sid").is_none() && claims.get("act").is_none(), "{claims}");
        let (id, secret) = (system.0.as_str(), system.1.as_str());
        let form = [("grant_type", "client_credentials"), ("client_id", id), ("client_secret", secret)];
        let with = |scope| oauth.token(&[&form[..], &[("scope", scope)]].concat());
        assert_eq!(with("staff:read").expect(200).body["scope"], "staff:read");
        for scope in ["market:read", "staff:read nonsense", " "] {
            with(scope).fails(400, "invalid_scope");
        }
        oauth.token(&[&form[..], &[("audience", "iets anders")]].concat()).fails(400, "invalid_target");
        oauth.token(&[&form[..], &[("resource", "https://klusnet.test/v1"), ("audience", "klusnet")]].concat()).expect(200);
        service.clock.advance(TimeDelta::seconds(3599));
        assert!(is_active(&oauth, &system, told["access_token"].as_str().unwrap()));
        service.clock.advance(TimeDelta::seconds(1));
        assert!(!is_active(&oauth, &system, told["access_token"].as_str().unwrap()));
    }

    fn a_token_without_a_person_is_refused_where_a_person_is_needed(service) {
        let world = World::new(service);
        let (oss, oauth) = (world.organisation("Gemeente Oss"), OAuth::of(service));
        let token = ask(&oauth, &hr_system(&oss)).body["access_token"].as_str().unwrap().to_owned();
        let client = service.anonymous().with_token(&token);
        client.get("/organisations").refused(403, "scope_missing");
        client.delete("/sessions/current").refused(403, "person_needed");
        client.get("/me").refused(403, "person_needed");
        client.act("/me/claim-codes").refused(403, "person_needed");
    }

    fn a_client_proves_itself_in_one_way(service) {
        let world = World::new(service);
        let (oss, oauth) = (world.organisation("Gemeente Oss"), OAuth::of(service));
        let (id, secret) = hr_system(&oss);
        let grant = [("grant_type", "client_credentials")];
        let basic = |id: &str, secret: &str| {
            use base64::Engine as _;
            format!("Basic {}", base64::engine::general_purpose::STANDARD.encode(format!("{id}:{secret}")))
        };
        let told = oauth.with("Authorization", &basic(&id, &secret)).token(&grant).expect(200);
        assert_eq!((told.headers["cache-control"].as_str(), told.headers["pragma"].as_str()), ("no-store", "no-cache"));
        let escaped = format!("%{:02X}{}", id.as_bytes()[0], &id[1..]);
        oauth.with("Authorization", &basic(&escaped, &secret)).token(&grant).expect(200);
        oauth.with("Authorization", &basic(&id, &secret)).token(&[grant[0], ("client_secret", &secret)]).fails(400, "invalid_request");
        oauth.with("Authorization", &basic(&id, &secret)).token(&[grant[0], ("client_id", "iemand")]).fails(400, "invalid_request");
        for header in ["Bearer x", "Basic x", "Basic", &basic(&id, ""), &basic("iemand", &secret)] {
            oauth.with("Authorization", header).token(&grant).fails(401, "invalid_client");
        }
        oauth.token(&grant).fails(401, "invalid_client");
        oauth.token(&[grant[0], ("client_id", &id)]).fails(401, "invalid_client");
    }

    fn an_unknown_client_and_a_wrong_secret_are_answered_alike(service) {
        let world = World::new(service);
        let (oss, oauth) = (world.organisation("Gemeente Oss"), OAuth::of(service));
        let (id, secret) = hr_system(&oss);
        let wrong = ask(&oauth, &(id, "verkeerd".to_owned())).fails(401, "invalid_client");
        for other in ["01935b7e-8a3c-7c4e-9a51-3d2f6b8e0c17", "niemand"] {
            assert_eq!(ask(&oauth, &(other.to_owned(), secret.clone())).text, wrong.text);
        }
        assert!(wrong.headers["www-authenticate"].starts_with("Basic"));
    }

    fn too_many_failures_shut_a_client_out_for_a_while(service) {
        let world = World::new(service);
        let (oss, oauth) = (world.organisation("Gemeente Oss"), OAuth::of(service));
        let system = hr_system(&oss);
        for _ in 0..10 {
            ask(&oauth, &(system.0.clone(), "verkeerd".to_owned())).fails(401, "invalid_client");
        }
        let refused = ask(&oauth, &system).fails(429, "temporarily_unavailable");
        let other = hr_system(&oss);
        ask(&oauth, &other).expect(200);
        service.clock.advance(TimeDelta::seconds(refused.headers["retry-after"].parse().unwrap()));
        ask(&oauth, &system).expect(200);
    }

    fn what_is_sent_must_be_a_form_that_says_each_thing_once(service) {
        let oauth = OAuth::of(service);
        let text = |text: &str| oauth.post_text("/oauth/token", "application/x-www-form-urlencoded", text);
        oauth.post_text("/oauth/token", "application/json", "{}").fails(400, "invalid_request");
        text("grant_type=a&grant_type=b&client_id=c").fails(400, "invalid_request");
        text(&format!("subject_token={}", "a".repeat(70_000))).fails(400, "invalid_request");
        text("").fails(401, "invalid_client");
        let get = service.anonymous().get(&format!("{}/oauth/token", service.root()));
        assert_eq!(get.status, 404);
    }

    fn each_client_has_one_grant(service) {
        let world = World::new(service);
        let (oss, oauth) = (world.organisation("Gemeente Oss"), OAuth::of(service));
        let (id, secret) = hr_system(&oss);
        let proof = [("client_id", id.as_str()), ("client_secret", secret.as_str())];
        let with = |more: &[(&str, &str)]| oauth.token(&[&proof[..], more].concat());
        with(&[]).fails(400, "invalid_request");
        with(&[("grant_type", "password")]).fails(400, "unsupported_grant_type");
        with(&[("grant_type", "refresh_token"), ("refresh_token", "x")]).fails(400, "unauthorized_client");
        let portal = register(&oss, &json!({"name": "App", "kind": "PUBLIC", "grantType": "AUTHORIZATION_CODE",
            "redirectUris": ["http://127.0.0.1:9000/terug"], "scopes": ["market:read"]}));
        oauth.token(&[("client_id", &portal), ("grant_type", "client_credentials")]).fails(400, "unauthorized_client");
        let unknown = [("client_id", portal.as_str()), ("grant_type", "refresh_token"), ("refresh_token", "onbekend")];
        oauth.token(&unknown).fails(400, "invalid_grant");
        oauth.token(&unknown[..2]).fails(400, "invalid_request");
    }

    fn the_server_says_of_itself_where_everything_is(service) {
        let oauth = OAuth::of(service);
        let metadata = oauth.get("/.well-known/oauth-authorization-server").expect(200).body;
        assert_eq!(metadata["issuer"], "https://klusnet.test");
        assert_eq!(metadata["token_endpoint"], "https://klusnet.test/oauth/token");
        assert_eq!(metadata["code_challenge_methods_supported"], json!(["S256"]));
        oauth.get("/.well-known/jwks.json").expect(200);
        let document = service.anonymous().get(&format!("{}/oauth/openapi.json", service.root())).expect(200).body;
        assert_eq!(document["servers"][0]["url"], "https://klusnet.test");
        let flows = service.anonymous().get(&format!("{}/v1/openapi.json", service.root())).expect(200).body;
        let flows = &flows["components"]["securitySchemes"]["oauth2"]["flows"];
        assert_eq!(flows["authorizationCode"]["tokenUrl"], "https://klusnet.test/oauth/token");
        let scopes = |flow: &Value| flow["scopes"].as_object().unwrap().len();
        assert_eq!(scopes(&flows["clientCredentials"]), 3);
        assert_eq!(scopes(&flows["authorizationCode"]), metadata["scopes_supported"].as_array().unwrap().len());
    }
}
