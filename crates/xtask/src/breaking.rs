//! What in the document breaks clients of an earlier one: different rules for what is sent and what is answered.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::commands::{Outcome, output, program, root, text};

/// Tells what in openapi.yaml breaks clients of the document at a revision.
pub(crate) fn since(revision: &str) -> Outcome {
    let before = output(&mut program("git", &["show", &format!("{revision}:openapi.yaml")]))?;
    let after = text(&root().join("openapi.yaml"))?;
    let faults = compare(&parse(&before)?, &parse(&after)?);
    if faults.is_empty() {
        println!("nothing breaks clients of the document at {revision}");
        return Ok(());
    }
    Err(faults.join("\n"))
}

fn parse(text: &str) -> Result<Value, String> {
    yaml_serde::from_str(text).map_err(|error| error.to_string())
}

fn compare(before: &Value, after: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    for (path, item) in members(before, "/paths") {
        for (method, operation) in item.as_object().into_iter().flatten() {
            let name = format!("{} {path}", method.to_uppercase());
            match after.pointer("/paths").and_then(|paths| paths.get(path)).and_then(|item| item.get(method)) {
                None => faults.push(format!("{name} is gone")),
                Some(now) => compare_operation(&name, operation, now, &mut faults),
            }
        }
    }
    for (name, schema) in members(before, "/components/schemas") {
        match after.pointer("/components/schemas").and_then(|schemas| schemas.get(name)) {
            None => faults.push(format!("the schema {name} is gone")),
            Some(now) if is_request(name) => compare_request(name, schema, now, &mut faults),
            Some(now) => compare_answer(name, schema, now, &mut faults),
        }
    }
    faults
}

fn is_request(name: &str) -> bool {
    ["Draft", "Patch", "Item", "Input"].iter().any(|suffix| name.ends_with(suffix))
}

fn compare_operation(name: &str, before: &Value, after: &Value, faults: &mut Vec<String>) {
    if before.get("operationId") != after.get("operationId") {
        faults.push(format!("{name} has another operationId"));
    }
    let known: BTreeSet<&str> = parameters(before).filter_map(|parameter| field(parameter, "name")).collect();
    for parameter in parameters(after) {
        let needed = parameter.get("required").and_then(Value::as_bool) == Some(true);
        let parameter = field(parameter, "name").unwrap_or_default();
        if needed && !known.contains(parameter) {
            faults.push(format!("{name} demands the parameter {parameter}"));
        }
    }
    let now: BTreeSet<&str> = parameters(after).filter_map(|parameter| field(parameter, "name")).collect();
    faults.extend(known.difference(&now).map(|gone| format!("{name} no longer takes the parameter {gone}")));
    for (status, _) in members(before, "/responses").filter(|(status, _)| status.starts_with('2')) {
        if after.pointer("/responses").and_then(|responses| responses.get(status)).is_none() {
            faults.push(format!("{name} no longer answers {status}"));
        }
    }
}

fn compare_request(name: &str, before: &Value, after: &Value, faults: &mut Vec<String>) {
    let (was, is) = (required(before), required(after));
    faults.extend(is.difference(&was).map(|field| format!("{name} demands {field}")));
    for (field, schema) in members(before, "/properties") {
        match after.pointer("/properties").and_then(|properties| properties.get(field)) {
            None => faults.push(format!("{name} no longer takes {field}")),
            Some(now) if now.get("type") != schema.get("type") => {
                faults.push(format!("{name}.{field} is of another type"));
            }
            Some(_) => {}
        }
    }
    compare_values(name, before, after, faults);
}

fn compare_answer(name: &str, before: &Value, after: &Value, faults: &mut Vec<String>) {
    let (was, is) = (required(before), required(after));
    faults.extend(was.difference(&is).map(|field| format!("{name} no longer always has {field}")));
    for (field, schema) in members(before, "/properties") {
        match after.pointer("/properties").and_then(|properties| properties.get(field)) {
            None => faults.push(format!("{name} no longer has {field}")),
            Some(now) if now.get("type") != schema.get("type") => {
                faults.push(format!("{name}.{field} is of another type"));
            }
            Some(_) => {}
        }
    }
    compare_values(name, before, after, faults);
}

fn compare_values(name: &str, before: &Value, after: &Value, faults: &mut Vec<String>) {
    let values = |schema: &Value| -> BTreeSet<String> {
        schema.get("enum").and_then(Value::as_array).into_iter().flatten().map(ToString::to_string).collect()
    };
    faults.extend(values(before).difference(&values(after)).map(|value| format!("{name} no longer knows {value}")));
}

fn required(schema: &Value) -> BTreeSet<&str> {
    schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect()
}

fn parameters(operation: &Value) -> impl Iterator<Item = &Value> {
    operation.get("parameters").and_then(Value::as_array).into_iter().flatten()
}

fn field<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name).and_then(Value::as_str)
}

fn members<'a>(value: &'a Value, pointer: &str) -> impl Iterator<Item = (&'a String, &'a Value)> {
    value.pointer(pointer).and_then(Value::as_object).into_iter().flat_map(Map::iter)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn document(draft: &Value, view: &Value) -> Value {
        json!({"paths": {"/things": {"post": {"operationId": "createThing", "responses": {"201": {}}}}},
               "components": {"schemas": {"ThingDraft": draft, "Thing": view}}})
    }

    #[test]
    fn input_may_grow_optional_fields_and_answers_any() {
        let before = document(&json!({"properties": {"name": {"type": "string"}}}), &json!({"properties": {}}));
        let after = document(
            &json!({"properties": {"name": {"type": "string"}, "town": {"type": "string"}}}),
            &json!({"properties": {"id": {"type": "string"}}, "required": ["id"]}),
        );
        assert_eq!(compare(&before, &after), Vec::<String>::new());
    }

    #[test]
    fn what_goes_or_is_newly_demanded_breaks() {
        let before = document(
            &json!({"properties": {"name": {"type": "string"}}}),
            &json!({"properties": {"id": {"type": "string"}}, "required": ["id"]}),
        );
        let after = document(
            &json!({"properties": {"name": {"type": "integer"}}, "required": ["name"]}),
            &json!({"properties": {}}),
        );
        let faults = compare(&before, &after);
        assert_eq!(faults.len(), 4, "{faults:?}");
        assert_eq!(compare(&before, &json!({"paths": {}})).len(), 3);
    }
}
