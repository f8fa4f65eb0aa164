//! The link that ends somebody's mail: good without a sign-in, by a page and by the one click of RFC 8058; and how its owner
//! takes it back.

use actix_web::http::StatusCode;
use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY,
};
use actix_web::web::{Data, Path, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, ResponseError as _, delete, get, post};
use domain::Language;
use domain::exchange::notifications::NotificationPreferences;
use persistence::Work;
use persistence::exchange::{mails as kept, notifications};

use crate::app::App;
use crate::caller::Caller;
use crate::envelope::language_of;
use crate::exchange::sign_in::page as whole;
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// Only the style in the page, and a form to ourselves.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Registers the page.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config.service(ask).service(stop);
}

/// Asks first: programs that look at every link in a mail end nothing.
#[get("/mail/stop/{secret}")]
async fn ask(request: HttpRequest) -> HttpResponse {
    let language = language_of(&request);
    let title = language.pick("No more mail from Klusnet?", "Geen e-mail meer van Klusnet?");
    let text = language.pick(
        "Your notifications stay in your inbox in Klusnet. There you can choose mail again.",
        "Uw meldingen blijven in uw postvak in Klusnet staan. Daar kunt u opnieuw voor e-mail kiezen.",
    );
    let button = language.pick("No more mail", "Geen e-mail meer");
    let body = format!("<p>{text}</p>\n<form method=\"post\">\n<button class=\"yes\">{button}</button>\n</form>\n");
    page(StatusCode::OK, language, title, &body)
}

/// Ends it; a second time changes nothing.
#[post("/mail/stop/{secret}")]
async fn stop(app: Data<App>, request: HttpRequest, secret: Path<String>) -> HttpResponse {
    let language = language_of(&request);
    let secret = secret.into_inner();
    match app.blocking(move |app| app.write(|work| end(work, &secret))).await {
        Err(problem) => problem.error_response(),
        Ok(true) => {
            let title = language.pick("You get no more mail from Klusnet", "U krijgt geen e-mail meer van Klusnet");
            let text = language.pick("Your notifications stay in your inbox.", "Uw meldingen blijven in uw postvak.");
            page(StatusCode::OK, language, title, &format!("<p>{text}</p>\n"))
        }
        Ok(false) => {
            let title = language.pick("This link is not good any more", "Deze link is niet meer geldig");
            let text = language.pick(
                "Choose in Klusnet, at your notifications, what comes by e-mail.",
                "Kies in Klusnet, bij uw meldingen, wat per e-mail komt.",
            );
            page(StatusCode::NOT_FOUND, language, title, &format!("<p role=\"alert\">{text}</p>\n"))
        }
    }
}

/// Whether the link was good.
fn end(work: &mut Work<'_>, secret: &str) -> Result<bool, Problem> {
    let Some(person) = kept::person_of_link(work, secret)? else { return Ok(false) };
    let preferences = notifications::preferences_of(work, person)?;
    if !preferences.email.is_empty() {
        let none = NotificationPreferences { email: Default::default(), ..preferences };
        notifications::put_preferences(work, none)?;
    }
    Ok(true)
}

fn page(status: StatusCode, language: Language, title: &str, body: &str) -> HttpResponse {
    HttpResponse::build(status)
        .insert_header((CONTENT_TYPE, "text/html; charset=utf-8"))
        .insert_header((CONTENT_SECURITY_POLICY, POLICY))
        .insert_header((CONTENT_LANGUAGE, language.tag()))
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((REFERRER_POLICY, "no-referrer"))
        .insert_header(("X-Robots-Tag", "noindex"))
        .body(whole(language, title, body))
}

/// Take back the links in your mail
///
/// Every mail has a link that ends your mail without a sign-in. Those in mail that was sent so far are good for nothing any
/// more, for instance because you passed a mail on; the next mail has a new one.
#[utoipa::path(tag = "notifications", security(("bearer" = ["notifications:write"])), responses(
    (status = 204, description = "Taken back"),
))]
#[delete("/me/mail-links")]
pub(crate) async fn revoke_mail_links(caller: Caller) -> Answer<()> {
    caller
        .write(|work, actor| {
            kept::drop_link(work, actor.person)?;
            Ok(Reply::done())
        })
        .await
}
