//! What people let portals do for them: the operations.

use actix_web::web::Path;
use actix_web::{delete, get};
use chrono::{DateTime, Utc};
use domain::exchange::sign_ins::ClientConsent;
use domain::{Audience, Change, ClientConsentId, EventKind, OAuthClientId, OrganisationId, Refusal};
use persistence::exchange::{client_consents as kept, oauth_clients};
use persistence::parties::organisations;
use persistence::{View, ledger};
use serde::Serialize;
use utoipa::ToSchema;

use crate::caller::Caller;
use crate::paging::{Paging, PagingParams, page_of};
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// What somebody lets a portal do for them (toestemming voor een portaal)
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ClientConsent)]
pub struct ClientConsentView {
    /// Identifies it
    id: ClientConsentId,
    /// The portal: a client
    client_id: OAuthClientId,
    /// How people call it
    #[schema(max_length = 120, example = "Intranet van Oss")]
    client_name: String,
    /// Whose portal it is
    organisation_id: OrganisationId,
    /// How that organisation is called
    #[schema(max_length = 200, example = "Gemeente Oss")]
    organisation_name: String,
    /// What it may do (`GET /scopes`)
    #[schema(max_items = 40)]
    scopes: Vec<ConsentedScope>,
    /// When consent was first given
    #[schema(example = "2027-01-04T09:00:00Z")]
    created_at: DateTime<Utc>,
    /// When it was last widened
    #[schema(example = "2027-01-04T09:00:00Z")]
    modified_at: DateTime<Utc>,
}

/// The name of a scope
#[derive(Serialize, ToSchema)]
#[schema(as = ConsentedScope, max_length = 80, example = "market:read")]
pub struct ConsentedScope(String);

page_of!(
    /// A page of consents
    ClientConsentPage as ClientConsentPage, ClientConsentView
);

/// List what you let portals do for you, newest first
#[utoipa::path(tag = "sessions", security(("bearer" = ["access:read"])), params(PagingParams), responses(
    (status = 200, description = "A page of consents", body = ClientConsentPage),
))]
#[get("/me/client-consents")]
pub(crate) async fn list_client_consents(caller: Caller, paging: Paging) -> Answer<ClientConsentPage> {
    caller
        .read(move |view, actor| {
            let page = kept::list(view, actor.person, &paging.request)?;
            let page = page.try_map(|consent| shown(view, consent))?;
            Ok(paging.reply(page, ClientConsentPage::new))
        })
        .await
}

/// Take back what you let a portal do for you
///
/// Its tokens for you are worth nothing from that moment on; the next time it asks again.
#[utoipa::path(tag = "sessions", security(("bearer" = ["access:write"])),
    params(("clientConsentId" = ClientConsentId, Path, description = "The consent")), responses(
    (status = 204, description = "Taken back"),
))]
#[delete("/me/client-consents/{clientConsentId}")]
pub(crate) async fn delete_client_consent(caller: Caller, id: Path<ClientConsentId>) -> Answer<()> {
    caller
        .write(move |work, actor| {
            let own = kept::find(work, *id)?.filter(|consent| consent.person == actor.person);
            let consent = own.ok_or_else(|| Refusal::hidden("client consent"))?;
            kept::take_back(work, &consent)?;
            let change = Change::new(EventKind::ClientConsentChanged, consent.id);
            ledger::record(work, change.to([Audience::Person(actor.person)]))?;
            Ok(Reply::done())
        })
        .await
}

fn shown(view: &mut View<'_>, consent: ClientConsent) -> Result<ClientConsentView, Problem> {
    let ClientConsent { id, person: _, client, scopes, created_at, modified_at } = consent;
    let client = oauth_clients::get(view, client)?;
    let organisation = organisations::get(view, client.organisation)?;
    Ok(ClientConsentView {
        id,
        client_id: client.id,
        client_name: client.details.name,
        organisation_id: organisation.id,
        organisation_name: organisation.details.name,
        scopes: scopes.into_iter().map(ConsentedScope).collect(),
        created_at,
        modified_at,
    })
}
