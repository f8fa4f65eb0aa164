//! Events as they happen, over one connection (server-sent events).

use std::collections::VecDeque;
use std::time::Duration;

use actix_web::http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, get};
use domain::{EventId, Fault};
use futures_util::{Stream, stream};
use persistence::ledger::{self, Event};
use serde::Deserialize;
use utoipa::IntoParams;

use super::types::EventView;
use super::{known_to, placed, position_of};
use crate::caller::Query;
use crate::clients::Provisioner;
use crate::exchange::pulse::Listener;
use crate::problem::{Problem, UNAVAILABLE};
use crate::reply::FileContent;

/// How many connections wait for events at a time.
const MOST_STREAMS: usize = 500;
/// How often something is sent when nothing happens, so that nobody between closes the connection.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// How many events are read at a time.
const AT_A_TIME: usize = 100;

/// From where on
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase")]
pub struct StreamQuery {
    /// The id of the last event seen; leave it out to begin with what happens from now on. The header Last-Event-ID, which
    /// browsers send when they connect again, goes before it
    #[param(nullable = false)]
    after: Option<EventId>,
}

/// Follow what happens, live
///
/// Server-sent events: `id` is the id of the event, `event` its type, `data` the same JSON as in `GET /events`. It begins after
/// the event named, or now; a connection that is lost goes on where it was by Last-Event-ID. A comment comes every 15
/// seconds. The connection ends with the token: get a new one and connect again.
#[utoipa::path(tag = "events", security(("bearer" = ["events:read"])), params(StreamQuery,
        ("Last-Event-ID" = Option<EventId>, Header, nullable = false, description = "The id of the last event seen")), responses(
    (status = 200, description = "Events, for as long as the connection lasts", body = FileContent, content_type = "text/event-stream"),
    (status = 410, description = "The event named is older than what is kept: take a snapshot anew"),
))]
#[get("/events/stream")]
pub(crate) async fn stream_events(
    request: HttpRequest,
    caller: Provisioner,
    query: Query<StreamQuery>,
) -> Result<HttpResponse, Problem> {
    let after = last_seen(&request)?.or(query.0.after);
    let public_url = placed(&caller).await;
    let listener = Listener::new(caller.app(), MOST_STREAMS).ok_or_else(|| {
        Problem::new(&UNAVAILABLE, "Many follow already; use GET /events, or try again.").retry_after(30)
    })?;
    let position = caller
        .clone()
        .read(move |view, provider| {
            known_to(view, provider)?;
            if after.is_some() { position_of(view, after) } else { Ok(ledger::last_position(view)?) }
        })
        .await?;
    Ok(Following { caller, listener, position, public_url, ready: VecDeque::from([opening()]) }.answer())
}

fn last_seen(request: &HttpRequest) -> Result<Option<EventId>, Problem> {
    let Some(header) = request.headers().get("last-event-id") else { return Ok(None) };
    let id = header.to_str().ok().and_then(|text| text.trim().parse::<uuid::Uuid>().ok());
    let reason = "must be the id of an event".to_owned();
    id.map(|id| Some(id.into()))
        .ok_or_else(|| Problem::invalid(vec![Fault { name: "Last-Event-ID".to_owned(), reason }]))
}

/// One connection that waits.
struct Following {
    caller: Provisioner,
    listener: Listener,
    position: i64,
    public_url: String,
    ready: VecDeque<Bytes>,
}

impl Following {
    fn answer(self) -> HttpResponse {
        HttpResponse::Ok()
            .insert_header((CONTENT_TYPE, "text/event-stream"))
            .insert_header((CACHE_CONTROL, "no-store"))
            // Compressed, an event would wait until a block is full.
            .insert_header((CONTENT_ENCODING, "identity"))
            .insert_header(("x-accel-buffering", "no"))
            .streaming(self.stream())
    }

    fn stream(self) -> impl Stream<Item = Result<Bytes, Problem>> {
        stream::unfold(self, |mut following| async move { Some((Ok(following.next().await?), following)) })
    }

    /// What is sent next; nothing when it is over.
    async fn next(&mut self) -> Option<Bytes> {
        loop {
            if let Some(bytes) = self.ready.pop_front() {
                return Some(bytes);
            }
            let place = *self.listener.place.borrow_and_update();
            if place.is_ending || self.caller.is_expired() {
                return None;
            }
            if place.position > self.position {
                self.read(place.position).await.ok()?;
                continue;
            }
            match tokio::time::timeout(HEARTBEAT, self.listener.place.changed()).await {
                Ok(Ok(())) => {}
                Ok(Err(_)) => return None,
                Err(_) => return Some(Bytes::from_static(b": still here\n\n")),
            }
        }
    }

    /// Reads what comes next, as far as the caller may know by now.
    async fn read(&mut self, until: i64) -> Result<(), Problem> {
        let after = self.position;
        let events = self.caller.clone().read(move |view, provider| {
            let filter = known_to(view, provider)?;
            Ok(ledger::events_after(view, (after, until), &filter, AT_A_TIME)?)
        });
        let events = events.await?;
        let last = events.last().filter(|_| events.len() >= AT_A_TIME);
        self.position = last.map_or(until, |event| event.position);
        for event in &events {
            self.ready.push_back(frame(event, &self.public_url)?);
        }
        Ok(())
    }
}

fn opening() -> Bytes {
    Bytes::from_static(b"retry: 5000\n: follows\n\n")
}

fn frame(event: &Event, public_url: &str) -> Result<Bytes, Problem> {
    let data = serde_json::to_string(&EventView::of(event, public_url)).map_err(|error| Problem::internal(&error))?;
    Ok(Bytes::from(format!("id: {}\nevent: {}\ndata: {data}\n\n", event.id, event.kind)))
}
