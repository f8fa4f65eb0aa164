//! OAuth clients: the operations.

mod secrets;
mod types;

use actix_web::web::Path;
use actix_web::{delete, get, patch, post};
use domain::exchange::oauth_clients::OAuthClient;
use domain::{Audience, Change, EventKind, OAuthClientId, OrganisationId, Refusal};
use persistence::exchange::oauth_clients as kept;
use persistence::parties::{organisations, sessions};
use persistence::{View, Work, ledger};
use utoipa_actix_web::service_config::ServiceConfig;

use self::types::{OAuthClientDraft, OAuthClientPage, OAuthClientPatch, OAuthClientView};
use crate::access::Actor;
use crate::body::{Body, IfMatch, Post};
use crate::caller::Caller;
use crate::paging::{Paging, PagingParams};
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// Registers the operations.
pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(create_oauth_client)
        .service(list_oauth_clients)
        .service(get_oauth_client)
        .service(revise_oauth_client)
        .service(delete_oauth_client)
        .service(secrets::create_oauth_secret)
        .service(secrets::list_oauth_secrets)
        .service(secrets::get_oauth_secret)
        .service(secrets::delete_oauth_secret);
}

/// Register a client
///
/// A system of the organisation that gets tokens at `/oauth/token`: an HR system for itself (CLIENT_CREDENTIALS), a portal for
/// people who sign in through Klusnet (AUTHORIZATION_CODE) or who signed in at the portal already (TOKEN_EXCHANGE). It
/// proves itself with its keys, or with a secret. Done by an administrator of the organisation.
#[utoipa::path(tag = "access", security(("bearer" = ["access:write"])),
    params(("organisationId" = OrganisationId, Path, description = "The organisation")), request_body = OAuthClientDraft, responses(
    (status = 201, description = "Registered", body = OAuthClientView),
))]
#[post("/organisations/{organisationId}/oauth-clients")]
pub(crate) async fn create_oauth_client(
    caller: Caller,
    id: Path<OrganisationId>,
    post: Post<OAuthClientDraft>,
) -> Answer<OAuthClientView> {
    caller
        .post(post, move |work, actor, draft| {
            let organisation = organisations::get(work, *id)?.id;
            actor.must_administer(work, organisation)?;
            let (nature, details) = draft.split()?;
            let client = OAuthClient::register(work.id(), organisation, nature, details, work.now())?;
            let client = kept::insert(work, client)?;
            announce(work, EventKind::OAuthClientChanged, &client)?;
            let (path, revision) = (format!("/oauth-clients/{}", client.id), client.revision);
            Ok(Reply::created(&path, OAuthClientView::from(client)).revision(revision))
        })
        .await
}

/// List the clients of an organisation, newest first
///
/// For administrators of the organisation.
#[utoipa::path(tag = "access", security(("bearer" = ["access:read"])),
    params(("organisationId" = OrganisationId, Path, description = "The organisation"), PagingParams), responses(
    (status = 200, description = "A page of clients", body = OAuthClientPage),
))]
#[get("/organisations/{organisationId}/oauth-clients")]
pub(crate) async fn list_oauth_clients(
    caller: Caller,
    id: Path<OrganisationId>,
    paging: Paging,
) -> Answer<OAuthClientPage> {
    caller
        .read(move |view, actor| {
            let organisation = organisations::get(view, *id)?.id;
            actor.must_administer(view, organisation)?;
            let page = kept::list(view, organisation, &paging.request)?;
            Ok(paging.reply(page.map(OAuthClientView::from), OAuthClientPage::new))
        })
        .await
}

/// Show a client
///
/// For administrators of the organisation; to others it is not there.
#[utoipa::path(tag = "access", security(("bearer" = ["access:read"])),
    params(("oauthClientId" = OAuthClientId, Path, description = "The client")), responses(
    (status = 200, description = "The client", body = OAuthClientView),
))]
#[get("/oauth-clients/{oauthClientId}")]
pub(crate) async fn get_oauth_client(caller: Caller, id: Path<OAuthClientId>) -> Answer<OAuthClientView> {
    caller
        .read(move |view, actor| {
            let client = administered(view, actor, *id)?;
            Ok(Reply::current(client.revision, client.into()))
        })
        .await
}

/// Change a client
///
/// A merge patch: what is left out stays, null clears. Kind and grant never change: register another client. Disabling it makes
/// its tokens worth nothing at once. Done by an administrator of the organisation.
#[utoipa::path(tag = "access", security(("bearer" = ["access:write"])),
    params(("oauthClientId" = OAuthClientId, Path, description = "The client"), crate::body::IfMatchParam),
    request_body = OAuthClientPatch, responses(
    (status = 200, description = "Changed", body = OAuthClientView),
))]
#[patch("/oauth-clients/{oauthClientId}")]
pub(crate) async fn revise_oauth_client(
    caller: Caller,
    id: Path<OAuthClientId>,
    seen: IfMatch,
    body: Body<OAuthClientPatch>,
) -> Answer<OAuthClientView> {
    caller
        .write(move |work, actor| {
            let client = administered(work, actor, *id)?;
            seen.expect(client.revision)?;
            let details = body.0.clone().apply(&client)?;
            let client = kept::save(work, client.revise(details, work.now())?)?;
            announce(work, EventKind::OAuthClientChanged, &client)?;
            Ok(Reply::current(client.revision, client.into()))
        })
        .await
}

/// Remove a client
///
/// Its secrets go with it, and its tokens and the sessions it opened for people end at once. Done by an administrator of
/// the organisation.
#[utoipa::path(tag = "access", security(("bearer" = ["access:write"])),
    params(("oauthClientId" = OAuthClientId, Path, description = "The client"), crate::body::IfMatchParam), responses(
    (status = 204, description = "Removed"),
))]
#[delete("/oauth-clients/{oauthClientId}")]
pub(crate) async fn delete_oauth_client(caller: Caller, id: Path<OAuthClientId>, seen: IfMatch) -> Answer<()> {
    caller
        .write(move |work, actor| {
            let client = administered(work, actor, *id)?;
            seen.expect(client.revision)?;
            sessions::revoke_of_client(work, client.id)?;
            kept::delete(work, client.id)?;
            announce(work, EventKind::OAuthClientChanged, &client)?;
            Ok(Reply::done())
        })
        .await
}

/// A client of an organisation that the caller administers; to anybody else it is not there.
fn administered(view: &mut View<'_>, actor: &Actor, id: OAuthClientId) -> Result<OAuthClient, Problem> {
    let client = kept::get(view, id)?;
    if actor.administers(view, client.organisation)? {
        return Ok(client);
    }
    Err(Refusal::hidden("oauth client").into())
}

fn announce(work: &mut Work<'_>, kind: EventKind, client: &OAuthClient) -> Result<(), Problem> {
    let change =
        Change::new(kind, client.id).of(client.organisation).to([Audience::Administrators(client.organisation)]);
    Ok(ledger::record(work, change)?)
}
