//! The description of the OAuth endpoints.

use actix_web::http::header::ACCESS_CONTROL_ALLOW_ORIGIN;
use actix_web::web::Data;
use actix_web::{HttpResponse, get};
use serde_json::{Value, json};

use crate::app::App;
use crate::problem::Problem;

/// The document as it is kept.
pub(crate) const YAML: &str = include_str!("document.yaml");

#[get("/oauth/openapi.json")]
pub(super) async fn get_document(app: Data<App>) -> Result<HttpResponse, Problem> {
    let mut document: Value = yaml_serde::from_str(YAML).map_err(|error| Problem::internal(&error))?;
    if let Some(members) = document.as_object_mut() {
        members.insert("servers".to_owned(), json!([{"url": app.settings.public_url, "description": "This service"}]));
    }
    Ok(HttpResponse::Ok().insert_header((ACCESS_CONTROL_ALLOW_ORIGIN, "*")).json(document))
}
