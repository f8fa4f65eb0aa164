//! The document as judge: what it says of an operation is what requests are held to.

#![expect(clippy::indexing_slicing, reason = "of a JSON value: what is absent reads as null")]

mod schema;

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use actix_web::http::Method;
use domain::Fault;
use serde_json::{Map, Value};

use self::schema::Schema;
use crate::faults::faults_of;

/// All operations of the document.
#[derive(Debug)]
pub struct Contract {
    /// By how many segments a path has, and by the first of them, which is fixed.
    operations: HashMap<(usize, String), Vec<Arc<Operation>>>,
}

/// What the document says of one operation.
#[derive(Debug)]
pub struct Operation {
    /// Its name.
    pub id: String,
    /// Its method.
    pub method: Method,
    /// The scopes a token needs; `None` where no token is needed.
    pub scopes: Option<Vec<String>>,
    /// Whether a token may be sent, needed or not.
    pub takes_token: bool,
    /// The scopes a token needs where one may be left out.
    pub optional_scopes: Vec<String>,
    /// The media types of its success.
    pub produces: Vec<String>,
    segments: Vec<Segment>,
    parameters: Vec<Parameter>,
    body: Option<Body>,
}

#[derive(Debug, PartialEq)]
enum Segment {
    Fixed(String),
    Parameter(String),
}

#[derive(Debug)]
struct Parameter {
    name: String,
    place: Place,
    required: bool,
    shape: Shape,
    schema: Schema,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Place {
    Path,
    Query,
    Header,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Shape {
    Text,
    Integer,
    Boolean,
    List,
}

#[derive(Debug)]
struct Body {
    media_types: Vec<String>,
    schema: Schema,
}

impl Contract {
    /// The contract of this process: the document is the same for every service started in it.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Contract> = OnceLock::new();
        SHARED.get_or_init(|| Self::of(&crate::document::json()))
    }

    fn of(document: &Value) -> Self {
        let mut operations: HashMap<_, Vec<_>> = HashMap::new();
        for (path, item) in document["paths"].as_object().into_iter().flatten() {
            for (method, operation) in item.as_object().into_iter().flatten() {
                let Ok(method) = method.to_uppercase().parse() else { continue };
                let operation = Operation::of(document, path, method, operation);
                operations.entry(place_of(&parts_of(path))).or_default().push(Arc::new(operation));
            }
        }
        Self { operations }
    }

    /// The operation at this path (without the base path) for this method.
    pub fn find(&self, method: &Method, path: &str) -> Option<Arc<Operation>> {
        // A fixed segment is stronger than a parameter at the same place: `sessions/current`, `sessions/{sessionId}`.
        self.at(path)
            .filter(|(_, operation)| operation.method == *method)
            .max_by_key(|(fixed, _)| *fixed)
            .map(|(_, operation)| Arc::clone(operation))
    }

    /// The methods that are possible at this path; none where there is nothing.
    pub fn methods(&self, path: &str) -> Vec<String> {
        let mut methods: Vec<String> = self.at(path).map(|(_, operation)| operation.method.to_string()).collect();
        if methods.iter().any(|method| method == "GET") {
            methods.push("HEAD".to_owned());
        }
        methods.sort_unstable();
        methods.dedup();
        methods
    }

    /// The operations that fit, each with how many segments of its path are fixed.
    fn at(&self, path: &str) -> impl Iterator<Item = (usize, &Arc<Operation>)> {
        let parts: Vec<String> = parts_of(path).into_iter().map(str::to_owned).collect();
        let near = self.operations.get(&place_of(&parts_of(path)));
        near.into_iter().flatten().filter_map(move |operation| Some((operation.matches(&parts)?, operation)))
    }
}

fn parts_of(path: &str) -> Vec<&str> {
    path.trim_start_matches('/').split('/').collect()
}

/// Where the operations at such a path are kept.
fn place_of(parts: &[&str]) -> (usize, String) {
    (parts.len(), parts.first().map(|first| (*first).to_owned()).unwrap_or_default())
}

impl Operation {
    fn of(document: &Value, path: &str, method: Method, operation: &Value) -> Self {
        let parameters = operation["parameters"].as_array().into_iter().flatten();
        let parameters = parameters
            .map(|parameter| resolve(document, parameter))
            .map(|parameter| Parameter {
                name: parameter["name"].as_str().unwrap_or_default().to_owned(),
                place: Place::of(&parameter["in"]),
                required: parameter["required"] == true,
                shape: Shape::of(resolve(document, &parameter["schema"])),
                schema: Schema::of(&parameter["schema"]),
            })
            .collect();
        let body = operation["requestBody"]["content"].as_object().and_then(|content| {
            let (_, first) = content.iter().next()?;
            Some(Body { media_types: content.keys().cloned().collect(), schema: Schema::of(&first["schema"]) })
        });
        Self {
            id: operation["operationId"].as_str().unwrap_or_default().to_owned(),
            method,
            scopes: scopes_of(operation),
            optional_scopes: optional_scopes_of(operation),
            takes_token: operation["security"].as_array().is_some_and(|security| !security.is_empty()),
            produces: produces_of(document, operation),
            segments: path.trim_start_matches('/').split('/').map(Segment::of).collect(),
            parameters,
            body,
        }
    }

    /// How many segments are fixed, if the path matches.
    fn matches(&self, parts: &[String]) -> Option<usize> {
        if self.segments.len() != parts.len() {
            return None;
        }
        let mut fixed = 0;
        for (segment, part) in self.segments.iter().zip(parts) {
            match segment {
                Segment::Fixed(text) if text == part => fixed += 1,
                Segment::Parameter(_) if !part.is_empty() => {}
                _ => return None,
            }
        }
        Some(fixed)
    }

    /// Holds path and query against the document: what they say as JSON, or everything that is wrong with them.
    pub fn judge_address(&self, path: &str, query: &str) -> Result<Map<String, Value>, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut values = Map::new();
        let parts = path.trim_start_matches('/').split('/');
        for (segment, part) in self.segments.iter().zip(parts) {
            if let Segment::Parameter(name) = segment {
                let part = percent_decoded(part);
                self.judge_value((name, Place::Path), &[part], &mut values, &mut faults);
            }
        }
        for (name, texts) in pairs(query) {
            self.judge_value((&name, Place::Query), &texts, &mut values, &mut faults);
        }
        for parameter in
            self.parameters.iter().filter(|parameter| parameter.required && parameter.place != Place::Header)
        {
            if !values.contains_key(&parameter.name) && !faults.iter().any(|fault| fault.name == parameter.name) {
                faults.push(Fault { name: parameter.name.clone(), reason: "must be given".to_owned() });
            }
        }
        if faults.is_empty() { Ok(values) } else { Err(faults) }
    }

    fn judge_value(
        &self,
        (name, place): (&str, Place),
        texts: &[String],
        values: &mut Map<String, Value>,
        faults: &mut Vec<Fault>,
    ) {
        let Some(parameter) = self.parameters.iter().find(|p| p.name == name && p.place == place) else {
            let known: Vec<&str> =
                self.parameters.iter().filter(|p| p.place == place).map(|p| p.name.as_str()).collect();
            let reason = if known.is_empty() {
                "must be left out: this operation has no query parameters".to_owned()
            } else {
                format!("must be one of the parameters of this operation: {}", known.join(", "))
            };
            faults.push(Fault { name: name.to_owned(), reason });
            return;
        };
        if parameter.shape != Shape::List && texts.len() > 1 {
            faults.push(Fault { name: name.to_owned(), reason: "must be given once".to_owned() });
            return;
        }
        let value = parameter.shape.read(texts);
        let before = faults.len();
        faults.extend(faults_of(parameter.schema.validator(), &value, name));
        if faults.len() == before {
            values.insert(name.to_owned(), value);
        }
    }

    /// Holds the headers that the document names against it; one that is missing is told by who needs it.
    pub fn judge_headers(&self, header: impl Fn(&str) -> Option<String>) -> Vec<Fault> {
        let headers = self.parameters.iter().filter(|parameter| parameter.place == Place::Header);
        headers
            .filter_map(|parameter| Some((parameter, header(&parameter.name)?)))
            .flat_map(|(parameter, text)| faults_of(parameter.schema.validator(), &Value::from(text), &parameter.name))
            .collect()
    }

    /// Whether it takes a body.
    pub fn has_body(&self) -> bool {
        self.body.is_some()
    }

    /// Whether bodies of this media type are understood.
    pub fn understands(&self, media_type: &str) -> bool {
        self.body.as_ref().is_none_or(|body| body.media_types.iter().any(|known| known == media_type))
    }

    /// The media types of the body.
    pub fn media_types(&self) -> String {
        self.body.as_ref().map(|body| body.media_types.join(", ")).unwrap_or_default()
    }

    /// Holds a body against the document: everything that is wrong with it.
    pub fn judge_body(&self, body: &Value) -> Vec<Fault> {
        self.body.as_ref().map(|contract| faults_of(contract.schema.validator(), body, "")).unwrap_or_default()
    }
}

impl Segment {
    fn of(text: &str) -> Self {
        match text.strip_prefix('{').and_then(|text| text.strip_suffix('}')) {
            Some(name) => Self::Parameter(name.to_owned()),
            None => Self::Fixed(text.to_owned()),
        }
    }
}

impl Place {
    fn of(place: &Value) -> Self {
        match place.as_str() {
            Some("path") => Self::Path,
            Some("header") => Self::Header,
            _ => Self::Query,
        }
    }
}

impl Shape {
    fn of(schema: &Value) -> Self {
        match schema["type"].as_str() {
            Some("integer") => Self::Integer,
            Some("boolean") => Self::Boolean,
            Some("array") => Self::List,
            _ => Self::Text,
        }
    }

    /// The value as JSON; what cannot be read stays text, and the schema says what it should have been.
    fn read(self, texts: &[String]) -> Value {
        if self == Self::List {
            return texts.iter().flat_map(|text| text.split(',')).map(Value::from).collect();
        }
        let text = texts.first().map(String::as_str).unwrap_or_default();
        match self {
            Self::Integer => text.parse::<i64>().map_or_else(|_| Value::from(text), Value::from),
            Self::Boolean => text.parse::<bool>().map_or_else(|_| Value::from(text), Value::from),
            Self::Text | Self::List => Value::from(text),
        }
    }
}

/// What a reference points to, or the value itself.
fn resolve<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    value["$ref"].as_str().and_then(|target| document.pointer(target.trim_start_matches('#'))).unwrap_or(value)
}

/// The scopes of an operation; an empty alternative means that no token is needed.
fn scopes_of(operation: &Value) -> Option<Vec<String>> {
    let alternatives = operation["security"].as_array()?;
    if alternatives.iter().any(|alternative| alternative.as_object().is_some_and(Map::is_empty)) {
        return None;
    }
    let scopes = alternatives.first()?.as_object()?.values().next()?.as_array()?;
    Some(scopes.iter().filter_map(|scope| scope.as_str().map(str::to_owned)).collect())
}

/// The scopes of the alternative with a token, where there is one without.
fn optional_scopes_of(operation: &Value) -> Vec<String> {
    let alternatives = operation["security"].as_array().into_iter().flatten();
    let members = alternatives.filter_map(Value::as_object).flat_map(Map::values);
    members.filter_map(Value::as_array).flatten().filter_map(|scope| scope.as_str().map(str::to_owned)).collect()
}

fn produces_of(document: &Value, operation: &Value) -> Vec<String> {
    let responses = operation["responses"].as_object().into_iter().flatten();
    responses
        .filter(|(status, _)| status.starts_with('2'))
        .flat_map(|(_, response)| resolve(document, response)["content"].as_object().into_iter().flatten())
        .map(|(media_type, _)| media_type.clone())
        .collect()
}

/// The pairs of a query string, repeated names together, in order of first appearance.
pub(crate) fn pairs(query: &str) -> Vec<(String, Vec<String>)> {
    let mut collected: Vec<(String, Vec<String>)> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let (name, value) = (percent_decoded(&name.replace('+', " ")), percent_decoded(&value.replace('+', " ")));
        let place = *places.entry(name.clone()).or_insert(collected.len());
        match collected.get_mut(place) {
            Some((_, values)) => values.push(value),
            None => collected.push((name, vec![value])),
        }
    }
    collected
}

pub(crate) fn percent_decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()
}
