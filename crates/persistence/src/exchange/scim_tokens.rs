//! Tokens for SCIM, found by the hash of their secret.

use chrono::NaiveDate;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use domain::exchange::scim_tokens::ScimToken;
use domain::{OrganisationId, ScimTokenId};

use crate::columns::{At, Key};
use crate::page::newest_first;
use crate::schema::exchange_scim::scim_tokens;
use crate::{Page, PageRequest, PersistenceError, Result, View, Work};

#[derive(Queryable, Selectable)]
#[diesel(table_name = scim_tokens)]
#[diesel(check_for_backend(Sqlite, Pg))]
struct Row {
    id: Key,
    organisation_id: Key,
    label: String,
    created_by_id: Option<Key>,
    created_at: At,
    expires_at: At,
    last_used_date: Option<NaiveDate>,
}

impl From<Row> for ScimToken {
    fn from(row: Row) -> Self {
        let Row { id, organisation_id, label, created_by_id, created_at, expires_at, last_used_date } = row;
        Self {
            id: id.to(),
            organisation: organisation_id.to(),
            label,
            created_by: created_by_id.map(Key::to),
            created_at: created_at.0,
            expires_at: expires_at.0,
            last_used: last_used_date,
        }
    }
}

/// Keeps a new one, with the hash of its secret.
pub fn insert(work: &mut Work<'_>, token: ScimToken, hash: &str) -> Result<ScimToken> {
    let ScimToken { id, organisation, label, created_by, created_at, expires_at, last_used } = &token;
    each!(work.conn, |c| diesel::insert_into(scim_tokens::table)
        .values((
            scim_tokens::id.eq(Key::from(*id)),
            scim_tokens::organisation_id.eq(Key::from(*organisation)),
            scim_tokens::hash.eq(hash),
            scim_tokens::label.eq(label),
            scim_tokens::created_by_id.eq(created_by.map(Key::from)),
            scim_tokens::created_at.eq(At(*created_at)),
            scim_tokens::expires_at.eq(At(*expires_at)),
            scim_tokens::last_used_date.eq(*last_used),
        ))
        .execute(c))?;
    Ok(token)
}

/// The one with this id.
pub fn get(view: &mut View<'_>, id: ScimTokenId) -> Result<ScimToken> {
    let row: Option<Row> = each!(view.conn, |c| scim_tokens::table
        .filter(scim_tokens::id.eq(Key::from(id)))
        .select(Row::as_select())
        .first(c)
        .optional())?;
    row.map(ScimToken::from).ok_or(PersistenceError::NotFound { noun: "scim token", id: id.into() })
}

/// The one whose secret has this hash, if there is one.
pub fn find_by_hash(view: &mut View<'_>, hash: &str) -> Result<Option<ScimToken>> {
    let row: Option<Row> = each!(view.conn, |c| scim_tokens::table
        .filter(scim_tokens::hash.eq(hash))
        .select(Row::as_select())
        .first(c)
        .optional())?;
    Ok(row.map(ScimToken::from))
}

/// All of an organisation, those that expired too.
pub fn of_organisation(view: &mut View<'_>, organisation: OrganisationId) -> Result<Vec<ScimToken>> {
    let rows: Vec<Row> = each!(view.conn, |c| scim_tokens::table
        .filter(scim_tokens::organisation_id.eq(Key::from(organisation)))
        .order(scim_tokens::id.desc())
        .select(Row::as_select())
        .load(c))?;
    Ok(rows.into_iter().map(ScimToken::from).collect())
}

/// A page of the tokens of an organisation, newest first.
pub fn list(view: &mut View<'_>, organisation: OrganisationId, request: &PageRequest) -> Result<Page<ScimToken>> {
    let rows: Vec<Row> = each!(view.conn, |c| {
        let query = scim_tokens::table
            .filter(scim_tokens::organisation_id.eq(Key::from(organisation)))
            .select(Row::as_select())
            .into_boxed();
        newest_first!(query, request, scim_tokens::id).load(c)
    })?;
    let items = rows.into_iter().map(ScimToken::from).collect();
    Ok(request.page(items, |token| (String::new(), token.id.into())))
}

/// Notes that it was used on this day.
pub fn used_on(work: &mut Work<'_>, id: ScimTokenId, day: NaiveDate) -> Result<()> {
    each!(work.conn, |c| diesel::update(scim_tokens::table.filter(scim_tokens::id.eq(Key::from(id))))
        .set(scim_tokens::last_used_date.eq(day))
        .execute(c))?;
    Ok(())
}

/// Takes it back: it is good for nothing from now on.
pub fn delete(work: &mut Work<'_>, id: ScimTokenId) -> Result<()> {
    each!(work.conn, |c| diesel::delete(scim_tokens::table.filter(scim_tokens::id.eq(Key::from(id)))).execute(c))?;
    Ok(())
}
