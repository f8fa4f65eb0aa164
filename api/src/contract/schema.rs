//! A schema of the document, as values are held against it.

use std::sync::OnceLock;

use jsonschema::{Registry, Validator};
use serde_json::{Value, json};

const DOCUMENT: &str = "urn:klusnet:document";

/// A schema. What holds values against it is made when it is first needed: for most of a process's life most operations
/// are asked for by nobody, and all of them together take some memory and time.
#[derive(Debug)]
pub(super) struct Schema {
    schema: Value,
    validator: OnceLock<Validator>,
}

impl Schema {
    pub(super) fn of(schema: &Value) -> Self {
        Self { schema: anchored(schema), validator: OnceLock::new() }
    }

    #[expect(clippy::expect_used, reason = "the document is our own; a test makes all of them")]
    pub(super) fn validator(&self) -> &Validator {
        self.validator.get_or_init(|| {
            jsonschema::options()
                .with_draft(jsonschema::Draft::Draft202012)
                .should_validate_formats(true)
                .with_registry(registry())
                .build(&self.schema)
                .expect("a schema of our own document")
        })
    }
}

#[expect(clippy::expect_used, reason = "the document is our own; a test makes it")]
fn registry() -> &'static Registry<'static> {
    static REGISTRY: OnceLock<Registry<'static>> = OnceLock::new();
    REGISTRY.get_or_init(|| {
        Registry::new().add(DOCUMENT, crate::document::json()).expect("a URN").prepare().expect("a document")
    })
}

/// The schema with its references pointing into the registered document.
fn anchored(schema: &Value) -> Value {
    match schema {
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| match (name.as_str(), value.as_str()) {
                ("$ref", Some(target)) if target.starts_with('#') => {
                    (name.clone(), json!(format!("{DOCUMENT}{target}")))
                }
                _ => (name.clone(), anchored(value)),
            })
            .collect(),
        Value::Array(items) => items.iter().map(anchored).collect(),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use crate::contract::Contract;

    #[test]
    fn every_schema_of_the_document_can_be_made() {
        let mut made = 0;
        for operation in Contract::shared().operations.values().flatten() {
            let parameters = operation.parameters.iter().map(|parameter| &parameter.schema);
            for schema in parameters.chain(operation.body.iter().map(|body| &body.schema)) {
                schema.validator();
                made += 1;
            }
        }
        assert!(made > 0);
    }
}
