//! Tells receivers what happened. Each subscription has a queue, each queue one sender at a time among all instances
//! (a lease), and each sender waits for nobody but its own receiver.
//!
//! What was sent is recorded afterwards: when the service falls between the two it is sent again, with the same id.

mod batch;
mod settling;

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use actix_web::web::Data;
use chrono::TimeDelta;
use domain::{Moment, WebhookSubscriptionId};
use persistence::exchange::webhooks::queues;

use self::batch::Batch;
use crate::app::App;
use crate::problem::Problem;

/// How many receivers are told at a time.
const MOST_QUEUES: usize = 256;
/// How long a queue belongs to an instance that does not say so again.
const LEASE: TimeDelta = TimeDelta::seconds(20);
/// How often it says so while it waits for a receiver.
const RENEWING: Duration = Duration::from_secs(5);

/// Looks after the queues of this instance.
pub(crate) struct Sender {
    app: Data<App>,
    busy: Busy,
}

/// The queues that this instance looks after now.
#[derive(Clone, Default)]
struct Busy(Arc<Mutex<HashSet<WebhookSubscriptionId>>>);

impl Busy {
    fn lock(&self) -> MutexGuard<'_, HashSet<WebhookSubscriptionId>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sender {
    pub(crate) fn new(app: Data<App>) -> Self {
        Self { app, busy: Busy::default() }
    }

    /// Begins with the queues that something waits in and nobody looks after; events end at this position.
    pub(crate) async fn look(&mut self, last_position: i64) {
        let busy = self.busy.lock().clone();
        let room = MOST_QUEUES.saturating_sub(busy.len());
        let claimed = self.app.blocking(move |app| claim(app, last_position, &busy, room)).await;
        match claimed {
            Ok(claimed) => claimed.into_iter().for_each(|id| self.begin(id)),
            Err(problem) => tracing::warn!(%problem, "receivers could not be told; it is tried again"),
        }
    }

    fn begin(&self, id: WebhookSubscriptionId) {
        let (app, busy) = (self.app.clone(), self.busy.clone());
        busy.lock().insert(id);
        actix_web::rt::spawn(async move {
            if let Err(problem) = work_off(&app, id).await {
                tracing::warn!(%problem, subscription = %id, "a receiver could not be told; it is tried again");
            }
            busy.lock().remove(&id);
            app.pulse.wake();
        });
    }
}

/// Takes queues that are ready and free.
fn claim(
    app: &App,
    last_position: i64,
    busy: &HashSet<WebhookSubscriptionId>,
    room: usize,
) -> Result<Vec<WebhookSubscriptionId>, Problem> {
    let now = app.clock.now();
    let ready = app.database.read::<_, Problem>(now, |view| Ok(queues::ready(view, last_position)?))?;
    let ready: Vec<_> = ready.into_iter().filter(|id| !busy.contains(id)).take(room).collect();
    if ready.is_empty() {
        return Ok(ready);
    }
    app.write(|work| {
        let mut claimed = Vec::new();
        for id in &ready {
            if queues::claim(work, *id, app.instance, leased_until(work.now()))? {
                claimed.push(*id);
            }
        }
        Ok(claimed)
    })
}

/// Sends what waits in a queue until nothing is due, then gives it back.
async fn work_off(app: &Data<App>, id: WebhookSubscriptionId) -> Result<(), Problem> {
    loop {
        let Some(mut batch) = app.blocking(move |app| Batch::load(app, id)).await? else { return Ok(()) };
        {
            let sending = batch.send(app);
            tokio::pin!(sending);
            loop {
                tokio::select! {
                    () = &mut sending => break,
                    () = tokio::time::sleep(RENEWING) => renew(app, id).await?,
                }
            }
        }
        if !app.blocking(move |app| settling::settle(app, &batch)).await? {
            return Ok(());
        }
    }
}

async fn renew(app: &Data<App>, id: WebhookSubscriptionId) -> Result<(), Problem> {
    app.blocking(move |app| app.write(|work| Ok(queues::renew(work, id, app.instance, leased_until(work.now()))?)))
        .await
}

fn leased_until(now: Moment) -> Moment {
    now + LEASE
}

/// Gives back what this instance looks after: it stops.
pub(crate) fn release_all(app: &App) -> Result<(), Problem> {
    app.write(|work| Ok(queues::release_all(work, app.instance)?))
}
