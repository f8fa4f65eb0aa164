//! Organisational units.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error};
use diesel::sqlite::Sqlite;
use domain::parties::units::Unit;
use domain::{OrganisationId, UnitId, fold};

use crate::among::AmongMethods as _;
use crate::columns::{At, Key, containing};
use crate::page::by_text;
use crate::schema::parties::{employments, units};
use crate::{Page, PageRequest, PersistenceError, Result, View, Work};

/// At most this many units stand above one another; the walk upward stops there.
const MAX_DEPTH: usize = 20;

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = units, treat_none_as_null = true, treat_none_as_default_value = false)]
#[diesel(check_for_backend(Sqlite, Pg))]
struct Row {
    id: Key,
    revision: i64,
    organisation_id: Key,
    name: String,
    search_text: String,
    parent_id: Option<Key>,
    created_at: At,
    modified_at: At,
}

/// Which units of an organisation are asked for; what is absent does not narrow.
#[derive(Debug, Clone, Default)]
pub struct UnitFilter {
    /// Words that the name holds.
    pub search: Option<String>,
    /// The unit above.
    pub parent: Option<UnitId>,
}

impl From<&Unit> for Row {
    fn from(unit: &Unit) -> Self {
        let Unit { id, revision, organisation, name, parent, created_at, modified_at } = unit;
        Self {
            id: (*id).into(),
            revision: *revision,
            organisation_id: (*organisation).into(),
            name: name.clone(),
            search_text: fold(name),
            parent_id: parent.map(Key::from),
            created_at: At(*created_at),
            modified_at: At(*modified_at),
        }
    }
}

impl TryFrom<Row> for Unit {
    type Error = PersistenceError;

    fn try_from(row: Row) -> Result<Self> {
        let Row {
            id,
            revision,
            organisation_id,
            name,
            search_text: _, // follows from the name
            parent_id,
            created_at,
            modified_at,
        } = row;
        Ok(Self {
            id: id.to(),
            revision,
            organisation: organisation_id.to(),
            name,
            parent: parent_id.map(Key::to),
            created_at: created_at.0,
            modified_at: modified_at.0,
        })
    }
}

keep!(units, Unit, UnitId, Row);

/// Those of these ids that exist, in no particular order.
pub fn find_many(view: &mut View<'_>, ids: &[UnitId]) -> Result<Vec<Unit>> {
    let keys: Vec<Key> = ids.iter().copied().map(Key::from).collect();
    let rows: Vec<Row> =
        each!(view.conn, |c| units::table.filter(units::id.among(&keys)).select(Row::as_select()).load(c))?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// The units of an organisation that have one of these names, folded; oldest first.
pub fn by_names(view: &mut View<'_>, organisation: OrganisationId, names: &[String]) -> Result<Vec<Unit>> {
    let rows: Vec<Row> = each!(view.conn, |c| units::table
        .filter(units::organisation_id.eq(Key::from(organisation)))
        .filter(units::search_text.among(names))
        .order(units::id)
        .select(Row::as_select())
        .load(c))?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// A page of the units of an organisation, by name.
pub fn list(
    view: &mut View<'_>,
    organisation: OrganisationId,
    filter: &UnitFilter,
    request: &PageRequest,
) -> Result<Page<Unit>> {
    let rows: Vec<Row> = each!(view.conn, |c| {
        let mut query = units::table
            .filter(units::organisation_id.eq(Key::from(organisation)))
            .select(Row::as_select())
            .into_boxed();
        for word in fold(filter.search.as_deref().unwrap_or_default()).split_whitespace() {
            query = query.filter(units::search_text.like(containing(word)).escape('\\'));
        }
        if let Some(parent) = filter.parent {
            query = query.filter(units::parent_id.eq(Key::from(parent)));
        }
        by_text!(query, request, units::search_text, units::id).load(c)
    })?;
    let items = rows.into_iter().map(TryInto::try_into).collect::<Result<Vec<Unit>>>()?;
    Ok(request.page(items, |unit| (fold(&unit.name), unit.id.into())))
}

/// The units above this one, itself first.
pub fn ancestors(view: &mut View<'_>, id: UnitId) -> Result<Vec<UnitId>> {
    let mut chain = vec![id];
    let mut current = Key::from(id);
    while chain.len() < MAX_DEPTH {
        let parent: Option<Option<Key>> = each!(view.conn, |c| units::table
            .filter(units::id.eq(current))
            .select(units::parent_id)
            .first(c)
            .optional())?;
        let Some(Some(parent)) = parent else { break };
        chain.push(parent.to());
        current = parent;
    }
    Ok(chain)
}

/// How many units stand directly below it, and how many employments are in it.
pub fn uses(view: &mut View<'_>, id: UnitId) -> Result<(i64, i64)> {
    let key = Key::from(id);
    let below: i64 = each!(view.conn, |c| units::table.filter(units::parent_id.eq(key)).count().get_result(c))?;
    let employed: i64 =
        each!(view.conn, |c| employments::table.filter(employments::unit_id.eq(key)).count().get_result(c))?;
    Ok((below, employed))
}

/// Removes it; false when something refers to it, which only the database knows of.
pub fn delete(work: &mut Work<'_>, id: UnitId) -> Result<bool> {
    let removed: QueryResult<usize> =
        each!(work.conn, |c| diesel::delete(units::table.filter(units::id.eq(Key::from(id)))).execute(c));
    match removed {
        Err(Error::DatabaseError(DatabaseErrorKind::ForeignKeyViolation, _)) => Ok(false),
        removed => Ok(removed? == 1),
    }
}
