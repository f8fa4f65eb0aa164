//! The authorisation server (RFC 6749, NL GOV profile for OAuth 2.0): it stands beside the interface, as its requests
//! are forms and its errors those of RFC 6749. Described in `document.yaml`, which `/oauth/openapi.json` serves.
//!
//! A client proves itself ([`authentication`]), then one of the grants makes the token. Clients themselves are managed
//! at `/v1/organisations/{organisationId}/oauth-clients`.

mod assertions;
pub(crate) mod authentication;
mod client_credentials;
mod document;
pub(crate) mod errors;
mod exchanging;
pub(crate) mod form;
mod metadata;
pub(crate) mod people;
mod refreshing;
pub(crate) mod sessions;
mod taking_back;
pub(crate) mod tokens;

use actix_web::web::ServiceConfig;

/// Registers the endpoints.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config
        .service(metadata::get_metadata)
        .service(document::get_document)
        .service(tokens::create_token)
        .service(taking_back::revoke_token)
        .service(taking_back::introspect_token);
}
