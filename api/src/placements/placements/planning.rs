//! Planning a placement after an offer was accepted, and cancelling it before its start.

use actix_web::post;
use actix_web::web::Path;
use domain::market::offers::{Offer, OfferState};
use domain::placements::arrangements::Arrangement;
use domain::placements::placements::{Placement, Planning};
use domain::{ArrangementId, PlacementId, Refusal, ResponseId, local_date};
use persistence::market::offers;
use persistence::placements::{arrangements, placements as kept};
use persistence::{PageRequest, View};

use super::reading::shown;
use super::types::{PlacementCancellationDraft, PlacementDraft, PlacementView};
use super::{step, tell};
use crate::body::{IfMatch, Post};
use crate::caller::Caller;
use crate::market::responses::dossier::Dossier;
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// Plan the placement of an accepted offer
///
/// Done by the employee, who chooses the arrangement that gives the hours. Hours, period and charge basis are those of the
/// offer; whether the light flow applies follows from them. It takes no hours until it is confirmed.
#[utoipa::path(tag = "placements", security(("bearer" = ["placements:write"])),
    params(("responseId" = ResponseId, Path, description = "The response whose offer was accepted")),
    request_body = PlacementDraft, responses(
    (status = 201, description = "Planned; what is to be arranged stands at the lights", body = PlacementView),
    (status = 409, description = "No offer was accepted, there is a placement already, or the variant does not go with the charge basis"),
))]
#[post("/responses/{responseId}/placements")]
pub(crate) async fn create_placement(
    caller: Caller,
    id: Path<ResponseId>,
    post: Post<PlacementDraft>,
) -> Answer<PlacementView> {
    caller
        .post(post, move |work, actor, draft| {
            let Dossier { response, assignment, parts } = Dossier::open(work, actor, *id)?.settle(work)?;
            let offer = accepted(work, response.id)?;
            let arrangement = arrangement_for(work, draft.arrangement_id, &offer)?;
            let on = Planning {
                response: &response,
                assignment: &assignment,
                offer: &offer,
                arrangement: &arrangement,
                has_placement: kept::find_of_response(work, response.id)?.is_some(),
            };
            let placement = Placement::plan(work.id(), on, &parts, work.now())?;
            let placement = kept::insert(work, placement)?;
            tell(work, None, &placement)?;
            let path = format!("/placements/{}", placement.id);
            Ok(Reply::created(&path, shown(work, &placement, &parts)?).revision(placement.revision))
        })
        .await
}

/// The offer that was accepted; where none was, the last one, of which the plan will say so.
fn accepted(view: &mut View<'_>, response: ResponseId) -> Result<Offer, Problem> {
    use domain::placements::codes::PLACEMENT_NOT_READY;
    let all = offers::list(view, response, &PageRequest::first(100))?.items;
    let accepted = all.into_iter().find(|offer| offer.state == OfferState::Accepted);
    Ok(accepted.ok_or_else(|| PLACEMENT_NOT_READY.refuse("A placement is planned after an offer was accepted."))?)
}

/// The version of the arrangement that holds on the first day of the work; where none does, the last one.
fn arrangement_for(view: &mut View<'_>, id: ArrangementId, offer: &Offer) -> Result<Arrangement, Problem> {
    let unknown = || Refusal::invalid("arrangementId", "must be an arrangement of your own");
    let named = arrangements::find(view, id)?.ok_or_else(unknown)?;
    let first = offer.terms.period.start.max(local_date(view.now()));
    let versions = arrangements::versions(view, named.series)?;
    let on_the_day = versions.into_iter().filter(|version| version.holds_on(first)).max_by_key(|one| one.version);
    Ok(on_the_day.unwrap_or(named))
}

/// Cancel a placement before its start
///
/// By any party. Its hours and its position are free again, and its response ends.
#[utoipa::path(tag = "placements", security(("bearer" = ["placements:write"])),
    params(("placementId" = PlacementId, Path, description = "The placement"), crate::body::IfMatchParam),
    request_body = PlacementCancellationDraft, responses(
    (status = 200, description = "Cancelled", body = PlacementView),
))]
#[post("/placements/{placementId}/cancellations")]
pub(crate) async fn cancel_placement(
    caller: Caller,
    id: Path<PlacementId>,
    seen: IfMatch,
    post: Post<PlacementCancellationDraft>,
) -> Answer<PlacementView> {
    caller
        .post(post, move |work, actor, draft| {
            step(work, actor, *id, &seen, |_, it, parts, now| Ok(it.cancel(draft.reason, parts, now)?))
        })
        .await
}
