//! Who plays which part in the wing: from facts, roles and what was shared, never from a role alone.

use domain::market::consent_requests::{ConsentState, is_consent_required};
use domain::parties::mobility_policies::PolicyTerms;
use domain::parties::role_assignments::Role;
use domain::placements::arrangements::Arrangement;
use domain::placements::charge_statements::ChargeStatement;
use domain::placements::placements::Placement;
use domain::{Audience, EmploymentId, OrganisationId, Part, Parts, PersonId, local_date};
use persistence::View;
use persistence::market::{assignments, consent_requests, responses};
use persistence::parties::{employments, mobility_policies};

use crate::access::Actor;
use crate::market::responses::dossier::owners;
use crate::problem::Problem;

/// The parts somebody plays, and whether they read without playing one.
#[derive(Debug, Clone, Default)]
pub(crate) struct Standing {
    pub(crate) parts: Parts,
    pub(crate) reads: bool,
    /// Whether of an arrangement the words are not for them.
    pub(crate) only_hours: bool,
}

impl Standing {
    /// Whether they may not know of it.
    pub(crate) fn is_nobody(&self) -> bool {
        self.parts.is_empty() && !self.reads
    }
}

/// The parts of the home side of an employment: its manager, in whose place an administrator stands where there is none.
/// Nobody plays them for themselves.
fn home_side(view: &mut View<'_>, actor: &Actor, employment: EmploymentId) -> Result<Parts, Problem> {
    let employment = employments::get(view, employment)?;
    if employment.person == actor.person {
        return Ok(Parts::new());
    }
    let mut parts = Parts::new();
    if employment.terms.manager == Some(actor.person) {
        parts.push(Part::HomeManager);
    }
    if employment.terms.manager.is_none()
        && actor.has_role(view, Role::OrganisationAdministrator, employment.organisation)?
    {
        parts.push(Part::OrganisationAdministrator);
    }
    Ok(parts)
}

/// Where somebody stands with an arrangement.
pub(crate) fn of_arrangement(
    view: &mut View<'_>,
    actor: &Actor,
    arrangement: &Arrangement,
) -> Result<Standing, Problem> {
    if arrangement.person == actor.person {
        return Ok(Standing { parts: vec![Part::Employee], ..Standing::default() });
    }
    let parts = home_side(view, actor, arrangement.employment)?;
    let mut reads = false;
    for role in [Role::MobilityAdviser, Role::OrganisationAdministrator] {
        reads |= actor.has_role(view, role, arrangement.home)?;
    }
    let finance = actor.has_role(view, Role::Finance, arrangement.home)?;
    Ok(Standing { only_hours: finance && !reads && parts.is_empty(), reads: reads || finance, parts })
}

/// Where somebody stands with a placement. Before it is confirmed it is between the employee and the client, and the
/// manager who goes along.
pub(crate) fn of_placement(view: &mut View<'_>, actor: &Actor, placement: &Placement) -> Result<Standing, Problem> {
    let mut standing = Standing::default();
    if placement.person == actor.person {
        standing.parts.push(Part::Employee);
        return Ok(standing);
    }
    let assignment = assignments::get(view, placement.assignment)?;
    if assignment.is_owned_by(actor.person) {
        standing.parts.push(Part::Client);
    }
    let confirmed = placement.confirmed_at.is_some();
    if confirmed || manager_goes_along(view, placement)? {
        standing.parts.extend(home_side(view, actor, placement.employment)?);
    }
    if confirmed {
        for (role, organisation, part) in [
            (Role::OrganisationAdministrator, placement.home, Some(Part::OrganisationAdministrator)),
            (Role::OrganisationAdministrator, placement.host, None),
            (Role::Finance, placement.home, Some(Part::Finance)),
            (Role::Finance, placement.host, Some(Part::HostFinance)),
        ] {
            if actor.has_role(view, role, organisation)? {
                standing.reads = true;
                standing.parts.extend(part.filter(|part| !standing.parts.contains(part)));
            }
        }
    }
    if responses::adviser_of(view, placement.response)? == Some(actor.person) {
        standing.reads |= actor.has_role(view, Role::MobilityAdviser, placement.home)?;
    }
    Ok(standing)
}

/// Whether the manager knows and goes along: consent was granted, or none is needed (S4).
pub(crate) fn manager_goes_along(view: &mut View<'_>, placement: &Placement) -> Result<bool, Problem> {
    let now = view.now();
    if let Some(consent) = consent_requests::last_of(view, &[placement.response])?.pop() {
        return Ok(consent.as_of(now).state == ConsentState::Granted);
    }
    let response = responses::get(view, placement.response)?;
    let assignment = assignments::get(view, placement.assignment)?;
    let Some(home) = response.home else { return Ok(false) };
    let policy = home.policy.map(|policy| mobility_policies::get(view, policy)).transpose()?;
    let terms = policy.map_or_else(|| PolicyTerms::platform_default(local_date(now)), |policy| policy.terms);
    Ok(!is_consent_required(&terms, &assignment, home.organisation))
}

/// The part somebody plays with a charge statement: finance of the one who issues it, or of the one who receives it.
pub(crate) fn of_statement(
    view: &mut View<'_>,
    actor: &Actor,
    statement: &ChargeStatement,
) -> Result<Standing, Problem> {
    let mut standing = Standing::default();
    if actor.has_role(view, Role::Finance, statement.issuer)? {
        standing.parts.push(Part::Finance);
    }
    if statement.number.is_some() {
        if actor.has_role(view, Role::Finance, statement.recipient)? {
            standing.parts.push(Part::HostFinance);
        }
        let placement = persistence::placements::placements::get(view, statement.placement)?;
        standing.reads = assignments::get(view, placement.assignment)?.is_owned_by(actor.person);
    }
    Ok(standing)
}

/// The people to whom a placement is their own: the employee, who owns the klus, and once the manager goes along the
/// manager.
pub(crate) fn people_of(view: &mut View<'_>, placement: &Placement) -> Result<Vec<Audience>, Problem> {
    let mut audiences = vec![Audience::Person(placement.person)];
    audiences.extend(owners(&assignments::get(view, placement.assignment)?));
    if placement.confirmed_at.is_some() || manager_goes_along(view, placement)? {
        audiences.extend(manager_of(view, placement.employment)?.map(Audience::Person));
    }
    Ok(audiences)
}

/// The manager of an employment.
pub(crate) fn manager_of(view: &mut View<'_>, employment: EmploymentId) -> Result<Option<PersonId>, Problem> {
    Ok(employments::get(view, employment)?.terms.manager)
}

/// Everybody who handles money for an organisation.
pub(super) fn finance_of(view: &mut View<'_>, organisation: OrganisationId) -> Result<Vec<Audience>, Problem> {
    use domain::parties::role_assignments::Scope;
    use persistence::parties::{organisations, role_assignments};
    let mut people = Vec::new();
    for above in organisations::ancestors(view, organisation)? {
        let holders = role_assignments::present_holders(view, Role::Finance, Scope::Organisation(above))?;
        people.extend(holders.into_iter().map(Audience::Person));
    }
    Ok(people)
}
