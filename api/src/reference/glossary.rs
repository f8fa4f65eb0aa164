//! The words of the field in both languages.

use std::sync::OnceLock;

use actix_web::get;
use domain::{GLOSSARY, Language};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::caller::{Speaks, Visitor};
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// One word of the field
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Term)]
pub struct TermView {
    /// The word as civil servants use it
    #[schema(max_length = 100, example = "inlener")]
    dutch: &'static str,
    /// The word as this interface uses it
    #[schema(max_length = 100, example = "host organisation")]
    english: &'static str,
    /// What it means, in the language of the caller
    #[schema(max_length = 1000, example = "The organisation that has the work and uses the released hours.")]
    meaning: &'static str,
}

/// The words of the field
#[derive(Serialize, ToSchema)]
#[schema(as = Glossary)]
pub struct GlossaryView {
    /// All words, by the Dutch alphabet
    #[schema(max_items = 1000)]
    items: Vec<TermView>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    dutch: String,
    english: String,
    meaning_nl: String,
    meaning_en: String,
}

/// Get the glossary
///
/// The Dutch words of the field with the English ones of this interface; what they mean in Dutch or English by
/// `Accept-Language`.
#[utoipa::path(tag = "reference", responses((status = 200, description = "All words", body = GlossaryView)))]
#[get("/glossary")]
pub(crate) async fn get_glossary(_visitor: Visitor, speaks: Speaks) -> Answer<GlossaryView> {
    let items = rows()?.iter().map(|row| TermView::of(row, speaks.0)).collect();
    Ok(Reply::shown(GlossaryView { items }).spoken(speaks.0))
}

/// The rows, read once; a test reads them too, so they can be read.
fn rows() -> Result<&'static [Row], Problem> {
    static ROWS: OnceLock<Vec<Row>> = OnceLock::new();
    if let Some(rows) = ROWS.get() {
        return Ok(rows);
    }
    let read: Result<Vec<Row>, _> = csv::Reader::from_reader(GLOSSARY.as_bytes()).deserialize().collect();
    let read = read.map_err(|error| Problem::internal(&error))?;
    Ok(ROWS.get_or_init(|| read))
}

impl TermView {
    fn of(row: &'static Row, language: Language) -> Self {
        let Row { dutch, english, meaning_nl, meaning_en } = row;
        Self { dutch, english, meaning: language.pick(meaning_en, meaning_nl) }
    }
}
