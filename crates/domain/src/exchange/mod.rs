//! Other systems: what they tell, and what is told to them.

pub mod codes;
pub mod scim_tokens;
pub mod staff;
