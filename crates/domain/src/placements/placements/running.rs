//! From the first day to the last, by the clock; and further by a new version of the agreement.

use chrono::{Days, NaiveDate};

use super::{LIFECYCLE, Placement, PlacementAction, PlacementState, ReturnPlan, first_working_day_after};
use crate::market::lights::{Light, all_green};
use crate::parties::employments::EmploymentTerms;
use crate::placements::capacity::Stretch;
use crate::{Moment, Part, Refusal, local_date};

impl Placement {
    /// How it stands at this moment as far as the calendar alone decides: past its last day it is over.
    pub fn as_of(self, now: Moment) -> Self {
        let last = self.last_day();
        if self.state != PlacementState::Running || local_date(now) <= last {
            return self;
        }
        let state = if last < self.period().end { PlacementState::EndedEarly } else { PlacementState::Completed };
        Self { state, modified_at: now, ..self }
    }

    /// What is due before or on its first day: it starts with ten green lights, it is blocked without; nothing where
    /// it stays as it is.
    pub fn due(&self, lights: &[Light; 10], now: Moment) -> Option<PlacementAction> {
        let (green, begins) = (all_green(lights), self.period().start <= local_date(now));
        match self.state {
            PlacementState::Confirmed if !green => Some(PlacementAction::Block),
            PlacementState::Confirmed | PlacementState::Blocked if green && begins => Some(PlacementAction::Start),
            PlacementState::Blocked if green => Some(PlacementAction::Unblock),
            _ => None,
        }
    }

    /// Does what is due.
    pub fn settle(self, lights: &[Light; 10], now: Moment) -> Result<Self, Refusal> {
        let this = match self.due(lights, now) {
            Some(action) => self.step(action, &[Part::Clock], now)?,
            None => self,
        };
        Ok(this.as_of(now))
    }

    /// Extends it by what a later version of the agreement says; the new work begins the day after the last.
    pub fn extend(self, added: Stretch, now: Moment) -> Result<Self, Refusal> {
        let this = self.as_of(now);
        let next = this.period().end.checked_add_days(Days::new(1));
        if next != Some(added.period.start) {
            return Err(Refusal::invalid("startDate", "must be the day after the last day of the placement"));
        }
        let mut extended = this.step(PlacementAction::Extend, &[Part::Service], now)?;
        extended.stretches.push(added);
        let date = first_working_day_after(added.period.end);
        let return_plan = ReturnPlan { date, ..extended.return_plan };
        Ok(Self { return_plan, notice: None, talks_told_at: None, ..extended })
    }

    /// Whether the employment ends before the work does (invariant 7).
    pub fn is_at_risk(&self, employment: &EmploymentTerms) -> bool {
        self.state.stands() && employment.end.is_some_and(|end| end < self.last_day())
    }

    /// Notes that both organisations were told of the risk.
    #[must_use]
    pub fn risk_told(self, now: Moment) -> Self {
        Self { risk_told_at: Some(now), modified_at: now, ..self }
    }

    /// The day from which what comes after it is talked about.
    pub fn talks_date(&self) -> NaiveDate {
        let last = self.last_day();
        last.checked_sub_days(Days::new(u64::from(self.talks_weeks) * 7)).unwrap_or(last)
    }

    /// Talks begin so many weeks before the end, as its agreement says.
    #[must_use]
    pub fn talking(self, weeks_before_end: u32) -> Self {
        Self { talks_weeks: weeks_before_end, ..self }
    }

    /// Notes that everybody was told that it is time to talk.
    #[must_use]
    pub fn talks_told(self, now: Moment) -> Self {
        Self { talks_told_at: Some(now), modified_at: now, ..self }
    }

    pub(super) fn step(self, action: PlacementAction, parts: &[Part], now: Moment) -> Result<Self, Refusal> {
        let state = LIFECYCLE.step(self.state, action, parts)?;
        Ok(Self { state, modified_at: now, ..self })
    }
}
