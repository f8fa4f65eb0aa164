//! Evaluations: what a placement brought, seen by each of the three parties.

use actix_web::web::Path;
use actix_web::{get, post};
use chrono::{DateTime, Utc};
use domain::parties::role_assignments::Role;
use domain::placements::evaluations::{Evaluation, EvaluationContent, GIVEN_BY, Giving, ResultReached};
use domain::placements::secondment_agreements::Party;
use domain::{Change, EvaluationId, EventKind, PersonId, PlacementId, Refusal};
use persistence::ledger;
use persistence::placements::evaluations as kept;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::placements::open;
use super::standing::people_of;
use crate::body::Post;
use crate::caller::Caller;
use crate::reply::{Answer, Reply};

/// What a party makes of a placement that is over
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EvaluationDraft {
    /// Whether the intended result was reached
    result: ResultReached,
    /// What was learned
    #[schema(min_length = 1, max_length = 4000, example = "Werken met een gemeenteraad.")]
    learned: Option<String>,
    /// What comes back to the home organisation
    #[schema(min_length = 1, max_length = 4000, example = "Een aanpak voor gesprekken met bewoners.")]
    brought_back: Option<String>,
    /// What it did to the department that lent somebody
    #[schema(min_length = 1, max_length = 4000, example = "Collega's namen de balie over en leerden het werk kennen.")]
    effect_on_department: Option<String>,
    /// Whether the department needed somebody instead
    #[schema(example = false)]
    backfill_needed: Option<bool>,
}

/// What one party makes of a placement (evaluatie); it stays as it was given
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Evaluation)]
pub struct EvaluationView {
    /// Identifies it
    id: EvaluationId,
    /// The placement
    placement_id: PlacementId,
    /// Whose view it is
    party: Party,
    /// Who gave it
    by_id: PersonId,
    /// Whether the intended result was reached
    result: ResultReached,
    /// What was learned
    #[schema(max_length = 4000, example = "Werken met een gemeenteraad.")]
    learned: Option<String>,
    /// What comes back to the home organisation
    #[schema(max_length = 4000, example = "Een aanpak voor gesprekken met bewoners.")]
    brought_back: Option<String>,
    /// What it did to the department that lent somebody
    #[schema(max_length = 4000, example = "Collega's namen de balie over en leerden het werk kennen.")]
    effect_on_department: Option<String>,
    /// Whether the department needed somebody instead
    backfill_needed: Option<bool>,
    /// When
    #[schema(example = "2027-12-06T09:00:00Z")]
    created_at: DateTime<Utc>,
}

/// The evaluations of a placement
#[derive(Serialize, ToSchema)]
#[schema(as = EvaluationList)]
pub struct EvaluationListView {
    /// At most one for each party, in the order in which they were given
    #[schema(max_items = 3)]
    items: Vec<EvaluationView>,
}

/// Evaluate a placement that is over
///
/// Once by each party: the employee, the client for the host, the manager for the home organisation. It stays as it was
/// given, and the three read one another's.
#[utoipa::path(tag = "placements", security(("bearer" = ["placements:write"])),
    params(("placementId" = PlacementId, Path, description = "The placement")), request_body = EvaluationDraft, responses(
    (status = 201, description = "Given", body = EvaluationView),
    (status = 409, description = "The placement is not over, or this party has evaluated it"),
))]
#[post("/placements/{placementId}/evaluations")]
pub(crate) async fn create_evaluation(
    caller: Caller,
    id: Path<PlacementId>,
    post: Post<EvaluationDraft>,
) -> Answer<EvaluationView> {
    caller
        .post(post, move |work, actor, draft| {
            let (placement, standing) = open(work, actor, *id)?;
            let given = kept::of_placement(work, placement.id)?;
            let giving = Giving { by: actor.person, given: &given };
            let (id, now) = (work.id(), work.now());
            let evaluation = Evaluation::give(id, &placement, draft.into(), giving, &standing.parts, now)?;
            let evaluation = kept::insert(work, evaluation)?;
            let change = Change::new(EventKind::EvaluationGiven, placement.id);
            let change = change.to(people_of(work, &placement)?);
            ledger::record(work, change)?;
            let path = format!("/placements/{}/evaluations", placement.id);
            Ok(Reply::created(&path, evaluation.into()))
        })
        .await
}

/// List the evaluations of a placement
///
/// For its parties, and the administrators of both organisations.
#[utoipa::path(tag = "placements", security(("bearer" = ["placements:read"])),
    params(("placementId" = PlacementId, Path, description = "The placement")), responses(
    (status = 200, description = "At most one for each party", body = EvaluationListView),
))]
#[get("/placements/{placementId}/evaluations")]
pub(crate) async fn list_evaluations(caller: Caller, id: Path<PlacementId>) -> Answer<EvaluationListView> {
    caller
        .read(move |view, actor| {
            let (placement, standing) = open(view, actor, *id)?;
            let mut reads = standing.parts.iter().any(|part| GIVEN_BY.contains(part));
            for organisation in [placement.home, placement.host] {
                reads |= actor.has_role(view, Role::OrganisationAdministrator, organisation)?;
            }
            if !reads {
                return Err(Refusal::forbidden("This is for the parties of the placement, and administrators.").into());
            }
            let items = kept::of_placement(view, placement.id)?.into_iter().map(EvaluationView::from).collect();
            Ok(Reply::shown(EvaluationListView { items }))
        })
        .await
}

impl From<EvaluationDraft> for EvaluationContent {
    fn from(draft: EvaluationDraft) -> Self {
        let EvaluationDraft { result, learned, brought_back, effect_on_department, backfill_needed } = draft;
        Self { result, learned, brought_back, effect_on_department, backfill_needed }
    }
}

impl From<Evaluation> for EvaluationView {
    fn from(evaluation: Evaluation) -> Self {
        let Evaluation { id, placement, party, by, content, created_at } = evaluation;
        let EvaluationContent { result, learned, brought_back, effect_on_department, backfill_needed } = content;
        Self {
            id,
            placement_id: placement,
            party,
            by_id: by,
            result,
            learned,
            brought_back,
            effect_on_department,
            backfill_needed,
            created_at,
        }
    }
}
