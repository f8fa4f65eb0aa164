//! Signing in and out.

use actix_web::{HttpRequest, delete, post};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use domain::parties::persons::PersonStatus;
use domain::{Change, EventKind, Fault, PersonId};
use persistence::parties::sessions::{self as kept, Session};
use persistence::parties::{accounts, persons};
use persistence::{View, Work};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use utoipa::ToSchema;

use crate::attempts::{self, PER_ACCOUNT, PER_ADDRESS, Subjects, address_of};
use crate::body::Body;
use crate::caller::{Caller, Visitor};
use crate::problem::{CREDENTIALS_WRONG, Problem, TOKEN_INVALID};
use crate::reply::{Answer, Reply};
use crate::tokens::{ACCESS_MINUTES, Grant, Signed, all_scopes, is_scope};

/// How long a session can be refreshed (NL GOV profile for OAuth: at most 24 hours).
pub(crate) const SESSION_HOURS: i64 = 24;

/// Who signs in
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SessionDraft {
    /// The work e-mail address
    #[schema(format = "email", max_length = 254, example = "sanne.devries@oss.example")]
    email: String,
    /// The password
    #[schema(min_length = 1, max_length = 200, format = "password", example = "vier woorden zijn genoeg")]
    password: String,
    /// The scopes wanted, separated by spaces; all of them unless given
    #[schema(nullable = false, min_length = 1, max_length = 400, example = "market:read market:write")]
    scope: Option<String>,
}

/// A refresh token to be exchanged
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SessionRefreshDraft {
    /// The refresh token; it is good for one use
    #[schema(min_length = 1, max_length = 200, example = "mE3xJt9…")]
    refresh_token: String,
}

/// The tokens of a session
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SessionTokens)]
pub struct SessionTokensView {
    /// Send it as `Authorization: Bearer …`
    #[schema(max_length = 4000, example = "eyJhbGciOiJSUzI1NiJ9…")]
    access_token: String,
    /// Until when the access token is good
    #[schema(example = "2027-01-31T12:15:00Z")]
    expires_at: DateTime<Utc>,
    /// Exchange it for new tokens; good for one use
    #[schema(max_length = 200, example = "mE3xJt9…")]
    refresh_token: String,
    /// Until when the session can be refreshed
    #[schema(example = "2027-02-01T12:00:00Z")]
    refresh_expires_at: DateTime<Utc>,
    /// The scopes of the access token
    #[schema(max_length = 400, example = "market:read market:write")]
    scope: String,
    /// Who signed in
    person_id: PersonId,
}

/// Sign in with e-mail address and password
///
/// Gives an access token for 15 minutes and a refresh token. Failed attempts are limited per account and per address.
/// The answer holds secrets and is not remembered: this operation takes no Idempotency-Key.
#[utoipa::path(tag = "sessions", request_body = SessionDraft, responses(
    (status = 201, description = "Signed in", body = SessionTokensView),
    (status = 401, description = "E-mail address or password is wrong"),
    (status = 429, description = "Too many attempts: wait as long as Retry-After says"),
))]
#[post("/sessions")]
pub(crate) async fn create_session(
    visitor: Visitor,
    body: Body<SessionDraft>,
    request: HttpRequest,
) -> Answer<SessionTokensView> {
    let SessionDraft { email, password, scope } = body.0;
    let scope = known_scope(scope)?;
    let app = visitor.app().clone();
    let subjects = subjects(&email, &address_of(&request, &app.settings.trusted_proxies));
    let counted = subjects.clone();
    visitor.clone().write(move |work| attempts::count(work, &counted)).await?;
    let account = visitor.clone().read(move |view, _| account_of(view, &email)).await?;
    let (person, hash) = account.map_or((None, None), |(person, hash)| (Some(person), hash));
    let fits = app.passwords.check(password, hash).await?;
    let person = person.filter(|_| fits).ok_or_else(wrong_credentials)?;
    visitor
        .write(move |work| {
            attempts::forgive(work, &subjects)?;
            let tokens = open_session(&app.tokens, work, person, &scope)?;
            Ok(Reply::created("/sessions/current", tokens))
        })
        .await
}

/// Exchange a refresh token for new tokens
///
/// Each refresh token is good for one use. Using one twice ends the session, as somebody else may have it.
#[utoipa::path(tag = "sessions", request_body = SessionRefreshDraft, responses(
    (status = 201, description = "New tokens of the same session", body = SessionTokensView),
    (status = 401, description = "The refresh token is not good, or not any more"),
))]
#[post("/session-refreshes")]
pub(crate) async fn refresh_session(visitor: Visitor, body: Body<SessionRefreshDraft>) -> Answer<SessionTokensView> {
    let app = visitor.app().clone();
    let hash = hash_of(&body.0.refresh_token);
    let tokens = visitor.write(move |work| refresh(&app.tokens, work, &hash)).await?;
    let tokens = tokens
        .ok_or_else(|| Problem::new(&TOKEN_INVALID, "Sign in again: the refresh token is not good (any more)."))?;
    Ok(Reply::created("/sessions/current", tokens))
}

/// The next tokens of a session; nothing where the refresh token is not good (any more).
fn refresh(
    tokens: &crate::tokens::Tokens,
    work: &mut Work<'_>,
    hash: &str,
) -> Result<Option<SessionTokensView>, Problem> {
    let Some(found) = kept::find_refresh_token(work, hash)? else { return Ok(None) };
    let session = kept::get(work, found.session)?;
    // What a client opened is refreshed by that client, at the token endpoint.
    if session.client.is_some() {
        return Ok(None);
    }
    let open = session.revoked_at.is_none() && work.now() < session.expires_at;
    let person = persons::get(work, session.person)?;
    if found.used_at.is_some() || !open || person.status == PersonStatus::Closed {
        kept::revoke(work, session.id)?;
        return Ok(None);
    }
    kept::use_refresh_token(work, hash)?;
    let scope = session.scope.clone().unwrap_or_else(all_scopes);
    issue(tokens, work, &session, &scope).map(Some)
}

/// Sign out: end the session of the token
///
/// Its access tokens and refresh tokens are worth nothing any more, at once.
#[utoipa::path(tag = "sessions", security(("bearer" = [])), responses((status = 204, description = "The session was ended")))]
#[delete("/sessions/current")]
pub(crate) async fn delete_current_session(caller: Caller) -> Answer<()> {
    let session = caller.session();
    caller
        .write(move |work, _| {
            kept::revoke(work, session)?;
            persistence::ledger::record(work, Change::new(EventKind::SessionRevoked, session))?;
            Ok(Reply::done())
        })
        .await
}

/// Opens a session and issues its first tokens.
pub(crate) fn open_session(
    tokens: &crate::tokens::Tokens,
    work: &mut Work<'_>,
    person: PersonId,
    scope: &str,
) -> Result<SessionTokensView, Problem> {
    let now = work.now();
    let session = Session {
        id: work.id(),
        person,
        created_at: now,
        expires_at: now + TimeDelta::hours(SESSION_HOURS),
        revoked_at: None,
        scope: Some(scope.to_owned()),
        client: None,
    };
    let session = kept::insert(work, session)?;
    work.actor = Some(person);
    persistence::ledger::record(work, Change::new(EventKind::SessionOpened, session.id))?;
    issue(tokens, work, &session, scope)
}

fn issue(
    tokens: &crate::tokens::Tokens,
    work: &mut Work<'_>,
    session: &Session,
    scope: &str,
) -> Result<SessionTokensView, Problem> {
    let refresh_token = URL_SAFE_NO_PAD.encode(work.secret());
    kept::insert_refresh_token(work, &hash_of(&refresh_token), session.id)?;
    let good_for = TimeDelta::minutes(ACCESS_MINUTES);
    let grant = Grant {
        subject: session.person.into(),
        session: Some(session.id),
        client: None,
        secret: None,
        is_delegated: false,
        scope,
        token: work.id(),
    };
    let Signed { token, expires_at } = tokens.sign(&grant, work.now(), good_for)?;
    Ok(SessionTokensView {
        access_token: token,
        expires_at,
        refresh_token,
        refresh_expires_at: session.expires_at,
        scope: scope.to_owned(),
        person_id: session.person,
    })
}

fn known_scope(wanted: Option<String>) -> Result<String, Problem> {
    let Some(wanted) = wanted else { return Ok(all_scopes()) };
    if wanted.split_whitespace().all(is_scope) {
        return Ok(wanted.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    let reason = format!("must hold only these, separated by spaces: {}", all_scopes());
    Err(Problem::invalid(vec![Fault { name: "scope".to_owned(), reason }]))
}

/// What failures are counted for, with how many are allowed: the account, known or not, and the address.
fn subjects(email: &str, address: &str) -> Subjects {
    let account = format!("account:{}", hash_of(&email.trim().to_lowercase()));
    vec![(account, PER_ACCOUNT), (format!("address:{address}"), PER_ADDRESS)]
}

fn wrong_credentials() -> Problem {
    Problem::new(&CREDENTIALS_WRONG, "Sign in with the e-mail address and the password of your account.")
}

fn account_of(view: &mut View<'_>, email: &str) -> Result<Option<(PersonId, Option<String>)>, Problem> {
    let Some(person) = persons::find_by_email(view, email)? else { return Ok(None) };
    if person.status == PersonStatus::Closed {
        return Ok(None);
    }
    let account = accounts::find(view, person.id)?;
    Ok(account.map(|account| (person.id, account.password_hash)))
}

/// Secrets are kept as their SHA-256: they are random, so nothing slower is needed.
pub(crate) fn hash_of(secret: &str) -> String {
    format!("{:x}", Sha256::digest(secret.as_bytes()))
}
