//! The interactive documentation, from files inside the binary.

use actix_web::http::header::CONTENT_TYPE;
use actix_web::web::{self, Data, ServiceConfig};
use actix_web::{HttpResponse, get};
use utoipa_swagger_ui::{Config, SwaggerUi, oauth};

use crate::plumbing::Documents;

/// What the pages of the documentation may load: only what this service serves.
const POLICY: &str = "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; font-src 'self'; frame-ancestors 'none'";

/// Registers the documentation.
pub fn configure(config: &mut ServiceConfig) {
    // Register a public client with …/docs/oauth2-redirect.html as redirect address, and sign in with its id.
    let pages = SwaggerUi::new("/{_:.*}")
        .config(Config::from("openapi.json").display_request_duration(true).try_it_out_enabled(true))
        .oauth(oauth::Config::new().use_pkce_with_authorization_code_grant(true));
    let headers = actix_web::middleware::DefaultHeaders::new().add(("Content-Security-Policy", POLICY));
    config.service(web::redirect("/docs", "/docs/"));
    config.service(web::scope("/docs").wrap(headers).service(get_page_document).service(pages));
}

/// The document for the pages: it names the service by where the pages come from, so that trying out an operation
/// stays within their origin, also behind a proxy or under another name.
#[get("/openapi.json")]
async fn get_page_document(documents: Data<Documents>) -> HttpResponse {
    HttpResponse::Ok().insert_header((CONTENT_TYPE, "application/json")).body(documents.page.clone())
}
