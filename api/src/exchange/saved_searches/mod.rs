//! Saved searches: the operations, and what the clock does with them.

mod finding;
mod telling;
mod types;

use actix_web::web::Path;
use actix_web::{delete, get, patch, post};
use domain::exchange::saved_searches::SavedSearch;
use domain::{Refusal, SavedSearchId};
use persistence::View;
use persistence::exchange::saved_searches as kept;
use utoipa_actix_web::service_config::ServiceConfig;

use self::types::{SavedSearchDraft, SavedSearchPage, SavedSearchPatch, SavedSearchView};
use crate::access::Actor;
use crate::app::App;
use crate::body::{Body, IfMatch, Post};
use crate::caller::Caller;
use crate::exchange::openings;
use crate::paging::{Paging, PagingParams};
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// Registers the operations.
pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(create_saved_search)
        .service(list_saved_searches)
        .service(get_saved_search)
        .service(revise_saved_search)
        .service(delete_saved_search);
}

/// Finds klussen that newly opened, and tells what was found.
pub(super) fn due(app: &App) -> Result<(), Problem> {
    openings::due::<SavedSearch>(app)?;
    telling::due(app)
}

/// Save a search
///
/// You are told of each klus that newly opens to you and fits, once: at once, or together every day or every Monday at seven in
/// the morning. Nobody else sees what you look for. You can have 50 of them.
#[utoipa::path(tag = "notifications", security(("bearer" = ["notifications:write"])), request_body = SavedSearchDraft, responses(
    (status = 201, description = "Saved", body = SavedSearchView),
    (status = 409, description = "You have 50 saved searches already, or the Idempotency-Key came with another request"),
))]
#[post("/saved-searches")]
pub(crate) async fn create_saved_search(caller: Caller, post: Post<SavedSearchDraft>) -> Answer<SavedSearchView> {
    caller
        .post(post, |work, actor, draft| {
            let has = kept::count_of(work, actor.person)?;
            let search = SavedSearch::save(work.id(), actor.person, draft.into(), has, work.now())?;
            let search = kept::insert(work, search)?;
            let (path, revision) = (format!("/saved-searches/{}", search.id), search.revision);
            Ok(Reply::created(&path, SavedSearchView::from(search)).revision(revision))
        })
        .await
}

/// List your saved searches, newest first
///
/// Only your own: nobody sees what others look for.
#[utoipa::path(tag = "notifications", security(("bearer" = ["notifications:read"])), params(PagingParams), responses(
    (status = 200, description = "A page of saved searches", body = SavedSearchPage),
))]
#[get("/saved-searches")]
pub(crate) async fn list_saved_searches(caller: Caller, paging: Paging) -> Answer<SavedSearchPage> {
    caller
        .read(move |view, actor| {
            let page = kept::list(view, actor.person, &paging.request)?;
            Ok(paging.reply(page.map(SavedSearchView::from), SavedSearchPage::new))
        })
        .await
}

/// Show a saved search
///
/// One of somebody else is not there.
#[utoipa::path(tag = "notifications", security(("bearer" = ["notifications:read"])),
    params(("savedSearchId" = SavedSearchId, Path, description = "The saved search")), responses(
    (status = 200, description = "The saved search", body = SavedSearchView),
))]
#[get("/saved-searches/{savedSearchId}")]
pub(crate) async fn get_saved_search(caller: Caller, id: Path<SavedSearchId>) -> Answer<SavedSearchView> {
    caller
        .read(move |view, actor| {
            let search = own(view, actor, *id)?;
            Ok(Reply::current(search.revision, search.into()))
        })
        .await
}

/// Change a saved search
///
/// A merge patch: what is left out stays; criteria are replaced as a whole. What was found and not told yet is told as often as you
/// say now.
#[utoipa::path(tag = "notifications", security(("bearer" = ["notifications:write"])),
    params(("savedSearchId" = SavedSearchId, Path, description = "The saved search"), crate::body::IfMatchParam),
    request_body = SavedSearchPatch, responses(
    (status = 200, description = "Changed", body = SavedSearchView),
))]
#[patch("/saved-searches/{savedSearchId}")]
pub(crate) async fn revise_saved_search(
    caller: Caller,
    id: Path<SavedSearchId>,
    seen: IfMatch,
    body: Body<SavedSearchPatch>,
) -> Answer<SavedSearchView> {
    caller
        .write(move |work, actor| {
            let search = own(work, actor, *id)?;
            seen.expect(search.revision)?;
            let details = body.0.clone().apply(&search);
            let search = kept::save(work, search.revise(details, work.now())?)?;
            Ok(Reply::current(search.revision, search.into()))
        })
        .await
}

/// Remove a saved search
///
/// What it told stays among your notifications.
#[utoipa::path(tag = "notifications", security(("bearer" = ["notifications:write"])),
    params(("savedSearchId" = SavedSearchId, Path, description = "The saved search"), crate::body::IfMatchParam), responses(
    (status = 204, description = "Removed"),
))]
#[delete("/saved-searches/{savedSearchId}")]
pub(crate) async fn delete_saved_search(caller: Caller, id: Path<SavedSearchId>, seen: IfMatch) -> Answer<()> {
    caller
        .write(move |work, actor| {
            let search = own(work, actor, *id)?;
            seen.expect(search.revision)?;
            kept::delete(work, search.id)?;
            Ok(Reply::done())
        })
        .await
}

/// A search of the caller; to anybody else it is not there.
fn own(view: &mut View<'_>, actor: &Actor, id: SavedSearchId) -> Result<SavedSearch, Problem> {
    let own = kept::find(view, id)?.filter(|search| search.person == actor.person);
    Ok(own.ok_or_else(|| Refusal::hidden("saved search"))?)
}
