//! Feeds: what clients send and see.

use chrono::{DateTime, Utc};
use domain::exchange::feeds::{Feed, FeedKind};
use domain::{FeedId, OrganisationId, PersonId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::market::criteria::AssignmentCriteriaItem;
use crate::paging::page_of;

/// A new feed of klussen
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FeedDraft {
    /// What it is called; readers show it above the klussen
    #[schema(min_length = 1, max_length = 100, example = "Klussen voor ons intranet")]
    pub(super) name: String,
    /// With the eyes of whose employees it looks; left out for a feed of your own
    #[schema(nullable = false)]
    pub(super) organisation_id: Option<OrganisationId>,
    /// Which klussen it tells of; all that may be seen where it is left out
    #[schema(nullable = false)]
    pub(super) criteria: Option<AssignmentCriteriaItem>,
}

/// A feed of klussen at an address with a secret (feed)
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Feed)]
pub struct FeedView {
    /// Identifies it
    id: FeedId,
    /// Whose eyes it looks with
    kind: FeedKind,
    /// Who made it
    owner_id: PersonId,
    /// The organisation whose employees' eyes it looks with; null for a personal feed
    organisation_id: Option<OrganisationId>,
    /// What it is called
    #[schema(max_length = 100, example = "Klussen voor ons intranet")]
    name: String,
    /// Which klussen it tells of
    criteria: AssignmentCriteriaItem,
    /// When it was made
    #[schema(example = "2026-11-24T09:00:00Z")]
    created_at: DateTime<Utc>,
}

/// A new feed, with its addresses, which are shown this once
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = NewFeed)]
pub struct NewFeedView {
    /// Identifies it
    id: FeedId,
    /// Whose eyes it looks with
    kind: FeedKind,
    /// Who made it
    owner_id: PersonId,
    /// The organisation whose employees' eyes it looks with; null for a personal feed
    organisation_id: Option<OrganisationId>,
    /// What it is called
    #[schema(max_length = 100, example = "Klussen voor ons intranet")]
    name: String,
    /// Which klussen it tells of
    criteria: AssignmentCriteriaItem,
    /// When it was made
    #[schema(example = "2026-11-24T09:00:00Z")]
    created_at: DateTime<Utc>,
    /// Where readers fetch it; whoever knows these addresses can read it, and they are shown only now
    addresses: FeedAddressesItem,
}

/// Where a feed is fetched, in each format
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = FeedAddresses)]
pub struct FeedAddressesItem {
    /// As RSS 2.0
    #[schema(
        format = "uri-reference",
        max_length = 400,
        example = "https://api.klusnet.example/feeds/klusnet_feed_Zk2Q/klussen.rss"
    )]
    rss: String,
    /// As Atom
    #[schema(
        format = "uri-reference",
        max_length = 400,
        example = "https://api.klusnet.example/feeds/klusnet_feed_Zk2Q/klussen.atom"
    )]
    atom: String,
    /// As JSON Feed 1.1
    #[schema(
        format = "uri-reference",
        max_length = 400,
        example = "https://api.klusnet.example/feeds/klusnet_feed_Zk2Q/klussen.json"
    )]
    json: String,
    /// As iCalendar: until when one can respond, and when the work begins
    #[schema(
        format = "uri-reference",
        max_length = 400,
        example = "https://api.klusnet.example/feeds/klusnet_feed_Zk2Q/klussen.ics"
    )]
    ics: String,
}

page_of!(
    /// A page of feeds
    FeedPage as FeedPage, FeedView
);

impl From<Feed> for FeedView {
    fn from(feed: Feed) -> Self {
        let kind = feed.kind();
        let Feed { id, owner, organisation, name, criteria, created_at } = feed;
        let criteria = criteria.into();
        Self { id, kind, owner_id: owner, organisation_id: organisation, name, criteria, created_at }
    }
}

impl NewFeedView {
    /// The feed with its addresses.
    pub(super) fn of(feed: Feed, token: &str, public_url: &str) -> Self {
        let FeedView { id, kind, owner_id, organisation_id, name, criteria, created_at } = feed.into();
        let at = |format: &str| format!("{public_url}/feeds/{token}/klussen.{format}");
        let addresses = FeedAddressesItem { rss: at("rss"), atom: at("atom"), json: at("json"), ics: at("ics") };
        Self { id, kind, owner_id, organisation_id, name, criteria, created_at, addresses }
    }
}
