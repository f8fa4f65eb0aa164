//! What is asked of lists, by query or as a search request, and the lists themselves.

use serde_json::{Map, Value, json};

use super::shape::check_schemas;
use super::{ErrorType, LIST_RESPONSE, SEARCH_REQUEST, ScimError};

/// What is asked.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Query {
    /// Which resources.
    pub filter: Option<String>,
    /// In which order.
    pub sort_by: Option<String>,
    /// The other way round.
    pub descending: bool,
    /// From which one on, counted from 1.
    pub start_index: Option<usize>,
    /// How many.
    pub count: Option<usize>,
    /// After which one; the first page where it is empty.
    pub cursor: Option<String>,
    /// Only these attributes.
    pub attributes: Vec<String>,
    /// All but these attributes.
    pub excluded: Vec<String>,
}

/// A page of a list.
#[derive(Debug, Default)]
pub struct ListPage {
    /// How many there are on all pages.
    pub total: usize,
    /// From which one on.
    pub start_index: Option<usize>,
    /// Where the next page begins.
    pub next_cursor: Option<String>,
    /// What is on it.
    pub resources: Vec<Value>,
}

impl Query {
    /// Reads a query. What nobody knows is passed over: Entra ID adds parameters of its own.
    pub fn from_pairs(pairs: &[(String, String)]) -> Result<Self, ScimError> {
        let mut query = Self::default();
        for (name, value) in pairs {
            query.set(name, &Value::String(value.clone()))?;
        }
        query.checked()
    }

    /// Reads a search request.
    pub fn from_body(body: &Value) -> Result<Self, ScimError> {
        let Some(members) = body.as_object() else {
            return Err(ScimError::of(ErrorType::InvalidSyntax, "The body must be one JSON object."));
        };
        check_schemas(members, SEARCH_REQUEST)?;
        let mut query = Self::default();
        for (name, value) in members.iter().filter(|(_, value)| !value.is_null()) {
            query.set(name, value)?;
        }
        query.checked()
    }

    fn set(&mut self, name: &str, value: &Value) -> Result<(), ScimError> {
        match name.to_ascii_lowercase().as_str() {
            "filter" => self.filter = text(name, value)?,
            "sortby" => self.sort_by = text(name, value)?,
            "sortorder" => {
                self.descending = match text(name, value)?.unwrap_or_default().to_ascii_lowercase().as_str() {
                    "" | "ascending" => false,
                    "descending" => true,
                    _ => return Err(invalid(name, "must be ascending or descending")),
                }
            }
            "startindex" => self.start_index = Some(number(name, value, ErrorType::InvalidValue)?.max(1)),
            "count" => self.count = Some(number(name, value, ErrorType::InvalidCount)?),
            "cursor" => self.cursor = Some(text(name, value)?.unwrap_or_default()),
            "attributes" => self.attributes = names(name, value)?,
            "excludedattributes" => self.excluded = names(name, value)?,
            _ => {}
        }
        Ok(())
    }

    fn checked(self) -> Result<Self, ScimError> {
        if self.cursor.is_some() && self.start_index.is_some() {
            return Err(invalid("cursor", "must be left out with startIndex, or the other way round"));
        }
        Ok(self)
    }
}

fn invalid(name: &str, reason: &str) -> ScimError {
    ScimError::of(ErrorType::InvalidValue, format!("{name} {reason}."))
}

fn text(name: &str, value: &Value) -> Result<Option<String>, ScimError> {
    match value {
        Value::String(text) => Ok(Some(text.clone()).filter(|text| !text.is_empty())),
        _ => Err(invalid(name, "must be text")),
    }
}

/// A number; one below zero counts as zero (RFC 7644, 3.4.2.4).
fn number(name: &str, value: &Value, kind: ErrorType) -> Result<usize, ScimError> {
    let number = match value {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.trim().parse::<i64>().ok(),
        _ => None,
    };
    let number = number.ok_or_else(|| ScimError::of(kind, format!("{name} must be a whole number.")))?;
    Ok(usize::try_from(number).unwrap_or_default())
}

fn names(name: &str, value: &Value) -> Result<Vec<String>, ScimError> {
    let split = |text: &str| -> Vec<String> {
        text.split(',').map(|one| one.trim().to_owned()).filter(|one| !one.is_empty()).collect()
    };
    match value {
        Value::String(text) => Ok(split(text)),
        Value::Array(items) if items.iter().all(Value::is_string) => {
            Ok(items.iter().filter_map(Value::as_str).flat_map(split).collect())
        }
        _ => Err(invalid(name, "must be a list of names of attributes")),
    }
}

/// A page as it is sent.
pub fn list_response(page: ListPage) -> Value {
    let mut body = Map::new();
    body.insert("schemas".to_owned(), json!([LIST_RESPONSE]));
    body.insert("totalResults".to_owned(), json!(page.total));
    body.insert("itemsPerPage".to_owned(), json!(page.resources.len()));
    if let Some(start) = page.start_index {
        body.insert("startIndex".to_owned(), json!(start));
    }
    if let Some(cursor) = page.next_cursor {
        body.insert("nextCursor".to_owned(), json!(cursor));
    }
    body.insert("Resources".to_owned(), Value::Array(page.resources));
    Value::Object(body)
}
