//! SCIM: what identity systems rely on.

mod bulk;
mod doors;
mod entra;
mod groups;
mod lists;

use contract_tests::document::Document;
use contract_tests::{Answer, Client, Organisation, Service, World};
use serde_json::{Value, json};

const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const KLUSNET: &str = "urn:ietf:params:scim:schemas:extension:klusnet:1:User";

/// An identity system of one organisation. Every answer is held against the document of SCIM.
struct Scim {
    client: Client,
    root: String,
}

impl Scim {
    /// One of this organisation, with a new token.
    fn of(service: &Service, organisation: &Organisation) -> Self {
        Self::with(service, &token(organisation))
    }

    fn with(service: &Service, token: &str) -> Self {
        Self { client: service.anonymous().with_token(token), root: format!("{}/scim/v2", service.root()) }
    }

    fn header(&self, name: &str, value: &str) -> Self {
        Self { client: self.client.with(name, value), root: self.root.clone() }
    }

    #[track_caller]
    fn send(&self, method: &str, path: &str, body: Option<&str>) -> Answer {
        self.send_as("application/scim+json", method, path, body)
    }

    #[track_caller]
    fn send_as(&self, media_type: &str, method: &str, path: &str, body: Option<&str>) -> Answer {
        let address = if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.root) };
        let answer = self.client.send_text(method, &address, body.map(|body| (media_type, body)));
        let path = address.split("/scim/v2").nth(1).unwrap();
        match Document::scim().find(method, path) {
            Some(operation) => operation.check(answer.status, &answer.headers, &answer.text),
            None => assert!(matches!(answer.status, 404 | 405), "{method} {path}: {}", answer.status),
        }
        if answer.status >= 400 {
            assert_eq!(answer.headers["content-type"], "application/scim+json", "{}", answer.text);
            assert_eq!(answer.body["status"], json!(answer.status.to_string()), "{}", answer.text);
        }
        answer
    }

    #[track_caller]
    fn get(&self, path: &str) -> Answer {
        self.send("GET", path, None)
    }

    #[track_caller]
    fn post(&self, path: &str, body: &Value) -> Answer {
        self.send("POST", path, Some(&body.to_string()))
    }

    #[track_caller]
    fn put(&self, path: &str, body: &Value) -> Answer {
        self.send("PUT", path, Some(&body.to_string()))
    }

    #[track_caller]
    fn patch(&self, path: &str, operations: &Value) -> Answer {
        let body = json!({"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": operations});
        self.send("PATCH", path, Some(&body.to_string()))
    }

    #[track_caller]
    fn delete(&self, path: &str) -> Answer {
        self.send("DELETE", path, None)
    }

    /// The answer to a filter, which holds what URLs do not.
    #[track_caller]
    fn filter(&self, kind: &str, filter: &str, more: &str) -> Answer {
        self.get(&format!("/{kind}?filter={}{more}", encoded(filter)))
    }

    /// Adds a user; gives the id.
    #[track_caller]
    fn add(&self, user: &Value) -> String {
        self.post("/Users", user).expect(201).id()
    }

    #[track_caller]
    fn add_named(&self, name: &str) -> String {
        self.add(&user(name))
    }
}

fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

fn tokens(organisation: &Organisation) -> String {
    format!("/organisations/{}/scim-tokens", organisation.id)
}

/// A new token of an organisation.
fn token(organisation: &Organisation) -> String {
    let draft = json!({"label": "Entra ID", "expiresAt": "2028-02-29T00:00:00Z"});
    let made = organisation.administrator.client.post(&tokens(organisation), &draft).expect(201);
    made.text_at("/token").to_owned()
}

/// An organisation and its identity system.
fn oss(service: &Service) -> (World<'_>, Organisation, Scim) {
    let world = World::new(service);
    let organisation = world.organisation("Gemeente Oss");
    let scim = Scim::of(service, &organisation);
    (world, organisation, scim)
}

/// A user with this name.
fn user(name: &str) -> Value {
    json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", ENTERPRISE],
        "userName": format!("{name}@oss.example"), "externalId": format!("x-{name}"), "active": true,
        "name": {"givenName": name, "familyName": "Peters"},
        "emails": [{"type": "work", "value": format!("{name}@oss.example"), "primary": true}],
        (ENTERPRISE): {"employeeNumber": format!("n-{name}"), "department": "Ruimte"}
    })
}

/// The userNames on a page, without what follows the name.
fn names(page: &Answer) -> Vec<String> {
    let all = page.body["Resources"].as_array().unwrap_or_else(|| panic!("no page: {}", page.text)).iter();
    all.map(|user| user["userName"].as_str().unwrap().split('@').next().unwrap().to_owned()).collect()
}

/// Fails unless it is an error of this sort.
#[track_caller]
fn refused(answer: &Answer, status: u16, kind: Option<&str>) {
    assert_eq!((answer.status, answer.body["scimType"].as_str()), (status, kind), "{}", answer.text);
}
