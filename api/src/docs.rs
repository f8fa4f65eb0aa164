//! The interactive documentation, from files inside the binary.

use actix_web::web::{self, ServiceConfig};
use utoipa_swagger_ui::{Config, SwaggerUi};

/// What the pages of the documentation may load: only what this service serves.
const POLICY: &str = "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; font-src 'self'; frame-ancestors 'none'";

/// Registers the documentation.
pub fn configure(config: &mut ServiceConfig) {
    let pages = SwaggerUi::new("/docs/{_:.*}")
        .config(Config::from("/v1/openapi.json").display_request_duration(true).try_it_out_enabled(true));
    let headers = actix_web::middleware::DefaultHeaders::new().add(("Content-Security-Policy", POLICY));
    config.service(web::redirect("/docs", "/docs/"));
    config.service(web::scope("").wrap(headers).service(pages));
}
