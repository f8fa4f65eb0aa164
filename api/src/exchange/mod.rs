//! What other systems are told: the operations.

mod audiences;
mod events;
pub(crate) mod scim;
mod scim_token_types;
mod scim_tokens;
pub(crate) mod staff;

use utoipa_actix_web::service_config::ServiceConfig;

use crate::app::App;
use crate::problem::Problem;

/// Registers the operations of the wing.
pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(events::list_events)
        .service(scim_tokens::create_scim_token)
        .service(scim_tokens::list_scim_tokens)
        .service(scim_tokens::get_scim_token)
        .service(scim_tokens::delete_scim_token);
}

/// Does what is due at this moment.
pub(crate) fn due(app: &App) -> Result<(), Problem> {
    staff::due(app)
}
