//! Sessions and their refresh tokens: each token is used once, and using one twice ends the session.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use domain::{Moment, OAuthClientId, PersonId, SessionId};

use crate::columns::{At, Key};
use crate::schema::parties::{refresh_tokens, sessions};
use crate::{PersistenceError, Result, View, Work};

/// One sign-in and the tokens that came of it.
#[derive(Debug, Clone)]
pub struct Session {
    /// Identifies it.
    pub id: SessionId,
    /// Who signed in.
    pub person: PersonId,
    /// When.
    pub created_at: Moment,
    /// Until when it can be refreshed.
    pub expires_at: Moment,
    /// When it was ended, if it was.
    pub revoked_at: Option<Moment>,
    /// What its tokens allow, separated by spaces; everything where nothing is said.
    pub scope: Option<String>,
    /// The client that opened it for the person; none where they signed in here.
    pub client: Option<OAuthClientId>,
}

/// A refresh token as it is kept.
#[derive(Debug, Clone)]
pub struct RefreshToken {
    /// The session it belongs to.
    pub session: SessionId,
    /// When it was used, if it was.
    pub used_at: Option<Moment>,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = sessions, treat_none_as_default_value = false)]
#[diesel(check_for_backend(Sqlite, Pg))]
struct Row {
    id: Key,
    person_id: Key,
    created_at: At,
    expires_at: At,
    revoked_at: Option<At>,
    scope: Option<String>,
    oauth_client_id: Option<Key>,
}

/// Opens a session.
pub fn insert(work: &mut Work<'_>, session: Session) -> Result<Session> {
    let Session { id, person, created_at, expires_at, revoked_at, scope, client } = session.clone();
    let row = Row {
        id: id.into(),
        person_id: person.into(),
        created_at: At(created_at),
        expires_at: At(expires_at),
        revoked_at: revoked_at.map(At),
        scope,
        oauth_client_id: client.map(Key::from),
    };
    each!(work.conn, |c| diesel::insert_into(sessions::table).values(&row).execute(c))?;
    Ok(session)
}

/// The session with this id.
pub fn get(view: &mut View<'_>, id: SessionId) -> Result<Session> {
    let row: Option<Row> = each!(view.conn, |c| sessions::table
        .filter(sessions::id.eq(Key::from(id)))
        .select(Row::as_select())
        .first(c)
        .optional())?;
    let Row { id, person_id, created_at, expires_at, revoked_at, scope, oauth_client_id } =
        row.ok_or(PersistenceError::NotFound { noun: "session", id: id.into() })?;
    Ok(Session {
        id: id.to(),
        person: person_id.to(),
        created_at: created_at.0,
        expires_at: expires_at.0,
        revoked_at: revoked_at.map(|at| at.0),
        scope,
        client: oauth_client_id.map(Key::to),
    })
}

/// Ends a session; its refresh tokens are worth nothing any more.
pub fn revoke(work: &mut Work<'_>, id: SessionId) -> Result<()> {
    let now = At(work.now());
    each!(work.conn, |c| diesel::update(
        sessions::table.filter(sessions::id.eq(Key::from(id))).filter(sessions::revoked_at.is_null())
    )
    .set(sessions::revoked_at.eq(Some(now)))
    .execute(c))?;
    Ok(())
}

/// Ends all sessions of a person.
pub fn revoke_all(work: &mut Work<'_>, person: PersonId) -> Result<()> {
    let now = At(work.now());
    each!(work.conn, |c| diesel::update(
        sessions::table.filter(sessions::person_id.eq(Key::from(person))).filter(sessions::revoked_at.is_null())
    )
    .set(sessions::revoked_at.eq(Some(now)))
    .execute(c))?;
    Ok(())
}

/// Ends all sessions that a client opened.
pub fn revoke_of_client(work: &mut Work<'_>, client: OAuthClientId) -> Result<()> {
    let now = At(work.now());
    each!(work.conn, |c| diesel::update(
        sessions::table.filter(sessions::oauth_client_id.eq(Key::from(client))).filter(sessions::revoked_at.is_null())
    )
    .set(sessions::revoked_at.eq(Some(now)))
    .execute(c))?;
    Ok(())
}

/// Keeps a refresh token by its hash.
pub fn insert_refresh_token(work: &mut Work<'_>, hash: &str, session: SessionId) -> Result<()> {
    let now = At(work.now());
    each!(work.conn, |c| diesel::insert_into(refresh_tokens::table)
        .values((
            refresh_tokens::hash.eq(hash),
            refresh_tokens::session_id.eq(Key::from(session)),
            refresh_tokens::created_at.eq(now),
        ))
        .execute(c))?;
    Ok(())
}

/// The refresh token with this hash, if there is one.
pub fn find_refresh_token(view: &mut View<'_>, hash: &str) -> Result<Option<RefreshToken>> {
    let row: Option<(Key, Option<At>)> = each!(view.conn, |c| refresh_tokens::table
        .filter(refresh_tokens::hash.eq(hash))
        .select((refresh_tokens::session_id, refresh_tokens::used_at))
        .first(c)
        .optional())?;
    Ok(row.map(|(session, used_at)| RefreshToken { session: session.to(), used_at: used_at.map(|at| at.0) }))
}

/// Marks a refresh token as used.
pub fn use_refresh_token(work: &mut Work<'_>, hash: &str) -> Result<()> {
    let now = At(work.now());
    each!(work.conn, |c| diesel::update(refresh_tokens::table.filter(refresh_tokens::hash.eq(hash)))
        .set(refresh_tokens::used_at.eq(Some(now)))
        .execute(c))?;
    Ok(())
}
