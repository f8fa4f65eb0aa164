//! Closed lists with a label for each value.

use actix_web::get;
use actix_web::web::Path;
use domain::{Language, Refusal, TextEnumDescription};
use serde::Serialize;
use utoipa::ToSchema;

use crate::caller::{Speaks, Visitor};
use crate::reply::{Answer, Reply};

/// A closed list of values
#[derive(Serialize, ToSchema)]
#[schema(as = Vocabulary)]
pub struct VocabularyView {
    /// The name of the list, as the schemas of this interface use it
    #[schema(max_length = 80, example = "OrganisationKind")]
    name: &'static str,
    /// The values, in the order in which to show them
    #[schema(max_items = 1000)]
    values: Vec<VocabularyValueView>,
}

/// A value of a closed list
#[derive(Serialize, ToSchema)]
#[schema(as = VocabularyValue)]
pub struct VocabularyValueView {
    /// The value as it stands in representations
    #[schema(max_length = 100, example = "MUNICIPALITY")]
    value: &'static str,
    /// What a person reads, in the language of the caller
    #[schema(max_length = 200, example = "Municipality")]
    label: &'static str,
}

/// All closed lists
#[derive(Serialize, ToSchema)]
#[schema(as = VocabularyList)]
pub struct VocabularyListView {
    /// The lists
    #[schema(max_items = 1000)]
    items: Vec<VocabularyView>,
}

/// List the closed lists with their labels
///
/// Labels are in Dutch or English by `Accept-Language`.
#[utoipa::path(tag = "reference", responses((status = 200, description = "All closed lists", body = VocabularyListView)))]
#[get("/vocabularies")]
pub(crate) async fn list_vocabularies(_visitor: Visitor, speaks: Speaks) -> Answer<VocabularyListView> {
    let items = domain::vocabularies().into_iter().map(|list| VocabularyView::of(list, speaks.0)).collect();
    Ok(Reply::shown(VocabularyListView { items }).spoken(speaks.0))
}

/// Get one closed list with its labels
#[utoipa::path(tag = "reference",
    params(("name" = String, Path, description = "The name of the list", max_length = 80, example = "OrganisationKind")),
    responses((status = 200, description = "The closed list", body = VocabularyView)))]
#[get("/vocabularies/{name}")]
pub(crate) async fn get_vocabulary(_visitor: Visitor, name: Path<String>, speaks: Speaks) -> Answer<VocabularyView> {
    let found = domain::vocabularies().into_iter().find(|list| list.name == *name);
    let found = found.ok_or_else(|| Refusal::hidden("vocabulary"))?;
    Ok(Reply::shown(VocabularyView::of(found, speaks.0)).spoken(speaks.0))
}

impl VocabularyView {
    fn of(list: TextEnumDescription, language: Language) -> Self {
        let TextEnumDescription { name, values, label } = list;
        let values = values().into_iter();
        let values = values.map(|value| VocabularyValueView { value, label: label(value, language).unwrap_or(value) });
        Self { name, values: values.collect() }
    }
}
