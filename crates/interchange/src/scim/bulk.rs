//! Many operations at once (RFC 7644, 3.7), and how they refer to what others of them make.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::shape::check_schemas;
use super::{BULK_REQUEST, BULK_RESPONSE, ErrorType, ScimError};

/// What begins a reference to something that another operation makes.
const REFERENCE: &str = "bulkId:";

/// A request for many operations.
#[derive(Debug)]
pub struct Bulk {
    /// After how many errors to stop.
    pub fail_on_errors: Option<usize>,
    /// The operations.
    pub operations: Vec<Operation>,
}

/// One of them.
#[derive(Debug, Clone)]
pub struct Operation {
    /// POST, PUT, PATCH or DELETE.
    pub method: String,
    /// Where: `/Users`, `/Users/{id}`.
    pub path: String,
    /// How others refer to what it makes.
    pub bulk_id: Option<String>,
    /// The ETag that the resource must have.
    pub version: Option<String>,
    /// The body.
    pub data: Value,
}

/// What became of one of them.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// The status.
    pub status: u16,
    /// Where the resource is.
    pub location: Option<String>,
    /// Its ETag.
    pub version: Option<String>,
    /// What was wrong.
    pub error: Option<ScimError>,
}

impl Bulk {
    /// Reads the body of a request.
    pub fn parse(body: Value, most: usize) -> Result<Self, ScimError> {
        let syntax = |detail: String| ScimError::of(ErrorType::InvalidSyntax, detail);
        let Value::Object(mut members) = body else {
            return Err(syntax("The body must be one JSON object.".to_owned()));
        };
        check_schemas(&members, BULK_REQUEST)?;
        let fail_on_errors = match members.get("failOnErrors") {
            None | Some(Value::Null) => None,
            Some(number) => {
                let number =
                    number.as_u64().filter(|number| *number > 0).and_then(|number| usize::try_from(number).ok());
                Some(number.ok_or_else(|| {
                    ScimError::of(ErrorType::InvalidValue, "failOnErrors must be a whole number of 1 or more.")
                })?)
            }
        };
        let Some(Value::Array(operations)) = members.remove("Operations") else {
            return Err(syntax("Operations must be a list.".to_owned()));
        };
        if operations.len() > most {
            return Err(ScimError::status(413, format!("Operations must hold at most {most}: see maxOperations.")));
        }
        let operations = operations.into_iter().enumerate().map(|(at, operation)| {
            Operation::parse(operation).map_err(|reason| syntax(format!("Operations.{at}{reason}")))
        });
        let operations = operations.collect::<Result<Vec<_>, _>>()?;
        let mut known = HashMap::new();
        for (at, operation) in operations.iter().enumerate() {
            if let Some(id) = &operation.bulk_id
                && known.insert(id, at).is_some()
            {
                return Err(ScimError::of(
                    ErrorType::InvalidValue,
                    format!("The bulkId of Operations.{at} stands twice."),
                ));
            }
        }
        Ok(Self { fail_on_errors, operations })
    }
}

impl Operation {
    fn parse(operation: Value) -> Result<Self, &'static str> {
        let Value::Object(mut members) = operation else { return Err(" must be an object.") };
        let mut text = |name: &str| match members.remove(name) {
            Some(Value::String(text)) if !text.is_empty() => Some(text),
            _ => None,
        };
        let method = text("method").map(|method| method.to_ascii_uppercase());
        let method = method.filter(|method| ["POST", "PUT", "PATCH", "DELETE"].contains(&method.as_str()));
        let method = method.ok_or(".method must be POST, PUT, PATCH or DELETE.")?;
        let path = text("path").filter(|path| path.starts_with('/')).ok_or(".path must be text such as /Users.")?;
        let (bulk_id, version) = (text("bulkId"), text("version"));
        if method == "POST" && bulk_id.is_none() {
            return Err(".bulkId must be given with POST.");
        }
        Ok(Self { method, path, bulk_id, version, data: members.remove("data").unwrap_or_default() })
    }

    /// What it refers to: the bulkIds in its path and body.
    pub fn references(&self) -> Vec<String> {
        let mut found = Vec::new();
        references(&self.data, &mut found);
        found.extend(self.path.split('/').filter_map(|part| part.strip_prefix(REFERENCE)).map(str::to_owned));
        found
    }

    /// The same with ids in place of references.
    #[must_use]
    pub fn resolved(mut self, ids: &HashMap<String, String>) -> Self {
        resolve(&mut self.data, ids);
        let part = |part: &str| {
            let id = part.strip_prefix(REFERENCE).and_then(|reference| ids.get(reference));
            id.cloned().unwrap_or_else(|| part.to_owned())
        };
        self.path = self.path.split('/').map(part).collect::<Vec<_>>().join("/");
        self
    }

    /// Its line in the answer.
    pub fn answered(&self, outcome: &Outcome) -> Value {
        let mut line = json!({"method": self.method, "status": outcome.status.to_string()});
        let mut put = |name: &str, value: Option<Value>| {
            if let (Some(value), Some(members)) = (value, line.as_object_mut()) {
                members.insert(name.to_owned(), value);
            }
        };
        put("bulkId", self.bulk_id.as_ref().map(|id| json!(id)));
        put("location", outcome.location.as_ref().map(|location| json!(location)));
        put("version", outcome.version.as_ref().map(|version| json!(version)));
        put("response", outcome.error.as_ref().map(ScimError::json));
        line
    }
}

fn references(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.extend(text.strip_prefix(REFERENCE).map(str::to_owned)),
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        Value::Object(members) => members.values().for_each(|value| references(value, found)),
        _ => {}
    }
}

fn resolve(value: &mut Value, ids: &HashMap<String, String>) {
    match value {
        Value::String(text) => {
            if let Some(id) = text.strip_prefix(REFERENCE).and_then(|reference| ids.get(reference)) {
                *text = id.clone();
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| resolve(item, ids)),
        Value::Object(members) => members.values_mut().for_each(|value| resolve(value, ids)),
        _ => {}
    }
}

/// The answer to all of them.
pub fn response(lines: Vec<Value>) -> Value {
    json!({"schemas": [BULK_RESPONSE], "Operations": lines})
}
