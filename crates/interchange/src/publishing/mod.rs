//! What is shown outside: pages, cards, feeds and calendars of klussen, and public business cards. Nothing here knows who
//! owns a klus or who responded to it.

mod atom;
mod calendar;
mod json_feed;
mod oembed;
mod pages;
mod people;
mod people_feed;
mod posting;
mod rss;
mod sitemap;
#[cfg(test)]
mod tests;

use askama::Template;
use chrono::NaiveDate;
use chrono_tz::Europe::Amsterdam;
use domain::market::assignments::{AssignmentKind, PublicStanding, RemoteMode};
use domain::market::effort::Effort;
use domain::placements::secondment_agreements::{dutch_date, dutch_effort};
use domain::{Language, Moment, TextEnum as _};
use uuid::Uuid;

pub use atom::atom;
pub use calendar::calendar;
pub use json_feed::json_feed;
pub use oembed::{Card, Frame};
pub use pages::{absent, klus_card, klus_list, klus_page, trouble};
pub use people::{PublicPerson, person_list, person_page};
pub use people_feed::people_feed;
pub use rss::rss;
pub use sitemap::{MOST_PAGES, SitePage, sitemap};

/// The style of every page; it stands in the page, so that a page needs nothing beside itself.
pub const STYLE: &str = include_str!("../../templates/style.css");

/// A klus as it is shown outside.
#[derive(Debug, Clone)]
pub struct Klus {
    /// Identifies it.
    pub id: Uuid,
    /// The title.
    pub title: String,
    /// The organisation that has the work.
    pub organisation: String,
    /// What kind it is.
    pub kind: AssignmentKind,
    /// What the work is about.
    pub description: String,
    /// What will be there when it is done.
    pub intended_result: Option<String>,
    /// The region, by name.
    pub region: Option<String>,
    /// The place, by name.
    pub location: Option<String>,
    /// Where the work is done.
    pub remote: RemoteMode,
    /// How much work it is.
    pub effort: Option<Effort>,
    /// The first day.
    pub start_date: Option<NaiveDate>,
    /// The last day.
    pub end_date: Option<NaiveDate>,
    /// The skills it asks for.
    pub skills: Vec<String>,
    /// Until when people may respond.
    pub deadline: Option<Moment>,
    /// When it was first published.
    pub published_at: Moment,
    /// When it last changed.
    pub modified_at: Moment,
    /// Where it is shown.
    pub link: String,
}

/// Klussen as a feed tells of them, newest first.
#[derive(Debug, Clone)]
pub struct Feed {
    /// How it is called.
    pub title: String,
    /// Where it is read by people.
    pub home: String,
    /// Where it is read by machines.
    pub address: String,
    /// Identifies it for ever, in Atom.
    pub id: String,
    /// What it holds.
    pub klussen: Vec<Klus>,
    /// When it last changed, as far as what it holds tells.
    pub updated: Moment,
}

/// What is said of a klus that is over.
trait Over {
    fn text(&self) -> Option<&'static str>;
}

impl Over for PublicStanding {
    fn text(&self) -> Option<&'static str> {
        match self {
            Self::Open => None,
            Self::Filled => Some("Deze klus is vervuld."),
            Self::Closed => Some("Deze klus is gesloten: reageren kan niet meer."),
        }
    }
}

#[derive(Template)]
#[template(path = "description.html")]
struct Description<'a> {
    klus: &'a Klus,
}

impl Klus {
    /// What says the same klus for ever, however it changes.
    pub fn urn(&self) -> String {
        format!("urn:uuid:{}", self.id)
    }

    /// One line that says the most of it.
    pub fn summary(&self) -> String {
        let place = self.location.as_deref().or(self.region.as_deref()).map(str::to_owned);
        let deadline = self.deadline.map(|deadline| format!("reageren tot {}", dutch_moment(deadline)));
        let parts = [Some(self.kind.label(Language::Dutch).to_owned()), self.effort.map(dutch_effort), place, deadline];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        let facts = [
            ("Soort", Some(self.kind.label(Language::Dutch).to_owned())),
            ("Omvang", self.effort.map(dutch_effort)),
            ("Begin", self.start_date.map(dutch_date)),
            ("Einde", self.end_date.map(dutch_date)),
            ("Plaats", self.location.clone()),
            ("Regio", self.region.clone()),
            ("Werkplek", Some(self.remote.label(Language::Dutch).to_owned())),
            ("Reageren tot", self.deadline.map(dutch_moment)),
        ];
        facts.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }

    fn paragraphs(&self) -> Vec<&str> {
        self.description.split(['\n', '\r']).map(str::trim).filter(|paragraph| !paragraph.is_empty()).collect()
    }

    /// The description as HTML; never the same text as the title.
    fn html(&self) -> String {
        Description { klus: self }.render().unwrap_or_default()
    }
}

pub(crate) fn dutch_moment(moment: Moment) -> String {
    let local = moment.with_timezone(&Amsterdam);
    format!("{} om {} uur", dutch_date(local.date_naive()), local.format("%H.%M"))
}

/// Text that XML can hold: some characters cannot even be written as a reference.
fn xml_text(text: &str) -> String {
    text.chars().filter(|c| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)).collect()
}
