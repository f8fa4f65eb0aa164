//! Who takes part.

mod employments;
mod organisations;
mod persons;
mod role_assignments;
mod sessions;
