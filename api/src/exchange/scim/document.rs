//! The document of SCIM.

use actix_web::HttpResponse;
use actix_web::get;

#[get("/openapi.json")]
pub(super) async fn get_document() -> HttpResponse {
    HttpResponse::Ok().finish()
}

pub(crate) fn yaml() -> String {
    String::new()
}
