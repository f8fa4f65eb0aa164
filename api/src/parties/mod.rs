//! Who takes part: the operations.

mod account_activations;
mod organisation_types;
mod organisations;
mod sessions;

pub(crate) use sessions::all_scopes;
use utoipa_actix_web::service_config::ServiceConfig;

/// Registers the operations of the wing.
pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(sessions::create_session)
        .service(sessions::refresh_session)
        .service(sessions::delete_current_session)
        .service(account_activations::activate_account)
        .service(organisations::create_organisation)
        .service(organisations::list_organisations)
        .service(organisations::get_organisation)
        .service(organisations::revise_organisation);
}
