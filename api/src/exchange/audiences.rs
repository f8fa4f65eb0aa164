//! To which audiences of events a caller belongs.

use domain::parties::organisations::Organisation;
use domain::parties::role_assignments::{Role, Scope};
use domain::{Audience, OrganisationId};
use persistence::View;
use persistence::parties::{memberships, organisations, role_assignments, units};

use crate::access::{Actor, Reach};
use crate::problem::Problem;

/// The audiences the caller belongs to at this moment.
pub(super) fn of(view: &mut View<'_>, actor: &Actor) -> Result<Vec<Audience>, Problem> {
    let mut audiences = vec![Audience::Everyone, Audience::Person(actor.person)];
    if works_for_government(view, actor)? || actor.is_platform_administrator() {
        audiences.push(Audience::CivilServants);
    }
    if actor.is_platform_administrator() {
        audiences.push(Audience::Platform);
    }
    // Who works for a part works for the whole.
    audiences.extend(actor.employers_and_above(view)?.into_iter().map(Audience::Organisation));
    for unit in actor.employments.iter().filter_map(|employment| employment.terms.unit) {
        audiences.extend(units::ancestors(view, unit)?.into_iter().map(Audience::Unit));
    }
    audiences.extend(actor.active_networks(view)?.into_iter().map(Audience::Network));
    if let Reach::Organisations(administered) = actor.administered(view)? {
        audiences.extend(administered.into_iter().map(Audience::Administrators));
    }
    audiences.extend(actor.coordinated().flat_map(|id| [Audience::Coordinators(id), Audience::Network(id)]));
    audiences.sort_unstable();
    audiences.dedup();
    Ok(audiences)
}

/// The audiences that an organisation belongs to, whoever works there: what its systems may know.
pub(super) fn of_organisation(view: &mut View<'_>, id: OrganisationId) -> Result<Vec<Audience>, Problem> {
    let mut audiences = vec![Audience::Everyone, Audience::Administrators(id)];
    if organisations::get(view, id)?.is_part_of_government() {
        audiences.push(Audience::CivilServants);
    }
    let above = organisations::ancestors(view, id)?;
    audiences.extend(memberships::active_networks_of_organisations(view, &above)?.into_iter().map(Audience::Network));
    audiences.extend(above.into_iter().map(Audience::Organisation));
    Ok(audiences)
}

/// Those who look after an organisation, each by themselves too: so that they are notified.
pub(super) fn administrators(view: &mut View<'_>, id: OrganisationId) -> Result<Vec<Audience>, Problem> {
    let mut audiences = vec![Audience::Administrators(id)];
    for above in organisations::ancestors(view, id)? {
        let scope = Scope::Organisation(above);
        let people = role_assignments::present_holders(view, Role::OrganisationAdministrator, scope)?;
        audiences.extend(people.into_iter().map(Audience::Person));
    }
    audiences.sort_unstable();
    audiences.dedup();
    Ok(audiences)
}

/// Whether a public organisation that takes part employs the caller.
fn works_for_government(view: &mut View<'_>, actor: &Actor) -> Result<bool, Problem> {
    let employers: Vec<OrganisationId> = actor.employers().collect();
    let employers = organisations::find_many(view, &employers)?;
    Ok(employers.iter().any(Organisation::is_part_of_government))
}
