//! RSS 2.0.

use std::collections::BTreeMap;

use rss::extension::dublincore::DublinCoreExtension;
use rss::extension::{Extension, ExtensionMap};
use rss::{Category, Channel, Guid, Item};

use super::{Feed, Klus, xml_text};
use domain::{Language, TextEnum as _};

/// How often readers come back, in minutes.
const MINUTES: &str = "60";

/// The feed as RSS 2.0.
pub fn rss(feed: &Feed) -> String {
    let names = [("atom", "http://www.w3.org/2005/Atom"), ("dc", "http://purl.org/dc/elements/1.1/")];
    let channel = Channel {
        title: xml_text(&feed.title),
        link: feed.home.clone(),
        description: "Open klussen, nieuwste eerst".to_owned(),
        language: Some("nl".to_owned()),
        last_build_date: Some(feed.updated.to_rfc2822()),
        ttl: Some(MINUTES.to_owned()),
        items: feed.klussen.iter().map(item).collect(),
        extensions: own_address(&feed.address),
        namespaces: names.into_iter().map(|(name, space)| (name.to_owned(), space.to_owned())).collect(),
        ..Channel::default()
    };
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}", channel.to_string().trim_start_matches(DECLARATION))
}

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>";

fn item(klus: &Klus) -> Item {
    Item {
        title: Some(xml_text(&klus.title)),
        link: Some(klus.link.clone()),
        description: Some(xml_text(&klus.html())),
        guid: Some(Guid { value: klus.urn(), permalink: false }),
        pub_date: Some(klus.published_at.to_rfc2822()),
        categories: vec![Category { name: klus.kind.label(Language::Dutch).to_owned(), domain: None }],
        dublin_core_ext: Some(DublinCoreExtension {
            creators: vec![xml_text(&klus.organisation)],
            ..DublinCoreExtension::default()
        }),
        ..Item::default()
    }
}

fn own_address(address: &str) -> ExtensionMap {
    let attrs = [("rel", "self"), ("type", "application/rss+xml"), ("href", address)];
    let attrs = attrs.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let link = Extension { name: "atom:link".to_owned(), attrs, ..Extension::default() };
    ExtensionMap::from([("atom".to_owned(), BTreeMap::from([("link".to_owned(), vec![link])]))])
}
