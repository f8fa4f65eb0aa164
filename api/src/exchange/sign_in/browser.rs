//! What is said to a browser: where it goes, what it shows, and the cookie by which it is known again.

use actix_web::cookie::{Cookie, SameSite, time::Duration};
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_LANGUAGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION, RETRY_AFTER};
use actix_web::{HttpRequest, HttpResponse, ResponseError as _};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::Language;
use domain::exchange::sign_ins::{SIGN_IN_MINUTES, SignInRequest};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::pages::{self, Trouble};
use crate::app::App;
use crate::problem::Problem;

/// A secret as text: 256 bits in 43 characters.
pub(super) fn secret(app: &App) -> String {
    URL_SAFE_NO_PAD.encode(app.mint.secret())
}

/// Whether a text is such a secret, or the hash of one.
pub(super) fn is_secret(text: &str) -> bool {
    text.len() == 43 && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

fn cookie_name(app: &App) -> &'static str {
    // The prefix lets no other host set it, and wants TLS.
    if app.settings.public_url.starts_with("https://") { "__Host-klusnet-sign-in" } else { "klusnet-sign-in" }
}

/// What this browser was given when its sign-in began.
pub(super) fn cookie_of(app: &App, request: &HttpRequest) -> Option<String> {
    let found = request.cookie(cookie_name(app))?;
    is_secret(found.value()).then(|| found.value().to_owned())
}

fn cookie(app: &App, value: &str) -> Cookie<'static> {
    Cookie::build(cookie_name(app), value.to_owned())
        .path("/")
        .http_only(true)
        .secure(app.settings.public_url.starts_with("https://"))
        .same_site(SameSite::Lax)
        .max_age(Duration::minutes(SIGN_IN_MINUTES))
        .finish()
}

/// What is said to a browser.
#[derive(Debug)]
pub(super) enum Said {
    /// Go there; with a cookie where a sign-in begins.
    Go(String, Option<Cookie<'static>>),
    /// This page.
    Page(StatusCode, Language, String),
    /// This page, and to try again after so many seconds.
    Failure(StatusCode, Language, Option<u64>),
}

impl Said {
    /// As a response. Forms go to us, and from there to providers and portals: browsers hold the whole way against the
    /// policy.
    pub(super) fn response(self) -> HttpResponse {
        let policy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self' https: http://localhost:* http://127.0.0.1:* http://[::1]:*; base-uri 'none'; frame-ancestors 'none'";
        let page = |status, language: Language, html: String| {
            HttpResponse::build(status)
                .insert_header((CONTENT_TYPE, "text/html; charset=utf-8"))
                .insert_header((CONTENT_SECURITY_POLICY, policy))
                .insert_header((CONTENT_LANGUAGE, language.tag()))
                .body(html)
        };
        match self {
            Self::Go(address, None) => HttpResponse::SeeOther().insert_header((LOCATION, address)).finish(),
            Self::Go(address, Some(cookie)) => {
                HttpResponse::SeeOther().cookie(cookie).insert_header((LOCATION, address)).finish()
            }
            Self::Page(status, language, html) => page(status, language, html),
            Self::Failure(status, language, seconds) => {
                let mut response = page(status, language, pages::trouble(language, Trouble::Ours));
                if let Some(seconds) = seconds {
                    response.headers_mut().insert(RETRY_AFTER, seconds.into());
                }
                response
            }
        }
    }
}

/// Sends the browser to the identity provider, and lets it be known again.
pub(super) fn lead(app: &App, address: String, browser: &str) -> Said {
    Said::Go(address, Some(cookie(app, browser)))
}

/// What a portal is told.
#[derive(Debug, Clone)]
pub(super) enum Outcome {
    /// A code.
    Code(String),
    /// Why there is none (RFC 6749, 4.1.2.1).
    Error(&'static str, String),
}

/// Sends the browser back to the portal (RFC 9207 names us in it).
pub(super) fn back(app: &App, redirect_uri: &str, state: Option<&str>, outcome: &Outcome) -> Said {
    let mut pairs = match outcome {
        Outcome::Code(code) => vec![("code", code.as_str())],
        Outcome::Error(error, description) => vec![("error", *error), ("error_description", description.as_str())],
    };
    pairs.extend(state.map(|state| ("state", state)));
    pairs.push(("iss", app.tokens.issuer()));
    let query: Vec<String> =
        pairs.iter().map(|(name, value)| format!("{name}={}", utf8_percent_encode(value, NON_ALPHANUMERIC))).collect();
    let sign = if redirect_uri.contains('?') { '&' } else { '?' };
    Said::Go(format!("{redirect_uri}{sign}{}", query.join("&")), None)
}

/// Sends the browser back to the portal that asked.
pub(super) fn back_to(app: &App, request: &SignInRequest, outcome: &Outcome) -> Said {
    back(app, &request.redirect_uri, Some(&request.state), outcome)
}

/// A page.
pub(super) fn page(language: Language, html: String) -> Said {
    Said::Page(StatusCode::OK, language, html)
}

/// A page that tells what is wrong, where the browser can be sent nowhere.
pub(super) fn trouble(language: Language, trouble: Trouble) -> Said {
    Said::Page(StatusCode::BAD_REQUEST, language, pages::trouble(language, trouble))
}

/// A page that tells that something went wrong here.
pub(super) fn failure(language: Language, problem: &Problem) -> Said {
    Said::Failure(problem.status_code(), language, problem.seconds_to_wait())
}
