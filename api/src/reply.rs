//! What handlers answer with: a representation, its revision and its place.

use actix_web::body::BoxBody;
use actix_web::http::StatusCode;
use actix_web::http::header::{
    CONTENT_DISPOSITION, CONTENT_LANGUAGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH, LINK, LOCATION,
};
use actix_web::{HttpRequest, HttpResponse, Responder};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::Language;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::problem::Problem;

/// What a handler returns.
pub type Answer<T> = Result<Reply<T>, Problem>;

/// A successful answer.
#[derive(Debug)]
pub struct Reply<T> {
    pub(crate) status: StatusCode,
    pub(crate) body: ReplyBody<T>,
    pub(crate) location: Option<String>,
    pub(crate) revision: Option<i64>,
    pub(crate) link: Option<String>,
    pub(crate) language: Option<Language>,
}

/// What is sent.
#[derive(Debug)]
pub(crate) enum ReplyBody<T> {
    Value(T),
    /// As it was sent the first time.
    Remembered(String),
    Nothing,
}

impl<T> Reply<T> {
    /// A thing at its present revision.
    pub fn current(revision: i64, value: T) -> Self {
        Self {
            status: StatusCode::OK,
            body: ReplyBody::Value(value),
            location: None,
            revision: Some(revision),
            link: None,
            language: None,
        }
    }

    /// A representation of something that has no revision.
    pub fn shown(value: T) -> Self {
        Self {
            status: StatusCode::OK,
            body: ReplyBody::Value(value),
            location: None,
            revision: None,
            link: None,
            language: None,
        }
    }

    /// Something new at this path (without the base path).
    pub fn created(path: &str, value: T) -> Self {
        let location = Some(format!("{}{path}", crate::routes::BASE));
        Self {
            status: StatusCode::CREATED,
            body: ReplyBody::Value(value),
            location,
            revision: None,
            link: None,
            language: None,
        }
    }

    /// With this revision in the ETag.
    #[must_use]
    pub fn revision(self, revision: i64) -> Self {
        Self { revision: Some(revision), ..self }
    }

    /// In this language: what it says reads otherwise in another one.
    #[must_use]
    pub fn spoken(self, language: Language) -> Self {
        Self { language: Some(language), ..self }
    }

    /// With this Link header.
    #[must_use]
    pub(crate) fn link(self, link: Option<String>) -> Self {
        Self { link, ..self }
    }
}

impl Reply<()> {
    /// It was done; there is nothing to show.
    pub fn done() -> Self {
        Self {
            status: StatusCode::NO_CONTENT,
            body: ReplyBody::Nothing,
            location: None,
            revision: None,
            link: None,
            language: None,
        }
    }
}

impl<T: Serialize> Reply<T> {
    /// The body as text.
    pub(crate) fn text(&self) -> Result<String, Problem> {
        match &self.body {
            ReplyBody::Value(value) => serde_json::to_string(value).map_err(|error| Problem::internal(&error)),
            ReplyBody::Remembered(text) => Ok(text.clone()),
            ReplyBody::Nothing => Ok(String::new()),
        }
    }

    fn response(self, request: &HttpRequest) -> Result<HttpResponse, Problem> {
        let text = self.text()?;
        let mut response = HttpResponse::build(self.status);
        if let Some(location) = self.location {
            response.insert_header((LOCATION, location));
        }
        if let Some(link) = self.link {
            response.insert_header((LINK, link));
        }
        if let Some(language) = self.language {
            response.insert_header((CONTENT_LANGUAGE, language.tag()));
        }
        if text.is_empty() {
            return Ok(response.finish());
        }
        let tag = entity_tag(self.revision, &text);
        response.insert_header((ETAG, tag.as_str()));
        if self.status == StatusCode::OK && is_unchanged(request, &tag) {
            return Ok(response.status(StatusCode::NOT_MODIFIED).finish());
        }
        response.insert_header((CONTENT_TYPE, "application/json"));
        Ok(response.body(text))
    }
}

/// A file, as it stands in the document
#[derive(utoipa::ToSchema)]
#[schema(value_type = String, format = Binary)]
pub struct FileContent(#[expect(dead_code, reason = "only its schema is used")] Vec<u8>);

/// A file that is read as it is.
#[derive(Debug)]
pub struct Download {
    media_type: &'static str,
    name: &'static str,
    bytes: Vec<u8>,
}

impl Download {
    /// These bytes, under a name for who keeps them.
    pub fn new(media_type: &'static str, name: &'static str, bytes: Vec<u8>) -> Self {
        Self { media_type, name, bytes }
    }
}

impl Responder for Download {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let Self { media_type, name, bytes } = self;
        let tag = tag_of(None, &bytes);
        let mut response = HttpResponse::Ok();
        response.insert_header((ETAG, tag.as_str()));
        if is_unchanged(request, &tag) {
            return response.status(StatusCode::NOT_MODIFIED).finish();
        }
        if media_type.starts_with("text/html") {
            // Nothing but its own style sheet.
            let policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";
            response.insert_header((CONTENT_SECURITY_POLICY, policy));
        }
        response.insert_header((CONTENT_DISPOSITION, format!("inline; filename=\"{name}\"")));
        response.insert_header((CONTENT_TYPE, media_type)).body(bytes)
    }
}

/// The revision, for If-Match, and a digest of the representation, for If-None-Match.
pub(crate) fn entity_tag(revision: Option<i64>, text: &str) -> String {
    tag_of(revision, text.as_bytes())
}

fn tag_of(revision: Option<i64>, bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    let digest = URL_SAFE_NO_PAD.encode(digest.get(..12).unwrap_or_default());
    match revision {
        Some(revision) => format!("\"{revision}-{digest}\""),
        None => format!("\"{digest}\""),
    }
}

/// Whether the caller has this representation already (weak comparison, RFC 9110, 13.1.2); only asked of reads.
pub(crate) fn is_unchanged(request: &HttpRequest, tag: &str) -> bool {
    let Some(header) = request.headers().get(IF_NONE_MATCH).and_then(|header| header.to_str().ok()) else {
        return false;
    };
    let is_read = matches!(request.method().as_str(), "GET" | "HEAD");
    is_read && header.split(',').map(|one| one.trim().trim_start_matches("W/")).any(|one| one == "*" || one == tag)
}

impl<T: Serialize> Responder for Reply<T> {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        self.response(request).unwrap_or_else(|problem| actix_web::ResponseError::error_response(&problem))
    }
}
