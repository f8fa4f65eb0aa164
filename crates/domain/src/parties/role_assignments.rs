//! Roles that are given; the parts of employee, manager and owner follow from facts and are never given.

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
}
