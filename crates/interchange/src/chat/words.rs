//! What a message says, in Dutch and in English.

use chrono::{Datelike as _, NaiveDate};
use chrono_tz::Europe::Amsterdam;
use domain::market::effort::Effort;
use domain::placements::secondment_agreements::{dutch_date, dutch_effort};
use domain::{Language, Moment};

use crate::publishing::{Klus, dutch_moment};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// So many new klussen.
pub(super) fn heading(language: Language, count: usize) -> String {
    match (language, count) {
        (Language::Dutch, 1) => "Nieuwe klus".to_owned(),
        (Language::Dutch, _) => format!("{count} nieuwe klussen"),
        (Language::English, 1) => "New assignment".to_owned(),
        (Language::English, _) => format!("{count} new assignments"),
    }
}

/// So many more than are named.
pub(super) fn more(language: Language, count: usize) -> String {
    match language {
        Language::Dutch => format!("En nog {count}."),
        Language::English => format!("And {count} more."),
    }
}

/// That it is a test.
pub(super) fn test(language: Language) -> String {
    language.pick("Test message of Klusnet", "Proefbericht van Klusnet").to_owned()
}

/// What the test means.
pub(super) fn tested(language: Language, name: &str) -> String {
    match language {
        Language::Dutch => format!("Nieuwe klussen van het kanaal {name} komen hier te staan."),
        Language::English => format!("New assignments of the channel {name} will be told here."),
    }
}

/// What a button says that opens the page of a klus.
pub(super) fn open(language: Language) -> &'static str {
    language.pick("Read the assignment", "Bekijk de klus")
}

/// What one wants to know at once.
pub(super) fn facts(language: Language, klus: &Klus) -> Vec<(&'static str, String)> {
    let pick = |english, dutch| language.pick(english, dutch);
    let place = klus.location.clone().or_else(|| klus.region.clone());
    let facts = [
        (pick("Organisation", "Organisatie"), Some(klus.organisation.clone())),
        (pick("Effort", "Omvang"), klus.effort.map(|effort| effort_text(language, effort))),
        (pick("Begins", "Begin"), klus.start_date.map(|day| day_text(language, day))),
        (pick("Place", "Plaats"), place),
        (pick("Respond by", "Reageren tot"), klus.deadline.map(|moment| moment_text(language, moment))),
    ];
    facts.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

/// The same on one line, where a day alone would not say what it is for.
pub(super) fn said(language: Language, klus: &Klus) -> Vec<String> {
    let said = |day: &str, text: String| format!("{day} {text}");
    let place = klus.location.clone().or_else(|| klus.region.clone());
    let facts = [
        Some(klus.organisation.clone()),
        klus.effort.map(|effort| effort_text(language, effort)),
        klus.start_date.map(|day| said(language.pick("from", "vanaf"), day_text(language, day))),
        place,
        klus.deadline.map(|moment| said(language.pick("respond by", "reageren tot"), moment_text(language, moment))),
    ];
    facts.into_iter().flatten().collect()
}

fn effort_text(language: Language, effort: Effort) -> String {
    match (language, effort) {
        (Language::Dutch, effort) => dutch_effort(effort),
        (Language::English, Effort::MinutesPerWeek(minutes)) => format!("{} per week", hours(minutes)),
        (Language::English, Effort::TotalMinutes(minutes)) => format!("{} in all", hours(minutes)),
    }
}

fn hours(minutes: i64) -> String {
    let many = |count: i64, noun: &str| if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") };
    match (minutes / 60, minutes % 60) {
        (whole, 0) => many(whole, "hour"),
        (0, rest) => many(rest, "minute"),
        (whole, rest) => format!("{} and {}", many(whole, "hour"), many(rest, "minute")),
    }
}

fn day_text(language: Language, day: NaiveDate) -> String {
    if language == Language::Dutch {
        return dutch_date(day);
    }
    let month = usize::try_from(day.month0()).ok().and_then(|month| MONTHS.get(month)).copied().unwrap_or_default();
    format!("{} {month} {}", day.day(), day.year())
}

fn moment_text(language: Language, moment: Moment) -> String {
    if language == Language::Dutch {
        return dutch_moment(moment);
    }
    let local = moment.with_timezone(&Amsterdam);
    format!("{}, {}", day_text(language, local.date_naive()), local.format("%H:%M"))
}
