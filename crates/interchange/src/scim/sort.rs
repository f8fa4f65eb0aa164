//! In which order resources are shown (RFC 7644, 3.4.2.3).

use std::cmp::Ordering;

use serde_json::Value;

use super::schema::{Kind, ResourceType};
use super::{ErrorType, Name, Place, Resource, ScimError};

/// An attribute to order by.
#[derive(Debug)]
pub struct SortBy {
    place: Place,
    descending: bool,
}

/// What a resource is ordered by; what has no value comes last.
#[derive(Debug, Clone, PartialEq)]
pub enum SortKey {
    /// A number, or true after false.
    Number(f64),
    /// Text.
    Text(String),
    /// No value.
    Missing,
}

impl SortBy {
    /// By the attribute with this name.
    pub fn of(kind: &'static ResourceType, name: &str, descending: bool) -> Result<Self, ScimError> {
        let wrong = |detail: String| ScimError::of(ErrorType::InvalidPath, detail);
        let place = Name::parse(name.trim()).and_then(|name| kind.place(&name));
        let place = place.filter(|place| place.attribute.is_some());
        let mut place = place.ok_or_else(|| wrong(format!("sortBy must name an attribute of a {}.", kind.name)))?;
        let attribute = place.attribute.filter(|attribute| place.sub.is_none() && !attribute.inside().is_empty());
        if let Some(attribute) = attribute {
            let value = attribute.value();
            let value = value.ok_or_else(|| wrong(format!("sortBy must say which part of {}.", attribute.name)))?;
            place.sub = Some(value);
        }
        Ok(Self { place, descending })
    }

    /// What this resource is ordered by.
    pub fn key(&self, resource: &Resource) -> SortKey {
        let held = match self.place.holder(resource) {
            // Of several values the primary one counts, else the first.
            Some(Value::Array(items)) => items.iter().find(|item| item["primary"] == true).or(items.first()),
            held => held,
        };
        let value = match self.place.sub {
            Some(sub) => held.and_then(|held| held.get(sub.name)),
            None => held,
        };
        let exact = self.place.meant().is_some_and(|meant| meant.case_exact);
        let is_number = self.place.meant().is_some_and(|meant| matches!(meant.kind, Kind::Integer(..)));
        match value {
            Some(Value::String(text)) if is_number => text.parse().map_or(SortKey::Missing, SortKey::Number),
            Some(Value::String(text)) if exact => SortKey::Text(text.clone()),
            Some(Value::String(text)) => SortKey::Text(text.to_lowercase()),
            Some(Value::Bool(value)) => SortKey::Number(if *value { 1.0 } else { 0.0 }),
            _ => SortKey::Missing,
        }
    }

    /// Which of two comes first.
    pub fn compare(&self, one: &SortKey, other: &SortKey) -> Ordering {
        let order = one.order(other);
        if self.descending { order.reverse() } else { order }
    }
}

impl SortKey {
    fn order(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Number(one), Self::Number(other)) => one.total_cmp(other),
            (Self::Text(one), Self::Text(other)) => one.cmp(other),
            (one, other) => one.rank().cmp(&other.rank()),
        }
    }

    fn rank(&self) -> u8 {
        match self {
            Self::Number(_) => 0,
            Self::Text(_) => 1,
            Self::Missing => 2,
        }
    }
}
