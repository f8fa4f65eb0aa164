//! Tells those who wait in this process that events were given their place.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use actix_web::web::Data;
use persistence::ledger;
use tokio::sync::{Notify, watch};

use super::webhooks::sender::Sender;
use crate::app::App;
use crate::clockwork;
use crate::problem::Problem;

/// How often it is looked for what other instances wrote.
const EVERY: Duration = Duration::from_secs(1);
/// How long what is written here waits for more that is written at the same time.
const GATHERING: Duration = Duration::from_millis(50);

/// The last position of all, and who wants to hear of it.
#[derive(Debug)]
pub struct Pulse {
    written: Notify,
    place: watch::Sender<Place>,
    listeners: AtomicUsize,
}

/// Where the events of this moment end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) position: i64,
    pub(super) is_ending: bool,
}

/// Somebody who listens, until dropped.
pub(super) struct Listener {
    app: Data<App>,
    pub(super) place: watch::Receiver<Place>,
}

impl Default for Pulse {
    fn default() -> Self {
        Self { written: Notify::new(), place: watch::Sender::new(Place::default()), listeners: AtomicUsize::new(0) }
    }
}

impl Pulse {
    /// Something was written: perhaps there are events.
    pub fn wake(&self) {
        self.written.notify_one();
    }

    /// The service stops: nobody needs to wait any longer.
    pub fn end(&self) {
        self.place.send_modify(|place| place.is_ending = true);
    }

    fn is_heard(&self) -> bool {
        self.listeners.load(Ordering::Relaxed) > 0
    }
}

impl Listener {
    /// Begins to listen, unless so many do already.
    pub(super) fn new(app: &Data<App>, most: usize) -> Option<Self> {
        let pulse = &app.pulse;
        if pulse.listeners.fetch_add(1, Ordering::Relaxed) >= most {
            pulse.listeners.fetch_sub(1, Ordering::Relaxed);
            return None;
        }
        pulse.wake();
        Some(Self { app: app.clone(), place: pulse.place.subscribe() })
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.app.pulse.listeners.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Goes on for as long as the service runs.
pub(crate) async fn beat_forever(app: Data<App>) {
    let mut sender = Sender::new(app.clone());
    loop {
        let _ = tokio::time::timeout(EVERY, app.pulse.written.notified()).await;
        tokio::time::sleep(GATHERING).await;
        match beat(&app).await {
            Ok(Some(place)) => {
                app.pulse.place.send_if_modified(|before| {
                    let is_new = before.position != place;
                    before.position = place;
                    is_new
                });
                sender.look(place).await;
            }
            Ok(None) => {}
            Err(problem) => tracing::debug!(%problem, "nobody could be told of events; it is tried again"),
        }
    }
}

/// The last position, where anybody wants to know it.
async fn beat(app: &Data<App>) -> Result<Option<i64>, Problem> {
    let is_heard = app.pulse.is_heard();
    app.blocking(move |app| {
        let now = app.clock.now();
        let has_receivers =
            app.database.read::<_, Problem>(now, |view| Ok(persistence::exchange::webhooks::queues::are_any(view)?))?;
        if !is_heard && !has_receivers {
            return Ok(None);
        }
        clockwork::place_events(app)?;
        app.database.read(now, |view| Ok(Some(ledger::last_position(view)?)))
    })
    .await
}
