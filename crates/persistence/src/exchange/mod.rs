//! What other systems are told, and what the service remembers of its own answers and keys.

pub mod identity_joins;
pub mod oauth_clients;
pub mod remembered_answers;
pub mod signing_keys;
pub mod spent_tokens;
pub mod staff;
pub mod staff_feeds;
pub mod staff_import_chunks;
pub mod staff_imports;
