//! What other systems are told, and how they get in: the operations.

mod audiences;
mod events;
pub(crate) mod fetch;
pub(crate) mod identity_providers;
pub(crate) mod oauth;
mod oauth_clients;
pub(crate) mod remote;
pub(crate) mod sign_in;
pub(crate) mod staff;

use utoipa_actix_web::service_config::ServiceConfig;

use crate::app::App;
use crate::problem::Problem;

/// Registers the operations of the wing.
pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(events::list_events);
    identity_providers::configure(config);
    sign_in::configure_operations(config);
    oauth_clients::configure(config);
}

/// Does what is due at this moment.
pub(crate) fn due(app: &App) -> Result<(), Problem> {
    staff::due(app)
}
