//! Groups: the departments of the organisation.

use actix_web::web::Path;
use actix_web::{delete, get, patch, post, put};
use interchange::scim::project::Projection;
use interchange::scim::{GROUP, Query, Resource, list_response, patch, read};

use super::body::{Asked, IfVersion, Sent};
use super::failure::Outcome;
use super::feed::Feed;
use super::group_store as store;
use super::lists::Search;
use super::reply::Told;
use super::shelves::Shelf;

fn shown(query: &Query, whole: &Resource) -> Outcome<Resource> {
    Ok(Projection::of(&GROUP, &query.attributes, &query.excluded)?.show(whole.clone()))
}

#[post("/Groups")]
pub(super) async fn create_group(feed: Feed, Asked(query): Asked, Sent(body): Sent) -> Outcome<Told> {
    let wanted = read(&GROUP, body)?;
    let whole = feed.write(move |work, scope| store::create(work, scope, None, &wanted)).await?;
    let shown = shown(&query, &whole)?;
    Ok(Told::created(&whole, shown))
}

#[get("/Groups")]
pub(super) async fn list_groups(feed: Feed, Asked(query): Asked) -> Outcome<Told> {
    let page = feed.read(move |view, scope| Search::of(&[Shelf::Groups], &query)?.page(view, scope)).await?;
    Ok(Told::message(list_response(page)))
}

#[post("/Groups/.search")]
pub(super) async fn search_groups(feed: Feed, Sent(body): Sent) -> Outcome<Told> {
    super::users::search(feed, &[Shelf::Groups], body).await
}

#[get("/Groups/{id}")]
pub(super) async fn get_group(feed: Feed, Asked(query): Asked, id: Path<String>) -> Outcome<Told> {
    let whole = feed.read(move |view, scope| store::get(view, scope, &id)).await?;
    let shown = shown(&query, &whole)?;
    Ok(Told::resource(&whole, shown))
}

#[put("/Groups/{id}")]
pub(super) async fn replace_group(
    feed: Feed,
    Asked(query): Asked,
    id: Path<String>,
    seen: IfVersion,
    Sent(body): Sent,
) -> Outcome<Told> {
    let wanted = read(&GROUP, body)?;
    let whole = feed.write(move |work, scope| store::replace(work, scope, (&id, &seen), &wanted)).await?;
    let shown = shown(&query, &whole)?;
    Ok(Told::resource(&whole, shown))
}

/// Answers without the group, which may be large, unless attributes are asked for (RFC 7644, 3.5.2).
#[patch("/Groups/{id}")]
pub(super) async fn patch_group(
    feed: Feed,
    Asked(query): Asked,
    id: Path<String>,
    seen: IfVersion,
    Sent(body): Sent,
) -> Outcome<Told> {
    let changes = patch::parse(&body)?;
    let whole = feed.write(move |work, scope| store::patch(work, scope, (&id, &seen), &changes)).await?;
    if query.attributes.is_empty() {
        return Ok(Told::done(Some(&whole)));
    }
    let shown = shown(&query, &whole)?;
    Ok(Told::resource(&whole, shown))
}

#[delete("/Groups/{id}")]
pub(super) async fn delete_group(feed: Feed, id: Path<String>, seen: IfVersion) -> Outcome<Told> {
    feed.write(move |work, scope| store::delete(work, scope, (&id, &seen))).await?;
    Ok(Told::done(None))
}
