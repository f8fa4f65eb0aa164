//! What other systems are told, and how they get in: the operations.

mod addresses;
mod audiences;
pub(crate) mod channels;
pub(crate) mod events;
mod feeds;
pub(crate) mod fetch;
mod identity_joins;
pub(crate) mod identity_providers;
pub(crate) mod mails;
mod notifications;
pub(crate) mod oauth;
mod oauth_clients;
mod openings;
pub(crate) mod publishing;
pub(crate) mod pulse;
pub(crate) mod remote;
mod saved_searches;
pub(crate) mod scim;
mod scim_token_types;
mod scim_tokens;
pub(crate) mod sign_in;
pub(crate) mod staff;
pub(crate) mod staff_feeds;
pub(crate) mod staff_imports;
pub(crate) mod webhooks;

pub(crate) use scim_tokens::issue as issue_scim_token;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::app::App;
use crate::problem::Problem;

/// Registers the operations of the wing.
pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(identity_joins::create_join_code)
        .service(identity_joins::join_identities)
        .service(scim_tokens::create_scim_token)
        .service(scim_tokens::list_scim_tokens)
        .service(scim_tokens::get_scim_token)
        .service(scim_tokens::delete_scim_token);
    events::configure(config);
    webhooks::configure(config);
    channels::configure(config);
    feeds::configure(config);
    identity_providers::configure(config);
    sign_in::configure_operations(config);
    oauth_clients::configure(config);
    staff_feeds::configure(config);
    staff_imports::configure(config);
    saved_searches::configure(config);
    notifications::configure(config);
    mails::configure_operations(config);
}

/// Does what is due at this moment.
pub(crate) fn due(app: &App) -> Result<(), Problem> {
    events::due(app)?;
    webhooks::due(app)?;
    staff::due(app)?;
    staff_imports::due(app)
}

/// Tells people what happened, once the events have their places.
pub(crate) fn tell(app: &App) -> Result<(), Problem> {
    saved_searches::due(app)?;
    channels::due(app)?;
    notifications::due(app)?;
    mails::due(app)
}
