//! Taking tokens back (RFC 7009), and telling whether one is still good (RFC 7662).

use actix_web::http::header::CACHE_CONTROL;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, post};
use chrono::DateTime;
use domain::exchange::oauth_clients::{OAuthClient, OAuthClientKind};
use domain::{Change, EventKind, OAuthClientId};
use persistence::exchange::{oauth_clients, spent_tokens};
use persistence::parties::sessions as kept;
use persistence::{View, Work, ledger};
use serde_json::{Value, json};

use super::authentication::{Authenticated, authenticate};
use super::errors::OAuthError;
use super::form::Form;
use super::tokens::secret_answer;
use crate::access::Actor;
use crate::app::App;
use crate::clients::honour;
use crate::parties::hash_of;
use crate::problem::Problem;
use crate::tokens::{Bearer, Claims};

/// The largest token that is looked at.
const MOST_BYTES: usize = 16_384;

#[post("/oauth/revoke")]
pub(super) async fn revoke_token(app: Data<App>, request: HttpRequest, form: Form) -> Result<HttpResponse, OAuthError> {
    let client = authenticate(&app, &request, &form).await?;
    let token = token_of(&form)?;
    match app.tokens.read(&app, &token).await? {
        Some(claims) if claims.client() != Some(client.client.id) => return Err(not_yours()),
        Some(claims) => app.blocking(move |app| app.write(|work| revoke_access(work, &claims))).await?,
        None => app.blocking(move |app| app.write(|work| revoke_session(work, &client, &token))).await??,
    }
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).finish())
}

#[post("/oauth/introspect")]
pub(super) async fn introspect_token(
    app: Data<App>,
    request: HttpRequest,
    form: Form,
) -> Result<HttpResponse, OAuthError> {
    let Authenticated { client, .. } = authenticate(&app, &request, &form).await?;
    if client.kind == OAuthClientKind::Public {
        return Err(OAuthError::unauthorized("Only a confidential client asks about tokens."));
    }
    let token = token_of(&form)?;
    let (now, claims) = (app.clock.now(), app.tokens.read(&app, &token).await?);
    let told = app.blocking(move |app| {
        app.database.read(now, |view| match claims {
            Some(claims) => tell_access(view, &client, &claims),
            None => tell_refresh(view, &client, &hash_of(&token)),
        })
    });
    Ok(secret_answer(&told.await?.unwrap_or_else(|| json!({"active": false}))))
}

fn token_of(form: &Form) -> Result<String, OAuthError> {
    let token = form.need("token")?;
    if token.len() > MOST_BYTES {
        return Err(OAuthError::request(format!("token must have at most {MOST_BYTES} characters.")));
    }
    Ok(token.to_owned())
}

fn not_yours() -> OAuthError {
    OAuthError::grant("The token was not issued to this client.")
}

fn revoke_access(work: &mut Work<'_>, claims: &Claims) -> Result<(), Problem> {
    let now = work.now();
    if !claims.is_good_at(now) {
        return Ok(());
    }
    let expires_at = DateTime::from_timestamp(claims.expires(), 0).unwrap_or(now);
    Ok(spent_tokens::revoke(work, claims.token(), expires_at)?)
}

/// With a refresh token all tokens of its session are taken back. One that nobody knows is as good as taken back.
fn revoke_session(work: &mut Work<'_>, client: &Authenticated, token: &str) -> Result<Result<(), OAuthError>, Problem> {
    let Some(found) = kept::find_refresh_token(work, &hash_of(token))? else { return Ok(Ok(())) };
    let session = kept::get(work, found.session)?;
    if session.client != Some(client.client.id) {
        return Ok(Err(not_yours()));
    }
    kept::revoke(work, session.id)?;
    (work.actor, work.client) = (Some(session.person), Some(client.client.id));
    ledger::record(work, Change::new(EventKind::SessionRevoked, session.id).of(client.client.organisation))?;
    Ok(Ok(()))
}

/// What an access token of a client of the same organisation says, if it is still good.
fn tell_access(view: &mut View<'_>, asker: &OAuthClient, claims: &Claims) -> Result<Option<Value>, Problem> {
    if !claims.is_good_at(view.now()) || !is_of_same(view, asker, claims.client())? {
        return Ok(None);
    }
    let is_good = match claims.bearer() {
        Bearer::Person(_) => Actor::welcome(view, claims)?,
        Bearer::Client(_) => honour(view, claims)?,
    };
    if is_good.is_none() {
        return Ok(None);
    }
    let mut told = serde_json::to_value(claims).map_err(|error| Problem::internal(&error))?;
    if let Some(members) = told.as_object_mut() {
        members.retain(|name, _| !matches!(name.as_str(), "cred" | "sid"));
        members.insert("active".to_owned(), json!(true));
        members.insert("token_type".to_owned(), json!("Bearer"));
    }
    Ok(Some(told))
}

/// What a refresh token of a client of the same organisation is for, if it is still good.
fn tell_refresh(view: &mut View<'_>, asker: &OAuthClient, hash: &str) -> Result<Option<Value>, Problem> {
    let Some(found) = kept::find_refresh_token(view, hash)? else { return Ok(None) };
    let session = kept::get(view, found.session)?;
    let is_open = found.used_at.is_none() && session.revoked_at.is_none() && view.now() < session.expires_at;
    if !is_open || !is_of_same(view, asker, session.client)? {
        return Ok(None);
    }
    Ok(Some(json!({
        "active": true, "token_type": "refresh_token", "sub": session.person, "client_id": session.client,
        "scope": session.scope, "iat": session.created_at.timestamp(), "exp": session.expires_at.timestamp(),
    })))
}

/// Of the tokens of other organisations, and of people who signed in here, a client learns nothing.
fn is_of_same(view: &mut View<'_>, asker: &OAuthClient, client: Option<OAuthClientId>) -> Result<bool, Problem> {
    let Some(client) = client else { return Ok(false) };
    let found = oauth_clients::find(view, client)?;
    Ok(found.is_some_and(|client| client.organisation == asker.organisation))
}
