//! From rows to people: several contracts of one person become one employee.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::exchange::staff_files::{ReadRow, StaffFault, StaffFaultCode as Code};
use domain::exchange::staff_mapping::{StaffField, StaffRow};

use super::rows::Read;
use super::values::together;

/// Rows that have the same key: one of each stands for the others, with the numbers of them all.
pub(super) fn repeated(reads: &[Read]) -> Vec<Vec<i64>> {
    let mut rows: HashMap<(&str, Option<&str>), Vec<i64>> = HashMap::new();
    for read in reads {
        if let Some(key) = &read.key {
            rows.entry((key, read.contract.as_deref())).or_default().push(read.number);
        }
    }
    let mut repeated: Vec<Vec<i64>> = rows.into_values().filter(|numbers| numbers.len() > 1).collect();
    repeated.sort_unstable();
    repeated
}

/// The people of a file in the order in which they come in it. Where one contract of a person cannot be read, the person
/// cannot: half of what somebody works would be taken for the whole.
pub(super) fn of(reads: Vec<Read>, today: NaiveDate) -> Vec<ReadRow> {
    let mut people: Vec<Vec<Read>> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for read in reads {
        let place = read.key.as_ref().map(|key| *places.entry(key.clone()).or_insert(people.len()));
        match place.and_then(|place| people.get_mut(place)) {
            Some(person) => person.push(read),
            None => people.push(vec![read]),
        }
    }
    people.into_iter().flat_map(|contracts| person(contracts, today)).collect()
}

fn person(mut contracts: Vec<Read>, today: NaiveDate) -> Vec<ReadRow> {
    if contracts.len() == 1 {
        return contracts.into_iter().map(|Read { number, key, read, .. }| ReadRow { number, key, read }).collect();
    }
    if contracts.iter().any(|contract| contract.read.is_err()) {
        let refused = |Read { number, key, read, .. }: Read| {
            let allowed = "must have no contract beside it that is at fault";
            let other = || {
                vec![StaffFault { field: None, column: None, code: Code::OtherContract, allowed: allowed.to_owned() }]
            };
            ReadRow { number, key, read: Err(read.err().unwrap_or_else(other)) }
        };
        return contracts.into_iter().map(refused).collect();
    }
    contracts.sort_by_key(|contract| contract.read.as_ref().ok().map(|row| rank(row, today)));
    let number = contracts.first().map(|contract| contract.number).unwrap_or_default();
    let key = contracts.first().and_then(|contract| contract.key.clone());
    let rows: Vec<StaffRow> = contracts.into_iter().filter_map(|contract| contract.read.ok()).collect();
    vec![ReadRow { number, key, read: Ok(joined(rows, today)) }]
}

/// The main contract comes first: one that holds today, then one that is still to come, then what was; of several that
/// hold the one with the most hours, and of equals the older one.
fn rank(row: &StaffRow, today: NaiveDate) -> (u8, i64, Option<NaiveDate>) {
    let hours = -row.contract_minutes_per_week.unwrap_or_default();
    if row.end.is_some_and(|end| end < today) {
        // The one that ended last.
        let since = row.end.map(|end| (today - end).num_days()).unwrap_or_default();
        return (2, since, row.start);
    }
    match row.start {
        Some(start) if start > today => (1, (start - today).num_days(), row.start),
        _ => (0, hours, row.start),
    }
}

/// One employee of the contracts that stand beside the main one: the hours of all, from the first day to the last.
fn joined(rows: Vec<StaffRow>, today: NaiveDate) -> StaffRow {
    let place = |row: &StaffRow| rank(row, today).0;
    let mut rows = rows.into_iter();
    let Some(mut main) = rows.next() else { return StaffRow::default() };
    let is_beside = |row: &StaffRow| place(row) == 0 && place(&main) == 0;
    let beside: Vec<StaffRow> = rows.filter(is_beside).collect();
    let hours = beside.iter().chain([&main]).filter_map(|row| row.contract_minutes_per_week);
    main.contract_minutes_per_week = together(hours);
    for row in beside {
        main.start = main.start.zip(row.start).map(|(one, other)| one.min(other)).or(main.start).or(row.start);
        main.end = main.end.zip(row.end).map(|(one, other)| one.max(other));
        main.active = main.active.zip(row.active).map(|(one, other)| one || other).or(main.active);
    }
    main
}

/// What a file that has people twice is told.
pub(super) fn told(repeated: &[Vec<i64>], field: StaffField) -> String {
    let some: Vec<String> = repeated
        .iter()
        .take(10)
        .map(|numbers| numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(" and "))
        .collect();
    let more = if repeated.len() > some.len() { ", among others" } else { "" };
    format!("must be different in every row ({field}): see rows {}{more}", some.join(", "))
}
