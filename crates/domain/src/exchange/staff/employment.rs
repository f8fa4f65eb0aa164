//! The employment that follows from what an HR system tells.

use chrono::{Days, NaiveDate};

use super::{StaffDetails, StaffMember};
use crate::parties::employments::{Employment, EmploymentTerms};
use crate::{PersonId, UnitId};

/// The contract of who is said to be employed and not for how long a week: full-time.
const FULL_TIME_MINUTES: i64 = 2160;
const FULL_TIME_DAYS: i64 = 5;
/// The function of who is said to be employed and not as what.
const UNNAMED_FUNCTION: &str = "Medewerker";

/// What the names in the details stand for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Resolved {
    /// The unit that the department is.
    pub unit: Option<UnitId>,
    /// The person that the manager is, where it is known who that is.
    pub manager: Option<PersonId>,
}

/// What has to happen to the employment of a staff member.
#[derive(Debug, Clone, PartialEq)]
pub enum EmploymentStep {
    /// Nothing: it says the same already.
    Stay,
    /// It gets these terms.
    Revise(EmploymentTerms),
    /// They came back after it had ended: a new one begins, and the old one stays as it was.
    Begin(EmploymentTerms),
}

impl StaffMember {
    /// The terms that follow from what is told, beside those that hold now. What the feed does not say stays as it is.
    pub fn terms(&self, before: Option<&EmploymentTerms>, resolved: Resolved, today: NaiveDate) -> EmploymentTerms {
        let details = &self.details;
        let created = crate::local_date(self.created_at);
        let start = details.start.or(before.map(|terms| terms.start)).unwrap_or(created);
        let (start, end) = self.period(start, today);
        EmploymentTerms {
            unit: resolved.unit,
            function: details
                .function
                .clone()
                .or_else(|| before.map(|terms| terms.function.clone()))
                .unwrap_or_else(|| UNNAMED_FUNCTION.to_owned()),
            contract_minutes_per_week: details
                .contract_minutes_per_week
                .or(before.map(|terms| terms.contract_minutes_per_week))
                .unwrap_or(FULL_TIME_MINUTES),
            working_days_per_week: details
                .working_days_per_week
                .or(before.map(|terms| terms.working_days_per_week))
                .unwrap_or(FULL_TIME_DAYS),
            manager: resolved.manager.filter(|manager| *manager != self.person),
            start,
            end,
            hr_external_id: details.employee_number.clone().or_else(|| details.external_id.clone()),
        }
    }

    /// From when to when it holds. Whoever is said to be inactive worked there until the day before, at the latest:
    /// access ends at once, not at midnight.
    fn period(&self, start: NaiveDate, today: NaiveDate) -> (NaiveDate, Option<NaiveDate>) {
        let Some(since) = self.inactive_since.filter(|_| !self.details.active) else {
            return (start, self.details.end);
        };
        let last = since.min(today).checked_sub_days(Days::new(1)).unwrap_or(since);
        let end = self.details.end.map_or(last, |end| end.min(last));
        (start.min(end), Some(end))
    }

    /// What has to happen to the employment, which holds as `before`.
    pub fn employment_step(&self, before: &Employment, resolved: Resolved, today: NaiveDate) -> EmploymentStep {
        let came_back = self.details.active
            && before.terms.is_over_on(today)
            && self.details.start.is_some_and(|start| before.terms.end.is_some_and(|end| end < start));
        if came_back {
            return EmploymentStep::Begin(self.terms(None, resolved, today));
        }
        let terms = self.terms(Some(&before.terms), resolved, today);
        if terms == before.terms { EmploymentStep::Stay } else { EmploymentStep::Revise(terms) }
    }
}

impl StaffDetails {
    /// Whether they work there on this day or will, as far as is told.
    pub fn is_employed_on(&self, day: NaiveDate) -> bool {
        self.active && self.end.is_none_or(|end| day <= end)
    }
}
