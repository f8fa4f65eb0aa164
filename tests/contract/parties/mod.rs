//! Who takes part.

mod organisations;
mod sessions;
