//! What was rendered, kept as long as nothing can have changed it: so that who comes back for news costs next to nothing.
//!
//! A sheet is good as long as no event was recorded since and no moment passed at which a ring opens, a deadline falls or
//! a day begins. The number of events is read from the database as soon as this process wrote anything, and for the
//! writes of other instances a few times a second, however many readers come.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use actix_web::web::{Bytes, Data};
use domain::{Moment, next_midnight};
use persistence::market::assignments::next_moment;
use persistence::{View, ledger};

use crate::app::App;
use crate::problem::Problem;
use crate::reply::entity_tag;

/// For so long another instance may have withdrawn something before this one looks.
const BETWEEN_LOOKS: Duration = Duration::from_millis(200);
/// At most so many bytes are kept.
const ROOM: usize = 32 << 20;

/// Something that was rendered.
pub(super) struct Sheet {
    /// Its media type.
    pub(super) media_type: &'static str,
    /// What it says.
    pub(super) text: String,
}

/// A sheet as it is kept.
#[derive(Debug)]
pub(super) struct Kept {
    pub(super) media_type: &'static str,
    pub(super) bytes: Bytes,
    pub(super) tag: String,
    /// Since when it reads so, as far as this instance knows.
    pub(super) since: Moment,
    events: i64,
    until: Moment,
}

/// The sheets, by what they are of.
#[derive(Debug, Default)]
pub struct Shelf {
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    sheets: HashMap<String, Arc<Kept>>,
    bytes: usize,
    looked: Option<Look>,
}

/// A look at the number of events.
#[derive(Debug, Clone, Copy)]
struct Look {
    at: Instant,
    writes: u64,
    events: i64,
}

/// The sheet of this key: the one that is kept, or else a new one; nothing where there is none.
pub(super) async fn sheet(
    app: &Data<App>,
    key: String,
    render: impl FnOnce(&App, &mut View<'_>) -> Result<Option<Sheet>, Problem> + Send + 'static,
) -> Result<Option<Arc<Kept>>, Problem> {
    let now = app.clock.now();
    if let Some(kept) = app.shelf.at_hand(&key, app.database.writes(), now) {
        return Ok(Some(kept));
    }
    app.blocking(move |app| {
        let (at, writes) = (Instant::now(), app.database.writes());
        app.database.read(now, |view| {
            let events = ledger::count_recorded(view)?;
            app.shelf.note(Look { at, writes, events });
            if let Some(kept) = app.shelf.found(&key, events, now) {
                return Ok(Some(kept));
            }
            let Some(sheet) = render(app, view)? else { return Ok(None) };
            let midnight = next_midnight(now);
            let until = next_moment(view)?.map_or(midnight, |moment| moment.min(midnight));
            Ok(Some(app.shelf.keep(key, sheet, events, (now, until))))
        })
    })
    .await
}

impl Shelf {
    /// The sheet, where it is certain without a look at the database that nothing changed.
    fn at_hand(&self, key: &str, writes: u64, now: Moment) -> Option<Arc<Kept>> {
        let inner = self.lock();
        let look = inner.looked.filter(|look| look.writes == writes && look.at.elapsed() < BETWEEN_LOOKS)?;
        inner.sheets.get(key).filter(|kept| kept.is_good(look.events, now)).cloned()
    }

    fn found(&self, key: &str, events: i64, now: Moment) -> Option<Arc<Kept>> {
        self.lock().sheets.get(key).filter(|kept| kept.is_good(events, now)).cloned()
    }

    fn note(&self, look: Look) {
        let mut inner = self.lock();
        if inner.looked.is_none_or(|before| before.events <= look.events && before.writes <= look.writes) {
            inner.looked = Some(look);
        }
    }

    fn keep(&self, key: String, sheet: Sheet, events: i64, (now, until): (Moment, Moment)) -> Arc<Kept> {
        let Sheet { media_type, text } = sheet;
        let tag = entity_tag(None, &text);
        let mut inner = self.lock();
        let before = inner.sheets.remove(&key);
        inner.bytes -= before.as_ref().map_or(0, |before| before.bytes.len());
        if inner.bytes + text.len() > ROOM {
            // Nothing is lost: whatever is asked for again is rendered again.
            inner.sheets.clear();
            inner.bytes = 0;
        }
        let since = before.filter(|before| before.tag == tag).map_or(now, |before| before.since);
        let kept = Arc::new(Kept { media_type, bytes: text.into(), tag, since, events, until });
        inner.bytes += kept.bytes.len();
        inner.sheets.insert(key, Arc::clone(&kept));
        kept
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn is_good(&self, events: i64, now: Moment) -> bool {
        self.events == events && self.since <= now && now < self.until
    }
}
