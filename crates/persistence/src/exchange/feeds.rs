//! Feeds of klussen, found by the hash of the secret in their address.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use domain::exchange::feeds::Feed;
use domain::{FeedId, OrganisationId, PersonId};

use crate::among::AmongMethods as _;
use crate::columns::{At, Key, Place};
use crate::page::newest_first;
use crate::schema::exchange_feeds::feeds;
use crate::{Page, PageRequest, PersistenceError, Result, View, Work};

#[derive(Queryable, Selectable)]
#[diesel(table_name = feeds)]
#[diesel(check_for_backend(Sqlite, Pg))]
struct Row {
    id: Key,
    owner_id: Key,
    organisation_id: Option<Key>,
    name: String,
    criteria: String,
    created_at: At,
}

impl Row {
    fn into_feed(self) -> Result<Feed> {
        let Self { id, owner_id, organisation_id, name, criteria, created_at } = self;
        let criteria = serde_json::from_str(&criteria).map_err(|_| Place::new("feeds", id).corrupt("criteria"))?;
        Ok(Feed {
            id: id.to(),
            owner: owner_id.to(),
            organisation: organisation_id.map(Key::to),
            name,
            criteria,
            created_at: created_at.0,
        })
    }
}

/// Keeps a new one, with the hash of its secret.
pub fn insert(work: &mut Work<'_>, feed: Feed, hash: &str) -> Result<Feed> {
    let Feed { id, owner, organisation, name, criteria, created_at } = &feed;
    let criteria = serde_json::to_string(criteria).map_err(|error| PersistenceError::Database(error.to_string()))?;
    each!(work.conn, |c| diesel::insert_into(feeds::table)
        .values((
            feeds::id.eq(Key::from(*id)),
            feeds::owner_id.eq(Key::from(*owner)),
            feeds::organisation_id.eq(organisation.map(Key::from)),
            feeds::name.eq(name),
            feeds::criteria.eq(&criteria),
            feeds::hash.eq(hash),
            feeds::created_at.eq(At(*created_at)),
        ))
        .execute(c))?;
    Ok(feed)
}

/// The one with this id.
pub fn get(view: &mut View<'_>, id: FeedId) -> Result<Feed> {
    let row: Option<Row> = each!(view.conn, |c| feeds::table
        .filter(feeds::id.eq(Key::from(id)))
        .select(Row::as_select())
        .first(c)
        .optional())?;
    row.ok_or(PersistenceError::NotFound { noun: "feed", id: id.into() })?.into_feed()
}

/// The one whose secret has this hash, if there is one.
pub fn find_by_hash(view: &mut View<'_>, hash: &str) -> Result<Option<Feed>> {
    let row: Option<Row> =
        each!(view.conn, |c| feeds::table.filter(feeds::hash.eq(hash)).select(Row::as_select()).first(c).optional())?;
    row.map(Row::into_feed).transpose()
}

/// How many an organisation has, or else somebody for themselves.
pub fn count_of(view: &mut View<'_>, owner: PersonId, organisation: Option<OrganisationId>) -> Result<usize> {
    let count: i64 = each!(view.conn, |c| {
        let query = feeds::table.into_boxed();
        match organisation {
            Some(organisation) => query.filter(feeds::organisation_id.eq(Key::from(organisation))),
            None => query.filter(feeds::organisation_id.is_null()).filter(feeds::owner_id.eq(Key::from(owner))),
        }
        .count()
        .get_result(c)
    })?;
    Ok(usize::try_from(count).unwrap_or(usize::MAX))
}

/// A page of the personal feeds of somebody and those of organisations, newest first.
pub fn list(
    view: &mut View<'_>,
    owner: PersonId,
    organisations: &[OrganisationId],
    request: &PageRequest,
) -> Result<Page<Feed>> {
    let organisations: Vec<Option<Key>> = organisations.iter().map(|id| Some(Key::from(*id))).collect();
    let rows: Vec<Row> = each!(view.conn, |c| {
        let own = feeds::organisation_id.is_null().and(feeds::owner_id.eq(Key::from(owner)));
        let query = feeds::table.select(Row::as_select()).into_boxed();
        let query = query.filter(own.or(feeds::organisation_id.among(&organisations).assume_not_null()));
        newest_first!(query, request, feeds::id).load(c)
    })?;
    let items = rows.into_iter().map(Row::into_feed).collect::<Result<Vec<_>>>()?;
    Ok(request.page(items, |feed| (String::new(), feed.id.into())))
}

/// Takes it back: its address is good for nothing from now on.
pub fn delete(work: &mut Work<'_>, id: FeedId) -> Result<()> {
    each!(work.conn, |c| diesel::delete(feeds::table.filter(feeds::id.eq(Key::from(id)))).execute(c))?;
    Ok(())
}
