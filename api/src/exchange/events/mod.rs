//! Events: what happened, as far as the caller may know.

pub(crate) mod schemas;
mod stream;
mod types;

use actix_web::get;
use domain::{EventId, Fault};
use persistence::View;
use persistence::ledger::{self, Event, EventFilter};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

pub(super) use self::types::{CloudEventView, address_of};
use self::types::{EventPage, EventView};
use super::audiences;
use crate::app::App;
use crate::caller::Query;
use crate::clients::{Provider, Provisioner};
use crate::clockwork;
use crate::paging::PageLinks;
use crate::problem::{EVENT_TOO_OLD, Problem};
use crate::reply::{Answer, Reply};
use crate::routes::BASE;

/// How many events a page has unless asked otherwise.
const DEFAULT_LIMIT: u32 = 20;
/// How many days events are kept.
pub(crate) const EVENT_DAYS: i64 = 90;
/// How many events are forgotten in one transaction.
const FORGOTTEN_AT_ONCE: i64 = 1000;

/// Registers the operations.
pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(list_events).service(get_latest_event).service(stream::stream_events);
}

/// From where on, and how many
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase")]
pub struct EventQuery {
    /// The id of the last event seen; leave it out to begin with the first that is kept
    #[param(nullable = false)]
    after: Option<EventId>,
    /// At most this many events; 20 unless given
    #[param(nullable = false, minimum = 1, maximum = 100, example = 20)]
    limit: Option<u32>,
}

/// List what happened, from an event on
///
/// Follow `links.next` while there is one, then ask again with the id of the last event as `after`: no event that you
/// may know of is passed over, and none comes twice. An event shows to those who may see the thing it is about; to a client
/// by itself, what its organisation may know. Events are kept for 90 days.
#[utoipa::path(tag = "events", security(("bearer" = ["events:read"])), params(EventQuery), responses(
    (status = 200, description = "Events after the one named, oldest first", body = EventPage),
    (status = 410, description = "The event named as `after` is older than what is kept: take a snapshot anew"),
))]
#[get("/events")]
pub(crate) async fn list_events(caller: Provisioner, query: Query<EventQuery>) -> Answer<EventPage> {
    let public_url = placed(&caller).await;
    let (after, limit) = (query.0.after, query.0.limit.unwrap_or(DEFAULT_LIMIT));
    caller
        .read(move |view, provider| {
            let (position, last) = (position_of(view, after)?, ledger::last_position(view)?);
            let filter = known_to(view, provider)?;
            let more = usize::try_from(limit).unwrap_or(usize::MAX).saturating_add(1);
            let events = ledger::events_after(view, (position, last), &filter, more)?;
            Ok(page(&events, limit, &public_url))
        })
        .await
}

/// Show the last event
///
/// The last of those that you may know of: where a mirror begins. Note its id, read what you want to mirror, then go on
/// from that id: what changed meanwhile comes once more, and nothing is missed. 404 while there is none.
#[utoipa::path(tag = "events", security(("bearer" = ["events:read"])), responses(
    (status = 200, description = "The last event", body = EventView),
    (status = 404, description = "There is no event yet that you may know of"),
))]
#[get("/events/latest")]
pub(crate) async fn get_latest_event(caller: Provisioner) -> Answer<EventView> {
    let public_url = placed(&caller).await;
    caller
        .read(move |view, provider| {
            let filter = known_to(view, provider)?;
            let last = ledger::last_event(view, &filter)?.ok_or_else(|| domain::Refusal::hidden("event"))?;
            Ok(Reply::shown(EventView::of(&last, &public_url)))
        })
        .await
}

/// Gives those that wait their place; what has one can be read all the same.
async fn placed(caller: &Provisioner) -> String {
    let app = caller.app().clone();
    if let Err(problem) = app.blocking(clockwork::place_events).await {
        tracing::warn!(%problem, "events wait for their place");
    }
    app.settings.public_url.clone()
}

/// The events that a person, or the organisation of a client, may know.
fn known_to(view: &mut View<'_>, provider: &Provider) -> Result<EventFilter, Problem> {
    let audiences = match provider {
        Provider::Person(actor) => audiences::of(view, actor)?,
        Provider::Client(machine) => audiences::of_organisation(view, machine.organisation)?,
    };
    Ok(EventFilter { audiences, ..EventFilter::default() })
}

fn position_of(view: &mut View<'_>, after: Option<EventId>) -> Result<i64, Problem> {
    let Some(id) = after else { return Ok(0) };
    if let Some(position) = ledger::position_of(view, id)? {
        return Ok(position);
    }
    if is_forgotten(view, id)? {
        let detail = "Events are kept for 90 days. Note the id of GET /events/latest, read anew what you mirror, and go on from there.";
        return Err(Problem::new(&EVENT_TOO_OLD, detail));
    }
    let reason = "must be the id of an event; leave it out to begin with the first".to_owned();
    Err(Problem::invalid(vec![Fault { name: "after".to_owned(), reason }]))
}

/// Whether an id is from before what is kept: it tells by itself when it was made.
fn is_forgotten(view: &mut View<'_>, id: EventId) -> Result<bool, Problem> {
    let Some(made) = Uuid::from(id).get_timestamp() else { return Ok(false) };
    let first = ledger::first_moment(view)?.unwrap_or(view.now());
    let (seconds, nanos) = made.to_unix();
    let first = (u64::try_from(first.timestamp()).unwrap_or_default(), first.timestamp_subsec_millis());
    Ok((seconds, nanos / 1_000_000) < first)
}

/// One event more than asked for was read: it tells that there is a next page.
fn page(events: &[Event], limit: u32, public_url: &str) -> Reply<EventPage> {
    let shown = usize::try_from(limit).unwrap_or(usize::MAX).min(events.len());
    let (shown, more) = events.split_at(shown);
    let last = shown.last().filter(|_| !more.is_empty());
    let next = last.map(|event| format!("{BASE}/events?after={}&limit={limit}", event.id));
    let link = next.as_ref().map(|next| format!("<{next}>; rel=\"next\""));
    let items = shown.iter().map(|event| EventView::of(event, public_url)).collect();
    Reply::shown(EventPage::new(items, PageLinks { next, prev: None })).link(link)
}

/// Forgets what is old.
pub(super) fn due(app: &App) -> Result<(), Problem> {
    let before = app.clock.now() - chrono::TimeDelta::days(EVENT_DAYS);
    let has_old = app.database.read::<_, Problem>(app.clock.now(), |view| {
        Ok(ledger::first_moment(view)?.is_some_and(|first| first < before))
    })?;
    if has_old {
        // Beside no other: what is the last position must not change meanwhile.
        app.database.write_alone::<_, Problem>(&app.mint, app.clock.now(), |work| {
            Ok(ledger::forget_before(work, before, FORGOTTEN_AT_ONCE)?)
        })?;
    }
    Ok(())
}
