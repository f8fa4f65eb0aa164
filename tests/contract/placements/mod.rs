//! Placements: the work done, and the money.

mod documented;
