//! The same key with the same request gets the same answer.

use actix_web::http::StatusCode;
use chrono::TimeDelta;
use persistence::Work;
use persistence::exchange::remembered_answers::{self, RememberedAnswer};
use serde::Serialize;
use uuid::Uuid;

use crate::body::Once;
use crate::problem::{IDEMPOTENCY_KEY_REUSED, Problem};
use crate::reply::{Answer, Reply, ReplyBody};

/// How long an answer is remembered.
pub const REMEMBERED_HOURS: i64 = 24;

/// Answers as before if this request was answered before; else does it and remembers the answer with it.
pub fn once<T: Serialize>(
    work: &mut Work<'_>,
    caller: Uuid,
    once: Option<&Once>,
    body: impl FnOnce(&mut Work<'_>) -> Answer<T>,
) -> Answer<T> {
    let Some(once) = once else { return body(work) };
    let since = work.now() - TimeDelta::hours(REMEMBERED_HOURS);
    if let Some(answer) = remembered_answers::find(work, caller, &once.key, since)? {
        return again(answer, once);
    }
    let reply = body(work)?;
    let answer = RememberedAnswer {
        fingerprint: once.fingerprint.clone(),
        status: i64::from(reply.status.as_u16()),
        location: reply.location.clone(),
        revision: reply.revision,
        body: reply.text()?,
    };
    remembered_answers::put(work, caller, &once.key, &answer)?;
    Ok(reply)
}

fn again<T>(answer: RememberedAnswer, once: &Once) -> Answer<T> {
    let RememberedAnswer { fingerprint, status, location, revision, body } = answer;
    if fingerprint != once.fingerprint {
        let detail = "Use a new key for a new request; a key belongs to one method, path and body for 24 hours.";
        return Err(Problem::new(&IDEMPOTENCY_KEY_REUSED, detail));
    }
    let status = u16::try_from(status).ok().and_then(|status| StatusCode::from_u16(status).ok());
    let body = if body.is_empty() { ReplyBody::Nothing } else { ReplyBody::Remembered(body) };
    Ok(Reply { status: status.unwrap_or(StatusCode::OK), body, location, revision, link: None, language: None })
}
