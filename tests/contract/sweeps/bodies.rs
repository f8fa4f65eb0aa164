//! What is sent: media types, size, shape, revisions.

use contract_tests::on_both;

use super::*;

/// The largest body that is read.
const LIMIT: usize = 1_048_576;

/// Whether it takes JSON in the first place; files are read by rules of their own.
fn takes_json(operation: &Operation) -> bool {
    let content = operation.json["requestBody"]["content"].as_object();
    let is_json = |kind: &String| matches!(kind.as_str(), "application/json" | "application/merge-patch+json");
    content.is_some_and(|content| content.keys().all(is_json))
}

/// A value of another type than the schema wants.
fn wrong_for(schema: &Value) -> Value {
    let schema = Document::committed().resolve(schema);
    let is_object = |schema: &Value| schema["type"] == "object" || schema["type"][0] == "object";
    let branches = ["anyOf", "oneOf", "allOf"].iter().filter_map(|union| schema[union].as_array()).flatten();
    let takes_object = branches.chain([schema]).any(|branch| is_object(Document::committed().resolve(branch)));
    if takes_object { json!("wrong") } else { json!({"wrong": true}) }
}

fn named(answer: &Answer) -> Vec<&str> {
    let faults = answer.body["invalidParams"].as_array().unwrap_or_else(|| panic!("names nothing: {}", answer.text));
    faults.iter().map(|fault| fault["name"].as_str().unwrap()).collect()
}

on_both! {
    fn a_body_in_another_media_type_answers_415(service) {
        let client = administrator(service);
        sweep(takes_json, |operation| {
            let request = Request::of(operation);
            let text = request.body.as_ref().unwrap().to_string();
            for media_type in ["", "text/plain", "application/xml", "application/x-www-form-urlencoded", "json"] {
                request.send_text(&client, media_type, &text).refused(415, "media_type_unsupported");
            }
            let with_charset = request.send_text(&client, "Application/JSON; charset=utf-8", &text);
            assert_ne!(with_charset.status, 415, "{}", with_charset.text);
        });
    }

    fn a_body_that_is_not_json_answers_400(service) {
        let client = administrator(service);
        sweep(takes_json, |operation| {
            for text in ["", "{", "{\"a\":}", "{} {}", "\u{feff}{}", "'a'"] {
                Request::of(operation).send_text(&client, "application/json", text).refused(400, "body_unreadable");
            }
            let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
            Request::of(operation).send_text(&client, "application/json", &deep).refused(400, "body_unreadable");
        });
    }

    fn a_body_over_the_limit_answers_413(service) {
        let client = administrator(service);
        sweep(takes_json, |operation| {
            let spaces = " ".repeat(LIMIT - 1);
            let request = Request::of(operation);
            request.send_text(&client, "application/json", &format!("{spaces}{{}}")).refused(413, "body_too_large");
            let just = request.send_text(&client, "application/json", &format!("{}1", spaces));
            assert_eq!(just.status, 400, "as large as allowed is read: {}", just.text);
        });
        let huge = " ".repeat(10_000_000);
        let answer = client.send_text("POST", "/organisations", Some(("application/json", &huge)));
        answer.refused(413, "body_too_large");
        client.get("/organisations").expect(200);
    }

    fn fields_that_are_missing_wrong_or_unknown_answer_400_and_are_named(service) {
        let client = administrator(service);
        sweep(takes_json, |operation| {
            for body in [json!(null), json!([]), json!("text"), json!(7)] {
                let answer = Request::of(operation).body(body).send(&client).expect(400);
                assert!(!named(&answer).is_empty());
            }
            let unknown = Request::of(operation).body(json!({"onbekend": 1, "Id": 2})).send(&client).expect(400);
            assert!(named(&unknown).contains(&"onbekend") && named(&unknown).contains(&"Id"), "{}", unknown.text);
            let schema = Document::committed().resolve(body_schema(operation).unwrap());
            let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
            for field in required {
                assert!(named(&unknown).contains(&field), "{field} is missing and not named: {}", unknown.text);
            }
            let properties = schema["properties"].as_object().into_iter().flatten();
            let wrong: serde_json::Map<String, Value> =
                properties.map(|(name, schema)| (name.clone(), wrong_for(schema))).collect();
            let answer = Request::of(operation).body(Value::Object(wrong.clone())).send(&client).expect(400);
            for field in wrong.keys() {
                let is_named = named(&answer).iter().any(|name| name.split('.').next() == Some(field));
                assert!(is_named, "{field} is wrong and not named: {}", answer.text);
            }
        });
    }

    fn a_change_without_the_revision_answers_428(service) {
        let client = service.administrator();
        sweep(needs_revision, |operation| {
            Request::of(operation).send(&client).refused(428, "revision_missing");
            let malformed = Request::of(operation).send(&client.with("If-Match", "nonsense"));
            malformed.names(&["If-Match"]);
        });
    }

    fn an_idempotency_key_that_is_no_key_answers_400(service) {
        let remembers = |operation: &Operation| parameters(operation).any(|one| one["name"] == "Idempotency-Key");
        sweep(remembers, |operation| {
            for key in ["", &"x".repeat(201)] {
                let client = administrator(service).with("Idempotency-Key", key);
                Request::of(operation).send(&client).names(&["Idempotency-Key"]);
            }
        });
    }

    fn a_key_that_came_with_another_request_answers_409(service) {
        let remembers = |operation: &Operation| parameters(operation).any(|one| one["name"] == "Idempotency-Key");
        let client = administrator(service).with("Idempotency-Key", "een-sleutel").with("If-Match", "*");
        client.post("/organisations", &json!({"name": "Gemeente Oss", "kind": "MUNICIPALITY"})).expect(201);
        sweep(remembers, |operation| {
            Request::of(operation).send(&client).refused(409, "idempotency_key_reused");
        });
    }
}
