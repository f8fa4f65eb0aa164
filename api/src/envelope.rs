//! What holds for every request and every answer: the operation it is for, media types, problems in the caller's
//! language, the version, the security headers, a line in the log.

use std::time::Instant;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, HttpMessage as _, HttpRequest, HttpResponse};
use domain::Language;

use crate::app::App;
use crate::contract::Contract;
use crate::document::VERSION;
use crate::fair_use::Allowance;
use crate::problem::{INTERNAL, METHOD_NOT_ALLOWED, NOT_ACCEPTABLE, PATH_UNKNOWN, Problem};
use crate::routes::BASE;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// What the request turned out to be for, as metrics and log name it.
#[derive(Clone)]
struct Name(String);

/// The outermost layer: every answer, also one that never reached a handler, gets its headers and its line in the log.
pub async fn wrap(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let began = Instant::now();
    let method = request.method().clone();
    let language = language_of(request.request());
    let mut response = rendered(next.call(request).await?.map_into_boxed_body(), language);
    add_headers(&mut response);
    let (status, took) = (response.status().as_u16(), began.elapsed());
    let name = response.request().extensions().get::<Name>().map_or_else(|| "other".to_owned(), |name| name.0.clone());
    if let Some(app) = response.request().app_data::<Data<App>>() {
        app.metrics.answered(&name, status, took);
    }
    let id = response.headers().get(&REQUEST_ID).and_then(|id| id.to_str().ok()).unwrap_or_default();
    tracing::info!(request = id, operation = name, %method, status, took_us = took.as_micros(), "answered");
    Ok(response)
}

/// Finds the operation, refuses what it cannot give, and writes problems in the language of the caller. It stands
/// inside the layer that answers other origins, so that their scripts can read problems too.
pub async fn dispatch(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    if *request.method() == Method::HEAD {
        // HEAD is GET without a body (RFC 9110, 9.3.2); the server leaves the body out by itself.
        request.head_mut().method = Method::GET;
    }
    let path = request.path().to_owned();
    let under_base = path.strip_prefix(BASE).filter(|rest| rest.starts_with('/'));
    let operation = under_base.and_then(|rest| Contract::shared().find(request.method(), rest));
    let language = language_of(request.request());
    let allowance = under_base.and_then(|_| allowance_of(request.request()));
    let refused = allowance.and_then(Allowance::refusal);
    let refused = refused.or_else(|| {
        operation.as_ref().and_then(|operation| refuse_media_types(request.request(), &operation.produces))
    });
    if let Some(operation) = operation {
        request.extensions_mut().insert(Name(operation.id.clone()));
        request.extensions_mut().insert(operation);
    }
    let mut response = match refused {
        Some(problem) => request.into_response(problem.render(language)),
        None => rendered(next.call(request).await?.map_into_boxed_body(), language),
    };
    if let Some(allowance) = allowance {
        allowance.write(response.headers_mut());
    }
    Ok(response)
}

/// Counts the request for who makes it, where there is a limit.
fn allowance_of(request: &HttpRequest) -> Option<Allowance> {
    let app = request.app_data::<Data<App>>()?;
    let claims = crate::caller::verify_early(app, request);
    app.fair_use.count(app, request, claims.as_deref())
}

/// The language of titles and labels.
pub fn language_of(request: &HttpRequest) -> Language {
    let header = request.headers().get(header::ACCEPT_LANGUAGE).and_then(|header| header.to_str().ok());
    header.map(Language::negotiate).unwrap_or_default()
}

fn refuse_media_types(request: &HttpRequest, produces: &[String]) -> Option<Problem> {
    let header = request.headers().get(header::ACCEPT)?.to_str().ok()?;
    if header.trim().is_empty() || produces.is_empty() {
        return None;
    }
    let accepted =
        header.split(',').map(|range| range.split(';').next().unwrap_or_default().trim().to_ascii_lowercase());
    let fits = accepted.into_iter().any(|range| {
        let (kind, sub) = range.split_once('/').unwrap_or((range.as_str(), ""));
        produces.iter().any(|produced| {
            let (own_kind, own_sub) = produced.split_once('/').unwrap_or((produced.as_str(), ""));
            kind == "*" || (kind == own_kind && (sub == "*" || sub == own_sub))
        })
    });
    let detail = || format!("Accept must allow {}.", produces.join(" or "));
    (!fits).then(|| Problem::new(&NOT_ACCEPTABLE, detail()))
}

/// Writes problems in the language of the caller; whatever error did not come from us becomes a problem too.
fn rendered(mut response: ServiceResponse<BoxBody>, language: Language) -> ServiceResponse<BoxBody> {
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return response;
    }
    let problem = response.response_mut().extensions_mut().remove::<Problem>();
    // What speaks a language of its own, as OAuth and SCIM do, is left as it is; the framework speaks plain text.
    let kind = response.headers().get(header::CONTENT_TYPE);
    let is_told = kind.is_some_and(|kind| !kind.as_bytes().starts_with(b"text/plain"));
    match problem {
        Some(problem) => response.into_response(problem.render(language)),
        None if is_told => response,
        None => {
            let problem = foreign(status);
            response.into_response(problem.render(language))
        }
    }
}

/// A problem for an error that the framework made.
fn foreign(status: StatusCode) -> Problem {
    match status {
        StatusCode::NOT_FOUND => Problem::new(&PATH_UNKNOWN, "See /v1/openapi.json for what there is."),
        StatusCode::METHOD_NOT_ALLOWED => Problem::new(&METHOD_NOT_ALLOWED, "See /v1/openapi.json for what there is."),
        status if status.is_client_error() => {
            Problem::new(&crate::problem::BODY_UNREADABLE, format!("The request was refused: {status}."))
        }
        _ => Problem::new(&INTERNAL, "The service failed."),
    }
}

fn add_headers(response: &mut ServiceResponse<BoxBody>) {
    let request_id = uuid::Uuid::from_u128(rand::random()).simple().to_string();
    let is_base = response.request().path().starts_with(BASE);
    let is_framed = response.request().path().starts_with(crate::exchange::publishing::FRAMED);
    let own_origin = response.request().app_data::<Data<App>>().map(|app| app.settings.origin()).unwrap_or_default();
    let headers = response.headers_mut();
    if let Ok(value) = HeaderValue::from_str(&request_id) {
        headers.insert(REQUEST_ID, value);
    }
    headers.insert(HeaderName::from_static("api-version"), HeaderValue::from_static(VERSION));
    let mut set = |name: HeaderName, value: &'static str| {
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    };
    set(header::CACHE_CONTROL, "no-store");
    set(header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'");
    set(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000; includeSubDomains");
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    if !is_framed {
        set(header::X_FRAME_OPTIONS, "DENY");
    }
    set(header::REFERRER_POLICY, "no-referrer");
    if is_base {
        let known = headers.get_all(header::VARY).filter_map(|value| value.to_str().ok());
        let all: Vec<&str> = known.chain(["Accept-Language"]).collect();
        if let Ok(all) = HeaderValue::from_str(&all.join(", ")) {
            headers.insert(header::VARY, all);
        }
    }
    // Origins on the list were answered by the layer inside this one; to all others it says: only ourselves.
    if !headers.contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN)
        && let Ok(own) = HeaderValue::from_str(&own_origin)
    {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, own);
    }
}

/// What answers where no handler does: 404, or 405 with the methods that are possible.
pub async fn nothing_here(request: HttpRequest) -> HttpResponse {
    let path = request.path().strip_prefix(BASE).filter(|rest| rest.starts_with('/'));
    let methods = path.map(|path| Contract::shared().methods(path)).unwrap_or_default();
    let problem = if methods.is_empty() {
        Problem::new(&PATH_UNKNOWN, "There is nothing at this address; see /v1/openapi.json for what there is.")
    } else {
        Problem::new(&METHOD_NOT_ALLOWED, format!("Possible here: {}.", methods.join(", "))).allowing(&methods)
    };
    problem.render(language_of(&request))
}
