//! Assignments: the work that an organisation has for somebody for a while.

mod changing;
mod details;
mod ending;
mod lifecycle;
mod public;
mod publishing;
mod sight;
#[cfg(test)]
mod tests;

pub use details::{AssignmentDetails, AssignmentKind, AssignmentSort, ExternalHireEstimate, RemoteMode};
pub use ending::{CancellationReason, Ended, Ending, EndingReason, ExpiryReason, PlacementTally};
pub use lifecycle::{AssignmentAction, AssignmentState, BEGUN_BY, LIFECYCLE};
pub use public::PublicStanding;
pub use sight::Sight;

use super::effort::Period;
use super::publication_rings::{Origin, PublicationPlan, Reach};
use crate::lifecycle::may_begin;
use crate::{AssignmentId, Faults, Moment, OrganisationId, Part, PersonId, Refusal, UnitId};

/// An assignment (klus): work that somebody of another organisation or unit can do for a while. In SETU: Staffing Order.
#[derive(Debug, Clone, PartialEq)]
pub struct Assignment {
    /// Identifies it.
    pub id: AssignmentId,
    /// Counts its changes.
    pub revision: i64,
    /// The organisation that has the work: the host.
    pub organisation: OrganisationId,
    /// The unit that has the work.
    pub unit: Option<UnitId>,
    /// The client who answers for it.
    pub owner: PersonId,
    /// Who else may do what the owner may.
    pub co_owners: Vec<PersonId>,
    /// What the work is.
    pub details: AssignmentDetails,
    /// Its state.
    pub state: AssignmentState,
    /// Until when people may respond.
    pub deadline: Option<Moment>,
    /// For whom it is open and from when; in review: for whom it will be.
    pub plan: Option<PublicationPlan>,
    /// When it was first published.
    pub published_at: Option<Moment>,
    /// When it last closed for responses.
    pub closed_at: Option<Moment>,
    /// What the reviewer asked to change.
    pub review_remarks: Option<String>,
    /// Why it was cancelled or expired.
    pub ending: Option<Ending>,
    /// When it was drafted.
    pub created_at: Moment,
    /// When it last changed.
    pub modified_at: Moment,
}

/// What somebody states to begin an assignment.
#[derive(Debug, Clone, PartialEq)]
pub struct AssignmentDraft {
    /// The organisation that has the work.
    pub organisation: OrganisationId,
    /// The unit that has the work.
    pub unit: Option<UnitId>,
    /// Who answers for it.
    pub owner: PersonId,
    /// Who else may do what the owner may.
    pub co_owners: Vec<PersonId>,
    /// What the work is.
    pub details: AssignmentDetails,
}

impl Assignment {
    /// Begins an assignment; a draft may still lack what publishing needs.
    pub fn draft(id: AssignmentId, draft: AssignmentDraft, parts: &[Part], now: Moment) -> Result<Self, Refusal> {
        may_begin("assignment", BEGUN_BY, parts)?;
        let AssignmentDraft { organisation, unit, owner, co_owners, details } = draft;
        let mut faults = Faults::default();
        details.check(&mut faults);
        check_owners(owner, &co_owners, &mut faults);
        faults.finish()?;
        Ok(Self {
            id,
            revision: 1,
            organisation,
            unit,
            owner,
            co_owners,
            details,
            state: AssignmentState::Draft,
            deadline: None,
            plan: None,
            published_at: None,
            closed_at: None,
            review_remarks: None,
            ending: None,
            created_at: now,
            modified_at: now,
        })
    }

    /// How it stands at this moment: past its deadline it is closed, also before the clock has written so.
    pub fn as_of(self, now: Moment) -> Self {
        match self.deadline {
            Some(deadline) if self.state == AssignmentState::Open && deadline <= now => {
                let state = AssignmentState::Closed;
                Self { state, closed_at: Some(deadline), modified_at: deadline.max(self.modified_at), ..self }
            }
            _ => self,
        }
    }

    /// Its state at this moment.
    pub fn state_at(&self, now: Moment) -> AssignmentState {
        match self.deadline {
            Some(deadline) if self.state == AssignmentState::Open && deadline <= now => AssignmentState::Closed,
            _ => self.state,
        }
    }

    /// Whether people may respond at this moment, each as the rings open.
    pub fn is_open(&self, now: Moment) -> bool {
        self.state_at(now) == AssignmentState::Open
    }

    /// Whether somebody stands in a ring that has opened. A draft or a klus in review has no opened ring.
    pub fn is_inside(&self, viewer: &Reach, now: Moment) -> bool {
        self.published_at.is_some() && self.plan.as_ref().is_some_and(|plan| plan.is_inside(self.origin(), viewer, now))
    }

    /// Whether it is theirs.
    pub fn is_owned_by(&self, person: PersonId) -> bool {
        self.owner == person || self.co_owners.contains(&person)
    }

    /// Whether the work stays inside this home organisation.
    pub fn is_internal_for(&self, home: OrganisationId) -> bool {
        self.organisation == home
    }

    /// Where it comes from.
    pub fn origin(&self) -> Origin {
        Origin { organisation: self.organisation, unit: self.unit }
    }

    /// The period, where it is known.
    pub fn period(&self) -> Option<Period> {
        self.details.period()
    }
}

fn check_owners(owner: PersonId, co_owners: &[PersonId], faults: &mut Faults) {
    for (index, person) in co_owners.iter().enumerate() {
        let twice = *person == owner || co_owners.iter().take(index).any(|earlier| earlier == person);
        faults.unless(!twice, &format!("coOwnerIds.{index}"), "must be somebody who is not an owner already");
    }
}
