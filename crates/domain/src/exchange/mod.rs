//! Other systems: how they get in, what they tell, and what is told to them.

pub mod codes;
pub mod identity_joins;
pub mod identity_providers;
pub mod oauth_clients;
pub mod public_keys;
pub mod scim_tokens;
pub mod sign_ins;
pub mod staff;

use crate::{TextEnum as _, TextEnumDescription};

/// The closed lists of the wing, to publish them.
pub(crate) fn vocabularies() -> Vec<TextEnumDescription> {
    vec![
        identity_joins::Tie::describe(),
        oauth_clients::OAuthClientKind::describe(),
        oauth_clients::OAuthGrant::describe(),
        identity_providers::ProviderAuthentication::describe(),
        identity_providers::ProviderStaffKey::describe(),
        identity_providers::SigningAlgorithm::describe(),
    ]
}
