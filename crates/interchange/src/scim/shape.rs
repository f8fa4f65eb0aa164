//! What clients send, as the schema has it: names in the right case, values of the right type, nothing that is not
//! kept. Values themselves stay as they came; identity systems would otherwise send them again and again.

use chrono::NaiveDate;
use serde_json::{Map, Value, json};

use super::patch::{self, Op};
use super::schema::{Attribute, Kind, Mutability, ResourceType, Schema};
use super::schemas::COMMON;
use super::{ErrorType, Path, Resource, ScimError};

/// Reads a whole resource. Attributes that are not kept are passed over, as the standard wants it.
pub fn read(kind: &'static ResourceType, body: Value) -> Result<Resource, ScimError> {
    let Value::Object(members) = body else {
        return Err(ScimError::of(ErrorType::InvalidSyntax, "The body must be one JSON object."));
    };
    check_schemas(&members, kind.schema.id)?;
    let mut resource = Resource::new();
    let mut faults = Faults::default();
    for (name, value) in members {
        let Ok(path) = Path::parse(&name) else { continue };
        match patch::change_at(kind, &mut resource, Op::Add, &path, Some(&value), patch::Manner::Tolerant) {
            Ok(()) => {}
            Err(error) => faults.0.push(error.detail),
        }
    }
    faults.finish()?;
    settle(kind, resource)
}

/// A message names its schema, if it names any.
pub(super) fn check_schemas(members: &Map<String, Value>, wanted: &str) -> Result<(), ScimError> {
    let named = members.iter().find(|(name, _)| name.eq_ignore_ascii_case("schemas")).map(|(_, named)| named);
    let fits = match named {
        None | Some(Value::Null) => true,
        Some(Value::Array(named)) => {
            named.iter().filter_map(Value::as_str).any(|named| named.eq_ignore_ascii_case(wanted))
        }
        Some(_) => false,
    };
    let wrong = || ScimError::of(ErrorType::InvalidSyntax, format!("schemas must be a list that holds {wanted}."));
    if fits { Ok(()) } else { Err(wrong()) }
}

/// A resource in the order of its schema, without what has no value; or everything that is wrong with it.
pub fn settle(kind: &'static ResourceType, mut resource: Resource) -> Result<Resource, ScimError> {
    let mut faults = Faults::default();
    let mut settled = Resource::new();
    let mut schemas = vec![json!(kind.schema.id)];
    let mut bodies = Vec::new();
    for extension in kind.extensions {
        let Some(Value::Object(members)) = resource.remove(extension.id) else { continue };
        let members = ordered(extension, extension.attributes, members, &mut faults);
        if !members.is_empty() {
            schemas.push(json!(extension.id));
            bodies.push((extension.id.to_owned(), Value::Object(members)));
        }
    }
    settled.insert("schemas".to_owned(), Value::Array(schemas));
    if let Some(external) = resource.remove("externalId") {
        settled.insert("externalId".to_owned(), external);
    }
    settled.extend(ordered(kind.schema, kind.schema.attributes, resource, &mut faults));
    settled.extend(bodies);
    faults.finish().map(|()| settled)
}

fn ordered(
    schema: &Schema,
    attributes: &'static [Attribute],
    mut members: Resource,
    faults: &mut Faults,
) -> Map<String, Value> {
    let mut ordered = Map::new();
    for attribute in attributes {
        match members.remove(attribute.name) {
            Some(value) if !is_empty(&value) => {
                check_primary(attribute, &value, faults);
                ordered.insert(attribute.name.to_owned(), value);
            }
            _ if attribute.required => faults.add(attribute.name, &format!("must be given: {}", schema.name)),
            _ => {}
        }
    }
    ordered
}

fn check_primary(attribute: &Attribute, value: &Value, faults: &mut Faults) {
    let primary = value.as_array().into_iter().flatten().filter(|item| item["primary"] == true).count();
    if primary > 1 {
        faults.add(attribute.name, "must have at most one value that is primary");
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        _ => false,
    }
}

/// What is wrong, all of it.
#[derive(Debug, Default)]
pub(super) struct Faults(Vec<String>);

impl Faults {
    pub(super) fn add(&mut self, name: &str, reason: &str) {
        self.0.push(format!("{name} {reason}"));
    }

    pub(super) fn finish(self) -> Result<(), ScimError> {
        if self.0.is_empty() { Ok(()) } else { Err(ScimError::of(ErrorType::InvalidValue, self.0.join("; "))) }
    }
}

/// What is wrong with values of this attribute; nothing where they fit.
pub fn faults_of_values(attribute: &'static Attribute, value: &Value) -> Result<(), ScimError> {
    fitted(attribute, value, attribute.name, true).map(|_| ())
}

/// A value as the attribute has it; nothing where the attribute gets no value. `whole` says whether all that must be
/// in it has to be.
pub(super) fn fitted(
    attribute: &'static Attribute,
    value: &Value,
    name: &str,
    whole: bool,
) -> Result<Option<Value>, ScimError> {
    let mut faults = Faults::default();
    let fitted = match (attribute.multi, value) {
        (true, Value::Array(items)) => {
            let items = items.iter().enumerate();
            let items: Vec<Value> = items
                .filter_map(|(at, item)| one(attribute, item, &format!("{name}.{at}"), whole, &mut faults))
                .collect();
            Some(Value::Array(items))
        }
        (true, value) => one(attribute, value, name, whole, &mut faults).map(|item| Value::Array(vec![item])),
        // Entra ID writes a manager as a list of one.
        (false, Value::Array(items)) => match items.as_slice() {
            [] => None,
            [item] => one(attribute, item, name, whole, &mut faults),
            _ => {
                faults.add(name, "must have one value");
                None
            }
        },
        (false, value) => one(attribute, value, name, whole, &mut faults),
    };
    faults.finish().map(|()| fitted.filter(|value| !is_empty(value)))
}

fn one(attribute: &'static Attribute, value: &Value, name: &str, whole: bool, faults: &mut Faults) -> Option<Value> {
    let mut must = |reason: &str| {
        faults.add(name, reason);
        None
    };
    match (attribute.kind, value) {
        (_, Value::Null) => None,
        (Kind::Complex(inside), Value::Object(members)) => complex(attribute, inside, members, name, whole, faults),
        (Kind::Complex(_), value) if attribute.value().is_some() && !value.is_array() => {
            let inside = attribute.value()?;
            let value = one(inside, value, name, whole, faults)?;
            Some(json!({"value": value}))
        }
        (Kind::Complex(_), _) => must("must be an object"),
        (Kind::Boolean, Value::Bool(_)) => Some(value.clone()),
        (Kind::Boolean, Value::String(text)) if text.eq_ignore_ascii_case("true") => Some(json!(true)),
        (Kind::Boolean, Value::String(text)) if text.eq_ignore_ascii_case("false") => Some(json!(false)),
        (Kind::Boolean, _) => must("must be true or false"),
        (Kind::Integer(least, most), value) => {
            match whole_number(value).filter(|number| (least..=most).contains(number)) {
                Some(number) => Some(json!(number.to_string())),
                None => must(&format!("must be a whole number from {least} to {most}")),
            }
        }
        (Kind::Day, Value::String(text)) if text.is_empty() => None,
        (Kind::Day, Value::String(text)) if day(text).is_some() => Some(value.clone()),
        (Kind::Day, _) => must("must be a day, such as 2027-01-31"),
        (Kind::Text | Kind::Reference(_) | Kind::Moment, Value::String(text)) => {
            if text.is_empty() {
                return None;
            }
            if text.chars().count() > attribute.longest {
                return must(&format!("must have at most {} characters", attribute.longest));
            }
            if text.trim().is_empty() || text.chars().any(|c| c.is_control()) {
                return must("must hold visible text and no control characters");
            }
            Some(value.clone())
        }
        // Numbers of employees and cost centres come as numbers too.
        (Kind::Text, Value::Number(number)) if number.is_i64() || number.is_u64() => Some(json!(number.to_string())),
        (Kind::Text | Kind::Reference(_) | Kind::Moment, _) => must("must be text"),
    }
}

fn complex(
    attribute: &'static Attribute,
    inside: &'static [Attribute],
    members: &Map<String, Value>,
    name: &str,
    whole: bool,
    faults: &mut Faults,
) -> Option<Value> {
    let mut fitted = Map::new();
    let find =
        |wanted: &str| members.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| value);
    for inside in inside {
        let (Some(value), true) = (find(inside.name), inside.mutability != Mutability::ReadOnly) else { continue };
        if let Some(value) = one(inside, value, &format!("{name}.{}", inside.name), whole, faults) {
            fitted.insert(inside.name.to_owned(), value);
        }
    }
    // The address follows from the id; where only the address came, the id follows from that.
    if let Some(Value::String(address)) = fitted.remove("$ref") {
        let id = address.rsplit('/').next().unwrap_or_default().to_owned();
        fitted.entry("value").or_insert_with(|| json!(id));
    }
    let missing = inside.iter().find(|inside| inside.required && !fitted.contains_key(inside.name));
    if let Some(missing) = missing.filter(|_| whole) {
        if find(missing.name).is_none() {
            faults.add(&format!("{name}.{}", missing.name), "must be given");
        }
        // Sent as null or empty: there is no such value.
        return None;
    }
    let lacks_value = attribute.multi && attribute.value().is_some() && !fitted.contains_key("value");
    if lacks_value && whole && !fitted.is_empty() && find("value").is_none() {
        faults.add(&format!("{name}.value"), "must be given");
    }
    (!(fitted.is_empty() || lacks_value && whole)).then_some(Value::Object(fitted))
}

fn whole_number(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_i64().or_else(|| {
            let real = number.as_f64().filter(|real| real.fract() == 0.0 && real.abs() < 1e15)?;
            format!("{real:.0}").parse().ok()
        }),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// The day in a text that is one, or the moment at which one begins.
pub(super) fn day(text: &str) -> Option<NaiveDate> {
    let is_day = text.len() == 10 || text.as_bytes().get(10) == Some(&b'T');
    text.get(..10).filter(|_| is_day).and_then(|day| day.parse().ok())
}

/// An attribute that all resources have.
pub(super) fn is_common(attribute: &Attribute) -> bool {
    COMMON.iter().any(|common| std::ptr::eq(common, attribute) || common.name == attribute.name)
}
