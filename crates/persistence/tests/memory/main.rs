//! What is kept, on each database: lists held against the pure rules, rows written and read again.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail by panicking")]

mod assignments;
mod profiles;
mod quality;
mod scratch;
mod sight;
