//! Pages of lists: opaque cursors in, links out.

use actix_web::{FromRequest, HttpRequest, dev};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::Fault;
use persistence::{Cursor, Direction, Page, PageRequest};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::caller::{judge_address, operation_of};
use crate::problem::Problem;
use crate::reply::Reply;

/// How many rows a page has unless asked otherwise.
const DEFAULT_LIMIT: u32 = 20;

/// Which page of a list
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase")]
pub struct PagingParams {
    /// Where the page begins: leave it out for the first page, then follow `links.next`
    #[param(nullable = false, max_length = 800)]
    pub cursor: Option<String>,
    /// At most this many rows; 20 unless given
    #[param(nullable = false, minimum = 1, maximum = 100, example = 20)]
    pub limit: Option<u32>,
}

/// Which page was asked for, and the address it was asked at.
#[derive(Debug)]
pub struct Paging {
    /// Which page.
    pub request: PageRequest,
    path: String,
    query: String,
}

/// Where the other pages are; a link is left out where there is no such page
#[derive(Debug, Serialize, ToSchema)]
pub struct PageLinks {
    /// The next page
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        format = "uri-reference",
        max_length = 4000,
        example = "/v1/organisations?cursor=bjphYTow"
    )]
    pub next: Option<String>,
    /// The previous page
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        format = "uri-reference",
        max_length = 4000,
        example = "/v1/organisations?cursor=cDphYTow"
    )]
    pub prev: Option<String>,
}

impl FromRequest for Paging {
    type Error = Problem;
    type Future = std::future::Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut dev::Payload) -> Self::Future {
        std::future::ready(Self::of(request))
    }
}

impl Paging {
    fn of(request: &HttpRequest) -> Result<Self, Problem> {
        let values = judge_address(request, &*operation_of(request)?)?;
        let cursor = values.get("cursor").and_then(serde_json::Value::as_str);
        let cursor = cursor.map(|text| decode(text).ok_or_else(unknown_cursor)).transpose()?;
        let limit = values.get("limit").and_then(serde_json::Value::as_u64).and_then(|limit| u32::try_from(limit).ok());
        let request_page = PageRequest { cursor, limit: limit.unwrap_or(DEFAULT_LIMIT) };
        Ok(Self { request: request_page, path: request.path().to_owned(), query: request.query_string().to_owned() })
    }

    /// The answer for a page; `wrap` puts rows and links into the list's own type.
    pub fn reply<T, P>(&self, page: Page<T>, wrap: impl FnOnce(Vec<T>, PageLinks) -> P) -> Reply<P> {
        let links = PageLinks {
            next: page.next.as_ref().map(|cursor| self.address(cursor)),
            prev: page.previous.as_ref().map(|cursor| self.address(cursor)),
        };
        let header: Vec<String> = [("next", &links.next), ("prev", &links.prev)]
            .into_iter()
            .filter_map(|(name, link)| link.as_ref().map(|link| format!("<{link}>; rel=\"{name}\"")))
            .collect();
        let link = (!header.is_empty()).then(|| header.join(", "));
        Reply::shown(wrap(page.items, links)).link(link)
    }

    fn address(&self, cursor: &Cursor) -> String {
        let others: Vec<&str> =
            self.query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("cursor=")).collect();
        let cursor = format!("cursor={}", encode(cursor));
        let query: Vec<&str> = others.into_iter().chain([cursor.as_str()]).collect();
        format!("{}?{}", self.path, query.join("&"))
    }
}

fn unknown_cursor() -> Problem {
    let reason = "must be a cursor from links.next or links.prev of this list".to_owned();
    Problem::invalid(vec![Fault { name: "cursor".to_owned(), reason }])
}

fn encode(cursor: &Cursor) -> String {
    let direction = match cursor.direction {
        Direction::Next => 'n',
        Direction::Previous => 'p',
    };
    URL_SAFE_NO_PAD.encode(format!("{direction}{}{}", cursor.id.simple(), cursor.key))
}

fn decode(text: &str) -> Option<Cursor> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
    let direction = match text.get(..1)? {
        "n" => Direction::Next,
        "p" => Direction::Previous,
        _ => return None,
    };
    let id = Uuid::try_parse(text.get(1..33)?).ok()?;
    let key = text.get(33..)?.to_owned();
    (!key.contains(char::is_control)).then_some(Cursor { direction, key, id })
}

/// Declares the page of a list: `items` and `links`.
macro_rules! page_of {
    ($(#[$meta:meta])* $name:ident as $schema:ident, $item:ty) => {
        $(#[$meta])*
        #[derive(serde::Serialize, utoipa::ToSchema)]
        #[schema(as = $schema)]
        pub struct $name {
            /// The rows of this page
            #[schema(max_items = 100)]
            pub items: Vec<$item>,
            /// The other pages
            pub links: $crate::paging::PageLinks,
        }
        impl $name {
            /// Puts rows and links together.
            pub fn new(items: Vec<$item>, links: $crate::paging::PageLinks) -> Self {
                Self { items, links }
            }
        }
    };
}
pub(crate) use page_of;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_survives_the_way_there_and_back() {
        let cursor =
            Cursor { direction: Direction::Previous, key: "súdwest, fryslân".to_owned(), id: Uuid::from_u128(7) };
        assert_eq!(decode(&encode(&cursor)), Some(cursor));
    }

    #[test]
    fn what_is_no_cursor_is_refused_without_harm() {
        for text in ["", "x", "bm9uc2Vuc2U", "ééé", &"A".repeat(800)] {
            assert_eq!(decode(text), None, "{text}");
        }
    }
}
