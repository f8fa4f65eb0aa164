//! Memberships of networks.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use domain::parties::memberships::{Member, Membership, MembershipState};
use domain::parties::networks::Admission;
use domain::{MembershipId, NetworkId, OrganisationId, PersonId, TextEnum};

use crate::among::AmongMethods as _;
use crate::columns::{At, Key, Place};
use crate::page::newest_first;
use crate::schema::parties::{memberships, networks};
use crate::{Page, PageRequest, PersistenceError, Result, View};

/// The states in which a membership was not refused and did not end.
const OPEN: [MembershipState; 3] = [MembershipState::Requested, MembershipState::Invited, MembershipState::Active];

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = memberships, treat_none_as_null = true, treat_none_as_default_value = false)]
#[diesel(check_for_backend(Sqlite, Pg))]
struct Row {
    id: Key,
    revision: i64,
    network_id: Key,
    organisation_id: Option<Key>,
    person_id: Option<Key>,
    state: String,
    since: Option<At>,
    created_at: At,
    modified_at: At,
}

/// Which memberships somebody may know of.
#[derive(Debug, Clone)]
pub struct MembershipSight {
    /// Their own, in every state.
    pub person: PersonId,
    /// Those of these organisations, in every state.
    pub organisations: Vec<OrganisationId>,
    /// Those of these networks, in every state.
    pub coordinated: Vec<NetworkId>,
    /// The members of these networks, also where one becomes a member by invitation only.
    pub among: Vec<NetworkId>,
}

/// Which memberships are asked for; what is absent does not narrow.
#[derive(Debug, Clone, Default)]
pub struct MembershipFilter {
    /// Only those that may be known; all where absent.
    pub sight: Option<MembershipSight>,
    /// Only those of these organisations and this person.
    pub own: Option<(Vec<OrganisationId>, PersonId)>,
    /// Of this network.
    pub network: Option<NetworkId>,
    /// Of this organisation.
    pub organisation: Option<OrganisationId>,
    /// Of this person.
    pub person: Option<PersonId>,
    /// In this state.
    pub state: Option<MembershipState>,
}

impl MembershipSight {
    /// Whether this membership may be known: what the list shows. `admission` is that of its network.
    pub fn covers(&self, membership: &Membership, admission: Admission) -> bool {
        let own = match membership.member {
            Member::Organisation(id) => self.organisations.contains(&id),
            Member::Person(id) => id == self.person,
        };
        let visible = admission != Admission::InvitationOnly || self.among.contains(&membership.network);
        own || self.coordinated.contains(&membership.network)
            || (membership.state == MembershipState::Active && visible)
    }
}

impl From<&Membership> for Row {
    fn from(membership: &Membership) -> Self {
        let Membership { id, revision, network, member, state, since, created_at, modified_at } = membership;
        let (organisation_id, person_id) = columns(*member);
        Self {
            id: (*id).into(),
            revision: *revision,
            network_id: (*network).into(),
            organisation_id,
            person_id,
            state: state.to_string(),
            since: since.map(At),
            created_at: At(*created_at),
            modified_at: At(*modified_at),
        }
    }
}

impl TryFrom<Row> for Membership {
    type Error = PersistenceError;

    fn try_from(row: Row) -> Result<Self> {
        let Row { id, revision, network_id, organisation_id, person_id, state, since, created_at, modified_at } = row;
        let place = Place::new("memberships", id);
        let member = match (organisation_id, person_id) {
            (Some(id), None) => Member::Organisation(id.to()),
            (None, Some(id)) => Member::Person(id.to()),
            _ => return Err(place.corrupt("organisation_id")),
        };
        Ok(Self {
            id: id.to(),
            revision,
            network: network_id.to(),
            member,
            state: place.value("state", &state)?,
            since: since.map(|at| at.0),
            created_at: created_at.0,
            modified_at: modified_at.0,
        })
    }
}

fn columns(member: Member) -> (Option<Key>, Option<Key>) {
    match member {
        Member::Organisation(id) => (Some(id.into()), None),
        Member::Person(id) => (None, Some(id.into())),
    }
}

keep!(memberships, Membership, MembershipId, Row);

/// A page of memberships, newest first.
pub fn list(view: &mut View<'_>, filter: &MembershipFilter, request: &PageRequest) -> Result<Page<Membership>> {
    let keys = |ids: &[OrganisationId]| ids.iter().copied().map(Key::from).collect::<Vec<_>>();
    let own = filter.own.as_ref().map(|(organisations, person)| (keys(organisations), Key::from(*person)));
    let sight = filter.sight.as_ref().map(|MembershipSight { person, organisations, coordinated, among }| {
        let networks = |ids: &[NetworkId]| ids.iter().copied().map(Key::from).collect::<Vec<_>>();
        (Key::from(*person), keys(organisations), networks(coordinated), networks(among))
    });
    let rows: Vec<Row> = each!(view.conn, |c| {
        let mut query = memberships::table.select(Row::as_select()).into_boxed();
        if let Some((person, organisations, coordinated, among)) = &sight {
            let open =
                networks::table.filter(networks::admission.ne(Admission::InvitationOnly.as_str())).select(networks::id);
            let member = memberships::state
                .eq(MembershipState::Active.as_str())
                .and(memberships::network_id.eq_any(open).or(memberships::network_id.among(among)));
            query = query.filter(
                member
                    .or(memberships::network_id.among(coordinated))
                    .or(memberships::organisation_id.among(organisations).assume_not_null())
                    .or(memberships::person_id.eq(person).assume_not_null()),
            );
        }
        if let Some((organisations, person)) = &own {
            query = query.filter(
                memberships::organisation_id
                    .among(organisations)
                    .assume_not_null()
                    .or(memberships::person_id.eq(person).assume_not_null()),
            );
        }
        if let Some(network) = filter.network {
            query = query.filter(memberships::network_id.eq(Key::from(network)));
        }
        if let Some(organisation) = filter.organisation {
            query = query.filter(memberships::organisation_id.eq(Key::from(organisation)));
        }
        if let Some(person) = filter.person {
            query = query.filter(memberships::person_id.eq(Key::from(person)));
        }
        if let Some(state) = filter.state {
            query = query.filter(memberships::state.eq(state.as_str()));
        }
        newest_first!(query, request, memberships::id).load(c)
    })?;
    let items = rows.into_iter().map(TryInto::try_into).collect::<Result<Vec<Membership>>>()?;
    Ok(request.page(items, |membership| (String::new(), membership.id.into())))
}

/// The memberships of this member that were not refused and did not end, in these networks.
pub fn open_of(view: &mut View<'_>, member: Member, networks: &[NetworkId]) -> Result<Vec<Membership>> {
    let keys: Vec<Key> = networks.iter().copied().map(Key::from).collect();
    let states = OPEN.map(TextEnum::as_str);
    let rows: Vec<Row> = each!(view.conn, |c| {
        let query = memberships::table
            .filter(memberships::network_id.among(&keys))
            .filter(memberships::state.among(states))
            .order(memberships::id)
            .select(Row::as_select())
            .into_boxed();
        match member {
            Member::Organisation(id) => query.filter(memberships::organisation_id.eq(Key::from(id))),
            Member::Person(id) => query.filter(memberships::person_id.eq(Key::from(id))),
        }
        .load(c)
    })?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// The members of a network.
pub fn active_members_of(view: &mut View<'_>, network: NetworkId) -> Result<Vec<Member>> {
    let rows: Vec<Row> = each!(view.conn, |c| memberships::table
        .filter(memberships::network_id.eq(Key::from(network)))
        .filter(memberships::state.eq(MembershipState::Active.as_str()))
        .order(memberships::id)
        .select(Row::as_select())
        .load(c))?;
    let memberships = rows.into_iter().map(TryInto::try_into).collect::<Result<Vec<Membership>>>()?;
    Ok(memberships.into_iter().map(|membership| membership.member).collect())
}

/// Whether one of these organisations, or this person, is a member of the network.
pub fn is_active_in(
    view: &mut View<'_>,
    network: NetworkId,
    organisations: &[OrganisationId],
    person: Option<PersonId>,
) -> Result<bool> {
    let organisations: Vec<Key> = organisations.iter().copied().map(Key::from).collect();
    let people: Vec<Key> = person.map(Key::from).into_iter().collect();
    let active = MembershipState::Active.as_str();
    Ok(each!(view.conn, |c| {
        let query = memberships::table
            .filter(memberships::network_id.eq(Key::from(network)))
            .filter(memberships::state.eq(active))
            .filter(
                memberships::organisation_id
                    .among(&organisations)
                    .assume_not_null()
                    .or(memberships::person_id.among(&people).assume_not_null()),
            );
        diesel::select(diesel::dsl::exists(query)).get_result(c)
    })?)
}

/// The networks of which one of these organisations, or this person, is a member.
pub fn active_networks_of(
    view: &mut View<'_>,
    organisations: &[OrganisationId],
    person: PersonId,
) -> Result<Vec<NetworkId>> {
    networks_in_state(view, organisations, Some(person), MembershipState::Active)
}

/// The networks of which one of these organisations is a member.
pub fn active_networks_of_organisations(
    view: &mut View<'_>,
    organisations: &[OrganisationId],
) -> Result<Vec<NetworkId>> {
    networks_in_state(view, organisations, None, MembershipState::Active)
}

/// The networks to which one of these organisations, or this person, is invited.
pub fn inviting_networks_of(
    view: &mut View<'_>,
    organisations: &[OrganisationId],
    person: PersonId,
) -> Result<Vec<NetworkId>> {
    networks_in_state(view, organisations, Some(person), MembershipState::Invited)
}

fn networks_in_state(
    view: &mut View<'_>,
    organisations: &[OrganisationId],
    person: Option<PersonId>,
    state: MembershipState,
) -> Result<Vec<NetworkId>> {
    let organisations: Vec<Key> = organisations.iter().copied().map(Key::from).collect();
    let people: Vec<Key> = person.into_iter().map(Key::from).collect();
    let networks: Vec<Key> = each!(view.conn, |c| memberships::table
        .filter(memberships::state.eq(state.as_str()))
        .filter(
            memberships::organisation_id
                .among(&organisations)
                .assume_not_null()
                .or(memberships::person_id.among(&people).assume_not_null()),
        )
        .order(memberships::network_id)
        .select(memberships::network_id)
        .distinct()
        .load(c))?;
    Ok(networks.into_iter().map(Key::to).collect())
}
