//! Staff (personeel): who works at an organisation, as its own HR system tells it. What the feed says of somebody is
//! kept beside person and employment; it never reaches profile, responses or anything else that is the person's own.

mod employment;
#[cfg(test)]
mod tests;

pub use employment::{EmploymentStep, Resolved};

use chrono::NaiveDate;

use crate::parties::persons::{PersonLanguage, PersonName};
use crate::{EmploymentId, Faults, Moment, OrganisationId, PersonId, Refusal, StaffMemberId};

/// Somebody on the staff of an organisation, as its HR system tells it.
#[derive(Debug, Clone, PartialEq)]
pub struct StaffMember {
    /// Identifies it: the id that the HR system gets to know.
    pub id: StaffMemberId,
    /// Counts its changes.
    pub revision: i64,
    /// Whose staff.
    pub organisation: OrganisationId,
    /// Who it is.
    pub person: PersonId,
    /// The employment that follows what is told.
    pub employment: EmploymentId,
    /// What is told.
    pub details: StaffDetails,
    /// Since which day the HR system says that they are not active; none while it says they are.
    pub inactive_since: Option<NaiveDate>,
    /// When it was seen that they had left; none while they work there.
    pub left_at: Option<Moment>,
    /// When it was first told.
    pub created_at: Moment,
    /// When it last changed.
    pub modified_at: Moment,
}

/// What an HR system tells of somebody.
#[derive(Debug, Clone, PartialEq)]
pub struct StaffDetails {
    /// The employee number: with the organisation, the key of the HR file.
    pub employee_number: Option<String>,
    /// How the system that provisions calls them.
    pub external_id: Option<String>,
    /// The name they sign in with at home.
    pub user_name: Option<String>,
    /// Their name.
    pub name: PersonName,
    /// The work e-mail address, as it was sent.
    pub email: Option<String>,
    /// The language they prefer.
    pub language: PersonLanguage,
    /// The function, as the organisation names it.
    pub function: Option<String>,
    /// The department: the name of a unit.
    pub department: Option<String>,
    /// The cost centre.
    pub cost_center: Option<String>,
    /// The line manager: the employee number or the id of another staff member; it may become known later.
    pub manager: Option<String>,
    /// Contract minutes per week.
    pub contract_minutes_per_week: Option<i64>,
    /// Working days per week.
    pub working_days_per_week: Option<i64>,
    /// The first day.
    pub start: Option<NaiveDate>,
    /// The last day, if it is known.
    pub end: Option<NaiveDate>,
    /// Whether the HR system says that they work there.
    pub active: bool,
    /// What else the system sent and wants to read back, as JSON.
    pub sent: Option<String>,
}

/// By what a staff member is looked up within an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StaffKey {
    /// The employee number, as it stands.
    EmployeeNumber,
    /// The id of the provisioning system, as it stands.
    ExternalId,
    /// The user name, without regard to case.
    UserName,
    /// The work e-mail address, without regard to case.
    Email,
}

impl StaffDetails {
    /// Refuses what no employment can be made of.
    pub fn check(&self) -> Result<(), Refusal> {
        let mut faults = Faults::default();
        let ends = self.start.zip(self.end).is_none_or(|(start, end)| start <= end);
        faults.unless(ends, "endDate", "must not be before startDate");
        let minutes = self.contract_minutes_per_week.is_none_or(|minutes| (1..=2400).contains(&minutes));
        faults.unless(minutes, "contractMinutesPerWeek", "must be 1 to 2400");
        let days = self.working_days_per_week.is_none_or(|days| (1..=7).contains(&days));
        faults.unless(days, "workingDaysPerWeek", "must be 1 to 7");
        faults.finish()
    }

    /// The value of a key, in the form in which it is compared.
    pub fn key(&self, key: StaffKey) -> Option<String> {
        match key {
            StaffKey::EmployeeNumber => self.employee_number.clone(),
            StaffKey::ExternalId => self.external_id.clone(),
            StaffKey::UserName => self.user_name.as_deref().map(StaffKey::folded),
            StaffKey::Email => self.email.as_deref().map(StaffKey::folded),
        }
    }
}

impl StaffKey {
    /// A value in the form in which this key is compared.
    pub fn comparable(self, value: &str) -> String {
        match self {
            Self::EmployeeNumber | Self::ExternalId => value.to_owned(),
            Self::UserName | Self::Email => Self::folded(value),
        }
    }

    fn folded(value: &str) -> String {
        value.trim().to_lowercase()
    }
}

impl StaffMember {
    /// Takes down what is told of them now.
    pub fn revise(self, details: StaffDetails, today: NaiveDate, now: Moment) -> Result<Self, Refusal> {
        details.check()?;
        let inactive_since = if details.active { None } else { self.inactive_since.or(Some(today)) };
        Ok(Self { details, inactive_since, modified_at: now, ..self })
    }
}
