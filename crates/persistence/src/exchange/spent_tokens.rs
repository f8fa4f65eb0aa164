//! Tokens that are worth nothing any more before they expire: used up, or taken back. Kept for all instances together.

use diesel::dsl::exists;
use diesel::prelude::*;
use domain::parties::persons::PersonStatus;
use domain::{Moment, PersonId, SessionId, TextEnum as _};
use uuid::Uuid;

use crate::columns::{At, Key};
use crate::schema::exchange_clients::{revoked_tokens, used_tokens};
use crate::schema::parties::{persons, sessions};
use crate::{Result, View, Work};

/// Uses a token that is good for one use, named by the hash of its id; false when it was used before.
pub fn use_up(work: &mut Work<'_>, issuer: &str, token: &str, expires_at: Moment) -> Result<bool> {
    let added = each!(work.conn, |c| diesel::insert_into(used_tokens::table)
        .values((
            used_tokens::issuer.eq(issuer),
            used_tokens::token_id.eq(token),
            used_tokens::expires_at.eq(At(expires_at)),
        ))
        .on_conflict_do_nothing()
        .execute(c))?;
    Ok(added == 1)
}

/// Takes an access token back.
pub fn revoke(work: &mut Work<'_>, token: Uuid, expires_at: Moment) -> Result<()> {
    each!(work.conn, |c| diesel::insert_into(revoked_tokens::table)
        .values((revoked_tokens::token_id.eq(Key(token)), revoked_tokens::expires_at.eq(At(expires_at))))
        .on_conflict_do_nothing()
        .execute(c))?;
    Ok(())
}

/// Whether an access token was taken back.
pub fn is_revoked(view: &mut View<'_>, token: Uuid) -> Result<bool> {
    Ok(each!(view.conn, |c| diesel::select(diesel::dsl::exists(
        revoked_tokens::table.filter(revoked_tokens::token_id.eq(Key(token)))
    ))
    .get_result(c))?)
}

/// What a token of a person stands on.
#[derive(Debug, Clone, Copy)]
pub struct Footing {
    /// Whose session it is.
    pub person: PersonId,
    /// Whether they have no access any more.
    pub is_closed: bool,
    /// Whether the session was ended.
    pub is_ended: bool,
    /// Whether the token itself was taken back.
    pub is_taken_back: bool,
}

/// What a token stands on that was given in this session, in one statement: every request asks it.
pub fn footing(view: &mut View<'_>, session: SessionId, token: Uuid) -> Result<Option<Footing>> {
    let row: Option<(Key, String, Option<At>, bool)> = each!(view.conn, |c| sessions::table
        .inner_join(persons::table.on(persons::id.eq(sessions::person_id)))
        .filter(sessions::id.eq(Key::from(session)))
        .select((
            persons::id,
            persons::status,
            sessions::revoked_at,
            exists(revoked_tokens::table.filter(revoked_tokens::token_id.eq(Key(token)))),
        ))
        .first(c)
        .optional())?;
    Ok(row.map(|(person, status, ended, is_taken_back)| Footing {
        person: person.to(),
        is_closed: status == PersonStatus::Closed.as_str(),
        is_ended: ended.is_some(),
        is_taken_back,
    }))
}

/// Forgets the tokens that expired before this moment.
pub fn forget_before(work: &mut Work<'_>, moment: Moment) -> Result<usize> {
    let used = each!(work.conn, |c| diesel::delete(used_tokens::table.filter(used_tokens::expires_at.lt(At(moment))))
        .execute(c))?;
    let revoked =
        each!(work.conn, |c| diesel::delete(revoked_tokens::table.filter(revoked_tokens::expires_at.lt(At(moment))))
            .execute(c))?;
    Ok(used + revoked)
}
