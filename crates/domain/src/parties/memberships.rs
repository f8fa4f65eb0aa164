//! Memberships: who belongs to a network, and whether the pledge is met.

use super::codes::PARENT_MEMBERSHIP_MISSING;
use super::networks::Admission;
use crate::{
    Lifecycle, MembershipId, Moment, NetworkId, OrganisationId, Part, PersonId, Refusal, Transition, text_enum,
};

text_enum! {
    /// The state of a membership (deelname)
    MembershipState {
        Requested = "REQUESTED", "Asked for", "Aangevraagd";
        Invited = "INVITED", "Invited", "Uitgenodigd";
        Active = "ACTIVE", "Member", "Deelnemer";
        Refused = "REFUSED", "Refused", "Geweigerd";
        Ended = "ENDED", "Ended", "Beëindigd";
    }
}

text_enum! {
    /// What can be done with a membership
    MembershipAction {
        Admit = "ADMIT", "Admit", "Toelaten";
        Refuse = "REFUSE", "Refuse", "Weigeren";
        Accept = "ACCEPT", "Accept the invitation", "Uitnodiging aannemen";
        Decline = "DECLINE", "Decline the invitation", "Uitnodiging afslaan";
        End = "END", "End", "Beëindigen";
    }
}

/// The lifecycle of a membership. `EMPLOYEE` stands for the person whose membership it is.
pub static LIFECYCLE: Lifecycle<MembershipState, MembershipAction> = Lifecycle {
    name: "memberships",
    initial: &[MembershipState::Active, MembershipState::Requested, MembershipState::Invited],
    rows: &[
        Transition {
            from: MembershipState::Requested,
            action: MembershipAction::Admit,
            to: MembershipState::Active,
            by: &[Part::NetworkCoordinator],
            guard: "a member of the network above, if there is one",
            effect: "klussen of the network become visible to the member",
        },
        Transition {
            from: MembershipState::Requested,
            action: MembershipAction::Refuse,
            to: MembershipState::Refused,
            by: &[Part::NetworkCoordinator],
            guard: "",
            effect: "",
        },
        Transition {
            from: MembershipState::Invited,
            action: MembershipAction::Accept,
            to: MembershipState::Active,
            by: &[Part::OrganisationAdministrator, Part::Employee],
            guard: "a member of the network above, if there is one",
            effect: "klussen of the network become visible to the member",
        },
        Transition {
            from: MembershipState::Invited,
            action: MembershipAction::Decline,
            to: MembershipState::Refused,
            by: &[Part::OrganisationAdministrator, Part::Employee],
            guard: "",
            effect: "",
        },
        Transition {
            from: MembershipState::Active,
            action: MembershipAction::End,
            to: MembershipState::Ended,
            by: &[Part::OrganisationAdministrator, Part::Employee, Part::NetworkCoordinator, Part::Service],
            guard: "",
            effect: "klussen of the network are no longer visible to the member; memberships of networks inside it end too",
        },
        Transition {
            from: MembershipState::Requested,
            action: MembershipAction::End,
            to: MembershipState::Ended,
            by: &[Part::OrganisationAdministrator, Part::Employee, Part::Service],
            guard: "",
            effect: "",
        },
        Transition {
            from: MembershipState::Invited,
            action: MembershipAction::End,
            to: MembershipState::Ended,
            by: &[Part::NetworkCoordinator, Part::Service],
            guard: "",
            effect: "the invitation is withdrawn",
        },
    ],
};

/// Whose membership it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Member {
    /// An organisation with all its people.
    Organisation(OrganisationId),
    /// One person; only in networks by invitation.
    Person(PersonId),
}

/// A membership of a network (deelname).
#[derive(Debug, Clone, PartialEq)]
pub struct Membership {
    /// Identifies it.
    pub id: MembershipId,
    /// Counts its changes.
    pub revision: i64,
    /// The network.
    pub network: NetworkId,
    /// Whose it is.
    pub member: Member,
    /// Its state.
    pub state: MembershipState,
    /// When it became active.
    pub since: Option<Moment>,
    /// When it was asked for or offered.
    pub created_at: Moment,
    /// When it last changed.
    pub modified_at: Moment,
}

impl Membership {
    /// Asks for a membership, or is given one, as the network's admission and the caller's parts allow.
    pub fn begin(
        id: MembershipId,
        network: NetworkId,
        admission: Admission,
        member: Member,
        parts: &[Part],
        now: Moment,
    ) -> Result<Self, Refusal> {
        let coordinator = parts.contains(&Part::NetworkCoordinator);
        let own = parts.contains(&Part::OrganisationAdministrator) || parts.contains(&Part::Employee);
        if matches!(member, Member::Person(_)) && admission != Admission::InvitationOnly {
            return Err(Refusal::invalid(
                "personId",
                "must be left out: people join only networks by invitation, elsewhere their organisation does",
            ));
        }
        let state = match (admission, coordinator, own) {
            (Admission::Open, _, true) => MembershipState::Active,
            (Admission::ByOrganisation, true, true) => MembershipState::Active,
            (Admission::ByOrganisation, false, true) => MembershipState::Requested,
            (_, true, _) => MembershipState::Invited,
            (Admission::InvitationOnly, false, _) => {
                return Err(Refusal::forbidden("A coordinator of the network invites."));
            }
            (_, false, false) => {
                return Err(Refusal::forbidden(
                    "Joining is done by an administrator of the organisation or the coordinator of the network.",
                ));
            }
        };
        let since = (state == MembershipState::Active).then_some(now);
        Ok(Self { id, revision: 1, network, member, state, since, created_at: now, modified_at: now })
    }

    /// Refuses to be a member inside a network of which one is not a member; `above` tells whether one is, where there
    /// is a network above.
    pub fn inside(self, above: Option<bool>) -> Result<Self, Refusal> {
        if above == Some(false) && self.state != MembershipState::Ended && self.state != MembershipState::Refused {
            let detail = "Become a member of the network above first: its id is the parentId of this network.";
            return Err(PARENT_MEMBERSHIP_MISSING.refuse(detail));
        }
        Ok(self)
    }

    /// Whether it was not refused and did not end.
    pub fn is_open(&self) -> bool {
        matches!(self.state, MembershipState::Requested | MembershipState::Invited | MembershipState::Active)
    }

    /// Takes a row of the lifecycle.
    pub fn step(self, action: MembershipAction, parts: &[Part], now: Moment) -> Result<Self, Refusal> {
        let state = LIFECYCLE.step(self.state, action, parts)?;
        let since = if state == MembershipState::Active { Some(now) } else { self.since };
        Ok(Self { state, since, modified_at: now, ..self })
    }
}

/// What a member promised and what it did: always computed, never typed in (toezegging).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pledge {
    /// People promised.
    pub minimum_people: u32,
    /// Klussen promised.
    pub minimum_assignments: u32,
    /// People who are visible.
    pub visible_people: u32,
    /// Klussen published.
    pub published_assignments: u32,
}

impl Pledge {
    /// Whether both promises are kept.
    pub fn is_met(&self) -> bool {
        self.people_met() && self.assignments_met()
    }

    /// Whether enough people are visible.
    pub fn people_met(&self) -> bool {
        self.visible_people >= self.minimum_people
    }

    /// Whether enough klussen are published.
    pub fn assignments_met(&self) -> bool {
        self.published_assignments >= self.minimum_assignments
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::TextEnum as _;

    const NONE: &[Part] = &[];
    const COORDINATOR: &[Part] = &[Part::NetworkCoordinator];
    const ADMINISTRATOR: &[Part] = &[Part::OrganisationAdministrator];
    const BOTH: &[Part] = &[Part::NetworkCoordinator, Part::OrganisationAdministrator];

    fn begin(admission: Admission, member: Member, parts: &[Part]) -> Result<Membership, Refusal> {
        let now = "2027-03-01T09:00:00Z".parse().unwrap();
        Membership::begin(Uuid::from_u128(1).into(), Uuid::from_u128(2).into(), admission, member, parts, now)
    }

    fn organisation() -> Member {
        Member::Organisation(Uuid::from_u128(3).into())
    }

    #[test]
    fn the_state_of_a_new_membership_follows_from_admission_and_parts() {
        use MembershipState::{Active, Invited, Requested};
        for (admission, expected) in [
            (Admission::Open, [None, Some(Invited), Some(Active), Some(Active)]),
            (Admission::ByOrganisation, [None, Some(Invited), Some(Requested), Some(Active)]),
            (Admission::InvitationOnly, [None, Some(Invited), None, Some(Invited)]),
        ] {
            for (parts, expected) in [NONE, COORDINATOR, ADMINISTRATOR, BOTH].into_iter().zip(expected) {
                let membership = begin(admission, organisation(), parts);
                assert_eq!(membership.as_ref().ok().map(|one| one.state), expected, "{admission} {parts:?}");
                assert_eq!(membership.is_ok_and(|one| one.since.is_some()), expected == Some(Active));
            }
        }
    }

    #[test]
    fn people_join_only_by_invitation() {
        let person = Member::Person(Uuid::from_u128(4).into());
        for &admission in Admission::ALL {
            let parts = &[Part::NetworkCoordinator, Part::Employee];
            assert_eq!(begin(admission, person, parts).is_ok(), admission == Admission::InvitationOnly);
        }
    }

    #[test]
    fn only_the_listed_rows_can_be_taken() {
        let parts = [COORDINATOR, ADMINISTRATOR, &[Part::Employee], &[Part::Service], &[Part::Client]];
        for &state in MembershipState::ALL {
            for &action in MembershipAction::ALL {
                for parts in parts {
                    let membership = Membership { state, ..begin(Admission::Open, organisation(), BOTH).unwrap() };
                    let row = LIFECYCLE.rows.iter().find(|row| row.from == state && row.action == action);
                    let expected = row.filter(|row| row.by.iter().any(|part| parts.contains(part))).map(|row| row.to);
                    let stepped = membership.clone().step(action, parts, membership.created_at);
                    assert_eq!(stepped.ok().map(|one| one.state), expected, "{state} {action} {parts:?}");
                }
            }
        }
    }

    #[test]
    fn nobody_is_a_member_inside_a_network_without_being_a_member_of_it() {
        let membership = begin(Admission::Open, organisation(), ADMINISTRATOR).unwrap();
        assert!(membership.clone().inside(None).is_ok() && membership.clone().inside(Some(true)).is_ok());
        assert!(membership.clone().inside(Some(false)).is_err());
        assert!(Membership { state: MembershipState::Ended, ..membership }.inside(Some(false)).is_ok());
    }

    #[test]
    fn a_pledge_is_met_when_both_promises_are() {
        let pledge = |people, assignments| Pledge {
            minimum_people: 1,
            minimum_assignments: 2,
            visible_people: people,
            published_assignments: assignments,
        };
        assert!(pledge(1, 2).is_met() && !pledge(0, 2).is_met() && !pledge(1, 1).is_met());
    }
}
