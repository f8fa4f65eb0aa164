//! Work that comes back every week, as the calls it takes: hours, approval, the charges of every month.

use chrono::{Datelike, Days, Months, NaiveDate, NaiveTime};
use domain::{Week, add_working_days, local_date};
use serde::Deserialize;
use serde_json::{Value, json};

use super::year::{Call, date_of};

/// Work on the same day of every week.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Work {
    placement: String,
    employee: String,
    client: String,
    home: String,
    home_finance: String,
    host_finance: String,
    /// The first day that was worked, in days from the Monday of this week.
    first_day: i64,
    weeks: i64,
    /// The weeks without work, counted from the first one.
    free_weeks: Vec<i64>,
    minutes: i64,
    /// The months whose statement the story settles itself, counted from the first one.
    disputed_months: Vec<usize>,
}

/// How many days a statement waits before it is paid.
const PAID_AFTER_DAYS: u64 = 14;

pub(super) fn calls_of(work: &Work, monday: NaiveDate) -> Vec<Call> {
    let worked: Vec<i64> = (0..work.weeks).filter(|week| !work.free_weeks.contains(week)).collect();
    let mut calls = Vec::new();
    for week in &worked {
        calls.extend(week_of(work, *week, monday));
    }
    let days = worked.iter().map(|week| date_of(monday, work.first_day + week * 7));
    let mut months: Vec<NaiveDate> = days.filter_map(|day| day.with_day(1)).collect();
    months.dedup();
    for (index, month) in months.into_iter().enumerate() {
        calls.extend(month_of(work, index, month, monday));
    }
    calls
}

/// A week is written in the evening of the day, and approved the day after.
fn week_of(work: &Work, week: i64, monday: NaiveDate) -> [Call; 2] {
    let day = work.first_day + week * 7;
    let date = date_of(monday, day);
    let name = format!("week-{week}");
    let body =
        json!({"week": Week::of(date).to_string(), "lines": [{"date": date, "minutes": work.minutes}], "submit": true});
    [
        Call {
            day,
            hour: 17,
            by: work.employee.clone(),
            call: format!("POST /placements/{{{}}}/timesheets", work.placement),
            body,
            keep: Some(name.clone()),
        },
        Call {
            day: day + 1,
            hour: 9,
            by: work.client.clone(),
            call: format!("POST /timesheets/{{{name}}}/approvals"),
            body: Value::Null,
            keep: None,
        },
    ]
}

/// A month is charged on the third working day after it, and paid after two weeks.
fn month_of(work: &Work, index: usize, month: NaiveDate, monday: NaiveDate) -> Vec<Call> {
    let after = (month + Months::new(1)).and_time(NaiveTime::MIN).and_utc();
    let charged = local_date(add_working_days(after, 3));
    let paid = charged + Days::new(PAID_AFTER_DAYS);
    let since = |date: NaiveDate| (date - monday).num_days();
    let statement = format!("/charge-statements/{{month-{index}.statementIds.0}}");
    let mut calls = vec![Call {
        day: since(charged),
        hour: 10,
        by: work.home_finance.clone(),
        call: format!("POST /organisations/{{organisation:{}}}/charge-runs", work.home),
        body: json!({"month": month.format("%Y-%m").to_string(), "issue": true}),
        keep: Some(format!("month-{index}")),
    }];
    if !work.disputed_months.contains(&index) {
        let settled = [
            (&work.host_finance, "acceptances", Value::Null),
            (&work.home_finance, "payments", json!({"paidDate": paid})),
        ];
        calls.extend(settled.map(|(by, action, body)| Call {
            day: since(paid),
            hour: 10,
            by: by.clone(),
            call: format!("POST {statement}/{action}"),
            body,
            keep: None,
        }));
    }
    calls
}
