//! What ends tokens before their time, and who is told whether they are good.

use contract_tests::{Client, OAuth, Service, World, on_both};
use serde_json::json;

use super::{add_secret, ask, hr_system, is_active};

/// What a client by itself may not do is told otherwise than what nobody may do with a bad token.
fn is_good(service: &Service, token: &str) -> bool {
    let answer = service.anonymous().with_token(token).delete("/sessions/current");
    assert!(matches!(answer.status, 401 | 403), "{}", answer.text);
    answer.status == 403
}

fn token(oauth: &OAuth<'_>, system: &(String, String)) -> String {
    ask(oauth, system).expect(200).text_at("/access_token").to_owned()
}

fn patch(administrator: &Client, path: &str, body: serde_json::Value) {
    administrator.patch(path, &body).expect(200);
}

on_both! {
    fn a_token_that_is_taken_back_is_worth_nothing_at_any_instance(service) {
        let world = World::new(service);
        let (oss, oauth) = (world.organisation("Gemeente Oss"), OAuth::of(service));
        let system = hr_system(&oss);
        let (first, second) = (token(&oauth, &system), token(&oauth, &system));
        let revoke = |system: &(String, String), token: &str| {
            oauth.post("/oauth/revoke", &[("token", token), ("client_id", &system.0), ("client_secret", &system.1)])
        };
        revoke(&hr_system(&oss), &first).fails(400, "invalid_grant");
        assert!(is_active(&oauth, &system, &first));
        assert!(is_good(service, &first));
        for _ in 0..2 {
            assert_eq!(revoke(&system, &first).expect(200).text, "");
        }
        let another = service.another();
        assert!(!is_active(&OAuth::of(&another), &system, &first));
        assert!(is_active(&oauth, &system, &second), "the other one goes on");
        revoke(&system, "onbekend").expect(200);
        oauth.post("/oauth/revoke", &[("client_id", &system.0), ("client_secret", &system.1)]).fails(400, "invalid_request");
        oauth.post("/oauth/revoke", &[("token", &first)]).fails(401, "invalid_client");
    }

    fn a_client_that_is_disabled_gets_nothing_and_its_tokens_end_at_once(service) {
        let world = World::new(service);
        let (oss, oauth) = (world.organisation("Gemeente Oss"), OAuth::of(service));
        let (system, other) = (hr_system(&oss), hr_system(&oss));
        let path = format!("/oauth-clients/{}", system.0);
        let token = token(&oauth, &system);
        patch(&oss.administrator.client, &path, json!({"disabled": true}));
        assert!(!is_active(&oauth, &other, &token));
        ask(&oauth, &system).fails(401, "invalid_client");
        patch(&oss.administrator.client, &path, json!({"disabled": false}));
        assert!(is_active(&oauth, &other, &token));
        oss.administrator.client.at_present(&path).delete(&path).expect(204);
        assert!(!is_active(&oauth, &other, &token));
        ask(&oauth, &system).fails(401, "invalid_client");
    }

    fn the_tokens_of_a_secret_end_with_it(service) {
        let world = World::new(service);
        let (oss, oauth) = (world.organisation("Gemeente Oss"), OAuth::of(service));
        let administrator = &oss.administrator.client;
        let system = hr_system(&oss);
        let old = token(&oauth, &system);
        let secrets = format!("/oauth-clients/{}/secrets", system.0);
        let first = administrator.get(&secrets).expect(200).ids().remove(0);
        let next = (system.0.clone(), add_secret(administrator, &system.0));
        let new = token(&oauth, &next);
        administrator.delete(&format!("{secrets}/{first}")).expect(204);
        assert!(!is_active(&oauth, &next, &old));
        assert!(is_active(&oauth, &next, &new));
    }

    fn the_tokens_of_an_organisation_end_when_it_takes_part_no_more(service) {
        let world = World::new(service);
        let (oss, oauth) = (world.organisation("Gemeente Oss"), OAuth::of(service));
        let system = hr_system(&oss);
        token(&oauth, &system);
        world.platform.patch(&format!("/organisations/{}", oss.id), &json!({"status": "INACTIVE"})).expect(200);
        ask(&oauth, &system).fails(401, "invalid_client");
    }

    fn of_tokens_of_others_a_client_learns_nothing(service) {
        let world = World::new(service);
        let (oss, uden, oauth) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"), OAuth::of(service));
        let (here, there) = (hr_system(&oss), hr_system(&uden));
        let token = token(&oauth, &here);
        assert!(!is_active(&oauth, &there, &token));
        assert!(!is_active(&oauth, &here, "nonsense"));
        let form = [("token", token.as_str()), ("client_id", &here.0), ("client_secret", &here.1)];
        let told = oauth.post("/oauth/introspect", &form).expect(200).body;
        assert_eq!((&told["sub"], &told["client_id"], &told["scope"]), (&json!(here.0), &json!(here.0), &json!("staff:read staff:write")));
        assert_eq!((&told["token_type"], told.get("cred")), (&json!("Bearer"), None));
        oauth.post("/oauth/introspect", &[("token", &token)]).fails(401, "invalid_client");
        oauth.post("/oauth/introspect", &[("token", &"x".repeat(20_000)), form[1], form[2]]).fails(400, "invalid_request");
    }
}
