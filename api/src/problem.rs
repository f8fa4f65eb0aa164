//! Problem details for every error (RFC 9457): what went wrong, and what would be right.

use actix_web::body::BoxBody;
use actix_web::http::StatusCode;
use actix_web::http::header::{ALLOW, CONTENT_LANGUAGE, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use actix_web::{HttpResponse, HttpResponseBuilder, ResponseError};
use domain::{Fault, Kind, Language, Legal, Refusal};
use persistence::{Contention, PersistenceError};
use serde::Serialize;
use utoipa::ToSchema;

/// A reason that HTTP knows and the domain does not.
#[derive(Debug)]
pub struct HttpCode {
    /// Stable, in snake_case.
    pub name: &'static str,
    /// The status it is answered with.
    pub status: u16,
    /// The title in English.
    pub english: &'static str,
    /// The title in Dutch.
    pub dutch: &'static str,
}

macro_rules! http_codes {
    ($($name:ident = $text:literal, $status:literal, $english:literal, $dutch:literal;)+) => {
        $(#[doc = $english]
        pub static $name: HttpCode = HttpCode { name: $text, status: $status, english: $english, dutch: $dutch };)+
        /// All reasons that HTTP knows and the domain does not.
        pub static HTTP_CODES: &[&HttpCode] = &[$(&$name),+];
    };
}

http_codes! {
    BODY_UNREADABLE = "body_unreadable", 400, "The body cannot be read", "De inhoud is niet te lezen";
    TOKEN_MISSING = "token_missing", 401, "A token is needed", "Er is een token nodig";
    TOKEN_INVALID = "token_invalid", 401, "The token is not valid", "Het token is niet geldig";
    CREDENTIALS_WRONG = "credentials_wrong", 401,
        "E-mail address or password is wrong", "E-mailadres of wachtwoord klopt niet";
    PERSON_NEEDED = "person_needed", 403, "Only a person can do this", "Alleen een persoon kan dit";
    CLIENT_NEEDED = "client_needed", 403, "Only a system of an organisation can do this", "Alleen een systeem van een organisatie kan dit";
    SCOPE_MISSING = "scope_missing", 403, "The token lacks a scope", "Het token mist een bevoegdheid (scope)";
    PATH_UNKNOWN = "path_unknown", 404, "There is nothing at this address", "Op dit adres is niets";
    METHOD_NOT_ALLOWED = "method_not_allowed", 405, "This method is not possible here", "Deze methode kan hier niet";
    NOT_ACCEPTABLE = "not_acceptable", 406,
        "None of the media types you accept can be given", "Geen van de gevraagde mediatypen is beschikbaar";
    IDEMPOTENCY_KEY_REUSED = "idempotency_key_reused", 409,
        "This Idempotency-Key came with another request", "Deze Idempotency-Key hoort bij een ander verzoek";
    VALUE_TAKEN = "value_taken", 409, "A value that must be unique is there already", "Een unieke waarde bestaat al";
    EVENT_TOO_OLD = "event_too_old", 410, "This event is not kept any more", "Deze gebeurtenis wordt niet meer bewaard";
    REVISION_STALE = "revision_stale", 412, "It changed since you read it", "Het is gewijzigd sinds u het las";
    BODY_TOO_LARGE = "body_too_large", 413, "The body is too large", "De inhoud is te groot";
    MEDIA_TYPE_UNSUPPORTED = "media_type_unsupported", 415,
        "This media type is not understood", "Dit mediatype wordt niet begrepen";
    REVISION_MISSING = "revision_missing", 428, "If-Match is needed", "If-Match is nodig";
    TOO_MANY_ATTEMPTS = "too_many_attempts", 429, "Too many attempts", "Te veel pogingen";
    RATE_LIMITED = "rate_limited", 429, "Too many requests", "Te veel verzoeken";
    INTERNAL = "internal", 500, "Something went wrong here", "Er ging hier iets mis";
    UNAVAILABLE = "unavailable", 503, "The service cannot be used now", "De dienst is nu niet bruikbaar";
}

/// An error as it travels through the service; the envelope writes it in the language of the caller.
#[derive(Debug, Clone)]
pub struct Problem {
    status: u16,
    code: &'static str,
    english: &'static str,
    dutch: &'static str,
    detail: String,
    faults: Vec<Fault>,
    legal: Vec<Legal>,
    retry_after: Option<u64>,
    allow: Option<String>,
    contended: bool,
}

/// What went wrong (RFC 9457, with the members that the Dutch API rules add)
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Problem)]
pub struct ProblemView<'a> {
    /// Where the kind of problem is explained
    #[serde(rename = "type")]
    #[schema(format = "uri-reference", example = "/v1/problem-types/input_invalid", max_length = 200)]
    kind: String,
    /// What kind of problem it is, in the language of the caller
    #[schema(example = "The input is not valid", max_length = 200)]
    title: &'a str,
    /// The HTTP status
    #[schema(example = 400, minimum = 400, maximum = 599)]
    status: u16,
    /// What is wrong here and what is allowed
    #[schema(example = "See invalidParams for what is allowed: title.", max_length = 4000)]
    detail: &'a str,
    /// A stable name of the kind of problem, to branch on; `GET /problem-types` lists all
    #[schema(example = "input_invalid", max_length = 80)]
    code: &'a str,
    /// Every field, parameter or header at fault; all of them at once
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_items = 1000)]
    invalid_params: Option<Vec<InvalidParam<'a>>>,
    /// What can be done instead in the present state
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_items = 100)]
    legal_transitions: Option<Vec<LegalTransition>>,
}

/// One field, parameter or header at fault
#[derive(Debug, Serialize, ToSchema)]
pub struct InvalidParam<'a> {
    /// The field as it was sent, with dots for nesting
    #[schema(example = "requiredSkills.0.label", max_length = 400)]
    name: &'a str,
    /// What is allowed
    #[schema(example = "must have at most 120 characters", max_length = 2000)]
    reason: &'a str,
}

/// Something that can be done in the present state
#[derive(Debug, Serialize, ToSchema)]
pub struct LegalTransition {
    /// What can be done
    #[schema(example = "CLOSE", max_length = 80)]
    action: &'static str,
    /// The state it leads to
    #[schema(example = "CLOSED", max_length = 80)]
    to: &'static str,
}

impl Problem {
    /// The same, told otherwise where it says that something is not there; trouble with the database stays what it is.
    pub(crate) fn if_missing(self, told: Refusal) -> Self {
        if self.status == status_of(Kind::Hidden) { told.into() } else { self }
    }

    /// Whether it says that something is not there, for this caller or at all.
    pub(crate) fn is_absence(&self) -> bool {
        self.status == status_of(Kind::Hidden)
    }

    /// A problem of this kind; `detail` says what is wrong here and what would be right.
    pub fn new(code: &'static HttpCode, detail: impl Into<String>) -> Self {
        Self {
            status: code.status,
            code: code.name,
            english: code.english,
            dutch: code.dutch,
            detail: detail.into(),
            faults: Vec::new(),
            legal: Vec::new(),
            retry_after: None,
            allow: None,
            contended: false,
        }
    }

    /// Whether a rule refuses it, so that the same again would be refused again.
    pub(crate) fn is_refusal(&self) -> bool {
        matches!(self.status, 400..=409) && !self.contended
    }

    /// The fields at fault.
    pub(crate) fn fields(&self) -> impl Iterator<Item = &str> {
        self.faults.iter().map(|fault| fault.name.as_str())
    }

    /// A fault of the service itself: the cause goes to the log under an incident number, the caller gets the number.
    pub fn internal(cause: &dyn std::fmt::Display) -> Self {
        let incident = uuid::Uuid::from_u128(rand::random());
        tracing::error!(%incident, %cause, "a request failed");
        Self::new(&INTERNAL, format!("The cause is in the log of the service as incident {incident}."))
    }

    /// These fields, parameters or headers are at fault.
    pub fn invalid(faults: Vec<Fault>) -> Self {
        let mut collected = domain::Faults::default();
        for fault in faults {
            collected.add(&fault.name, fault.reason);
        }
        collected.finish().map_or_else(Self::from, |()| Self::internal(&"a refusal without a fault"))
    }

    /// The same problem for fields that stand inside another one.
    #[must_use]
    pub fn within(mut self, field: &str) -> Self {
        for fault in &mut self.faults {
            fault.name = format!("{field}.{}", fault.name);
        }
        if self.faults.is_empty() { self } else { Self::invalid(self.faults) }
    }

    /// To be tried again after this many seconds.
    #[must_use]
    pub fn retry_after(self, seconds: u64) -> Self {
        Self { retry_after: Some(seconds), ..self }
    }

    /// What is wrong here and what would be right.
    pub fn detail(&self) -> &str {
        &self.detail
    }

    /// After how many seconds to try again, if that helps.
    pub fn seconds_to_wait(&self) -> Option<u64> {
        self.retry_after
    }

    /// The stable name of what went wrong.
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// The fields, parameters or headers at fault.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// With the methods that are possible.
    #[must_use]
    pub fn allowing(self, methods: &[String]) -> Self {
        Self { allow: Some(methods.join(", ")), ..self }
    }

    /// The whole response in this language.
    pub fn render(&self, language: Language) -> HttpResponse {
        let body = ProblemView {
            kind: format!("/v1/problem-types/{}", self.code),
            title: language.pick(self.english, self.dutch),
            status: self.status,
            detail: &self.detail,
            code: self.code,
            invalid_params: (!self.faults.is_empty()).then(|| {
                self.faults.iter().map(|fault| InvalidParam { name: &fault.name, reason: &fault.reason }).collect()
            }),
            legal_transitions: (self.code == "transition_not_listed").then(|| {
                self.legal.iter().map(|legal| LegalTransition { action: legal.action, to: legal.to }).collect()
            }),
        };
        let mut response = self.builder();
        response.insert_header((CONTENT_TYPE, "application/problem+json"));
        response.insert_header((CONTENT_LANGUAGE, language.tag()));
        if self.status == 401 {
            response.insert_header((WWW_AUTHENTICATE, "Bearer"));
        }
        if let Some(seconds) = self.retry_after {
            response.insert_header((RETRY_AFTER, seconds));
        }
        if let Some(methods) = &self.allow {
            response.insert_header((ALLOW, methods.as_str()));
        }
        response.body(serde_json::to_string(&body).unwrap_or_default())
    }

    fn builder(&self) -> HttpResponseBuilder {
        HttpResponse::build(self.status_code())
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}: {}", self.status, self.code, self.detail)
    }
}

impl std::error::Error for Problem {}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse<BoxBody> {
        let mut response = self.builder().finish();
        response.extensions_mut().insert(self.clone());
        response
    }
}

impl Contention for Problem {
    fn is_contended(&self) -> bool {
        self.contended
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        let Refusal { code, detail, faults, legal } = refusal;
        Self {
            status: status_of(code.kind),
            code: code.name,
            english: code.english,
            dutch: code.dutch,
            detail,
            faults,
            legal,
            retry_after: None,
            allow: None,
            contended: false,
        }
    }
}

impl From<PersistenceError> for Problem {
    fn from(error: PersistenceError) -> Self {
        match error {
            PersistenceError::NotFound { noun, .. } => Refusal::hidden(noun).into(),
            PersistenceError::Stale { .. } => stale(),
            PersistenceError::Duplicate(message) => {
                tracing::info!(message, "a unique value was there already");
                Self::new(&VALUE_TAKEN, "Somebody else did the same just now; read it again and decide.")
            }
            PersistenceError::Contended => Self {
                contended: true,
                ..Self::new(&UNAVAILABLE, "Many changes of the same thing at once; try again.").retry_after(1)
            },
            PersistenceError::Unavailable(cause) => {
                tracing::error!(cause, "the database cannot be used");
                Self::new(&UNAVAILABLE, "Nothing was changed; try again later.").retry_after(5)
            }
            PersistenceError::Corrupt { .. } | PersistenceError::Database(_) => Self::internal(&error),
        }
    }
}

/// The status of a kind of refusal.
pub fn status_of(kind: Kind) -> u16 {
    match kind {
        Kind::Invalid => 400,
        Kind::Forbidden => 403,
        Kind::Hidden => 404,
        Kind::Conflict => 409,
    }
}

/// The revision that was sent is not the present one.
pub fn stale() -> Problem {
    Problem::new(&REVISION_STALE, "Read it again, and send the ETag of what you then get as If-Match.")
}
