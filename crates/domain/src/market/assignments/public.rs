//! How a klus stands for who knows no more than what everybody may know.

use super::{Assignment, AssignmentState};
use crate::Moment;
use crate::market::publication_rings::Ring;

/// How a klus that is or was open to everybody stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PublicStanding {
    /// It is open to everybody.
    Open,
    /// Somebody does it, or did.
    Filled,
    /// It is over, or no longer open to everybody.
    Closed,
}

impl PublicStanding {
    /// Whether it is open to everybody.
    pub fn is_open(self) -> bool {
        self == Self::Open
    }
}

impl Assignment {
    /// How it stands for everybody; nothing for a klus that never was open to them: one that ended before its public ring
    /// opened was not.
    pub fn public_standing(&self, now: Moment) -> Option<PublicStanding> {
        let this = self.clone().as_of(now);
        this.published_at?;
        let ring = this.plan.as_ref()?.rings.iter().find(|planned| planned.ring == Ring::Public)?;
        let ended = this.closed_at.into_iter().chain(this.ending.as_ref().map(|ending| ending.at)).min();
        let until = ended.map_or(now, |ended| ended.min(now));
        if until < ring.opens_at {
            return None;
        }
        Some(match this.state {
            AssignmentState::Open if ring.is_open(now) => PublicStanding::Open,
            AssignmentState::Filled | AssignmentState::Completed => PublicStanding::Filled,
            _ => PublicStanding::Closed,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::TextEnum;
    use crate::market::assignments::{CancellationReason, Ending, EndingReason};
    use crate::market::fixtures::{OWNER, assignment, id, moment};
    use crate::market::publication_rings::{PlannedRing, PublicationPlan};

    fn opening(state: AssignmentState, ring: Ring, opens_at: i64) -> Assignment {
        let (opens_at, set_by) = (moment(opens_at), id(OWNER));
        let ring = PlannedRing { ring, opens_at, closes_at: None, networks: vec![], reason: None, set_by };
        let it = assignment(state);
        Assignment { plan: Some(PublicationPlan { rings: vec![ring] }), published_at: Some(moment(0)), ..it }
    }

    #[test]
    fn only_what_was_open_to_everybody_has_a_standing() {
        for ring in Ring::ALL.iter().filter(|ring| **ring != Ring::Public) {
            assert_eq!(opening(AssignmentState::Open, *ring, 0).public_standing(moment(1)), None, "{ring}");
        }
        let it = opening(AssignmentState::Open, Ring::Public, 2);
        assert_eq!(it.public_standing(moment(1)), None);
        assert_eq!(it.public_standing(moment(2)), Some(PublicStanding::Open));
        assert_eq!(Assignment { published_at: None, ..it }.public_standing(moment(2)), None);
    }

    #[test]
    fn what_ended_before_everybody_could_see_it_never_was_public() {
        let reason = EndingReason::Cancelled(CancellationReason::NoLongerNeeded);
        let ended = |at| Assignment {
            ending: Some(Ending { reason, note: None, at: moment(at) }),
            ..opening(AssignmentState::Cancelled, Ring::Public, 2)
        };
        assert_eq!(ended(1).public_standing(moment(9)), None);
        assert_eq!(ended(3).public_standing(moment(9)), Some(PublicStanding::Closed));
        let filled = Assignment { closed_at: Some(moment(3)), ..opening(AssignmentState::Filled, Ring::Public, 2) };
        assert_eq!(filled.public_standing(moment(9)), Some(PublicStanding::Filled));
    }
}
