//! Rows of JSON, as a table.

use std::collections::BTreeSet;

use csv::StringRecord;
use domain::Fault;
use domain::exchange::staff_mapping::MEMBERS;
use serde_json::{Map, Value};

use super::table::{Line, MOST_ROWS, Table, fault};

/// Reads a list of objects. A member that none of them has is no column: what it stands for stays what it is.
pub(super) fn read(bytes: &[u8]) -> Result<Table, Vec<Fault>> {
    let one = |reason: String| vec![fault("body", reason)];
    let rows: Vec<Map<String, Value>> = serde_json::from_slice(bytes)
        .map_err(|error| one(format!("must be a list of objects, one for each employee: {}", place_of(&error))))?;
    if rows.len() > MOST_ROWS {
        return Err(one(format!("must have at most {MOST_ROWS} rows")));
    }
    let present: BTreeSet<&str> = rows.iter().flat_map(|row| row.keys().map(String::as_str)).collect();
    let known: Vec<&str> = MEMBERS.iter().map(|(name, ..)| *name).filter(|name| present.contains(name)).collect();
    let unknown = present.iter().filter(|name| !known.contains(name)).take(100);
    let mut faults: Vec<Fault> = unknown
        .map(|name| {
            let all: Vec<&str> = MEMBERS.iter().map(|(name, ..)| *name).collect();
            fault(name, format!("must be left out; what can be given: {}", all.join(", ")))
        })
        .collect();
    let mut lines = Vec::with_capacity(rows.len());
    // As in a file with a header: the first row of people is row 2.
    for (number, row) in (2..).zip(&rows) {
        let mut cells = StringRecord::new();
        for name in &known {
            match cell(row.get(*name)) {
                Some(text) => cells.push_field(&text),
                None if faults.len() < 100 => {
                    faults
                        .push(fault(&format!("{}.{name}", number - 2), "must be text, a number, true, false or null"));
                }
                None => {}
            }
        }
        lines.push(Line { number, cells });
    }
    if faults.is_empty() {
        Ok(Table { header: known.into_iter().map(str::to_owned).collect(), rows: lines })
    } else {
        Err(faults)
    }
}

fn cell(value: Option<&Value>) -> Option<String> {
    match value {
        None | Some(Value::Null) => Some(String::new()),
        Some(Value::String(text)) => Some(text.clone()),
        Some(Value::Bool(truth)) => Some(truth.to_string()),
        Some(Value::Number(number)) => Some(number.to_string()),
        Some(Value::Array(_) | Value::Object(_)) => None,
    }
}

/// Where reading stopped, without a word of what stands there.
fn place_of(error: &serde_json::Error) -> String {
    format!("it stops at line {}, column {}", error.line(), error.column())
}
