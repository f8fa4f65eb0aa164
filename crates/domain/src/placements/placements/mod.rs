//! Placements: the work that somebody does elsewhere, from the plan to the return.

mod ending;
mod lifecycle;
mod planning;
mod running;
#[cfg(test)]
mod tests;

pub use ending::{CancelReason, Conversion, EndReason, Notice, Return, ReturnPlan};
pub use lifecycle::{BEGUN_BY, LIFECYCLE, PlacementAction, PlacementState};
pub use planning::{LIGHT_FLOW_MOST_DAYS, LIGHT_FLOW_MOST_MINUTES_PER_WEEK, Planning, USUAL_TALKS_WEEKS};

use chrono::{Days, NaiveDate};

use super::capacity::{Claim, Stretch};
use super::variants::HourKind;
use crate::market::effort::Period;
use crate::parties::mobility_policies::ChargeBasis;
use crate::{
    ArrangementId, AssignmentId, EmploymentId, Moment, OfferId, OrganisationId, PersonId, PlacementId, ResponseId,
    is_working_day,
};

/// A placement (inzet). In SETU: Assignment. It never changes the employment.
#[derive(Debug, Clone, PartialEq)]
pub struct Placement {
    /// Identifies it.
    pub id: PlacementId,
    /// Counts its changes.
    pub revision: i64,
    /// The dossier it came of.
    pub response: ResponseId,
    /// The klus.
    pub assignment: AssignmentId,
    /// The offer that was accepted.
    pub offer: OfferId,
    /// Who does the work.
    pub person: PersonId,
    /// From which employment.
    pub employment: EmploymentId,
    /// The home organisation.
    pub home: OrganisationId,
    /// The organisation that has the work.
    pub host: OrganisationId,
    /// The series of arrangements that gives the hours.
    pub arrangement: ArrangementId,
    /// Whose hours it takes.
    pub hours: HourKind,
    /// The work: the first stretch is the offer, each extension adds one.
    pub stretches: Vec<Stretch>,
    /// What the host pays.
    pub charge_basis: ChargeBasis,
    /// What an hour costs where that was agreed, in euro cents.
    pub hourly_rate_cents: Option<i64>,
    /// Whether it needs no agreement: short and unpaid, or inside the organisation.
    pub light_flow: bool,
    /// The way back.
    pub return_plan: ReturnPlan,
    /// How many weeks before its end it is talked about what comes after it.
    pub talks_weeks: u32,
    /// Its state.
    pub state: PlacementState,
    /// That it ends before its time, if somebody gave notice.
    pub notice: Option<Notice>,
    /// Why it was cancelled before the start.
    pub cancelled: Option<CancelReason>,
    /// The return, once it is recorded.
    pub returned: Option<Return>,
    /// The permanent appointment, if it became one.
    pub converted: Option<Conversion>,
    /// When it was confirmed.
    pub confirmed_at: Option<Moment>,
    /// When it was told that the employment ends before it.
    pub risk_told_at: Option<Moment>,
    /// When it was told that it is time to talk about what comes after it.
    pub talks_told_at: Option<Moment>,
    /// When it was planned.
    pub created_at: Moment,
    /// When it last changed.
    pub modified_at: Moment,
}

impl Placement {
    /// From the first day to the last, extensions included; an early end is not.
    pub fn period(&self) -> Period {
        let start = self.stretches.iter().map(|stretch| stretch.period.start).min();
        let end = self.stretches.iter().map(|stretch| stretch.period.end).max();
        Period { start: start.unwrap_or(NaiveDate::MIN), end: end.unwrap_or(NaiveDate::MIN) }
    }

    /// The last day of the work: the agreed one, or an earlier one.
    pub fn last_day(&self) -> NaiveDate {
        let agreed = self.period().end;
        let noticed = self.notice.as_ref().map_or(agreed, |notice| notice.last_day);
        let day_before = |day: NaiveDate| day.checked_sub_days(Days::new(1)).unwrap_or(day);
        let appointed = self.converted.as_ref().map_or(agreed, |converted| day_before(converted.date));
        agreed.min(noticed).min(appointed)
    }

    /// What it takes from its arrangement, were it confirmed.
    pub fn claim(&self) -> Claim {
        let last = self.last_day();
        Claim {
            hours: self.hours,
            stretches: self.stretches.clone(),
            until: (last < self.period().end).then_some(last),
        }
    }

    /// The minutes of work agreed in all.
    pub fn agreed_minutes(&self) -> i64 {
        self.stretches.iter().map(|stretch| stretch.total_minutes()).sum()
    }

    /// Whether home charges host for it: exempted hours of another organisation that are paid for.
    pub fn is_charged(&self) -> bool {
        self.hours == HourKind::Exempted && self.charge_basis != ChargeBasis::None && !self.is_internal()
    }

    /// Whether hours are written for it.
    pub fn has_timesheets(&self) -> bool {
        self.charge_basis != ChargeBasis::None && !self.is_internal()
    }

    /// Whether it stays inside one organisation.
    pub fn is_internal(&self) -> bool {
        self.home == self.host
    }
}

/// The first working day after this one.
pub(crate) fn first_working_day_after(day: NaiveDate) -> NaiveDate {
    day.iter_days().skip(1).find(|next| is_working_day(*next)).unwrap_or(day)
}
