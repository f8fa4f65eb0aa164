//! A klus as search engines read it: JobPosting of schema.org, as JSON-LD.

use chrono::SecondsFormat;
use domain::local_date;
use domain::market::assignments::RemoteMode;
use domain::market::effort::Effort;
use domain::placements::secondment_agreements::dutch_effort;
use serde_json::{Map, Value, json};

use super::Klus;

/// From so many minutes a week it is full time.
const FULL_TIME: i64 = 36 * 60;

/// As JSON that can stand inside a script element: nothing in it ends that element.
pub(super) fn json_ld(klus: &Klus) -> String {
    posting(klus).to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

fn posting(klus: &Klus) -> Value {
    let is_full = matches!(klus.effort, Some(Effort::MinutesPerWeek(minutes)) if minutes >= FULL_TIME);
    let mut posting = json!({
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "identifier": {"@type": "PropertyValue", "name": "Klusnet", "value": klus.id},
        "title": klus.title,
        "description": klus.html(),
        "url": klus.link,
        "datePosted": local_date(klus.published_at),
        "employmentType": ["TEMPORARY", if is_full { "FULL_TIME" } else { "PART_TIME" }],
        "hiringOrganization": {"@type": "Organization", "name": klus.organisation},
        "eligibilityToWorkRequirement": "In dienst bij een aangesloten organisatie",
        "directApply": false,
    });
    let more = [
        ("validThrough", klus.deadline.map(|deadline| json!(deadline.to_rfc3339_opts(SecondsFormat::Secs, true)))),
        ("workHours", klus.effort.map(|effort| json!(dutch_effort(effort)))),
        ("jobStartDate", klus.start_date.map(|day| json!(day))),
        ("skills", (!klus.skills.is_empty()).then(|| json!(klus.skills.join(", ")))),
    ];
    if let Some(members) = posting.as_object_mut() {
        members.extend(more.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))));
        members.extend(place(klus));
    }
    posting
}

fn place(klus: &Klus) -> Map<String, Value> {
    let mut members = Map::new();
    if klus.remote == RemoteMode::Remote {
        members.insert("jobLocationType".to_owned(), json!("TELECOMMUTE"));
        let country = json!({"@type": "Country", "name": "NL"});
        members.insert("applicantLocationRequirements".to_owned(), country);
        return members;
    }
    let mut address = json!({"@type": "PostalAddress", "addressCountry": "NL"});
    if let Some(parts) = address.as_object_mut() {
        parts.extend(klus.location.iter().map(|place| ("addressLocality".to_owned(), json!(place))));
        parts.extend(klus.region.iter().map(|region| ("addressRegion".to_owned(), json!(region))));
    }
    members.insert("jobLocation".to_owned(), json!({"@type": "Place", "address": address}));
    members
}
