//! Pings: whether a receiver listens, asked and answered at once.

use actix_web::post;
use actix_web::web::Path;
use domain::EventKind;
use domain::WebhookSubscriptionId;
use domain::exchange::webhooks::{Outcome, WebhookState};
use persistence::exchange::webhooks::{self as kept, keys, queues};
use serde::Serialize;
use utoipa::ToSchema;

use super::deliveries::AttemptView;
use super::posting::{Allowance, Posted};
use super::telling::{self, Signers};
use super::{administered, announce};
use crate::caller::Caller;
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// What a ping came to
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = WebhookPing)]
pub struct WebhookPingView {
    /// Whether the receiver accepted it
    accepted: bool,
    /// Whether the subscription is delivered to now
    state: WebhookState,
    /// What the receiver answered; null where it allows others only (WebHook-Allowed-Origin) and was not asked further
    attempt: Option<AttemptView>,
}

/// Ping the receiver of a webhook subscription
///
/// Asks the receiver whether it allows us (OPTIONS with WebHook-Request-Origin; not to answer is not to object), then posts an
/// event of type `nl.klusnet.ping.v1`, signed like any other, and tells what came of it within 30 seconds. When the receiver
/// accepts, deliveries begin, or begin again. Done by an administrator of the organisation.
#[utoipa::path(tag = "webhooks", security(("bearer" = ["access:write"])),
    params(("webhookSubscriptionId" = WebhookSubscriptionId, Path, description = "The subscription")), responses(
    (status = 200, description = "What it came to", body = WebhookPingView),
))]
#[post("/webhook-subscriptions/{webhookSubscriptionId}/ping")]
pub(crate) async fn ping_webhook_subscription(
    caller: Caller,
    id: Path<WebhookSubscriptionId>,
) -> Answer<WebhookPingView> {
    let (app, now) = (caller.app().clone(), caller.app().clock.now());
    let loaded = caller.clone().read(move |view, actor| {
        let subscription = administered(view, actor, *id)?;
        let signers = Signers::of(keys::of(view, subscription.id)?);
        Ok((subscription, signers))
    });
    let (subscription, signers) = loaded.await?;
    let (url, origin) = (subscription.details.url.clone(), app.settings.public_host().to_owned());
    let allowance = app.poster.handshake(&url, &origin).await;
    if allowance == Allowance::OthersOnly {
        let state = subscription.state();
        return Ok(Reply::shown(WebhookPingView { accepted: false, state, attempt: None }));
    }
    let message = telling::ping(app.mint.id(now), &subscription, &signers, &app.settings, now)?;
    let posted = app.poster.post(&url, message, now).await;
    settle(caller, subscription.id, url, allowance, posted).await
}

/// Begins deliveries where the ping was accepted and the address is still the one that was pinged.
async fn settle(
    caller: Caller,
    id: WebhookSubscriptionId,
    url: String,
    allowance: Allowance,
    Posted { attempt, outcome }: Posted,
) -> Answer<WebhookPingView> {
    let rate = if let Allowance::Allowed(rate) = allowance { rate } else { None };
    let accepted = outcome == Outcome::Accepted;
    caller
        .write(move |work, actor| {
            let mut subscription = administered(work, actor, id)?;
            if accepted && subscription.details.url == url {
                subscription = kept::save(work, subscription.verify(rate, work.now()))?;
                queues::wake(work, id)?;
                announce(work, EventKind::WebhookSubscriptionChanged, &subscription)?;
            }
            let (state, attempt) = (subscription.state(), Some(AttemptView::from(attempt.clone())));
            Ok::<_, Problem>(Reply::shown(WebhookPingView { accepted, state, attempt }))
        })
        .await
}
