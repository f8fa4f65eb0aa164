//! The work done, and the money: the operations.

mod agreements;
mod arrangements;
mod charges;
mod cost_rates;
mod endorsements;
mod evaluations;
mod lending;
#[expect(clippy::module_inception, reason = "the wing and its main entity share a name")]
mod placements;
pub(crate) mod standing;
mod timesheets;

use utoipa_actix_web::service_config::ServiceConfig;

use crate::app::App;
use crate::problem::Problem;

/// Registers the operations of the wing.
pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    arrangements::configure(config);
    placements::configure(config);
    agreements::configure(config);
    config
        .service(cost_rates::create_cost_rate)
        .service(cost_rates::list_cost_rates)
        .service(cost_rates::get_cost_rate);
    timesheets::configure(config);
    charges::configure(config);
    config.service(evaluations::create_evaluation).service(evaluations::list_evaluations);
    endorsements::configure(config);
    config.service(lending::get_lending_ledger);
}

/// Does what is due at this moment.
pub(crate) fn due(app: &App) -> Result<(), Problem> {
    placements::due(app)
}
