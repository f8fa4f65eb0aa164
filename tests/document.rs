//! The committed document, as the judge of every answer.

use std::collections::HashMap;
use std::sync::OnceLock;

use jsonschema::{Registry, Validator};
use serde_json::{Value, json};

const DOCUMENT: &str = "urn:klusnet:test-document";

/// The committed document.
pub struct Document {
    /// As JSON.
    pub json: Value,
    operations: Vec<Operation>,
}

/// One operation of it.
pub struct Operation {
    /// Its name.
    pub id: String,
    /// Its method, in upper case.
    pub method: String,
    /// Its path, with parameters in braces.
    pub path: String,
    /// What the document says of it.
    pub json: Value,
    responses: HashMap<u16, Expected>,
}

struct Expected {
    body: Option<(String, Validator)>,
    headers: Vec<String>,
}

impl Document {
    /// The document at the root of the repository.
    pub fn committed() -> &'static Self {
        static COMMITTED: OnceLock<Document> = OnceLock::new();
        COMMITTED.get_or_init(|| {
            let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../openapi.yaml")).unwrap();
            Self::of(yaml_serde::from_str(&text).unwrap())
        })
    }

    /// The document of SCIM, which has a base path of its own.
    pub fn scim() -> &'static Self {
        static COMMITTED: OnceLock<Document> = OnceLock::new();
        COMMITTED.get_or_init(|| {
            let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../openapi-scim.yaml")).unwrap();
            Self::of(yaml_serde::from_str(&text).unwrap())
        })
    }

    /// The document of the authorisation server.
    pub fn oauth() -> &'static Self {
        static OAUTH: OnceLock<Document> = OnceLock::new();
        OAUTH.get_or_init(|| {
            let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../api/src/exchange/oauth/document.yaml");
            Self::of(yaml_serde::from_str(&std::fs::read_to_string(file).unwrap()).unwrap())
        })
    }

    fn of(json: Value) -> Self {
        let mut closed = json.clone();
        close(&mut closed);
        let registry = Registry::new().add(DOCUMENT, closed.clone()).unwrap().prepare().unwrap();
        let mut operations = Vec::new();
        for (path, item) in closed["paths"].as_object().unwrap() {
            for (method, operation) in item.as_object().unwrap() {
                let responses = operation["responses"].as_object().unwrap().iter();
                let responses = responses
                    .map(|(status, response)| (status.parse().unwrap(), Expected::of(&closed, &registry, response)))
                    .collect();
                let (id, json) =
                    (operation["operationId"].as_str().unwrap().to_owned(), json["paths"][path][method].clone());
                operations.push(Operation { id, method: method.to_uppercase(), path: path.clone(), json, responses });
            }
        }
        Self { json, operations }
    }

    /// All operations.
    pub fn operations(&self) -> &[Operation] {
        &self.operations
    }

    /// The operation with this name.
    pub fn find_by_id(&self, id: &str) -> &Operation {
        self.operations.iter().find(|operation| operation.id == id).unwrap_or_else(|| panic!("there is no {id}"))
    }

    /// What a reference points to, or the value itself.
    pub fn resolve<'a>(&'a self, value: &'a Value) -> &'a Value {
        resolve(&self.json, value)
    }

    /// The operation for a method and a path without the base path.
    pub fn find(&self, method: &str, path: &str) -> Option<&Operation> {
        let path = path.split('?').next().unwrap();
        let fits = |operation: &&Operation| operation.method == method && operation.fits(path);
        self.operations.iter().filter(fits).min_by_key(|operation| operation.path.matches('{').count())
    }
}

impl Operation {
    fn fits(&self, path: &str) -> bool {
        let (own, parts): (Vec<&str>, Vec<&str>) = (self.path.split('/').collect(), path.split('/').collect());
        own.len() == parts.len() && own.iter().zip(&parts).all(|(own, part)| own.starts_with('{') || own == part)
    }

    /// Fails the test when the document does not promise such an answer.
    pub fn check(&self, status: u16, headers: &HashMap<String, String>, body: &str) {
        let id = &self.id;
        let expected = self
            .responses
            .get(&status)
            .unwrap_or_else(|| panic!("{id} answered {status}, which is not documented: {body}"));
        for header in &expected.headers {
            assert!(headers.contains_key(header), "{id} {status} lacks the header {header}");
        }
        let Some((media_type, validator)) = &expected.body else {
            assert!(body.is_empty(), "{id} {status} is documented without a body and has one: {body}");
            return;
        };
        let found = headers.get("content-type").map(|kind| kind.split(';').next().unwrap().trim());
        assert_eq!(found, Some(media_type.as_str()), "{id} {status}: {body}");
        if !media_type.ends_with("json") {
            assert!(!body.is_empty(), "{id} {status} is an empty file");
            return;
        }
        let value: Value = serde_json::from_str(body).unwrap_or_else(|error| panic!("{id} {status}: {error}: {body}"));
        let faults: Vec<String> =
            validator.iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(faults.is_empty(), "{id} {status} breaks its schema: {faults:#?}\n{body}");
    }

    /// The documented statuses.
    pub fn statuses(&self) -> impl Iterator<Item = u16> {
        self.responses.keys().copied()
    }
}

impl Expected {
    fn of(document: &Value, registry: &Registry<'_>, response: &Value) -> Self {
        let response = resolve(document, response);
        let headers = response["headers"].as_object().into_iter().flatten();
        let headers = headers
            .filter(|(_, header)| resolve(document, header)["required"] == true)
            .map(|(name, _)| name.to_lowercase())
            .collect();
        let body =
            response["content"].as_object().and_then(|content| content.iter().next()).map(|(media_type, content)| {
                let validator = jsonschema::options()
                    .with_draft(jsonschema::Draft::Draft202012)
                    .should_validate_formats(true)
                    .with_registry(registry)
                    .build(&anchored(&content["schema"]))
                    .unwrap();
                (media_type.clone(), validator)
            });
        Self { body, headers }
    }
}

fn resolve<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    value["$ref"].as_str().map_or(value, |target| document.pointer(target.trim_start_matches('#')).unwrap())
}

fn anchored(schema: &Value) -> Value {
    match schema {
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| match (name.as_str(), value.as_str()) {
                ("$ref", Some(target)) if target.starts_with('#') => {
                    (name.clone(), json!(format!("{DOCUMENT}{target}")))
                }
                _ => (name.clone(), anchored(value)),
            })
            .collect(),
        Value::Array(items) => items.iter().map(anchored).collect(),
        other => other.clone(),
    }
}

/// Refuses fields that the document does not know. Clients must bear them; our own tests must not.
fn close(value: &mut Value) {
    if value["type"] == "object" && value.get("properties").is_some() && value.get("additionalProperties").is_none() {
        value["additionalProperties"] = json!(false);
    }
    match value {
        Value::Object(members) => members.values_mut().for_each(close),
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}
