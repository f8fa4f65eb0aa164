//! What other systems are told.

mod events;
