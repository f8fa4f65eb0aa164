//! How the systems of others get in: their clients.

pub mod codes;
pub mod oauth_clients;
pub mod public_keys;

use crate::{TextEnum as _, TextEnumDescription};

/// The closed lists of the wing.
pub(crate) fn vocabularies() -> Vec<TextEnumDescription> {
    vec![oauth_clients::OAuthClientKind::describe(), oauth_clients::OAuthGrant::describe()]
}
