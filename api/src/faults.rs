//! What a schema finds wrong, in words that say what is allowed.

use domain::Fault;
use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};
use jsonschema::{ValidationError, Validator};
use serde_json::Value;

/// Everything that is wrong with this value; `root` names the value itself, empty for a body.
pub fn faults_of(validator: &Validator, value: &Value, root: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    for error in validator.iter_errors(value) {
        collect(&error, root, &mut faults);
    }
    // One reason a field: what breaks two rules is told the first.
    let mut seen = std::collections::HashSet::new();
    faults.retain(|fault| seen.insert(fault.name.clone()));
    faults
}

fn collect(error: &ValidationError<'_>, root: &str, faults: &mut Vec<Fault>) {
    let name = named(root, error.instance_path().as_str());
    match error.kind() {
        // "this or null": what is wrong with the branch that came nearest.
        Kind::AnyOf { context } | Kind::OneOfNotValid { context } => {
            let branch = context.iter().max_by_key(|branch| {
                let deepest = branch.iter().map(|error| error.instance_path().as_str().len()).max();
                let is_type = branch.iter().all(|error| matches!(error.kind(), Kind::Type { .. }));
                (deepest, !is_type)
            });
            for error in branch.into_iter().flatten() {
                collect(error, &root_of(root, error, &name), faults);
            }
        }
        Kind::Required { property } => {
            faults.push(Fault {
                name: below(&name, property.as_str().unwrap_or_default()),
                reason: "must be given".to_owned(),
            });
        }
        Kind::AdditionalProperties { unexpected } | Kind::UnevaluatedProperties { unexpected } => {
            for property in unexpected {
                let reason = "must be left out: there is no such field here".to_owned();
                faults.push(Fault { name: below(&name, property), reason });
            }
        }
        kind => {
            faults.push(Fault { name: if name.is_empty() { "body".to_owned() } else { name }, reason: reason(kind) });
        }
    }
}

/// Branches of a union carry the whole path of the value already, unless they lost it.
fn root_of(root: &str, error: &ValidationError<'_>, name: &str) -> String {
    if error.instance_path().as_str().is_empty() { name.to_owned() } else { root.to_owned() }
}

fn named(root: &str, pointer: &str) -> String {
    pointer.split('/').filter(|part| !part.is_empty()).fold(root.to_owned(), |name, part| below(&name, part))
}

fn below(name: &str, part: &str) -> String {
    if name.is_empty() { part.to_owned() } else { format!("{name}.{part}") }
}

fn reason(kind: &Kind) -> String {
    match kind {
        Kind::Type { kind: TypeKind::Single(wanted) } => format!("must be of type {wanted}"),
        Kind::Type { kind: TypeKind::Multiple(wanted) } => {
            let wanted: Vec<String> = wanted.iter().map(|wanted| wanted.to_string()).collect();
            format!("must be of type {}", wanted.join(" or "))
        }
        Kind::Enum { options } => {
            let options: Vec<&str> = options.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            format!("must be one of: {}", options.join(", "))
        }
        Kind::Constant { expected_value } => format!("must be {expected_value}"),
        Kind::MinLength { limit: 1 } => "must not be empty".to_owned(),
        Kind::MinLength { limit } => format!("must have at least {limit} characters"),
        Kind::MaxLength { limit } => format!("must have at most {limit} characters"),
        Kind::MinItems { limit } => format!("must have at least {limit} items"),
        Kind::MaxItems { limit } => format!("must have at most {limit} items"),
        Kind::MinProperties { limit } => format!("must have at least {limit} fields"),
        Kind::UniqueItems => "must not hold the same item twice".to_owned(),
        Kind::Minimum { limit } => format!("must be {limit} or more"),
        Kind::Maximum { limit } => format!("must be {limit} or less"),
        Kind::ExclusiveMinimum { limit } => format!("must be more than {limit}"),
        Kind::ExclusiveMaximum { limit } => format!("must be less than {limit}"),
        Kind::MultipleOf { multiple_of } => format!("must be a multiple of {multiple_of}"),
        Kind::Format { format } => match format.as_str() {
            "uuid" => "must be a UUID, such as 01935b7e-8a3c-7c4e-9a51-3d2f6b8e0c17".to_owned(),
            "date" => "must be a date, such as 2027-01-31".to_owned(),
            "date-time" => "must be a moment with an offset, such as 2027-01-31T12:00:00Z".to_owned(),
            "email" => "must be an e-mail address".to_owned(),
            "uri" => "must be an absolute address, such as https://example.nl/kader".to_owned(),
            other => format!("must be a valid {other}"),
        },
        Kind::Pattern { pattern } if pattern.contains(crate::document::TEXT_CLASS) => {
            "must hold visible text and no control characters".to_owned()
        }
        Kind::Pattern { pattern } => format!("must match the pattern {pattern}"),
        other => format!("must satisfy the rule {} of the schema", other.keyword()),
    }
}
