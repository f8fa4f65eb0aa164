//! What other systems tell and are told.

mod events;
mod identity_joins;
mod oauth;
mod scim;
mod staff_files;
