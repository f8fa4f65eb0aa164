//! The work done, and the money: arrangements, placements, agreements, hours, what they cost, and the way back.

pub mod arrangements;
pub mod capacity;
pub mod charge_statements;
pub mod codes;
pub mod cost_rates;
pub mod endorsements;
pub mod evaluations;
pub mod gates;
pub mod money;
#[expect(clippy::module_inception, reason = "the wing and its main entity share a name")]
pub mod placements;
pub mod secondment_agreements;
pub mod timesheets;
pub mod variants;

#[cfg(test)]
mod fixtures;
#[cfg(test)]
mod properties;

use crate::{LifecycleDescription, TextEnum, TextEnumDescription};

/// The lifecycles of the wing, to publish them.
pub fn lifecycles() -> Vec<LifecycleDescription> {
    vec![
        arrangements::LIFECYCLE.describe(),
        placements::LIFECYCLE.describe(),
        secondment_agreements::LIFECYCLE.describe(),
        timesheets::LIFECYCLE.describe(),
        charge_statements::LIFECYCLE.describe(),
        endorsements::LIFECYCLE.describe(),
    ]
}

/// The closed lists of the wing, to publish them.
pub fn vocabularies() -> Vec<TextEnumDescription> {
    vec![
        variants::HourKind::describe(),
        variants::Demand::describe(),
        variants::ExemptionLimit::describe(),
        arrangements::ArrangementState::describe(),
        arrangements::ArrangementAction::describe(),
        arrangements::Side::describe(),
        arrangements::ReturnDestination::describe(),
        placements::PlacementState::describe(),
        placements::PlacementAction::describe(),
        placements::CancelReason::describe(),
        placements::EndReason::describe(),
        secondment_agreements::AgreementState::describe(),
        secondment_agreements::AgreementAction::describe(),
        secondment_agreements::AgreementWarning::describe(),
        secondment_agreements::ClauseGroup::describe(),
        secondment_agreements::Party::describe(),
        secondment_agreements::ProcurementBasis::describe(),
        secondment_agreements::ShownAs::describe(),
        secondment_agreements::VatCategory::describe(),
        timesheets::TimesheetState::describe(),
        timesheets::TimesheetAction::describe(),
        charge_statements::ChargeStatementKind::describe(),
        charge_statements::ChargeStatementState::describe(),
        charge_statements::ChargeStatementAction::describe(),
        evaluations::ResultReached::describe(),
        endorsements::EndorsementState::describe(),
        endorsements::EndorsementAction::describe(),
    ]
}
