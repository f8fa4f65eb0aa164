//! What other systems tell and are told.

mod channels;
mod events;
mod identity_joins;
mod identity_providers;
mod mails;
mod notifications;
mod oauth;
mod publishing;
mod saved_searches;
mod scim;
mod sign_in;
mod staff_files;
mod webhooks;
