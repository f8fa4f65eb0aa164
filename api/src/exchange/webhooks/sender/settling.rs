//! What becomes of a queue after its receiver was told, in one transaction.

use std::collections::HashSet;

use chrono::TimeDelta;
use domain::exchange::webhooks::{Delivery, DeliveryState, DisabledReason, Outcome, WebhookState};
use domain::{EventKind, Moment, WebhookSubscriptionId};
use persistence::Work;
use persistence::exchange::webhooks::queues::Queue;
use persistence::exchange::webhooks::{self as kept, deliveries, queues};

use super::batch::{Batch, Chain, Item};
use super::leased_until;
use crate::app::App;
use crate::exchange::webhooks::announce;
use crate::problem::Problem;

/// A receiver that accepted nothing for so long when a delivery is given up is told nothing more.
const PATIENCE: TimeDelta = TimeDelta::hours(70);

/// Records what was sent, and whether the same sender goes on at once. Where the queue belongs to another instance by
/// now nothing is recorded: that one sends again.
pub(super) fn settle(app: &App, batch: &Batch) -> Result<bool, Problem> {
    app.write(|work| {
        let now = work.now();
        let id = batch.subscription.id;
        let Some(before) = queues::find(work, id)? else { return Ok(false) };
        let (resume_at, failing_since) = (resume_at(batch, now), failing_since(batch, before.failing_since, now));
        let queue = Queue { position: batch.position, resume_at, failing_since, ..before };
        if !queues::advance(work, &queue, app.instance, Some(leased_until(now)))? {
            return Ok(false);
        }
        keep(work, batch)?;
        let due_at = first_due(&deliveries::waiting(work, id)?);
        let is_stopped = stop(work, batch, failing_since)?;
        let is_due = batch.has_more || due_at.is_some_and(|due| due <= now);
        let goes_on = is_due && resume_at.is_none() && !is_stopped;
        queues::advance(work, &Queue { due_at, ..queue }, app.instance, goes_on.then(|| leased_until(now)))?;
        Ok(goes_on)
    })
}

/// Gives a queue back in which nothing can be sent now. What was asked for since that was found is seen here.
pub(super) fn give_back(app: &App, id: WebhookSubscriptionId) -> Result<(), Problem> {
    app.write(|work| {
        let due_at = first_due(&deliveries::waiting(work, id)?);
        Ok(queues::release(work, id, app.instance, due_at)?)
    })
}

fn items(batch: &Batch) -> impl Iterator<Item = &Item> {
    batch.chains.iter().flat_map(|chain| &chain.items)
}

fn keep(work: &mut Work<'_>, batch: &Batch) -> Result<(), Problem> {
    let mut new: Vec<Delivery> = items(batch).filter(|item| item.is_new).map(|item| item.delivery.clone()).collect();
    new.sort_unstable_by_key(|delivery| delivery.position);
    deliveries::insert_many(work, &new)?;
    for item in items(batch).filter(|item| item.is_tried && !item.is_new) {
        deliveries::save(work, &item.delivery)?;
    }
    Ok(())
}

/// When the first of those that wait may be sent: of each thing only the earliest counts.
fn first_due(waiting: &[Delivery]) -> Option<Moment> {
    let mut things = HashSet::new();
    let heads = waiting.iter().filter(|delivery| things.insert((delivery.subject_kind.as_str(), delivery.subject_id)));
    heads.filter_map(|delivery| delivery.due_at).min()
}

/// Until when the receiver is left alone: as it asks, or, where it accepted nothing at all, until the first is due again.
fn resume_at(batch: &Batch, now: Moment) -> Option<Moment> {
    let refused = || batch.chains.iter().filter(|chain| chain.last.is_some_and(|last| last != Outcome::Accepted));
    let asked = batch.chains.iter().filter_map(|chain| match chain.last {
        Some(Outcome::Throttled(wait)) => wait,
        _ => None,
    });
    let asked = asked.max().map(|wait| now + wait);
    let is_throttled = batch.chains.iter().any(|chain| matches!(chain.last, Some(Outcome::Throttled(_))));
    let nothing = accepted(batch) == 0;
    let own = (nothing || is_throttled).then(|| refused().filter_map(next_due).min()).flatten();
    let pace = batch.pace.1.filter(|_| items(batch).any(|item| item.is_tried)).map(|wait| now + wait);
    asked.or(own).into_iter().chain(pace).max()
}

fn next_due(chain: &Chain) -> Option<Moment> {
    chain.items.iter().find_map(|item| item.delivery.due_at)
}

fn accepted(batch: &Batch) -> usize {
    batch.chains.iter().map(|chain| chain.accepted).sum()
}

fn failing_since(batch: &Batch, before: Option<Moment>, now: Moment) -> Option<Moment> {
    let is_tried = items(batch).any(|item| item.is_tried);
    match (is_tried, accepted(batch)) {
        (false, _) => before,
        (true, 0) => before.or(Some(now)),
        (true, _) => None,
    }
}

/// Stops the subscription where its receiver is gone or accepts nothing any more.
fn stop(work: &mut Work<'_>, batch: &Batch, failing_since: Option<Moment>) -> Result<bool, Problem> {
    let now = work.now();
    let is_gone = batch.chains.iter().any(|chain| chain.last == Some(Outcome::Gone));
    let is_given_up = items(batch).any(|item| item.is_tried && item.delivery.state == DeliveryState::Failed);
    let is_lost = is_given_up && failing_since.is_some_and(|since| now - since >= PATIENCE);
    let reason = match (is_gone, is_lost) {
        (true, _) => DisabledReason::Gone,
        (false, true) => DisabledReason::NoSuccess,
        (false, false) => return Ok(false),
    };
    let subscription = kept::get(work, batch.subscription.id)?;
    // Another address, or a pause, came in between: that is another receiver.
    if subscription.state() != WebhookState::Active || subscription.details.url != batch.subscription.details.url {
        return Ok(true);
    }
    let subscription = kept::save(work, subscription.disable(reason, now))?;
    announce(work, EventKind::WebhookSubscriptionDisabled, &subscription)?;
    Ok(true)
}
