//! Employments: who works where, for how long a week, under whom. A placement never changes one.

use chrono::NaiveDate;

use super::codes::EMPLOYMENT_OVERLAPS;
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

    /// Whether it is over on this day.
    pub fn is_over_on(&self, day: NaiveDate) -> bool {
        self.end.is_some_and(|end| end < day)
    }

    fn overlaps(&self, other: &Self) -> bool {
        other.end.is_none_or(|end| self.start <= end) && self.end.is_none_or(|end| other.start <= end)
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

    /// Refuses if it overlaps another employment of the same person at the same organisation; `others` are the
    /// employments of the person.
    pub fn beside(self, others: &[Self]) -> Result<Self, Refusal> {
        let same = |other: &&Self| {
            other.id != self.id && other.person == self.person && other.organisation == self.organisation
        };
        match others.iter().filter(same).find(|other| self.terms.overlaps(&other.terms)) {
            None => Ok(self),
            Some(other) => Err(EMPLOYMENT_OVERLAPS.refuse(format!(
                "Employment {} holds from {} {}: end it first, or choose other days.",
                other.id,
                other.terms.start,
                other.terms.end.map_or("on".to_owned(), |end| format!("to {end}"))
            ))),
        }
    }
}

/// The organisations that answer for a person: those that employ them on this day or later; when there are none, all
/// that ever did, so that somebody is left to close the access of who has gone.
pub fn answering(employments: &[Employment], day: NaiveDate) -> Vec<OrganisationId> {
    let mut present: Vec<OrganisationId> = employments
        .iter()
        .filter(|employment| !employment.terms.is_over_on(day))
        .map(|employment| employment.organisation)
        .collect();
    if present.is_empty() {
        present = employments.iter().map(|employment| employment.organisation).collect();
    }
    present.sort_unstable();
    present.dedup();
    present
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn employment(number: u128, organisation: u128, start: &str, end: Option<&str>) -> Employment {
        let terms = EmploymentTerms {
            unit: None,
            function: "Adviseur".to_owned(),
            contract_minutes_per_week: 2160,
            working_days_per_week: 4,
            manager: None,
            start: start.parse().unwrap(),
            end: end.map(|end| end.parse().unwrap()),
            hr_external_id: None,
        };
        let [id, person, organisation] = [number, 1, organisation].map(Uuid::from_u128);
        let now = "2027-03-01T09:00:00Z".parse().unwrap();
        Employment::record(id.into(), person.into(), organisation.into(), terms, now).unwrap()
    }

    #[test]
    fn nobody_has_two_employments_at_one_organisation_on_the_same_day() {
        let first = employment(1, 7, "2027-01-01", Some("2027-06-30"));
        for (start, end, fits) in [
            ("2027-07-01", None, true),
            ("2027-06-30", None, false),
            ("2026-01-01", None, false),
            ("2026-01-01", Some("2026-12-31"), true),
            ("2026-01-01", Some("2027-01-01"), false),
            ("2027-02-01", Some("2027-03-01"), false),
        ] {
            let second = employment(2, 7, start, end);
            assert_eq!(second.clone().beside(std::slice::from_ref(&first)).is_ok(), fits, "{start} {end:?}");
            assert!(
                employment(2, 8, start, end).beside(std::slice::from_ref(&first)).is_ok(),
                "elsewhere it is allowed"
            );
            assert!(second.clone().beside(&[second]).is_ok(), "it does not stand in its own way");
        }
    }

    #[test]
    fn the_present_employers_answer_for_somebody_and_the_former_ones_when_there_is_none() {
        let gone = employment(1, 7, "2026-01-01", Some("2027-02-28"));
        let here = employment(2, 8, "2027-03-01", Some("2027-03-01"));
        let soon = employment(3, 9, "2027-09-01", None);
        let day = |text: &str| text.parse().unwrap();
        let all = [gone.clone(), here.clone(), soon.clone()];
        assert_eq!(answering(&all, day("2027-03-01")), [here.organisation, soon.organisation]);
        assert_eq!(answering(&all, day("2027-03-02")), [soon.organisation]);
        assert_eq!(answering(&[gone.clone(), here.clone()], day("2027-03-02")), [gone.organisation, here.organisation]);
        assert!(answering(&[], day("2027-03-02")).is_empty());
    }
}
