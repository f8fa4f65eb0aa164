//! Endorsements: what somebody says of an employee after the work is over. The employee decides whether it shows.

mod lifecycle;
#[cfg(test)]
mod tests;

pub use lifecycle::{BEGUN_BY, EndorsementAction, EndorsementState, LIFECYCLE};

use super::codes::{ENDORSEMENT_EXISTS, PLACEMENT_NOT_READY};
use super::placements::Placement;
use crate::lifecycle::may_begin;
use crate::{EndorsementId, Moment, Part, PersonId, PlacementId, Refusal};

/// What somebody says of an employee after a placement (aanbeveling).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endorsement {
    /// Identifies it.
    pub id: EndorsementId,
    /// Counts its changes.
    pub revision: i64,
    /// The placement it is about.
    pub placement: PlacementId,
    /// The employee, who decides whether it shows.
    pub person: PersonId,
    /// Who gave it.
    pub by: PersonId,
    /// In which part.
    pub part: Part,
    /// What it says; it stays as it was given.
    pub text: String,
    /// Its state.
    pub state: EndorsementState,
    /// When it was given.
    pub created_at: Moment,
    /// When it last changed.
    pub modified_at: Moment,
}

/// Who gives an endorsement, beside those that were given.
#[derive(Debug, Clone, Copy)]
pub struct Endorsing<'a> {
    /// Who gives it.
    pub by: PersonId,
    /// Those of the placement.
    pub given: &'a [Endorsement],
}

impl Endorsement {
    /// Somebody who saw the work says what it was like, once, when it is over. Nobody praises themselves.
    pub fn give(
        id: EndorsementId,
        placement: &Placement,
        text: String,
        endorsing: Endorsing<'_>,
        parts: &[Part],
        now: Moment,
    ) -> Result<Self, Refusal> {
        may_begin("endorsement", BEGUN_BY, parts)?;
        if endorsing.by == placement.person {
            return Err(Refusal::forbidden("Nobody endorses themselves."));
        }
        if !placement.clone().as_of(now).state.is_over() {
            return Err(PLACEMENT_NOT_READY.refuse("An endorsement is given when the work is over."));
        }
        let stands = |one: &Endorsement| one.by == endorsing.by && one.state != EndorsementState::Withdrawn;
        if endorsing.given.iter().any(stands) {
            return Err(ENDORSEMENT_EXISTS.refuse("Withdraw the one that is there to give another."));
        }
        Ok(Self {
            id,
            revision: 1,
            placement: placement.id,
            person: placement.person,
            by: endorsing.by,
            part: parts.iter().copied().find(|part| BEGUN_BY.contains(part)).unwrap_or(Part::Client),
            text,
            state: EndorsementState::Offered,
            created_at: now,
            modified_at: now,
        })
    }

    /// In which parts somebody stands here: the employee, or who gave it. Nobody else has anything to do with it.
    pub fn parts_of(&self, person: PersonId) -> Vec<Part> {
        if self.person == person {
            vec![Part::Employee]
        } else if self.by == person {
            vec![self.part]
        } else {
            Vec::new()
        }
    }

    /// The state as this part may know it: who gave an endorsement does not learn whether it shows.
    pub fn state_for(&self, parts: &[Part]) -> Option<EndorsementState> {
        let knows = parts.contains(&Part::Employee) || self.state == EndorsementState::Withdrawn;
        knows.then_some(self.state)
    }

    /// The revision as this part may know it: who gave an endorsement does not learn that the employee decided something.
    pub fn revision_for(&self, parts: &[Part]) -> i64 {
        match self.state_for(parts) {
            None => 1,
            Some(_) if parts.contains(&Part::Employee) => self.revision,
            Some(_) => 2,
        }
    }

    /// Takes a step.
    pub fn step(self, action: EndorsementAction, parts: &[Part], now: Moment) -> Result<Self, Refusal> {
        let state = LIFECYCLE.step(self.state, action, parts)?;
        Ok(Self { state, modified_at: now, ..self })
    }
}
