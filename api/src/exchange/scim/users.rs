//! Users: the staff of the organisation.

use actix_web::web::Path;
use actix_web::{delete, get, patch, post, put};
use interchange::scim::project::Projection;
use interchange::scim::{Query, Resource, USER, list_response, patch, read};
use serde_json::Value;

use super::body::{Asked, IfVersion, Sent};
use super::failure::Outcome;
use super::feed::Feed;
use super::lists::Search;
use super::reply::Told;
use super::shelves::Shelf;
use super::user_store as store;

fn shown(query: &Query, whole: &Resource) -> Outcome<Resource> {
    Ok(Projection::of(&USER, &query.attributes, &query.excluded)?.show(whole.clone()))
}

#[post("/Users")]
pub(super) async fn create_user(feed: Feed, Asked(query): Asked, Sent(body): Sent) -> Outcome<Told> {
    let details = store::told(body)?;
    let whole = feed.write(move |work, scope| store::create_one(work, scope, details.clone())).await?;
    let shown = shown(&query, &whole)?;
    Ok(Told::created(&whole, shown))
}

#[get("/Users")]
pub(super) async fn list_users(feed: Feed, Asked(query): Asked) -> Outcome<Told> {
    list(feed, query).await
}

#[post("/Users/.search")]
pub(super) async fn search_users(feed: Feed, Sent(body): Sent) -> Outcome<Told> {
    list(feed, Query::from_body(&body)?).await
}

async fn list(feed: Feed, query: Query) -> Outcome<Told> {
    let page = feed.read(move |view, scope| Search::of(&[Shelf::Users], &query)?.page(view, scope)).await?;
    Ok(Told::message(list_response(page)))
}

#[get("/Users/{id}")]
pub(super) async fn get_user(feed: Feed, Asked(query): Asked, id: Path<String>) -> Outcome<Told> {
    let whole = feed.read(move |view, scope| store::get(view, scope, &id)).await?;
    let shown = shown(&query, &whole)?;
    Ok(Told::resource(&whole, shown))
}

#[put("/Users/{id}")]
pub(super) async fn replace_user(
    feed: Feed,
    Asked(query): Asked,
    id: Path<String>,
    seen: IfVersion,
    Sent(body): Sent,
) -> Outcome<Told> {
    let wanted = read(&USER, body)?;
    let whole = feed.write(move |work, scope| store::replace(work, scope, (&id, &seen), wanted.clone())).await?;
    let shown = shown(&query, &whole)?;
    Ok(Told::resource(&whole, shown))
}

#[patch("/Users/{id}")]
pub(super) async fn patch_user(
    feed: Feed,
    Asked(query): Asked,
    id: Path<String>,
    seen: IfVersion,
    Sent(body): Sent,
) -> Outcome<Told> {
    let changes = patch::parse(&body)?;
    let whole = feed.write(move |work, scope| store::patch(work, scope, (&id, &seen), &changes)).await?;
    let shown = shown(&query, &whole)?;
    Ok(Told::resource(&whole, shown))
}

#[delete("/Users/{id}")]
pub(super) async fn delete_user(feed: Feed, id: Path<String>, seen: IfVersion) -> Outcome<Told> {
    feed.write(move |work, scope| store::delete(work, scope, (&id, &seen))).await?;
    Ok(Told::done(None))
}

/// Reads a list of any sort, for whoever searches everywhere.
pub(super) async fn search(feed: Feed, shelves: &'static [Shelf], body: Value) -> Outcome<Told> {
    let query = Query::from_body(&body)?;
    let page = feed.read(move |view, scope| Search::of(shelves, &query)?.page(view, scope)).await?;
    Ok(Told::message(list_response(page)))
}
