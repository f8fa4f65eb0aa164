//! Secrets of OAuth clients: shown once, kept as a hash, two at a time so that one can follow the other.

use actix_web::web::Path;
use actix_web::{delete, get, post};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::exchange::oauth_clients::OAuthSecret;
use domain::{EventKind, OAuthClientId, OAuthSecretId, Refusal};
use persistence::View;
use persistence::exchange::oauth_clients as kept;

use super::types::{OAuthSecretDraft, OAuthSecretListView, OAuthSecretShownView, OAuthSecretView};
use super::{administered, announce};
use crate::access::Actor;
use crate::body::Body;
use crate::caller::Caller;
use crate::parties::hash_of;
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// Make a secret for a client
///
/// It is shown only here; only its hash is kept. Two can be valid at once: make the next one, let the client use it, then
/// delete the first. The answer holds a secret and is not remembered: this operation takes no Idempotency-Key. Done by an
/// administrator of the organisation.
#[utoipa::path(tag = "access", security(("bearer" = ["access:write"])),
    params(("oauthClientId" = OAuthClientId, Path, description = "The client")), request_body = OAuthSecretDraft, responses(
    (status = 201, description = "The secret; it is shown only here", body = OAuthSecretShownView),
    (status = 409, description = "There are two valid secrets, or the client is public"),
))]
#[post("/oauth-clients/{oauthClientId}/secrets")]
pub(crate) async fn create_oauth_secret(
    caller: Caller,
    id: Path<OAuthClientId>,
    body: Body<OAuthSecretDraft>,
) -> Answer<OAuthSecretShownView> {
    caller
        .write(move |work, actor| {
            let client = administered(work, actor, *id)?;
            let (others, now) = (kept::secrets_of(work, client.id)?, work.now());
            let text = URL_SAFE_NO_PAD.encode(work.secret());
            let secret = client.add_secret(work.id(), hash_of(&text), body.0.valid_for_days, &others, now)?;
            for expired in others.iter().filter(|other| !other.is_good_at(now)) {
                kept::delete_secret(work, expired.id)?;
            }
            let secret = kept::insert_secret(work, secret)?;
            announce(work, EventKind::OAuthSecretChanged, &client)?;
            let OAuthSecret { id, client: client_id, expires_at, .. } = secret;
            let path = format!("/oauth-clients/{client_id}/secrets/{id}");
            Ok(Reply::created(&path, OAuthSecretShownView { id, client_id, client_secret: text, expires_at }))
        })
        .await
}

/// List the secrets of a client, newest first
///
/// Never the secrets themselves. For administrators of the organisation.
#[utoipa::path(tag = "access", security(("bearer" = ["access:read"])),
    params(("oauthClientId" = OAuthClientId, Path, description = "The client")), responses(
    (status = 200, description = "The secrets, without the secrets themselves", body = OAuthSecretListView),
))]
#[get("/oauth-clients/{oauthClientId}/secrets")]
pub(crate) async fn list_oauth_secrets(caller: Caller, id: Path<OAuthClientId>) -> Answer<OAuthSecretListView> {
    caller
        .read(move |view, actor| {
            let client = administered(view, actor, *id)?;
            let secrets = kept::secrets_of(view, client.id)?;
            Ok(Reply::shown(OAuthSecretListView { items: secrets.into_iter().map(OAuthSecretView::from).collect() }))
        })
        .await
}

/// Show a secret of a client
///
/// Never the secret itself. For administrators of the organisation.
#[utoipa::path(tag = "access", security(("bearer" = ["access:read"])),
    params(("oauthClientId" = OAuthClientId, Path, description = "The client"),
        ("oauthSecretId" = OAuthSecretId, Path, description = "The secret")), responses(
    (status = 200, description = "The secret, without the secret itself", body = OAuthSecretView),
))]
#[get("/oauth-clients/{oauthClientId}/secrets/{oauthSecretId}")]
pub(crate) async fn get_oauth_secret(
    caller: Caller,
    path: Path<(OAuthClientId, OAuthSecretId)>,
) -> Answer<OAuthSecretView> {
    caller.read(move |view, actor| Ok(Reply::shown(secret_of(view, actor, *path)?.into()))).await
}

/// Delete a secret of a client
///
/// At once: tokens that were got with it are worth nothing any more either. A secret never changes, so no If-Match is
/// needed. Done by an administrator of the organisation.
#[utoipa::path(tag = "access", security(("bearer" = ["access:write"])),
    params(("oauthClientId" = OAuthClientId, Path, description = "The client"),
        ("oauthSecretId" = OAuthSecretId, Path, description = "The secret")), responses(
    (status = 204, description = "Deleted"),
))]
#[delete("/oauth-clients/{oauthClientId}/secrets/{oauthSecretId}")]
pub(crate) async fn delete_oauth_secret(caller: Caller, path: Path<(OAuthClientId, OAuthSecretId)>) -> Answer<()> {
    caller
        .write(move |work, actor| {
            let client = administered(work, actor, path.0)?;
            let secret = secret_of(work, actor, *path)?;
            kept::delete_secret(work, secret.id)?;
            announce(work, EventKind::OAuthSecretChanged, &client)?;
            Ok(Reply::done())
        })
        .await
}

fn secret_of(
    view: &mut View<'_>,
    actor: &Actor,
    (client, secret): (OAuthClientId, OAuthSecretId),
) -> Result<OAuthSecret, Problem> {
    let client = administered(view, actor, client)?;
    kept::secret_of(view, client.id, secret)?.ok_or_else(|| Refusal::hidden("oauth secret").into())
}
