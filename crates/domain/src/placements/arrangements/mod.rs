//! Mobility arrangements: employee and home organisation agree on hours elsewhere, and on the way back.

mod lifecycle;
mod signing;
mod terms;
#[cfg(test)]
mod tests;

pub use lifecycle::{ArrangementAction, ArrangementState, BEGUN_BY, LIFECYCLE};
pub use signing::ArrangementGround;
pub use terms::{ArrangementTerms, OwnCompany, ReturnDestination, ReturnGuarantee, Under};

use chrono::{Days, NaiveDate};

use super::variants::VariantRules;
use crate::{ArrangementId, EmploymentId, MobilityPolicyId, Moment, OrganisationId, Part, PersonId, local_date};

/// A mobility arrangement (vrijstellingsafspraak), in one version. Versions of one series follow one another.
#[derive(Debug, Clone, PartialEq)]
pub struct Arrangement {
    /// Identifies this version.
    pub id: ArrangementId,
    /// Counts its changes.
    pub revision: i64,
    /// The first version of the series: placements stand on the series.
    pub series: ArrangementId,
    /// Counts from 1 in the series.
    pub version: i64,
    /// Whose it is.
    pub person: PersonId,
    /// The employment from which hours are exempted.
    pub employment: EmploymentId,
    /// The home organisation.
    pub home: OrganisationId,
    /// The version of the policy it was begun under; none where the platform's defaults hold.
    pub policy: Option<MobilityPolicyId>,
    /// What is agreed.
    pub terms: ArrangementTerms,
    /// Its state.
    pub state: ArrangementState,
    /// Who wrote it.
    pub drafted_by: Side,
    /// What the employee signed.
    pub employee_signature: Option<ArrangementSignature>,
    /// What the home organisation signed.
    pub home_signature: Option<ArrangementSignature>,
    /// Why it was refused, or ended before its last day.
    pub reason: Option<String>,
    /// The last day on which it held, where that is not the one agreed.
    pub ended_on: Option<NaiveDate>,
    /// When it was drafted.
    pub created_at: Moment,
    /// When it last changed.
    pub modified_at: Moment,
}

crate::text_enum! {
    /// A side of an arrangement
    Side {
        Employee = "EMPLOYEE", "The employee", "De medewerker";
        Home = "HOME", "The home organisation", "De moederorganisatie";
    }
}

/// That somebody signed for a side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ArrangementSignature {
    /// Who signed.
    pub by: PersonId,
    /// In which part.
    pub part: Part,
    /// When.
    pub at: Moment,
}

impl Side {
    /// The side for which somebody with these parts acts; the employee never acts for the home organisation too.
    pub fn of(parts: &[Part]) -> Self {
        if parts.contains(&Part::Employee) { Self::Employee } else { Self::Home }
    }
}

impl Arrangement {
    /// How it stands at this moment, also before the clock has written so.
    pub fn as_of(self, now: Moment) -> Self {
        let today = local_date(now);
        let begins = self.terms.start;
        let over = self.last_day().filter(|last| *last < today);
        match (self.state, over) {
            (ArrangementState::Agreed | ArrangementState::Active | ArrangementState::Paused, Some(last)) => {
                Self { state: ArrangementState::Ended, ended_on: Some(last), ..self }
            }
            (ArrangementState::Agreed, None) if begins <= today => Self { state: ArrangementState::Active, ..self },
            _ => self,
        }
    }

    /// The last day on which it holds, if there is one.
    pub fn last_day(&self) -> Option<NaiveDate> {
        self.ended_on.or(self.terms.end)
    }

    /// Whether both signed it and it holds, or held, on this day.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.agreed_at().is_some() && self.terms.start <= day && self.last_day().is_none_or(|last| day <= last)
    }

    /// When the second of the two signed it.
    pub fn agreed_at(&self) -> Option<Moment> {
        Some(self.employee_signature?.at.max(self.home_signature?.at))
    }

    /// The rules of its variant.
    pub fn rules(&self) -> &'static VariantRules {
        VariantRules::of(self.terms.variant)
    }

    /// The same version, ending the day before another one of its series begins.
    #[must_use]
    pub fn followed_by(self, next: &Self, now: Moment) -> Self {
        let last = next.terms.start.checked_sub_days(Days::new(1));
        let state = if self.terms.start < next.terms.start { self.state } else { ArrangementState::Ended };
        Self { ended_on: last, state, modified_at: now, ..self }
    }

    /// Whether the two share a day.
    pub fn overlaps(&self, start: NaiveDate, end: Option<NaiveDate>) -> bool {
        self.last_day().is_none_or(|last| start <= last) && end.is_none_or(|end| self.terms.start <= end)
    }
}
