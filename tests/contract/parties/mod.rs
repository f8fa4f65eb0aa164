//! Who takes part.

mod account_claims;
mod employments;
mod memberships;
mod mobility_policies;
mod networks;
mod organisations;
mod persons;
mod role_assignments;
mod sessions;
mod units;
