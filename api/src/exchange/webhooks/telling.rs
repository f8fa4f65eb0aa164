//! What a receiver is told: an event as a CloudEvent, signed by each key that signs now.

use domain::exchange::webhooks::{Delivery, WebhookKey, WebhookSubscription};
use domain::{EventId, Moment};
use interchange::signature::{self, SignatureKey};
use persistence::ledger::Event;

use super::posting::Message;
use crate::exchange::events::CloudEventView;
use crate::problem::Problem;
use crate::routes::BASE;
use crate::settings::Settings;

/// The message of an event, as it is sent at this moment.
pub(super) fn message(
    event: &Event,
    keys: &[WebhookKey],
    settings: &Settings,
    now: Moment,
) -> Result<Message, Problem> {
    let body = CloudEventView::of(event, &settings.public_url);
    signed(event.id, &body, keys, now)
}

/// The message that asks whether anybody listens.
pub(super) fn ping(
    id: EventId,
    subscription: &WebhookSubscription,
    keys: &[WebhookKey],
    settings: &Settings,
    now: Moment,
) -> Result<Message, Problem> {
    let subject = format!("{BASE}/webhook-subscriptions/{}", subscription.id);
    let body = CloudEventView::ping(
        id,
        subject,
        (subscription.id.into(), subscription.organisation),
        &settings.public_url,
        now,
    );
    signed(id, &body, keys, now)
}

fn signed(id: EventId, body: &CloudEventView, keys: &[WebhookKey], now: Moment) -> Result<Message, Problem> {
    let body = serde_json::to_vec(body).map_err(|error| Problem::internal(&error))?;
    let (id, timestamp) = (format!("msg_{id}"), now.timestamp());
    let keys: Vec<_> = keys.iter().filter(|key| key.signs_at(now)).map(signature_key).collect();
    let signatures = signature::signatures(&keys, &id, timestamp, &body);
    Ok(Message { id, timestamp, signatures, body })
}

/// A key as it signs.
pub(super) fn signature_key(key: &WebhookKey) -> SignatureKey<'_> {
    SignatureKey { secret: &key.secret, seed: &key.seed }
}

/// The event that a delivery tells.
pub(super) fn event_of(delivery: &Delivery) -> Event {
    Event {
        id: delivery.event,
        position: delivery.position,
        kind: delivery.kind,
        subject_kind: delivery.subject_kind.clone(),
        subject_id: delivery.subject_id,
        organisation: delivery.organisation,
        occurred_at: delivery.occurred_at,
    }
}
