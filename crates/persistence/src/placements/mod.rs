//! The work done, and the money, as it is kept.

pub mod agreement_templates;
pub mod arrangements;
pub mod charge_statements;
pub mod cost_rates;
pub mod evaluations;
pub mod lending;
pub mod placements;
pub mod secondment_agreements;
pub mod timesheets;
