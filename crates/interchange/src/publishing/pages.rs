//! The pages: small HTML that is read without a script.

use askama::Template;
use domain::market::assignments::PublicStanding;

use super::oembed::address_of;
use super::{Klus, Over as _, posting};

#[derive(Template)]
#[template(path = "klus.html")]
struct KlusPage<'a> {
    klus: &'a Klus,
    state: PublicStanding,
    summary: String,
    public_url: &'a str,
    oembed: String,
    posting: Option<String>,
}

#[derive(Template)]
#[template(path = "klus_card.html")]
struct KlusCard<'a> {
    klus: &'a Klus,
    state: PublicStanding,
}

#[derive(Template)]
#[template(path = "klus_list.html")]
struct KlusList<'a> {
    klussen: &'a [Klus],
    feed: &'a str,
}

#[derive(Template)]
#[template(path = "absent.html")]
struct Absent<'a> {
    public_url: &'a str,
}

#[derive(Template)]
#[template(path = "trouble.html")]
struct Trouble<'a> {
    title: &'a str,
    text: &'a str,
}

/// The page of a klus that is public, or was: then it tells that it is over.
pub fn klus_page(klus: &Klus, state: PublicStanding, public_url: &str) -> Result<String, askama::Error> {
    let posting = state.is_open().then(|| posting::json_ld(klus));
    let summary = if let Some(text) = state.text() { text.to_owned() } else { klus.summary() };
    let oembed = address_of(public_url, &klus.link);
    KlusPage { klus, state, summary, public_url, oembed, posting }.render()
}

/// The card of a klus, to stand in a frame on a page of others.
pub fn klus_card(klus: &Klus, state: PublicStanding) -> Result<String, askama::Error> {
    KlusCard { klus, state }.render()
}

/// A list of klussen, to stand in a frame on a page of others.
pub fn klus_list(klussen: &[Klus], feed: &str) -> Result<String, askama::Error> {
    KlusList { klussen, feed }.render()
}

/// What is said where there is nothing, or nothing that is public: nobody can tell which.
pub fn absent(public_url: &str) -> Result<String, askama::Error> {
    Absent { public_url }.render()
}

/// Tells what is wrong.
pub fn trouble(title: &str, text: &str) -> Result<String, askama::Error> {
    Trouble { title, text }.render()
}
