//! What goes wrong at the OAuth endpoints, as RFC 6749, 5.2 says it.

use actix_web::body::BoxBody;
use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, RETRY_AFTER, WWW_AUTHENTICATE};
use actix_web::{HttpResponse, ResponseError};
use serde_json::json;

use crate::problem::Problem;

/// Why there is no token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OAuthError {
    status: u16,
    error: &'static str,
    description: String,
    retry_after: Option<u64>,
}

impl OAuthError {
    fn new(status: u16, error: &'static str, description: impl Into<String>) -> Self {
        Self { status, error, description: description.into(), retry_after: None }
    }

    /// The request lacks something, says something twice, or says something that makes no sense.
    pub(crate) fn request(description: impl Into<String>) -> Self {
        Self::new(400, "invalid_request", description)
    }

    /// The client did not prove who it is. Nothing tells whether it exists.
    pub(crate) fn client(description: impl Into<String>) -> Self {
        Self::new(401, "invalid_client", description)
    }

    /// The client is not known, not allowed in, or did not prove itself: which of these is not told.
    pub(crate) fn unproven() -> Self {
        Self::client("The client is not known, is disabled, or did not prove who it is.")
    }

    /// What was handed in is not good, or not any more.
    pub(crate) fn grant(description: impl Into<String>) -> Self {
        Self::new(400, "invalid_grant", description)
    }

    /// The client gets its tokens in another way.
    pub(crate) fn unauthorized(description: impl Into<String>) -> Self {
        Self::new(400, "unauthorized_client", description)
    }

    /// There is no such way.
    pub(crate) fn unsupported_grant(description: impl Into<String>) -> Self {
        Self::new(400, "unsupported_grant_type", description)
    }

    /// A scope that there is not, or that the client may not have.
    pub(crate) fn scope(description: impl Into<String>) -> Self {
        Self::new(400, "invalid_scope", description)
    }

    /// A token for something else than this interface (RFC 8693, 2.2.2).
    pub(crate) fn target(description: impl Into<String>) -> Self {
        Self::new(400, "invalid_target", description)
    }

    /// Too many failures: to be tried again after so many seconds.
    pub(crate) fn too_many(seconds: u64) -> Self {
        let description = "Too many failed attempts: wait as long as Retry-After says.";
        Self { retry_after: Some(seconds), ..Self::new(429, "temporarily_unavailable", description) }
    }
}

impl From<Problem> for OAuthError {
    fn from(problem: Problem) -> Self {
        let retry_after = problem.seconds_to_wait();
        match problem.status_code().as_u16() {
            503 => Self { retry_after, ..Self::new(503, "temporarily_unavailable", problem.detail()) },
            500.. => Self::new(500, "server_error", problem.detail()),
            _ => Self::request(problem.detail()),
        }
    }
}

impl std::fmt::Display for OAuthError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}: {}", self.status, self.error, self.description)
    }
}

impl std::error::Error for OAuthError {}

impl ResponseError for OAuthError {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse<BoxBody> {
        let mut response = HttpResponse::build(self.status_code());
        response.insert_header((CACHE_CONTROL, "no-store")).insert_header(("Pragma", "no-cache"));
        if self.status == 401 {
            response.insert_header((WWW_AUTHENTICATE, "Basic realm=\"klusnet\", charset=\"UTF-8\""));
        }
        if let Some(seconds) = self.retry_after {
            response.insert_header((RETRY_AFTER, seconds));
        }
        response.json(json!({"error": self.error, "error_description": self.description}))
    }
}
