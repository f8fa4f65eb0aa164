//! Each kind of event in the document: the section `webhooks`, and a schema of its own.

use domain::{EventKind, Identifier as _, Language, TextEnum as _, WebhookSubscriptionId};
use serde_json::{Map, Value, json};

use super::types::PING;

/// The name of an event without domain and version: `assignment-published`.
fn name_of(kind: &str) -> &str {
    kind.trim_start_matches("nl.klusnet.").trim_end_matches(".v1")
}

/// `assignment-published` becomes `AssignmentPublishedEvent`.
fn schema_name(kind: &str) -> String {
    let words = name_of(kind).split('-').map(|word| {
        let mut letters = word.chars();
        letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect::<String>()
    });
    format!("{}Event", words.collect::<String>())
}

/// Each kind, what it tells, and what it is about.
fn kinds() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    let told = EventKind::ALL.iter().map(|kind| (kind.as_str(), kind.label(Language::English), kind.subject()));
    told.chain([(PING, "Asks whether anybody listens; it tells of nothing", WebhookSubscriptionId::NOUN)])
}

/// A schema for each kind: what it has of its own beside what every CloudEvent has. Generators do not merge a constant
/// with a text, so the two are put together where the message is described.
pub(crate) fn schemas() -> Map<String, Value> {
    kinds()
        .map(|(kind, label, subject)| {
            let schema = json!({
                "description": label,
                "type": "object",
                "required": ["type", "data"],
                "properties": {
                    "type": {"type": "string", "const": kind, "description": "What it tells"},
                    "data": {
                        "description": "What it is about",
                        "type": "object",
                        "required": ["subjectKind", "subjectId"],
                        "properties": {
                            "subjectKind": {"type": "string", "const": subject, "description": "The noun of the thing"},
                            "subjectId": {"type": "string", "format": "uuid", "description": "The id of the thing"},
                            "organisationId": {
                                "type": ["string", "null"],
                                "format": "uuid",
                                "description": "The organisation it concerns"
                            }
                        }
                    }
                }
            });
            (schema_name(kind), schema)
        })
        .collect()
}

/// What is posted to receivers, by kind.
pub(crate) fn webhooks() -> Value {
    let headers: Vec<Value> =
        HEADERS.iter().map(|(name, ..)| json!({"$ref": format!("#/components/parameters/{name}")})).collect();
    kinds()
        .map(|(kind, label, _)| {
            let own = format!("#/components/schemas/{}", schema_name(kind));
            let schema = json!({"allOf": [{"$ref": "#/components/schemas/CloudEvent"}, {"$ref": own}]});
            let operation = json!({"post": {
                "tags": ["webhooks"],
                "operationId": format!("on{}", schema_name(kind)),
                "summary": label,
                "security": [],
                "parameters": headers,
                "requestBody": {"required": true, "content": {"application/cloudevents+json": {"schema": schema}}},
                "responses": {"2XX": {"description": "Accepted; what else may be answered stands at the tag `webhooks`"}}
            }});
            (name_of(kind).to_owned(), operation)
        })
        .collect::<Map<_, _>>()
        .into()
}

/// What comes with each message (Standard Webhooks 1.0): its name here, its header, what it is, an example.
const HEADERS: [(&str, &str, &str, &str); 3] = [
    (
        "WebhookId",
        "webhook-id",
        "Identifies the message; the same at each attempt",
        "msg_01935b7e-8a3c-7c4e-9a51-3d2f6b8e0c17",
    ),
    ("WebhookTimestamp", "webhook-timestamp", "The moment of this attempt, in seconds since 1970", "1803898800"),
    (
        "WebhookSignature",
        "webhook-signature",
        "A signature `v1` (HMAC-SHA256) and one `v1a` (ed25519) of each key that signs, separated by spaces, over `{webhook-id}.{webhook-timestamp}.{body}`",
        "v1,4iLmX6cGFf22sKAXJEkf+w42UwJ7cKQvd5aEbv6sviw=",
    ),
];

/// The headers as components.
pub(crate) fn parameters() -> Map<String, Value> {
    HEADERS
        .iter()
        .map(|(name, header, description, example)| {
            let schema = json!({"type": "string", "maxLength": 1000, "example": example});
            let parameter =
                json!({"name": header, "in": "header", "required": true, "description": description, "schema": schema});
            ((*name).to_owned(), parameter)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schema_is_named_after_its_event() {
        assert_eq!(schema_name("nl.klusnet.assignment-published.v1"), "AssignmentPublishedEvent");
        assert_eq!(name_of("nl.klusnet.oauth-client-changed.v1"), "oauth-client-changed");
    }

    #[test]
    fn every_kind_has_a_schema_of_its_own() {
        assert_eq!(schemas().len(), EventKind::ALL.len() + 1);
    }
}
