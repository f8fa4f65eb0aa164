//! Roles given to people.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use domain::parties::role_assignments::{Role, RoleAssignment, Scope};
use domain::{NetworkId, OrganisationId, PersonId, RoleAssignmentId, TextEnum};

use crate::columns::{At, Key, Place};
use crate::page::newest_first;
use crate::schema::parties::role_assignments;
use crate::{Page, PageRequest, PersistenceError, Result, View, Work};

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

/// Which roles are asked for; what is absent does not narrow.
#[derive(Debug, Clone, Default)]
pub struct RoleFilter {
    /// Whose.
    pub person: Option<PersonId>,
    /// In which organisation.
    pub organisation: Option<OrganisationId>,
    /// In which network.
    pub network: Option<NetworkId>,
    /// Which role.
    pub role: Option<Role>,
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
    let rows: Vec<Row> = each!(view.conn, |c| {
        let mut query = role_assignments::table.select(Row::as_select()).into_boxed();
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
