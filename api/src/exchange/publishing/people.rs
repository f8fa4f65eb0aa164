//! People in the spotlight: the business cards that their owners opened to everybody. They are looked up anew for every
//! reader, so that a card that was taken back is gone at once.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get};
use domain::{Fault, ProfileId};
use interchange::publishing;

use super::answers::{Open, absent, file, page, trouble};
use super::wanted::{judged, of_values, taken};
use crate::app::App;
use crate::problem::Problem;
use crate::profiles::public_profiles::{PublicProfileQuery, card, cards};

/// As many as a list has at most.
const MOST: u32 = 50;
/// As many as it has unless asked otherwise.
const USUAL: u32 = 10;

#[get("/mensen/{id}")]
pub(super) async fn show_person(app: Data<App>, id: Path<String>) -> HttpResponse {
    let Ok(uuid) = id.parse::<uuid::Uuid>() else { return absent(&app, Open::Page) };
    let found = app.blocking(move |app| {
        let public_url = &app.settings.public_url;
        let found = app.database.read(app.clock.now(), |view| card(view, ProfileId::from(uuid), public_url))?;
        let html = found.map(|person| publishing::person_page(&person, public_url)).transpose();
        html.map_err(|error| Problem::internal(&error))
    });
    match found.await {
        Ok(Some(html)) => page(&app, StatusCode::OK, Open::Page, html),
        Ok(None) => absent(&app, Open::Page),
        Err(problem) => trouble(&app, Open::Page, problem),
    }
}

#[get("/embed/mensen")]
pub(super) async fn embed_people(app: Data<App>, request: HttpRequest) -> HttpResponse {
    listed(&app, &request).await.unwrap_or_else(|problem| trouble(&app, Open::Frame, problem))
}

/// The people in the spotlight for other systems. It is made anew for each reader, who is told whether it changed.
#[get("/feeds/mensen.json")]
pub(super) async fn people_feed(app: Data<App>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let asked = request.query_string().to_owned();
    let query = wanted(&asked)?;
    let text = app.blocking(move |app| {
        let public_url = &app.settings.public_url;
        let found = app.database.read(app.clock.now(), |view| cards(view, query, MOST, public_url))?;
        let (home, address) = (addressed(public_url, "/embed/mensen", &asked), feed_address(public_url, &asked));
        publishing::people_feed(&found, &home, &address).map_err(|error| Problem::internal(&error))
    });
    Ok(file(&request, "application/feed+json", text.await?))
}

async fn listed(app: &Data<App>, request: &HttpRequest) -> Result<HttpResponse, Problem> {
    let (most, rest) = taken(request.query_string(), "max", MOST, USUAL)?;
    let query = wanted(&rest)?;
    let html = app.blocking(move |app| {
        let public_url = &app.settings.public_url;
        let found = app.database.read(app.clock.now(), |view| cards(view, query, most, public_url))?;
        publishing::person_list(&found, &feed_address(public_url, &rest)).map_err(|error| Problem::internal(&error))
    });
    Ok(page(app, StatusCode::OK, Open::Frame, html.await?))
}

/// Which cards are asked for: as `GET /public-profiles` describes it, but for what is of lists.
fn wanted(query: &str) -> Result<PublicProfileQuery, Problem> {
    let values = judged("/public-profiles", query)?;
    if let Some(name) = ["limit", "cursor"].into_iter().find(|name| values.contains_key(*name)) {
        return Err(Problem::invalid(vec![Fault { name: name.to_owned(), reason: "is not known here".to_owned() }]));
    }
    of_values(values)
}

fn feed_address(public_url: &str, query: &str) -> String {
    addressed(public_url, "/feeds/mensen.json", query)
}

fn addressed(public_url: &str, path: &str, query: &str) -> String {
    let mark = if query.is_empty() { "" } else { "?" };
    format!("{public_url}{path}{mark}{query}")
}
