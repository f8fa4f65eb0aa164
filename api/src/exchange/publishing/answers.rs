//! How sheets are answered: to whom they are open, how long they may be kept, and 304 where nothing changed.

use std::sync::LazyLock;
use std::time::{Duration, SystemTime};

use actix_web::http::StatusCode;
use actix_web::http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG,
    HttpDate, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED, REFERRER_POLICY,
};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, ResponseError as _};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use interchange::publishing;
use sha2::{Digest as _, Sha256};

use super::shelf::Kept;
use crate::app::App;
use crate::problem::Problem;
use crate::reply::{entity_tag, is_unchanged};

pub(super) const HTML: &str = "text/html; charset=utf-8";
pub(super) const SHARED: &str = "public, max-age=300, stale-while-revalidate=600";

/// To whom something is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Open {
    /// A page of its own.
    Page,
    /// A page within a page of others.
    Frame,
    /// A file that everybody may read, scripts of any origin too.
    File,
    /// A file for who knows its address.
    Secret,
}

/// Only the style that stands in the page itself.
static STYLE: LazyLock<String> = LazyLock::new(|| {
    let digest = STANDARD.encode(Sha256::digest(publishing::STYLE.as_bytes()));
    format!("default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'")
});

/// The sheet, or that it is the same still.
pub(super) fn answer(app: &App, request: &HttpRequest, kept: &Kept, open: Open) -> HttpResponse {
    let is_same = if request.headers().contains_key(IF_NONE_MATCH) {
        is_unchanged(request, &kept.tag)
    } else {
        is_older(request, kept)
    };
    let mut response = HttpResponse::build(if is_same { StatusCode::NOT_MODIFIED } else { StatusCode::OK });
    open_to(&mut response, app, open);
    let since = SystemTime::UNIX_EPOCH + Duration::from_secs(u64::try_from(kept.since.timestamp()).unwrap_or_default());
    response.insert_header((ETAG, kept.tag.as_str())).insert_header((LAST_MODIFIED, HttpDate::from(since)));
    if is_same {
        return response.finish();
    }
    response.insert_header((CONTENT_TYPE, kept.media_type)).body(kept.bytes.clone())
}

/// A page that is rendered for this one reader.
pub(super) fn page(app: &App, status: StatusCode, open: Open, html: String) -> HttpResponse {
    let mut response = HttpResponse::build(status);
    open_to(&mut response, app, open);
    response.insert_header((CACHE_CONTROL, "no-cache")).insert_header((CONTENT_TYPE, HTML)).body(html)
}

/// A file that is made for this one reader, or that it is the same still.
pub(super) fn file(request: &HttpRequest, media_type: &'static str, text: String) -> HttpResponse {
    let tag = entity_tag(None, &text);
    let is_same = is_unchanged(request, &tag);
    let mut response = HttpResponse::build(if is_same { StatusCode::NOT_MODIFIED } else { StatusCode::OK });
    response.insert_header((CACHE_CONTROL, "no-cache")).insert_header((ETAG, tag));
    response.insert_header((ACCESS_CONTROL_ALLOW_ORIGIN, "*"));
    if is_same {
        return response.finish();
    }
    response.insert_header((CONTENT_TYPE, media_type)).body(text)
}

/// What is said to a browser where there is nothing that everybody may see: always the same.
pub(super) fn absent(app: &App, open: Open) -> HttpResponse {
    match publishing::absent(&app.settings.public_url) {
        Ok(html) => page(app, StatusCode::NOT_FOUND, open, html),
        Err(error) => Problem::internal(&error).error_response(),
    }
}

/// What is said to a browser that asks what makes no sense.
pub(super) fn trouble(app: &App, open: Open, problem: Problem) -> HttpResponse {
    if problem.status_code() != StatusCode::BAD_REQUEST {
        return problem.error_response();
    }
    let fields: Vec<&str> = problem.fields().collect();
    let text = format!("Dit deel van het adres klopt niet: {}.", fields.join(", "));
    match publishing::trouble("Het adres klopt niet", &text) {
        Ok(html) => page(app, StatusCode::BAD_REQUEST, open, html),
        Err(error) => Problem::internal(&error).error_response(),
    }
}

fn open_to(response: &mut HttpResponseBuilder, app: &App, open: Open) {
    let cache = if open == Open::Secret { "private, no-cache" } else { SHARED };
    response.insert_header((CACHE_CONTROL, cache));
    match open {
        Open::Page => {
            response.insert_header((CONTENT_SECURITY_POLICY, format!("{}; frame-ancestors 'none'", *STYLE)));
            response.insert_header((CONTENT_LANGUAGE, "nl"));
        }
        Open::Frame => {
            let named = app.settings.embed_ancestors.join(" ");
            let ancestors = if named.is_empty() { "*" } else { &named };
            response.insert_header((CONTENT_SECURITY_POLICY, format!("{}; frame-ancestors {ancestors}", *STYLE)));
            response.insert_header((CONTENT_LANGUAGE, "nl"));
        }
        Open::File => {
            response.insert_header((ACCESS_CONTROL_ALLOW_ORIGIN, "*"));
        }
        Open::Secret => {
            response.insert_header((REFERRER_POLICY, "no-referrer")).insert_header(("X-Robots-Tag", "noindex"));
        }
    }
}

/// Whether the reader has it since it last changed (RFC 9110, 13.1.3); only asked where no tag was sent.
fn is_older(request: &HttpRequest, kept: &Kept) -> bool {
    let header = request.headers().get(IF_MODIFIED_SINCE).and_then(|header| header.to_str().ok());
    let Some(had) = header.and_then(|text| text.parse::<HttpDate>().ok()) else { return false };
    let had = SystemTime::from(had).duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
    u64::try_from(kept.since.timestamp()).is_ok_and(|since| since <= had)
}
