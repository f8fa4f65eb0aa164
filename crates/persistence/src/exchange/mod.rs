//! What other systems are told, and what the service remembers of its own answers and keys.

pub mod remembered_answers;
pub mod scim;
pub mod scim_tokens;
pub mod signing_keys;
pub mod staff;
