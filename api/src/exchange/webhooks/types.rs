//! Webhook subscriptions and their keys: what administrators send and see.

use chrono::{DateTime, Utc};
use domain::exchange::webhooks::{DisabledReason, WebhookDetails, WebhookKey, WebhookState, WebhookSubscription};
use domain::{EventKind, NetworkId, OrganisationId, WebhookKeyId, WebhookSubscriptionId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::telling::signature_key;
use crate::paging::page_of;
use crate::patch::{Patched, present, set};

/// A new webhook subscription
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct WebhookSubscriptionDraft {
    /// Where events are posted to: https, port 443, on the open internet
    #[schema(min_length = 1, max_length = 400, example = "https://intranet.oss.example/klusnet/gebeurtenissen")]
    url: String,
    /// What it is for
    #[schema(min_length = 1, max_length = 1000, example = "De klussenpagina op het intranet")]
    description: Option<String>,
    /// Only events of these types; of all types where none is named
    #[serde(default)]
    #[schema(max_items = 100)]
    event_types: Vec<EventKind>,
    /// Only events that concern this organisation
    about_organisation_id: Option<OrganisationId>,
    /// Only events told to the people of this network as such: of klussen whose ring names it, and of the network itself where it
    /// is by invitation. The organisation takes part in it
    network_id: Option<NetworkId>,
}

/// What changes in a webhook subscription: what is left out stays, null clears
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct WebhookSubscriptionPatch {
    /// Where events are posted to
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 400,
        example = "https://intranet.oss.example/klusnet/gebeurtenissen"
    )]
    url: Option<String>,
    /// What it is for
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 1000, example = "De klussenpagina op het intranet")]
    description: Patched<String>,
    /// Only events of these types; all of them
    #[schema(nullable = false, max_items = 100)]
    event_types: Option<Vec<EventKind>>,
    /// Only events that concern this organisation
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<OrganisationId>)]
    about_organisation_id: Patched<OrganisationId>,
    /// Only events told to the people of this network as such
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<NetworkId>)]
    network_id: Patched<NetworkId>,
    /// Whether nothing is delivered for now; events wait
    #[schema(nullable = false)]
    paused: Option<bool>,
}

/// Where events of an organisation go (webhook-abonnement)
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = WebhookSubscription)]
pub struct WebhookSubscriptionView {
    /// Identifies it
    id: WebhookSubscriptionId,
    /// Whose it is: it is told what this organisation may know
    organisation_id: OrganisationId,
    /// Where events are posted to
    #[schema(max_length = 400, example = "https://intranet.oss.example/klusnet/gebeurtenissen")]
    url: String,
    /// What it is for
    #[schema(max_length = 1000, example = "De klussenpagina op het intranet")]
    description: Option<String>,
    /// Only events of these types; of all types where none is named
    #[schema(max_items = 100)]
    event_types: Vec<EventKind>,
    /// Only events that concern this organisation
    about_organisation_id: Option<OrganisationId>,
    /// Only events told to the people of this network as such
    network_id: Option<NetworkId>,
    /// Whether nothing is delivered for now
    paused: bool,
    /// Whether it is delivered to
    state: WebhookState,
    /// When its receiver last accepted a ping
    #[schema(example = "2027-01-04T09:05:00Z")]
    verified_at: Option<DateTime<Utc>>,
    /// When it was stopped
    #[schema(example = "2027-02-04T09:05:00Z")]
    disabled_at: Option<DateTime<Utc>>,
    /// Why it was stopped
    disabled_reason: Option<DisabledReason>,
    /// At most so many deliveries a minute, as its receiver asks by WebHook-Allowed-Rate
    #[schema(minimum = 1, maximum = 1_000_000, example = 120)]
    allowed_rate: Option<u32>,
    /// When it was made
    #[schema(example = "2027-01-04T09:00:00Z")]
    created_at: DateTime<Utc>,
    /// When it last changed
    #[schema(example = "2027-01-04T09:00:00Z")]
    modified_at: DateTime<Utc>,
    /// The key that signs what is posted, with its secret: only in the answer to `POST`
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    key: Option<WebhookKeyShownView>,
}

page_of!(
    /// A page of webhook subscriptions
    WebhookSubscriptionPage as WebhookSubscriptionPage, WebhookSubscriptionView
);

/// A key that signs what a subscription is told; the one before it goes on for a while
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct WebhookKeyDraft {
    /// How many hours the key before goes on signing beside this one; 24 unless given
    #[schema(nullable = false, minimum = 0, maximum = 720, example = 24)]
    pub(super) overlap_hours: Option<i64>,
}

/// A new key: the secret is shown only here
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = WebhookKeyShown)]
pub struct WebhookKeyShownView {
    /// Identifies it
    id: WebhookKeyId,
    /// The secret of the signature `v1` (HMAC-SHA256), as the libraries of Standard Webhooks take it
    #[schema(max_length = 100, example = "whsec_a2x1c3Nlbi10ZXN0LXNlY3JldC0wMTIzNDU2Nzg5QUI=")]
    secret: String,
    /// The public key of the signature `v1a` (ed25519)
    #[schema(max_length = 100, example = "whpk_6kpsY+KcUgq+9VB7Ey7F+ZVHdq6+vnuSQh7qaRRG0iw=")]
    public_key: String,
}

/// A key that signs, without its secret
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = WebhookKey)]
pub struct WebhookKeyView {
    /// Identifies it
    id: WebhookKeyId,
    /// The public key of the signature `v1a` (ed25519)
    #[schema(max_length = 100, example = "whpk_6kpsY+KcUgq+9VB7Ey7F+ZVHdq6+vnuSQh7qaRRG0iw=")]
    public_key: String,
    /// When it was made
    #[schema(example = "2027-01-04T09:00:00Z")]
    created_at: DateTime<Utc>,
    /// Until when it signs; null for the newest
    #[schema(example = "2027-01-05T09:00:00Z")]
    retires_at: Option<DateTime<Utc>>,
}

/// The keys of a subscription, newest first
#[derive(Serialize, ToSchema)]
#[schema(as = WebhookKeyList)]
pub struct WebhookKeyListView {
    /// The keys
    #[schema(max_items = 100)]
    pub(super) items: Vec<WebhookKeyView>,
}

impl WebhookSubscriptionDraft {
    pub(super) fn into_details(self) -> WebhookDetails {
        let Self { url, description, event_types, about_organisation_id, network_id } = self;
        WebhookDetails {
            description: description.map(|text| text.trim().to_owned()),
            url: url.trim().to_owned(),
            event_types,
            about_organisation: about_organisation_id,
            network: network_id,
            paused: false,
        }
    }
}

impl WebhookSubscriptionPatch {
    /// What is asked for, with what the patch gives.
    pub(super) fn apply(self, subscription: &WebhookSubscription) -> WebhookDetails {
        let Self { url, description, event_types, about_organisation_id, network_id, paused } = self;
        let mut details = subscription.details.clone();
        set(&mut details.url, url.map(|url| url.trim().to_owned()));
        set(&mut details.description, description.map(|text| text.map(|text| text.trim().to_owned())));
        set(&mut details.event_types, event_types);
        set(&mut details.about_organisation, about_organisation_id);
        set(&mut details.network, network_id);
        set(&mut details.paused, paused);
        details
    }
}

impl From<WebhookSubscription> for WebhookSubscriptionView {
    fn from(subscription: WebhookSubscription) -> Self {
        let state = subscription.state();
        let WebhookSubscription {
            id,
            revision: _, // in the ETag
            organisation,
            details,
            verified_at,
            disabled,
            allowed_rate,
            created_at,
            modified_at,
        } = subscription;
        let WebhookDetails { description, url, event_types, about_organisation, network, paused } = details;
        Self {
            id,
            organisation_id: organisation,
            url,
            description,
            event_types,
            about_organisation_id: about_organisation,
            network_id: network,
            paused,
            state,
            verified_at,
            disabled_at: disabled.map(|(at, _)| at),
            disabled_reason: disabled.map(|(_, reason)| reason),
            allowed_rate,
            created_at,
            modified_at,
            key: None,
        }
    }
}

impl WebhookSubscriptionView {
    /// With the key that signs, for the only time.
    pub(super) fn with_key(subscription: WebhookSubscription, key: &WebhookKey) -> Self {
        Self { key: Some(key.into()), ..subscription.into() }
    }
}

impl From<&WebhookKey> for WebhookKeyShownView {
    fn from(key: &WebhookKey) -> Self {
        let signs = signature_key(key);
        Self { id: key.id, secret: signs.secret_text(), public_key: signs.public_text() }
    }
}

impl From<WebhookKey> for WebhookKeyView {
    fn from(key: WebhookKey) -> Self {
        let public_key = signature_key(&key).public_text();
        let WebhookKey { id, subscription: _, secret: _, seed: _, created_at, retires_at } = key;
        Self { id, public_key, created_at, retires_at }
    }
}
