//! Sends messages to channels. Each message is taken by one instance for a minute; what came of it is recorded afterwards.
//! Where the service falls between the two it is sent again. Of each channel one message is under way at a time, and no
//! channel waits for another.

use std::sync::Arc;
use std::time::Duration;

use actix_web::web::Data;
use chrono::TimeDelta;
use domain::exchange::channels::{Channel, ChannelDelivery, ChannelDisabledReason, ChannelState, outcome_of};
use domain::exchange::webhooks::{Attempt, DeliveryState, Outcome};
use domain::{ChannelDeliveryId, EventKind, Moment};
use persistence::exchange::channels::{self as kept, deliveries};
use persistence::{PersistenceError, Work};
use tokio::sync::Semaphore;

use super::{announce, writing};
use crate::app::App;
use crate::exchange::webhooks::posting::Posted;
use crate::problem::Problem;

/// How often is looked for messages.
const EVERY: Duration = Duration::from_secs(1);
/// How many messages are under way at a time.
const AT_ONCE: usize = 64;
/// A channel whose address accepted nothing for so long when a message is given up is told nothing more.
const PATIENCE: TimeDelta = TimeDelta::hours(70);
/// Why a message is given up without an attempt.
const NOTHING_LEFT: &str = "none of its klussen is open to every employee any more";

/// A message that this instance sends.
struct Taken {
    delivery: ChannelDelivery,
    channel: Channel,
    body: Vec<u8>,
}

/// Sends for as long as the service runs.
pub(crate) async fn send_forever(app: Data<App>) {
    let room = Arc::new(Semaphore::new(AT_ONCE));
    let mut interval = tokio::time::interval(EVERY);
    interval.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        interval.tick().await;
        if let Err(problem) = look(&app, &room).await {
            // The clock says aloud what is wrong.
            tracing::debug!(%problem, "channels could not be told; it is tried again");
        }
    }
}

/// Begins to send what is due, as far as there is room.
async fn look(app: &Data<App>, room: &Arc<Semaphore>) -> Result<(), Problem> {
    let free = room.available_permits();
    let due = app
        .blocking(move |app| app.database.read::<_, Problem>(app.clock.now(), |view| Ok(deliveries::due(view, free)?)));
    for id in due.await? {
        let Ok(permit) = Arc::clone(room).try_acquire_owned() else { return Ok(()) };
        let Some(taken) = app.blocking(move |app| take(app, id)).await? else { continue };
        let app = app.clone();
        actix_web::rt::spawn(async move {
            let channel = taken.channel.id;
            if let Err(problem) = send(&app, taken).await {
                tracing::warn!(%problem, %channel, "what came of a message could not be kept; it is sent again");
            }
            drop(permit);
        });
    }
    Ok(())
}

/// Takes a message and writes it; nothing where another took it, or nothing is left to tell.
fn take(app: &App, id: ChannelDeliveryId) -> Result<Option<Taken>, Problem> {
    app.write(|work| {
        let now = work.now();
        let Some(delivery) = deliveries::find(work, id)?.and_then(|delivery| delivery.take(now)) else {
            return Ok(None);
        };
        let channel = kept::get(work, delivery.channel)?;
        if channel.state() != ChannelState::Active {
            return Ok(None);
        }
        let told = writing::told(work, &channel, &delivery.assignments, &app.settings.public_url)?;
        if told.is_empty() {
            deliveries::save(work, delivery.give_up(NOTHING_LEFT, now))?;
            return Ok(None);
        }
        let body = writing::message(channel.details.kind, channel.details.language, &told)?.body;
        Ok(Some(Taken { delivery: deliveries::save(work, delivery)?, channel, body }))
    })
}

async fn send(app: &Data<App>, taken: Taken) -> Result<(), Problem> {
    let Taken { delivery, channel, body } = taken;
    let (attempt, outcome) = post(app, &channel, body, app.clock.now()).await;
    app.blocking(move |app| settle(app, &delivery, &channel, &attempt, outcome)).await
}

/// Posts to the address of a channel; what is kept of the answer does not repeat that address.
pub(super) async fn post(app: &App, channel: &Channel, body: Vec<u8>, now: Moment) -> (Attempt, Outcome) {
    let address = &channel.details.address;
    let Posted { attempt, outcome } = app.poster.post_json(address.reveal(), body, now).await;
    let Attempt { at, status, error, excerpt, millis } = attempt;
    let (error, excerpt) = (error.map(|text| address.hide(&text)), excerpt.map(|text| address.hide(&text)));
    let attempt = Attempt { at, status, error, excerpt, millis };
    let outcome = outcome_of(&attempt, outcome);
    let counted = match outcome {
        Outcome::Accepted => "accepted",
        Outcome::Refused | Outcome::Throttled(_) => "later",
        Outcome::Gone => "refused",
    };
    app.metrics.sent("channel", counted);
    (attempt, outcome)
}

fn settle(
    app: &App,
    delivery: &ChannelDelivery,
    channel: &Channel,
    attempt: &Attempt,
    outcome: Outcome,
) -> Result<(), Problem> {
    let chance: f64 = rand::random();
    app.write(|work| {
        let settled = delivery.clone().settle(attempt.clone(), outcome, chance, work.now());
        match deliveries::save(work, settled) {
            // It was asked for again, or removed, or another sends it by now.
            Err(PersistenceError::Stale { .. }) => Ok(()),
            Err(error) => Err(error.into()),
            Ok(settled) => stop(work, channel, &settled, outcome),
        }
    })
}

/// Stops the channel where its address is gone or accepts nothing any more.
fn stop(work: &mut Work<'_>, sent: &Channel, settled: &ChannelDelivery, outcome: Outcome) -> Result<(), Problem> {
    let now = work.now();
    let reason = match (outcome, settled.state) {
        (Outcome::Gone, _) => ChannelDisabledReason::Gone,
        (_, DeliveryState::Failed) if !deliveries::accepted_since(work, sent.id, now - PATIENCE)? => {
            ChannelDisabledReason::NoSuccess
        }
        _ => return Ok(()),
    };
    let channel = kept::get(work, sent.id)?;
    // Another address, or a pause, came in between: that is another channel.
    if channel.state() != ChannelState::Active || channel.details.address != sent.details.address {
        return Ok(());
    }
    let channel = kept::save(work, channel.disable(reason, now))?;
    announce(work, EventKind::ChannelDisabled, &channel)
}
