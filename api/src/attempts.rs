//! Failures to get in, counted for all instances together: too many, and whoever tries has to wait.

use actix_web::HttpRequest;
use chrono::TimeDelta;
use persistence::parties::login_attempts::{self as kept, Failures};
use persistence::{View, Work};

use crate::problem::{Problem, TOO_MANY_ATTEMPTS};

/// Failures are counted in windows of this length.
const WINDOW_MINUTES: i64 = 15;
/// How many an account, or a client at one address, may have.
pub(crate) const PER_ACCOUNT: i64 = 10;
/// How many an address may have.
pub(crate) const PER_ADDRESS: i64 = 100;

/// What failures are counted for, with how many are allowed.
pub(crate) type Subjects = Vec<(String, i64)>;

/// Counts an attempt before it is judged, so that many at once do not slip through; refuses when there were too many.
pub(crate) fn count(work: &mut Work<'_>, subjects: &Subjects) -> Result<(), Problem> {
    if let Some(wait) = wait_of(work, subjects)? {
        return Err(Problem::new(&TOO_MANY_ATTEMPTS, "Wait as long as Retry-After says.").retry_after(wait));
    }
    note(work, subjects)
}

/// How many seconds to wait, when there were too many failures.
pub(crate) fn wait_of(view: &mut View<'_>, subjects: &Subjects) -> Result<Option<u64>, Problem> {
    for (subject, allowed) in subjects {
        let failures = failures_of(view, subject)?;
        if failures.count >= *allowed {
            let end = failures.window_start + TimeDelta::minutes(WINDOW_MINUTES);
            return Ok(Some(u64::try_from((end - view.now()).num_seconds() + 1).unwrap_or(1)));
        }
    }
    Ok(None)
}

/// Counts a failure.
pub(crate) fn note(work: &mut Work<'_>, subjects: &Subjects) -> Result<(), Problem> {
    for (subject, _) in subjects {
        let failures = failures_of(work, subject)?;
        kept::put(work, subject, Failures { count: failures.count + 1, ..failures })?;
    }
    Ok(())
}

/// A success forgives the failures of the account; of the address it takes back its own count only.
pub(crate) fn forgive(work: &mut Work<'_>, subjects: &Subjects) -> Result<(), Problem> {
    for (subject, _) in subjects {
        let Some(failures) = kept::find(work, subject)? else { continue };
        let count = if subject.starts_with("account:") { 0 } else { failures.count - 1 };
        kept::put(work, subject, Failures { count, ..failures })?;
    }
    Ok(())
}

fn failures_of(view: &mut View<'_>, subject: &str) -> Result<Failures, Problem> {
    let (now, window) = (view.now(), TimeDelta::minutes(WINDOW_MINUTES));
    let known = kept::find(view, subject)?.filter(|failures| now < failures.window_start + window);
    Ok(known.unwrap_or(Failures { window_start: now, count: 0 }))
}

/// The address of the client: what a trusted proxy says, else who connects.
pub(crate) fn address_of(request: &HttpRequest, trusted: &[std::net::IpAddr]) -> String {
    let Some(peer) = request.peer_addr().map(|peer| peer.ip()) else { return "unknown".to_owned() };
    let forwarded = request.headers().get("x-forwarded-for").and_then(|header| header.to_str().ok());
    let last = forwarded.and_then(|header| header.rsplit(',').next()).map(str::trim);
    match last {
        Some(client) if trusted.contains(&peer) => client.to_owned(),
        _ => peer.to_string(),
    }
}
