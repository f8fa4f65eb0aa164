//! Events: what happened, as far as the caller may know.

use actix_web::get;
use actix_web::http::Method;
use chrono::{DateTime, Utc};
use domain::{EventId, EventKind, Fault, OrganisationId};
use persistence::View;
use persistence::ledger::{self, Event};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::audiences;
use crate::caller::{Caller, Query};
use crate::clockwork;
use crate::contract::Contract;
use crate::paging::{PageLinks, page_of};
use crate::problem::Problem;
use crate::reply::{Answer, Reply};
use crate::routes::BASE;

/// How many events a page has unless asked otherwise.
const DEFAULT_LIMIT: u32 = 20;

/// From where on, and how many
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase")]
pub struct EventQuery {
    /// The id of the last event seen; leave it out to begin with the first
    #[param(nullable = false)]
    after: Option<EventId>,
    /// At most this many events; 20 unless given
    #[param(nullable = false, minimum = 1, maximum = 100, example = 20)]
    limit: Option<u32>,
}

/// Something that happened (gebeurtenis): which thing to read again, never what it holds
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Event)]
pub struct EventView {
    /// Identifies it; the same event never comes twice
    id: EventId,
    /// What it tells
    #[serde(rename = "type")]
    kind: EventKind,
    /// The service it happened at
    #[schema(format = "uri-reference", max_length = 400, example = "https://api.klusnet.example/v1")]
    source: String,
    /// Where to read the thing it is about; null where the thing has no address of its own
    #[schema(
        format = "uri-reference",
        max_length = 400,
        example = "/v1/assignments/01935b7e-8a3c-7c4e-9a51-3d2f6b8e0c17"
    )]
    subject: Option<String>,
    /// The noun of the thing, in the singular
    #[schema(max_length = 80, example = "assignment")]
    subject_kind: String,
    /// The id of the thing
    subject_id: uuid::Uuid,
    /// The organisation it concerns
    organisation_id: Option<OrganisationId>,
    /// When it happened
    #[schema(example = "2027-01-31T12:00:00Z")]
    time: DateTime<Utc>,
}

page_of! {
    /// Events in the order in which they happened
    EventPage as EventPage, EventView
}

/// List what happened, from an event on
///
/// Follow `links.next` while there is one, then ask again with the id of the last event as `after`: no event that you
/// may know of is passed over, and none comes twice. An event shows to those who may see the thing it is about.
#[utoipa::path(tag = "events", security(("bearer" = ["events:read"])), params(EventQuery), responses(
    (status = 200, description = "Events after the one named, oldest first", body = EventPage),
))]
#[get("/events")]
pub(crate) async fn list_events(caller: Caller, query: Query<EventQuery>) -> Answer<EventPage> {
    let app = caller.app().clone();
    if let Err(problem) = app.blocking(clockwork::place_events).await {
        // Those that wait come later, in their order; what has its place can be read all the same.
        tracing::warn!(%problem, "events wait for their place");
    }
    let source = format!("{}{BASE}", app.settings.public_url);
    let (after, limit) = (query.0.after, query.0.limit.unwrap_or(DEFAULT_LIMIT));
    caller
        .read(move |view, actor| {
            let position = position_of(view, after)?;
            let audiences = audiences::of(view, actor)?;
            let events = ledger::events_after(view, position, &audiences, limit + 1)?;
            Ok(page(&events, limit, &source))
        })
        .await
}

fn position_of(view: &mut View<'_>, after: Option<EventId>) -> Result<i64, Problem> {
    let Some(id) = after else { return Ok(0) };
    ledger::position_of(view, id)?.ok_or_else(|| {
        let reason = "must be the id of an event; leave it out to begin with the first".to_owned();
        Problem::invalid(vec![Fault { name: "after".to_owned(), reason }])
    })
}

/// One event more than asked for was read: it tells that there is a next page.
fn page(events: &[Event], limit: u32, source: &str) -> Reply<EventPage> {
    let shown = usize::try_from(limit).unwrap_or(usize::MAX).min(events.len());
    let (shown, more) = events.split_at(shown);
    let last = shown.last().filter(|_| !more.is_empty());
    let next = last.map(|event| format!("{BASE}/events?after={}&limit={limit}", event.id));
    let link = next.as_ref().map(|next| format!("<{next}>; rel=\"next\""));
    let items = shown.iter().map(|event| EventView::of(event, source)).collect();
    Reply::shown(EventPage::new(items, PageLinks { next, prev: None })).link(link)
}

impl EventView {
    fn of(event: &Event, source: &str) -> Self {
        let Event { id, position: _, kind, subject_kind, subject_id, organisation, occurred_at } = event;
        Self {
            id: *id,
            kind: *kind,
            source: source.to_owned(),
            subject: address_of(subject_kind, *subject_id, *organisation),
            subject_kind: subject_kind.clone(),
            subject_id: *subject_id,
            organisation_id: *organisation,
            time: *occurred_at,
        }
    }
}

/// Where the document says that such a thing is read: by itself, or under its organisation.
pub(super) fn address_of(noun: &str, id: uuid::Uuid, organisation: Option<OrganisationId>) -> Option<String> {
    let plural = plural_of(noun);
    let under = organisation.map(|organisation| format!("/organisations/{organisation}/{plural}/{id}"));
    let addresses = [Some(format!("/{plural}/{id}")), under].into_iter().flatten();
    let mut known = addresses.filter(|address| Contract::shared().find(&Method::GET, address).is_some());
    known.next().map(|address| format!("{BASE}{address}"))
}

fn plural_of(noun: &str) -> String {
    let noun = noun.replace(' ', "-");
    match noun.strip_suffix('y') {
        Some(stem) => format!("{stem}ies"),
        None => format!("{noun}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plural_of_a_noun_is_its_path() {
        assert_eq!(plural_of("mobility policy"), "mobility-policies");
        assert_eq!(plural_of("role assignment"), "role-assignments");
        assert_eq!(plural_of("response"), "responses");
    }

    #[test]
    fn what_the_document_does_not_know_has_no_address() {
        let id = uuid::Uuid::from_u128(7);
        assert_eq!(address_of("organisation", id, None), Some(format!("/v1/organisations/{id}")));
        assert_eq!(address_of("session", id, None), None);
    }
}
