//! What is sent to one receiver in one go: in order for each thing, many things at a time.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use actix_web::web::Data;
use chrono::TimeDelta;
use domain::exchange::webhooks::{Delivery, MOST_WAITING, Outcome, Subject, WebhookState, WebhookSubscription};
use domain::{Audience, WebhookSubscriptionId};
use futures_util::{StreamExt as _, stream};
use persistence::View;
use persistence::exchange::webhooks::{self as kept, deliveries, keys, queues};
use persistence::ledger::{self, Event, EventFilter};
use uuid::Uuid;

use crate::app::App;
use crate::exchange::audiences;
use crate::exchange::webhooks::posting::Posted;
use crate::exchange::webhooks::sender::settling;
use crate::exchange::webhooks::telling::{self, Signers};
use crate::problem::Problem;

/// How many events are read at a time.
const AT_A_TIME: usize = 200;
/// How far is looked for events that fit before what was found is sent.
const FURTHEST: i64 = 5000;
/// How many messages are under way to one receiver.
const AT_ONCE: usize = 16;
/// After so long nothing more is begun in this go.
const LONGEST: Duration = Duration::from_secs(10);

/// What is sent in one go.
pub(super) struct Batch {
    pub(super) subscription: WebhookSubscription,
    signers: Signers,
    /// How far the queue has come when this is settled.
    pub(super) position: i64,
    /// Whether there are events beyond that.
    pub(super) has_more: bool,
    /// How many may be sent, and how long to wait afterwards, where the receiver bounds it.
    pub(super) pace: (usize, Option<TimeDelta>),
    /// By thing, in order.
    pub(super) chains: Vec<Chain>,
}

/// The deliveries about one thing, in order.
pub(super) struct Chain {
    pub(super) items: Vec<Item>,
    /// What the last attempt came to, if there was one.
    pub(super) last: Option<Outcome>,
    /// How many were accepted.
    pub(super) accepted: usize,
}

pub(super) struct Item {
    pub(super) delivery: Delivery,
    pub(super) is_new: bool,
    pub(super) is_tried: bool,
}

impl Batch {
    /// What waits for a receiver; the queue is given back where nothing can be sent.
    pub(super) fn load(app: &App, id: WebhookSubscriptionId) -> Result<Option<Self>, Problem> {
        let batch = app.database.read(app.clock.now(), |view| Self::read(view, id))?;
        if batch.is_none() {
            settling::give_back(app, id)?;
        }
        Ok(batch)
    }

    fn read(view: &mut View<'_>, id: WebhookSubscriptionId) -> Result<Option<Self>, Problem> {
        let (subscription, queue) = (kept::find(view, id)?, queues::find(view, id)?);
        let Some((subscription, queue)) = subscription.zip(queue) else { return Ok(None) };
        if subscription.state() != WebhookState::Active {
            return Ok(None);
        }
        let (signers, pace) = (Signers::of(keys::of(view, id)?), subscription.pace(AT_A_TIME));
        let mut items: Vec<Item> = deliveries::waiting(view, id)?.into_iter().map(Item::waiting).collect();
        let waiting = i64::try_from(items.len()).unwrap_or(i64::MAX);
        let room = usize::try_from(MOST_WAITING.saturating_sub(waiting)).unwrap_or_default().min(pace.0);
        let last = ledger::last_position(view)?;
        let until = last.min(queue.position + FURTHEST);
        let mut position = queue.position;
        if room > 0 && until > queue.position {
            let filter = known_to(view, &subscription)?;
            let events = ledger::events_after(view, (queue.position, until), &filter, room)?;
            position = events.last().filter(|_| events.len() >= room).map_or(until, |event| event.position);
            let now = view.now();
            items.extend(events.into_iter().map(|event| Item::new(event, id, now)));
        }
        let (has_more, chains) = (position < last && room > 0, chained(items));
        let can_send = chains.iter().any(|chain| chain.is_due(view.now()));
        let batch = Self { subscription, signers, position, has_more, pace, chains };
        Ok((can_send || position > queue.position).then_some(batch))
    }

    /// Sends, as far as the receiver takes it.
    pub(super) async fn send(&mut self, app: &Data<App>) {
        let chains = std::mem::take(&mut self.chains);
        let (began, budget, is_over) = (Instant::now(), AtomicUsize::new(self.pace.0), AtomicBool::new(false));
        let go_on = || {
            let takes = |left: usize| left.checked_sub(1);
            let in_time = began.elapsed() < LONGEST && !is_over.load(Ordering::Relaxed);
            in_time && budget.fetch_update(Ordering::Relaxed, Ordering::Relaxed, takes).is_ok()
        };
        let (this, go_on, is_over) = (&*self, &go_on, &is_over);
        let sending = stream::iter(chains).map(|mut chain| async move {
            chain.send(app, this, go_on).await;
            if matches!(chain.last, Some(Outcome::Gone | Outcome::Throttled(_))) {
                is_over.store(true, Ordering::Relaxed);
            }
            chain
        });
        let chains: Vec<Chain> = sending.buffer_unordered(AT_ONCE).collect().await;
        self.chains = chains;
    }

    async fn post(&self, app: &Data<App>, delivery: Delivery) -> Result<(Delivery, Outcome), Problem> {
        let now = app.clock.now();
        let message = telling::message(&telling::event_of(&delivery), &self.signers, &app.settings, now)?;
        let Posted { attempt, outcome } = app.poster.post(&self.subscription.details.url, message, now).await;
        Ok((delivery.attempted(attempt, outcome, rand::random(), now), outcome))
    }
}

impl Chain {
    fn is_due(&self, now: domain::Moment) -> bool {
        self.items.first().is_some_and(|item| item.delivery.due_at.is_some_and(|due| due <= now))
    }

    /// Sends one after the other: what was not accepted holds up what is about the same thing.
    async fn send(&mut self, app: &Data<App>, batch: &Batch, go_on: &impl Fn() -> bool) {
        for item in &mut self.items {
            let is_due = item.delivery.due_at.is_some_and(|due| due <= app.clock.now());
            if !is_due || !go_on() {
                return;
            }
            match batch.post(app, item.delivery.clone()).await {
                Err(problem) => return tracing::error!(%problem, "a message could not be made"),
                Ok((delivery, outcome)) => {
                    (item.delivery, item.is_tried, self.last) = (delivery, true, Some(outcome));
                    if outcome != Outcome::Accepted {
                        return;
                    }
                    self.accepted += 1;
                }
            }
        }
    }
}

impl Item {
    fn waiting(delivery: Delivery) -> Self {
        Self { delivery, is_new: false, is_tried: false }
    }

    fn new(event: Event, to: WebhookSubscriptionId, now: domain::Moment) -> Self {
        let Event { id, position, kind, subject_kind, subject_id, organisation, occurred_at } = event;
        let about = Subject { subject_kind, subject_id, organisation, occurred_at };
        Self { delivery: Delivery::of((id, position, kind), to, about, now), is_new: true, is_tried: false }
    }
}

/// What the organisation may know now, as far as it is asked for.
fn known_to(view: &mut View<'_>, subscription: &WebhookSubscription) -> Result<EventFilter, Problem> {
    let mut audiences = audiences::of_organisation(view, subscription.organisation)?;
    if let Some(network) = subscription.details.network {
        audiences.retain(|audience| *audience == Audience::Network(network));
    }
    let details = &subscription.details;
    Ok(EventFilter { audiences, kinds: details.event_types.clone(), organisation: details.about_organisation })
}

/// By thing, each in its order.
fn chained(items: Vec<Item>) -> Vec<Chain> {
    let mut places: HashMap<(String, Uuid), usize> = HashMap::new();
    let mut chains: Vec<Chain> = Vec::new();
    for item in items {
        let thing = (item.delivery.subject_kind.clone(), item.delivery.subject_id);
        let place = *places.entry(thing).or_insert(chains.len());
        match chains.get_mut(place) {
            Some(chain) => chain.items.push(item),
            None => chains.push(Chain { items: vec![item], last: None, accepted: 0 }),
        }
    }
    chains
}
