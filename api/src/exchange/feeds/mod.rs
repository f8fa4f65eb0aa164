//! Feeds of klussen for readers that cannot sign in: the operations. What readers fetch is made in
//! [`super::publishing`].

mod types;

use actix_web::web::Path;
use actix_web::{delete, get, post};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::exchange::feeds::Feed;
use domain::market::criteria::AssignmentCriteria;
use domain::{Audience, Change, EventKind, FeedId, OrganisationId, Refusal};
use persistence::exchange::feeds as kept;
use persistence::parties::organisations;
use persistence::{View, Work, ledger};
use utoipa_actix_web::service_config::ServiceConfig;

use self::types::{FeedDraft, FeedPage, FeedView, NewFeedView};
use crate::access::Actor;
use crate::body::Body;
use crate::caller::Caller;
use crate::paging::{Paging, PagingParams};
use crate::parties::hash_of;
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// What the secret in an address begins with, so that it is recognised where it should not be.
const SECRET_PREFIX: &str = "klusnet_feed_";

/// Registers the operations.
pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(create_feed).service(list_feeds).service(get_feed).service(delete_feed);
}

/// Make a feed
///
/// For portals and readers that cannot sign in: RSS, Atom, JSON Feed and iCalendar at addresses that hold a secret. Who
/// works somewhere makes feeds of their own: they show the klussen that are open to them, and stop when they are
/// employed nowhere any more. An administrator makes feeds of an organisation: they show what every employee may see.
/// The addresses are shown this once and the secret is kept only as a hash. Since the answer holds a secret, it takes no
/// `Idempotency-Key`. What is open to everybody needs none of this: `/feeds/klussen.rss`.
#[utoipa::path(tag = "assignments", security(("bearer" = ["market:write"])), request_body = FeedDraft, responses(
    (status = 201, description = "Made", body = NewFeedView),
    (status = 409, description = "There are twenty already"),
))]
#[post("/feeds")]
pub(crate) async fn create_feed(caller: Caller, body: Body<FeedDraft>) -> Answer<NewFeedView> {
    let public_url = caller.app().settings.public_url.clone();
    caller
        .write(move |work, actor| {
            let (feed, token) = make(work, actor, body.0.clone())?;
            Ok(Reply::created(&format!("/feeds/{}", feed.id), NewFeedView::of(feed, &token, &public_url)))
        })
        .await
}

/// List feeds, newest first
///
/// Your own, and those of organisations that you administer. Addresses are never shown again.
#[utoipa::path(tag = "assignments", security(("bearer" = ["market:read"])), params(PagingParams), responses(
    (status = 200, description = "A page of feeds", body = FeedPage),
))]
#[get("/feeds")]
pub(crate) async fn list_feeds(caller: Caller, paging: Paging) -> Answer<FeedPage> {
    caller
        .read(move |view, actor| {
            let organisations = administered(view, actor)?;
            let page = kept::list(view, actor.person, &organisations, &paging.request)?;
            Ok(paging.reply(page.map(FeedView::from), FeedPage::new))
        })
        .await
}

/// Show a feed
///
/// Yours, or of an organisation that you administer; any other is not there. Its addresses are not shown.
#[utoipa::path(tag = "assignments", security(("bearer" = ["market:read"])),
    params(("feedId" = FeedId, Path, description = "The feed")), responses(
    (status = 200, description = "The feed", body = FeedView),
))]
#[get("/feeds/{feedId}")]
pub(crate) async fn get_feed(caller: Caller, id: Path<FeedId>) -> Answer<FeedView> {
    caller.read(move |view, actor| Ok(Reply::shown(reached(view, actor, *id)?.into()))).await
}

/// Take a feed back
///
/// Its addresses are good for nothing from that moment on.
#[utoipa::path(tag = "assignments", security(("bearer" = ["market:write"])),
    params(("feedId" = FeedId, Path, description = "The feed")), responses(
    (status = 204, description = "Taken back"),
))]
#[delete("/feeds/{feedId}")]
pub(crate) async fn delete_feed(caller: Caller, id: Path<FeedId>) -> Answer<()> {
    caller
        .write(move |work, actor| {
            let feed = reached(work, actor, *id)?;
            kept::delete(work, feed.id)?;
            announce(work, &feed)?;
            Ok(Reply::done())
        })
        .await
}

fn make(work: &mut Work<'_>, actor: &Actor, draft: FeedDraft) -> Result<(Feed, String), Problem> {
    let FeedDraft { name, organisation_id, criteria } = draft;
    match organisation_id {
        Some(organisation) => {
            let known = organisations::find_many(work, &[organisation])?;
            if known.is_empty() {
                return Err(Refusal::invalid("organisationId", "must be an organisation").into());
            }
            actor.must_administer(work, organisation)?;
        }
        None if actor.employments.is_empty() => {
            return Err(Refusal::forbidden("Who works nowhere has no feed of their own.").into());
        }
        None => {}
    }
    let criteria = criteria.map(AssignmentCriteria::from).unwrap_or_default();
    let others = kept::count_of(work, actor.person, organisation_id)?;
    let owner = (actor.person, organisation_id);
    let feed = Feed::make(work.id(), owner, (name, criteria), others, work.now())?;
    let token = format!("{SECRET_PREFIX}{}", URL_SAFE_NO_PAD.encode(work.secret()));
    let feed = kept::insert(work, feed, &hash_of(&token))?;
    announce(work, &feed)?;
    Ok((feed, token))
}

/// The organisations whose feeds the caller looks after.
fn administered(view: &mut View<'_>, actor: &Actor) -> Result<Vec<OrganisationId>, Problem> {
    Ok(crate::market::standing::Viewer::of(view, Some(actor))?.sight.administers)
}

/// A feed that the caller looks after; to anybody else it is not there.
fn reached(view: &mut View<'_>, actor: &Actor, id: FeedId) -> Result<Feed, Problem> {
    let feed = kept::get(view, id)?;
    let is_theirs = match feed.organisation {
        Some(organisation) => actor.administers(view, organisation)?,
        None => feed.owner == actor.person,
    };
    if is_theirs { Ok(feed) } else { Err(Refusal::hidden("feed").into()) }
}

fn announce(work: &mut Work<'_>, feed: &Feed) -> Result<(), Problem> {
    let change = Change::new(EventKind::FeedChanged, feed.id);
    let change = match feed.organisation {
        Some(organisation) => change.of(organisation).to([Audience::Administrators(organisation)]),
        None => change.to([Audience::Person(feed.owner)]),
    };
    Ok(ledger::record(work, change)?)
}
