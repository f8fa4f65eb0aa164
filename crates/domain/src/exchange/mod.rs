//! Other systems: how they get in, what they tell, and what is told to them.

pub mod channels;
pub mod codes;
pub mod feeds;
pub mod identity_joins;
pub mod identity_providers;
pub mod mails;
pub mod notifications;
pub mod oauth_clients;
pub mod public_keys;
pub mod saved_searches;
pub mod scim_tokens;
pub mod sign_ins;
pub mod staff;
pub mod staff_feeds;
pub mod staff_files;
pub mod staff_imports;
pub mod staff_mapping;
pub mod webhooks;

use crate::{LifecycleDescription, TextEnum as _, TextEnumDescription};

/// The lifecycles of the wing, to publish them.
pub(crate) fn lifecycles() -> Vec<LifecycleDescription> {
    vec![staff_imports::LIFECYCLE.describe()]
}

/// The closed lists of the wing, to publish them.
pub(crate) fn vocabularies() -> Vec<TextEnumDescription> {
    vec![
        channels::ChannelKind::describe(),
        channels::ChannelFrequency::describe(),
        channels::ChannelState::describe(),
        channels::ChannelDisabledReason::describe(),
        feeds::FeedKind::describe(),
        identity_joins::Tie::describe(),
        oauth_clients::OAuthClientKind::describe(),
        oauth_clients::OAuthGrant::describe(),
        identity_providers::ProviderAuthentication::describe(),
        identity_providers::ProviderStaffKey::describe(),
        identity_providers::SigningAlgorithm::describe(),
        staff_mapping::StaffField::describe(),
        staff_mapping::StaffConversion::describe(),
        staff_files::StaffFaultCode::describe(),
        staff_feeds::StaffSource::describe(),
        staff_imports::StaffImportMode::describe(),
        staff_imports::StaffImportState::describe(),
        staff_imports::StaffImportAction::describe(),
        staff_imports::StaffRowOutcome::describe(),
        staff_imports::StaffThreshold::describe(),
        webhooks::WebhookState::describe(),
        webhooks::DisabledReason::describe(),
        webhooks::DeliveryState::describe(),
        saved_searches::AlertFrequency::describe(),
        notifications::NotificationKind::describe(),
        notifications::NotificationGroup::describe(),
        notifications::EmailFrequency::describe(),
    ]
}
