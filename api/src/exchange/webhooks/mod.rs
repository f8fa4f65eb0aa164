//! Webhooks: subscriptions of an organisation, and how its receivers are told.

mod deliveries;
mod keys;
mod pinging;
pub(crate) mod posting;
pub(crate) mod sender;
mod telling;
mod types;

use actix_web::web::Path;
use actix_web::{delete, get, patch, post};
use chrono::TimeDelta;
use domain::exchange::webhooks::{LOG_DAYS, WebhookDetails, WebhookKey, WebhookSubscription};
use domain::{Audience, Change, EventKind, Faults, OrganisationId, Refusal, WebhookSubscriptionId};
use persistence::exchange::webhooks::{self as kept, queues};
use persistence::parties::organisations;
use persistence::{View, Work, ledger};
use utoipa_actix_web::service_config::ServiceConfig;

pub(in crate::exchange) use self::deliveries::{AttemptView, DeliveryQuery};
use self::posting::AllowedHosts;
use self::types::{
    WebhookSubscriptionDraft, WebhookSubscriptionPage, WebhookSubscriptionPatch, WebhookSubscriptionView,
};
use super::audiences;
use crate::access::Actor;
use crate::app::App;
use crate::body::{Body, IfMatch};
use crate::caller::Caller;
use crate::clockwork;
use crate::paging::{Paging, PagingParams};
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// Registers the operations.
pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(create_webhook_subscription)
        .service(list_webhook_subscriptions)
        .service(get_webhook_subscription)
        .service(revise_webhook_subscription)
        .service(delete_webhook_subscription)
        .service(pinging::ping_webhook_subscription)
        .service(keys::create_webhook_key)
        .service(keys::list_webhook_keys)
        .service(keys::get_webhook_key)
        .service(keys::delete_webhook_key)
        .service(deliveries::list_webhook_deliveries)
        .service(deliveries::get_webhook_delivery)
        .service(deliveries::replay_webhook_delivery)
        .service(deliveries::replay_webhook_deliveries);
}

/// Subscribe a system to events
///
/// Events that the organisation may know are posted to the address, signed with the key that is shown only here. Nothing is
/// delivered before the receiver accepts a ping (`POST /webhook-subscriptions/{webhookSubscriptionId}/ping`). Each event is delivered
/// at least once, in order for each thing; what fails is tried again for about three days. The answer holds a secret and
/// is not remembered: this operation takes no Idempotency-Key. Done by an administrator of the organisation.
#[utoipa::path(tag = "webhooks", security(("bearer" = ["access:write"])),
    params(("organisationId" = OrganisationId, Path, description = "The organisation")), request_body = WebhookSubscriptionDraft, responses(
    (status = 201, description = "Subscribed; the secret is shown only here", body = WebhookSubscriptionView),
    (status = 409, description = "The organisation has as many as it may"),
))]
#[post("/organisations/{organisationId}/webhook-subscriptions")]
pub(crate) async fn create_webhook_subscription(
    caller: Caller,
    id: Path<OrganisationId>,
    body: Body<WebhookSubscriptionDraft>,
) -> Answer<WebhookSubscriptionView> {
    let app = caller.app().clone();
    // What happened before stands before the place at which the queue begins.
    app.blocking(clockwork::place_events).await?;
    caller
        .write(move |work, actor| {
            let organisation = organisations::get(work, *id)?.id;
            actor.must_administer(work, organisation)?;
            let details = body.0.clone().into_details();
            check(work, &details, organisation, app.poster.allowed())?;
            let others = kept::count(work, organisation)?;
            let made = WebhookSubscription::make(work.id(), organisation, details, others, work.now())?;
            let made = kept::insert(work, made)?;
            queues::begin(work, made.id)?;
            let key = kept::keys::insert(work, first_key(work, made.id))?;
            announce(work, EventKind::WebhookSubscriptionChanged, &made)?;
            let (path, revision) = (format!("/webhook-subscriptions/{}", made.id), made.revision);
            Ok(Reply::created(&path, WebhookSubscriptionView::with_key(made, &key)).revision(revision))
        })
        .await
}

/// List the webhook subscriptions of an organisation, newest first
///
/// For administrators of the organisation.
#[utoipa::path(tag = "webhooks", security(("bearer" = ["access:read"])),
    params(("organisationId" = OrganisationId, Path, description = "The organisation"), PagingParams), responses(
    (status = 200, description = "A page of subscriptions", body = WebhookSubscriptionPage),
))]
#[get("/organisations/{organisationId}/webhook-subscriptions")]
pub(crate) async fn list_webhook_subscriptions(
    caller: Caller,
    id: Path<OrganisationId>,
    paging: Paging,
) -> Answer<WebhookSubscriptionPage> {
    caller
        .read(move |view, actor| {
            let organisation = organisations::get(view, *id)?.id;
            actor.must_administer(view, organisation)?;
            let page = kept::list(view, organisation, &paging.request)?;
            Ok(paging.reply(page.map(WebhookSubscriptionView::from), WebhookSubscriptionPage::new))
        })
        .await
}

/// Show a webhook subscription
///
/// For administrators of the organisation; to others it is not there.
#[utoipa::path(tag = "webhooks", security(("bearer" = ["access:read"])),
    params(("webhookSubscriptionId" = WebhookSubscriptionId, Path, description = "The subscription")), responses(
    (status = 200, description = "The subscription", body = WebhookSubscriptionView),
))]
#[get("/webhook-subscriptions/{webhookSubscriptionId}")]
pub(crate) async fn get_webhook_subscription(
    caller: Caller,
    id: Path<WebhookSubscriptionId>,
) -> Answer<WebhookSubscriptionView> {
    caller
        .read(move |view, actor| {
            let subscription = administered(view, actor, *id)?;
            Ok(Reply::current(subscription.revision, subscription.into()))
        })
        .await
}

/// Change a webhook subscription
///
/// A merge patch: what is left out stays, null clears. Another address has to accept a ping before it is delivered to. While it
/// is paused events wait, for as long as they are kept; when it goes on they come in their order. Done by an administrator
/// of the organisation.
#[utoipa::path(tag = "webhooks", security(("bearer" = ["access:write"])),
    params(("webhookSubscriptionId" = WebhookSubscriptionId, Path, description = "The subscription"), crate::body::IfMatchParam),
    request_body = WebhookSubscriptionPatch, responses(
    (status = 200, description = "Changed", body = WebhookSubscriptionView),
))]
#[patch("/webhook-subscriptions/{webhookSubscriptionId}")]
pub(crate) async fn revise_webhook_subscription(
    caller: Caller,
    id: Path<WebhookSubscriptionId>,
    seen: IfMatch,
    body: Body<WebhookSubscriptionPatch>,
) -> Answer<WebhookSubscriptionView> {
    let app = caller.app().clone();
    caller
        .write(move |work, actor| {
            let subscription = administered(work, actor, *id)?;
            seen.expect(subscription.revision)?;
            let details = body.0.clone().apply(&subscription);
            check(work, &details, subscription.organisation, app.poster.allowed())?;
            let subscription = kept::save(work, subscription.revise(details, work.now())?)?;
            announce(work, EventKind::WebhookSubscriptionChanged, &subscription)?;
            Ok(Reply::current(subscription.revision, subscription.into()))
        })
        .await
}

/// Remove a webhook subscription
///
/// With its keys and its log; what waits is not delivered any more. Done by an administrator of the organisation.
#[utoipa::path(tag = "webhooks", security(("bearer" = ["access:write"])),
    params(("webhookSubscriptionId" = WebhookSubscriptionId, Path, description = "The subscription"), crate::body::IfMatchParam), responses(
    (status = 204, description = "Removed"),
))]
#[delete("/webhook-subscriptions/{webhookSubscriptionId}")]
pub(crate) async fn delete_webhook_subscription(
    caller: Caller,
    id: Path<WebhookSubscriptionId>,
    seen: IfMatch,
) -> Answer<()> {
    caller
        .write(move |work, actor| {
            let subscription = administered(work, actor, *id)?;
            seen.expect(subscription.revision)?;
            kept::delete(work, subscription.id)?;
            announce(work, EventKind::WebhookSubscriptionChanged, &subscription)?;
            Ok(Reply::done())
        })
        .await
}

/// A subscription of an organisation that the caller administers; to anybody else it is not there.
fn administered(view: &mut View<'_>, actor: &Actor, id: WebhookSubscriptionId) -> Result<WebhookSubscription, Problem> {
    let subscription = kept::get(view, id)?;
    if actor.administers(view, subscription.organisation)? {
        return Ok(subscription);
    }
    Err(Refusal::hidden("webhook subscription").into())
}

/// What only the service can judge: where it leads, and what the organisation knows.
fn check(
    view: &mut View<'_>,
    details: &WebhookDetails,
    organisation: OrganisationId,
    allowed: &AllowedHosts,
) -> Result<(), Problem> {
    let mut faults = Faults::default();
    if let Err(reason) = allowed.judge(&details.url) {
        faults.add("url", reason);
    }
    if let Some(about) = details.about_organisation {
        let is_known = organisations::find(view, about)?.is_some();
        faults.unless(is_known, "aboutOrganisationId", "must be an organisation");
    }
    if let Some(network) = details.network {
        let is_member = audiences::of_organisation(view, organisation)?.contains(&Audience::Network(network));
        faults.unless(is_member, "networkId", "must be a network that the organisation takes part in");
    }
    Ok(faults.finish()?)
}

fn first_key(work: &Work<'_>, subscription: WebhookSubscriptionId) -> WebhookKey {
    let (secret, seed) = (work.secret(), work.secret());
    WebhookKey { id: work.id(), subscription, secret, seed, created_at: work.now(), retires_at: None }
}

fn announce(work: &mut Work<'_>, kind: EventKind, subscription: &WebhookSubscription) -> Result<(), Problem> {
    let organisation = subscription.organisation;
    let audiences = match kind {
        // That it stopped, nobody of them did: so they are notified.
        EventKind::WebhookSubscriptionDisabled => audiences::administrators(work, organisation)?,
        _ => vec![Audience::Administrators(organisation)],
    };
    let change = Change::new(kind, subscription.id).of(organisation).to(audiences);
    Ok(ledger::record(work, change)?)
}

/// Forgets what is old in the logs.
pub(super) fn due(app: &App) -> Result<(), Problem> {
    app.write(|work| {
        let before = work.now() - TimeDelta::days(LOG_DAYS);
        Ok(kept::deliveries::forget_before(work, before)?)
    })
}
