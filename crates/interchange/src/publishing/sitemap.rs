//! A sitemap (sitemaps.org 0.9): which pages search engines may read, and when they last changed.

use askama::Template;
use chrono::SecondsFormat;
use domain::Moment;

/// As many pages as a sitemap may hold.
pub const MOST_PAGES: u32 = 50_000;

/// A page in a sitemap.
#[derive(Debug, Clone)]
pub struct SitePage {
    /// Where it is.
    pub address: String,
    /// When it last changed.
    pub modified_at: Moment,
}

#[derive(Template)]
#[template(path = "sitemap.xml")]
struct Sitemap<'a> {
    pages: &'a [SitePage],
}

impl SitePage {
    fn text(&self) -> String {
        self.modified_at.to_rfc3339_opts(SecondsFormat::Secs, true)
    }
}

/// The pages as a sitemap.
pub fn sitemap(pages: &[SitePage]) -> Result<String, askama::Error> {
    Sitemap { pages }.render()
}
