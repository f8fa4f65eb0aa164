//! What other systems are told.

mod events;
mod oauth;
