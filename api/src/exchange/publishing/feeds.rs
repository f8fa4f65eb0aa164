//! Feeds of klussen as readers fetch them: what everybody may see, and what who made the address may see.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get};
use domain::exchange::feeds::Feed as KeptFeed;
use domain::market::assignments::Sight;
use domain::market::criteria::AssignmentCriteria;
use domain::market::publication_rings::Reach;
use domain::{Moment, Refusal};
use interchange::publishing::{self, Feed};
use persistence::View;
use persistence::exchange::feeds as kept;
use persistence::parties::organisations;

use super::answers::{Open, answer};
use super::klussen::newest;
use super::shelf::{Sheet, sheet};
use super::wanted::wanted;
use crate::access::Actor;
use crate::app::App;
use crate::market::standing::{reach_of, reach_of_all};
use crate::parties::hash_of;
use crate::problem::Problem;

/// As many klussen as a feed has at most.
const MOST: u32 = 50;

#[get("/feeds/klussen.{format:rss|atom|json|ics}")]
pub(super) async fn public_feed(
    app: Data<App>,
    request: HttpRequest,
    format: Path<String>,
) -> Result<HttpResponse, Problem> {
    let (wanted, format) = (wanted(request.query_string())?, format.into_inner());
    let kept = sheet(&app, format!("feed {format} {}", wanted.query), move |app, view| {
        let base = &app.settings.public_url;
        let klussen = newest(view, &(&wanted.criteria).into(), &Sight::default(), MOST, base)?;
        let feed = Feed {
            title: titled("Klussen", &wanted.criteria),
            home: format!("{base}/embed/klussen{}", wanted.query),
            address: format!("{base}/feeds/klussen.{format}{}", wanted.query),
            id: format!("{base}/feeds/klussen{}", wanted.query),
            updated: updated(&klussen),
            klussen,
        };
        rendered(&feed, &format).map(Some)
    });
    let kept = kept.await?.ok_or_else(|| Problem::internal(&"a feed that is not rendered"))?;
    Ok(answer(&app, &request, &kept, Open::File))
}

#[get("/feeds/{token}/klussen.{format:rss|atom|json|ics}")]
pub(super) async fn secret_feed(
    app: Data<App>,
    request: HttpRequest,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (token, format) = path.into_inner();
    let hash = hash_of(&token);
    let kept = sheet(&app, format!("secret {format} {hash}"), move |app, view| {
        let Some(feed) = kept::find_by_hash(view, &hash)? else { return Ok(None) };
        let Some(reach) = eyes_of(view, &feed)? else { return Ok(None) };
        let (base, sight) = (&app.settings.public_url, Sight { reach, ..Sight::default() });
        let klussen = newest(view, &(&feed.criteria).into(), &sight, MOST, base)?;
        let feed = Feed {
            title: feed.name,
            home: format!("{base}/embed/klussen"),
            address: format!("{base}/feeds/{token}/klussen.{format}"),
            id: format!("urn:uuid:{}", feed.id),
            updated: updated(&klussen),
            klussen,
        };
        rendered(&feed, &format).map(Some)
    });
    let kept = kept.await?.ok_or_else(|| Refusal::hidden("feed"))?;
    Ok(answer(&app, &request, &kept, Open::Secret))
}

/// Where whoever a feed looks for stands today; nothing where nobody is left to look for. What somebody sees by a role
/// or as an owner stays out: an address wanders further than a token.
fn eyes_of(view: &mut View<'_>, feed: &KeptFeed) -> Result<Option<Reach>, Problem> {
    match feed.organisation {
        Some(id) => {
            let takes_part = organisations::get(view, id)?.is_active();
            takes_part.then(|| reach_of_all(view, id)).transpose()
        }
        None => {
            let owner = Actor::employee(view, feed.owner)?;
            owner.map(|owner| reach_of(view, &owner)).transpose()
        }
    }
}

fn titled(title: &str, criteria: &AssignmentCriteria) -> String {
    criteria.region.as_ref().map_or_else(|| title.to_owned(), |region| format!("{title} in {region}"))
}

/// The last change of what it holds: the same feed says the same, whenever it is asked for.
fn updated(klussen: &[publishing::Klus]) -> Moment {
    klussen.iter().map(|klus| klus.modified_at).max().unwrap_or(Moment::UNIX_EPOCH)
}

fn rendered(feed: &Feed, format: &str) -> Result<Sheet, Problem> {
    let (media_type, text) = match format {
        "rss" => ("application/rss+xml; charset=utf-8", publishing::rss(feed)),
        "atom" => ("application/atom+xml; charset=utf-8", publishing::atom(feed)),
        "ics" => ("text/calendar; charset=utf-8", publishing::calendar(feed)),
        _ => {
            let text = publishing::json_feed(feed).map_err(|error| Problem::internal(&error))?;
            ("application/feed+json", text)
        }
    };
    Ok(Sheet { media_type, text })
}
