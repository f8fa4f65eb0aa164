//! The work, and who answers: the operations.

pub(crate) mod assignments;
pub(crate) mod consent_requests;
mod conversations;
pub(crate) mod criteria;
mod matches;
mod offers;
mod pledges;
pub(crate) mod responses;
pub(crate) mod standing;

use utoipa_actix_web::service_config::ServiceConfig;

use crate::app::App;
use crate::problem::Problem;

/// Registers the operations of the wing.
pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    assignments::configure(config);
    matches::configure(config);
    config.service(pledges::list_network_pledges);
    responses::configure(config);
    consent_requests::configure(config);
    conversations::configure(config);
    offers::configure(config);
}

/// Does what is due at this moment.
pub(crate) fn due(app: &App) -> Result<(), Problem> {
    assignments::due(app)?;
    responses::due(app)
}
