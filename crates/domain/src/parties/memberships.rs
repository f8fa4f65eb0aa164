//! Memberships: who belongs to a network, and whether the pledge is met.

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
            guard: "",
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
            guard: "",
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
            by: &[Part::OrganisationAdministrator, Part::Employee, Part::NetworkCoordinator],
            guard: "",
            effect: "klussen of the network are no longer visible to the member",
        },
        Transition {
            from: MembershipState::Requested,
            action: MembershipAction::End,
            to: MembershipState::Ended,
            by: &[Part::OrganisationAdministrator, Part::Employee],
            guard: "",
            effect: "",
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
            (Admission::InvitationOnly, false, _) => return Err(Refusal::hidden("network")),
            (_, false, false) => {
                return Err(Refusal::forbidden(
                    "Joining is done by an administrator of the organisation or the coordinator of the network.",
                ));
            }
        };
        let since = (state == MembershipState::Active).then_some(now);
        Ok(Self { id, revision: 1, network, member, state, since, created_at: now, modified_at: now })
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
