//! A client exchanges a refresh token for new tokens (RFC 6749, 6): each is good once, and using one twice ends the
//! session, as somebody else may have it.

use actix_web::web::Data;
use domain::exchange::oauth_clients::OAuthGrant;
use domain::parties::persons::PersonStatus;
use persistence::Work;
use persistence::parties::{persons, sessions as kept};

use super::authentication::Authenticated;
use super::errors::OAuthError;
use super::form::Form;
use super::sessions::{self, Opening};
use super::tokens::{TokenAnswer, must_use};
use crate::access::works_within;
use crate::app::App;
use crate::parties::hash_of;
use crate::problem::Problem;

/// Issues the next tokens of the session.
pub(super) async fn issue(app: &Data<App>, client: Authenticated, form: &Form) -> Result<TokenAnswer, OAuthError> {
    must_use(&client, OAuthGrant::AuthorizationCode)?;
    let hash = hash_of(form.need("refresh_token")?);
    let asked = form.get("scope").map(str::to_owned);
    app.blocking(move |app| app.write(|work| refresh(app, work, &client, &hash, asked.as_deref()))).await?
}

/// A refusal is an outcome that stands, as the end of the session must.
fn refresh(
    app: &App,
    work: &mut Work<'_>,
    client: &Authenticated,
    hash: &str,
    asked: Option<&str>,
) -> Result<Result<TokenAnswer, OAuthError>, Problem> {
    let gone = || Ok(Err(OAuthError::grant("The refresh token is not good, or not any more: sign in again.")));
    let Some(found) = kept::find_refresh_token(work, hash)? else { return gone() };
    let session = kept::get(work, found.session)?;
    if session.client != Some(client.client.id) {
        return gone();
    }
    let is_open = session.revoked_at.is_none() && work.now() < session.expires_at;
    let person = persons::get(work, session.person)?;
    let employed = works_within(work, person.id, client.client.organisation)?;
    if found.used_at.is_some() || !is_open || !employed || person.status == PersonStatus::Closed {
        kept::revoke(work, session.id)?;
        return gone();
    }
    // What was taken from the client since is not given again.
    let granted = session.scope.clone().unwrap_or_default();
    let allowed: Vec<&str> =
        granted.split(' ').filter(|scope| client.client.details.scopes.iter().any(|one| one == scope)).collect();
    let scope = match asked {
        None => allowed.join(" "),
        Some(asked) if asked.split_whitespace().all(|scope| allowed.contains(&scope)) => {
            asked.split_whitespace().collect::<Vec<_>>().join(" ")
        }
        Some(_) => String::new(),
    };
    if scope.is_empty() {
        let detail = format!("scope must hold only what was granted: {}.", allowed.join(" "));
        return Ok(Err(OAuthError::scope(detail)));
    }
    kept::use_refresh_token(work, hash)?;
    let opening = Opening { person: session.person, scope: &scope, only_for: None, is_delegated: false };
    sessions::issue(app, work, client, &session, &opening).map(Ok)
}
