//! The ten lights of a dossier, four of which are gates of this wing, and the confirmation that needs all of them.

use actix_web::web::Path;
use actix_web::{get, post};
use domain::market::lights::{Light, ten};
use domain::market::responses::Response;
use domain::placements::arrangements::Arrangement;
use domain::placements::cost_rates::rate_on;
use domain::placements::gates::{Gates, gates};
use domain::placements::placements::{CancelReason, Placement, PlacementState};
use domain::placements::secondment_agreements::{Agreement, AgreementState};
use domain::{Part, Refusal, ResponseId};
use persistence::market::{assignments, responses};
use persistence::placements::{arrangements, cost_rates, placements as kept, secondment_agreements};
use persistence::{View, Work};

use super::tell;
use crate::body::{Bare, IfMatch};
use crate::caller::Caller;
use crate::market::assignments::settle_positions;
use crate::market::responses::dossier::{self, Dossier};
use crate::market::responses::light_types::LightListView;
use crate::market::responses::lights::lights_of_dossier;
use crate::market::responses::types::ResponseView;
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// Get the ten lights of a dossier
///
/// Their colours, why, and who can act. A placement needs all of them green at once. Of the manager's light (S4) the
/// client learns the colour alone.
#[utoipa::path(tag = "responses", security(("bearer" = ["market:read"])),
    params(("responseId" = ResponseId, Path, description = "The response")), responses(
    (status = 200, description = "The lights, in their order", body = LightListView),
))]
#[get("/responses/{responseId}/lights")]
pub(crate) async fn get_lights(caller: Caller, id: Path<ResponseId>) -> Answer<LightListView> {
    caller
        .read(move |view, actor| {
            let dossier = Dossier::read(view, actor, *id)?;
            let placement = kept::find_of_response(view, dossier.response.id)?;
            let lights = ten_of(view, &dossier, placement.as_ref())?;
            Ok(Reply::shown(LightListView::of(&lights, &dossier.parts)))
        })
        .await
}

/// Confirm a response
///
/// All ten lights have to be green in the same transaction, and a position free. Refused, it names every light that
/// is not green and who can act; `GET /responses/{responseId}/lights` shows them as data. The placement that was planned is
/// confirmed with it.
#[utoipa::path(tag = "responses", security(("bearer" = ["market:write"])),
    params(("responseId" = ResponseId, Path, description = "The response"), crate::body::IfMatchParam), responses(
    (status = 200, description = "Confirmed", body = ResponseView),
    (status = 409, description = "Not every light is green, no position is free, or it is not ACCEPTED"),
))]
#[post("/responses/{responseId}/confirmations")]
pub(crate) async fn confirm_response(
    caller: Caller,
    id: Path<ResponseId>,
    seen: IfMatch,
    post: Bare,
) -> Answer<ResponseView> {
    caller
        .post(post, move |work, actor, ()| {
            let dossier = Dossier::open(work, actor, *id)?;
            seen.expect(dossier.response.revision)?;
            let dossier = dossier.settle(work)?;
            let placement = kept::find_of_response(work, dossier.response.id)?;
            let lights = ten_of(work, &dossier, placement.as_ref())?;
            confirmed(work, dossier, placement, &lights)
        })
        .await
}

/// Confirms response and placement, in one transaction, and fills the klus where that was the last position.
fn confirmed(
    work: &mut Work<'_>,
    dossier: Dossier,
    placement: Option<Placement>,
    lights: &[Light; 10],
) -> Answer<ResponseView> {
    let Dossier { response, assignment, parts } = dossier;
    let taken = responses::placements_of_assignment(work, assignment.id)?;
    let (from, now) = (response.state, work.now());
    let response = response.confirm(&assignment, taken, lights, &parts, now)?;
    let planned = placement.ok_or_else(|| Refusal::hidden("placement"))?;
    let before = planned.state;
    let placement = kept::save(work, planned.confirm(lights, &parts, now)?)?;
    let response = dossier::keep(work, &assignment, from, response)?;
    tell(work, Some(before), &placement)?;
    settle_positions(work, assignment.id)?;
    dossier::show(work, &response, &parts)
}

/// Ends the response of a placement that was cancelled before its start; its place is free again.
pub(super) fn fall_away(work: &mut Work<'_>, response: Response) -> Result<(), Problem> {
    let assignment = assignments::get(work, response.assignment)?;
    let (from, now) = (response.state, work.now());
    let ended = response.fall_away(&[Part::Service], now)?;
    dossier::keep(work, &assignment, from, ended)?;
    Ok(())
}

/// All ten lights of a dossier with the placement that is planned for it, if one is.
pub(super) fn ten_of(
    view: &mut View<'_>,
    dossier: &Dossier,
    placement: Option<&Placement>,
) -> Result<[Light; 10], Problem> {
    let of_dossier = lights_of_dossier(view, dossier)?;
    let since = dossier.response.created_at;
    let Some(placement) = placement else {
        let nothing =
            Gates { placement: None, versions: &[], claims: &[], agreement: None, rate: None, since, now: view.now() };
        return Ok(ten(of_dossier, gates(&nothing)));
    };
    let versions: Vec<Arrangement> = arrangements::versions(view, placement.arrangement)?;
    let claims = kept::claims_on(view, placement.arrangement, Some(placement.id))?;
    let agreement = agreement_of(view, placement)?;
    let rates = cost_rates::of_employment(view, placement.employment)?;
    let arranged = Gates {
        placement: Some(placement),
        versions: &versions,
        claims: &claims,
        agreement: agreement.as_ref(),
        rate: rate_on(&rates, placement.period().start),
        since,
        now: view.now(),
    };
    Ok(ten(of_dossier, gates(&arranged)))
}

/// The version of the agreement that counts: the last one signed, or the one that waits for its first signatures.
fn agreement_of(view: &mut View<'_>, placement: &Placement) -> Result<Option<Agreement>, Problem> {
    let versions = secondment_agreements::versions(view, placement.id)?;
    let signed = versions.iter().rposition(|one| one.state == AgreementState::Signed);
    Ok(match signed.and_then(|place| versions.get(place)) {
        Some(signed) => Some(signed.clone()),
        None => versions.into_iter().next_back(),
    })
}

/// A placement as it stands at this moment, with its lights where they still decide something.
pub(super) fn at_present(
    view: &mut View<'_>,
    placement: Placement,
) -> Result<(Placement, Option<[Light; 10]>), Problem> {
    let now = view.now();
    if placement.state.is_over() || placement.state == PlacementState::Cancelled {
        return Ok((placement, None));
    }
    let response = responses::get(view, placement.response)?;
    let assignment = assignments::get(view, placement.assignment)?;
    let dossier = Dossier { response, assignment, parts: Vec::new() };
    if placement.state == PlacementState::Planned && dossier.response.state.is_end() {
        return Ok((placement.cancel(CancelReason::ResponseEnded, &[Part::Service], now)?, None));
    }
    let lights = ten_of(view, &dossier, Some(&placement))?;
    if placement.state == PlacementState::Planned {
        return Ok((placement, Some(lights)));
    }
    let present = placement.settle(&lights, now)?;
    let lights = Some(lights).filter(|_| present.state.stands());
    Ok((present, lights))
}
