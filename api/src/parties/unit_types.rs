//! Units: what clients send and see.

use chrono::{DateTime, Utc};
use domain::parties::units::Unit;
use domain::{OrganisationId, UnitId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::paging::page_of;
use crate::patch::{Patched, present};

/// A new unit
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UnitDraft {
    /// Its name
    #[schema(min_length = 1, max_length = 200, example = "Ruimtelijke ontwikkeling")]
    name: String,
    /// The unit above it, of the same organisation
    parent_id: Option<UnitId>,
}

/// What changes in a unit: what is left out stays, null clears
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UnitPatch {
    /// Its name
    #[schema(nullable = false, min_length = 1, max_length = 200, example = "Ruimtelijke ontwikkeling")]
    name: Option<String>,
    /// The unit above it, of the same organisation
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<UnitId>)]
    parent_id: Patched<UnitId>,
}

/// A department of an organisation (afdeling)
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Unit)]
pub struct UnitView {
    /// Identifies it
    id: UnitId,
    /// The organisation it belongs to
    organisation_id: OrganisationId,
    /// Its name
    #[schema(max_length = 200, example = "Ruimtelijke ontwikkeling")]
    name: String,
    /// The unit above it
    parent_id: Option<UnitId>,
    /// When it was added
    #[schema(example = "2026-11-21T09:00:00Z")]
    created_at: DateTime<Utc>,
    /// When it last changed
    #[schema(example = "2026-11-21T09:00:00Z")]
    modified_at: DateTime<Utc>,
}

page_of!(
    /// A page of units
    UnitPage as UnitPage, UnitView
);

impl UnitDraft {
    /// Its name and its place.
    pub(super) fn split(self) -> (String, Option<UnitId>) {
        let Self { name, parent_id } = self;
        (name.trim().to_owned(), parent_id)
    }
}

impl UnitPatch {
    /// The name and the place, with what the patch gives.
    pub(super) fn apply(&self, unit: &Unit) -> (String, Option<UnitId>) {
        let Self { name, parent_id } = self;
        let name = name.as_ref().map_or_else(|| unit.name.clone(), |name| name.trim().to_owned());
        (name, parent_id.unwrap_or(unit.parent))
    }
}

impl From<&Unit> for UnitView {
    fn from(unit: &Unit) -> Self {
        let Unit { id, revision: _, organisation, name, parent, created_at, modified_at } = unit.clone();
        Self { id, organisation_id: organisation, name, parent_id: parent, created_at, modified_at }
    }
}
