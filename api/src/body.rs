//! What clients send: bodies held against the document, revisions and idempotency keys.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use actix_web::http::header::{CONTENT_TYPE, IF_MATCH};
use actix_web::{FromRequest, HttpRequest, dev, web};
use domain::Fault;
use futures_util::StreamExt as _;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::caller::{app_of, operation_of};
use crate::contract::Operation;
use crate::problem::{BODY_TOO_LARGE, BODY_UNREADABLE, MEDIA_TYPE_UNSUPPORTED, Problem, REVISION_MISSING, stale};

/// A body of JSON that the document allows.
#[derive(Debug)]
pub struct Body<T>(pub T);

/// The body of a POST, with its Idempotency-Key if it came with one.
#[derive(Debug)]
pub struct Post<T> {
    /// What was sent.
    pub value: T,
    /// Under which key to remember the answer.
    pub once: Option<Once>,
}

/// A POST without a body, with its Idempotency-Key if it came with one.
pub type Bare = Post<()>;

/// An Idempotency-Key and what it came with.
#[derive(Debug, Clone)]
pub struct Once {
    /// The key.
    pub key: String,
    /// Of method, path and body.
    pub fingerprint: String,
}

/// The revision of the thing that is changed
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Header)]
pub struct IfMatchParam {
    /// The ETag that came with the thing; 412 when it changed since, 428 when it is left out
    #[param(rename = "If-Match", required = false, max_length = 400, example = "\"3-x2Yc0kPq9VbQ\"")]
    #[expect(dead_code, reason = "read by IfMatch; this one documents it")]
    if_match: Option<String>,
}

/// The revision that the caller saw.
#[derive(Debug, Clone)]
pub struct IfMatch(Vec<i64>, bool);

type Ready<T> = Pin<Box<dyn Future<Output = Result<T, Problem>>>>;

impl<T: DeserializeOwned> FromRequest for Body<T> {
    type Error = Problem;
    type Future = Ready<Self>;

    fn from_request(request: &HttpRequest, payload: &mut dev::Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move { Ok(Self(read(&request, payload).await?.0)) })
    }
}

impl<T: DeserializeOwned + 'static> FromRequest for Post<T> {
    type Error = Problem;
    type Future = Ready<Self>;

    fn from_request(request: &HttpRequest, payload: &mut dev::Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let (value, bytes) = read(&request, payload).await?;
            Ok(Self { value, once: once_of(&request, &bytes)? })
        })
    }
}

impl FromRequest for IfMatch {
    type Error = Problem;
    type Future = std::future::Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut dev::Payload) -> Self::Future {
        std::future::ready(if_match_of(request))
    }
}

impl IfMatch {
    /// Refuses when the thing is at another revision by now.
    pub fn expect(&self, revision: i64) -> Result<(), Problem> {
        if self.1 || self.0.contains(&revision) { Ok(()) } else { Err(stale()) }
    }
}

fn if_match_of(request: &HttpRequest) -> Result<IfMatch, Problem> {
    let Some(header) = request.headers().get(IF_MATCH) else {
        return Err(Problem::new(
            &REVISION_MISSING,
            "Send the ETag you got with the thing as If-Match: \"3-x2Yc0kPq9VbQ\".",
        ));
    };
    let text = header.to_str().unwrap_or_default();
    if text.trim() == "*" {
        return Ok(IfMatch(Vec::new(), true));
    }
    // Proxies that compress weaken the tag (W/): the revision in it is still the right one.
    let revision = |tag: &str| {
        let tag = tag.trim().trim_start_matches("W/").strip_prefix('"')?.strip_suffix('"')?;
        Some(tag.split_once('-').and_then(|(revision, _)| revision.parse().ok()).unwrap_or(-1))
    };
    let revisions: Option<Vec<i64>> = text.split(',').map(revision).collect();
    revisions.map(|revisions| IfMatch(revisions, false)).ok_or_else(|| {
        let reason = "must be an ETag in double quotes, as the thing came with, or *".to_owned();
        Problem::invalid(vec![Fault { name: "If-Match".to_owned(), reason }])
    })
}

pub(crate) fn once_of(request: &HttpRequest, body: &[u8]) -> Result<Option<Once>, Problem> {
    let Some(header) = request.headers().get("Idempotency-Key") else { return Ok(None) };
    let key = header.to_str().unwrap_or_default();
    if key.is_empty() || key.len() > 200 {
        let reason = "must have 1 to 200 visible ASCII characters; a UUID does well".to_owned();
        return Err(Problem::invalid(vec![Fault { name: "Idempotency-Key".to_owned(), reason }]));
    }
    let mut digest = Sha256::new();
    for part in [request.method().as_str().as_bytes(), request.path().as_bytes(), body] {
        digest.update(part);
        digest.update([0]);
    }
    Ok(Some(Once { key: key.to_owned(), fingerprint: format!("{:x}", digest.finalize()) }))
}

async fn read<T: DeserializeOwned>(request: &HttpRequest, payload: dev::Payload) -> Result<(T, web::Bytes), Problem> {
    let operation = operation_of(request)?;
    if !operation.has_body() {
        // Nothing is read of a body that the operation does not have.
        let value = serde_json::from_value(Value::Null).map_err(|error| Problem::internal(&error))?;
        return Ok((value, web::Bytes::new()));
    }
    let bytes = bytes_of(app_of(request)?.settings.max_body_bytes, payload).await?;
    check_media_type(request, &operation)?;
    let json: Value = serde_json::from_slice(&bytes).map_err(|error| {
        let detail = format!("The body must be one JSON value: {error}.");
        Problem::new(&BODY_UNREADABLE, detail)
    })?;
    let faults = operation.judge_body(&json);
    if !faults.is_empty() {
        return Err(Problem::invalid(faults));
    }
    let value = serde_json::from_value(json).map_err(|error| {
        Problem::invalid(vec![Fault { name: "body".to_owned(), reason: format!("must fit the schema: {error}") }])
    })?;
    Ok((value, bytes))
}

pub(crate) async fn bytes_of(limit: usize, payload: dev::Payload) -> Result<web::Bytes, Problem> {
    let mut payload = payload;
    let mut bytes = web::BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|error| Problem::new(&BODY_UNREADABLE, format!("The body broke off: {error}.")))?;
        if bytes.len() + chunk.len() > limit {
            return Err(Problem::new(&BODY_TOO_LARGE, format!("A body must have at most {limit} bytes.")));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes.freeze())
}

pub(crate) fn check_media_type(request: &HttpRequest, operation: &Arc<Operation>) -> Result<(), Problem> {
    let header = request.headers().get(CONTENT_TYPE).and_then(|header| header.to_str().ok()).unwrap_or_default();
    let media_type = header.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if operation.understands(&media_type) {
        return Ok(());
    }
    let detail = format!("Content-Type must be {}.", operation.media_types());
    Err(Problem::new(&MEDIA_TYPE_UNSUPPORTED, detail))
}
