//! Roles given to people.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use domain::parties::persons::PersonStatus;
use domain::parties::role_assignments::{Role, RoleAssignment, Scope};
use domain::{Identifier, NetworkId, OrganisationId, PersonId, RoleAssignmentId, TextEnum};

use crate::among::AmongMethods as _;
use crate::columns::{At, Key, Place};
use crate::page::newest_first;
use crate::schema::parties::{persons, role_assignments};
use crate::{Page, PageRequest, PersistenceError, Result, View, Work};

/// The roles to which the people of an organisation may turn.
pub const CONTACTS: [Role; 2] = [Role::OrganisationAdministrator, Role::MobilityAdviser];

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = role_assignments, treat_none_as_default_value = false)]
#[diesel(check_for_backend(Sqlite, Pg))]
struct Row {
    id: Key,
    person_id: Key,
    role: String,
    organisation_id: Option<Key>,
    network_id: Option<Key>,
    created_at: At,
}

/// Which roles somebody may know of.
#[derive(Debug, Clone)]
pub struct RoleSight {
    /// Their own.
    pub person: PersonId,
    /// All in these organisations.
    pub organisations: Vec<OrganisationId>,
    /// Those to turn to in these organisations: administrators and mobility advisers.
    pub contacts: Vec<OrganisationId>,
    /// All in these networks.
    pub networks: Vec<NetworkId>,
    /// Those to turn to in these networks: coordinators.
    pub network_contacts: Vec<NetworkId>,
}

/// Which roles are asked for; what is absent does not narrow.
#[derive(Debug, Clone, Default)]
pub struct RoleFilter {
    /// Only those that may be known; all where absent.
    pub sight: Option<RoleSight>,
    /// Whose.
    pub person: Option<PersonId>,
    /// In which organisation.
    pub organisation: Option<OrganisationId>,
    /// In which network.
    pub network: Option<NetworkId>,
    /// Which role.
    pub role: Option<Role>,
}

impl RoleSight {
    /// Whether this role may be known: what the list shows.
    pub fn covers(&self, given: &RoleAssignment) -> bool {
        let Self { person, organisations, contacts, networks, network_contacts } = self;
        given.person == *person
            || match given.scope {
                Scope::Organisation(id) => {
                    organisations.contains(&id) || (contacts.contains(&id) && CONTACTS.contains(&given.role))
                }
                Scope::Network(id) => {
                    networks.contains(&id) || (network_contacts.contains(&id) && given.role == Role::NetworkCoordinator)
                }
                Scope::Platform => false,
            }
    }
}

impl From<&RoleAssignment> for Row {
    fn from(given: &RoleAssignment) -> Self {
        let RoleAssignment { id, person, role, scope, created_at } = given;
        let (organisation_id, network_id) = match scope {
            Scope::Organisation(id) => (Some(Key::from(*id)), None),
            Scope::Network(id) => (None, Some(Key::from(*id))),
            Scope::Platform => (None, None),
        };
        Self {
            id: (*id).into(),
            person_id: (*person).into(),
            role: role.to_string(),
            organisation_id,
            network_id,
            created_at: At(*created_at),
        }
    }
}

impl TryFrom<Row> for RoleAssignment {
    type Error = PersistenceError;

    fn try_from(row: Row) -> Result<Self> {
        let Row { id, person_id, role, organisation_id, network_id, created_at } = row;
        let scope = match (organisation_id, network_id) {
            (Some(id), _) => Scope::Organisation(id.to()),
            (None, Some(id)) => Scope::Network(id.to()),
            (None, None) => Scope::Platform,
        };
        let role = Place::new("role_assignments", id).value("role", &role)?;
        Ok(Self { id: id.to(), person: person_id.to(), role, scope, created_at: created_at.0 })
    }
}

keep!(once role_assignments, RoleAssignment, RoleAssignmentId, Row);

/// All roles of a person.
pub fn of_person(view: &mut View<'_>, person: PersonId) -> Result<Vec<RoleAssignment>> {
    let rows: Vec<Row> = each!(view.conn, |c| role_assignments::table
        .filter(role_assignments::person_id.eq(Key::from(person)))
        .order(role_assignments::id)
        .select(Row::as_select())
        .load(c))?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// A page of roles, newest first.
pub fn list(view: &mut View<'_>, filter: &RoleFilter, request: &PageRequest) -> Result<Page<RoleAssignment>> {
    let sight = filter.sight.as_ref().map(|sight| {
        let RoleSight { person, organisations, contacts, networks, network_contacts } = sight;
        let organisations = [organisations, contacts].map(|ids| keys(ids));
        (Key::from(*person), organisations, [networks, network_contacts].map(|ids| keys(ids)))
    });
    let rows: Vec<Row> = each!(view.conn, |c| {
        let mut query = role_assignments::table.select(Row::as_select()).into_boxed();
        if let Some((person, [organisations, contacts], [networks, network_contacts])) = &sight {
            let coordinator = role_assignments::network_id
                .among(network_contacts)
                .assume_not_null()
                .and(role_assignments::role.eq(Role::NetworkCoordinator.as_str()));
            let contact = role_assignments::organisation_id
                .among(contacts)
                .assume_not_null()
                .and(role_assignments::role.among(CONTACTS.map(TextEnum::as_str)));
            query = query.filter(
                role_assignments::person_id
                    .eq(person)
                    .or(role_assignments::organisation_id.among(organisations).assume_not_null())
                    .or(contact)
                    .or(coordinator)
                    .or(role_assignments::network_id.among(networks).assume_not_null()),
            );
        }
        if let Some(person) = filter.person {
            query = query.filter(role_assignments::person_id.eq(Key::from(person)));
        }
        if let Some(organisation) = filter.organisation {
            query = query.filter(role_assignments::organisation_id.eq(Key::from(organisation)));
        }
        if let Some(network) = filter.network {
            query = query.filter(role_assignments::network_id.eq(Key::from(network)));
        }
        if let Some(role) = filter.role {
            query = query.filter(role_assignments::role.eq(role.as_str()));
        }
        newest_first!(query, request, role_assignments::id).load(c)
    })?;
    let items = rows.into_iter().map(TryInto::try_into).collect::<Result<Vec<RoleAssignment>>>()?;
    Ok(request.page(items, |given| (String::new(), given.id.into())))
}

fn keys<I: Identifier>(ids: &[I]) -> Vec<Key> {
    ids.iter().copied().map(Key::from).collect()
}

/// Those who have this role in this scope and have access.
pub fn present_holders(view: &mut View<'_>, role: Role, scope: Scope) -> Result<Vec<PersonId>> {
    let holders: Vec<Key> = holders(view, role, scope)?.into_iter().map(Key::from).collect();
    let people: Vec<Key> = each!(view.conn, |c| persons::table
        .filter(persons::id.among(&holders))
        .filter(persons::status.ne(PersonStatus::Closed.as_str()))
        .select(persons::id)
        .load(c))?;
    Ok(people.into_iter().map(Key::to).collect())
}

/// Those who have this role in this scope.
pub fn holders(view: &mut View<'_>, role: Role, scope: Scope) -> Result<Vec<PersonId>> {
    let people: Vec<Key> = each!(view.conn, |c| {
        let query = role_assignments::table.filter(role_assignments::role.eq(role.as_str())).into_boxed();
        match scope {
            Scope::Organisation(id) => query.filter(role_assignments::organisation_id.eq(Key::from(id))),
            Scope::Network(id) => query.filter(role_assignments::network_id.eq(Key::from(id))),
            Scope::Platform => query,
        }
        .order(role_assignments::id)
        .select(role_assignments::person_id)
        .load(c)
    })?;
    Ok(people.into_iter().map(Key::to).collect())
}

/// Takes a role away.
pub fn delete(work: &mut Work<'_>, id: RoleAssignmentId) -> Result<()> {
    each!(work.conn, |c| diesel::delete(role_assignments::table.filter(role_assignments::id.eq(Key::from(id))))
        .execute(c))?;
    Ok(())
}
