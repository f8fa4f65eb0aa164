//! What other systems are told.

mod events;
mod scim;
