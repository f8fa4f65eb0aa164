//! The work done, and the money, as it is kept.

pub mod agreement_templates;
pub mod arrangements;
pub mod charge_statements;
pub mod cost_rates;
pub mod endorsements;
pub mod evaluations;
pub mod lending;
#[expect(clippy::module_inception, reason = "the wing and its main entity share a name")]
pub mod placements;
pub mod secondment_agreements;
pub mod timesheets;
