//! The web component `<klus-lijst>` for portals that allow scripts: it reads the public feed. A version that is served
//! never changes: a change of the script is a new version at a new address.

use actix_web::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use actix_web::web::{Bytes, Data, ServiceConfig};
use actix_web::{HttpResponse, get};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha384};

use super::answers::HTML;
use crate::app::App;

const SCRIPT: &str = include_str!("klus-lijst.js");
const DEMO: &str = include_str!("demo.html");
const DEMO_STYLE: &str = include_str!("demo.css");

/// Registers the script and its demonstration.
pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(script).service(demo).service(demo_style);
}

#[get("/widget/1.0.0/klus-lijst.js")]
async fn script() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .insert_header((ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .insert_header(("Cross-Origin-Resource-Policy", "cross-origin"))
        .insert_header((CONTENT_TYPE, "text/javascript; charset=utf-8"))
        .body(Bytes::from_static(SCRIPT.as_bytes()))
}

#[get("/widget/1.0.0/demo")]
async fn demo(app: Data<App>) -> HttpResponse {
    let integrity = format!("sha384-{}", STANDARD.encode(Sha384::digest(SCRIPT.as_bytes())));
    let html = DEMO.replace("{origin}", &app.settings.public_url).replace("{integrity}", &integrity);
    let policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";
    HttpResponse::Ok()
        .insert_header((CONTENT_SECURITY_POLICY, policy))
        .insert_header((CACHE_CONTROL, "public, max-age=300"))
        .insert_header((CONTENT_TYPE, HTML))
        .body(html)
}

#[get("/widget/1.0.0/demo.css")]
async fn demo_style() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "public, max-age=300"))
        .insert_header((CONTENT_TYPE, "text/css; charset=utf-8"))
        .body(DEMO_STYLE)
}
