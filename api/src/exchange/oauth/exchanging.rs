//! Token exchange (RFC 8693): a portal hands in what the identity provider of its organisation said of somebody who is
//! signed in there, and gets a token for that person, with itself as the one who acts.

use actix_web::ResponseError as _;
use actix_web::web::Data;
use chrono::TimeDelta;
use domain::exchange::oauth_clients::OAuthGrant;
use persistence::Work;
use persistence::exchange::spent_tokens;

use super::authentication::Authenticated;
use super::errors::OAuthError;
use super::form::Form;
use super::people;
use super::sessions::{self, Opening};
use super::tokens::{TokenAnswer, check_target, must_use, scope_of};
use crate::app::App;
use crate::exchange::identity_providers::verify::{self, VerifiedToken};
use crate::parties::hash_of;
use crate::problem::Problem;
use crate::tokens::CLIENT_MINUTES;

/// The largest token that is looked at.
const MOST_BYTES: usize = 16_384;
const ACCESS_TOKEN: &str = "urn:ietf:params:oauth:token-type:access_token";
/// What can be handed in: all of it is a JWT that the provider signed.
const SUBJECT_TYPES: [&str; 3] =
    ["urn:ietf:params:oauth:token-type:id_token", "urn:ietf:params:oauth:token-type:jwt", ACCESS_TOKEN];

/// Issues the token, in a session of its own that ends with it.
pub(super) async fn issue(app: &Data<App>, client: Authenticated, form: &Form) -> Result<TokenAnswer, OAuthError> {
    must_use(&client, OAuthGrant::TokenExchange)?;
    check_target(app, form)?;
    let token = subject_token(form)?.to_owned();
    let scope = scope_of(&client.client, form)?;
    let organisation = client.client.organisation;
    let verified = app.blocking(move |app| verify::verify(app, organisation, &token)).await.map_err(refused)?;
    app.blocking(move |app| app.write(|work| exchange(app, work, &client, &verified, &scope))).await?
}

/// The token of the person, if everything else that is asked is what there is.
fn subject_token(form: &Form) -> Result<&str, OAuthError> {
    let kind = form.need("subject_token_type")?;
    if !SUBJECT_TYPES.contains(&kind) {
        let all = SUBJECT_TYPES.join(", ");
        return Err(OAuthError::request(format!("subject_token_type must be one of: {all}.")));
    }
    if form.get("requested_token_type").is_some_and(|kind| kind != ACCESS_TOKEN) {
        return Err(OAuthError::request(format!("requested_token_type must be {ACCESS_TOKEN}, or left out.")));
    }
    if form.get("actor_token").is_some() {
        return Err(OAuthError::request("actor_token must be left out: the client itself acts."));
    }
    let token = form.need("subject_token")?;
    if token.len() > MOST_BYTES {
        return Err(OAuthError::request(format!("subject_token must have at most {MOST_BYTES} characters.")));
    }
    Ok(token)
}

/// What is wrong with the token is a fault of the grant; what is wrong with us stays that.
fn refused(problem: Problem) -> OAuthError {
    if problem.status_code().is_client_error() { OAuthError::grant(problem.detail()) } else { problem.into() }
}

fn exchange(
    app: &App,
    work: &mut Work<'_>,
    client: &Authenticated,
    verified: &VerifiedToken,
    scope: &str,
) -> Result<Result<TokenAnswer, OAuthError>, Problem> {
    if let Some(id) = &verified.token_id
        && !spent_tokens::use_up(work, &verified.provider.details.issuer, &hash_of(id), verified.expires_at)?
    {
        return Ok(Err(OAuthError::grant("The subject token was exchanged before: its jti is good for one use.")));
    }
    let key = verified.provider.details.staff_key.key();
    let Some(person) = people::sign_in(work, client.client.organisation, key, &verified.staff_key)? else {
        let detail = "The subject token is of nobody who works for the organisation of this client and has access.";
        return Ok(Err(OAuthError::grant(detail)));
    };
    let only_for = Some(TimeDelta::minutes(CLIENT_MINUTES));
    let (_, answer) = sessions::open(app, work, client, Opening { person, scope, only_for, is_delegated: true })?;
    Ok(Ok(TokenAnswer { issued_token_type: Some(ACCESS_TOKEN), ..answer }))
}
