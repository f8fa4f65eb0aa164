//! The work, and who answers, as it is kept.

pub mod assignments;
