//! The work, and who answers, as it is kept.

pub mod assignments;
pub mod consent_requests;
pub mod conversations;
pub mod offers;
pub mod responses;
pub mod signals;

use domain::market::effort::{Effort, Period};

use crate::Result;
use crate::columns::Place;

/// The effort that stands in two columns, of which at most one is filled.
pub(crate) fn effort_of(place: Place, per_week: Option<i64>, total: Option<i64>) -> Result<Option<Effort>> {
    match (per_week, total) {
        (Some(minutes), None) => Ok(Some(Effort::MinutesPerWeek(minutes))),
        (None, total) => Ok(total.map(Effort::TotalMinutes)),
        (Some(_), Some(_)) => Err(place.corrupt("total_minutes")),
    }
}

/// The effort that stands in two columns, of which one is filled.
fn needed_effort(place: Place, per_week: Option<i64>, total: Option<i64>) -> Result<Effort> {
    effort_of(place, per_week, total)?.ok_or_else(|| place.corrupt("minutes_per_week"))
}

/// The period between two columns.
fn period_of(place: Place, start: chrono::NaiveDate, end: chrono::NaiveDate) -> Result<Period> {
    Period::between(start, end).map_err(|_| place.corrupt("end_date"))
}
