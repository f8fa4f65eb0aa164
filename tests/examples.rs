//! Requests made of the examples in the document.

use serde_json::{Map, Value, json};

use crate::document::Document;

/// A value that fits this schema, made of its examples; optional fields are left out.
pub fn example_of(schema: &Value) -> Value {
    let schema = Document::committed().resolve(schema);
    if let Some(example) = schema.get("example") {
        return example.clone();
    }
    if let Some(first) = schema["enum"].as_array().and_then(|values| values.first()) {
        return first.clone();
    }
    for union in ["anyOf", "oneOf", "allOf"] {
        if let Some(branches) = schema[union].as_array() {
            let branch = branches.iter().find(|branch| branch["type"] != "null").unwrap();
            return example_of(branch);
        }
    }
    let kind = schema["type"].as_str().or_else(|| schema["type"].as_array()?.first()?.as_str());
    match kind {
        Some("object") => {
            let required: Vec<&str> =
                schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            let properties = schema["properties"].as_object().into_iter().flatten();
            let members: Map<String, Value> = properties
                .filter(|(name, _)| required.contains(&name.as_str()))
                .map(|(name, schema)| (name.clone(), example_of(schema)))
                .collect();
            Value::Object(members)
        }
        Some("array") => match schema["minItems"].as_u64() {
            Some(count) if count > 0 => json!([example_of(&schema["items"])]),
            _ => json!([]),
        },
        Some("integer" | "number") => schema.get("minimum").cloned().unwrap_or(json!(1)),
        Some("boolean") => json!(true),
        _ => match schema["format"].as_str() {
            Some("uuid") => json!("01935b7e-8a3c-7c4e-9a51-3d2f6b8e0c17"),
            Some("date") => json!("2027-04-01"),
            Some("date-time") => json!("2027-04-01T12:00:00Z"),
            _ => json!("tekst"),
        },
    }
}
