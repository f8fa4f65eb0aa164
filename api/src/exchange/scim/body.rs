//! What clients of SCIM send: one JSON value, and conditions in headers.

use std::future::Future;
use std::pin::Pin;

use actix_web::http::header::{CONTENT_TYPE, IF_MATCH};
use actix_web::{FromRequest, HttpRequest, dev, web};
use futures_util::StreamExt as _;
use interchange::scim::{ErrorType, MEDIA_TYPE, Query, ScimError};
use serde_json::Value;

use super::failure::{Failure, Outcome};
use crate::caller::app_of;

/// A body of JSON.
pub(super) struct Sent(pub(super) Value);

/// A body of JSON that may be as large as many operations are.
pub(super) struct SentInBulk(pub(super) Value);

/// The ETags that the resource must have, if any are named.
#[derive(Debug, Clone, Default)]
pub(super) struct IfVersion(Option<Vec<String>>);

/// The query of a request.
pub(super) struct Asked(pub(super) Query);

type Ready<T> = Pin<Box<dyn Future<Output = Outcome<T>>>>;

impl FromRequest for Sent {
    type Error = Failure;
    type Future = Ready<Self>;

    fn from_request(request: &HttpRequest, payload: &mut dev::Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let limit = app_of(&request)?.settings.max_body_bytes;
            read(&request, payload, limit).await.map(Self)
        })
    }
}

impl FromRequest for SentInBulk {
    type Error = Failure;
    type Future = Ready<Self>;

    fn from_request(request: &HttpRequest, payload: &mut dev::Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move { read(&request, payload, super::BULK_BYTES).await.map(Self) })
    }
}

async fn read(request: &HttpRequest, payload: dev::Payload, limit: usize) -> Outcome<Value> {
    let header = request.headers().get(CONTENT_TYPE).and_then(|header| header.to_str().ok()).unwrap_or_default();
    let kind = header.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if kind != MEDIA_TYPE && kind != "application/json" {
        let detail = format!("Content-Type must be {MEDIA_TYPE} or application/json.");
        return Err(ScimError::status(415, detail).into());
    }
    let mut payload = payload;
    let mut bytes = web::BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let broken = |error| ScimError::of(ErrorType::InvalidSyntax, format!("The body broke off: {error}."));
        let chunk = chunk.map_err(broken)?;
        if bytes.len() + chunk.len() > limit {
            return Err(ScimError::status(413, format!("The body must have at most {limit} bytes.")).into());
        }
        bytes.extend_from_slice(&chunk);
    }
    let broken = |error| ScimError::of(ErrorType::InvalidSyntax, format!("The body must be one JSON value: {error}."));
    Ok(serde_json::from_slice(&bytes).map_err(broken)?)
}

impl FromRequest for Asked {
    type Error = Failure;
    type Future = std::future::Ready<Outcome<Self>>;

    fn from_request(request: &HttpRequest, _: &mut dev::Payload) -> Self::Future {
        let read = || {
            let pairs = web::Query::<Vec<(String, String)>>::from_query(request.query_string());
            let unreadable =
                |error| ScimError::of(ErrorType::InvalidSyntax, format!("The query is unreadable: {error}."));
            let pairs = pairs.map_err(unreadable)?;
            Ok(Self(Query::from_pairs(&pairs)?))
        };
        std::future::ready(read())
    }
}

impl FromRequest for IfVersion {
    type Error = Failure;
    type Future = std::future::Ready<Outcome<Self>>;

    fn from_request(request: &HttpRequest, _: &mut dev::Payload) -> Self::Future {
        let header = request.headers().get(IF_MATCH).map(|header| header.to_str().unwrap_or_default());
        std::future::ready(Ok(Self::of(header)))
    }
}

impl IfVersion {
    /// The tags in a header, or in the `version` of an operation.
    pub(super) fn of(text: Option<&str>) -> Self {
        Self(text.map(|text| text.split(',').map(opaque).collect()))
    }

    /// Refuses when the resource is another one by now.
    pub(super) fn expect(&self, version: &str) -> Outcome<()> {
        let Some(tags) = &self.0 else { return Ok(()) };
        let present = opaque(version);
        if tags.iter().any(|tag| tag == "*" || *tag == present) {
            return Ok(());
        }
        let detail = "If-Match must hold the present ETag of the resource: read it again.";
        Err(ScimError::status(412, detail).into())
    }
}

/// A tag without what says that it is a weak one.
fn opaque(tag: &str) -> String {
    tag.trim().trim_start_matches("W/").trim_matches('"').to_owned()
}
