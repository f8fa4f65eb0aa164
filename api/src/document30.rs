//! A copy of the document as OpenAPI 3.0.3, for generators and tools that do not read 3.1 yet.

use serde_json::{Map, Value, json};

/// The document, said in the older words.
pub fn of(document: &Value) -> Value {
    let mut older = document.clone();
    if let Some(root) = older.as_object_mut() {
        root.insert("openapi".to_owned(), json!("3.0.3"));
        root.remove("jsonSchemaDialect");
        root.remove("webhooks");
        if let Some(license) = root.get_mut("info").and_then(|info| info.get_mut("license")?.as_object_mut()) {
            license.remove("identifier");
        }
        for name in ["paths", "components"] {
            root.entry(name).and_modify(convert);
        }
        if let Some(schemas) = root.get_mut("components").and_then(|all| all.get_mut("schemas")?.as_object_mut()) {
            schemas.values_mut().for_each(restate);
        }
    }
    older
}

/// Finds the schemas and security requirements below a part of the document that is not a schema itself.
fn convert(part: &mut Value) {
    match part {
        Value::Object(members) => {
            for (name, value) in members {
                match name.as_str() {
                    "schema" => restate(value),
                    "security" => forget_scopes(value),
                    // What is shown is no schema, whatever its fields are called.
                    "example" | "schemas" => {}
                    _ => convert(value),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(convert),
        _ => {}
    }
}

/// Only OAuth and OpenID schemes may name scopes in 3.0.
fn forget_scopes(security: &mut Value) {
    let requirements = security.as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut);
    for (_, scopes) in requirements.flatten().filter(|(name, _)| *name != "oauth2") {
        *scopes = json!([]);
    }
}

/// Says a schema, and all within it, in the words of 3.0.
fn restate(schema: &mut Value) {
    let Some(members) = schema.as_object_mut() else { return };
    for (name, value) in members.iter_mut() {
        match name.as_str() {
            "properties" => value.as_object_mut().into_iter().flat_map(Map::values_mut).for_each(restate),
            "allOf" | "anyOf" | "oneOf" => value.as_array_mut().into_iter().flatten().for_each(restate),
            "items" | "additionalProperties" | "not" => restate(value),
            _ => {}
        }
    }
    let nullable = split_types(members) | drop_null_branch(members);
    if let Some(value) = members.remove("const") {
        members.insert("enum".to_owned(), json!([value]));
    }
    if let Some(first) = members.remove("examples").and_then(|examples| examples.get(0).cloned()) {
        members.insert("example".to_owned(), first);
    }
    for (exclusive, bound) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        if let Some(limit) = members.get(exclusive).filter(|limit| limit.is_number()).cloned() {
            members.insert(bound.to_owned(), limit);
            members.insert(exclusive.to_owned(), json!(true));
        }
    }
    for name in ["contentEncoding", "contentMediaType", "propertyNames", "$comment"] {
        members.remove(name);
    }
    // Beside a reference nothing counts in 3.0, so it goes into a list of one.
    if (members.len() > 1 || nullable)
        && let Some(target) = members.remove("$ref")
    {
        members.insert("allOf".to_owned(), json!([{"$ref": target}]));
    }
    if nullable {
        members.insert("nullable".to_owned(), json!(true));
    }
}

/// Leaves one type where there were several; says whether null was one of them.
fn split_types(members: &mut Map<String, Value>) -> bool {
    let Some(types) = members.get("type").and_then(Value::as_array).cloned() else { return false };
    let (nulls, others): (Vec<Value>, Vec<Value>) = types.into_iter().partition(|kind| kind == "null");
    match others.as_slice() {
        [one] => members.insert("type".to_owned(), one.clone()),
        _ => members.remove("type"),
    };
    !nulls.is_empty()
}

/// "This or null" becomes this; says whether null was a branch.
fn drop_null_branch(members: &mut Map<String, Value>) -> bool {
    let mut nullable = false;
    for union in ["anyOf", "oneOf"] {
        let Some(branches) = members.get_mut(union).and_then(Value::as_array_mut) else { continue };
        let before = branches.len();
        branches.retain(|branch| branch.get("type").is_none_or(|kind| kind != "null"));
        nullable |= branches.len() < before;
        if let [Value::Object(only)] = branches.as_slice() {
            let only = only.clone();
            members.remove(union);
            for (name, value) in only {
                members.entry(name).or_insert(value);
            }
        }
    }
    nullable
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// All that a Schema Object of 3.0.3 may hold (section 4.7.24).
    const WORDS: &[&str] = &[
        "title",
        "multipleOf",
        "maximum",
        "exclusiveMaximum",
        "minimum",
        "exclusiveMinimum",
        "maxLength",
        "minLength",
        "pattern",
        "maxItems",
        "minItems",
        "uniqueItems",
        "maxProperties",
        "minProperties",
        "required",
        "enum",
        "type",
        "allOf",
        "oneOf",
        "anyOf",
        "not",
        "items",
        "properties",
        "additionalProperties",
        "description",
        "format",
        "default",
        "nullable",
        "discriminator",
        "readOnly",
        "writeOnly",
        "xml",
        "externalDocs",
        "example",
        "deprecated",
    ];

    fn check(document: &Value, name: &str, schema: &Value, faults: &mut Vec<String>) {
        if schema.is_boolean() {
            return;
        }
        if let Some(target) = schema.get("$ref").and_then(Value::as_str) {
            if schema.as_object().unwrap().len() > 1 {
                faults.push(format!("{name}: something beside a reference"));
            }
            if document.pointer(target.trim_start_matches('#')).is_none() {
                faults.push(format!("{name}: {target} leads nowhere"));
            }
            return;
        }
        for (word, value) in schema.as_object().unwrap() {
            if !WORDS.contains(&word.as_str()) && !word.starts_with("x-") {
                faults.push(format!("{name}: 3.0 has no word {word}"));
            }
            let inside =
                |faults: &mut Vec<String>, value: &Value| check(document, &format!("{name}/{word}"), value, faults);
            match word.as_str() {
                "type"
                    if !["string", "integer", "number", "boolean", "array", "object"]
                        .contains(&value.as_str().unwrap_or("")) =>
                {
                    faults.push(format!("{name}: the type {value}"));
                }
                "exclusiveMinimum" | "exclusiveMaximum" if !value.is_boolean() => {
                    faults.push(format!("{name}: {word}"));
                }
                "properties" => value.as_object().unwrap().values().for_each(|value| inside(faults, value)),
                "allOf" | "anyOf" | "oneOf" => value.as_array().unwrap().iter().for_each(|value| inside(faults, value)),
                "items" | "not" | "additionalProperties" => inside(faults, value),
                _ => {}
            }
        }
        if schema["type"] == "array" && schema.get("items").is_none() {
            faults.push(format!("{name}: a list without items"));
        }
    }

    fn schemas<'a>(part: &'a Value, found: &mut Vec<&'a Value>) {
        match part {
            Value::Object(members) => {
                for (name, value) in members.iter().filter(|(name, _)| *name != "example") {
                    if name == "schema" { found.push(value) } else { schemas(value, found) }
                }
            }
            Value::Array(items) => items.iter().for_each(|item| schemas(item, found)),
            _ => {}
        }
    }

    #[test]
    fn the_copy_uses_no_word_that_3_0_does_not_have() {
        let older = of(&crate::document::json());
        let mut faults = Vec::new();
        let named = older["components"]["schemas"].as_object().unwrap();
        for (name, schema) in named {
            check(&older, name, schema, &mut faults);
        }
        let mut found = Vec::new();
        schemas(&older["paths"], &mut found);
        schemas(&older["components"]["responses"], &mut found);
        schemas(&older["components"]["parameters"], &mut found);
        assert!(found.len() > 20);
        for schema in found {
            check(&older, "inline", schema, &mut faults);
        }
        assert!(faults.is_empty(), "{}", faults.join("\n"));
        assert!(older["info"]["license"].get("identifier").is_none());
        let text = older.to_string();
        assert!(!text.contains("\"null\"") && !text.contains("jsonSchemaDialect"), "null is no type");
    }

    #[test]
    fn both_documents_agree_on_operations_schemas_and_what_is_required() {
        let newer = crate::document::json();
        let older = of(&newer);
        let names = |document: &Value| -> BTreeSet<String> {
            let paths = document["paths"].as_object().unwrap().iter();
            let operations = paths.flat_map(|(path, item)| {
                item.as_object().unwrap().iter().map(move |(method, operation)| {
                    let statuses: Vec<&String> = operation["responses"].as_object().unwrap().keys().collect();
                    format!("{method} {path} {} {statuses:?}", operation["operationId"])
                })
            });
            let schemas = document["components"]["schemas"].as_object().unwrap().iter();
            let schemas = schemas.map(|(name, schema)| {
                let fields: Vec<&String> = schema["properties"].as_object().into_iter().flat_map(Map::keys).collect();
                format!("{name} {fields:?} {}", schema["required"])
            });
            operations.chain(schemas).collect()
        };
        assert_eq!(names(&newer), names(&older));
    }

    #[test]
    fn each_new_word_has_its_old_form() {
        let cases = [
            (
                json!({"type": ["string", "null"], "maxLength": 3}),
                json!({"type": "string", "maxLength": 3, "nullable": true}),
            ),
            (json!({"const": "A", "type": "string"}), json!({"type": "string", "enum": ["A"]})),
            (json!({"exclusiveMinimum": 0}), json!({"minimum": 0, "exclusiveMinimum": true})),
            (json!({"examples": ["a", "b"]}), json!({"example": "a"})),
            (json!({"$ref": "#/a"}), json!({"$ref": "#/a"})),
            (json!({"$ref": "#/a", "description": "b"}), json!({"allOf": [{"$ref": "#/a"}], "description": "b"})),
            (
                json!({"oneOf": [{"$ref": "#/a"}, {"type": "null"}]}),
                json!({"allOf": [{"$ref": "#/a"}], "nullable": true}),
            ),
            (
                json!({"oneOf": [{"$ref": "#/a", "description": "b"}, {"type": "null"}]}),
                json!({"allOf": [{"$ref": "#/a"}], "description": "b", "nullable": true}),
            ),
            (
                json!({"anyOf": [{"$ref": "#/a"}, {"$ref": "#/b"}, {"type": "null"}]}),
                json!({"anyOf": [{"$ref": "#/a"}, {"$ref": "#/b"}], "nullable": true}),
            ),
            (
                json!({"properties": {"type": {"type": ["integer", "null"]}}}),
                json!({"properties": {"type": {"type": "integer", "nullable": true}}}),
            ),
        ];
        for (newer, older) in cases {
            let mut found = newer.clone();
            restate(&mut found);
            assert_eq!(found, older, "{newer}");
        }
    }
}
