//! Placements: hours, money, and what was learned.

mod corrections;
mod timesheets;
