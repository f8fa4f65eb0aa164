//! What other systems are told.

mod events;
mod identity_joins;
mod oauth;
mod scim;
