//! Saved searches, and what they found.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use domain::exchange::saved_searches::{SavedSearch, SavedSearchDetails};
use domain::{AssignmentId, Moment, PersonId, SavedSearchId};
use uuid::Uuid;

use crate::among::AmongMethods as _;
use crate::columns::{At, Key, Place, to_json};
use crate::page::newest_first;
use crate::schema::exchange_telling::{saved_search_hits, saved_searches};
use crate::{Page, PageRequest, PersistenceError, Result, View, Work};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = saved_searches, treat_none_as_null = true, treat_none_as_default_value = false)]
#[diesel(check_for_backend(Sqlite, Pg))]
struct Row {
    id: Key,
    revision: i64,
    person_id: Key,
    name: String,
    criteria: serde_json::Value,
    frequency: String,
    next_telling_at: Option<At>,
    created_at: At,
    modified_at: At,
}

impl From<&SavedSearch> for Row {
    fn from(search: &SavedSearch) -> Self {
        let SavedSearch { id, revision, person, details, next_telling_at, created_at, modified_at } = search;
        let SavedSearchDetails { name, criteria, frequency } = details;
        Self {
            id: (*id).into(),
            revision: *revision,
            person_id: (*person).into(),
            name: name.clone(),
            criteria: to_json(criteria),
            frequency: frequency.to_string(),
            next_telling_at: next_telling_at.map(At),
            created_at: At(*created_at),
            modified_at: At(*modified_at),
        }
    }
}

impl TryFrom<Row> for SavedSearch {
    type Error = PersistenceError;

    fn try_from(row: Row) -> Result<Self> {
        let Row { id, revision, person_id, name, criteria, frequency, next_telling_at, created_at, modified_at } = row;
        let place = Place::new("saved_searches", id);
        Ok(Self {
            id: id.to(),
            revision,
            person: person_id.to(),
            details: SavedSearchDetails {
                name,
                criteria: place.json("criteria", criteria)?,
                frequency: place.value("frequency", &frequency)?,
            },
            next_telling_at: next_telling_at.map(|at| at.0),
            created_at: created_at.0,
            modified_at: modified_at.0,
        })
    }
}

keep!(saved_searches, SavedSearch, SavedSearchId, Row);

/// A page of somebody's saved searches, newest first.
pub fn list(view: &mut View<'_>, person: PersonId, request: &PageRequest) -> Result<Page<SavedSearch>> {
    let rows: Vec<Row> = each!(view.conn, |c| {
        let query = saved_searches::table
            .filter(saved_searches::person_id.eq(Key::from(person)))
            .select(Row::as_select())
            .into_boxed();
        newest_first!(query, request, saved_searches::id).load(c)
    })?;
    let items = rows.into_iter().map(TryInto::try_into).collect::<Result<Vec<SavedSearch>>>()?;
    Ok(request.page(items, |search| (String::new(), search.id.into())))
}

/// How many somebody has.
pub fn count_of(view: &mut View<'_>, person: PersonId) -> Result<usize> {
    let query = saved_searches::table.filter(saved_searches::person_id.eq(Key::from(person))).count();
    let count: i64 = each!(view.conn, |c| query.get_result(c))?;
    Ok(usize::try_from(count).unwrap_or(usize::MAX))
}

/// Removes one, with what it found.
pub fn delete(work: &mut Work<'_>, id: SavedSearchId) -> Result<()> {
    let query = saved_searches::table.filter(saved_searches::id.eq(Key::from(id)));
    each!(work.conn, |c| diesel::delete(query).execute(c))?;
    Ok(())
}

/// Gives the saved searches of one identity to another.
pub fn move_to(work: &mut Work<'_>, from: PersonId, to: PersonId) -> Result<()> {
    let query = saved_searches::table.filter(saved_searches::person_id.eq(Key::from(from)));
    each!(work.conn, |c| diesel::update(query).set(saved_searches::person_id.eq(Key::from(to))).execute(c))?;
    Ok(())
}

/// The searches that tell something, in the order of their ids, after this one.
pub fn alerting_after(view: &mut View<'_>, after: Option<Uuid>, limit: u32) -> Result<Vec<SavedSearch>> {
    let rows: Vec<Row> = each!(view.conn, |c| saved_searches::table
        .filter(saved_searches::frequency.ne("NONE"))
        .filter(saved_searches::id.gt(Key(after.unwrap_or_default())))
        .order(saved_searches::id)
        .limit(i64::from(limit))
        .select(Row::as_select())
        .load(c))?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// Notes that a search found a klus, once; what was found is told at the next telling. Nothing happens where the search
/// is gone or tells nothing any more.
pub fn note_found(work: &mut Work<'_>, id: SavedSearchId, assignment: AssignmentId) -> Result<()> {
    let now = work.now();
    let Some(search) = find(work, id)? else { return Ok(()) };
    let Some(next) = search.details.frequency.next_telling(now) else { return Ok(()) };
    let added = each!(work.conn, |c| diesel::insert_into(saved_search_hits::table)
        .values((
            saved_search_hits::search_id.eq(Key::from(id)),
            saved_search_hits::assignment_id.eq(Key::from(assignment)),
            saved_search_hits::found_at.eq(At(now)),
        ))
        .on_conflict_do_nothing()
        .execute(c))?;
    if added == 1 && search.next_telling_at.is_none() {
        tell_at(work, id, Some(next))?;
    }
    Ok(())
}

/// The searches that have to tell something by now.
pub fn to_tell(view: &mut View<'_>, limit: u32) -> Result<Vec<SavedSearchId>> {
    let now = At(view.now());
    let keys: Vec<Key> = each!(view.conn, |c| saved_searches::table
        .filter(saved_searches::next_telling_at.le(now))
        .order(saved_searches::next_telling_at)
        .limit(i64::from(limit))
        .select(saved_searches::id)
        .load(c))?;
    Ok(keys.into_iter().map(Key::to).collect())
}

/// The klussen that a search found and has not told yet.
pub fn waiting(view: &mut View<'_>, id: SavedSearchId, limit: usize) -> Result<Vec<AssignmentId>> {
    let keys: Vec<Key> = each!(view.conn, |c| saved_search_hits::table
        .filter(saved_search_hits::search_id.eq(Key::from(id)))
        .filter(saved_search_hits::told_at.is_null())
        .order(saved_search_hits::assignment_id)
        .limit(i64::try_from(limit).unwrap_or(i64::MAX))
        .select(saved_search_hits::assignment_id)
        .load(c))?;
    Ok(keys.into_iter().map(Key::to).collect())
}

/// Notes that these were told, and when the next are.
pub fn note_told(work: &mut Work<'_>, id: SavedSearchId, told: &[AssignmentId], next: Option<Moment>) -> Result<()> {
    let (now, keys) = (At(work.now()), told.iter().copied().map(Key::from).collect::<Vec<_>>());
    let query = saved_search_hits::table
        .filter(saved_search_hits::search_id.eq(Key::from(id)))
        .filter(saved_search_hits::assignment_id.among(&keys));
    each!(work.conn, |c| diesel::update(query).set(saved_search_hits::told_at.eq(Some(now))).execute(c))?;
    tell_at(work, id, next)
}

fn tell_at(work: &mut Work<'_>, id: SavedSearchId, next: Option<Moment>) -> Result<()> {
    let query = saved_searches::table.filter(saved_searches::id.eq(Key::from(id)));
    each!(work.conn, |c| diesel::update(query).set(saved_searches::next_telling_at.eq(next.map(At))).execute(c))?;
    Ok(())
}
