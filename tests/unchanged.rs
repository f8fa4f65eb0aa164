//! That somebody is answered as before, byte for byte, whatever others did that they must not learn of (invariant 10).
//!
//! ```ignore
//! let known = [("employee", sanne.id.as_str()), ("profile", UNKNOWN)];
//! let before = Snapshot::of(&karel.client, &known);
//! // … Sanne does something that Karel must not learn of …
//! let known = [("employee", sanne.id.as_str()), ("profile", profile_id.as_str())];
//! before.assert_same(&Snapshot::of(&karel.client, &known));
//! ```

use std::collections::BTreeMap;

use serde_json::Value;

use crate::document::{Document, Operation};
use crate::{Client, example_of};

/// An id of nothing: what a thing that does not exist yet is called in the snapshot before.
pub const UNKNOWN: &str = "0fff5b7e-8a3c-7c4e-9a51-3d2f6b8e0c17";

/// What one client is answered by every GET of the document, for each of the known things: status, headers, body.
#[derive(Debug, PartialEq)]
pub struct Snapshot(BTreeMap<String, (u16, BTreeMap<String, String>, String)>);

impl Snapshot {
    /// Reads everything there is to read. `known` are things by name and id: each is tried in every path parameter and
    /// in every query parameter that takes an id; in what is compared the name stands for the id.
    pub fn of(client: &Client, known: &[(&str, &str)]) -> Self {
        let mut answers = BTreeMap::new();
        // What goes on for as long as the connection lasts tells the same as the list.
        let ends = |operation: &&Operation| operation.method == "GET" && operation.id != "streamEvents";
        for operation in Document::committed().operations().iter().filter(ends) {
            for address in addresses(operation, known) {
                let answer = client.get(&with_ids(&address, known));
                let mut headers: BTreeMap<_, _> = answer.headers.into_iter().collect();
                for steady in ["date", "x-request-id"] {
                    headers.remove(steady);
                }
                answers.insert(address, (answer.status, headers, with_names(&answer.text, known)));
            }
        }
        Self(answers)
    }

    /// Fails the test with every address whose answer differs.
    #[track_caller]
    pub fn assert_same(&self, other: &Self) {
        assert!(self.0.keys().eq(other.0.keys()), "the same addresses are compared");
        let differing: Vec<String> = self
            .0
            .iter()
            .filter(|(address, answer)| other.0.get(*address) != Some(answer))
            .map(|(address, answer)| format!("GET {address}\n  {answer:?}\n  {:?}", other.0[address]))
            .collect();
        assert!(differing.is_empty(), "{} answers differ:\n{}", differing.len(), differing.join("\n"));
    }

    /// How many addresses were read.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing was read.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The addresses of an operation, with names of known things in braces.
fn addresses(operation: &Operation, known: &[(&str, &str)]) -> Vec<String> {
    let mut paths = vec![operation.path.clone()];
    let mut required = Vec::new();
    let mut narrowed = Vec::new();
    for parameter in operation.json["parameters"].as_array().into_iter().flatten() {
        let parameter = Document::committed().resolve(parameter);
        let (name, schema) = (parameter["name"].as_str().unwrap(), Document::committed().resolve(&parameter["schema"]));
        let is_id = schema["format"] == "uuid";
        let example = || parameter.get("example").cloned().unwrap_or_else(|| example_of(schema));
        match parameter["in"].as_str().unwrap() {
            "path" => {
                let hole = format!("{{{name}}}");
                let values: Vec<String> = if is_id { names(known) } else { vec![text(&example())] };
                paths = paths
                    .iter()
                    .flat_map(|path| values.iter().map(|value| path.replace(&hole, value)).collect::<Vec<_>>())
                    .collect();
            }
            "query" if parameter["required"] == true => required.push(format!("{name}={}", text(&example()))),
            "query" if is_id => narrowed.extend(names(known).into_iter().map(|value| format!("{name}={value}"))),
            "query" if name == "limit" => required.push("limit=100".to_owned()),
            _ => {}
        }
    }
    let query = |more: Option<&String>| {
        let pairs: Vec<&str> = required.iter().chain(more).map(String::as_str).collect();
        if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) }
    };
    let queries: Vec<String> = [None].into_iter().chain(narrowed.iter().map(Some)).map(query).collect();
    paths.iter().flat_map(|path| queries.iter().map(move |query| format!("{path}{query}"))).collect()
}

fn names(known: &[(&str, &str)]) -> Vec<String> {
    known.iter().map(|(name, _)| format!("<{name}>")).collect()
}

fn with_ids(address: &str, known: &[(&str, &str)]) -> String {
    known.iter().fold(address.to_owned(), |address, (name, id)| address.replace(&format!("<{name}>"), id))
}

fn with_names(text: &str, known: &[(&str, &str)]) -> String {
    let known = known.iter().filter(|(_, id)| *id != UNKNOWN);
    known.fold(text.to_owned(), |text, (name, id)| text.replace(id, &format!("<{name}>")))
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
