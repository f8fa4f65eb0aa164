//! What is answered: one resource or one message, as SCIM names its media type.

use actix_web::body::BoxBody;
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_TYPE, ETAG, LOCATION};
use actix_web::{HttpRequest, HttpResponse, Responder};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use interchange::scim::{MEDIA_TYPE, Resource};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::reply::is_unchanged;

/// An answer.
#[derive(Debug)]
pub(super) struct Told {
    status: StatusCode,
    body: Option<Value>,
    version: Option<String>,
    location: Option<String>,
}

impl Told {
    /// A message.
    pub(super) fn message(body: Value) -> Self {
        Self { status: StatusCode::OK, body: Some(body), version: None, location: None }
    }

    /// A resource, of which `shown` is seen.
    pub(super) fn resource(whole: &Resource, shown: Resource) -> Self {
        let (version, location) = (meta(whole, "version"), meta(whole, "location"));
        Self { status: StatusCode::OK, body: Some(Value::Object(shown)), version, location }
    }

    /// Something new.
    pub(super) fn created(whole: &Resource, shown: Resource) -> Self {
        Self { status: StatusCode::CREATED, ..Self::resource(whole, shown) }
    }

    /// It was done; the resource is `whole` now, if there is one.
    pub(super) fn done(whole: Option<&Resource>) -> Self {
        let version = whole.and_then(|whole| meta(whole, "version"));
        Self { status: StatusCode::NO_CONTENT, body: None, version, location: None }
    }
}

/// What the service says of a resource.
pub(super) fn meta(resource: &Resource, name: &str) -> Option<String> {
    resource.get("meta")?.get(name)?.as_str().map(str::to_owned)
}

/// The ETag of a resource, of all that is shown of it.
pub(super) fn version_of(revision: i64, resource: &Resource) -> String {
    let text = serde_json::to_string(resource).unwrap_or_default();
    let digest = Sha256::digest(text.as_bytes());
    format!("W/\"{revision}-{}\"", URL_SAFE_NO_PAD.encode(digest.get(..9).unwrap_or_default()))
}

impl Responder for Told {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let Self { status, body, version, location } = self;
        let mut response = HttpResponse::build(status);
        if let Some(version) = &version {
            response.insert_header((ETAG, version.as_str()));
            if status == StatusCode::OK && is_unchanged(request, version.trim_start_matches("W/")) {
                return response.status(StatusCode::NOT_MODIFIED).finish();
            }
        }
        if let Some(location) = location {
            response.insert_header((LOCATION, location));
        }
        match body {
            Some(body) => response.insert_header((CONTENT_TYPE, MEDIA_TYPE)).body(body.to_string()),
            None => response.finish(),
        }
    }
}
