//! Answers to requests with an Idempotency-Key, kept in the transaction of the change for 24 hours.

use diesel::prelude::*;
use domain::Moment;
use uuid::Uuid;

use crate::columns::{At, Key};
use crate::schema::exchange::remembered_answers;
use crate::{Result, View, Work};

/// An answer that is given again to the same request.
#[derive(Debug, Clone)]
pub struct RememberedAnswer {
    /// Of method, path and body of the request.
    pub fingerprint: String,
    /// The status.
    pub status: i64,
    /// The Location header.
    pub location: Option<String>,
    /// The revision in the ETag.
    pub revision: Option<i64>,
    /// The body, as it was sent.
    pub body: String,
}

/// What was answered to this key of this caller since this moment.
pub fn find(view: &mut View<'_>, caller: Uuid, key: &str, since: Moment) -> Result<Option<RememberedAnswer>> {
    let row: Option<(String, i64, Option<String>, Option<i64>, String)> =
        each!(view.conn, |c| remembered_answers::table
            .filter(remembered_answers::caller_id.eq(Key(caller)))
            .filter(remembered_answers::idempotency_key.eq(key))
            .filter(remembered_answers::created_at.ge(At(since)))
            .select((
                remembered_answers::fingerprint,
                remembered_answers::status,
                remembered_answers::location,
                remembered_answers::revision,
                remembered_answers::body,
            ))
            .first(c)
            .optional())?;
    Ok(row.map(|(fingerprint, status, location, revision, body)| RememberedAnswer {
        fingerprint,
        status,
        location,
        revision,
        body,
    }))
}

/// Remembers an answer; an older one to the same key is forgotten.
pub fn put(work: &mut Work<'_>, caller: Uuid, key: &str, answer: &RememberedAnswer) -> Result<()> {
    let now = At(work.now());
    each!(work.conn, |c| diesel::delete(
        remembered_answers::table
            .filter(remembered_answers::caller_id.eq(Key(caller)))
            .filter(remembered_answers::idempotency_key.eq(key))
    )
    .execute(c))?;
    each!(work.conn, |c| diesel::insert_into(remembered_answers::table)
        .values((
            remembered_answers::caller_id.eq(Key(caller)),
            remembered_answers::idempotency_key.eq(key),
            remembered_answers::fingerprint.eq(&answer.fingerprint),
            remembered_answers::status.eq(answer.status),
            remembered_answers::location.eq(&answer.location),
            remembered_answers::revision.eq(answer.revision),
            remembered_answers::body.eq(&answer.body),
            remembered_answers::created_at.eq(now),
        ))
        .execute(c))?;
    Ok(())
}

/// Forgets the answers given before this moment.
pub fn forget_before(work: &mut Work<'_>, moment: Moment) -> Result<usize> {
    Ok(each!(work.conn, |c| diesel::delete(
        remembered_answers::table.filter(remembered_answers::created_at.lt(At(moment)))
    )
    .execute(c))?)
}
