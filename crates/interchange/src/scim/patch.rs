//! Changes of parts of a resource (RFC 7644, 3.5.2), in all ways in which Entra ID and others write them.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::filter::seeds;
use super::place::Meaning;
use super::schema::{Attribute, Mutability, ResourceType};
use super::shape::{check_schemas, fitted};
use super::{ErrorType, Expression, Filter, Name, Path, Place, Resource, ScimError, settle};

/// What is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Op {
    /// A value is added.
    Add,
    /// A value takes the place of what is there.
    Replace,
    /// A value is taken away.
    Remove,
}

/// One change.
#[derive(Debug, Clone)]
pub struct Change {
    op: Op,
    path: Option<Path>,
    value: Option<Value>,
}

/// How much is overlooked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// What nobody may change is refused.
    Strict,
    /// What nobody may change is passed over.
    Lenient,
    /// So is what does not exist.
    Tolerant,
}

/// Reads the body of a change.
pub fn parse(body: &Value) -> Result<Vec<Change>, ScimError> {
    let syntax = |detail: &str| ScimError::of(ErrorType::InvalidSyntax, detail);
    let members = body.as_object().ok_or_else(|| syntax("The body must be one JSON object."))?;
    check_schemas(members, super::PATCH_OP)?;
    let operations = member(members, "Operations").and_then(Value::as_array);
    let operations = operations.filter(|all| !all.is_empty());
    let operations = operations.ok_or_else(|| syntax("Operations must be a list of one operation or more."))?;
    operations.iter().enumerate().map(|(at, operation)| change(at, operation)).collect()
}

fn change(at: usize, operation: &Value) -> Result<Change, ScimError> {
    let syntax = |detail: &str| ScimError::of(ErrorType::InvalidSyntax, format!("Operations.{at}{detail}"));
    let members = operation.as_object().ok_or_else(|| syntax(" must be an object."))?;
    let op = match member(members, "op").and_then(Value::as_str).map(str::to_ascii_lowercase).as_deref() {
        Some("add") => Op::Add,
        Some("replace") => Op::Replace,
        Some("remove") => Op::Remove,
        _ => return Err(syntax(".op must be add, replace or remove.")),
    };
    let path = match member(members, "path") {
        None | Some(Value::Null) => None,
        Some(Value::String(text)) if text.trim().is_empty() => None,
        Some(Value::String(text)) => Some(Path::parse(text).map_err(|error| within(at, error))?),
        Some(_) => return Err(syntax(".path must be text.")),
    };
    let value = member(members, "value").cloned();
    if op != Op::Remove && value.is_none() {
        return Err(ScimError::of(ErrorType::InvalidValue, format!("Operations.{at}.value must be given.")));
    }
    if op == Op::Remove && path.is_none() {
        return Err(ScimError::of(
            ErrorType::NoTarget,
            format!("Operations.{at}.path must be given to remove something."),
        ));
    }
    Ok(Change { op, path, value })
}

fn within(at: usize, error: ScimError) -> ScimError {
    ScimError { detail: format!("Operations.{at}.path: {}", error.detail), ..error }
}

fn member<'m>(members: &'m Map<String, Value>, name: &str) -> Option<&'m Value> {
    members.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

/// Makes the changes, all or none.
pub fn apply(kind: &'static ResourceType, mut resource: Resource, changes: &[Change]) -> Result<Resource, ScimError> {
    for Change { op, path, value } in changes {
        match (path, value) {
            (Some(path), value) => change_at(kind, &mut resource, *op, path, value.as_ref(), Manner::Strict)?,
            (None, Some(Value::Object(members))) => {
                for (name, value) in members {
                    let path = Path::parse(name)?;
                    change_at(kind, &mut resource, *op, &path, Some(value), Manner::Lenient)?;
                }
            }
            (None, _) => {
                let detail = "Without a path the value must be an object with the names of attributes.";
                return Err(ScimError::of(ErrorType::InvalidValue, detail));
            }
        }
    }
    settle(kind, resource)
}

/// Makes one change.
pub(super) fn change_at(
    kind: &'static ResourceType,
    resource: &mut Resource,
    op: Op,
    path: &Path,
    value: Option<&Value>,
    manner: Manner,
) -> Result<(), ScimError> {
    let place = match kind.meaning(&path.name) {
        Meaning::Here(place) => place,
        Meaning::PassedOver => return Ok(()),
        Meaning::Unknown if manner == Manner::Tolerant || is_envelope(&path.name) => return Ok(()),
        Meaning::Unknown => {
            let detail = format!("There is no attribute {} of a {}; see /Schemas.", path.name, kind.name);
            return Err(ScimError::of(ErrorType::InvalidPath, detail));
        }
    };
    let Some(attribute) = place.attribute else { return whole_extension(kind, resource, op, place, value) };
    if is_envelope(&path.name) {
        return Ok(());
    }
    if attribute.mutability == Mutability::ReadOnly
        || place.sub.is_some_and(|sub| sub.mutability == Mutability::ReadOnly)
    {
        return if manner == Manner::Strict { Err(immutable(&place)) } else { Ok(()) };
    }
    let container = container(resource, place);
    let empty = value.is_none_or(|value| value.is_null() || *value == json!("") || *value == json!([]));
    if op == Op::Remove || empty {
        let matching = value.filter(|_| op == Op::Remove && !empty);
        return remove(container, attribute, &place, path.filter.as_ref(), matching);
    }
    let value = value.unwrap_or(&Value::Null);
    if attribute.multi {
        return put_among(container, op, attribute, &place, path.filter.as_ref(), value);
    }
    if path.filter.is_some() {
        let detail = format!("{} has one value: a filter in [ ] finds nothing there.", place.written());
        return Err(ScimError::of(ErrorType::InvalidPath, detail));
    }
    put(container, attribute, &place, value)
}

/// What stands around the attributes proper.
fn is_envelope(name: &Name) -> bool {
    name.urn.is_none() && name.attribute.eq_ignore_ascii_case("schemas")
}

fn immutable(place: &Place) -> ScimError {
    ScimError::of(ErrorType::Mutability, format!("{} must be left to the service.", place.written()))
}

fn whole_extension(
    kind: &'static ResourceType,
    resource: &mut Resource,
    op: Op,
    place: Place,
    value: Option<&Value>,
) -> Result<(), ScimError> {
    let Some(extension) = place.extension else { return Ok(()) };
    match value {
        Some(Value::Object(members)) if op != Op::Remove => {
            for (name, value) in members {
                let name = Name::parse(name).filter(|name| name.urn.is_none());
                let Some(name) = name.map(|name| Name { urn: Some(extension.id.to_owned()), ..name }) else { continue };
                change_at(kind, resource, op, &Path { name, filter: None }, Some(value), Manner::Tolerant)?;
            }
            Ok(())
        }
        Some(value) if op != Op::Remove && !value.is_null() => {
            Err(ScimError::of(ErrorType::InvalidValue, format!("{} must be an object.", extension.id)))
        }
        _ => {
            resource.remove(extension.id);
            Ok(())
        }
    }
}

/// Where the attribute stands: the resource or one of its extensions.
fn container(resource: &mut Resource, place: Place) -> &mut Resource {
    let Some(extension) = place.extension else { return resource };
    let slot = resource.entry(extension.id).or_insert_with(|| json!({}));
    object(slot)
}

/// The object in this slot; something else makes room for one.
fn object(slot: &mut Value) -> &mut Map<String, Value> {
    if !slot.is_object() {
        *slot = json!({});
    }
    match slot {
        Value::Object(members) => members,
        // It was made an object just now.
        _ => unreachable!(),
    }
}

fn put(container: &mut Resource, attribute: &'static Attribute, place: &Place, value: &Value) -> Result<(), ScimError> {
    let name = place.written();
    match place.sub {
        None => {
            let Some(value) = fitted(attribute, value, &name, true)? else { return Ok(()) };
            match value {
                // What is not said of something with parts stays as it was.
                Value::Object(parts) => {
                    merge(object(container.entry(attribute.name).or_insert_with(|| json!({}))), parts);
                }
                value => drop(container.insert(attribute.name.to_owned(), value)),
            }
        }
        Some(sub) => {
            let parts = part(sub, value, &name)?;
            merge(object(container.entry(attribute.name).or_insert_with(|| json!({}))), parts);
        }
    }
    Ok(())
}

/// One part of a value; an address stands for the id in it.
fn part(sub: &'static Attribute, value: &Value, name: &str) -> Result<Map<String, Value>, ScimError> {
    let mut parts = Map::new();
    if let Some(value) = fitted(sub, value, name, true)? {
        let text = value.as_str().unwrap_or_default();
        let last = text.rsplit('/').next().unwrap_or_default().to_owned();
        let (name, value) = if sub.name == "$ref" { ("value", json!(last)) } else { (sub.name, value) };
        parts.insert(name.to_owned(), value);
    }
    Ok(parts)
}

fn merge(into: &mut Map<String, Value>, parts: Map<String, Value>) {
    into.extend(parts);
}

fn put_among(
    container: &mut Resource,
    op: Op,
    attribute: &'static Attribute,
    place: &Place,
    filter: Option<&Expression>,
    value: &Value,
) -> Result<(), ScimError> {
    let name = place.written();
    let mut items = match container.remove(attribute.name) {
        Some(Value::Array(items)) => items,
        _ => Vec::new(),
    };
    let mut touched = Vec::new();
    match (filter, place.sub) {
        (None, None) => {
            let added = match fitted(attribute, value, &name, true)? {
                Some(Value::Array(added)) => added,
                _ => Vec::new(),
            };
            if op == Op::Replace {
                items.clear();
            }
            touched = join(&mut items, added);
        }
        (filter, sub) => {
            let parts = match sub {
                Some(sub) => part(sub, value, &name)?,
                None => parts_of(attribute, value, &name)?,
            };
            let matcher = filter.map(|filter| Filter::inside(attribute, filter)).transpose().map_err(as_path)?;
            for (at, item) in items.iter_mut().enumerate() {
                if let Value::Object(members) = item
                    && matcher.as_ref().is_none_or(|matcher| matcher.fits(members))
                {
                    merge(members, parts.clone());
                    touched.push(at);
                }
            }
            if touched.is_empty() {
                // Entra ID expects a value that fits to be there afterwards.
                let mut made = filter.map_or(Some(Map::new()), seeds).ok_or_else(|| {
                    ScimError::of(ErrorType::NoTarget, format!("No value of {} fits the filter.", attribute.name))
                })?;
                merge(&mut made, parts);
                let made = fitted(attribute, &json!([made]), &name, true)?;
                touched.push(items.len());
                items.extend(made.into_iter().filter_map(|made| made.get(0).cloned()));
            }
        }
    }
    one_primary(&mut items, &touched);
    container.insert(attribute.name.to_owned(), Value::Array(items));
    Ok(())
}

fn as_path(error: ScimError) -> ScimError {
    ScimError { kind: Some(ErrorType::InvalidPath), ..error }
}

fn parts_of(attribute: &'static Attribute, value: &Value, name: &str) -> Result<Map<String, Value>, ScimError> {
    match fitted(attribute, value, name, false)?.as_ref().and_then(|items| items.get(0)) {
        Some(Value::Object(parts)) => Ok(parts.clone()),
        _ => Ok(Map::new()),
    }
}

/// Adds values that are not there yet, and says where they stand.
fn join(items: &mut Vec<Value>, added: Vec<Value>) -> Vec<usize> {
    let key = |item: &Value| item["value"].as_str().map_or_else(|| item.to_string(), str::to_owned);
    let mut known: HashMap<String, usize> = items.iter().enumerate().map(|(at, item)| (key(item), at)).collect();
    let mut touched = Vec::new();
    for item in added {
        let at = *known.entry(key(&item)).or_insert(items.len());
        touched.push(at);
        match (items.get_mut(at), item) {
            (Some(Value::Object(there)), Value::Object(parts)) => merge(there, parts),
            (_, item) => items.push(item),
        }
    }
    touched
}

/// A value that becomes the primary one takes that from the others (RFC 7644, 3.5.2).
fn one_primary(items: &mut [Value], touched: &[usize]) {
    let is_primary = |item: &Value| item["primary"] == true;
    let taken = touched.iter().rev().find(|at| items.get(**at).is_some_and(is_primary)).copied();
    let in_touched = touched.iter().filter(|at| items.get(**at).is_some_and(is_primary)).count();
    let Some(taken) = taken.filter(|_| in_touched == 1) else { return };
    for (at, item) in items.iter_mut().enumerate() {
        if at != taken && is_primary(item) {
            object(item).insert("primary".to_owned(), json!(false));
        }
    }
}

fn remove(
    container: &mut Resource,
    attribute: &'static Attribute,
    place: &Place,
    filter: Option<&Expression>,
    matching: Option<&Value>,
) -> Result<(), ScimError> {
    if place.meant().is_some_and(|meant| meant.required) && filter.is_none() && place.sub.is_none() {
        let detail = format!("{} must have a value: it cannot be removed.", place.written());
        return Err(ScimError::of(ErrorType::Mutability, detail));
    }
    if !attribute.multi || (filter.is_none() && matching.is_none() && place.sub.is_none()) {
        match (place.sub, container.get_mut(attribute.name)) {
            (Some(sub), Some(Value::Object(parts))) => drop(parts.remove(sub.name)),
            (Some(_), _) => {}
            (None, _) => drop(container.remove(attribute.name)),
        }
        return Ok(());
    }
    let matcher = filter.map(|filter| Filter::inside(attribute, filter)).transpose().map_err(as_path)?;
    let wanted = matching.map(|matching| fitted(attribute, matching, &place.written(), false)).transpose()?.flatten();
    let wanted: Option<Vec<String>> =
        wanted.as_ref().and_then(Value::as_array).map(|items| items.iter().map(key_of).collect());
    let Some(Value::Array(items)) = container.get_mut(attribute.name) else { return Ok(()) };
    let is_meant = |item: &Value| {
        let fits = matcher.as_ref().is_none_or(|matcher| item.as_object().is_some_and(|item| matcher.fits(item)));
        fits && wanted.as_ref().is_none_or(|wanted| wanted.contains(&key_of(item)))
    };
    match place.sub {
        None => items.retain(|item| !is_meant(item)),
        Some(sub) => {
            for item in items.iter_mut().filter(|item| is_meant(item)) {
                object(item).remove(sub.name);
            }
            // A value without the value proper is none.
            items.retain(|item| attribute.value().is_none() || item.get("value").is_some());
        }
    }
    Ok(())
}

fn key_of(item: &Value) -> String {
    item["value"].as_str().map_or_else(|| item.to_string(), str::to_lowercase)
}
