//! Endorsements: what is sent and what is seen.

use chrono::{DateTime, NaiveDate, Utc};
use domain::market::effort::Period;
use domain::placements::endorsements::{Endorsement, EndorsementAction, EndorsementState, LIFECYCLE};
use domain::{EndorsementId, Part, PersonId, PlacementId, TextEnum};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::paging::page_of;

/// Endorsing an employee
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EndorsementDraft {
    /// What it was like to work together
    #[schema(min_length = 1, max_length = 4000, example = "Lieke kreeg een buurt aan tafel die niet wilde praten.")]
    pub(super) text: String,
}

/// What somebody says of an employee after the work (aanbeveling); it stays as it was given
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Endorsement)]
pub struct EndorsementView {
    /// Identifies it
    id: EndorsementId,
    /// The placement it is about
    placement_id: PlacementId,
    /// Whom it is about
    person_id: PersonId,
    /// Who gave it
    by_id: PersonId,
    /// The name of who gave it
    #[schema(max_length = 400, example = "Ilse van Gestel")]
    by_name: String,
    /// In which part it was given: by the client, or by the manager at home
    part: Part,
    /// The title of the klus
    #[schema(max_length = 200, example = "Buurtplatform voor de wijk Noord")]
    title: String,
    /// The organisation it was done for
    #[schema(max_length = 200, example = "Gemeente Tilburg")]
    host_name: String,
    /// The first day of the work
    #[schema(example = "2027-06-01")]
    start_date: NaiveDate,
    /// The last day of the work
    #[schema(example = "2027-11-30")]
    last_date: NaiveDate,
    /// What it says
    #[schema(max_length = 4000, example = "Lieke kreeg een buurt aan tafel die niet wilde praten.")]
    text: String,
    /// Its state; null for who gave it, who does not learn whether it shows
    state: Option<EndorsementState>,
    /// What the caller can do with it now
    #[schema(max_items = 10)]
    legal_actions: Vec<EndorsementAction>,
    /// When it was given
    #[schema(example = "2027-12-06T09:00:00Z")]
    created_at: DateTime<Utc>,
}

/// The endorsements of a placement
#[derive(Serialize, ToSchema)]
#[schema(as = EndorsementList)]
pub struct EndorsementListView {
    /// Those the caller has to do with, in the order in which they were given
    #[schema(max_items = 100)]
    pub(super) items: Vec<EndorsementView>,
}

page_of!(
    /// A page of endorsements
    EndorsementPage as EndorsementPage, EndorsementView
);

/// What an endorsement is about.
pub(super) struct Beside {
    pub(super) by_name: String,
    pub(super) title: String,
    pub(super) host_name: String,
    pub(super) period: Period,
}

impl EndorsementView {
    /// An endorsement as somebody with these parts sees it.
    pub(super) fn of(endorsement: Endorsement, beside: Beside, parts: &[Part]) -> Self {
        let state_for = endorsement.state_for(parts);
        let Endorsement { id, revision: _, placement, person, by, part, text, state, created_at, modified_at: _ } =
            endorsement;
        let Beside { by_name, title, host_name, period } = beside;
        let legal = EndorsementAction::ALL.iter().copied().filter(|action| LIFECYCLE.allows(state, *action, parts));
        Self {
            id,
            placement_id: placement,
            person_id: person,
            by_id: by,
            by_name,
            part,
            title,
            host_name,
            start_date: period.start,
            last_date: period.end,
            text,
            state: state_for,
            legal_actions: legal.collect(),
            created_at,
        }
    }
}
