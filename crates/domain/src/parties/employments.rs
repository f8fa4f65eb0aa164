//! Employments: who works where, for how long a week, under whom. A placement never changes one.

use chrono::NaiveDate;

use crate::{EmploymentId, Faults, Moment, OrganisationId, PersonId, Refusal, UnitId};

/// An employment (dienstverband): the organisation of it is the home organisation.
#[derive(Debug, Clone, PartialEq)]
pub struct Employment {
    /// Identifies it.
    pub id: EmploymentId,
    /// Counts its changes.
    pub revision: i64,
    /// Who is employed.
    pub person: PersonId,
    /// By whom.
    pub organisation: OrganisationId,
    /// What is agreed.
    pub terms: EmploymentTerms,
    /// When it was recorded.
    pub created_at: Moment,
    /// When it last changed.
    pub modified_at: Moment,
}

/// The terms of an employment.
#[derive(Debug, Clone, PartialEq)]
pub struct EmploymentTerms {
    /// The department.
    pub unit: Option<UnitId>,
    /// The function, as the organisation names it.
    pub function: String,
    /// Contract minutes per week: full-time is 2160.
    pub contract_minutes_per_week: i64,
    /// Working days per week.
    pub working_days_per_week: i64,
    /// The line manager.
    pub manager: Option<PersonId>,
    /// The first day.
    pub start: NaiveDate,
    /// The last day, if known.
    pub end: Option<NaiveDate>,
    /// How the HR system calls it.
    pub hr_external_id: Option<String>,
}

impl EmploymentTerms {
    /// Whether it holds on this day.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.start <= day && self.end.is_none_or(|end| day <= end)
    }

    fn check(&self, person: PersonId) -> Result<(), Refusal> {
        let mut faults = Faults::default();
        faults.unless(self.end.is_none_or(|end| self.start <= end), "endDate", "must not be before startDate");
        faults.unless(self.manager != Some(person), "managerId", "must be somebody else: nobody is their own manager");
        faults.finish()
    }
}

impl Employment {
    /// Records an employment.
    pub fn record(
        id: EmploymentId,
        person: PersonId,
        organisation: OrganisationId,
        terms: EmploymentTerms,
        now: Moment,
    ) -> Result<Self, Refusal> {
        terms.check(person)?;
        Ok(Self { id, revision: 1, person, organisation, terms, created_at: now, modified_at: now })
    }

    /// Changes its terms.
    pub fn revise(self, terms: EmploymentTerms, now: Moment) -> Result<Self, Refusal> {
        terms.check(self.person)?;
        Ok(Self { terms, modified_at: now, ..self })
    }
}
