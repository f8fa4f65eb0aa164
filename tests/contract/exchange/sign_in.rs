//! Signing in through the identity provider of the organisation, for a portal without a sign-in of its own.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use contract_tests::{Answer, Client, Employee, Key, Kind, OAuth, Organisation, Provider, Service, World};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

const BACK: &str = "https://portaal.example/terug?stap=1";
const VERIFIER: &str = "een-lange-reeks-tekens-die-niemand-raden-kan-0123456789";
const STATE: &str = "een-toestand-van-het-portaal-zelf";

/// Runs a story on both databases: an organisation with its provider, a public portal, and somebody who works there.
fn on_both(story: impl Fn(&Scene<'_>)) {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        let Some(service) = Service::start_with(kind, &[Provider::SETTING]) else { continue };
        let world = World::new(&service);
        let oss = world.organisation("Gemeente Oss");
        let provider = Provider::start(&[Key::rsa(0)]);
        let provider_id = register_provider(&oss, &provider, &json!({}));
        let portal = register_portal(&oss, &json!({}));
        let sanne = world.employee_with(&oss, "Sanne de Vries", &json!({"hrExternalId": "4711"}));
        let oauth = OAuth::of(&service);
        story(&Scene { service: &service, world, oss, provider, provider_id, portal, sanne, oauth });
    }
}

#[track_caller]
fn register_provider(organisation: &Organisation, provider: &Provider, more: &Value) -> String {
    let mut draft = json!({"name": "Aanmelden met Oss", "issuer": provider.issuer, "clientId": "klusnet",
        "authentication": "PRIVATE_KEY_JWT", "staffClaim": "employeeNumber", "staffKey": "EMPLOYEE_NUMBER"});
    for (name, value) in more.as_object().unwrap() {
        draft[name] = value.clone();
    }
    let path = format!("/organisations/{}/identity-providers", organisation.id);
    organisation.administrator.client.post(&path, &draft).expect(201).id()
}

#[track_caller]
fn register_portal(organisation: &Organisation, more: &Value) -> String {
    let mut draft = json!({"name": "Portaal <b>van</b> Oss", "kind": "PUBLIC", "grantType": "AUTHORIZATION_CODE",
        "redirectUris": [BACK], "scopes": ["parties:read", "market:read", "access:read", "access:write"]});
    for (name, value) in more.as_object().unwrap() {
        draft[name] = value.clone();
    }
    let path = format!("/organisations/{}/oauth-clients", organisation.id);
    organisation.administrator.client.post(&path, &draft).expect(201).id()
}

struct Scene<'s> {
    service: &'s Service,
    world: World<'s>,
    oss: Organisation,
    provider: Provider,
    provider_id: String,
    portal: String,
    sanne: Employee,
    oauth: OAuth<'s>,
}

fn encoded(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

/// A parameter of an address.
fn parameter(address: &str, name: &str) -> Option<String> {
    let (_, query) = address.split_once('?')?;
    let found = query.split('&').find_map(|pair| pair.strip_prefix(&format!("{name}=")))?;
    Some(percent_encoding::percent_decode_str(&found.replace('+', " ")).decode_utf8().unwrap().into_owned())
}

/// Where the browser is sent.
#[track_caller]
fn location(answer: &Answer) -> String {
    assert_eq!(answer.status, 303, "{}", answer.text);
    answer.headers["location"].clone()
}

fn challenge() -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER))
}

/// A browser on its way: at the provider, with the cookie that it was given.
struct Browser {
    client: Client,
    state: String,
    nonce: String,
}

impl Scene<'_> {
    fn parameters(&self) -> Vec<(&'static str, String)> {
        vec![
            ("response_type", "code".to_owned()),
            ("client_id", self.portal.clone()),
            ("redirect_uri", BACK.to_owned()),
            ("scope", "parties:read market:read".to_owned()),
            ("state", STATE.to_owned()),
            ("code_challenge", challenge()),
            ("code_challenge_method", "S256".to_owned()),
        ]
    }

    fn authorize(&self, parameters: &[(&str, String)]) -> Answer {
        let query: Vec<String> = parameters.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        self.oauth.get(&format!("/oauth/authorize?{}", query.join("&")))
    }

    /// The same with other values; an empty one leaves it out.
    fn authorize_with(&self, others: &[(&'static str, &str)]) -> Answer {
        let mut parameters = self.parameters();
        parameters.retain(|(name, _)| !others.iter().any(|(other, _)| other == name));
        parameters.extend(others.iter().filter(|(_, v)| !v.is_empty()).map(|(name, v)| (*name, (*v).to_owned())));
        self.authorize(&parameters)
    }

    /// The browser leaves for the provider.
    #[track_caller]
    fn leave(&self) -> Browser {
        let sent = self.authorize(&self.parameters());
        let there = location(&sent);
        assert!(there.starts_with(&format!("{}/authorize?", self.provider.issuer)), "{there}");
        let cookie = sent.headers["set-cookie"].clone();
        for part in ["__Host-klusnet-sign-in=", "Secure", "HttpOnly", "SameSite=Lax", "Path=/"] {
            assert!(cookie.contains(part), "{cookie}");
        }
        let client = self.service.anonymous().with("Cookie", cookie.split(';').next().unwrap());
        let get = |name| parameter(&there, name).unwrap();
        assert_eq!((get("code_challenge_method"), get("response_type")), ("S256".to_owned(), "code".to_owned()));
        assert_eq!(get("redirect_uri"), "https://klusnet.test/oauth/callback");
        Browser { client, state: get("state"), nonce: get("nonce") }
    }

    fn claims(&self, number: &str, nonce: &str) -> Value {
        let now = domain::Clock::now(&*self.service.clock).timestamp();
        json!({"iss": self.provider.issuer, "sub": "abc", "aud": "klusnet", "iat": now, "exp": now + 300,
            "employeeNumber": number, "nonce": nonce})
    }

    fn come_back(&self, browser: &Browser, query: &str) -> Answer {
        browser.client.get(&format!("{}/oauth/callback?{query}", self.service.root()))
    }

    /// Somebody with these claims signs in at the provider and the browser comes back.
    fn return_with(&self, browser: &Browser, claims: &Value) -> Answer {
        self.provider.signed_in("abc", &Key::rsa(0).sign(claims));
        self.come_back(browser, &format!("code=abc&state={}", browser.state))
    }

    fn return_as(&self, browser: &Browser, number: &str) -> Answer {
        self.return_with(browser, &self.claims(number, &browser.nonce))
    }

    fn decide(&self, browser: &Browser, page: &Answer, decision: &str) -> Answer {
        let ticket = ticket_of(page);
        let form = format!("ticket={ticket}&decision={decision}");
        let address = format!("{}/oauth/consents", self.service.root());
        browser.client.send_text("POST", &address, Some(("application/x-www-form-urlencoded", &form)))
    }

    /// A code for Sanne, who consents where she is asked.
    #[track_caller]
    fn code(&self) -> String {
        let browser = self.leave();
        let mut answer = self.return_as(&browser, "4711");
        if answer.status == 200 {
            answer = self.decide(&browser, &answer, "allow");
        }
        let there = location(&answer);
        assert!(there.starts_with(&format!("{BACK}&code=")), "{there}");
        assert_eq!(parameter(&there, "state").as_deref(), Some(STATE));
        assert_eq!(parameter(&there, "iss").as_deref(), Some("https://klusnet.test"));
        parameter(&there, "code").unwrap()
    }

    fn exchange(&self, code: &str) -> Answer {
        self.exchange_with(code, BACK, VERIFIER)
    }

    fn exchange_with(&self, code: &str, back: &str, verifier: &str) -> Answer {
        self.oauth.token(&[
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", back),
            ("code_verifier", verifier),
            ("client_id", &self.portal),
        ])
    }

    fn refresh(&self, token: &str) -> Answer {
        self.oauth.token(&[("grant_type", "refresh_token"), ("refresh_token", token), ("client_id", &self.portal)])
    }

    fn client(&self, tokens: &Answer) -> Client {
        self.service.anonymous().with_token(tokens.text_at("/access_token"))
    }
}

fn ticket_of(page: &Answer) -> String {
    let (_, rest) = page.text.split_once("name=\"ticket\" value=\"").unwrap_or_else(|| panic!("{}", page.text));
    rest.split('"').next().unwrap().to_owned()
}

/// The error that the portal is told.
#[track_caller]
fn told(answer: &Answer) -> String {
    let there = location(answer);
    assert!(there.starts_with(BACK), "{there}");
    assert!(parameter(&there, "code").is_none() && parameter(&there, "iss").is_some(), "{there}");
    parameter(&there, "error").unwrap()
}

#[track_caller]
fn is_page(answer: &Answer, status: u16) {
    assert_eq!(answer.status, status, "{}", answer.text);
    assert!(answer.headers["content-type"].starts_with("text/html"));
    assert!(!answer.headers.contains_key("location"));
    assert!(answer.headers["content-security-policy"].contains("default-src 'none'"));
    assert!(!answer.text.contains("<script"));
}

#[test]
fn somebody_signs_in_consents_once_and_the_portal_gets_tokens_for_them() {
    on_both(|scene| {
        let me = format!("/persons/{}", scene.sanne.id);
        assert_eq!(scene.oss.administrator.client.get(&me).expect(200).body["status"], "INVITED");
        let browser = scene.leave();
        let page = scene.return_as(&browser, "4711");
        is_page(&page, 200);
        for part in ["Sanne de Vries", "Portaal &lt;b&gt;van&lt;/b&gt; Oss", "Gemeente Oss", "market:read"] {
            assert!(page.text.contains(part), "{part}: {}", page.text);
        }
        assert!(!page.text.contains("access:read"), "only what was asked");
        assert_eq!(scene.oss.administrator.client.get(&me).expect(200).body["status"], "ACTIVE");
        let there = location(&scene.decide(&browser, &page, "allow"));
        let tokens = scene.exchange(&parameter(&there, "code").unwrap()).expect(200);
        assert_eq!(tokens.body["scope"], "market:read parties:read");
        let client = scene.client(&tokens);
        assert_eq!(client.get("/me").expect(200).body["person"]["id"], json!(scene.sanne.id));
        client.get("/me/client-consents").refused(403, "scope_missing");
        let sent = scene.provider.exchanges().remove(0);
        assert!(sent.contains("client_assertion=") && sent.contains("code_verifier="), "{sent}");
        // Consent is remembered: no page the second time.
        let again = scene.leave();
        let there = location(&scene.return_as(&again, "4711"));
        scene.exchange(&parameter(&there, "code").unwrap()).expect(200);
        // More than was consented to is asked for.
        let mut more = scene.parameters();
        more.iter_mut().filter(|(name, _)| *name == "scope").for_each(|(_, value)| *value += " access:read");
        let sent = scene.authorize(&more);
        let there = location(&sent);
        let client = scene.service.anonymous().with("Cookie", sent.headers["set-cookie"].split(';').next().unwrap());
        let (state, nonce) = (parameter(&there, "state").unwrap(), parameter(&there, "nonce").unwrap());
        is_page(&scene.return_as(&Browser { client, state, nonce }, "4711"), 200);
    });
}

#[test]
fn a_refresh_token_is_good_once_and_for_a_day_together() {
    on_both(|scene| {
        let first = scene.exchange(&scene.code()).expect(200);
        let second = scene.refresh(first.text_at("/refresh_token")).expect(200);
        scene.client(&second).get("/me").expect(200);
        scene.refresh(first.text_at("/refresh_token")).fails(400, "invalid_grant");
        scene.client(&second).get("/me").refused(401, "token_invalid");
        scene.refresh(second.text_at("/refresh_token")).fails(400, "invalid_grant");
        let late = scene.exchange(&scene.code()).expect(200);
        scene.service.pass(TimeDelta::hours(24));
        scene.refresh(late.text_at("/refresh_token")).fails(400, "invalid_grant");
    });
}

#[test]
fn who_refuses_gives_no_code_and_who_takes_consent_back_ends_what_it_gave() {
    on_both(|scene| {
        let browser = scene.leave();
        let page = scene.return_as(&browser, "4711");
        assert_eq!(told(&scene.decide(&browser, &page, "refuse")), "access_denied");
        is_page(&scene.decide(&browser, &page, "allow"), 400);
        let tokens = scene.exchange(&scene.code()).expect(200);
        let unused = scene.code();
        let consents = scene.sanne.client.get("/me/client-consents").expect(200);
        assert_eq!(consents.body["items"][0]["clientName"], "Portaal <b>van</b> Oss");
        assert_eq!(consents.body["items"][0]["scopes"], json!(["market:read", "parties:read"]));
        let own = format!("/me/client-consents/{}", consents.ids()[0]);
        scene.oss.administrator.client.delete(&own).refused(404, "not_found");
        scene.sanne.client.delete(&own).expect(204);
        scene.sanne.client.delete(&own).refused(404, "not_found");
        scene.client(&tokens).get("/me").refused(401, "token_invalid");
        scene.refresh(tokens.text_at("/refresh_token")).fails(400, "invalid_grant");
        scene.exchange(&unused).fails(400, "invalid_grant");
        is_page(&scene.return_as(&scene.leave(), "4711"), 200);
    });
}

#[test]
fn a_code_is_good_once_for_a_minute_for_who_began() {
    on_both(|scene| {
        let code = scene.code();
        let other = "een-andere-reeks-tekens-die-niemand-raden-kan-0123456789";
        scene.exchange_with(&code, BACK, other).fails(400, "invalid_grant");
        scene.exchange_with(&code, BACK, "kort").fails(400, "invalid_request");
        scene.exchange_with(&code, "https://portaal.example/terug", VERIFIER).fails(400, "invalid_grant");
        scene.exchange("onbekend").fails(400, "invalid_grant");
        let elsewhere = register_portal(&scene.oss, &json!({"name": "Ander portaal"}));
        let form = [("grant_type", "authorization_code"), ("code", code.as_str()), ("redirect_uri", BACK)];
        let more = [("code_verifier", VERIFIER), ("client_id", elsewhere.as_str())];
        scene.oauth.token(&[&form[..], &more].concat()).fails(400, "invalid_grant");
        let tokens = scene.exchange(&code).expect(200);
        scene.client(&tokens).get("/me").expect(200);
        scene.exchange(&code).fails(400, "invalid_grant");
        scene.client(&tokens).get("/me").refused(401, "token_invalid");
        let late = scene.code();
        scene.service.pass(TimeDelta::seconds(60));
        scene.exchange(&late).fails(400, "invalid_grant");
    });
}

#[test]
fn a_request_that_is_wrong_is_told_to_the_portal_and_never_to_an_address_that_is_not_registered() {
    on_both(|scene| {
        for address in
            ["https://elders.example/", "https://portaal.example/terug", "https://portaal.example/terug?stap=1&x=1", ""]
        {
            is_page(&scene.authorize_with(&[("redirect_uri", address)]), 400);
        }
        is_page(&scene.authorize_with(&[("client_id", "01935b7e-8a3c-7c4e-9a51-3d2f6b8e0c17")]), 400);
        is_page(&scene.authorize_with(&[("client_id", "")]), 400);
        let mut twice = scene.parameters();
        twice.push(("state", STATE.to_owned()));
        is_page(&scene.authorize(&twice), 400);
        for (name, value, error) in [
            ("code_challenge_method", "plain", "invalid_request"),
            ("code_challenge_method", "", "invalid_request"),
            ("code_challenge", "", "invalid_request"),
            ("code_challenge", "kort", "invalid_request"),
            ("state", "kort", "invalid_request"),
            ("state", "", "invalid_request"),
            ("response_type", "token", "unsupported_response_type"),
            ("response_mode", "fragment", "invalid_request"),
            ("scope", "profiles:write", "invalid_scope"),
            ("request", "eyJ", "request_not_supported"),
            ("request_uri", "https://portaal.example/r", "request_uri_not_supported"),
            ("organisation", "Oss", "invalid_request"),
        ] {
            assert_eq!(told(&scene.authorize_with(&[(name, value)])), error, "{name}={value}");
        }
        let own = format!("/oauth-clients/{}", scene.portal);
        scene.oss.administrator.client.patch(&own, &json!({"disabled": true})).expect(200);
        is_page(&scene.authorize(&scene.parameters()), 400);
    });
}

#[test]
fn a_state_is_good_once_for_ten_minutes_in_the_browser_that_began() {
    on_both(|scene| {
        let browser = scene.leave();
        let stranger =
            Browser { client: scene.service.anonymous(), state: browser.state.clone(), nonce: String::new() };
        is_page(&scene.return_as(&stranger, "4711"), 400);
        let other = scene.leave();
        let swapped = Browser { client: other.client, state: browser.state.clone(), nonce: String::new() };
        is_page(&scene.return_as(&swapped, "4711"), 400);
        let page = scene.return_as(&browser, "4711");
        is_page(&page, 200);
        is_page(&scene.return_as(&browser, "4711"), 400);
        // Another site, without the cookie, cannot answer for somebody.
        is_page(&scene.decide(&stranger, &page, "allow"), 400);
        scene.decide(&browser, &page, "allow").expect(303);
        let late = scene.leave();
        scene.service.pass(TimeDelta::minutes(10));
        is_page(&scene.return_as(&late, "4711"), 400);
        is_page(&scene.come_back(&scene.leave(), "code=abc"), 400);
        is_page(&scene.come_back(&scene.leave(), "code=abc&state=onbekend"), 400);
    });
}

#[test]
fn a_token_of_the_provider_that_is_not_right_signs_nobody_in() {
    on_both(|scene| {
        let now = domain::Clock::now(&*scene.service.clock).timestamp();
        for (claim, value) in [
            ("nonce", json!("een andere")),
            ("nonce", Value::Null),
            ("aud", json!("intranet")),
            ("aud", json!(["klusnet", "intranet"])),
            ("iss", json!("https://elders.example")),
            ("exp", json!(now - 60)),
            ("nbf", json!(now + 60)),
            ("iat", json!(now + 60)),
            ("employeeNumber", Value::Null),
        ] {
            let browser = scene.leave();
            let mut claims = scene.claims("4711", &browser.nonce);
            claims[claim] = value;
            assert_eq!(told(&scene.return_with(&browser, &claims)), "access_denied", "{claim}");
        }
        let key = Key::rsa(0);
        for forge in [Key::confused, Key::unsigned] {
            let browser = scene.leave();
            let forged = forge(&key, &scene.claims("4711", &browser.nonce));
            scene.provider.signed_in("abc", &forged);
            let answer = scene.come_back(&browser, &format!("code=abc&state={}", browser.state));
            assert_eq!(told(&answer), "access_denied");
        }
        let browser = scene.leave();
        let answer = scene.come_back(&browser, &format!("code=onbekend&state={}", browser.state));
        assert_eq!(told(&answer), "access_denied");
        let browser = scene.leave();
        let answer = scene.come_back(&browser, &format!("error=access_denied&state={}", browser.state));
        assert_eq!(told(&answer), "access_denied");
        let browser = scene.leave();
        let query = format!("code=abc&state={}&iss=https%3A%2F%2Felders.example", browser.state);
        assert_eq!(told(&scene.come_back(&browser, &query)), "access_denied");
    });
}

#[test]
fn who_does_not_work_there_or_has_no_access_gets_no_further() {
    on_both(|scene| {
        let uden = scene.world.organisation("Gemeente Uden");
        scene.world.employee_with(&uden, "Willem Vreemd", &json!({"hrExternalId": "0815"}));
        let over = json!({"hrExternalId": "1", "endDate": "2020-12-31"});
        scene.world.employee_with(&scene.oss, "Gerrit Vertrokken", &over);
        let mut answers = Vec::new();
        for number in ["0815", "1", "9999"] {
            answers.push(location(&scene.return_as(&scene.leave(), number)));
        }
        let closing = format!("/persons/{}", scene.sanne.id);
        scene.oss.administrator.client.transition(&closing, "closures", &Value::Null).expect(200);
        answers.push(location(&scene.return_as(&scene.leave(), "4711")));
        answers.dedup();
        assert_eq!(answers.len(), 1, "all are told the same: {answers:?}");
        assert_eq!(parameter(&answers[0], "error").as_deref(), Some("access_denied"));
    });
}

#[test]
fn of_several_providers_the_address_or_the_organisation_leads_to_one() {
    on_both(|scene| {
        let second = Provider::start(&[Key::rsa(1)]);
        let draft = json!({"emailDomains": ["raad.example"], "name": "Raad", "authentication": "CLIENT_SECRET",
            "clientSecret": "geheim van de raad"});
        register_provider(&scene.oss, &second, &draft);
        let page = scene.authorize(&scene.parameters());
        is_page(&page, 200);
        assert!(page.text.contains("name=\"login_hint\"") && page.text.contains(STATE), "{}", page.text);
        let dutch = scene.oauth.with("Accept-Language", "nl");
        let query: Vec<String> = scene.parameters().iter().map(|(n, v)| format!("{n}={}", encoded(v))).collect();
        let dutch = dutch.get(&format!("/oauth/authorize?{}", query.join("&")));
        assert!(dutch.text.contains("lang=\"nl\"") && dutch.text.contains("Zakelijk e-mailadres"), "{}", dutch.text);
        is_page(&scene.authorize_with(&[("login_hint", "anna@elders.example")]), 200);
        let sent = scene.authorize_with(&[("login_hint", "anna@raad.example")]);
        let there = location(&sent);
        assert!(there.starts_with(&second.issuer), "{there}");
        assert_eq!(parameter(&there, "login_hint").as_deref(), Some("anna@raad.example"));
        // With a secret Klusnet proves itself in the header, and the secret stands in no address.
        let cookie = sent.headers["set-cookie"].split(';').next().unwrap().to_owned();
        let browser = scene.service.anonymous().with("Cookie", &cookie);
        let (state, nonce) = (parameter(&there, "state").unwrap(), parameter(&there, "nonce").unwrap());
        let mut claims = scene.claims("4711", &nonce);
        claims["iss"] = json!(second.issuer);
        second.signed_in("abc", &Key::rsa(1).sign(&claims));
        is_page(
            &scene.come_back(
                &Browser { client: browser, state: state.clone(), nonce },
                &format!("code=abc&state={state}"),
            ),
            200,
        );
        assert!(second.exchanges()[0].to_lowercase().contains("authorization: basic "), "{:?}", second.exchanges());
        let elsewhere = scene.world.organisation("Gemeente Uden");
        assert_eq!(told(&scene.authorize_with(&[("organisation", &elsewhere.id)])), "access_denied");
    });
}

#[test]
fn a_provider_that_is_down_or_disabled_is_told_to_the_portal() {
    on_both(|scene| {
        let browser = scene.leave();
        scene.provider.break_down(true);
        assert!(
            ["access_denied", "temporarily_unavailable"].contains(&told(&scene.return_as(&browser, "4711")).as_str())
        );
        scene.service.clock.advance(TimeDelta::hours(25));
        assert_eq!(told(&scene.authorize(&scene.parameters())), "temporarily_unavailable");
        let own = format!("/identity-providers/{}", scene.provider_id);
        scene.oss.administrator.client.patch(&own, &json!({"enabled": false})).expect(200);
        assert_eq!(told(&scene.authorize(&scene.parameters())), "access_denied");
    });
}
