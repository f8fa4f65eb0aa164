//! Sign-ins that are under way, and the codes that come of them.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use domain::exchange::sign_ins::{AuthorizationCode, SignIn, SignInRequest};
use domain::{Moment, SessionId, SignInId};

use crate::columns::{At, Key};
use crate::schema::exchange_sign_in::{authorization_codes, sign_ins};
use crate::{Result, View, Work};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = sign_ins, treat_none_as_null = true, treat_none_as_default_value = false)]
#[diesel(check_for_backend(Sqlite, Pg))]
struct Row {
    id: Key,
    client_id: Key,
    redirect_uri: String,
    state: String,
    scope: String,
    challenge: String,
    provider_id: Key,
    ticket_hash: String,
    browser_hash: String,
    nonce: String,
    verifier: String,
    person_id: Option<Key>,
    expires_at: At,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = authorization_codes, treat_none_as_default_value = false)]
#[diesel(check_for_backend(Sqlite, Pg))]
struct CodeRow {
    hash: String,
    client_id: Key,
    redirect_uri: String,
    state: String,
    scope: String,
    challenge: String,
    person_id: Key,
    expires_at: At,
    session_id: Option<Key>,
}

impl From<&SignIn> for Row {
    fn from(sign_in: &SignIn) -> Self {
        let SignIn { id, request, provider, ticket_hash, browser_hash, nonce, verifier, person, expires_at } =
            sign_in.clone();
        let SignInRequest { client, redirect_uri, state, scope, challenge } = request;
        Self {
            id: id.into(),
            client_id: client.into(),
            redirect_uri,
            state,
            scope,
            challenge,
            provider_id: provider.into(),
            ticket_hash,
            browser_hash,
            nonce,
            verifier,
            person_id: person.map(Key::from),
            expires_at: At(expires_at),
        }
    }
}

impl From<Row> for SignIn {
    fn from(row: Row) -> Self {
        let Row {
            id,
            client_id,
            redirect_uri,
            state,
            scope,
            challenge,
            provider_id,
            ticket_hash,
            browser_hash,
            nonce,
            verifier,
            person_id,
            expires_at,
        } = row;
        Self {
            id: id.to(),
            request: SignInRequest { client: client_id.to(), redirect_uri, state, scope, challenge },
            provider: provider_id.to(),
            ticket_hash,
            browser_hash,
            nonce,
            verifier,
            person: person_id.map(Key::to),
            expires_at: expires_at.0,
        }
    }
}

/// Keeps a sign-in that begins.
pub fn insert(work: &mut Work<'_>, sign_in: &SignIn) -> Result<()> {
    let row = Row::from(sign_in);
    each!(work.conn, |c| diesel::insert_into(sign_ins::table).values(&row).execute(c))?;
    Ok(())
}

/// Keeps how far a sign-in has come.
pub fn save(work: &mut Work<'_>, sign_in: &SignIn) -> Result<()> {
    let row = Row::from(sign_in);
    each!(work.conn, |c| diesel::update(sign_ins::table.filter(sign_ins::id.eq(row.id))).set(&row).execute(c))?;
    Ok(())
}

/// The sign-in that waits for this ticket, if there is one.
pub fn find_by_ticket(view: &mut View<'_>, hash: &str) -> Result<Option<SignIn>> {
    let row: Option<Row> = each!(view.conn, |c| sign_ins::table
        .filter(sign_ins::ticket_hash.eq(hash))
        .select(Row::as_select())
        .first(c)
        .optional())?;
    Ok(row.map(SignIn::from))
}

/// Forgets a sign-in; false when somebody else did so first.
pub fn delete(work: &mut Work<'_>, id: SignInId) -> Result<bool> {
    let gone = each!(work.conn, |c| diesel::delete(sign_ins::table.filter(sign_ins::id.eq(Key::from(id)))).execute(c))?;
    Ok(gone == 1)
}

/// Keeps a code.
pub fn insert_code(work: &mut Work<'_>, code: AuthorizationCode) -> Result<()> {
    let AuthorizationCode { hash, request, person, expires_at, session } = code;
    let SignInRequest { client, redirect_uri, state, scope, challenge } = request;
    let row = CodeRow {
        hash,
        client_id: client.into(),
        redirect_uri,
        state,
        scope,
        challenge,
        person_id: person.into(),
        expires_at: At(expires_at),
        session_id: session.map(Key::from),
    };
    each!(work.conn, |c| diesel::insert_into(authorization_codes::table).values(&row).execute(c))?;
    Ok(())
}

/// The code with this hash, used or not, if there is one.
pub fn find_code(view: &mut View<'_>, hash: &str) -> Result<Option<AuthorizationCode>> {
    let row: Option<CodeRow> = each!(view.conn, |c| authorization_codes::table
        .filter(authorization_codes::hash.eq(hash))
        .select(CodeRow::as_select())
        .first(c)
        .optional())?;
    Ok(row.map(|row| {
        let CodeRow { hash, client_id, redirect_uri, state, scope, challenge, person_id, expires_at, session_id } = row;
        AuthorizationCode {
            hash,
            request: SignInRequest { client: client_id.to(), redirect_uri, state, scope, challenge },
            person: person_id.to(),
            expires_at: expires_at.0,
            session: session_id.map(Key::to),
        }
    }))
}

/// Notes which session a code gave.
pub fn use_code(work: &mut Work<'_>, hash: &str, session: SessionId) -> Result<()> {
    each!(work.conn, |c| diesel::update(authorization_codes::table.filter(authorization_codes::hash.eq(hash)))
        .set(authorization_codes::session_id.eq(Some(Key::from(session))))
        .execute(c))?;
    Ok(())
}

/// Forgets the sign-ins that ended before `moment`, and the codes that did so before `codes`.
pub fn forget_before(work: &mut Work<'_>, moment: Moment, codes: Moment) -> Result<usize> {
    let begun =
        each!(work.conn, |c| diesel::delete(sign_ins::table.filter(sign_ins::expires_at.lt(At(moment)))).execute(c))?;
    let given = each!(work.conn, |c| diesel::delete(
        authorization_codes::table.filter(authorization_codes::expires_at.lt(At(codes)))
    )
    .execute(c))?;
    Ok(begun + given)
}
