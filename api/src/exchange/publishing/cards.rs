//! oEmbed: a portal hands over the address of a page of ours and gets a card. The address is matched, never fetched.

use actix_web::http::StatusCode;
use actix_web::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_TYPE};
use actix_web::web::{Data, Query};
use actix_web::{HttpResponse, get};
use domain::{AssignmentId, Fault, Refusal};
use interchange::publishing::{Card, Frame};
use serde::Deserialize;

use super::answers::SHARED;
use crate::app::App;
use crate::market::assignments::public_klus;
use crate::problem::Problem;

/// What a portal asks; other parameters are ignored, as oEmbed says.
#[derive(Deserialize)]
pub(super) struct CardQuery {
    url: Option<String>,
    maxwidth: Option<String>,
    maxheight: Option<String>,
    format: Option<String>,
}

#[get("/oembed")]
pub(super) async fn oembed(app: Data<App>, query: Query<CardQuery>) -> Result<HttpResponse, Problem> {
    let CardQuery { url, maxwidth, maxheight, format } = query.into_inner();
    let is_xml = match format.as_deref() {
        None | Some("json") => false,
        Some("xml") => true,
        Some(_) => return Ok(unknown_format()),
    };
    let url = url.ok_or_else(|| fault("url", "must be given"))?;
    let frame = Frame { max_width: size("maxwidth", maxwidth)?, max_height: size("maxheight", maxheight)? };
    let id = page_of(&url, &app.settings.public_url).ok_or_else(|| Refusal::hidden("page"))?;
    let card = app.blocking(move |app| card_of(app, id, frame)).await?;
    let (media_type, text) = if is_xml {
        ("text/xml; charset=utf-8", card.xml().map_err(|error| Problem::internal(&error))?)
    } else {
        ("application/json", card.json())
    };
    let mut response = HttpResponse::Ok();
    response.insert_header((CACHE_CONTROL, SHARED)).insert_header((ACCESS_CONTROL_ALLOW_ORIGIN, "*"));
    Ok(response.insert_header((CONTENT_TYPE, media_type)).body(text))
}

fn card_of(app: &App, id: AssignmentId, frame: Frame) -> Result<Card, Problem> {
    let public_url = &app.settings.public_url;
    let found = app.database.read(app.clock.now(), |view| public_klus(view, id, public_url))?;
    let (klus, _) = found.filter(|(_, standing)| standing.is_open()).ok_or_else(|| Refusal::hidden("page"))?;
    Card::of(&klus, frame, public_url).map_err(|error| Problem::internal(&error))
}

/// The klus of whose page this is the address.
fn page_of(url: &str, public_url: &str) -> Option<AssignmentId> {
    let rest = url.strip_prefix(public_url)?.strip_prefix("/klussen/")?;
    let id = rest.split(['?', '#']).next()?.trim_end_matches('/');
    id.parse::<uuid::Uuid>().ok().map(AssignmentId::from)
}

fn size(name: &str, given: Option<String>) -> Result<Option<u32>, Problem> {
    let Some(given) = given else { return Ok(None) };
    let size = given.parse().ok().filter(|size| *size > 0);
    size.map(Some).ok_or_else(|| fault(name, "must be a whole number above zero"))
}

fn fault(name: &str, reason: &str) -> Problem {
    Problem::invalid(vec![Fault { name: name.to_owned(), reason: reason.to_owned() }])
}

/// The specification asks for 501, which is no fault of ours: it is answered in its own words.
fn unknown_format() -> HttpResponse {
    HttpResponse::build(StatusCode::NOT_IMPLEMENTED)
        .insert_header((ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .json(serde_json::json!({"error": "Possible formats are json and xml."}))
}
