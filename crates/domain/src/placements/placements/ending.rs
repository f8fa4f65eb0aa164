//! The ends of a placement: cancelled, early, as a permanent appointment, or back home.

use chrono::{Days, NaiveDate};

use super::{Placement, PlacementAction, PlacementState, first_working_day_after};
use crate::placements::arrangements::{ReturnDestination, ReturnGuarantee};
use crate::{Faults, Moment, Part, PersonId, Refusal, local_date, text_enum};

text_enum! {
    /// Why a placement was cancelled before its start
    CancelReason {
        EmployeeWithdraws = "EMPLOYEE_WITHDRAWS", "The employee does not want it any more", "De medewerker ziet ervan af";
        WorkFallsAway = "WORK_FALLS_AWAY", "The work falls away", "Het werk valt weg";
        NotReleased = "NOT_RELEASED", "The home organisation cannot spare the employee", "De moederorganisatie kan de medewerker niet missen";
        NotArranged = "NOT_ARRANGED", "It could not be arranged in time", "Het kon niet op tijd worden geregeld";
        ResponseEnded = "RESPONSE_ENDED", "The response has ended", "De reactie is beëindigd";
        Other = "OTHER", "Another reason", "Een andere reden";
    }
}

text_enum! {
    /// Why a placement ends before its time
    EndReason {
        ResultReached = "RESULT_REACHED", "The result is there already", "Het resultaat is al bereikt";
        WorkFallsAway = "WORK_FALLS_AWAY", "The work falls away", "Het werk valt weg";
        NeededAtHome = "NEEDED_AT_HOME", "The home organisation needs the employee", "De moederorganisatie heeft de medewerker nodig";
        NoFit = "NO_FIT", "It does not fit after all", "Het past toch niet";
        Illness = "ILLNESS", "Long illness", "Langdurige ziekte";
        EmploymentEnds = "EMPLOYMENT_ENDS", "The employment ends", "Het dienstverband eindigt";
        OtherWork = "OTHER_WORK", "The employee has found other work", "De medewerker heeft ander werk gevonden";
        Other = "OTHER", "Another reason", "Een andere reden";
    }
}

/// That a placement ends before its time (opzegging).
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Notice {
    /// Who gave it.
    pub by: PersonId,
    /// In which part.
    pub part: Part,
    /// Why.
    pub reason: EndReason,
    /// What is said besides.
    pub text: Option<String>,
    /// The last day of the work.
    pub last_day: NaiveDate,
    /// When it was given.
    pub at: Moment,
}

/// The way back as it is planned; a return that is recorded later was too late, and counts as such.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ReturnPlan {
    /// Where to.
    pub destination: ReturnDestination,
    /// On which day, at most the first working day after the end.
    pub date: NaiveDate,
}

/// The way back as it went (terugkeer).
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Return {
    /// Where to.
    pub destination: ReturnDestination,
    /// On which day.
    pub date: NaiveDate,
    /// What is said besides.
    pub text: Option<String>,
    /// Who recorded it.
    pub recorded_by: PersonId,
    /// When.
    pub recorded_at: Moment,
}

/// A permanent appointment that a placement became.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Conversion {
    /// The first day of the appointment.
    pub date: NaiveDate,
    /// Who recorded it.
    pub recorded_by: PersonId,
    /// When.
    pub recorded_at: Moment,
}

impl Placement {
    /// Cancels it before it has started; its hours are free again.
    pub fn cancel(self, reason: CancelReason, parts: &[Part], now: Moment) -> Result<Self, Refusal> {
        let cancelled = self.step(PlacementAction::Cancel, parts, now)?;
        Ok(Self { cancelled: Some(reason), ..cancelled })
    }

    /// Gives notice of an early end, after the term of the return guarantee. Another notice of the same person takes its
    /// place, or one of another party for an earlier day.
    pub fn give_notice(
        self,
        notice: Notice,
        guarantee: &ReturnGuarantee,
        parts: &[Part],
        now: Moment,
    ) -> Result<Self, Refusal> {
        let this = self.as_of(now);
        let agreed = this.period().end;
        let earliest = local_date(now).checked_add_days(Days::new(u64::from(guarantee.notice_weeks) * 7));
        let given = this.notice.as_ref().map(|given| (given.by, given.last_day));
        let noticed = this.step(PlacementAction::GiveNotice, parts, now)?;
        if given.is_some_and(|(by, last_day)| by != notice.by && last_day <= notice.last_day) {
            return Err(Refusal::forbidden(
                "Another party gave notice of an earlier end: only an earlier one takes its place.",
            ));
        }
        let mut faults = Faults::default();
        faults.unless(
            earliest.is_some_and(|earliest| earliest <= notice.last_day) && notice.last_day < agreed,
            "lastDate",
            &format!("must be at least {} weeks from today and before {agreed}", guarantee.notice_weeks),
        );
        let says = notice.text.as_deref().is_some_and(|text| !text.trim().is_empty());
        faults.unless(
            notice.reason != EndReason::Other || says,
            "text",
            "must say which reason it is when it is OTHER",
        );
        faults.finish()?;
        let return_plan = ReturnPlan { date: first_working_day_after(notice.last_day), ..noticed.return_plan };
        Ok(Self { notice: Some(notice), return_plan, ..noticed })
    }

    /// Withdraws a notice: by who gave it.
    pub fn withdraw_notice(self, by: PersonId, parts: &[Part], now: Moment) -> Result<Self, Refusal> {
        let this = self.as_of(now).step(PlacementAction::WithdrawNotice, parts, now)?;
        if this.notice.as_ref().is_none_or(|notice| notice.by != by) {
            return Err(Refusal::forbidden("A notice is withdrawn by who gave it."));
        }
        let return_plan = ReturnPlan { date: first_working_day_after(this.period().end), ..this.return_plan };
        Ok(Self { notice: None, return_plan, ..this })
    }

    /// Records the return (invariant 8). Only then the placement is done.
    pub fn record_return(self, back: Return, parts: &[Part], now: Moment) -> Result<Self, Refusal> {
        let this = self.as_of(now);
        let last = this.last_day();
        let returned = this.step(PlacementAction::RecordReturn, parts, now)?;
        if back.date <= last || back.date > local_date(now) {
            return Err(Refusal::invalid("date", "must be after the last day of the work and not in the future"));
        }
        Ok(Self { returned: Some(back), ..returned })
    }

    /// Records that it became a permanent appointment.
    pub fn convert(self, conversion: Conversion, parts: &[Part], now: Moment) -> Result<Self, Refusal> {
        let this = self.as_of(now);
        let start = this.period().start;
        let from = this.state;
        let converted = this.step(PlacementAction::Convert, parts, now)?;
        let running = from == PlacementState::Running;
        let fits = start < conversion.date && (!running || conversion.date <= local_date(now));
        if !fits {
            return Err(Refusal::invalid(
                "date",
                "must be after the first day of the placement, and not in the future",
            ));
        }
        Ok(Self { converted: Some(conversion), ..converted })
    }
}
