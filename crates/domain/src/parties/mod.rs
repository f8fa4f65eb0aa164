//! Who takes part: organisations, units, policies, networks, people, employments, roles.

pub mod codes;
pub mod employments;
pub mod identifiers;
pub mod memberships;
pub mod mobility_policies;
pub mod networks;
pub mod organisations;
pub mod persons;
pub mod role_assignments;
pub mod units;
