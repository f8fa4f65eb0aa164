//! The token endpoint: which grant is asked for, and what is answered.

use actix_web::http::header::CACHE_CONTROL;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, post};
use domain::exchange::oauth_clients::{OAuthClient, OAuthGrant};
use serde::Serialize;

use super::authentication::{Authenticated, authenticate};
use super::errors::OAuthError;
use super::form::Form;
use super::{client_credentials, exchanging, refreshing};
use crate::app::App;
use crate::exchange::sign_in::codes;
use crate::tokens::AUDIENCE;

/// How a client names a grant at the token endpoint.
const CLIENT_CREDENTIALS: &str = "client_credentials";
const CODE: &str = "authorization_code";
const REFRESH: &str = "refresh_token";
const EXCHANGE: &str = "urn:ietf:params:oauth:grant-type:token-exchange";
/// All of them.
pub(super) const GRANT_TYPES: &[&str] = &[CLIENT_CREDENTIALS, CODE, REFRESH, EXCHANGE];

/// A token as RFC 6749, 5.1 answers it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct TokenAnswer {
    pub(crate) access_token: String,
    pub(crate) token_type: &'static str,
    pub(crate) expires_in: i64,
    pub(crate) scope: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) refresh_token: Option<String>,
    /// Only after an exchange (RFC 8693, 2.2.1).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) issued_token_type: Option<&'static str>,
}

#[post("/oauth/token")]
pub(super) async fn create_token(app: Data<App>, request: HttpRequest, form: Form) -> Result<HttpResponse, OAuthError> {
    let client = authenticate(&app, &request, &form).await?;
    let answer = match form.need("grant_type")? {
        CLIENT_CREDENTIALS => client_credentials::issue(&app, client, &form).await?,
        CODE => codes::issue(&app, client, &form).await?,
        REFRESH => refreshing::issue(&app, client, &form).await?,
        EXCHANGE => exchanging::issue(&app, client, &form).await?,
        _ => {
            let all = GRANT_TYPES.join(", ");
            return Err(OAuthError::unsupported_grant(format!("grant_type must be one of: {all}.")));
        }
    };
    Ok(secret_answer(&answer))
}

/// An answer that nobody may keep on the way.
pub(super) fn secret_answer(answer: &impl Serialize) -> HttpResponse {
    let mut response = HttpResponse::Ok();
    response.insert_header((CACHE_CONTROL, "no-store")).insert_header(("Pragma", "no-cache")).json(answer)
}

/// Refuses a client that gets its tokens in another way.
pub(crate) fn must_use(client: &Authenticated, grant: OAuthGrant) -> Result<(), OAuthError> {
    let own = client.client.grant;
    if own == grant {
        return Ok(());
    }
    Err(OAuthError::unauthorized(format!("This client is registered for {own}; a client has one grant.")))
}

/// What the token may allow: what was asked for, within what the client may have; all of it unless asked.
pub(crate) fn scope_of(client: &OAuthClient, form: &Form) -> Result<String, OAuthError> {
    let allowed = &client.details.scopes;
    let Some(asked) = form.get("scope") else { return Ok(allowed.join(" ")) };
    let mut scopes: Vec<&str> = asked.split_whitespace().collect();
    scopes.dedup();
    if !scopes.is_empty() && scopes.iter().all(|scope| allowed.iter().any(|known| known == scope)) {
        return Ok(scopes.join(" "));
    }
    Err(OAuthError::scope(format!("scope must hold only what this client may have: {}.", allowed.join(" "))))
}

/// Refuses a token for another audience than this interface.
pub(crate) fn check_target(app: &App, form: &Form) -> Result<(), OAuthError> {
    let here = app.tokens.issuer();
    let resources = [here.to_owned(), format!("{here}/"), format!("{here}{}", crate::routes::BASE)];
    if form.get("audience").is_some_and(|audience| audience != AUDIENCE) {
        return Err(OAuthError::target(format!("audience must be {AUDIENCE}, or left out.")));
    }
    if form.get("resource").is_some_and(|resource| !resources.iter().any(|one| one == resource)) {
        return Err(OAuthError::target(format!("resource must be {here}, or left out.")));
    }
    Ok(())
}
