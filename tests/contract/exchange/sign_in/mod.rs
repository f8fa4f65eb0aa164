//! Signing in through the identity provider of the organisation, for a portal without a sign-in of its own.

mod granted;
mod refused;

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
