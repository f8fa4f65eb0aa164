//! JSON Feed 1.1.

use chrono::{NaiveDate, SecondsFormat};
use domain::{Language, Moment, TextEnum as _};
use serde::Serialize;

use super::{Feed, Klus};

#[derive(Serialize)]
struct JsonFeed<'a> {
    version: &'static str,
    title: &'a str,
    language: &'static str,
    home_page_url: &'a str,
    feed_url: &'a str,
    description: &'static str,
    items: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Item<'a> {
    id: String,
    url: &'a str,
    title: &'a str,
    content_html: String,
    summary: String,
    date_published: String,
    date_modified: String,
    authors: [Author<'a>; 1],
    language: &'static str,
    tags: [&'static str; 1],
    _klus: Extension<'a>,
}

#[derive(Serialize)]
struct Author<'a> {
    name: &'a str,
}

/// What the format has no members for; names as in the interface.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Extension<'a> {
    about: &'static str,
    organisation_name: &'a str,
    kind: &'static str,
    region: Option<&'a str>,
    location: Option<&'a str>,
    remote: &'static str,
    minutes_per_week: Option<i64>,
    total_minutes: Option<i64>,
    start_date: Option<NaiveDate>,
    end_date: Option<NaiveDate>,
    deadline: Option<String>,
}

/// The feed as JSON.
pub fn json_feed(feed: &Feed) -> Result<String, serde_json::Error> {
    serde_json::to_string(&JsonFeed {
        version: "https://jsonfeed.org/version/1.1",
        title: &feed.title,
        language: "nl",
        home_page_url: &feed.home,
        feed_url: &feed.address,
        description: "Open klussen, nieuwste eerst",
        items: feed.klussen.iter().map(item).collect(),
    })
}

fn item(klus: &Klus) -> Item<'_> {
    Item {
        id: klus.urn(),
        url: &klus.link,
        title: &klus.title,
        content_html: klus.html(),
        summary: klus.summary(),
        date_published: text(klus.published_at),
        date_modified: text(klus.modified_at),
        authors: [Author { name: &klus.organisation }],
        language: "nl",
        tags: [klus.kind.label(Language::Dutch)],
        _klus: Extension {
            about: "https://github.com/klusnet/klusnet",
            organisation_name: &klus.organisation,
            kind: klus.kind.as_str(),
            region: klus.region.as_deref(),
            location: klus.location.as_deref(),
            remote: klus.remote.as_str(),
            minutes_per_week: klus.effort.and_then(domain::market::effort::Effort::minutes_per_week),
            total_minutes: klus.effort.and_then(domain::market::effort::Effort::total_minutes),
            start_date: klus.start_date,
            end_date: klus.end_date,
            deadline: klus.deadline.map(text),
        },
    }
}

fn text(moment: Moment) -> String {
    moment.to_rfc3339_opts(SecondsFormat::Secs, true)
}
