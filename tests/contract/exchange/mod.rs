//! What other systems are told.

mod events;
mod identity_providers;
mod oauth;
mod sign_in;
