//! A system proves itself with its own key.

use contract_tests::{Key, Kind, OAuth, Provider, Service, World, on_both};
use jsonwebtoken::Algorithm;
use serde_json::{Value, json};

use super::register;

const GRANT: [(&str, &str); 1] = [("grant_type", "client_credentials")];

/// A client with the first two keys.
fn keyed(service: &Service) -> String {
    let oss = World::new(service).organisation("Gemeente Oss");
    let keys = json!({"keys": [Key::rsa(0).jwk, Key::rsa(1).jwk]});
    register(&oss, &json!({"name": "HR", "grantType": "CLIENT_CREDENTIALS", "scopes": ["staff:write"], "jwks": keys}))
}

on_both! {
    fn an_assertion_is_good_once_whoever_is_asked(service) {
        let (id, oauth) = (keyed(service), OAuth::of(service));
        let assertion = Key::rsa(0).sign(&oauth.assertion_claims(&id));
        oauth.assert(&assertion, &GRANT).expect(200);
        let again = oauth.assert(&assertion, &GRANT).fails(401, "invalid_client");
        assert!(again.text.contains("used before"), "{}", again.text);
        let another = service.another();
        OAuth::of(&another).assert(&assertion, &GRANT).fails(401, "invalid_client");
        OAuth::of(&another).assert(&Key::rsa(1).sign(&oauth.assertion_claims(&id)), &GRANT).expect(200);
    }

    fn each_allowed_algorithm_and_audience_will_do(service) {
        let (id, oauth) = (keyed(service), OAuth::of(service));
        for algorithm in [Algorithm::RS256, Algorithm::PS256] {
            let assertion = Key::rsa(0).sign_as(algorithm, "key-0", &oauth.assertion_claims(&id));
            oauth.assert(&assertion, &GRANT).expect(200);
        }
        for audience in [json!("https://klusnet.test"), json!(["elders", "https://klusnet.test/oauth/token"])] {
            let mut claims = oauth.assertion_claims(&id);
            claims["aud"] = audience;
            oauth.assert(&Key::rsa(0).sign(&claims), &GRANT).expect(200);
        }
    }

    fn a_signature_that_is_not_of_the_client_proves_nothing(service) {
        let (id, oauth) = (keyed(service), OAuth::of(service));
        let (own, claims) = (Key::rsa(0), || oauth.assertion_claims(&id));
        let good = own.sign(&claims());
        let (head, rest) = good.split_once('.').unwrap();
        for assertion in [
            own.confused(&claims()),
            own.unsigned(&claims()),
            own.sign_as(Algorithm::RS384, "key-0", &claims()),
            own.sign_as(Algorithm::RS256, "key-1", &claims()),
            own.sign_as(Algorithm::RS256, "onbekend", &claims()),
            Key::rsa(2).sign_as(Algorithm::RS256, "key-0", &claims()),
            format!("{head}.{}", rest.replace('.', "A.")),
            "geen.jwt.hier".to_owned(),
            "x".to_owned(),
        ] {
            oauth.assert(&assertion, &GRANT).fails(401, "invalid_client");
            // Each is a failure that counts; this is not what is tried here.
            service.clock.advance(chrono::TimeDelta::minutes(2));
        }
        let mut huge = claims();
        huge["iets"] = json!("x".repeat(20_000));
        oauth.assert(&own.sign(&huge), &GRANT).fails(401, "invalid_client");
    }

    fn a_claim_that_is_wrong_is_told_to_who_holds_the_key(service) {
        let (id, oauth) = (keyed(service), OAuth::of(service));
        let now = oauth.assertion_claims(&id)["iat"].as_i64().unwrap();
        let cases: [(&str, Value, &str); 11] = [
            ("aud", json!("https://elders.example/token"), "aud"),
            ("aud", json!([]), "aud"),
            ("iss", json!("iemand"), "iss"),
            ("exp", json!(now - 31), "expired"),
            ("exp", json!(now + 331), "5 minutes"),
            ("exp", json!(i64::MAX), "5 minutes"),
            ("nbf", json!(now + 31), "not good yet"),
            ("iat", json!(now + 31), "not good yet"),
            ("jti", json!("kort"), "jti"),
            ("jti", json!(null), "jti"),
            ("exp", json!(i64::MIN), "expired"),
        ];
        for (number, (name, value, told)) in cases.into_iter().enumerate() {
            if number == 8 {
                // Ten failures would shut it out.
                service.clock.advance(chrono::TimeDelta::minutes(15));
            }
            let mut claims = oauth.assertion_claims(&id);
            claims[name] = value;
            let refused = oauth.assert(&Key::rsa(0).sign(&claims), &GRANT).fails(401, "invalid_client");
            assert!(refused.text.contains(told), "{name}: {}", refused.text);
        }
    }
}

/// What a client with its keys at an address is promised; a service that may ask this very machine.
fn keys_at_an_address(kind: Kind) {
    let Some(service) = Service::start_with(kind, &[Provider::SETTING]) else { return };
    let oss = World::new(&service).organisation("Gemeente Oss");
    let (system, oauth) = (Provider::start(&[Key::rsa(0)]), OAuth::of(&service));
    let id = register(
        &oss,
        &json!({"name": "HR", "grantType": "CLIENT_CREDENTIALS", "scopes": ["staff:write"], "jwksUri": system.keys_at()}),
    );
    let ask = |key: &Key| oauth.assert(&key.sign(&oauth.assertion_claims(&id)), &GRANT);
    ask(&Key::rsa(0)).expect(200);
    ask(&Key::rsa(0)).expect(200);
    assert_eq!(system.asked(), 1, "keys are kept");
    for _ in 0..5 {
        ask(&Key::rsa(2)).fails(401, "invalid_client");
    }
    assert_eq!(system.asked(), 1, "a storm of unknown keys does not reach it");
    system.publish(&[Key::rsa(1)]);
    service.clock.advance(chrono::TimeDelta::minutes(1));
    ask(&Key::rsa(1)).expect(200);
    assert_eq!(system.asked(), 2, "a new key is found after a minute");
    ask(&Key::rsa(0)).fails(401, "invalid_client");
    drop(system);
    service.clock.advance(chrono::TimeDelta::minutes(61));
    ask(&Key::rsa(1)).expect(200);
    service.clock.advance(chrono::TimeDelta::hours(24));
    ask(&Key::rsa(1)).fails(503, "temporarily_unavailable");
}

#[test]
fn keys_at_an_address_are_kept_and_asked_for_again_once_a_minute_on_sqlite() {
    keys_at_an_address(Kind::Sqlite);
}

#[test]
fn keys_at_an_address_are_kept_and_asked_for_again_once_a_minute_on_postgres() {
    keys_at_an_address(Kind::Postgres);
}
