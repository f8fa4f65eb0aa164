//! What the authorisation server says of itself (RFC 8414).

use actix_web::http::header::ACCESS_CONTROL_ALLOW_ORIGIN;
use actix_web::web::Data;
use actix_web::{HttpResponse, get};
use serde_json::{Value, json};

use super::tokens::GRANT_TYPES;
use crate::app::App;
use crate::tokens::SCOPES;

#[get("/.well-known/oauth-authorization-server")]
pub(super) async fn get_metadata(app: Data<App>) -> HttpResponse {
    HttpResponse::Ok().insert_header((ACCESS_CONTROL_ALLOW_ORIGIN, "*")).json(metadata(app.tokens.issuer()))
}

fn metadata(issuer: &str) -> Value {
    let at = |path: &str| format!("{issuer}{path}");
    let proofs = ["private_key_jwt", "client_secret_basic", "client_secret_post", "none"];
    let algorithms = ["RS256", "PS256", "ES256"];
    let scopes: Vec<&str> = SCOPES.iter().map(|(name, _)| *name).collect();
    json!({
        "issuer": issuer,
        "authorization_endpoint": at("/oauth/authorize"),
        "token_endpoint": at("/oauth/token"),
        "revocation_endpoint": at("/oauth/revoke"),
        "introspection_endpoint": at("/oauth/introspect"),
        "jwks_uri": at("/.well-known/jwks.json"),
        "scopes_supported": scopes,
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": GRANT_TYPES,
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": proofs,
        "token_endpoint_auth_signing_alg_values_supported": algorithms,
        "revocation_endpoint_auth_methods_supported": proofs,
        "revocation_endpoint_auth_signing_alg_values_supported": algorithms,
        "introspection_endpoint_auth_methods_supported": proofs.get(..3),
        "introspection_endpoint_auth_signing_alg_values_supported": algorithms,
        "authorization_response_iss_parameter_supported": true,
        "service_documentation": at("/docs/"),
        "ui_locales_supported": ["nl", "en"],
    })
}
