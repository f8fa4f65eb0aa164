//! The log of deliveries, and sending again.

use actix_web::web::Path;
use actix_web::{get, post};
use chrono::{DateTime, Utc};
use domain::exchange::codes::WEBHOOK_REPLAY_TOO_LARGE;
use domain::exchange::webhooks::{Attempt, Delivery, DeliveryState, MOST_REPLAYED};
use domain::{EventId, Refusal, WebhookSubscriptionId};
use persistence::Work;
use persistence::exchange::webhooks::{deliveries as kept, queues};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::administered;
use crate::body::Post;
use crate::caller::{Caller, Query};
use crate::exchange::events::CloudEventView;
use crate::paging::{Paging, PagingParams, page_of};
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// Which deliveries are asked for
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase")]
pub struct DeliveryQuery {
    /// What became of them
    #[param(nullable = false)]
    pub(in crate::exchange) state: Option<DeliveryState>,
}

/// One attempt to deliver
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = WebhookAttempt)]
pub struct AttemptView {
    /// When it was made
    #[schema(example = "2027-01-31T12:00:01Z")]
    time: DateTime<Utc>,
    /// The status that was answered; null where nothing was
    #[schema(minimum = 100, maximum = 999, example = 204)]
    response_status: Option<u16>,
    /// Why nothing was answered
    #[schema(max_length = 300, example = "no answer in time")]
    error: Option<String>,
    /// How the answer began, up to 1000 bytes
    #[schema(max_length = 1000, example = "ok")]
    response_excerpt: Option<String>,
    /// How long it took, in milliseconds
    #[schema(minimum = 0, maximum = 100_000, example = 84)]
    milliseconds: u64,
}

/// An event for a subscription (aflevering), and what became of it
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = WebhookDelivery)]
pub struct WebhookDeliveryView {
    /// The event; with the subscription it identifies the delivery
    event_id: EventId,
    /// The header `webhook-id`, the same at each attempt
    #[schema(max_length = 80, example = "msg_01935b7e-8a3c-7c4e-9a51-3d2f6b8e0c17")]
    message_id: String,
    /// What became of it
    state: DeliveryState,
    /// When it is sent, or sent again, unless an earlier one about the same thing waits
    #[schema(example = "2027-01-31T12:05:00Z")]
    due_at: Option<DateTime<Utc>>,
    /// The body that is sent
    body: CloudEventView,
    /// The attempts, the latest last; the latest twenty
    #[schema(max_items = 20)]
    attempts: Vec<AttemptView>,
}

page_of!(
    /// A page of deliveries
    WebhookDeliveryPage as WebhookDeliveryPage, WebhookDeliveryView
);

/// Which deliveries are sent again
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct WebhookReplayDraft {
    /// Of events that happened at this moment or later
    #[schema(example = "2027-01-31T00:00:00Z")]
    from: DateTime<Utc>,
    /// And before this one; until now unless given
    #[schema(example = "2027-02-01T00:00:00Z")]
    until: Option<DateTime<Utc>>,
}

/// How many deliveries are sent again
#[derive(Serialize, ToSchema)]
#[schema(as = WebhookReplay)]
pub struct WebhookReplayView {
    /// How many
    #[schema(minimum = 0, maximum = 10_000, example = 42)]
    count: usize,
}

/// List the deliveries of a webhook subscription, the latest events first
///
/// What waits, and what was settled in the last 30 days, with request and response. For administrators of the organisation.
#[utoipa::path(tag = "webhooks", security(("bearer" = ["access:read"])),
    params(("webhookSubscriptionId" = WebhookSubscriptionId, Path, description = "The subscription"), DeliveryQuery, PagingParams), responses(
    (status = 200, description = "A page of deliveries", body = WebhookDeliveryPage),
))]
#[get("/webhook-subscriptions/{webhookSubscriptionId}/deliveries")]
pub(crate) async fn list_webhook_deliveries(
    caller: Caller,
    id: Path<WebhookSubscriptionId>,
    query: Query<DeliveryQuery>,
    paging: Paging,
) -> Answer<WebhookDeliveryPage> {
    let public_url = caller.app().settings.public_url.clone();
    caller
        .read(move |view, actor| {
            let subscription = administered(view, actor, *id)?;
            let page = kept::list(view, subscription.id, query.0.state, &paging.request)?;
            let page = page.map(|delivery| WebhookDeliveryView::of(delivery, &public_url));
            Ok(paging.reply(page, WebhookDeliveryPage::new))
        })
        .await
}

/// Show a delivery of a webhook subscription
///
/// For administrators of the organisation.
#[utoipa::path(tag = "webhooks", security(("bearer" = ["access:read"])),
    params(("webhookSubscriptionId" = WebhookSubscriptionId, Path, description = "The subscription"),
        ("eventId" = EventId, Path, description = "The event")), responses(
    (status = 200, description = "The delivery", body = WebhookDeliveryView),
))]
#[get("/webhook-subscriptions/{webhookSubscriptionId}/deliveries/{eventId}")]
pub(crate) async fn get_webhook_delivery(
    caller: Caller,
    path: Path<(WebhookSubscriptionId, EventId)>,
) -> Answer<WebhookDeliveryView> {
    let public_url = caller.app().settings.public_url.clone();
    caller
        .read(move |view, actor| {
            let subscription = administered(view, actor, path.0)?;
            let delivery = kept::find(view, subscription.id, path.1)?;
            let delivery = delivery.ok_or_else(|| Refusal::hidden("webhook delivery"))?;
            Ok(Reply::shown(WebhookDeliveryView::of(delivery, &public_url)))
        })
        .await
}

/// Send a delivery again
///
/// At once, with the same `webhook-id`: a receiver that had it can tell. One that waits does not wait any longer. Done by an
/// administrator of the organisation.
#[utoipa::path(tag = "webhooks", security(("bearer" = ["access:write"])),
    params(("webhookSubscriptionId" = WebhookSubscriptionId, Path, description = "The subscription"),
        ("eventId" = EventId, Path, description = "The event")), responses(
    (status = 200, description = "It waits to be sent", body = WebhookDeliveryView),
))]
#[post("/webhook-subscriptions/{webhookSubscriptionId}/deliveries/{eventId}/replay")]
pub(crate) async fn replay_webhook_delivery(
    caller: Caller,
    path: Path<(WebhookSubscriptionId, EventId)>,
) -> Answer<WebhookDeliveryView> {
    let public_url = caller.app().settings.public_url.clone();
    caller
        .write(move |work, actor| {
            let subscription = administered(work, actor, path.0)?;
            let delivery = kept::find(work, subscription.id, path.1)?;
            let delivery = delivery.ok_or_else(|| Refusal::hidden("webhook delivery"))?;
            let delivery = again(work, delivery)?;
            queues::wake(work, subscription.id)?;
            Ok(Reply::shown(WebhookDeliveryView::of(delivery, &public_url)))
        })
        .await
}

/// Send the deliveries of a period again
///
/// Those that were settled, of events that happened in the period, at most 10,000; with the same `webhook-id`s. Done by an
/// administrator of the organisation.
#[utoipa::path(tag = "webhooks", security(("bearer" = ["access:write"])),
    params(("webhookSubscriptionId" = WebhookSubscriptionId, Path, description = "The subscription")),
    request_body = WebhookReplayDraft, responses(
    (status = 200, description = "They wait to be sent", body = WebhookReplayView),
))]
#[post("/webhook-subscriptions/{webhookSubscriptionId}/replays")]
pub(crate) async fn replay_webhook_deliveries(
    caller: Caller,
    id: Path<WebhookSubscriptionId>,
    post: Post<WebhookReplayDraft>,
) -> Answer<WebhookReplayView> {
    caller
        .post(post, move |work, actor, draft| {
            let subscription = administered(work, actor, *id)?;
            let until = draft.until.unwrap_or(work.now());
            if draft.from >= until {
                return Err(Refusal::invalid("from", "must be before until").into());
            }
            let settled = kept::settled_between(work, subscription.id, (draft.from, until), MOST_REPLAYED + 1)?;
            if settled.len() > MOST_REPLAYED {
                let detail = format!("One replay sends at most {MOST_REPLAYED}: choose a shorter period.");
                return Err(WEBHOOK_REPLAY_TOO_LARGE.refuse(detail).into());
            }
            let count = settled.len();
            settled.into_iter().try_for_each(|delivery| again(work, delivery).map(drop))?;
            queues::wake(work, subscription.id)?;
            Ok(Reply::shown(WebhookReplayView { count }))
        })
        .await
}

fn again(work: &mut Work<'_>, delivery: Delivery) -> Result<Delivery, Problem> {
    let delivery = delivery.again(work.now());
    kept::save(work, &delivery)?;
    Ok(delivery)
}

impl WebhookDeliveryView {
    fn of(delivery: Delivery, public_url: &str) -> Self {
        let body = CloudEventView::of(&super::telling::event_of(&delivery), public_url);
        let Delivery { event, state, due_at, attempts, .. } = delivery;
        Self {
            event_id: event,
            message_id: format!("msg_{event}"),
            state,
            due_at,
            body,
            attempts: attempts.into_iter().map(AttemptView::from).collect(),
        }
    }
}

impl From<Attempt> for AttemptView {
    fn from(attempt: Attempt) -> Self {
        let Attempt { at, status, error, excerpt, millis } = attempt;
        Self { time: at, response_status: status, error, response_excerpt: excerpt, milliseconds: millis }
    }
}
