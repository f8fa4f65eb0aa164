//! Who may do what: one line per operation, tried by every kind of caller. An operation without a line fails the test.
//!
//! A line reads `row("reviseOrganisation", "PATCH /organisations/{home}").body(…).signed_in(403).but(200, &[Administrator])`:
//! the operation, what is sent, what everybody with a token is answered, and who is answered otherwise. Names in
//! braces, in the address or in the body, are things of the scene: the file of the wing says in `thing` what they are.
//! A name is looked up anew for every caller, so `thing` may make a fresh one each time. What is dear to make may be
//! kept in the scene until somebody succeeds with it.

mod agreements;
mod arrangements;
mod assignments;
mod charges;
mod clients;
mod parties;
mod placed;
mod placements;
mod platform;
mod profiles;
mod responses;
mod scene;
mod staff;
mod telling;
mod timesheets;

use std::collections::BTreeSet;

use contract_tests::document::{Document, Operation};
use contract_tests::{Answer, example_of, on_both};
use serde_json::{Value, json};

use scene::Scene;

/// The kinds of caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Who {
    /// Without a token.
    Nobody,
    /// Employed by an organisation that has nothing to do with it.
    Stranger,
    /// Employed by the home organisation.
    Employee,
    /// The manager of that employee.
    Manager,
    /// A client at the host organisation.
    Client,
    /// A mobility adviser of the home organisation.
    Adviser,
    /// An administrator of the home organisation.
    Administrator,
    /// The coordinator of the network that both organisations are in.
    Coordinator,
    /// An administrator of the platform.
    Platform,
    /// Who handles money for the home organisation.
    Finance,
    /// Who handles money for the host organisation.
    HostFinance,
}
use Who::*;

const ALL: [Who; 11] =
    [Nobody, Stranger, Employee, Manager, Client, Adviser, Administrator, Coordinator, Platform, Finance, HostFinance];

/// One operation: what is sent and what each kind of caller is answered.
struct Row {
    operation: &'static str,
    request: &'static str,
    body: Option<Value>,
    answers: Vec<(Who, u16)>,
}

/// A line of the table: the operation id, and method and address with things of the scene in braces.
fn row(operation: &'static str, request: &'static str) -> Row {
    Row { operation, request, body: None, answers: Vec::new() }
}

impl Row {
    /// What is sent with it.
    fn body(self, body: Value) -> Self {
        Self { body: Some(body), ..self }
    }

    /// Everybody is answered alike, with or without a token.
    fn open(self, status: u16) -> Self {
        self.but(status, &ALL)
    }

    /// Everybody with a token is answered alike; without one, 401.
    fn signed_in(self, status: u16) -> Self {
        self.but(status, &ALL).but(401, &[Nobody])
    }

    /// These are answered otherwise.
    fn but(mut self, status: u16, callers: &[Who]) -> Self {
        self.answers.retain(|(who, _)| !callers.contains(who));
        self.answers.extend(callers.iter().map(|who| (*who, status)));
        self
    }

    fn send(&self, scene: &Scene<'_>, client: &contract_tests::Client) -> Answer {
        let (method, address) = self.request.split_once(' ').unwrap();
        let address = filled(scene, address);
        let body = self.body.as_ref().map(|body| filled_body(scene, body));
        let answer = client.with("If-Match", "*").send(method, &address, body.as_ref());
        if method != "GET" && answer.status < 300 {
            scene.placed().changed(&format!("{} {:?}", self.request, self.body));
        }
        answer
    }
}

/// The text with the things of the scene in place of their names.
fn filled(scene: &Scene<'_>, text: &str) -> String {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap();
        let thing = THINGS.iter().find_map(|thing| thing(scene, name));
        filled.push_str(before);
        filled.push_str(&thing.unwrap_or_else(|| panic!("no `thing` knows what {{{name}}} is")));
        rest = after;
    }
    filled + rest
}

/// What each file knows the names of.
const THINGS: [fn(&Scene<'_>, &str) -> Option<String>; 13] = [
    agreements::thing,
    arrangements::thing,
    assignments::thing,
    charges::thing,
    clients::thing,
    parties::thing,
    placements::thing,
    platform::thing,
    profiles::thing,
    responses::thing,
    staff::thing,
    telling::thing,
    timesheets::thing,
];

fn filled_body(scene: &Scene<'_>, body: &Value) -> Value {
    match body {
        Value::String(text) => json!(filled(scene, text)),
        Value::Array(items) => items.iter().map(|item| filled_body(scene, item)).collect(),
        Value::Object(members) => {
            members.iter().map(|(name, value)| (name.clone(), filled_body(scene, value))).collect()
        }
        other => other.clone(),
    }
}

fn rows() -> Vec<Row> {
    let of_files = [
        agreements::rows(),
        arrangements::rows(),
        assignments::rows(),
        charges::rows(),
        clients::rows(),
        parties::rows(),
        placements::rows(),
        platform::rows(),
        profiles::rows(),
        responses::rows(),
        staff::rows(),
        telling::rows(),
        timesheets::rows(),
    ];
    of_files.into_iter().flatten().collect()
}

/// The line that is missing, to be pasted and put right.
fn line_for(operation: &Operation) -> String {
    let file = match operation.json["tags"][0].as_str().unwrap() {
        "sessions" | "organisations" | "networks" | "persons" => "parties",
        "access" => "clients",
        tag @ ("profiles" | "assignments" | "responses" | "arrangements" | "placements" | "agreements"
        | "timesheets" | "charges" | "staff") => tag,
        _ => "platform",
    };
    let body = operation.json["requestBody"]["content"].as_object().and_then(|content| content.values().next());
    let body = body.map(|content| format!(".body(json!({}))", example_of(&content["schema"]))).unwrap_or_default();
    let Operation { id, method, path, .. } = operation;
    format!(
        "tests/contract/access/{file}.rs:\n    row(\"{id}\", \"{method} {path}\"){body}.signed_in(403).but(200, &[Platform]),"
    )
}

#[test]
fn every_operation_has_a_line() {
    let documented: BTreeSet<&str> =
        Document::committed().operations().iter().map(|operation| operation.id.as_str()).collect();
    let listed: BTreeSet<&str> = rows().iter().map(|row| row.operation).collect();
    let gone: Vec<_> = listed.difference(&documented).collect();
    assert!(gone.is_empty(), "these are not in the document (any more); remove their lines: {gone:?}");
    assert_eq!(rows().len(), listed.len(), "an operation stands twice");
    let missing: Vec<String> = Document::committed()
        .operations()
        .iter()
        .filter(|operation| !listed.contains(operation.id.as_str()))
        .map(line_for)
        .collect();
    assert!(
        missing.is_empty(),
        "add these lines, with the statuses that are right and things of the scene in the braces (a new file also \
         needs `mod`, `thing` and `rows` in access/mod.rs):\n{}",
        missing.join("\n")
    );
}

#[test]
fn every_line_says_what_each_kind_of_caller_is_answered() {
    for row in rows() {
        let said: BTreeSet<Who> = row.answers.iter().map(|(who, _)| *who).collect();
        assert_eq!(said, ALL.into_iter().collect(), "{}", row.operation);
        let (method, address) = row.request.split_once(' ').unwrap();
        let found = Document::committed().find(method, address).map(|operation| operation.id.as_str());
        assert_eq!(found, Some(row.operation), "{} is another operation", row.request);
    }
}

on_both! {
    fn each_kind_of_caller_is_answered_as_the_table_says(service) {
        let scene = Scene::set(service);
        let mut wrong = Vec::new();
        for row in rows() {
            for (who, expected) in &row.answers {
                let answer = row.send(&scene, &scene.client(*who));
                if answer.status != *expected {
                    wrong.push(format!("{} by {who:?}: {} instead of {expected}: {}", row.operation, answer.status, answer.text));
                }
            }
        }
        assert!(wrong.is_empty(), "{} answers are not as the table says:\n{}", wrong.len(), wrong.join("\n"));
    }

    fn what_did_not_change_answers_304(service) {
        let scene = Scene::set(service);
        for row in rows().into_iter().filter(|row| row.request.starts_with("GET ")) {
            let Some((who, _)) = row.answers.iter().find(|(_, status)| *status == 200) else { continue };
            let client = scene.client(*who);
            // Filled once: some things of the scene are made anew each time they are named.
            let address = filled(&scene, row.request.trim_start_matches("GET "));
            let tag = client.get(&address).expect(200).tag();
            client.with("If-None-Match", &tag).get(&address).expect(304);
        }
    }

    fn an_older_revision_answers_412(service) {
        let scene = Scene::set(service);
        for row in rows() {
            let operation = Document::committed().find_by_id(row.operation);
            let succeeds = |status: &u16| (200..300).contains(status) || *status == 409;
            let Some((who, _)) = row.answers.iter().find(|(_, status)| succeeds(status)) else { continue };
            if operation.statuses().any(|status| status == 412) {
                let client = scene.client(*who).with("If-Match", "\"999999-x\"");
                let body = row.body.as_ref().map(|body| filled_body(&scene, body));
                let (method, address) = row.request.split_once(' ').unwrap();
                let answer = client.send(method, &filled(&scene, address), body.as_ref());
                assert!(matches!(answer.status, 412 | 409), "{}: {}", row.operation, answer.text);
            }
        }
    }
}
