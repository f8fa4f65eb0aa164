//! The rendering of a document as PDF/A-2a that is also PDF/UA-1: for archives, and for people who listen to it.

mod blocks;
mod letters;
mod lines;
mod pages;
mod paint;
mod structure;
mod tables;
#[cfg(test)]
mod tests;

use chrono::{Datelike, Timelike};
use krilla::SerializeSettings;
use krilla::configure::{Accessibility, Archival, ConfigurationBuilder};
use krilla::metadata::{DateTime, Metadata};

use self::blocks::Flow;
use self::letters::Faces;
use self::structure::short;
use super::Document;
use super::text::clean;

/// Why a document has no rendering as PDF.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DocumentFault {
    /// The title is empty, and PDF/UA demands one.
    #[error("a document must have a title")]
    NoTitle,
    /// The footer leaves too little room for the text.
    #[error("the footer of a document must fit on four lines")]
    LongFooter,
    /// A font of this crate cannot be read.
    #[error("the fonts cannot be read")]
    Font,
    /// The result would not be PDF/A and PDF/UA.
    #[error("the document cannot be written as PDF/A: {0}")]
    Writing(String),
}

/// The document as PDF/A-2a and PDF/UA-1 on A4, tagged, with its fonts inside it.
pub fn pdf(document: &Document) -> Result<Vec<u8>, DocumentFault> {
    let title = clean(&document.title);
    if title.is_empty() {
        return Err(DocumentFault::NoTitle);
    }
    let faces = Faces::load().ok_or(DocumentFault::Font)?;
    let flow = Flow::of(document, &faces);
    let footer = paint::Footer::of(document, &faces)?;
    let mut file = krilla::Document::new_with(settings()?);
    paint::paint(&mut file, flow, &footer, &faces);
    file.set_metadata(metadata(document, &title));
    file.finish().map_err(fault)
}

fn settings() -> Result<SerializeSettings, DocumentFault> {
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A2_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|error| DocumentFault::Writing(format!("{error:?}")))?;
    Ok(SerializeSettings { configuration, ..SerializeSettings::default() })
}

fn metadata(document: &Document, title: &str) -> Metadata {
    let subtitle: Vec<String> = document.subtitle.iter().map(|line| clean(line)).collect();
    Metadata::new()
        .title(short(title))
        .description(short(&subtitle.join("; ")))
        .language(document.language.tag().to_owned())
        .creator("Klusnet".to_owned())
        .creation_date(date(document.created))
}

fn date(moment: chrono::DateTime<chrono::Utc>) -> DateTime {
    let part = |value: u32| u8::try_from(value).unwrap_or_default();
    DateTime::new(u16::try_from(moment.year()).unwrap_or_default())
        .month(part(moment.month()))
        .day(part(moment.day()))
        .hour(part(moment.hour()))
        .minute(part(moment.minute()))
        .second(part(moment.second()))
        .utc_offset_hour(0)
        .utc_offset_minute(0)
}

fn fault(error: krilla::error::KrillaError) -> DocumentFault {
    match error {
        krilla::error::KrillaError::Validation(errors) => {
            DocumentFault::Writing(errors.iter().map(|(error, _)| format!("{error:?}")).collect::<Vec<_>>().join("; "))
        }
        other => DocumentFault::Writing(other.to_string()),
    }
}
