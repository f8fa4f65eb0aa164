//! iCalendar (RFC 5545): until when one can respond, and when the work begins.

use chrono::{Days, NaiveDate, TimeDelta};
use domain::local_date;
use icalendar::{Calendar, Component as _, Event, EventLike as _, Property};

use super::{Feed, Klus, xml_text};

/// How often readers come back.
const AGAIN: &str = "PT6H";

/// The feed as a calendar. Days are whole days: readers show them in whatever zone they stand.
pub fn calendar(feed: &Feed) -> String {
    let mut calendar = Calendar::empty();
    calendar.append_property(("VERSION", "2.0"));
    calendar.append_property(("PRODID", "-//Klusnet//Klussen//NL"));
    calendar.append_property(("CALSCALE", "GREGORIAN"));
    calendar.append_property(("METHOD", "PUBLISH"));
    calendar.name(&xml_text(&feed.title));
    calendar.append_property(Property::new("REFRESH-INTERVAL", AGAIN).add_parameter("VALUE", "DURATION").done());
    calendar.append_property(("X-PUBLISHED-TTL", AGAIN));
    for klus in &feed.klussen {
        // A deadline at midnight is the end of the day before.
        let deadline = klus.deadline.map(|deadline| local_date(deadline - TimeDelta::seconds(1)));
        let events =
            [("deadline", "Reageren kan nog vandaag", deadline), ("start", "Begin van de klus", klus.start_date)];
        for (part, words, day) in events {
            calendar.extend(day.map(|day| event(klus, part, words, day)));
        }
    }
    calendar.to_string()
}

fn event(klus: &Klus, part: &str, words: &str, day: NaiveDate) -> Event {
    let mut event = Event::new();
    event
        .uid(&format!("{}-{part}@klusnet", klus.id))
        .timestamp(klus.modified_at)
        .last_modified(klus.modified_at)
        .summary(&format!("{words}: {}", xml_text(&klus.title)))
        .description(&format!("{}\n{}", xml_text(&klus.organisation), xml_text(&klus.summary())))
        .add_property("TRANSP", "TRANSPARENT")
        .append_property(Property::new("URL", &klus.link))
        .starts(day)
        .ends(day.checked_add_days(Days::new(1)).unwrap_or(day));
    if let Some(place) = klus.location.as_deref() {
        event.location(&xml_text(place));
    }
    event.done()
}
