//! What a receiver is told: an event as a CloudEvent, signed by each key that signs now.

use domain::exchange::webhooks::{Delivery, WebhookKey, WebhookSubscription};
use domain::{EventId, Moment};
use interchange::signature::{self, SignatureKey, Signer};
use persistence::ledger::Event;

use super::posting::Message;
use crate::exchange::events::CloudEventView;
use crate::problem::Problem;
use crate::routes::BASE;
use crate::settings::Settings;

/// The keys of a subscription, made ready once for many messages.
pub(super) struct Signers(Vec<(WebhookKey, Signer)>);

impl Signers {
    pub(super) fn of(keys: Vec<WebhookKey>) -> Self {
        let ready = |key: WebhookKey| Signer::of(signature_key(&key)).map(|signer| (key, signer));
        Self(keys.into_iter().filter_map(ready).collect())
    }

    fn at(&self, now: Moment) -> impl Iterator<Item = &Signer> {
        self.0.iter().filter(move |(key, _)| key.signs_at(now)).map(|(_, signer)| signer)
    }
}

/// The message of an event, as it is sent at this moment.
pub(super) fn message(event: &Event, signers: &Signers, settings: &Settings, now: Moment) -> Result<Message, Problem> {
    let body = CloudEventView::of(event, &settings.public_url);
    signed(event.id, &body, signers, now)
}

/// The message that asks whether anybody listens.
pub(super) fn ping(
    id: EventId,
    subscription: &WebhookSubscription,
    signers: &Signers,
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
    signed(id, &body, signers, now)
}

fn signed(id: EventId, body: &CloudEventView, signers: &Signers, now: Moment) -> Result<Message, Problem> {
    let body = serde_json::to_vec(body).map_err(|error| Problem::internal(&error))?;
    let (id, timestamp) = (format!("msg_{id}"), now.timestamp());
    let signatures = signature::signatures(signers.at(now), &id, timestamp, &body);
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
