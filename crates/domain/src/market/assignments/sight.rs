//! Who sees a klus: who works on it, who looks after it, and everybody in a ring that has opened.

use super::{Assignment, AssignmentState};
use crate::market::publication_rings::Reach;
use crate::{Moment, NetworkId, OrganisationId, PersonId};

/// From where somebody looks at klussen; the default is a stranger, who sees what is public.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sight {
    /// Who looks.
    pub person: Option<PersonId>,
    /// Where they stand, seen from the rings. Who coordinates a network sees what its members see.
    pub reach: Reach,
    /// The organisations they administer, with those below.
    pub administers: Vec<OrganisationId>,
    /// The networks they coordinate.
    pub coordinates: Vec<NetworkId>,
    /// Whether they keep order on the whole platform.
    pub moderates: bool,
}

impl Sight {
    /// Whether they see it at this moment.
    pub fn sees(&self, assignment: &Assignment, now: Moment) -> bool {
        self.looks_after(assignment) || assignment.is_inside(&self.reach, now)
    }

    /// Whether they see it in every state: owners, administrators, moderators, and who may have to review it.
    pub fn looks_after(&self, assignment: &Assignment) -> bool {
        self.moderates
            || self.person.is_some_and(|person| assignment.is_owned_by(person))
            || self.administers.contains(&assignment.organisation)
            || (assignment.state == AssignmentState::InReview && self.coordinates_any_of(assignment))
    }

    fn coordinates_any_of(&self, assignment: &Assignment) -> bool {
        assignment.plan.as_ref().is_some_and(|plan| plan.networks().any(|network| self.coordinates.contains(&network)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::TextEnum;
    use crate::market::fixtures::{OWNER, assignment, civil_servant, id, moment};

    #[test]
    fn a_draft_is_seen_only_by_those_who_look_after_it() {
        let stranger = Sight { person: Some(id(99)), reach: civil_servant(), ..Sight::default() };
        let owner = Sight { person: Some(id(OWNER)), ..Sight::default() };
        let administrator =
            Sight { administers: vec![assignment(AssignmentState::Draft).organisation], ..Sight::default() };
        let moderator = Sight { moderates: true, ..Sight::default() };
        for state in AssignmentState::ALL {
            let it = assignment(*state);
            for one in [&owner, &administrator, &moderator] {
                assert!(one.sees(&it, moment(2)), "{state}");
            }
            assert!(it.published_at.is_some() || !stranger.sees(&it, moment(2)), "{state}");
            assert_eq!(stranger.sees(&it, moment(2)), it.is_inside(&civil_servant(), moment(2)), "{state}");
            assert!(!stranger.looks_after(&it), "{state}");
        }
    }

    #[test]
    fn who_coordinates_a_network_that_is_named_sees_what_is_in_review() {
        use crate::market::publication_rings::{PlannedRing, PublicationPlan, Ring};
        let ring = PlannedRing {
            ring: Ring::Network,
            opens_at: moment(0),
            closes_at: None,
            networks: vec![id(60)],
            reason: None,
            set_by: id(OWNER),
        };
        let plan = Some(PublicationPlan { rings: vec![ring] });
        let coordinator = |network| Sight { coordinates: vec![id(network)], ..Sight::default() };
        for state in AssignmentState::ALL {
            let it = Assignment { plan: plan.clone(), ..assignment(*state) };
            assert_eq!(coordinator(60).looks_after(&it), *state == AssignmentState::InReview, "{state}");
            assert!(!coordinator(61).looks_after(&it), "{state}");
        }
    }
}
