//! Atom (RFC 4287).

use atom_syndication::{Category, Content, Entry, Feed as AtomFeed, Link, Person, Text};
use domain::{Language, TextEnum as _};

use super::{Feed, Klus, xml_text};

/// The feed as Atom.
pub fn atom(feed: &Feed) -> String {
    let own = Link { mime_type: Some("application/atom+xml".to_owned()), ..link("self", &feed.address) };
    let feed = AtomFeed {
        title: Text::plain(xml_text(&feed.title)),
        id: feed.id.clone(),
        updated: feed.updated.fixed_offset(),
        authors: vec![person("Klusnet")],
        links: vec![own, link("alternate", &feed.home)],
        entries: feed.klussen.iter().map(entry).collect(),
        lang: Some("nl".to_owned()),
        ..AtomFeed::default()
    };
    feed.to_string()
}

fn entry(klus: &Klus) -> Entry {
    let label = klus.kind.label(Language::Dutch).to_owned();
    Entry {
        title: Text::plain(xml_text(&klus.title)),
        id: klus.urn(),
        updated: klus.modified_at.fixed_offset(),
        authors: vec![person(&klus.organisation)],
        categories: vec![Category { term: klus.kind.as_str().to_owned(), label: Some(label), scheme: None }],
        links: vec![link("alternate", &klus.link)],
        published: Some(klus.published_at.fixed_offset()),
        content: Some(Content {
            value: Some(xml_text(&klus.html())),
            content_type: Some("html".to_owned()),
            ..Content::default()
        }),
        ..Entry::default()
    }
}

fn link(rel: &str, href: &str) -> Link {
    Link { href: href.to_owned(), rel: rel.to_owned(), ..Link::default() }
}

fn person(name: &str) -> Person {
    Person { name: xml_text(name), ..Person::default() }
}
