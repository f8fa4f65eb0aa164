//! Which resources are meant: a filter held against the schema once, and then against any number of resources.

use chrono::{DateTime, FixedOffset};
use serde_json::{Map, Value, json};

use super::schema::{Attribute, Kind, find};
use super::{Comparison, ErrorType, Expression, Literal, Name, Place, Resource, ResourceType, ScimError};

/// A filter for resources of one type.
#[derive(Debug)]
pub struct Filter(Node);

/// A value that an index finds: whatever the filter fits has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Needle {
    /// The id.
    Id(String),
    /// The userName.
    UserName(String),
    /// The externalId.
    ExternalId(String),
    /// The employeeNumber.
    EmployeeNumber(String),
    /// The e-mail address of type work.
    WorkEmail(String),
    /// The displayName.
    DisplayName(String),
}

#[derive(Debug)]
enum Node {
    All(Vec<Self>),
    Any(Vec<Self>),
    Not(Box<Self>),
    Has(Place),
    Compare(Place, Comparison, Wanted),
    Within(Place, Box<Self>),
    /// It compares an attribute that resources of this type do not have.
    Never,
}

#[derive(Debug)]
enum Wanted {
    Text(String, bool),
    Number(f64),
    Boolean(bool),
    Moment(DateTime<FixedOffset>),
    Null,
}

/// Where names are looked up.
#[derive(Clone, Copy)]
enum Names {
    Of(&'static ResourceType, bool),
    Inside(&'static Attribute),
}

impl Filter {
    /// A filter for resources of this type, which must have the attributes in it.
    pub fn of(kind: &'static ResourceType, expression: &Expression) -> Result<Self, ScimError> {
        node(Names::Of(kind, true), expression).map(Self)
    }

    /// A filter for resources of this type among others: what it does not have, fits nothing.
    pub fn among(kind: &'static ResourceType, expression: &Expression) -> Result<Self, ScimError> {
        node(Names::Of(kind, false), expression).map(Self)
    }

    /// A filter for the values of an attribute.
    pub(super) fn inside(attribute: &'static Attribute, expression: &Expression) -> Result<Self, ScimError> {
        node(Names::Inside(attribute), expression).map(Self)
    }

    /// Whether it fits this resource.
    pub fn fits(&self, resource: &Resource) -> bool {
        self.0.fits(resource)
    }

    /// A value that all that it fits have, and that an index finds.
    pub fn needle(&self) -> Option<Needle> {
        self.0.needle()
    }
}

fn node(names: Names, expression: &Expression) -> Result<Node, ScimError> {
    let all = |parts: &[Expression]| parts.iter().map(|part| node(names, part)).collect::<Result<Vec<_>, _>>();
    Ok(match expression {
        Expression::And(parts) => Node::All(all(parts)?),
        Expression::Or(parts) => Node::Any(all(parts)?),
        Expression::Not(part) => Node::Not(Box::new(node(names, part)?)),
        Expression::Has(name) => names.place(name)?.map_or(Node::Never, Node::Has),
        Expression::Compare(name, comparison, literal) => match names.place(name)? {
            Some(place) => compare(place, name, *comparison, literal)?,
            None => Node::Never,
        },
        Expression::Within(name, inside) => match names.place(name)? {
            Some(place @ Place { attribute: Some(attribute), sub: None, .. }) if !attribute.inside().is_empty() => {
                Node::Within(place, Box::new(node(Names::Inside(attribute), inside)?))
            }
            Some(_) => return Err(wrong(format!("{name} has no attributes inside that [ ] could name."))),
            None => Node::Never,
        },
    })
}

fn wrong(detail: String) -> ScimError {
    ScimError::of(ErrorType::InvalidFilter, detail)
}

fn compare(place: Place, name: &Name, comparison: Comparison, literal: &Literal) -> Result<Node, ScimError> {
    let place = match place {
        // Comparing something with parts compares the value proper (RFC 7643, 2.4).
        Place { attribute: Some(attribute), sub: None, .. } if !attribute.inside().is_empty() => {
            let sub = attribute.value().ok_or_else(|| wrong(format!("Say which part of {name} is compared.")))?;
            Place { sub: Some(sub), ..place }
        }
        place => place,
    };
    let meant = place.meant().ok_or_else(|| wrong(format!("Say which attribute of {name} is compared.")))?;
    let wanted = wanted(meant, literal).ok_or_else(|| wrong(format!("{name} is compared with {}.", fitting(meant))))?;
    let is_text = matches!(wanted, Wanted::Text(..));
    let fits = match comparison {
        Comparison::Eq | Comparison::Ne => true,
        Comparison::Co | Comparison::Sw | Comparison::Ew => is_text,
        Comparison::Gt | Comparison::Ge | Comparison::Lt | Comparison::Le => {
            !matches!(wanted, Wanted::Boolean(_) | Wanted::Null)
        }
    };
    if !fits {
        return Err(wrong(format!("{name} cannot be compared in this way: eq, ne and pr can.")));
    }
    Ok(Node::Compare(place, comparison, wanted))
}

fn wanted(attribute: &Attribute, literal: &Literal) -> Option<Wanted> {
    Some(match (attribute.kind, literal) {
        (_, Literal::Null) => Wanted::Null,
        (Kind::Text | Kind::Day | Kind::Reference(_), Literal::Text(text)) => {
            Wanted::Text(folded(text, attribute.case_exact), attribute.case_exact)
        }
        (Kind::Boolean, Literal::Boolean(value)) => Wanted::Boolean(*value),
        (Kind::Boolean, Literal::Text(text)) => Wanted::Boolean(text.to_ascii_lowercase().parse().ok()?),
        (Kind::Integer(..), Literal::Number(number)) => Wanted::Number(*number),
        (Kind::Integer(..), Literal::Text(text)) => Wanted::Number(text.trim().parse().ok()?),
        (Kind::Moment, Literal::Text(text)) => Wanted::Moment(DateTime::parse_from_rfc3339(text).ok()?),
        _ => return None,
    })
}

fn fitting(attribute: &Attribute) -> &'static str {
    match attribute.kind {
        Kind::Text | Kind::Day | Kind::Reference(_) => "text in double quotes",
        Kind::Boolean => "true or false",
        Kind::Integer(..) => "a number",
        Kind::Moment => "a moment such as \"2027-01-31T12:00:00Z\"",
        Kind::Complex(_) => "one of its parts",
    }
}

fn folded(text: &str, exact: bool) -> String {
    if exact { text.to_owned() } else { text.to_lowercase() }
}

impl Names {
    /// The place with this name; nothing where the attribute is another type's.
    fn place(self, name: &Name) -> Result<Option<Place>, ScimError> {
        let place = match self {
            Self::Of(kind, _) => kind.place(name),
            Self::Inside(attribute) => (name.urn.is_none() && name.sub.is_none())
                .then(|| find(attribute.inside(), &name.attribute))
                .flatten()
                .map(|inside| Place { extension: None, attribute: Some(inside), sub: None }),
        };
        match (place, self) {
            (None, Self::Of(_, false)) => Ok(None),
            (None, _) => Err(wrong(format!("There is no attribute {name} to filter by; see /Schemas."))),
            (place, _) => Ok(place),
        }
    }
}

impl Node {
    fn fits(&self, resource: &Resource) -> bool {
        match self {
            Self::All(parts) => parts.iter().all(|part| part.fits(resource)),
            Self::Any(parts) => parts.iter().any(|part| part.fits(resource)),
            Self::Not(part) => !part.fits(resource),
            Self::Has(place) => place.values(resource).into_iter().any(has_value),
            Self::Compare(place, comparison, wanted) => compares(&place.values(resource), *comparison, wanted),
            Self::Within(place, inside) => {
                place.values(resource).into_iter().filter_map(Value::as_object).any(|value| inside.fits(value))
            }
            Self::Never => false,
        }
    }

    fn needle(&self) -> Option<Needle> {
        match self {
            Self::All(parts) => parts.iter().find_map(Self::needle),
            Self::Compare(place, Comparison::Eq, Wanted::Text(text, _)) if place.sub.is_none() => {
                let made = match (place.extension, place.attribute?.name) {
                    (None, "id") => Needle::Id,
                    (None, "userName") => Needle::UserName,
                    (None, "externalId") => Needle::ExternalId,
                    (None, "displayName") => Needle::DisplayName,
                    (Some(_), "employeeNumber") => Needle::EmployeeNumber,
                    _ => return None,
                };
                Some(made(text.clone()))
            }
            Self::Within(place, inside) if place.attribute?.name == "emails" => {
                let is_work = inside.demanded("type").is_some_and(|kind| kind == "work");
                inside.demanded("value").filter(|_| is_work).map(|text| Needle::WorkEmail(text.to_owned()))
            }
            _ => None,
        }
    }

    /// The text that an attribute must equal.
    fn demanded(&self, name: &str) -> Option<&str> {
        match self {
            Self::All(parts) => parts.iter().find_map(|part| part.demanded(name)),
            Self::Compare(place, Comparison::Eq, Wanted::Text(text, _)) => {
                place.attribute.is_some_and(|attribute| attribute.name == name).then_some(text)
            }
            _ => None,
        }
    }
}

fn has_value(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(members) => members.values().any(has_value),
        Value::Bool(_) | Value::Number(_) => true,
    }
}

fn compares(values: &[&Value], comparison: Comparison, wanted: &Wanted) -> bool {
    match (comparison, wanted) {
        (Comparison::Eq, Wanted::Null) => !values.iter().any(|value| has_value(value)),
        (Comparison::Ne, Wanted::Null) => values.iter().any(|value| has_value(value)),
        // What has no value does not have this one.
        (Comparison::Ne, _) if values.is_empty() => true,
        _ => values.iter().any(|value| one_compares(value, comparison, wanted)),
    }
}

fn one_compares(value: &Value, comparison: Comparison, wanted: &Wanted) -> bool {
    use std::cmp::Ordering;
    let order = match (wanted, value) {
        (Wanted::Text(text, exact), Value::String(found)) => {
            let found = folded(found, *exact);
            match comparison {
                Comparison::Co => return found.contains(text.as_str()),
                Comparison::Sw => return found.starts_with(text.as_str()),
                Comparison::Ew => return found.ends_with(text.as_str()),
                _ => Some(found.as_str().cmp(text.as_str())),
            }
        }
        (Wanted::Number(number), Value::String(found)) => {
            found.parse::<f64>().ok().and_then(|found| found.partial_cmp(number))
        }
        (Wanted::Boolean(wanted), Value::Bool(found)) => Some(found.cmp(wanted)),
        (Wanted::Moment(moment), Value::String(found)) => {
            DateTime::parse_from_rfc3339(found).ok().map(|found| found.cmp(moment))
        }
        _ => None,
    };
    match comparison {
        Comparison::Eq => order == Some(Ordering::Equal),
        Comparison::Ne => order != Some(Ordering::Equal),
        Comparison::Gt => order == Some(Ordering::Greater),
        Comparison::Ge => matches!(order, Some(Ordering::Greater | Ordering::Equal)),
        Comparison::Lt => order == Some(Ordering::Less),
        Comparison::Le => matches!(order, Some(Ordering::Less | Ordering::Equal)),
        Comparison::Co | Comparison::Sw | Comparison::Ew => false,
    }
}

/// What a filter demands a value to be, where it says so outright.
pub(super) fn seeds(filter: &Expression) -> Option<Map<String, Value>> {
    match filter {
        Expression::And(parts) => {
            let mut all = Map::new();
            for part in parts {
                all.extend(seeds(part)?);
            }
            Some(all)
        }
        Expression::Compare(name, Comparison::Eq, literal) if name.urn.is_none() && name.sub.is_none() => {
            let value = match literal {
                Literal::Text(text) => json!(text),
                Literal::Boolean(value) => json!(value),
                Literal::Number(number) => json!(number),
                Literal::Null => return None,
            };
            Some([(name.attribute.clone(), value)].into_iter().collect())
        }
        _ => None,
    }
}
