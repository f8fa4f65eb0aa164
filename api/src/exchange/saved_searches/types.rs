//! Saved searches: what people send and see.

use chrono::{DateTime, Utc};
use domain::SavedSearchId;
use domain::exchange::saved_searches::{AlertFrequency, SavedSearch, SavedSearchDetails};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::market::criteria::AssignmentCriteriaItem;
use crate::paging::page_of;
use crate::patch::set;

/// A search to save
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SavedSearchDraft {
    /// How you call it
    #[schema(min_length = 1, max_length = 120, example = "Duurzame klussen in Noordoost-Brabant")]
    name: String,
    /// Which klussen you look for
    criteria: AssignmentCriteriaItem,
    /// How often you want to hear of klussen that newly fit
    frequency: AlertFrequency,
}

/// What changes in a saved search: what is left out stays
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SavedSearchPatch {
    /// How you call it
    #[schema(nullable = false, min_length = 1, max_length = 120, example = "Duurzame klussen in Brabant")]
    name: Option<String>,
    /// Which klussen you look for; all criteria
    #[schema(nullable = false)]
    criteria: Option<AssignmentCriteriaItem>,
    /// How often you want to hear of klussen that newly fit
    #[schema(nullable = false)]
    frequency: Option<AlertFrequency>,
}

/// What somebody looks for (zoekopdracht)
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SavedSearch)]
pub struct SavedSearchView {
    /// Identifies it
    id: SavedSearchId,
    /// How you call it
    #[schema(max_length = 120, example = "Duurzame klussen in Noordoost-Brabant")]
    name: String,
    /// Which klussen you look for: `GET /assignments` takes the same as query
    criteria: AssignmentCriteriaItem,
    /// How often you hear of klussen that newly fit
    frequency: AlertFrequency,
    /// When it was saved
    #[schema(example = "2027-03-01T09:00:00Z")]
    created_at: DateTime<Utc>,
    /// When it last changed
    #[schema(example = "2027-03-01T09:00:00Z")]
    modified_at: DateTime<Utc>,
}

page_of! {
    /// Saved searches, newest first
    SavedSearchPage as SavedSearchPage, SavedSearchView
}

impl From<SavedSearchDraft> for SavedSearchDetails {
    fn from(draft: SavedSearchDraft) -> Self {
        let SavedSearchDraft { name, criteria, frequency } = draft;
        Self { name, criteria: criteria.into(), frequency }
    }
}

impl SavedSearchPatch {
    /// The search as it is to be.
    pub(super) fn apply(self, search: &SavedSearch) -> SavedSearchDetails {
        let Self { name, criteria, frequency } = self;
        let mut details = search.details.clone();
        set(&mut details.name, name);
        set(&mut details.criteria, criteria.map(Into::into));
        set(&mut details.frequency, frequency);
        details
    }
}

impl From<SavedSearch> for SavedSearchView {
    fn from(search: SavedSearch) -> Self {
        let SavedSearch { id, revision: _, person: _, details, next_telling_at: _, created_at, modified_at } = search;
        let SavedSearchDetails { name, criteria, frequency } = details;
        Self { id, name, criteria: criteria.into(), frequency, created_at, modified_at }
    }
}
