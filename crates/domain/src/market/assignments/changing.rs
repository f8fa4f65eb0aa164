//! What the owner may change, and who the owner is.

use super::{
    Assignment, AssignmentAction, AssignmentDetails, AssignmentState, LIFECYCLE, PlacementTally, check_owners,
};
use crate::market::codes::{OWNER_HAS_RESPONDED, POSITIONS_TAKEN};
use crate::{Faults, Moment, Part, PersonId, Refusal};

impl Assignment {
    /// Changes the description. Once published it stays publishable, and what people answered to stays: the kind and
    /// what the host pays.
    pub fn revise(
        self,
        details: AssignmentDetails,
        placements: PlacementTally,
        parts: &[Part],
        now: Moment,
    ) -> Result<Self, Refusal> {
        let this = self.as_of(now);
        let state = LIFECYCLE.step(this.state, AssignmentAction::Revise, parts)?;
        let mut faults = Faults::default();
        if this.state == AssignmentState::Draft {
            details.check(&mut faults);
        } else {
            details.check_publishable(&mut faults);
            let reason = "must stay as it was published: people answered to it";
            faults.unless(details.kind == this.details.kind, "kind", reason);
            faults.unless(details.charge_basis == this.details.charge_basis, "chargeBasis", reason);
        }
        faults.finish()?;
        if details.positions < placements.taken() {
            let detail = format!("positions must be {} or more: so many are taken.", placements.taken());
            return Err(POSITIONS_TAKEN.refuse(detail));
        }
        Ok(Self { details, state, modified_at: now, ..this })
    }

    /// Gives it to other owners. `responders` are the people with a response that has no outcome yet.
    pub fn hand_over(
        self,
        owner: PersonId,
        co_owners: Vec<PersonId>,
        responders: &[PersonId],
        parts: &[Part],
        now: Moment,
    ) -> Result<Self, Refusal> {
        let this = self.as_of(now);
        let state = LIFECYCLE.step(this.state, AssignmentAction::HandOver, parts)?;
        let mut faults = Faults::default();
        check_owners(owner, &co_owners, &mut faults);
        faults.finish()?;
        if responders.iter().any(|person| *person == owner || co_owners.contains(person)) {
            return Err(OWNER_HAS_RESPONDED.refuse("Somebody who responded decides nothing about the assignment."));
        }
        Ok(Self { owner, co_owners, state, modified_at: now, ..this })
    }
}
