//! Events as clients see them: in a page, and as a message.

use std::collections::BTreeMap;
use std::sync::{PoisonError, RwLock};

use actix_web::http::Method;
use chrono::{DateTime, Utc};
use domain::{EventId, EventKind, Moment, OrganisationId};
use persistence::ledger::Event;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::contract::Contract;
use crate::paging::page_of;
use crate::routes::BASE;

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
    subject_id: Uuid,
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

/// An event as it is posted to a receiver: a CloudEvent 1.0 in structured mode (NL GOV profile 1.1), without personal data
#[derive(Serialize, ToSchema)]
#[schema(as = CloudEvent)]
pub struct CloudEventView {
    /// The version of CloudEvents
    #[schema(max_length = 10, example = "1.0")]
    specversion: &'static str,
    /// Identifies it, with `source`: the same event may come twice, with the same id
    id: EventId,
    /// The service it happened at
    #[schema(format = "uri-reference", max_length = 400, example = "https://api.klusnet.example/v1")]
    source: String,
    /// What it tells
    #[serde(rename = "type")]
    #[schema(max_length = 100, example = "nl.klusnet.assignment-published.v1")]
    kind: String,
    /// Which thing it is about: its path, or its noun and id where it has no address of its own
    #[schema(max_length = 400, example = "/v1/assignments/01935b7e-8a3c-7c4e-9a51-3d2f6b8e0c17")]
    subject: String,
    /// When it happened, as it was logged
    #[schema(example = "2027-01-31T12:00:00Z")]
    time: DateTime<Utc>,
    /// The media type of `data`
    #[schema(max_length = 40, example = "application/json")]
    datacontenttype: &'static str,
    /// Where to read the thing; left out where it has no address of its own
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        format = "uri",
        max_length = 400,
        example = "https://api.klusnet.example/v1/assignments/01935b7e-8a3c-7c4e-9a51-3d2f6b8e0c17"
    )]
    dataref: Option<String>,
    /// Which thing it is about
    data: EventDataView,
}

/// Which thing an event is about; what it holds is read where it is, with a token that may
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = EventData)]
pub struct EventDataView {
    /// The noun of the thing, in the singular
    #[schema(max_length = 80, example = "assignment")]
    subject_kind: String,
    /// The id of the thing
    subject_id: Uuid,
    /// The organisation it concerns
    organisation_id: Option<OrganisationId>,
}

impl EventView {
    pub(super) fn of(event: &Event, public_url: &str) -> Self {
        let Event { id, position: _, kind, subject_kind, subject_id, organisation, occurred_at } = event;
        Self {
            id: *id,
            kind: *kind,
            source: source_of(public_url),
            subject: address_of(subject_kind, *subject_id, *organisation),
            subject_kind: subject_kind.clone(),
            subject_id: *subject_id,
            organisation_id: *organisation,
            time: *occurred_at,
        }
    }
}

impl CloudEventView {
    /// The event as a message.
    pub(crate) fn of(event: &Event, public_url: &str) -> Self {
        let Event { id, position: _, kind, subject_kind, subject_id, organisation, occurred_at } = event;
        let address = address_of(subject_kind, *subject_id, *organisation);
        let data = EventDataView {
            subject_kind: subject_kind.clone(),
            subject_id: *subject_id,
            organisation_id: *organisation,
        };
        Self::made((*id, kind.to_string()), address, data, public_url, *occurred_at)
    }

    /// A message that tells of nothing.
    pub(crate) fn ping(
        id: EventId,
        address: String,
        (subject_id, organisation): (Uuid, OrganisationId),
        public_url: &str,
        now: Moment,
    ) -> Self {
        let data = EventDataView {
            subject_kind: "webhook subscription".to_owned(),
            subject_id,
            organisation_id: Some(organisation),
        };
        Self::made((id, PING.to_owned()), Some(address), data, public_url, now)
    }

    fn made(
        (id, kind): (EventId, String),
        address: Option<String>,
        data: EventDataView,
        public_url: &str,
        time: Moment,
    ) -> Self {
        let unnamed = || format!("{}/{}", data.subject_kind.replace(' ', "-"), data.subject_id);
        Self {
            specversion: "1.0",
            id,
            source: source_of(public_url),
            kind,
            dataref: address.as_ref().map(|address| format!("{public_url}{address}")),
            subject: address.unwrap_or_else(unnamed),
            time,
            datacontenttype: "application/json",
            data,
        }
    }
}

/// The type of a message that tells of nothing.
pub(super) const PING: &str = "nl.klusnet.ping.v1";

fn source_of(public_url: &str) -> String {
    format!("{public_url}{BASE}")
}

/// How the document addresses the things of a noun.
#[derive(Clone, Copy)]
enum Address {
    ByItself,
    UnderItsOrganisation,
    Nowhere,
}

/// Where the document says that such a thing is read: by itself, or under its organisation.
pub(in crate::exchange) fn address_of(noun: &str, id: Uuid, organisation: Option<OrganisationId>) -> Option<String> {
    let plural = plural_of(noun);
    match (kind_of_address(noun, &plural), organisation) {
        (Address::ByItself, _) => Some(format!("{BASE}/{plural}/{id}")),
        (Address::UnderItsOrganisation, Some(organisation)) => {
            Some(format!("{BASE}/organisations/{organisation}/{plural}/{id}"))
        }
        _ => None,
    }
}

/// The document is asked once for each noun: there are few, and many events.
fn kind_of_address(noun: &str, plural: &str) -> Address {
    static KNOWN: RwLock<BTreeMap<String, Address>> = RwLock::new(BTreeMap::new());
    let known = KNOWN.read().unwrap_or_else(PoisonError::into_inner).get(noun).copied();
    known.unwrap_or_else(|| {
        let any = Uuid::nil();
        let stands = |path: String| Contract::shared().find(&Method::GET, &path).is_some();
        let found = if stands(format!("/{plural}/{any}")) {
            Address::ByItself
        } else if stands(format!("/organisations/{any}/{plural}/{any}")) {
            Address::UnderItsOrganisation
        } else {
            Address::Nowhere
        };
        KNOWN.write().unwrap_or_else(PoisonError::into_inner).insert(noun.to_owned(), found);
        found
    })
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
        let id = Uuid::from_u128(7);
        assert_eq!(address_of("organisation", id, None), Some(format!("/v1/organisations/{id}")));
        assert_eq!(address_of("session", id, None), None);
    }
}
