//! Roles that are given; the parts of employee, manager and owner follow from facts and are never given.

use chrono::NaiveDate;

use super::codes::LAST_ADMINISTRATOR;
use super::employments::Employment;
use crate::{Moment, NetworkId, OrganisationId, PersonId, Refusal, RoleAssignmentId, text_enum};

text_enum! {
    /// A role that is given to somebody (rol)
    Role {
        Client = "CLIENT", "Client: publishes klussen", "Opdrachtgever: plaatst klussen";
        MobilityAdviser = "MOBILITY_ADVISER", "Mobility adviser", "Mobiliteitsadviseur";
        OrganisationAdministrator = "ORGANISATION_ADMINISTRATOR", "Organisation administrator", "Organisatiebeheerder (P&O)";
        Finance = "FINANCE", "Finance", "Financiën";
        NetworkCoordinator = "NETWORK_COORDINATOR", "Network coordinator", "Kartrekker van een netwerk";
        Broker = "BROKER", "Broker", "Bemiddelaar";
        PlatformAdministrator = "PLATFORM_ADMINISTRATOR", "Platform administrator", "Platformbeheerder";
    }
}

/// Where a role holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// In one organisation and the organisations below it.
    Organisation(OrganisationId),
    /// In one network.
    Network(NetworkId),
    /// Everywhere.
    Platform,
}

/// A role given to somebody (roltoekenning).
#[derive(Debug, Clone, PartialEq)]
pub struct RoleAssignment {
    /// Identifies it.
    pub id: RoleAssignmentId,
    /// Who has the role.
    pub person: PersonId,
    /// The role.
    pub role: Role,
    /// Where it holds.
    pub scope: Scope,
    /// Since when.
    pub created_at: Moment,
}

impl RoleAssignment {
    /// Gives a role; each role has its own kind of scope.
    pub fn give(
        id: RoleAssignmentId,
        person: PersonId,
        role: Role,
        scope: Scope,
        now: Moment,
    ) -> Result<Self, Refusal> {
        let fits = match role {
            Role::Client | Role::MobilityAdviser | Role::OrganisationAdministrator | Role::Finance => {
                matches!(scope, Scope::Organisation(_))
            }
            Role::NetworkCoordinator => matches!(scope, Scope::Network(_)),
            Role::Broker => !matches!(scope, Scope::Platform),
            Role::PlatformAdministrator => scope == Scope::Platform,
        };
        if !fits {
            return Err(Refusal::invalid(
                "scope",
                "must fit the role: NETWORK_COORDINATOR needs networkId, PLATFORM_ADMINISTRATOR neither, BROKER one of the two, any other role organisationId",
            ));
        }
        Ok(Self { id, person, role, scope, created_at: now })
    }

    /// Whether somebody must always have it in its scope.
    pub fn is_administrator(&self) -> bool {
        matches!(self.role, Role::OrganisationAdministrator | Role::PlatformAdministrator)
    }

    /// Refuses to leave an organisation or the platform without an administrator; `holders` are those who have the
    /// role in the same scope and have access.
    pub fn may_go(&self, holders: &[PersonId]) -> Result<(), Refusal> {
        if self.is_administrator() && holders.iter().all(|holder| *holder == self.person) {
            return Err(LAST_ADMINISTRATOR.refuse("Give somebody else the role in the same scope first."));
        }
        Ok(())
    }
}

/// The roles that are in force on this day: whoever has left an organisation has no role in it any more. Somebody who
/// was never employed there keeps a role that was given.
pub fn in_force(roles: Vec<RoleAssignment>, employments: &[Employment], day: NaiveDate) -> Vec<RoleAssignment> {
    let has_left = |organisation: OrganisationId| {
        let mut there = employments.iter().filter(|employment| employment.organisation == organisation).peekable();
        there.peek().is_some() && there.all(|employment| employment.terms.is_over_on(day))
    };
    let stays = |given: &RoleAssignment| match given.scope {
        Scope::Organisation(organisation) => !has_left(organisation),
        Scope::Network(_) | Scope::Platform => true,
    };
    roles.into_iter().filter(stays).collect()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::TextEnum as _;

    fn given(role: Role, scope: Scope) -> Result<RoleAssignment, Refusal> {
        let now = "2027-03-01T09:00:00Z".parse().unwrap();
        RoleAssignment::give(Uuid::from_u128(1).into(), Uuid::from_u128(2).into(), role, scope, now)
    }

    #[test]
    fn each_role_has_its_own_kind_of_scope() {
        let organisation = Scope::Organisation(Uuid::from_u128(3).into());
        let network = Scope::Network(Uuid::from_u128(4).into());
        for &role in Role::ALL {
            let fits = [organisation, network, Scope::Platform].map(|scope| given(role, scope).is_ok());
            let expected = match role {
                Role::NetworkCoordinator => [false, true, false],
                Role::Broker => [true, true, false],
                Role::PlatformAdministrator => [false, false, true],
                _ => [true, false, false],
            };
            assert_eq!(fits, expected, "{role}");
        }
    }

    #[test]
    fn the_last_administrator_stays() {
        let administrator = given(Role::PlatformAdministrator, Scope::Platform).unwrap();
        let other = Uuid::from_u128(9).into();
        assert!(administrator.may_go(&[administrator.person]).is_err());
        assert!(administrator.may_go(&[administrator.person, other]).is_ok());
        assert!(administrator.may_go(&[]).is_err(), "whoever lacks access does not count");
        let client = given(Role::Client, Scope::Organisation(Uuid::from_u128(3).into())).unwrap();
        assert!(client.may_go(&[client.person]).is_ok());
    }
}
