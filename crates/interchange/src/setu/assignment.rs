//! The assignment: what was agreed about lending one employee (plaatsing).

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::{
    Classification, Organisation, REGULAR_HOURS, Worker, date, date_period, hourly_rate, identified, number, object,
};

/// An agreement as SETU's Assignment; the terms of three parties that SETU has no place for are not in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// The number of the agreement.
    pub id: String,
    /// The home organisation.
    pub supplier: Organisation,
    /// The host organisation.
    pub customer: Organisation,
    /// What the host books it on.
    pub classification: Classification,
    /// The hourly rates with the time each holds; at least one, which is zero where nothing is charged.
    pub rates: Vec<Rate>,
    /// The number of the klus.
    pub position_id: Option<String>,
    /// The title of the klus.
    pub title: String,
    /// What is to be done.
    pub task: Option<String>,
    /// Where it is done.
    pub location: Option<Location>,
    /// The first day.
    pub start: NaiveDate,
    /// The last day as agreed.
    pub expected_end: Option<NaiveDate>,
    /// The last day as it came to be.
    pub actual_end: Option<NaiveDate>,
    /// Minutes of work in a week.
    pub minutes_per_week: i64,
    /// The collective labour agreement that goes on to hold.
    pub collective_labour_agreement: Option<String>,
    /// The salary scale.
    pub salary_scale: Option<String>,
    /// The employee; SETU shows only the number here.
    pub worker: Worker,
    /// The number that the host knows the request by.
    pub request_for_quotation_id: Option<String>,
    /// Why this version differs from the one before.
    pub reason_of_change: Option<String>,
}

/// What an hour costs for some time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// The price of an hour.
    pub cents_per_hour: i64,
    /// The first day it holds.
    pub start: NaiveDate,
    /// The last day it holds.
    pub end: Option<NaiveDate>,
}

/// A place of work in the Netherlands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Location {
    /// Its name.
    pub name: Option<String>,
    /// Street and house number.
    pub street: Option<String>,
    /// Postcode.
    pub postal_code: Option<String>,
    /// Town.
    pub city: Option<String>,
}

impl Assignment {
    /// The document, as `Assignment.yml` of SETU 2.0 has it.
    pub fn to_json(&self) -> Value {
        let requested = self.request_for_quotation_id.as_ref().map(|id| identified(id, "Customer"));
        let classification = object(self.classification.fields());
        let has_classification = classification.as_object().is_some_and(|fields| !fields.is_empty());
        object([
            ("documentId", Some(identified(&self.id, "Supplier"))),
            ("supplier", Some(self.supplier.with_contact())),
            ("customer", Some(self.customer.with_contact())),
            ("resourceClassificationInclusion", has_classification.then_some(classification)),
            ("payRates", Some(self.rates.iter().copied().map(Rate::to_json).collect())),
            ("positionProfile", Some(self.position_profile())),
            ("assignedWorker", Some(json!({ "workerId": [identified(&self.worker.id, "Supplier")] }))),
            ("staffingIds", requested.map(|id| json!({ "requestForQuotationId": id }))),
            ("reasonOfChange", self.reason_of_change.as_ref().map(|reason| json!(reason))),
        ])
    }

    fn position_profile(&self) -> Value {
        let task = self.task.as_ref().map(|task| json!({ "description": { "value": task } }));
        let agreement = self.collective_labour_agreement.as_ref().map(|name| json!({ "name": name }));
        object([
            ("positionId", self.position_id.as_ref().map(|id| json!({ "value": id }))),
            ("positionTitle", Some(json!(self.title))),
            ("positionTask", task),
            ("positionLocation", self.location.as_ref().map(|location| json!([location.to_json()]))),
            (
                "positionPeriod",
                Some(object([
                    ("start", Some(date(self.start))),
                    ("expectedEnd", self.expected_end.map(date)),
                    ("actualEnd", self.actual_end.map(date)),
                ])),
            ),
            (
                "workingPeriods",
                Some(json!([{
                    "workDuration": {
                        "value": number(i128::from(self.minutes_per_week), 60),
                        "unitCode": { "value": "Hours" },
                    },
                    "baseDuration": { "value": 1, "unitCode": { "value": "Weekly" } },
                }])),
            ),
            ("collectiveLabourAgreement", agreement),
            ("salaryScale", self.salary_scale.as_ref().map(|scale| json!(scale))),
        ])
    }
}

impl Rate {
    fn to_json(self) -> Value {
        let fixed = [
            ("rateType", Some(json!("TimeInterval"))),
            ("code", Some(json!(REGULAR_HOURS))),
            ("period", Some(date_period(self.start, self.end))),
        ];
        object(fixed.into_iter().chain(hourly_rate(self.cents_per_hour)))
    }
}

impl Location {
    fn to_json(&self) -> Value {
        let text = |text: &Option<String>| text.as_ref().map(|text| json!(text));
        object([
            ("name", text(&self.name)),
            ("countryCode", Some(json!({ "value": "NL" }))),
            ("city", text(&self.city)),
            ("postalCode", text(&self.postal_code)),
            ("streetName", text(&self.street)),
        ])
    }
}
