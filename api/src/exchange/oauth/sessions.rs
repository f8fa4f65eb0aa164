//! Sessions that a client opens for a person: leaving, signing out, or the end of the client ends them at once.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use domain::{Change, EventKind, PersonId};
use persistence::parties::sessions::{self as kept, Session};
use persistence::{Work, ledger};

use super::authentication::Authenticated;
use super::tokens::TokenAnswer;
use crate::app::App;
use crate::parties::{SESSION_HOURS, hash_of};
use crate::problem::Problem;
use crate::tokens::{ACCESS_MINUTES, Grant};

/// A session to be opened for a person.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Opening<'a> {
    /// Whose it is.
    pub(crate) person: PersonId,
    /// What its tokens allow.
    pub(crate) scope: &'a str,
    /// How long it lasts without a refresh token; with one where nothing is said.
    pub(crate) only_for: Option<TimeDelta>,
    /// Whether the client acts for the person, with the word of somebody else (RFC 8693).
    pub(crate) is_delegated: bool,
}

/// Opens a session through this client and issues its first tokens.
pub(crate) fn open(
    app: &App,
    work: &mut Work<'_>,
    client: &Authenticated,
    opening: Opening<'_>,
) -> Result<(Session, TokenAnswer), Problem> {
    let now = work.now();
    let session = Session {
        id: work.id(),
        person: opening.person,
        created_at: now,
        expires_at: now + opening.only_for.unwrap_or(TimeDelta::hours(SESSION_HOURS)),
        revoked_at: None,
        scope: Some(opening.scope.to_owned()),
        client: Some(client.client.id),
    };
    let session = kept::insert(work, session)?;
    (work.actor, work.client) = (Some(opening.person), Some(client.client.id));
    ledger::record(work, Change::new(EventKind::SessionOpened, session.id).of(client.client.organisation))?;
    let answer = issue(app, work, client, &session, &opening)?;
    Ok((session, answer))
}

/// Issues the next tokens of a session.
pub(crate) fn issue(
    app: &App,
    work: &mut Work<'_>,
    client: &Authenticated,
    session: &Session,
    opening: &Opening<'_>,
) -> Result<TokenAnswer, Problem> {
    let good_for = opening.only_for.unwrap_or(TimeDelta::minutes(ACCESS_MINUTES));
    let refresh_token = match opening.only_for {
        Some(_) => None,
        None => {
            let token = URL_SAFE_NO_PAD.encode(work.secret());
            kept::insert_refresh_token(work, &hash_of(&token), session.id)?;
            Some(token)
        }
    };
    let grant = Grant {
        subject: session.person.into(),
        session: Some(session.id),
        client: Some(client.client.id),
        secret: client.secret,
        is_delegated: opening.is_delegated,
        scope: opening.scope,
        token: work.id(),
    };
    let signed = app.tokens.sign(&grant, work.now(), good_for)?;
    Ok(TokenAnswer {
        access_token: signed.token,
        token_type: "Bearer",
        expires_in: good_for.num_seconds(),
        scope: opening.scope.to_owned(),
        refresh_token,
        issued_token_type: None,
    })
}
