//! What a caller is and may do, loaded in the transaction that decides.

use domain::parties::employments::Employment;
use domain::parties::persons::PersonStatus;
use domain::parties::role_assignments::{Role, RoleAssignment, Scope, in_force};
use domain::{NetworkId, OrganisationId, PersonId, local_date};
use persistence::View;
use persistence::exchange::spent_tokens;
use persistence::parties::{employments, memberships, networks, organisations, persons, role_assignments};

use crate::clients::{self, Honoured};
use crate::problem::{Problem, TOKEN_INVALID};
use crate::tokens::{Bearer, Claims};

/// The organisations that somebody administers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// All of them: an administrator of the platform.
    Everywhere,
    /// These; none for who administers nothing.
    Organisations(Vec<OrganisationId>),
}

/// The person who calls, with what follows from it at this moment.
#[derive(Debug, Clone)]
pub struct Actor {
    /// Who it is.
    pub person: PersonId,
    /// The employments that hold today.
    pub employments: Vec<Employment>,
    /// The roles that are in force.
    pub roles: Vec<RoleAssignment>,
}

/// Whether an organisation, or one below it, employs somebody today.
pub(crate) fn works_within(
    view: &mut View<'_>,
    person: PersonId,
    organisation: OrganisationId,
) -> Result<bool, Problem> {
    let today = local_date(view.now());
    let held = employments::of_person(view, person)?;
    let reach = organisations::descendants(view, &[organisation])?;
    Ok(held.iter().any(|one| reach.contains(&one.organisation) && one.terms.holds_on(today)))
}

impl Actor {
    /// Whether the person behind a token still has access by it.
    pub(crate) fn welcome(view: &mut View<'_>, claims: &Claims) -> Result<Option<Honoured>, Problem> {
        let Bearer::Person(session) = claims.bearer() else { return Ok(None) };
        let Some(footing) = spent_tokens::footing(view, session, claims.token())? else { return Ok(None) };
        let person = footing.person;
        if footing.is_closed || footing.is_ended || footing.is_taken_back || claims.subject() != person {
            return Ok(None);
        }
        let Some(honoured) = clients::vouched(view, claims)? else { return Ok(None) };
        let Some(organisation) = honoured.through else { return Ok(Some(honoured)) };
        // By the clients of an organisation come in who works there, and only as long as they do.
        let works_there = works_within(view, person, organisation)?;
        Ok(Some(honoured).filter(|_| works_there))
    }

    /// Loads the person behind a token, if they still have access and the session was not ended.
    pub(crate) fn load(view: &mut View<'_>, claims: &Claims) -> Result<Self, Problem> {
        let welcome = Self::welcome(view, claims)?;
        let ended = || Problem::new(&TOKEN_INVALID, "The session was ended; sign in again.");
        let Honoured { through } = welcome.ok_or_else(ended)?;
        let (now, person) = (view.now(), claims.subject());
        let today = local_date(now);
        let mut employments = employments::of_person(view, person)?;
        let mut roles = in_force(role_assignments::of_person(view, person)?, &employments, today);
        if let Some(organisation) = through {
            // Its administrators decide who comes in by its clients, so nobody gets further by them than they do.
            let reach = organisations::descendants(view, &[organisation])?;
            roles.retain(|given| match given.scope {
                Scope::Organisation(id) => reach.contains(&id),
                Scope::Network(_) => true,
                Scope::Platform => false,
            });
        }
        employments.retain(|employment| employment.terms.holds_on(today));
        Ok(Self { person, employments, roles })
    }

    /// Loads a person for whom the service itself acts, with the rights they have at this moment; nobody where they have
    /// no access any more.
    pub(crate) fn of_person(view: &mut View<'_>, person: PersonId) -> Result<Option<Self>, Problem> {
        if persons::get(view, person)?.status == PersonStatus::Closed {
            return Ok(None);
        }
        let today = local_date(view.now());
        let mut employments = employments::of_person(view, person)?;
        let roles = in_force(role_assignments::of_person(view, person)?, &employments, today);
        employments.retain(|employment| employment.terms.holds_on(today));
        Ok(Some(Self { person, employments, roles }))
    }

    /// Somebody as an employee and no more, without a token; nothing where they have no access, or work nowhere today.
    pub(crate) fn employee(view: &mut View<'_>, person: PersonId) -> Result<Option<Self>, Problem> {
        let today = local_date(view.now());
        if persons::get(view, person)?.status == PersonStatus::Closed {
            return Ok(None);
        }
        let mut employments = employments::of_person(view, person)?;
        employments.retain(|employment| employment.terms.holds_on(today));
        Ok((!employments.is_empty()).then(|| Self { person, employments, roles: Vec::new() }))
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

    /// The networks the caller coordinates.
    pub fn coordinated(&self) -> impl Iterator<Item = NetworkId> {
        self.roles.iter().filter(|given| given.role == Role::NetworkCoordinator).filter_map(|given| match given.scope {
            Scope::Network(id) => Some(id),
            Scope::Organisation(_) | Scope::Platform => None,
        })
    }

    /// Whether the caller coordinates this network.
    pub fn coordinates(&self, network: NetworkId) -> bool {
        self.coordinated().any(|coordinated| coordinated == network)
    }

    /// Whether the caller administers the platform.
    pub fn is_platform_administrator(&self) -> bool {
        self.roles.iter().any(|given| given.role == Role::PlatformAdministrator)
    }

    /// Whether the caller administers this organisation, or the platform.
    pub fn administers(&self, view: &mut View<'_>, organisation: OrganisationId) -> Result<bool, Problem> {
        Ok(self.is_platform_administrator() || self.has_role(view, Role::OrganisationAdministrator, organisation)?)
    }

    /// The organisations the caller administers, with those below them.
    pub fn administered(&self, view: &mut View<'_>) -> Result<Reach, Problem> {
        if self.is_platform_administrator() {
            return Ok(Reach::Everywhere);
        }
        let roots: Vec<OrganisationId> = self
            .roles
            .iter()
            .filter(|given| given.role == Role::OrganisationAdministrator)
            .filter_map(|given| match given.scope {
                Scope::Organisation(id) => Some(id),
                Scope::Network(_) | Scope::Platform => None,
            })
            .collect();
        Ok(Reach::Organisations(organisations::descendants(view, &roots)?))
    }

    /// The organisations that employ the caller today, with those above them.
    pub fn employers_and_above(&self, view: &mut View<'_>) -> Result<Vec<OrganisationId>, Problem> {
        let mut all = Vec::new();
        for employer in self.employers() {
            all.extend(organisations::ancestors(view, employer)?);
        }
        Ok(all)
    }

    /// The networks of which the caller is a member: themselves, or through an organisation that employs them or one
    /// above it.
    pub fn active_networks(&self, view: &mut View<'_>) -> Result<Vec<NetworkId>, Problem> {
        let organisations = self.employers_and_above(view)?;
        Ok(memberships::active_networks_of(view, &organisations, self.person)?)
    }

    /// The networks by invitation only that the caller may know of, perhaps with others; nothing where it is all of
    /// them. Members may, who is invited and who administers either, and coordinators also those above.
    pub fn known_networks(&self, view: &mut View<'_>) -> Result<Option<Vec<NetworkId>>, Problem> {
        let Reach::Organisations(administered) = self.administered(view)? else { return Ok(None) };
        let mut known = self.active_networks(view)?;
        known.extend(memberships::active_networks_of(view, &administered, self.person)?);
        known.extend(memberships::inviting_networks_of(view, &administered, self.person)?);
        for coordinated in self.coordinated() {
            known.extend(networks::ancestors(view, coordinated)?);
        }
        Ok(Some(known))
    }

    /// Whether the caller may give and take roles in this scope.
    pub fn may_give(&self, view: &mut View<'_>, scope: Scope) -> Result<bool, Problem> {
        match scope {
            Scope::Organisation(id) => self.administers(view, id),
            Scope::Network(id) => Ok(self.coordinates(id) || self.is_platform_administrator()),
            Scope::Platform => Ok(self.is_platform_administrator()),
        }
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
