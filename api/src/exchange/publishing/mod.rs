//! Klussen where people are: pages, cards, frames and feeds outside `/v1`, whose formats and media types others laid down.
//! Everything here shows what everybody may see, but for feeds at an address with a secret.

mod answers;
mod cards;
mod feeds;
mod klussen;
mod people;
mod shelf;
mod sitemap;
mod wanted;
mod widget;

use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use actix_web::web::{Bytes, ServiceConfig};
use actix_web::{HttpResponse, get};

pub use shelf::Shelf;

/// What stands in frames of others begins so.
pub(crate) const FRAMED: &str = "/embed/";

/// What link cards show.
const IMAGE: &[u8] = include_bytes!("klusnet.png");

/// Registers the pages and feeds.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config
        .service(klussen::show_klus)
        .service(klussen::embed_klussen)
        .service(klussen::embed_klus)
        .service(people::show_person)
        .service(people::embed_people)
        .service(people::people_feed)
        .service(cards::oembed)
        .service(feeds::public_feed)
        .service(feeds::secret_feed)
        .service(image)
        .service(sitemap::robots)
        .service(sitemap::show_sitemap)
        .configure(widget::configure);
}

#[get("/static/klusnet.png")]
async fn image() -> HttpResponse {
    let mut response = HttpResponse::Ok();
    response.insert_header((CACHE_CONTROL, "public, max-age=86400")).insert_header((CONTENT_TYPE, "image/png"));
    response.insert_header(("Cross-Origin-Resource-Policy", "cross-origin")).body(Bytes::from_static(IMAGE))
}
