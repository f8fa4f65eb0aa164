//! Errors as SCIM writes them (RFC 7644, 3.12).

use serde_json::{Value, json};

/// What kind of fault of the client it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorType {
    /// The filter cannot be read, or compares what cannot be compared.
    InvalidFilter,
    /// More results than can be worked out.
    TooMany,
    /// A unique value is in use already.
    Uniqueness,
    /// The attribute may not be changed this way.
    Mutability,
    /// The body is no message of the protocol.
    InvalidSyntax,
    /// The path of a change names no attribute.
    InvalidPath,
    /// The path of a change finds nothing to change.
    NoTarget,
    /// A value is missing, or one that does not fit.
    InvalidValue,
    /// The cursor is none of ours (RFC 9865).
    InvalidCursor,
    /// What the cursor pointed at is gone (RFC 9865).
    ExpiredCursor,
    /// The page size is none (RFC 9865).
    InvalidCount,
}

impl ErrorType {
    /// As it stands in the answer.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::InvalidFilter => "invalidFilter",
            Self::TooMany => "tooMany",
            Self::Uniqueness => "uniqueness",
            Self::Mutability => "mutability",
            Self::InvalidSyntax => "invalidSyntax",
            Self::InvalidPath => "invalidPath",
            Self::NoTarget => "noTarget",
            Self::InvalidValue => "invalidValue",
            Self::InvalidCursor => "invalidCursor",
            Self::ExpiredCursor => "expiredCursor",
            Self::InvalidCount => "invalidCount",
        }
    }

    /// All of them, to document them.
    pub const ALL: [Self; 11] = [
        Self::InvalidFilter,
        Self::TooMany,
        Self::Uniqueness,
        Self::Mutability,
        Self::InvalidSyntax,
        Self::InvalidPath,
        Self::NoTarget,
        Self::InvalidValue,
        Self::InvalidCursor,
        Self::ExpiredCursor,
        Self::InvalidCount,
    ];
}

/// An error: what is wrong, and what would be right.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{status}: {detail}")]
pub struct ScimError {
    /// The status of HTTP.
    pub status: u16,
    /// The kind of fault, where the protocol has one for it.
    pub kind: Option<ErrorType>,
    /// For the developer who reads it.
    pub detail: String,
}

impl ScimError {
    /// A fault of the client of this kind.
    pub fn of(kind: ErrorType, detail: impl Into<String>) -> Self {
        let status = if kind == ErrorType::Uniqueness { 409 } else { 400 };
        Self { status, kind: Some(kind), detail: detail.into() }
    }

    /// Any other error.
    pub fn status(status: u16, detail: impl Into<String>) -> Self {
        Self { status, kind: None, detail: detail.into() }
    }

    /// There is no such resource.
    pub fn not_found(kind: &str, id: &str) -> Self {
        let shown: String = id.chars().take(80).collect();
        Self::status(404, format!("{kind} {shown} is not found."))
    }

    /// As it is sent.
    pub fn json(&self) -> Value {
        let mut body = json!({"schemas": [super::ERROR], "status": self.status.to_string(), "detail": self.detail});
        if let (Some(kind), Some(members)) = (self.kind, body.as_object_mut()) {
            members.insert("scimType".to_owned(), json!(kind.as_str()));
        }
        body
    }
}
