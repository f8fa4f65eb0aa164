//! oEmbed 1.0: what a portal asks for to show a klus as a card.

use askama::Template;
use serde_json::{Value, json};

use super::{Klus, xml_text};

const WIDTH: u32 = 480;
const HEIGHT: u32 = 220;
const KEPT_SECONDS: u32 = 300;

/// How large a card may be.
#[derive(Debug, Clone, Copy, Default)]
pub struct Frame {
    /// At most so wide.
    pub max_width: Option<u32>,
    /// At most so high.
    pub max_height: Option<u32>,
}

/// The card of a klus.
#[derive(Debug, Clone)]
pub struct Card {
    title: String,
    organisation: String,
    public_url: String,
    width: u32,
    height: u32,
    html: String,
}

#[derive(Template)]
#[template(path = "iframe.html")]
struct Iframe<'a> {
    klus: &'a Klus,
    public_url: &'a str,
    width: u32,
    height: u32,
}

#[derive(Template)]
#[template(path = "oembed.xml")]
struct Xml {
    members: Vec<(String, String)>,
}

impl Card {
    /// The card of this klus within this frame.
    pub fn of(klus: &Klus, frame: Frame, public_url: &str) -> Result<Self, askama::Error> {
        let width = frame.max_width.map_or(WIDTH, |most| most.min(WIDTH));
        let height = frame.max_height.map_or(HEIGHT, |most| most.min(HEIGHT));
        let html = Iframe { klus, public_url, width, height }.render()?.trim_end().to_owned();
        let (title, organisation) = (klus.title.clone(), klus.organisation.clone());
        Ok(Self { title, organisation, public_url: public_url.to_owned(), width, height, html })
    }

    /// The frame to put in a page.
    pub fn html(&self) -> &str {
        &self.html
    }

    /// As JSON.
    pub fn json(&self) -> String {
        self.members().to_string()
    }

    /// As XML.
    pub fn xml(&self) -> Result<String, askama::Error> {
        let text = |value: &Value| xml_text(&value.as_str().map_or_else(|| value.to_string(), str::to_owned));
        let members = self.members();
        let members = members.as_object().into_iter().flatten().map(|(name, value)| (name.clone(), text(value)));
        Xml { members: members.collect() }.render()
    }

    fn members(&self) -> Value {
        json!({
            "type": "rich",
            "version": "1.0",
            "title": self.title,
            "author_name": self.organisation,
            "provider_name": "Klusnet",
            "provider_url": format!("{}/", self.public_url),
            "cache_age": KEPT_SECONDS,
            "width": self.width,
            "height": self.height,
            "html": self.html,
        })
    }
}

/// Where the card of a page is asked for, but for its format.
pub(super) fn address_of(public_url: &str, page: &str) -> String {
    let encoded: String = page
        .bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect();
    format!("{public_url}/oembed?url={encoded}")
}
