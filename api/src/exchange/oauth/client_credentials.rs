//! A client gets a token for itself, without a person (RFC 6749, 4.4). There is no refresh token: it asks again.

use actix_web::web::Data;
use chrono::TimeDelta;
use domain::exchange::oauth_clients::OAuthGrant;

use super::authentication::Authenticated;
use super::errors::OAuthError;
use super::form::Form;
use super::tokens::{TokenAnswer, check_target, must_use, scope_of};
use crate::app::App;
use crate::tokens::{CLIENT_MINUTES, Grant};

/// Issues the token; nothing is kept of it.
pub(super) async fn issue(app: &Data<App>, client: Authenticated, form: &Form) -> Result<TokenAnswer, OAuthError> {
    must_use(&client, OAuthGrant::ClientCredentials)?;
    check_target(app, form)?;
    let scope = scope_of(&client.client, form)?;
    let (now, good_for) = (app.clock.now(), TimeDelta::minutes(CLIENT_MINUTES));
    let grant = Grant {
        subject: client.client.id.into(),
        session: None,
        client: Some(client.client.id),
        secret: client.secret,
        is_delegated: false,
        scope: &scope,
        token: app.mint.id(now),
    };
    let signed = app.tokens.sign(&grant, now, good_for)?;
    Ok(TokenAnswer {
        access_token: signed.token,
        token_type: "Bearer",
        expires_in: good_for.num_seconds(),
        scope,
        refresh_token: None,
        issued_token_type: None,
    })
}
