//! What has to be known of a viewer and of an owner to decide who sees what.

use std::collections::{BTreeSet, HashMap};

use diesel::prelude::*;
use domain::parties::memberships::MembershipState;
use domain::parties::persons::PersonStatus;
use domain::parties::role_assignments::{Role, RoleAssignment, Scope};
use domain::profiles::sight::{Owner, Viewer};
use domain::{NetworkId, OrganisationId, PersonId, TextEnum, local_date};

use crate::among::AmongMethods as _;
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
    let statuses: Vec<(Key, String)> = each!(view.conn, |c| persons::table
        .filter(persons::id.among(&keys))
        .select((persons::id, persons::status))
        .load(c))?;
    let own: Vec<(Option<Key>, Key)> = each!(view.conn, |c| memberships::table
        .filter(memberships::state.eq(MembershipState::Active.as_str()))
        .filter(memberships::person_id.among(&keys))
        .select((memberships::person_id, memberships::network_id))
        .load(c))?;
    let employers = employers(view, people)?;
    let above = lines(view, &all_of(&employers), Way::Up)?;
    let places: Vec<Key> = above.values().flatten().copied().collect();
    let joined: Vec<(Option<Key>, Key)> = each!(view.conn, |c| memberships::table
        .filter(memberships::state.eq(MembershipState::Active.as_str()))
        .filter(memberships::organisation_id.among(&places))
        .select((memberships::organisation_id, memberships::network_id))
        .load(c))?;
    let networks_of = |employer: &OrganisationId| {
        let line = above.get(&Key::from(*employer)).into_iter().flatten();
        line.flat_map(|place| joined.iter().filter(|(by, _)| by.as_ref() == Some(place)).map(|(_, network)| *network))
            .collect::<Vec<_>>()
    };
    let by_employer = employers
        .iter()
        .flat_map(|(person, employers)| employers.iter().map(move |employer| (Key::from(*person), employer)))
        .flat_map(|(person, employer)| networks_of(employer).into_iter().map(move |network| (person, network)));
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
        .filter(employments::person_id.among(&people))
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

/// The networks of which somebody is a member, or one of these organisations or one above it.
fn networks_of(view: &mut View<'_>, person: PersonId, places: &[OrganisationId]) -> Result<Vec<NetworkId>> {
    let places: Vec<Key> = lines(view, places, Way::Up)?.into_values().flatten().collect();
    let person = Key::from(person);
    let found: Vec<Key> = each!(view.conn, |c| memberships::table
        .filter(memberships::state.eq(MembershipState::Active.as_str()))
        .filter(memberships::organisation_id.among(&places).or(memberships::person_id.eq(person)))
        .select(memberships::network_id)
        .distinct()
        .order(memberships::network_id)
        .load(c))?;
    Ok(found.into_iter().map(Key::to).collect())
}

/// The organisations of these networks: the members with all that stand below them.
pub(super) fn places_in(view: &mut View<'_>, networks: &[Key]) -> Result<Vec<(Key, Vec<Key>)>> {
    let members: Vec<(Key, Option<Key>)> = each!(view.conn, |c| memberships::table
        .filter(memberships::state.eq(MembershipState::Active.as_str()))
        .filter(memberships::network_id.among(networks))
        .filter(memberships::organisation_id.is_not_null())
        .select((memberships::network_id, memberships::organisation_id))
        .load(c))?;
    let places: Vec<OrganisationId> = members.iter().filter_map(|(_, place)| place.map(Key::to)).collect();
    let below = lines(view, &places, Way::Down)?;
    let of = |network: Key| {
        let own = members.iter().filter(move |(of, _)| *of == network).filter_map(|(_, place)| *place);
        own.flat_map(|place| below.get(&place).cloned().unwrap_or_default()).collect::<BTreeSet<_>>()
    };
    Ok(networks.iter().map(|network| (*network, of(*network).into_iter().collect())).collect())
}

/// An organisation with all that stand below it.
pub(super) fn places_below(view: &mut View<'_>, organisation: OrganisationId) -> Result<Vec<Key>> {
    Ok(lines(view, &[organisation], Way::Down)?.remove(&Key::from(organisation)).unwrap_or_default())
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
fn lines_of(view: &mut View<'_>, places: &[OrganisationId]) -> Result<Vec<OrganisationId>> {
    let mut line = BTreeSet::new();
    for way in [Way::Up, Way::Down] {
        line.extend(lines(view, places, way)?.into_values().flatten());
    }
    Ok(line.into_iter().map(Key::to).collect())
}

/// Which way to walk in the tree of organisations.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Up,
    Down,
}

/// For each of these organisations itself and all above it, or all below it; one statement per level of the tree.
fn lines(view: &mut View<'_>, places: &[OrganisationId], way: Way) -> Result<HashMap<Key, Vec<Key>>> {
    let mut steps: HashMap<Key, Vec<Key>> = HashMap::new();
    let mut seen: BTreeSet<Key> = places.iter().copied().map(Key::from).collect();
    let mut level: Vec<Key> = seen.iter().copied().collect();
    for _ in 0..MAX_DEPTH {
        if level.is_empty() {
            break;
        }
        let mut next = Vec::new();
        for (from, to) in steps_from(view, &level, way)? {
            steps.entry(from).or_default().push(to);
            next.extend(seen.insert(to).then_some(to));
        }
        level = next;
    }
    let line = |place: Key| {
        let mut line = vec![place];
        let mut reached = 0;
        while let Some(place) = line.get(reached).copied() {
            reached += 1;
            let further = steps.get(&place).into_iter().flatten().copied();
            let further: Vec<Key> = further.filter(|place| !line.contains(place)).collect();
            line.extend(further);
        }
        (place, line)
    };
    Ok(places.iter().map(|place| line(Key::from(*place))).collect())
}

fn steps_from(view: &mut View<'_>, level: &[Key], way: Way) -> Result<Vec<(Key, Key)>> {
    let rows: Vec<(Key, Option<Key>)> = match way {
        Way::Up => each!(view.conn, |c| organisations::table
            .filter(organisations::id.among(level))
            .filter(organisations::parent_id.is_not_null())
            .select((organisations::id, organisations::parent_id))
            .load(c))?,
        Way::Down => {
            let parents: Vec<Option<Key>> = level.iter().copied().map(Some).collect();
            each!(view.conn, |c| organisations::table
                .filter(organisations::parent_id.among(&parents))
                .select((organisations::id, organisations::parent_id))
                .load(c))?
        }
    };
    let step = |(id, parent): (Key, Option<Key>)| {
        let parent = parent?;
        Some(if way == Way::Up { (id, parent) } else { (parent, id) })
    };
    Ok(rows.into_iter().filter_map(step).collect())
}

fn all_of(employers: &HashMap<PersonId, Vec<OrganisationId>>) -> Vec<OrganisationId> {
    employers.values().flatten().copied().collect::<BTreeSet<_>>().into_iter().collect()
}
