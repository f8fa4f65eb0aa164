//! People in the spotlight as JSON Feed 1.1.

use askama::Template;
use serde::Serialize;

use super::PublicPerson;

#[derive(Serialize)]
struct JsonFeed<'a> {
    version: &'static str,
    title: &'static str,
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
    language: &'static str,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    tags: &'a [String],
    _klusnet: Extension<'a>,
}

/// What the format has no members for; names as in the interface.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Extension<'a> {
    about: &'static str,
    name: Option<&'a str>,
    headline: Option<&'a str>,
    fields_of_work: &'a [String],
    core_qualities: &'a [String],
    interests: &'a [String],
    skills: &'a [String],
}

#[derive(Template)]
#[template(path = "person_card.html")]
struct Card<'a> {
    person: &'a PublicPerson,
}

/// Public cards, the newest first; `home` is where people read them, `address` where this is read.
pub fn people_feed(people: &[PublicPerson], home: &str, address: &str) -> Result<String, serde_json::Error> {
    serde_json::to_string(&JsonFeed {
        version: "https://jsonfeed.org/version/1.1",
        title: "Mensen in de schijnwerper",
        language: "nl",
        home_page_url: home,
        feed_url: address,
        description: "Openbare visitekaartjes van ondernemende ambtenaren",
        items: people.iter().map(item).collect(),
    })
}

fn item(person: &PublicPerson) -> Item<'_> {
    let PublicPerson { id, link, name, headline, fields_of_work, core_qualities, interests, skills, experience: _ } =
        person;
    Item {
        id: format!("urn:uuid:{id}"),
        url: link,
        title: person.heading(),
        content_html: Card { person }.render().unwrap_or_default(),
        summary: person.summary(),
        language: "nl",
        tags: fields_of_work,
        _klusnet: Extension {
            about: "https://github.com/klusnet/klusnet",
            name: name.as_deref(),
            headline: headline.as_deref(),
            fields_of_work,
            core_qualities,
            interests,
            skills,
        },
    }
}
