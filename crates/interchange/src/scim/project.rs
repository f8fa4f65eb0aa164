//! Which attributes are shown (RFC 7644, 3.9).

use serde_json::{Map, Value};

use super::schema::{ResourceType, Returned};
use super::shape::is_common;
use super::{ErrorType, Name, Place, Resource, ScimError};

/// The attributes that a client asks for, or does not want.
#[derive(Debug, Default)]
pub struct Projection {
    only: Option<Vec<Place>>,
    without: Vec<Place>,
}

impl Projection {
    /// For resources of this type; names of other types' attributes are passed over.
    pub fn of(kind: &'static ResourceType, only: &[String], without: &[String]) -> Result<Self, ScimError> {
        if !only.is_empty() && !without.is_empty() {
            let detail = "Either attributes or excludedAttributes must be left out.";
            return Err(ScimError::of(ErrorType::InvalidValue, detail));
        }
        let places = |names: &[String]| -> Vec<Place> {
            names.iter().filter_map(|name| kind.place(&Name::parse(name.trim())?)).collect()
        };
        Ok(Self { only: (!only.is_empty()).then(|| places(only)), without: places(without) })
    }

    /// Whether this attribute is shown, at least in part.
    pub fn shows(&self, attribute: &str) -> bool {
        let is =
            |place: &Place| place.extension.is_none() && place.attribute.is_some_and(|known| known.name == attribute);
        match &self.only {
            Some(only) => only.iter().any(is),
            None => !self.without.iter().any(|place| is(place) && place.sub.is_none()),
        }
    }

    /// What is shown of a resource.
    pub fn show(&self, resource: Resource) -> Resource {
        match &self.only {
            Some(only) => chosen(only, &resource),
            None => self.without.iter().fold(resource, |resource, place| left_out(place, resource)),
        }
    }
}

fn chosen(only: &[Place], resource: &Resource) -> Resource {
    let mut shown = Map::new();
    for name in ["schemas", "id"] {
        if let Some(value) = resource.get(name) {
            shown.insert(name.to_owned(), value.clone());
        }
    }
    for place in only {
        let Some(value) = place.holder(resource) else { continue };
        let target = match place.extension {
            Some(extension) if place.attribute.is_some() => {
                let slot = shown.entry(extension.id).or_insert_with(|| Value::Object(Map::new()));
                match slot {
                    Value::Object(members) => members,
                    _ => continue,
                }
            }
            _ => &mut shown,
        };
        let name = place.attribute.map(|attribute| attribute.name).or(place.extension.map(|schema| schema.id));
        let Some(name) = name else { continue };
        match place.sub {
            None => drop(target.insert(name.to_owned(), value.clone())),
            Some(sub) => add_part(target.entry(name).or_insert(Value::Null), value, sub.name),
        }
    }
    shown
}

/// Adds one part of a value, or of all values, to what is shown already.
fn add_part(shown: &mut Value, value: &Value, part: &str) {
    match value {
        Value::Object(parts) => {
            if !shown.is_object() {
                *shown = Value::Object(Map::new());
            }
            if let (Some(found), Value::Object(shown)) = (parts.get(part), shown) {
                shown.insert(part.to_owned(), found.clone());
            }
        }
        Value::Array(items) => {
            if !shown.is_array() {
                *shown = Value::Array(vec![Value::Null; items.len()]);
            }
            if let Value::Array(shown) = shown {
                shown.iter_mut().zip(items).for_each(|(shown, item)| add_part(shown, item, part));
            }
        }
        _ => {}
    }
}

fn left_out(place: &Place, mut resource: Resource) -> Resource {
    let Some(attribute) = place.attribute else {
        place.extension.map(|extension| resource.remove(extension.id));
        return resource;
    };
    if attribute.returned == Returned::Always && is_common(attribute) {
        return resource;
    }
    let container = match place.extension {
        Some(extension) => resource.get_mut(extension.id).and_then(Value::as_object_mut),
        None => Some(&mut resource),
    };
    if let Some(container) = container {
        match place.sub {
            None => drop(container.remove(attribute.name)),
            Some(sub) => match container.get_mut(attribute.name) {
                Some(Value::Object(parts)) => drop(parts.remove(sub.name)),
                Some(Value::Array(items)) => {
                    items.iter_mut().filter_map(Value::as_object_mut).for_each(|item| drop(item.remove(sub.name)));
                }
                _ => {}
            },
        }
        let is_bare = container.is_empty();
        if let Some(extension) = place.extension.filter(|_| is_bare) {
            resource.remove(extension.id);
        }
    }
    resource
}
