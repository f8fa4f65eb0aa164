//! What other systems are told, and what the service remembers of its own answers and keys.

pub mod channels;
pub mod client_consents;
pub mod feeds;
pub mod identity_joins;
pub mod identity_providers;
pub mod mails;
pub mod notifications;
pub mod oauth_clients;
pub mod outbox;
pub mod remembered_answers;
pub mod request_counts;
pub mod saved_searches;
pub mod scim;
pub mod scim_tokens;
pub mod sign_ins;
pub mod signing_keys;
pub mod spent_tokens;
pub mod staff;
pub mod staff_feeds;
pub mod staff_import_chunks;
pub mod staff_imports;
pub mod webhooks;
