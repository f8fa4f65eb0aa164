//! Errors as SCIM tells them, whatever they come of.

use actix_web::body::BoxBody;
use actix_web::http::StatusCode;
use actix_web::http::header::{ALLOW, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use actix_web::{HttpResponse, ResponseError};
use domain::Refusal;
use interchange::scim::{ErrorType, MEDIA_TYPE, ScimError};
use persistence::{Contention, PersistenceError};

use crate::problem::Problem;

/// An error on its way to a client of SCIM.
#[derive(Debug, Clone)]
pub(crate) struct Failure {
    error: ScimError,
    contended: bool,
    retry_after: Option<u64>,
    allow: Option<&'static str>,
}

pub(super) type Outcome<T> = Result<T, Failure>;

impl Failure {
    /// What is told.
    pub(super) fn error(&self) -> &ScimError {
        &self.error
    }

    /// With the methods that are possible.
    pub(super) fn allowing(self, methods: &'static str) -> Self {
        Self { allow: Some(methods), ..self }
    }
}

impl From<ScimError> for Failure {
    fn from(error: ScimError) -> Self {
        Self { error, contended: false, retry_after: None, allow: None }
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        let status = problem.status_code().as_u16();
        let told: Vec<String> =
            problem.faults().iter().map(|fault| format!("{} {}", fault.name, fault.reason)).collect();
        let kind = match problem.code() {
            "staff_key_taken" | "value_taken" => Some(ErrorType::Uniqueness),
            "input_invalid" => Some(ErrorType::InvalidValue),
            _ => None,
        };
        let detail = match (status, told.is_empty()) {
            (400, false) => told.join("; "),
            _ => problem.detail().to_owned(),
        };
        let error = ScimError { status, kind, detail };
        Self { error, contended: problem.is_contended(), retry_after: problem.seconds_to_wait(), allow: None }
    }
}

impl From<PersistenceError> for Failure {
    fn from(error: PersistenceError) -> Self {
        Problem::from(error).into()
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Problem::from(refusal).into()
    }
}

impl Contention for Failure {
    fn is_contended(&self) -> bool {
        self.contended
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.error.fmt(f)
    }
}

impl std::error::Error for Failure {}

impl ResponseError for Failure {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.error.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse<BoxBody> {
        let mut response = HttpResponse::build(self.status_code());
        response.insert_header((CONTENT_TYPE, MEDIA_TYPE));
        if self.error.status == 401 {
            response.insert_header((WWW_AUTHENTICATE, "Bearer realm=\"scim\""));
        }
        if let Some(seconds) = self.retry_after {
            response.insert_header((RETRY_AFTER, seconds));
        }
        if let Some(methods) = self.allow {
            response.insert_header((ALLOW, methods));
        }
        response.body(self.error.json().to_string())
    }
}
