//! What clients send to the OAuth endpoints: a form, each name at most once.

use std::collections::BTreeMap;

use actix_web::http::header::CONTENT_TYPE;
use actix_web::{FromRequest, HttpRequest, dev, web};
use futures_util::StreamExt as _;

use super::errors::OAuthError;
use crate::contract::pairs;

/// The largest form that is read: some tokens of others are large.
const MOST_BYTES: usize = 65_536;

/// A form.
#[derive(Debug, Clone)]
pub(crate) struct Form(BTreeMap<String, String>);

impl FromRequest for Form {
    type Error = OAuthError;
    type Future = std::pin::Pin<Box<dyn Future<Output = Result<Self, OAuthError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut dev::Payload) -> Self::Future {
        let header = request.headers().get(CONTENT_TYPE).and_then(|header| header.to_str().ok()).unwrap_or_default();
        let kind = header.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let is_form = kind == "application/x-www-form-urlencoded";
        let mut payload = payload.take();
        Box::pin(async move {
            if !is_form {
                return Err(OAuthError::request("Content-Type must be application/x-www-form-urlencoded."));
            }
            let mut bytes = web::BytesMut::new();
            while let Some(chunk) = payload.next().await {
                let chunk = chunk.map_err(|_| OAuthError::request("The body broke off."))?;
                if bytes.len() + chunk.len() > MOST_BYTES {
                    return Err(OAuthError::request(format!("The body must have at most {MOST_BYTES} bytes.")));
                }
                bytes.extend_from_slice(&chunk);
            }
            let text = std::str::from_utf8(&bytes).map_err(|_| OAuthError::request("The body must be UTF-8."))?;
            Self::of(text)
        })
    }
}

impl Form {
    fn of(text: &str) -> Result<Self, OAuthError> {
        let mut fields = BTreeMap::new();
        for (name, mut values) in pairs(text) {
            match (values.pop(), values.is_empty()) {
                // Without a value is as if left out (RFC 6749, 3.2).
                (Some(value), true) if value.is_empty() => {}
                (Some(value), true) => drop(fields.insert(name, value)),
                _ => return Err(OAuthError::request(format!("{} must be given once.", printable(&name)))),
            }
        }
        Ok(Self(fields))
    }

    /// What stands under this name, if anything does.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// What stands under this name.
    pub(crate) fn need(&self, name: &str) -> Result<&str, OAuthError> {
        self.get(name).ok_or_else(|| OAuthError::request(format!("{name} must be given.")))
    }
}

/// A name as a client sent it, fit for a description (RFC 6749, 5.2 allows visible ASCII).
fn printable(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).take(40).collect()
}
