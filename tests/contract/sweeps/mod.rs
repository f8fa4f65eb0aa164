//! What holds for every operation of the document alike: each rule is tried on all of them.

mod access;
mod addresses;
mod bodies;
mod limits;
mod outages;

use std::panic::{AssertUnwindSafe, catch_unwind};

use contract_tests::document::{Document, Operation};
use contract_tests::{ADMINISTRATOR, Answer, Client, Service, example_of};
use serde_json::{Value, json};

/// An id that nothing has.
const UNKNOWN: &str = "01935b7e-8a3c-7c4e-9a51-3d2f6b8e0c17";

/// Tries a rule on all operations that fit, and tells of all that break it.
#[track_caller]
fn sweep(fits: impl Fn(&Operation) -> bool, rule: impl Fn(&Operation)) {
    let mut broken = Vec::new();
    let mut tried = 0;
    for operation in Document::committed().operations().iter().filter(|operation| fits(operation)) {
        tried += 1;
        if let Err(cause) = catch_unwind(AssertUnwindSafe(|| rule(operation))) {
            let text = cause.downcast_ref::<String>().cloned();
            let text = text.or_else(|| cause.downcast_ref::<&str>().map(|text| (*text).to_owned()));
            broken.push(format!("{}: {}", operation.id, text.unwrap_or_default()));
        }
    }
    assert!(tried > 0, "no operation fits");
    assert!(broken.is_empty(), "{} of {tried} operations break the rule:\n{}", broken.len(), broken.join("\n"));
}

/// What is sent to reach the operation itself: a valid address of something unknown, a valid body.
struct Request<'o> {
    operation: &'o Operation,
    address: String,
    body: Option<Value>,
}

impl<'o> Request<'o> {
    fn of(operation: &'o Operation) -> Self {
        Self::with(operation, "", "")
    }

    /// With this value for one of the path parameters.
    fn with(operation: &'o Operation, name: &str, value: &str) -> Self {
        let mut address = operation.path.replace(&format!("{{{name}}}"), value);
        let mut query = Vec::new();
        for parameter in parameters(operation) {
            let name = parameter["name"].as_str().unwrap();
            if parameter["in"] == "path" {
                address = address.replace(&format!("{{{name}}}"), unknown(parameter));
            } else if parameter["in"] == "query" && parameter["required"] == true {
                let value = parameter.get("example").cloned().unwrap_or_else(|| example_of(&parameter["schema"]));
                query.push(format!("{name}={}", value.as_str().map_or(value.to_string(), str::to_owned)));
            }
        }
        if !query.is_empty() {
            address = format!("{address}?{}", query.join("&"));
        }
        Self { operation, address, body: body_schema(operation).map(example_of) }
    }

    fn and(self, query: &str) -> Self {
        let sign = if self.address.contains('?') { '&' } else { '?' };
        Self { address: format!("{}{sign}{query}", self.address), ..self }
    }

    fn body(self, body: Value) -> Self {
        Self { body: Some(body), ..self }
    }

    fn send(&self, client: &Client) -> Answer {
        client.send(&self.operation.method, &self.address, self.body.as_ref())
    }

    fn send_text(&self, client: &Client, media_type: &str, text: &str) -> Answer {
        client.send_text(&self.operation.method, &self.address, Some((media_type, text)))
    }
}

fn unknown(parameter: &Value) -> &'static str {
    let schema = Document::committed().resolve(&parameter["schema"]);
    if schema["format"] == "uuid" { UNKNOWN } else { "onbekend" }
}

fn parameters(operation: &Operation) -> impl Iterator<Item = &Value> {
    let parameters = operation.json["parameters"].as_array().into_iter().flatten();
    parameters.map(|parameter| Document::committed().resolve(parameter))
}

fn body_schema(operation: &Operation) -> Option<&Value> {
    Some(&operation.json["requestBody"]["content"].as_object()?.values().next()?["schema"])
}

/// The scopes that a token needs; nothing where no token is needed.
fn scopes(operation: &Operation) -> Option<Vec<&str>> {
    let alternatives = operation.json["security"].as_array()?;
    let scopes = alternatives.first()?.as_object()?.values().next()?.as_array()?;
    let open = alternatives.iter().any(|alternative| alternative.as_object().is_some_and(serde_json::Map::is_empty));
    (!open).then(|| scopes.iter().map(|scope| scope.as_str().unwrap()).collect())
}

/// The scopes that a token needs, also where it may be left out.
fn held_scopes(operation: &Operation) -> Vec<&str> {
    let alternatives = operation.json["security"].as_array().into_iter().flatten();
    let members = alternatives.filter_map(Value::as_object).flat_map(serde_json::Map::values);
    members.filter_map(Value::as_array).flatten().filter_map(Value::as_str).collect()
}

fn is_guarded(operation: &Operation) -> bool {
    scopes(operation).is_some()
}

fn needs_revision(operation: &Operation) -> bool {
    parameters(operation).any(|parameter| parameter["name"] == "If-Match")
}

/// What goes on for as long as the connection lasts has a story of its own.
fn reads(operation: &Operation) -> bool {
    operation.method == "GET" && operation.id != "streamEvents"
}

/// The administrator of the platform, at whatever revision.
fn administrator(service: &Service) -> Client {
    service.administrator().with("If-Match", "*")
}

/// A token of the administrator of the platform with no other scope than this.
fn token_with(service: &Service, scope: &str) -> String {
    let (email, password) = ADMINISTRATOR;
    let body = json!({"email": email, "password": password, "scope": scope});
    service.anonymous().post("/sessions", &body).expect(201).text_at("/accessToken").to_owned()
}
