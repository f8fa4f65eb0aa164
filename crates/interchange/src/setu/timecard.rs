//! The timecard: the hours of one employee over some time (urenstaat).

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::{
    Classification, Organisation, REGULAR_HOURS, Worker, date, date_period, hourly_rate, hours, identified, object,
};

/// A timesheet as SETU's Timecard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timecard {
    /// The number of the timesheet.
    pub id: String,
    /// The home organisation.
    pub supplier: Organisation,
    /// The host organisation.
    pub customer: Organisation,
    /// What the host books it on.
    pub classification: Classification,
    /// The employee.
    pub worker: Worker,
    /// The first day.
    pub start: NaiveDate,
    /// The last day.
    pub end: NaiveDate,
    /// The number of the agreement.
    pub assignment_id: Option<String>,
    /// The lines.
    pub intervals: Vec<TimeInterval>,
}

/// The work of one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeInterval {
    /// The number of the line.
    pub id: String,
    /// The day.
    pub day: NaiveDate,
    /// Minutes worked; negative where a line takes back another.
    pub minutes: i64,
    /// The price of an hour, where the reader may know it.
    pub cents_per_hour: Option<i64>,
    /// Where it was done, where that was noted.
    pub workplace: Option<Workplace>,
}

/// Where a day's work was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Workplace {
    /// At home.
    Home,
    /// At the office.
    Office,
}

impl Timecard {
    /// The document, as `Timecard.yml` of SETU 2.0 has it.
    pub fn to_json(&self) -> Value {
        let assignment = self.assignment_id.as_ref().map(|id| identified(id, "Supplier"));
        let parties = [
            ("documentId", Some(identified(&self.id, "Supplier"))),
            ("supplier", Some(self.supplier.without_contact())),
            ("customer", Some(self.customer.with_contact())),
        ];
        let work = [
            ("person", Some(self.worker.person())),
            ("period", Some(date_period(self.start, Some(self.end)))),
            ("staffingIds", assignment.map(|id| json!({ "assignmentId": id }))),
            ("timeInterval", Some(self.intervals.iter().map(TimeInterval::to_json).collect())),
        ];
        object(parties.into_iter().chain(self.classification.fields()).chain(work))
    }
}

impl TimeInterval {
    fn to_json(&self) -> Value {
        let workplace = self.workplace.map(|workplace| match workplace {
            Workplace::Home => json!("Home"),
            Workplace::Office => json!("Office"),
        });
        // SETU demands a moment at which work began. Only the day is known, so it is that day's first.
        let start = self.day.format("%Y-%m-%dT00:00:00").to_string();
        object([
            ("id", Some(identified(&self.id, "Supplier"))),
            ("typeCode", Some(json!({ "value": REGULAR_HOURS }))),
            ("period", Some(json!({ "dateTimePeriod": { "start": start } }))),
            ("timeTotal", Some(json!(hours(i128::from(self.minutes))))),
            ("payRates", self.cents_per_hour.map(|cents| json!([object(hourly_rate(cents))]))),
            ("dayAssignment", Some(date(self.day))),
            ("homeOfficeIndicator", workplace),
        ])
    }
}
