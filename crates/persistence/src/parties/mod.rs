//! Who takes part, as it is kept.

pub mod accounts;
pub mod employments;
pub mod login_attempts;
pub mod memberships;
pub mod mobility_policies;
pub mod networks;
pub mod organisations;
pub mod person_codes;
pub mod persons;
pub mod role_assignments;
pub mod sessions;
pub mod units;
