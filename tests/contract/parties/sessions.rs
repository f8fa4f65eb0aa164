//! Signing in and out.

use chrono::TimeDelta;
use contract_tests::{Service, on_both};
use serde_json::{Value, json};

const EMAIL: &str = "beheer@klusnet.example";
const PASSWORD: &str = "vier woorden zijn genoeg";

fn sign_in(service: &Service, password: &str) -> contract_tests::Answer {
    service.anonymous().post("/sessions", &json!({"email": EMAIL, "password": password}))
}

fn is_good(service: &Service, tokens: &Value) -> bool {
    let client = service.anonymous().with_token(tokens["accessToken"].as_str().unwrap());
    client.get("/organisations").status == 200
}

on_both! {
    fn signing_in_gives_tokens_that_work(service) {
        let tokens = sign_in(service, PASSWORD).expect(201).body;
        assert!(is_good(service, &tokens));
        let client = service.anonymous().with_token(tokens["accessToken"].as_str().unwrap());
        client.delete("/sessions/current").expect(204);
        client.get("/organisations").refused(401, "token_invalid");
    }

    fn an_access_token_is_good_for_a_quarter_of_an_hour(service) {
        let tokens = sign_in(service, PASSWORD).body;
        service.clock.advance(TimeDelta::seconds(15 * 60 - 1));
        assert!(is_good(service, &tokens));
        service.clock.advance(TimeDelta::seconds(1));
        assert!(!is_good(service, &tokens));
    }

    fn a_wrong_password_and_an_unknown_address_are_answered_alike(service) {
        let wrong = sign_in(service, "not the password").refused(401, "credentials_wrong");
        let unknown = service.anonymous().post("/sessions", &json!({"email": "x@example.nl", "password": PASSWORD}));
        assert_eq!(wrong.text, unknown.text);
    }

    fn too_many_failures_close_the_account_for_a_while_even_for_the_right_password(service) {
        for _ in 0..10 {
            sign_in(service, "not the password").expect(401);
        }
        let refused = sign_in(service, PASSWORD).refused(429, "too_many_attempts");
        let wait: i64 = refused.headers["retry-after"].parse().unwrap();
        service.clock.advance(TimeDelta::seconds(wait));
        sign_in(service, PASSWORD).expect(201);
    }

    fn a_refresh_token_is_good_once_and_using_it_twice_ends_the_session(service) {
        let first = sign_in(service, PASSWORD).body;
        let refresh = |tokens: &Value| {
            service.anonymous().post("/session-refreshes", &json!({"refreshToken": tokens["refreshToken"]}))
        };
        let second = refresh(&first).expect(201).body;
        assert!(is_good(service, &second));
        refresh(&first).refused(401, "token_invalid");
        assert!(!is_good(service, &second), "the session has ended");
        refresh(&second).refused(401, "token_invalid");
    }

    fn a_token_with_fewer_scopes_does_less(service) {
        let body = json!({"email": EMAIL, "password": PASSWORD, "scope": "market:read"});
        let tokens = service.anonymous().post("/sessions", &body).expect(201).body;
        assert_eq!(tokens["scope"], "market:read");
        let client = service.anonymous().with_token(tokens["accessToken"].as_str().unwrap());
        client.get("/organisations").refused(403, "scope_missing");
        let refresh = json!({"refreshToken": tokens["refreshToken"]});
        let next = service.anonymous().post("/session-refreshes", &refresh).expect(201).body;
        assert_eq!(next["scope"], "market:read", "refreshing gives no more");
        let body = json!({"email": EMAIL, "password": PASSWORD, "scope": "everything"});
        service.anonymous().post("/sessions", &body).names(&["scope"]);
    }

    fn an_activation_token_that_is_unknown_is_refused(service) {
        let body = json!({"activationToken": "unknown", "password": PASSWORD});
        service.anonymous().post("/account-activations", &body).names(&["activationToken"]);
        let short = json!({"activationToken": "unknown", "password": "short"});
        service.anonymous().post("/account-activations", &short).names(&["password"]);
    }
}
