//! What has to be known of a viewer and of an owner to decide who sees what.

use std::collections::{BTreeSet, HashMap};

use diesel::prelude::*;
use domain::parties::memberships::MembershipState;
use domain::parties::persons::PersonStatus;
use domain::parties::role_assignments::{Role, RoleAssignment, Scope};
use domain::profiles::sight::{Owner, Viewer};
use domain::{NetworkId, OrganisationId, PersonId, TextEnum, local_date};

use crate::columns::Key;
use crate::schema::parties::{employments, memberships, organisations, persons};
use crate::{Result, View};

/// Concerns are no deeper than this.
const MAX_DEPTH: usize = 20;

/// The viewer that somebody is who works for these employers and has these roles. The responders are left open: only
/// the market knows who responded to whom.
pub fn of(
    view: &mut View<'_>,
    person: PersonId,
    employers: &[OrganisationId],
    roles: &[RoleAssignment],
) -> Result<Viewer> {
    let has = |role: Role| roles.iter().any(|given| given.role == role);
    let scopes = |role: Option<Role>| {
        roles.iter().filter(move |given| role.is_none_or(|role| role == given.role)).map(|given| given.scope)
    };
    let organisation = |scope| if let Scope::Organisation(id) = scope { Some(id) } else { None };
    let coordinated = scopes(Some(Role::NetworkCoordinator));
    let mut networks: BTreeSet<NetworkId> =
        coordinated.filter_map(|scope| if let Scope::Network(id) = scope { Some(id) } else { None }).collect();
    if has(Role::Client) {
        let clients = scopes(Some(Role::Client)).filter_map(organisation);
        let organisations: Vec<OrganisationId> = clients.chain(employers.iter().copied()).collect();
        networks.extend(networks_of(view, person, &organisations)?);
    }
    let places: Vec<OrganisationId> = employers.iter().copied().chain(scopes(None).filter_map(organisation)).collect();
    Ok(Viewer {
        person: Some(person),
        organisation: places.first().copied(),
        organisations: lines_of(view, &places)?,
        looks_for_people: has(Role::Client) || has(Role::NetworkCoordinator),
        networks: networks.into_iter().collect(),
        is_mobility_adviser: has(Role::MobilityAdviser),
        is_platform_administrator: has(Role::PlatformAdministrator),
        manages: managed_by(view, person)?,
        responders: Vec::new(),
    })
}

/// What has to be known of the owner of a profile.
pub fn owner(view: &mut View<'_>, person: PersonId) -> Result<Owner> {
    Ok(owners(view, &[person])?.remove(&person).unwrap_or_default())
}

/// What has to be known of the owners of these profiles.
pub fn owners(view: &mut View<'_>, people: &[PersonId]) -> Result<HashMap<PersonId, Owner>> {
    let keys: Vec<Key> = people.iter().copied().map(Key::from).collect();
    let today = local_date(view.now());
    let statuses: Vec<(Key, String)> = each!(view.conn, |c| persons::table
        .filter(persons::id.eq_any(&keys))
        .select((persons::id, persons::status))
        .load(c))?;
    let own: Vec<(Option<Key>, Key)> = each!(view.conn, |c| memberships::table
        .filter(memberships::state.eq(MembershipState::Active.as_str()))
        .filter(memberships::person_id.eq_any(&keys))
        .select((memberships::person_id, memberships::network_id))
        .load(c))?;
    let by_employer: Vec<(Key, Key)> = each!(view.conn, |c| employments::table
        .inner_join(memberships::table.on(memberships::organisation_id.eq(employments::organisation_id.nullable())))
        .filter(memberships::state.eq(MembershipState::Active.as_str()))
        .filter(employments::person_id.eq_any(&keys))
        .filter(employments::start_date.le(today))
        .filter(employments::end_date.is_null().or(employments::end_date.ge(today)))
        .select((employments::person_id, memberships::network_id))
        .load(c))?;
    let closed = PersonStatus::Closed.as_str();
    let mut found: HashMap<PersonId, Owner> = statuses
        .into_iter()
        .map(|(id, status)| (id.to(), Owner { networks: Vec::new(), is_closed: status == closed }))
        .collect();
    let own = own.into_iter().filter_map(|(person, network)| Some((person?, network)));
    for (person, network) in own.chain(by_employer) {
        if let Some(owner) = found.get_mut(&person.to()) {
            owner.networks.push(network.to());
        }
    }
    Ok(found)
}

/// The networks that somebody belongs to today, by an employer or in person.
pub fn networks_of_person(view: &mut View<'_>, person: PersonId) -> Result<Vec<NetworkId>> {
    let employers = employers_of(view, person)?;
    networks_of(view, person, &employers)
}

/// The organisations that employ somebody today.
pub fn employers_of(view: &mut View<'_>, person: PersonId) -> Result<Vec<OrganisationId>> {
    Ok(employers(view, &[person])?.remove(&person).unwrap_or_default())
}

/// The organisations that employ these people today, of those who have one.
pub fn employers(view: &mut View<'_>, people: &[PersonId]) -> Result<HashMap<PersonId, Vec<OrganisationId>>> {
    let people: Vec<Key> = people.iter().copied().map(Key::from).collect();
    let today = local_date(view.now());
    let rows: Vec<(Key, Key)> = each!(view.conn, |c| employments::table
        .filter(employments::person_id.eq_any(&people))
        .filter(employments::start_date.le(today))
        .filter(employments::end_date.is_null().or(employments::end_date.ge(today)))
        .order(employments::id)
        .select((employments::person_id, employments::organisation_id))
        .load(c))?;
    let mut found: HashMap<PersonId, Vec<OrganisationId>> = HashMap::new();
    for (person, organisation) in rows {
        found.entry(person.to()).or_default().push(organisation.to());
    }
    Ok(found)
}

fn networks_of(view: &mut View<'_>, person: PersonId, organisations: &[OrganisationId]) -> Result<Vec<NetworkId>> {
    let organisations: Vec<Key> = organisations.iter().copied().map(Key::from).collect();
    let person = Key::from(person);
    let found: Vec<Key> = each!(view.conn, |c| memberships::table
        .filter(memberships::state.eq(MembershipState::Active.as_str()))
        .filter(memberships::organisation_id.eq_any(&organisations).or(memberships::person_id.eq(person)))
        .select(memberships::network_id)
        .distinct()
        .order(memberships::network_id)
        .load(c))?;
    Ok(found.into_iter().map(Key::to).collect())
}

/// The people whose line manager somebody is today.
fn managed_by(view: &mut View<'_>, manager: PersonId) -> Result<Vec<PersonId>> {
    let today = local_date(view.now());
    let found: Vec<Key> = each!(view.conn, |c| employments::table
        .filter(employments::manager_id.eq(Key::from(manager)))
        .filter(employments::start_date.le(today))
        .filter(employments::end_date.is_null().or(employments::end_date.ge(today)))
        .select(employments::person_id)
        .distinct()
        .order(employments::person_id)
        .load(c))?;
    Ok(found.into_iter().map(Key::to).collect())
}

/// These organisations with all that stand above and below them.
fn lines_of(view: &mut View<'_>, organisations: &[OrganisationId]) -> Result<Vec<OrganisationId>> {
    let own: BTreeSet<Key> = organisations.iter().copied().map(Key::from).collect();
    let mut line = own.clone();
    let mut level: Vec<Key> = own.iter().copied().collect();
    for _ in 0..MAX_DEPTH {
        let above: Vec<Option<Key>> = each!(view.conn, |c| organisations::table
            .filter(organisations::id.eq_any(&level))
            .filter(organisations::parent_id.is_not_null())
            .select(organisations::parent_id)
            .load(c))?;
        level = above.into_iter().flatten().filter(|id| line.insert(*id)).collect();
        if level.is_empty() {
            break;
        }
    }
    level = own.iter().copied().collect();
    for _ in 0..MAX_DEPTH {
        let parents: Vec<Option<Key>> = level.iter().copied().map(Some).collect();
        let below: Vec<Key> = each!(view.conn, |c| organisations::table
            .filter(organisations::parent_id.eq_any(&parents))
            .select(organisations::id)
            .load(c))?;
        level = below.into_iter().filter(|id| line.insert(*id)).collect();
        if level.is_empty() {
            break;
        }
    }
    Ok(line.into_iter().map(Key::to).collect())
}
