//! A search of everything.

use actix_web::post;

use super::body::Sent;
use super::failure::Outcome;
use super::feed::Feed;
use super::reply::Told;
use super::shelves::Shelf;
use super::users;

#[post("/.search")]
pub(super) async fn search_all(feed: Feed, Sent(body): Sent) -> Outcome<Told> {
    users::search(feed, &[Shelf::Users, Shelf::Groups], body).await
}
