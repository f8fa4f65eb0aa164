//! The public pages of klussen, and what portals put in a frame.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get};
use domain::AssignmentId;
use domain::market::assignments::{PublicStanding, Sight};
use interchange::publishing::{self, Klus};
use persistence::market::assignments::{self as kept, AssignmentFilter};
use persistence::{PageRequest, View};

use super::answers::{HTML, Open, absent, answer, trouble};
use super::shelf::{Sheet, sheet};
use super::wanted::{taken, wanted};
use crate::app::App;
use crate::market::assignments::{klussen, public_klus};
use crate::problem::Problem;

/// As many as a list in a frame has at most.
const MOST: u32 = 50;
/// As many as it has unless asked otherwise.
const USUAL: u32 = 10;

type Render = fn(&Klus, PublicStanding, &App) -> Result<String, Problem>;

#[get("/klussen/{id}")]
pub(super) async fn show_klus(app: Data<App>, request: HttpRequest, id: Path<String>) -> HttpResponse {
    shown(&app, &request, &id, Open::Page, |klus, standing, app| {
        publishing::klus_page(klus, standing, &app.settings.public_url).map_err(|error| Problem::internal(&error))
    })
    .await
}

#[get("/embed/klussen/{id}")]
pub(super) async fn embed_klus(app: Data<App>, request: HttpRequest, id: Path<String>) -> HttpResponse {
    shown(&app, &request, &id, Open::Frame, |klus, standing, _| {
        publishing::klus_card(klus, standing).map_err(|error| Problem::internal(&error))
    })
    .await
}

#[get("/embed/klussen")]
pub(super) async fn embed_klussen(app: Data<App>, request: HttpRequest) -> HttpResponse {
    listed(&app, &request).await.unwrap_or_else(|problem| trouble(&app, Open::Frame, problem))
}

async fn shown(app: &Data<App>, request: &HttpRequest, id: &str, open: Open, render: Render) -> HttpResponse {
    let Ok(uuid) = id.parse::<uuid::Uuid>() else { return absent(app, open) };
    let found = sheet(app, format!("{open:?} {uuid}"), move |app, view| {
        let found = public_klus(view, AssignmentId::from(uuid), &app.settings.public_url)?;
        let Some((klus, standing)) = found else { return Ok(None) };
        Ok(Some(Sheet { media_type: HTML, text: render(&klus, standing, app)? }))
    });
    match found.await {
        Ok(Some(kept)) => answer(app, request, &kept, open),
        Ok(None) => absent(app, open),
        Err(problem) => trouble(app, open, problem),
    }
}

async fn listed(app: &Data<App>, request: &HttpRequest) -> Result<HttpResponse, Problem> {
    let (most, rest) = taken(request.query_string(), "max", MOST, USUAL)?;
    let wanted = wanted(&rest)?;
    let key = format!("list {most} {}", wanted.query);
    let kept = sheet(app, key, move |app, view| {
        let found = newest(view, &(&wanted.criteria).into(), &Sight::default(), most, &app.settings.public_url)?;
        let feed = format!("{}/feeds/klussen.rss{}", app.settings.public_url, wanted.query);
        let text = publishing::klus_list(&found, &feed).map_err(|error| Problem::internal(&error))?;
        Ok(Some(Sheet { media_type: HTML, text }))
    });
    let kept = kept.await?;
    Ok(kept.map_or_else(|| absent(app, Open::Frame), |kept| answer(app, request, &kept, Open::Frame)))
}

/// The newest klussen that are seen from here.
pub(super) fn newest(
    view: &mut View<'_>,
    filter: &AssignmentFilter,
    sight: &Sight,
    most: u32,
    public_url: &str,
) -> Result<Vec<Klus>, Problem> {
    let page = kept::list(view, filter, sight, &PageRequest::first(most))?;
    klussen(view, page.items, public_url)
}
