//! Channels: what administrators send and see. The address comes in and is never shown.

use chrono::{DateTime, Utc};
use domain::exchange::channels::{
    Channel, ChannelAddress, ChannelDetails, ChannelDisabledReason, ChannelFrequency, ChannelKind, ChannelState,
};
use domain::parties::persons::PersonLanguage;
use domain::{ChannelId, OrganisationId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::market::criteria::AssignmentCriteriaItem;
use crate::paging::page_of;
use crate::patch::set;

/// A new channel
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChannelDraft {
    /// What it is a channel of
    kind: ChannelKind,
    /// How it is called; it stands in the test message
    #[schema(min_length = 1, max_length = 120, example = "Klussen voor Oss")]
    name: String,
    /// Where messages are posted to, as Teams, Slack or Mattermost gave it: https, port 443, on the open internet. It is a
    /// secret: whoever knows it can post
    #[schema(min_length = 1, max_length = 2000, example = "https://chat.oss.example/hooks/9nq3wz1m7pd4x")]
    url: String,
    /// Which klussen are meant; all that every employee may see where it is left out
    #[schema(nullable = false)]
    criteria: Option<AssignmentCriteriaItem>,
    /// How often it is told of klussen that newly fit
    frequency: ChannelFrequency,
    /// In which language
    language: PersonLanguage,
}

/// What changes in a channel: what is left out stays
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChannelPatch {
    /// What it is a channel of
    #[schema(nullable = false)]
    kind: Option<ChannelKind>,
    /// How it is called
    #[schema(nullable = false, min_length = 1, max_length = 120, example = "Klussen voor Oss")]
    name: Option<String>,
    /// Where messages are posted to
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 2000,
        example = "https://chat.oss.example/hooks/9nq3wz1m7pd4x"
    )]
    url: Option<String>,
    /// Which klussen are meant; all criteria
    #[schema(nullable = false)]
    criteria: Option<AssignmentCriteriaItem>,
    /// How often it is told of klussen that newly fit
    #[schema(nullable = false)]
    frequency: Option<ChannelFrequency>,
    /// In which language
    #[schema(nullable = false)]
    language: Option<PersonLanguage>,
    /// Whether nothing is told for now; klussen wait
    #[schema(nullable = false)]
    paused: Option<bool>,
}

/// A chat of an organisation in which new klussen are told (kanaal)
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Channel)]
pub struct ChannelView {
    /// Identifies it
    id: ChannelId,
    /// Whose it is: it is told what every employee of this organisation may see
    organisation_id: OrganisationId,
    /// What it is a channel of
    kind: ChannelKind,
    /// How it is called
    #[schema(max_length = 120, example = "Klussen voor Oss")]
    name: String,
    /// Where messages are posted to, as far as it is shown: the host
    #[schema(max_length = 2000, example = "https://chat.oss.example/…")]
    masked_url: String,
    /// Which klussen are meant
    criteria: AssignmentCriteriaItem,
    /// How often it is told of klussen that newly fit
    frequency: ChannelFrequency,
    /// In which language
    language: PersonLanguage,
    /// Whether nothing is told for now
    paused: bool,
    /// Whether it is told of klussen
    state: ChannelState,
    /// When its address last accepted a test message
    #[schema(example = "2027-01-04T09:05:00Z")]
    verified_at: Option<DateTime<Utc>>,
    /// When it was stopped
    #[schema(example = "2027-02-04T09:05:00Z")]
    disabled_at: Option<DateTime<Utc>>,
    /// Why it was stopped
    disabled_reason: Option<ChannelDisabledReason>,
    /// When it was made
    #[schema(example = "2027-01-04T09:00:00Z")]
    created_at: DateTime<Utc>,
    /// When it last changed
    #[schema(example = "2027-01-04T09:00:00Z")]
    modified_at: DateTime<Utc>,
}

page_of!(
    /// A page of channels
    ChannelPage as ChannelPage, ChannelView
);

fn address(url: &str) -> ChannelAddress {
    ChannelAddress::new(url.trim().to_owned())
}

impl From<ChannelDraft> for ChannelDetails {
    fn from(draft: ChannelDraft) -> Self {
        let ChannelDraft { kind, name, url, criteria, frequency, language } = draft;
        Self {
            kind,
            name: name.trim().to_owned(),
            address: address(&url),
            criteria: criteria.map(Into::into).unwrap_or_default(),
            frequency,
            language,
            paused: false,
        }
    }
}

impl ChannelPatch {
    /// What is asked for, with what the patch gives.
    pub(super) fn apply(self, channel: &Channel) -> ChannelDetails {
        let Self { kind, name, url, criteria, frequency, language, paused } = self;
        let mut details = channel.details.clone();
        set(&mut details.kind, kind);
        set(&mut details.name, name.map(|name| name.trim().to_owned()));
        set(&mut details.address, url.map(|url| address(&url)));
        set(&mut details.criteria, criteria.map(Into::into));
        set(&mut details.frequency, frequency);
        set(&mut details.language, language);
        set(&mut details.paused, paused);
        details
    }
}

impl From<Channel> for ChannelView {
    fn from(channel: Channel) -> Self {
        let state = channel.state();
        let Channel {
            id,
            revision: _, // in the ETag
            organisation,
            details,
            verified_at,
            disabled,
            next_telling_at: _, // told by its frequency
            created_at,
            modified_at,
        } = channel;
        let ChannelDetails { kind, name, address, criteria, frequency, language, paused } = details;
        Self {
            id,
            organisation_id: organisation,
            kind,
            name,
            masked_url: address.masked(),
            criteria: criteria.into(),
            frequency,
            language,
            paused,
            state,
            verified_at,
            disabled_at: disabled.map(|(at, _)| at),
            disabled_reason: disabled.map(|(_, reason)| reason),
            created_at,
            modified_at,
        }
    }
}
