//! An early end, a permanent appointment, and the way back.

use actix_web::post;
use actix_web::web::Path;
use domain::placements::placements::{Conversion, Notice, Placement, Return};
use domain::{Part, PlacementId};
use persistence::View;
use persistence::placements::arrangements;

use super::step;
use super::types::{ConversionDraft, NoticeDraft, PlacementView, ReturnDraft};
use crate::body::{Bare, IfMatch, Post};
use crate::caller::Caller;
use crate::problem::Problem;
use crate::reply::Answer;

/// Give notice that a placement ends before its time
///
/// By any party, with a reason; the last day lies after the notice term of the return guarantee. Another notice takes its
/// place. The employment stays as it is.
#[utoipa::path(tag = "placements", security(("bearer" = ["placements:write"])),
    params(("placementId" = PlacementId, Path, description = "The placement"), crate::body::IfMatchParam),
    request_body = NoticeDraft, responses(
    (status = 200, description = "Given; all parties are told", body = PlacementView),
))]
#[post("/placements/{placementId}/notices")]
pub(crate) async fn give_notice(
    caller: Caller,
    id: Path<PlacementId>,
    seen: IfMatch,
    post: Post<NoticeDraft>,
) -> Answer<PlacementView> {
    caller
        .post(post, move |work, actor, draft| {
            step(work, actor, *id, &seen, |work, placement, parts, now| {
                let NoticeDraft { reason, text, last_date } = draft;
                let guarantee = guarantee_of(work, &placement)?;
                let part = parts.iter().copied().find(|part| NOTICE_BY.contains(part)).unwrap_or(Part::Employee);
                let notice = Notice { by: actor.person, part, reason, text, last_day: last_date, at: now };
                Ok(placement.give_notice(notice, &guarantee, parts, now)?)
            })
        })
        .await
}

/// The parts in which notice is given.
const NOTICE_BY: [Part; 3] = [Part::Employee, Part::Client, Part::HomeManager];

/// The way back that the arrangement guarantees on the first day of the placement.
fn guarantee_of(
    view: &mut View<'_>,
    placement: &Placement,
) -> Result<domain::placements::arrangements::ReturnGuarantee, Problem> {
    let versions = arrangements::versions(view, placement.arrangement)?;
    let first = placement.period().start;
    let holds = versions.iter().filter(|one| one.holds_on(first)).max_by_key(|one| one.version);
    let version = holds.or(versions.first()).ok_or_else(|| Problem::internal(&"a placement without an arrangement"))?;
    Ok(version.terms.return_guarantee.clone())
}

/// Withdraw the notice of an early end
///
/// By who gave it.
#[utoipa::path(tag = "placements", security(("bearer" = ["placements:write"])),
    params(("placementId" = PlacementId, Path, description = "The placement"), crate::body::IfMatchParam), responses(
    (status = 200, description = "Withdrawn; the placement runs until its last day", body = PlacementView),
))]
#[post("/placements/{placementId}/notice-withdrawals")]
pub(crate) async fn withdraw_notice(
    caller: Caller,
    id: Path<PlacementId>,
    seen: IfMatch,
    post: Bare,
) -> Answer<PlacementView> {
    caller
        .post(post, move |work, actor, ()| {
            step(work, actor, *id, &seen, |_, it, parts, now| Ok(it.withdraw_notice(actor.person, parts, now)?))
        })
        .await
}

/// Record that somebody is back at the home organisation
///
/// By the employee or the home organisation, after the last day. Only then the placement is done. On time is at most the
/// first working day after the end.
#[utoipa::path(tag = "placements", security(("bearer" = ["placements:write"])),
    params(("placementId" = PlacementId, Path, description = "The placement"), crate::body::IfMatchParam),
    request_body = ReturnDraft, responses(
    (status = 200, description = "Recorded", body = PlacementView),
))]
#[post("/placements/{placementId}/returns")]
pub(crate) async fn record_return(
    caller: Caller,
    id: Path<PlacementId>,
    seen: IfMatch,
    post: Post<ReturnDraft>,
) -> Answer<PlacementView> {
    caller
        .post(post, move |work, actor, draft| {
            step(work, actor, *id, &seen, |_, placement, parts, now| {
                let ReturnDraft { destination, date, text } = draft;
                let destination = destination.unwrap_or(placement.return_plan.destination);
                let back = Return { destination, date, text, recorded_by: actor.person, recorded_at: now };
                Ok(placement.record_return(back, parts, now)?)
            })
        })
        .await
}

/// Record that a placement became a permanent appointment at the host
///
/// By the employee or the home organisation. The employment at home is ended by the home organisation, never by this.
#[utoipa::path(tag = "placements", security(("bearer" = ["placements:write"])),
    params(("placementId" = PlacementId, Path, description = "The placement"), crate::body::IfMatchParam),
    request_body = ConversionDraft, responses(
    (status = 200, description = "Recorded", body = PlacementView),
))]
#[post("/placements/{placementId}/conversions")]
pub(crate) async fn convert_placement(
    caller: Caller,
    id: Path<PlacementId>,
    seen: IfMatch,
    post: Post<ConversionDraft>,
) -> Answer<PlacementView> {
    caller
        .post(post, move |work, actor, draft| {
            step(work, actor, *id, &seen, |_, placement, parts, now| {
                let conversion = Conversion { date: draft.date, recorded_by: actor.person, recorded_at: now };
                Ok(placement.convert(conversion, parts, now)?)
            })
        })
        .await
}
