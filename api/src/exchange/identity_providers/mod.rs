//! Identity providers: where the people of an organisation sign in.

mod options;
mod types;
pub(crate) mod verify;

use actix_web::web::Path;
use actix_web::{delete, get, patch, post};
use domain::exchange::codes::{EMAIL_DOMAIN_TAKEN, ISSUER_TAKEN};
use domain::exchange::identity_providers::IdentityProvider;
use domain::{Audience, Change, EventKind, IdentityProviderId, OrganisationId, Refusal};
use persistence::exchange::identity_providers as kept;
use persistence::parties::organisations;
use persistence::{View, Work, ledger};
use utoipa_actix_web::service_config::ServiceConfig;

use self::types::{
    DiscoveryView, IdentityProviderDraft, IdentityProviderPage, IdentityProviderPatch, IdentityProviderView,
};
use crate::access::Actor;
use crate::body::{Body, IfMatch, Post};
use crate::caller::Caller;
use crate::paging::{Paging, PagingParams};
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// Registers the operations.
pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(create_identity_provider)
        .service(list_identity_providers)
        .service(get_identity_provider)
        .service(revise_identity_provider)
        .service(delete_identity_provider)
        .service(get_identity_provider_discovery)
        .service(options::get_sign_in_options);
}

/// Register an identity provider
///
/// Where the people of the organisation sign in, by OpenID Connect. Register `/oauth/callback` of this service there, and
/// the keys of `/.well-known/jwks.json` or a secret. A secret has to be sent to the provider as it is, so it is kept as it
/// is; it is never shown. Done by an administrator of the organisation.
#[utoipa::path(tag = "access", security(("bearer" = ["access:write"])),
    params(("organisationId" = OrganisationId, Path, description = "The organisation")), request_body = IdentityProviderDraft, responses(
    (status = 201, description = "Registered", body = IdentityProviderView),
    (status = 409, description = "The issuer is registered already, or an e-mail domain leads elsewhere"),
))]
#[post("/organisations/{organisationId}/identity-providers")]
pub(crate) async fn create_identity_provider(
    caller: Caller,
    id: Path<OrganisationId>,
    post: Post<IdentityProviderDraft>,
) -> Answer<IdentityProviderView> {
    caller
        .post(post, move |work, actor, draft| {
            let organisation = organisations::get(work, *id)?.id;
            actor.must_administer(work, organisation)?;
            let provider = IdentityProvider::register(work.id(), organisation, draft.details(), work.now())?;
            must_be_free(work, &provider)?;
            let provider = kept::insert(work, provider)?;
            kept::put_domains(work, &provider)?;
            announce(work, &provider)?;
            let (path, revision) = (format!("/identity-providers/{}", provider.id), provider.revision);
            Ok(Reply::created(&path, IdentityProviderView::from(provider)).revision(revision))
        })
        .await
}

/// List the identity providers of an organisation, newest first
///
/// For administrators of the organisation.
#[utoipa::path(tag = "access", security(("bearer" = ["access:read"])),
    params(("organisationId" = OrganisationId, Path, description = "The organisation"), PagingParams), responses(
    (status = 200, description = "A page of identity providers", body = IdentityProviderPage),
))]
#[get("/organisations/{organisationId}/identity-providers")]
pub(crate) async fn list_identity_providers(
    caller: Caller,
    id: Path<OrganisationId>,
    paging: Paging,
) -> Answer<IdentityProviderPage> {
    caller
        .read(move |view, actor| {
            let organisation = organisations::get(view, *id)?.id;
            actor.must_administer(view, organisation)?;
            let page = kept::list(view, organisation, &paging.request)?;
            Ok(paging.reply(page.map(IdentityProviderView::from), IdentityProviderPage::new))
        })
        .await
}

/// Show an identity provider
///
/// For administrators of the organisation; to others it is not there.
#[utoipa::path(tag = "access", security(("bearer" = ["access:read"])),
    params(("identityProviderId" = IdentityProviderId, Path, description = "The identity provider")), responses(
    (status = 200, description = "The identity provider", body = IdentityProviderView),
))]
#[get("/identity-providers/{identityProviderId}")]
pub(crate) async fn get_identity_provider(
    caller: Caller,
    id: Path<IdentityProviderId>,
) -> Answer<IdentityProviderView> {
    caller
        .read(move |view, actor| {
            let provider = administered(view, actor, *id)?;
            Ok(Reply::current(provider.revision, provider.into()))
        })
        .await
}

/// Change an identity provider
///
/// A merge patch: what is left out stays, null clears. With another issuer or client id the secret has to be given again.
/// Done by an administrator of the organisation.
#[utoipa::path(tag = "access", security(("bearer" = ["access:write"])),
    params(("identityProviderId" = IdentityProviderId, Path, description = "The identity provider"), crate::body::IfMatchParam),
    request_body = IdentityProviderPatch, responses(
    (status = 200, description = "Changed", body = IdentityProviderView),
    (status = 409, description = "The issuer is registered already, or an e-mail domain leads elsewhere"),
))]
#[patch("/identity-providers/{identityProviderId}")]
pub(crate) async fn revise_identity_provider(
    caller: Caller,
    id: Path<IdentityProviderId>,
    seen: IfMatch,
    body: Body<IdentityProviderPatch>,
) -> Answer<IdentityProviderView> {
    caller
        .write(move |work, actor| {
            let provider = administered(work, actor, *id)?;
            seen.expect(provider.revision)?;
            let details = body.0.clone().apply(&provider);
            let provider = provider.revise(details, work.now())?;
            must_be_free(work, &provider)?;
            let provider = kept::save(work, provider)?;
            kept::put_domains(work, &provider)?;
            announce(work, &provider)?;
            Ok(Reply::current(provider.revision, provider.into()))
        })
        .await
}

/// Remove an identity provider
///
/// Nobody signs in through it any more, and its domains lead nowhere; sessions that it gave last until they end. Done by
/// an administrator of the organisation.
#[utoipa::path(tag = "access", security(("bearer" = ["access:write"])),
    params(("identityProviderId" = IdentityProviderId, Path, description = "The identity provider"), crate::body::IfMatchParam), responses(
    (status = 204, description = "Removed"),
))]
#[delete("/identity-providers/{identityProviderId}")]
pub(crate) async fn delete_identity_provider(
    caller: Caller,
    id: Path<IdentityProviderId>,
    seen: IfMatch,
) -> Answer<()> {
    caller
        .write(move |work, actor| {
            let provider = administered(work, actor, *id)?;
            seen.expect(provider.revision)?;
            kept::delete(work, provider.id)?;
            announce(work, &provider)?;
            Ok(Reply::done())
        })
        .await
}

/// Try whether an identity provider is found
///
/// Fetches what the provider says of itself, and its keys, as a sign-in would: over https, from a public address. Each
/// address is asked at most once a minute. For administrators of the organisation.
#[utoipa::path(tag = "access", security(("bearer" = ["access:read"])),
    params(("identityProviderId" = IdentityProviderId, Path, description = "The identity provider")), responses(
    (status = 200, description = "What was found, or why nothing was", body = DiscoveryView),
))]
#[get("/identity-providers/{identityProviderId}/discovery")]
pub(crate) async fn get_identity_provider_discovery(
    caller: Caller,
    id: Path<IdentityProviderId>,
) -> Answer<DiscoveryView> {
    let app = caller.app().clone();
    let provider = caller.read(move |view, actor| administered(view, actor, *id)).await?;
    app.blocking(move |app| Ok(Reply::shown(DiscoveryView::of(&app.remote, &provider, app.clock.now())))).await
}

/// Refuses an issuer or a domain that stands elsewhere already.
fn must_be_free(view: &mut View<'_>, provider: &IdentityProvider) -> Result<(), Problem> {
    let details = &provider.details;
    let other = kept::find_by_issuer(view, provider.organisation, &details.issuer)?;
    if other.is_some_and(|other| other.id != provider.id) {
        return Err(ISSUER_TAKEN.refuse("Change the identity provider that has this issuer.").into());
    }
    let taken = kept::domains_taken(view, provider.id, &details.email_domains)?;
    if !taken.is_empty() {
        let detail = format!("Leave these out of emailDomains, or remove them there first: {}.", taken.join(", "));
        return Err(EMAIL_DOMAIN_TAKEN.refuse(detail).into());
    }
    Ok(())
}

/// A provider of an organisation that the caller administers; to anybody else it is not there.
fn administered(view: &mut View<'_>, actor: &Actor, id: IdentityProviderId) -> Result<IdentityProvider, Problem> {
    let provider = kept::get(view, id)?;
    if actor.administers(view, provider.organisation)? {
        return Ok(provider);
    }
    Err(Refusal::hidden("identity provider").into())
}

fn announce(work: &mut Work<'_>, provider: &IdentityProvider) -> Result<(), Problem> {
    let change = Change::new(EventKind::IdentityProviderChanged, provider.id).of(provider.organisation);
    Ok(ledger::record(work, change.to([Audience::Administrators(provider.organisation)]))?)
}
