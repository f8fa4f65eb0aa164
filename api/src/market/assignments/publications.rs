//! Assignments: what clients send about publishing, ending and handing over.

use chrono::{DateTime, Utc};
use domain::market::assignments::{CancellationReason, ExpiryReason};
use domain::market::publication_rings::{PublicationRequest, Ring, RingRequest};
use domain::{NetworkId, PersonId, truncate};
use serde::Deserialize;
use utoipa::ToSchema;

/// For whom an assignment opens, and until when people may respond
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PublicationDraft {
    /// The rings, from narrow to wide
    #[schema(min_items = 1, max_items = 6)]
    rings: Vec<RingItem>,
    /// Until when people may respond: at least five working days after the widest ring opens
    #[schema(example = "2027-04-30T15:00:00Z")]
    deadline: DateTime<Utc>,
}

/// A ring of a publication
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = PlannedRingItem)]
pub struct RingItem {
    /// The ring
    ring: Ring,
    /// From when; at once unless given
    #[schema(nullable = false, example = "2027-03-08T09:00:00Z")]
    opens_at: Option<DateTime<Utc>>,
    /// Until when, if a wider ring takes over before the deadline
    #[schema(nullable = false, example = "2027-04-30T15:00:00Z")]
    closes_at: Option<DateTime<Utc>>,
    /// The networks of the ring NETWORK: networks that the organisation belongs to
    #[serde(default)]
    #[schema(max_items = 20)]
    network_ids: Vec<NetworkId>,
    /// Why it does not open at once; needed where it opens later
    #[schema(nullable = false, max_length = 1000, example = "Twee collega's vroegen om voorrang")]
    reason: Option<String>,
}

/// What has to change before it can be published
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReviewReturnDraft {
    /// The remarks for the owner
    #[schema(min_length = 1, max_length = 4000, example = "Noem het beoogde resultaat.")]
    pub(super) remarks: String,
}

/// A new deadline
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReopeningDraft {
    /// Until when people may respond
    #[schema(example = "2027-05-31T15:00:00Z")]
    pub(super) deadline: DateTime<Utc>,
}

/// Why it is cancelled
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CancellationDraft {
    /// The reason
    pub(super) reason: CancellationReason,
    /// What you add; needed where the reason is OTHER. Everybody who sees the assignment reads it.
    #[schema(nullable = false, min_length = 1, max_length = 2000, example = "De raad koos voor een andere aanpak.")]
    pub(super) note: Option<String>,
}

/// Why it ends without a placement
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ExpirationDraft {
    /// The reason
    pub(super) reason: ExpiryReason,
    /// What you add; needed where the reason is OTHER. Everybody who sees the assignment reads it.
    #[schema(nullable = false, min_length = 1, max_length = 2000, example = "Niemand kon in deze maanden.")]
    pub(super) note: Option<String>,
}

/// Who owns it from now on
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HandoverDraft {
    /// The client who answers for it
    pub(super) owner_id: PersonId,
    /// Other clients who may do what the owner may
    #[serde(default)]
    #[schema(max_items = 10)]
    pub(super) co_owner_ids: Vec<PersonId>,
}

impl PublicationDraft {
    /// What is asked, and by whom.
    pub(super) fn request(&self, set_by: PersonId) -> PublicationRequest {
        let Self { rings, deadline } = self.clone();
        PublicationRequest {
            rings: rings.into_iter().map(RingRequest::from).collect(),
            deadline: truncate(deadline),
            set_by,
        }
    }
}

impl From<RingItem> for RingRequest {
    fn from(item: RingItem) -> Self {
        let RingItem { ring, opens_at, closes_at, mut network_ids, reason } = item;
        network_ids.sort_unstable();
        network_ids.dedup();
        Self {
            ring,
            opens_at: opens_at.map(truncate),
            closes_at: closes_at.map(truncate),
            networks: network_ids,
            reason,
        }
    }
}
