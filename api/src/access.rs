//! What a caller is and may do, loaded in the transaction that decides.

use domain::parties::employments::Employment;
use domain::parties::persons::PersonStatus;
use domain::parties::role_assignments::{Role, RoleAssignment, Scope};
use domain::{NetworkId, OrganisationId, PersonId, local_date};
use persistence::View;
use persistence::parties::{employments, organisations, persons, role_assignments, sessions};

use crate::problem::{Problem, TOKEN_INVALID};
use crate::tokens::Claims;

/// The person who calls, with what follows from it at this moment.
#[derive(Debug, Clone)]
pub struct Actor {
    /// Who it is.
    pub person: PersonId,
    /// The employments that hold today.
    pub employments: Vec<Employment>,
    /// The roles that were given.
    pub roles: Vec<RoleAssignment>,
}

impl Actor {
    /// Loads the person behind a token, if they still have access and the session was not ended.
    pub(crate) fn load(view: &mut View<'_>, claims: &Claims) -> Result<Self, Problem> {
        let ended = || Problem::new(&TOKEN_INVALID, "The session was ended; sign in again.");
        let now = view.now();
        let session = match sessions::get(view, claims.session()) {
            Ok(session) => session,
            Err(persistence::PersistenceError::NotFound { .. }) => return Err(ended()),
            Err(error) => return Err(error.into()),
        };
        let person = persons::get(view, session.person)?;
        if session.revoked_at.is_some() || person.status == PersonStatus::Closed {
            return Err(ended());
        }
        let today = local_date(now);
        let mut employments = employments::of_person(view, person.id)?;
        employments.retain(|employment| employment.terms.holds_on(today));
        let roles = role_assignments::of_person(view, person.id)?;
        Ok(Self { person: person.id, employments, roles })
    }

    /// The organisations that employ the caller today.
    pub fn employers(&self) -> impl Iterator<Item = OrganisationId> {
        self.employments.iter().map(|employment| employment.organisation)
    }

    /// Whether the caller has this role in this organisation, or in one above it.
    pub fn has_role(&self, view: &mut View<'_>, role: Role, organisation: OrganisationId) -> Result<bool, Problem> {
        let scopes: Vec<OrganisationId> = self
            .roles
            .iter()
            .filter(|given| given.role == role)
            .filter_map(|given| match given.scope {
                Scope::Organisation(id) => Some(id),
                Scope::Network(_) | Scope::Platform => None,
            })
            .collect();
        if scopes.is_empty() {
            return Ok(false);
        }
        let ancestors = organisations::ancestors(view, organisation)?;
        Ok(scopes.iter().any(|scope| ancestors.contains(scope)))
    }

    /// Whether the caller coordinates this network.
    pub fn coordinates(&self, network: NetworkId) -> bool {
        self.roles.iter().any(|given| given.role == Role::NetworkCoordinator && given.scope == Scope::Network(network))
    }

    /// Whether the caller administers the platform.
    pub fn is_platform_administrator(&self) -> bool {
        self.roles.iter().any(|given| given.role == Role::PlatformAdministrator)
    }

    /// Whether the caller administers this organisation, or the platform.
    pub fn administers(&self, view: &mut View<'_>, organisation: OrganisationId) -> Result<bool, Problem> {
        Ok(self.is_platform_administrator() || self.has_role(view, Role::OrganisationAdministrator, organisation)?)
    }

    /// Refuses unless the caller administers this organisation, or the platform.
    pub fn must_administer(&self, view: &mut View<'_>, organisation: OrganisationId) -> Result<(), Problem> {
        if self.administers(view, organisation)? {
            Ok(())
        } else {
            Err(domain::Refusal::forbidden("This is done by an administrator of the organisation.").into())
        }
    }

    /// Refuses unless the caller administers the platform.
    pub fn must_administer_platform(&self) -> Result<(), Problem> {
        if self.is_platform_administrator() {
            Ok(())
        } else {
            Err(domain::Refusal::forbidden("This is done by an administrator of the platform.").into())
        }
    }
}
