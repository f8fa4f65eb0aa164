//! What stands beside the interface: health, metrics, keys, the document and where to report a weakness.

use actix_web::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CONTENT_TYPE};
use actix_web::web::{Data, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, get};
use serde_json::{Value, json};

use crate::app::App;
use crate::clockwork;
use crate::problem::Problem;
use crate::reply::{entity_tag, is_unchanged};

/// The document in its forms, made once and shared by all threads.
pub struct Documents {
    json: String,
    yaml: String,
    older: String,
    /// For the pages of the documentation.
    pub(crate) page: String,
}

impl Documents {
    /// The document as it is served at this address.
    pub fn at(public_url: &str) -> Self {
        let mut document = crate::document::json();
        let page = served_from(&mut document, "../v1").to_string();
        place_flows(&mut document, public_url);
        let document = served_from(&mut document, &format!("{public_url}/v1"));
        let yaml = yaml_serde::to_string(&document).unwrap_or_default();
        Self { json: document.to_string(), yaml, older: crate::document30::of(document).to_string(), page }
    }
}

/// Where the flows of the authorisation server are, for who reads the document elsewhere.
fn place_flows(document: &mut Value, public_url: &str) {
    let flows = document.pointer_mut("/components/securitySchemes/oauth2/flows").and_then(Value::as_object_mut);
    let addresses = flows.into_iter().flat_map(|flows| flows.values_mut()).filter_map(Value::as_object_mut);
    for (_, address) in addresses.flatten().filter(|(name, _)| name.ends_with("Url")) {
        if let Some(path) = address.as_str() {
            *address = json!(format!("{public_url}{path}"));
        }
    }
}

fn served_from<'d>(document: &'d mut Value, address: &str) -> &'d Value {
    if let Some(members) = document.as_object_mut() {
        members.insert("servers".to_owned(), json!([{"url": address, "description": "This service"}]));
    }
    document
}

/// Registers what stands beside the interface.
pub fn configure(config: &mut ServiceConfig) {
    config
        .service(get_liveness)
        .service(get_readiness)
        .service(get_metrics)
        .service(get_jwks)
        .service(get_security_txt)
        .service(get_document_json)
        .service(get_document_yaml)
        .service(get_older_document);
}

#[get("/health/live")]
async fn get_liveness() -> HttpResponse {
    HttpResponse::Ok().json(json!({"status": "live"}))
}

#[get("/health/ready")]
async fn get_readiness(app: Data<App>) -> Result<HttpResponse, Problem> {
    app.blocking(|app| Ok(app.database.ping()?)).await?;
    Ok(HttpResponse::Ok().json(json!({"status": "ready"})))
}

#[get("/metrics")]
async fn get_metrics(app: Data<App>) -> Result<HttpResponse, Problem> {
    // Also while the database is away there is something to tell.
    let waiting = app.blocking(clockwork::count_unplaced).await.ok();
    let text = app.metrics.text(app.database.pool_state(), waiting)?;
    Ok(HttpResponse::Ok().insert_header((CONTENT_TYPE, "text/plain; version=0.0.4")).body(text))
}

#[get("/.well-known/jwks.json")]
async fn get_jwks(app: Data<App>) -> HttpResponse {
    HttpResponse::Ok().insert_header((ACCESS_CONTROL_ALLOW_ORIGIN, "*")).json(app.tokens.jwks())
}

/// RFC 9116. The file is made at each request, so it never expires while the service is maintained.
#[get("/.well-known/security.txt")]
async fn get_security_txt(app: Data<App>) -> HttpResponse {
    let expires = (app.clock.now() + chrono::TimeDelta::days(90)).format("%Y-%m-%dT%H:%M:%SZ");
    let settings = &app.settings;
    let text = format!(
        "Contact: {}\nExpires: {expires}\nPreferred-Languages: nl, en\nCanonical: {}/.well-known/security.txt\n",
        settings.security_contact, settings.public_url
    );
    HttpResponse::Ok().insert_header((CONTENT_TYPE, "text/plain; charset=utf-8")).body(text)
}

#[get("/v1/openapi.json")]
async fn get_document_json(request: HttpRequest, documents: Data<Documents>) -> HttpResponse {
    open_file(&request, "application/json", &documents.json)
}

#[get("/v1/openapi.yaml")]
async fn get_document_yaml(request: HttpRequest, documents: Data<Documents>) -> HttpResponse {
    open_file(&request, "application/yaml", &documents.yaml)
}

#[get("/v1/openapi-3.0.json")]
async fn get_older_document(request: HttpRequest, documents: Data<Documents>) -> HttpResponse {
    open_file(&request, "application/json", &documents.older)
}

/// A file that anybody may read, from any origin.
fn open_file(request: &HttpRequest, media_type: &'static str, text: &str) -> HttpResponse {
    let tag = entity_tag(None, text);
    let mut response = HttpResponse::Ok();
    response.insert_header((ACCESS_CONTROL_ALLOW_ORIGIN, "*")).insert_header(("ETag", tag.as_str()));
    if is_unchanged(request, &tag) {
        return response.status(actix_web::http::StatusCode::NOT_MODIFIED).finish();
    }
    response.insert_header((CONTENT_TYPE, media_type)).body(text.to_owned())
}
