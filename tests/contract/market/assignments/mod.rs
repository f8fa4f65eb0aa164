//! Assignments: from a draft to a klus that people can respond to, and to its end.

mod describing;
mod ending;
mod events;
mod facets;
mod listing;
pub(super) mod networks;
mod publishing;
mod searching;
mod seeing;

use contract_tests::{Answer, Client, Employee, Organisation};
use serde_json::{Value, json};

/// An id that nothing has.
const UNKNOWN: &str = "01935b7e-8a3c-7c4e-9a51-3d2f6b8e0c17";
/// A month and a half after the beginning of every test.
const DEADLINE: &str = "2027-04-15T15:00:00Z";

/// Everything that publishing needs.
pub(crate) fn work_of(organisation: &Organisation) -> Value {
    json!({"organisationId": organisation.id, "kind": "PROJECT", "title": "Een plan voor het stadsbos",
        "description": "De stad wil een bos en heeft nog geen plan.",
        "intendedResult": "Een plan waarover de raad kan besluiten",
        "planning": "Mei: gesprekken. Juli: besluit.", "minutesPerWeek": 480,
        "startDate": "2027-05-03", "endDate": "2027-07-30", "scaleLevel": "REGIONAL", "remote": "HYBRID"})
}

/// The same draft with some fields changed; null takes one away.
pub(crate) fn with(draft: &Value, changes: &Value) -> Value {
    let mut draft = draft.clone();
    for (name, value) in changes.as_object().unwrap() {
        draft[name] = value.clone();
    }
    draft
}

/// A plan that opens these rings at once.
pub(crate) fn plan(rings: &[&str]) -> Value {
    let rings: Vec<Value> = rings.iter().map(|ring| json!({"ring": ring})).collect();
    json!({"rings": rings, "deadline": DEADLINE})
}

/// Publishes this work in one call; returns its path.
#[track_caller]
pub(crate) fn published(owner: &Employee, draft: &Value, plan: &Value) -> String {
    let draft = with(draft, &json!({"publication": plan}));
    let created = owner.client.post("/assignments", &draft).expect(201);
    assert_eq!(created.text_at("/state"), "OPEN");
    created.headers["location"].clone()
}

/// Drafts this work; returns its path.
#[track_caller]
fn drafted(owner: &Employee, draft: &Value) -> String {
    owner.client.post("/assignments", draft).expect(201).headers["location"].clone()
}

/// Whether somebody can read it; who cannot is answered as if it never was.
#[track_caller]
fn sees(client: &Client, path: &str) -> bool {
    let answer = client.get(path);
    if answer.status == 200 {
        return true;
    }
    let unknown = client.get(&format!("/assignments/{UNKNOWN}")).refused(404, "not_found");
    assert_eq!((answer.status, &answer.text), (404, &unknown.text));
    false
}

fn actions(answer: &Answer) -> Vec<&str> {
    answer.body["yours"]["legalActions"].as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect()
}
