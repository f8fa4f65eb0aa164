//! Where a name points to in a resource.

use serde_json::Value;

use super::schema::{Attribute, ResourceType, Schema, find};
use super::schemas::COMMON;
use super::{Name, Resource};

/// A place in a resource.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// In this extension; in the resource itself where there is none.
    pub extension: Option<&'static Schema>,
    /// This attribute; the whole extension where there is none.
    pub attribute: Option<&'static Attribute>,
    /// This attribute inside it.
    pub sub: Option<&'static Attribute>,
}

/// What a name means.
#[derive(Debug)]
pub(super) enum Meaning {
    /// This place.
    Here(Place),
    /// An attribute of the standard that is not kept.
    PassedOver,
    /// Nothing.
    Unknown,
}

impl ResourceType {
    /// What a name means in resources of this type.
    pub(super) fn meaning(&'static self, name: &Name) -> Meaning {
        let (schema, extension) = match &name.urn {
            None => (self.schema, None),
            Some(urn) if urn.eq_ignore_ascii_case(self.schema.id) => (self.schema, None),
            Some(urn) => match self.extensions.iter().find(|schema| schema.id.eq_ignore_ascii_case(urn)) {
                Some(schema) => (*schema, Some(*schema)),
                None => return self.whole_extension(&name.to_string()),
            },
        };
        let attribute = find(schema.attributes, &name.attribute);
        let attribute = attribute.or_else(|| extension.is_none().then(|| find(COMMON, &name.attribute))?);
        let sub = attribute.zip(name.sub.as_deref()).and_then(|(attribute, sub)| find(attribute.inside(), sub));
        if attribute.is_some() && sub.is_some() == name.sub.is_some() {
            return Meaning::Here(Place { extension, attribute, sub });
        }
        let whole = name.sub.as_ref().map_or(name.attribute.clone(), |sub| format!("{}.{sub}", name.attribute));
        let passed_over =
            |known: &&str| whole.eq_ignore_ascii_case(known) || name.attribute.eq_ignore_ascii_case(known);
        if schema.passed_over.iter().any(passed_over) { Meaning::PassedOver } else { Meaning::Unknown }
    }

    /// The place with this name.
    pub fn place(&'static self, name: &Name) -> Option<Place> {
        match self.meaning(name) {
            Meaning::Here(place) => Some(place),
            Meaning::PassedOver | Meaning::Unknown => None,
        }
    }

    fn whole_extension(&'static self, name: &str) -> Meaning {
        let extension = self.extensions.iter().find(|schema| schema.id.eq_ignore_ascii_case(name)).copied();
        match extension {
            Some(_) => Meaning::Here(Place { extension, attribute: None, sub: None }),
            None => Meaning::Unknown,
        }
    }
}

impl Place {
    /// Where the attribute itself is, without what is inside it.
    pub(super) fn holder<'r>(&self, resource: &'r Resource) -> Option<&'r Value> {
        let attribute = self.attribute.map(|attribute| attribute.name);
        match (self.extension, attribute) {
            (Some(extension), Some(attribute)) => resource.get(extension.id)?.get(attribute),
            (Some(extension), None) => resource.get(extension.id),
            (None, Some(attribute)) => resource.get(attribute),
            (None, None) => None,
        }
    }

    /// All values at this place.
    pub(super) fn values<'r>(&self, resource: &'r Resource) -> Vec<&'r Value> {
        let held = match self.holder(resource) {
            Some(Value::Array(items)) => items.iter().collect(),
            Some(value) => vec![value],
            None => Vec::new(),
        };
        match self.sub {
            Some(sub) => held.into_iter().filter_map(|value| value.get(sub.name)).collect(),
            None => held,
        }
    }

    /// The attribute that is meant: the one inside, else the one itself.
    pub(super) fn meant(&self) -> Option<&'static Attribute> {
        self.sub.or(self.attribute)
    }

    /// As a client would write it.
    pub(super) fn written(&self) -> String {
        let mut text = self.extension.map(|schema| schema.id.to_owned()).unwrap_or_default();
        if let Some(attribute) = self.attribute {
            if !text.is_empty() {
                text.push(':');
            }
            text.push_str(attribute.name);
        }
        if let Some(sub) = self.sub {
            text.push('.');
            text.push_str(sub.name);
        }
        text
    }
}
