//! The document: that it is the committed one, and that it is fit to code against.

use std::collections::HashSet;

use contract_tests::document::Document;
use contract_tests::example_of;
use serde_json::Value;

const TAGS: &[&str] = &[
    "sessions",
    "organisations",
    "networks",
    "persons",
    "profiles",
    "notifications",
    "assignments",
    "matches",
    "responses",
    "arrangements",
    "placements",
    "agreements",
    "timesheets",
    "charges",
    "access",
    "staff",
    "events",
    "webhooks",
    "channels",
    "reference",
];

#[test]
fn the_committed_document_is_the_one_the_code_makes() {
    let committed = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../openapi.yaml")).unwrap();
    assert!(committed == api::document::yaml(), "run `cargo xtask openapi` and read the difference");
}

#[test]
fn the_committed_document_of_scim_is_the_one_the_code_makes() {
    let committed = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../openapi-scim.yaml")).unwrap();
    assert!(committed == api::document::scim_yaml(), "run `cargo xtask openapi` and read the difference");
}

#[test]
fn every_operation_has_a_unique_name_one_known_tag_a_summary_and_says_what_it_needs() {
    let mut names = HashSet::new();
    for operation in Document::committed().operations() {
        let id = &operation.id;
        assert!(names.insert(id), "{id} stands twice");
        let tags = operation.json["tags"].as_array().unwrap();
        assert!(tags.len() == 1 && TAGS.contains(&tags[0].as_str().unwrap()), "{id} has the tags {tags:?}");
        let summary = operation.json["summary"].as_str().unwrap_or_default();
        assert!(summary.len() > 5 && !summary.ends_with('.'), "{id} has the summary {summary:?}");
        let guarded = operation.json.get("security").is_some();
        assert!(operation.statuses().any(|status| status == 401) || !guarded, "{id} lacks 401");
        if operation.json.get("requestBody").is_some() {
            assert!(operation.statuses().any(|status| status == 415), "{id} lacks 415");
        }
    }
}

#[test]
fn every_field_is_described_and_bounded() {
    let document = Document::committed();
    let mut faults = Vec::new();
    for (name, schema) in document.json["components"]["schemas"].as_object().unwrap() {
        let is_request = ["Draft", "Patch", "Item", "Input"].iter().any(|suffix| name.ends_with(suffix));
        if schema.get("properties").is_some() && is_request && schema["additionalProperties"] != false {
            faults.push(format!("{name} takes unknown fields: add deny_unknown_fields"));
        }
        for (field, property) in schema["properties"].as_object().into_iter().flatten() {
            check_field(document, &format!("{name}.{field}"), property, &mut faults);
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn check_field(document: &Document, name: &str, property: &Value, faults: &mut Vec<String>) {
    let target = document.resolve(property);
    let branches = ["oneOf", "anyOf", "allOf"].iter().filter_map(|union| property[union].as_array()).flatten();
    let described = branches.chain([property, target]).any(|schema| schema.get("description").is_some());
    if !described {
        faults.push(format!("{name} has no description"));
    }
    let is = |kind: &str| {
        target["type"] == kind || target["type"].as_array().is_some_and(|kinds| kinds.iter().any(|one| one == kind))
    };
    let closed = ["enum", "const", "format"].iter().any(|keyword| target.get(keyword).is_some());
    if is("string") && !closed && target.get("maxLength").is_none() {
        faults.push(format!("{name} has no maxLength"));
    }
    if (is("integer") || is("number")) && (target.get("maximum").is_none() || target.get("minimum").is_none()) {
        faults.push(format!("{name} has no bounds"));
    }
    if is("array") && target.get("maxItems").is_none() {
        faults.push(format!("{name} has no maxItems"));
    }
}

#[test]
fn every_example_fits_its_schema() {
    let document = Document::committed();
    for operation in document.operations() {
        let Some(content) = operation.json["requestBody"]["content"].as_object() else { continue };
        let schema = &content.values().next().unwrap()["schema"];
        let example = example_of(schema);
        let mut root = schema.clone();
        root["components"] = document.json["components"].clone();
        let validator = jsonschema::options().should_validate_formats(true).build(&root).unwrap();
        let faults: Vec<String> =
            validator.iter_errors(&example).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
        assert!(faults.is_empty(), "{}: {faults:?}", operation.id);
    }
}
