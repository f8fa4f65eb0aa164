//! The words of an agreement in Dutch: templates filled with facts, and how days, hours and money read.

use chrono::{Datelike, NaiveDate};

use super::clauses::TemplateClause;
use crate::market::effort::Effort;

/// What a template may name in double braces, and what it stands for.
pub const PLACEHOLDERS: &[(&str, &str)] = &[
    ("home", "the name of the home organisation"),
    ("homeIdentifier", "its identifier in an official register"),
    ("homeRepresentative", "who signs for it, with the function"),
    ("host", "the name of the host organisation"),
    ("hostIdentifier", "its identifier in an official register"),
    ("hostRepresentative", "who signs for it, with the function"),
    ("employee", "the name of the employee"),
    ("function", "the function of the employee at home"),
    ("title", "the title of the klus"),
    ("intendedResult", "what will be there when it is done"),
    ("startDate", "the first day"),
    ("endDate", "the last day"),
    ("hours", "the hours, per week or in all"),
    ("returnDestination", "where the employee goes back to"),
    ("returnDate", "the day of the return"),
    ("noticeWeeks", "the weeks of notice"),
    ("talksDate", "from when on extension is talked about"),
    ("rate", "what an hour costs"),
    ("value", "what the agreement is worth"),
    ("references", "reference, order and cost centre of the host"),
    ("vat", "the treatment for value added tax"),
    ("procurement", "the basis under procurement law"),
];

/// The names in double braces.
pub(super) fn placeholders_of(text: &str) -> impl Iterator<Item = &str> {
    text.split("{{").skip(1).map(|rest| rest.split("}}").next().unwrap_or(rest).trim())
}

/// The text with the facts in place of their names; a name without a fact reads as a dash.
pub(super) fn filled(text: &str, facts: &[(&'static str, String)]) -> String {
    let mut parts = text.split("{{");
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once("}}").unwrap_or((part, ""));
        let fact = facts.iter().find(|(known, _)| *known == name.trim()).map_or("–", |(_, fact)| fact.as_str());
        filled.push_str(fact);
        filled.push_str(rest);
    }
    filled
}

/// An article of an agreement.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Article {
    /// Its number and heading.
    pub heading: String,
    /// Its paragraphs.
    pub paragraphs: Vec<String>,
}

/// The words of an agreement: what is signed.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct AgreementText {
    /// The title.
    pub title: String,
    /// Which version this is, and by which template.
    pub reference: String,
    /// Label and value of what is agreed, at a glance.
    pub facts: Vec<(String, String)>,
    /// The articles.
    pub articles: Vec<Article>,
}

impl AgreementText {
    /// The text as one string, of which the hash is made: the same words give the same string.
    pub fn canonical(&self) -> String {
        let mut lines = vec![self.title.clone(), self.reference.clone()];
        lines.extend(self.facts.iter().map(|(label, value)| format!("{label}\t{value}")));
        for article in &self.articles {
            lines.push(article.heading.clone());
            lines.extend(article.paragraphs.iter().cloned());
        }
        lines.join("\n")
    }

    pub(super) fn of(
        title: String,
        reference: String,
        facts: Vec<(String, String)>,
        clauses: &[(TemplateClause, Vec<String>)],
        names: &[(&'static str, String)],
    ) -> Self {
        let articles = clauses
            .iter()
            .zip(1..)
            .map(|((clause, added), number)| {
                let mut paragraphs: Vec<String> = filled(&clause.text, names)
                    .split("\n\n")
                    .map(|paragraph| paragraph.split_whitespace().collect::<Vec<_>>().join(" "))
                    .filter(|paragraph| !paragraph.is_empty())
                    .collect();
                paragraphs.extend(added.iter().cloned());
                Article { heading: format!("Artikel {number}. {}", clause.heading), paragraphs }
            })
            .collect();
        Self { title, reference, facts, articles }
    }
}

const MONTHS: [&str; 12] = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
];

/// A day as it is written: 1 juni 2027.
pub fn dutch_date(day: NaiveDate) -> String {
    let month = usize::try_from(day.month0()).ok().and_then(|month| MONTHS.get(month)).copied().unwrap_or_default();
    format!("{} {month} {}", day.day(), day.year())
}

/// An amount as it is written: € 1.234,56.
pub fn euros(cents: i64) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    let (whole, rest) = (cents.unsigned_abs() / 100, cents.unsigned_abs() % 100);
    let digits = whole.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    format!("€ {sign}{grouped},{rest:02}")
}

/// Minutes as hours and minutes: 8 uur, 7 uur en 12 minuten.
pub fn dutch_hours(minutes: i64) -> String {
    let sign = if minutes < 0 { "-" } else { "" };
    match (minutes.unsigned_abs() / 60, minutes.unsigned_abs() % 60) {
        (hours, 0) => format!("{sign}{hours} uur"),
        (0, minutes) => format!("{sign}{minutes} minuten"),
        (hours, minutes) => format!("{sign}{hours} uur en {minutes} minuten"),
    }
}

/// How much work it is: 8 uur per week.
pub fn dutch_effort(effort: Effort) -> String {
    match effort {
        Effort::MinutesPerWeek(minutes) => format!("{} per week", dutch_hours(minutes)),
        Effort::TotalMinutes(minutes) => format!("{} in totaal", dutch_hours(minutes)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_hours_and_money_read_as_in_a_letter() {
        assert_eq!(dutch_date("2027-06-01".parse().unwrap()), "1 juni 2027");
        assert_eq!(euros(123_456_789), "€ 1.234.567,89");
        assert_eq!(euros(-5), "€ -0,05");
        assert_eq!(euros(100_000), "€ 1.000,00");
        assert_eq!(dutch_effort(Effort::MinutesPerWeek(432)), "7 uur en 12 minuten per week");
        assert_eq!(dutch_effort(Effort::TotalMinutes(60)), "1 uur in totaal");
    }

    #[test]
    fn facts_stand_in_place_of_their_names() {
        let facts = [("home", "Oss".to_owned())];
        assert_eq!(filled("Van {{home}} naar {{ host }}.", &facts), "Van Oss naar –.");
        assert_eq!(filled("Geen accolades", &facts), "Geen accolades");
        assert_eq!(placeholders_of("{{home}} en {{ host }}").collect::<Vec<_>>(), ["home", "host"]);
    }
}
