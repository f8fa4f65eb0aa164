//! Which klussen a feed or a list is of: the same criteria as `GET /assignments`, held against the same document.

use actix_web::http::Method;
use domain::Fault;
use domain::market::criteria::AssignmentCriteria;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value};

use crate::contract::Contract;
use crate::market::criteria::AssignmentCriteriaItem;
use crate::problem::Problem;

/// What is no criterion, though the list has it.
const OF_LISTS: &[&str] = &["state", "mine", "includeTotal", "cursor", "limit"];

/// What an address asks for.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    /// The criteria.
    pub(super) criteria: AssignmentCriteria,
    /// The same as a query, always written alike; empty or with a question mark before it.
    pub(super) query: String,
}

/// The criteria of a query.
pub(super) fn wanted(query: &str) -> Result<Wanted, Problem> {
    let values = judged("/assignments", query)?;
    let faults: Vec<Fault> = values
        .keys()
        .filter(|name| OF_LISTS.contains(&name.as_str()))
        .map(|name| Fault { name: name.clone(), reason: "is not known here".to_owned() })
        .collect();
    if !faults.is_empty() {
        return Err(Problem::invalid(faults));
    }
    let item: AssignmentCriteriaItem = of_values(values)?;
    let criteria = AssignmentCriteria::from(item);
    let mut faults = domain::Faults::default();
    criteria.check("", &mut faults);
    faults.finish()?;
    let query = written(&criteria)?;
    Ok(Wanted { criteria, query })
}

/// The values of a query, as the document describes them for this list.
pub(super) fn judged(path: &str, query: &str) -> Result<Map<String, Value>, Problem> {
    let operation = Contract::shared().find(&Method::GET, path);
    let operation = operation.ok_or_else(|| Problem::internal(&"a list that the document does not know"))?;
    operation.judge_address(path, query).map_err(Problem::invalid)
}

pub(super) fn of_values<T: serde::de::DeserializeOwned>(values: Map<String, Value>) -> Result<T, Problem> {
    serde_json::from_value(Value::Object(values)).map_err(|error| Problem::internal(&error))
}

/// Takes a whole number that only the page has out of a query.
pub(super) fn taken(query: &str, name: &str, most: u32, default: u32) -> Result<(u32, String), Problem> {
    let own = |pair: &&str| pair.split_once('=').is_some_and(|(found, _)| found == name);
    let (given, rest): (Vec<&str>, Vec<&str>) = query.split('&').filter(|pair| !pair.is_empty()).partition(own);
    let values: Vec<&str> = given.iter().filter_map(|pair| pair.split_once('=')).map(|(_, value)| value).collect();
    let number = match values.as_slice() {
        [] => Some(default),
        [one] => one.parse().ok().filter(|number| (1..=most).contains(number)),
        _ => None,
    };
    let reason = || Fault { name: name.to_owned(), reason: format!("must be a number from 1 to {most}") };
    Ok((number.ok_or_else(|| Problem::invalid(vec![reason()]))?, rest.join("&")))
}

fn written(criteria: &AssignmentCriteria) -> Result<String, Problem> {
    let item = AssignmentCriteriaItem::from(criteria.clone());
    let values = serde_json::to_value(item).map_err(|error| Problem::internal(&error))?;
    let pairs = values.as_object().into_iter().flatten().map(|(name, value)| {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        format!("{name}={}", utf8_percent_encode(&text, NON_ALPHANUMERIC))
    });
    let query = pairs.collect::<Vec<_>>().join("&");
    Ok(if query.is_empty() { query } else { format!("?{query}") })
}
