//! What search engines and other robots may read: the pages of klussen that are open to everybody.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use interchange::publishing::{self, MOST_PAGES, SitePage};
use persistence::market::assignments::public::open_to_everybody;

use super::answers::{Open, answer};
use super::shelf::{Sheet, sheet};
use crate::app::App;
use crate::problem::Problem;

/// What robots may read. Addresses of feeds with a secret are nobody's to list.
const RULES: &str =
    "User-agent: *\nDisallow: /v1/\nDisallow: /feeds/\nDisallow: /embed/\nDisallow: /oauth/\nDisallow: /mail/\n";

#[get("/robots.txt")]
pub(super) async fn robots(app: Data<App>) -> HttpResponse {
    let mut response = HttpResponse::Ok();
    response.insert_header((CACHE_CONTROL, "public, max-age=86400"));
    let text = format!("{RULES}\nSitemap: {}/sitemap.xml\n", app.settings.public_url);
    response.insert_header((CONTENT_TYPE, "text/plain; charset=utf-8")).body(text)
}

#[get("/sitemap.xml")]
pub(super) async fn show_sitemap(app: Data<App>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let kept = sheet(&app, "sitemap".to_owned(), |app, view| {
        let base = &app.settings.public_url;
        let page = |(id, modified_at)| SitePage { address: format!("{base}/klussen/{id}"), modified_at };
        let pages: Vec<SitePage> = open_to_everybody(view, MOST_PAGES)?.into_iter().map(page).collect();
        let text = publishing::sitemap(&pages).map_err(|error| Problem::internal(&error))?;
        Ok(Some(Sheet { media_type: "application/xml; charset=utf-8", text }))
    });
    let kept = kept.await?.ok_or_else(|| Problem::internal(&"a sitemap that is not rendered"))?;
    Ok(answer(&app, &request, &kept, Open::File))
}
