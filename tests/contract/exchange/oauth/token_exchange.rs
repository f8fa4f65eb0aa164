//! A portal hands in what the provider said of somebody, and gets a token for that person.

use chrono::TimeDelta;
use contract_tests::{Answer, Client, Employee, Key, Kind, OAuth, Organisation, Provider, Service, World, claims_of};
use jsonwebtoken::Algorithm;
use serde_json::{Value, json};

use super::{add_secret, register};

const GRANT: &str = "urn:ietf:params:oauth:grant-type:token-exchange";
const ID_TOKEN: &str = "urn:ietf:params:oauth:token-type:id_token";

/// Runs a story on both databases: a service that may ask this very machine, an organisation with its provider and a
/// portal, and somebody who works there.
fn on_both(story: impl Fn(&Scene<'_>)) {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        let Some(service) = Service::start_with(kind, &[Provider::SETTING]) else { continue };
        let world = World::new(&service);
        let oss = world.organisation("Gemeente Oss");
        let provider = Provider::start(&[Key::rsa(0)]);
        let draft = json!({"name": "Aanmelden met Oss", "issuer": provider.issuer, "clientId": "klusnet",
            "authentication": "PRIVATE_KEY_JWT", "staffClaim": "employeeNumber", "staffKey": "EMPLOYEE_NUMBER",
            "audiences": ["intranet"]});
        let path = format!("/organisations/{}/identity-providers", oss.id);
        let provider_id = oss.administrator.client.post(&path, &draft).expect(201).id();
        let portal = register(
            &oss,
            &json!({"name": "Intranet", "grantType": "TOKEN_EXCHANGE",
            "scopes": ["profiles:read", "profiles:write", "market:read", "parties:read", "parties:write", "access:read"]}),
        );
        let secret = add_secret(&oss.administrator.client, &portal);
        let sanne = world.employee_with(&oss, "Sanne de Vries", &json!({"hrExternalId": "4711"}));
        let oauth = OAuth::of(&service);
        story(&Scene { service: &service, world, oss, provider, provider_id, portal, secret, sanne, oauth });
    }
}

struct Scene<'s> {
    service: &'s Service,
    world: World<'s>,
    oss: Organisation,
    provider: Provider,
    provider_id: String,
    portal: String,
    secret: String,
    sanne: Employee,
    oauth: OAuth<'s>,
}

impl Scene<'_> {
    /// What the provider says now of who has this number.
    fn claims(&self, number: &str) -> Value {
        let now = domain::Clock::now(&*self.service.clock).timestamp();
        json!({"iss": self.provider.issuer, "sub": "abc", "aud": "intranet", "iat": now, "exp": now + 300, "employeeNumber": number})
    }

    fn exchange(&self, token: &str) -> Answer {
        self.exchange_with(token, &[])
    }

    fn exchange_with(&self, token: &str, more: &[(&str, &str)]) -> Answer {
        let form = [
            ("grant_type", GRANT),
            ("subject_token", token),
            ("client_id", &self.portal),
            ("client_secret", &self.secret),
        ];
        let kind = [("subject_token_type", ID_TOKEN)];
        let kind = if more.iter().any(|(name, _)| *name == "subject_token_type") { &kind[..0] } else { &kind[..] };
        self.oauth.token(&[&form[..], kind, more].concat())
    }

    fn client(&self, number: &str) -> Client {
        let told = self.exchange(&Key::rsa(0).sign(&self.claims(number))).expect(200);
        self.service.anonymous().with_token(told.text_at("/access_token"))
    }
}

#[test]
fn somebody_signed_in_at_the_portal_gets_a_token_that_says_who_acts() {
    on_both(|scene| {
        let me = format!("/persons/{}", scene.sanne.id);
        assert_eq!(scene.oss.administrator.client.get(&me).expect(200).body["status"], "INVITED");
        let told = scene.exchange(&Key::rsa(0).sign(&scene.claims("4711"))).expect(200).body;
        assert_eq!((&told["expires_in"], told.get("refresh_token")), (&json!(3600), None));
        assert_eq!(told["issued_token_type"], "urn:ietf:params:oauth:token-type:access_token");
        let claims = claims_of(told["access_token"].as_str().unwrap());
        assert_eq!((&claims["sub"], &claims["azp"]), (&json!(scene.sanne.id), &json!(scene.portal)));
        assert_eq!(claims["act"], json!({"sub": scene.portal}));
        let client = scene.service.anonymous().with_token(told["access_token"].as_str().unwrap());
        assert_eq!(client.get("/me").expect(200).body["person"]["id"], json!(scene.sanne.id));
        client.get("/events").refused(403, "scope_missing");
        assert_eq!(scene.oss.administrator.client.get(&me).expect(200).body["status"], "ACTIVE");
        let narrow = scene.exchange_with(&Key::rsa(0).sign(&scene.claims("4711")), &[("scope", "market:read")]);
        assert_eq!(narrow.expect(200).body["scope"], "market:read");
        for kind in ["urn:ietf:params:oauth:token-type:jwt", "urn:ietf:params:oauth:token-type:access_token"] {
            scene.exchange_with(&Key::rsa(0).sign(&scene.claims("4711")), &[("subject_token_type", kind)]).expect(200);
        }
    });
}

#[test]
fn signing_out_closing_and_the_end_of_the_client_end_the_session() {
    on_both(|scene| {
        let (first, second, third) = (scene.client("4711"), scene.client("4711"), scene.client("4711"));
        first.delete("/sessions/current").expect(204);
        first.get("/me").refused(401, "token_invalid");
        second.get("/me").expect(200);
        let portal = format!("/oauth-clients/{}", scene.portal);
        let administrator = &scene.oss.administrator.client;
        administrator.patch(&portal, &json!({"disabled": true})).expect(200);
        second.get("/me").refused(401, "token_invalid");
        administrator.patch(&portal, &json!({"disabled": false})).expect(200);
        second.get("/me").expect(200);
        administrator.transition(&format!("/persons/{}", scene.sanne.id), "closures", &Value::Null).expect(200);
        third.get("/me").refused(401, "token_invalid");
        scene.exchange(&Key::rsa(0).sign(&scene.claims("4711"))).fails(400, "invalid_grant");
    });
}

#[test]
fn a_token_lasts_an_hour_and_the_session_no_longer() {
    on_both(|scene| {
        let client = scene.client("4711");
        scene.service.clock.advance(TimeDelta::seconds(3599));
        client.get("/me").expect(200);
        scene.service.clock.advance(TimeDelta::seconds(1));
        client.get("/me").refused(401, "token_invalid");
    });
}

#[test]
fn of_whom_the_organisation_does_not_employ_nothing_is_told() {
    on_both(|scene| {
        let uden = scene.world.organisation("Gemeente Uden");
        scene.world.employee_with(&uden, "Willem Vreemd", &json!({"hrExternalId": "0815"}));
        scene.world.employee_with(&scene.oss, "Lea Ver", &json!({"hrExternalId": "0007", "endDate": "2026-12-31"}));
        let ask = |number| scene.exchange(&Key::rsa(0).sign(&scene.claims(number))).fails(400, "invalid_grant");
        let unknown = ask("9999");
        assert_eq!(ask("0815").text, unknown.text, "somebody of another organisation");
        assert_eq!(ask("0007").text, unknown.text, "somebody whose employment is over");
    });
}

#[test]
fn a_token_that_is_not_right_is_refused() {
    on_both(|scene| {
        let now = scene.claims("4711")["iat"].as_i64().unwrap();
        let with = |name: &str, value: Value| {
            let mut claims = scene.claims("4711");
            claims[name] = value;
            Key::rsa(0).sign(&claims)
        };
        let (own, claims) = (Key::rsa(0), scene.claims("4711"));
        for (what, token) in [
            ("another audience", with("aud", json!("elders"))),
            ("another issuer", with("iss", json!("https://login.elders.example"))),
            ("expired", with("exp", json!(now - 31))),
            ("not yet valid", with("nbf", json!(now + 31))),
            ("from tomorrow", with("iat", json!(now + 86_400))),
            ("no staff key", with("employeeNumber", Value::Null)),
            ("algorithm confusion", own.confused(&claims)),
            ("nobody signed it", own.unsigned(&claims)),
            ("an algorithm that is not allowed", own.sign_as(Algorithm::RS512, "key-0", &claims)),
            ("a key of somebody else", Key::rsa(1).sign_as(Algorithm::RS256, "key-0", &claims)),
            ("no token at all", "nonsense".to_owned()),
        ] {
            let refused = scene.exchange(&token);
            assert_eq!(
                (refused.status, &refused.body["error"]),
                (400, &json!("invalid_grant")),
                "{what}: {}",
                refused.text
            );
        }
        let huge = with("iets", json!("x".repeat(20_000)));
        scene.exchange(&huge).fails(400, "invalid_request");
        for more in [
            ("subject_token_type", "urn:ietf:params:oauth:token-type:saml2"),
            ("requested_token_type", "urn:ietf:params:oauth:token-type:refresh_token"),
            ("actor_token", "x"),
        ] {
            scene.exchange_with(&own.sign(&claims), &[more]).fails(400, "invalid_request");
        }
        scene.exchange_with(&own.sign(&claims), &[("audience", "elders")]).fails(400, "invalid_target");
        scene.exchange_with(&own.sign(&claims), &[("scope", "charges:read")]).fails(400, "invalid_scope");
    });
}

#[test]
fn a_token_with_an_id_of_its_own_is_exchanged_once_at_all_instances() {
    on_both(|scene| {
        let mut claims = scene.claims("4711");
        claims["jti"] = json!("a-b-c");
        let token = Key::rsa(0).sign(&claims);
        scene.exchange(&token).expect(200);
        scene.exchange(&token).fails(400, "invalid_grant");
    });
}

#[test]
fn a_storm_of_unknown_keys_does_not_reach_the_provider() {
    on_both(|scene| {
        scene.client("4711");
        assert_eq!(scene.provider.asked(), 1);
        for number in 0..20 {
            let token = Key::rsa(1).sign_as(Algorithm::RS256, &format!("onbekend-{number}"), &scene.claims("4711"));
            scene.exchange(&token).fails(400, "invalid_grant");
        }
        assert_eq!(scene.provider.asked(), 1);
        scene.provider.publish(&[Key::rsa(0), Key::rsa(1)]);
        scene.service.clock.advance(TimeDelta::minutes(1));
        scene.exchange(&Key::rsa(1).sign(&scene.claims("4711"))).expect(200);
        assert_eq!(scene.provider.asked(), 2);
    });
}

#[test]
fn only_a_portal_of_the_organisation_whose_provider_it_is_gets_a_token() {
    on_both(|scene| {
        let uden = scene.world.organisation("Gemeente Uden");
        let other =
            register(&uden, &json!({"name": "Intranet", "grantType": "TOKEN_EXCHANGE", "scopes": ["market:read"]}));
        let secret = add_secret(&uden.administrator.client, &other);
        let token = Key::rsa(0).sign(&scene.claims("4711"));
        let form = [("grant_type", GRANT), ("subject_token", token.as_str()), ("subject_token_type", ID_TOKEN)];
        scene
            .oauth
            .token(&[&form[..], &[("client_id", &other), ("client_secret", &secret)]].concat())
            .fails(400, "invalid_grant");
        let path = format!("/identity-providers/{}", scene.provider_id);
        scene.oss.administrator.client.patch(&path, &json!({"enabled": false})).expect(200);
        scene.exchange(&token).fails(400, "invalid_grant");
    });
}

/// An administrator decides who comes in by the provider and the portals of the own organisation; what somebody may do
/// elsewhere is not for them to take.
#[test]
fn nobody_gets_further_through_a_portal_than_the_organisation_reaches() {
    on_both(|scene| {
        let uden = scene.world.organisation("Gemeente Uden");
        let give = |organisation| {
            let scope = contract_tests::Scope::Organisation(organisation);
            scene.world.give(&scene.sanne, "ORGANISATION_ADMINISTRATOR", scope)
        };
        give(&uden);
        scene.world.give(&scene.sanne, "PLATFORM_ADMINISTRATOR", contract_tests::Scope::Platform);
        let client = scene.client("4711");
        let clients = |organisation: &Organisation| format!("/organisations/{}/oauth-clients", organisation.id);
        client.get(&clients(&uden)).refused(403, "not_allowed");
        client.get(&clients(&scene.oss)).refused(403, "not_allowed");
        give(&scene.oss);
        client.get(&clients(&scene.oss)).expect(200);
        client.get(&clients(&uden)).refused(403, "not_allowed");
    });
}

#[test]
fn whoever_works_there_no_more_is_out_at_once() {
    on_both(|scene| {
        let client = scene.client("4711");
        client.get("/me").expect(200);
        let employment = format!("/employments/{}", scene.sanne.employment_id);
        scene.oss.administrator.client.patch(&employment, &json!({"endDate": "2027-02-28"})).expect(200);
        client.get("/me").refused(401, "token_invalid");
        scene.exchange(&Key::rsa(0).sign(&scene.claims("4711"))).fails(400, "invalid_grant");
    });
}
