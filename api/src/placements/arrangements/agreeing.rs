//! From a draft to what both have signed, and to its end.

use actix_web::post;
use actix_web::web::Path;
use domain::ArrangementId;
use domain::placements::arrangements::Arrangement;
use domain::placements::capacity::check_room;
use persistence::Work;
use persistence::placements::{arrangements as kept, placements};

use super::drafting::before;
use super::types::{ArrangementReasonDraft, ArrangementView};
use super::{Ground, keep, step};
use crate::body::{Bare, IfMatch, Post};
use crate::caller::Caller;
use crate::problem::Problem;
use crate::reply::Answer;

/// Propose an arrangement to the other side
///
/// Who proposes signs by it; the other side sees it from then on.
#[utoipa::path(tag = "arrangements", security(("bearer" = ["placements:write"])),
    params(("arrangementId" = ArrangementId, Path, description = "The arrangement"), crate::body::IfMatchParam), responses(
    (status = 200, description = "Proposed; the other side is asked to sign", body = ArrangementView),
))]
#[post("/arrangements/{arrangementId}/proposals")]
pub(crate) async fn propose_arrangement(
    caller: Caller,
    id: Path<ArrangementId>,
    seen: IfMatch,
    post: Bare,
) -> Answer<ArrangementView> {
    caller
        .post(post, move |work, actor, ()| {
            step(work, actor, *id, &seen, |work, arrangement, parts, now| {
                let ground = Ground::of_arrangement(work, &arrangement)?;
                Ok(arrangement.propose(actor.person, ground.lent(), parts, now)?)
            })
        })
        .await
}

/// Sign an arrangement that the other side proposed
///
/// From then on both are bound. A later version ends the one before it, if the placements that stand fit in it.
#[utoipa::path(tag = "arrangements", security(("bearer" = ["placements:write"])),
    params(("arrangementId" = ArrangementId, Path, description = "The arrangement"), crate::body::IfMatchParam), responses(
    (status = 200, description = "Signed by both", body = ArrangementView),
    (status = 409, description = "It is not proposed, or the placements that stand take more than it gives"),
))]
#[post("/arrangements/{arrangementId}/signatures")]
pub(crate) async fn sign_arrangement(
    caller: Caller,
    id: Path<ArrangementId>,
    seen: IfMatch,
    post: Bare,
) -> Answer<ArrangementView> {
    caller
        .post(post, move |work, actor, ()| {
            step(work, actor, *id, &seen, |work, arrangement, parts, now| {
                let ground = Ground::of_arrangement(work, &arrangement)?;
                let signed = arrangement.sign(actor.person, ground.lent(), parts, now)?;
                follow(work, &signed)?;
                Ok(signed)
            })
        })
        .await
}

/// Ends the version before, and makes sure that what stands fits in what is given from now on.
fn follow(work: &mut Work<'_>, signed: &Arrangement) -> Result<(), Problem> {
    let Some(earlier) = before(work, signed)? else { return Ok(()) };
    let now = work.now();
    let from = earlier.state;
    let ended = earlier.followed_by(signed, now);
    let others = kept::versions(work, signed.series)?;
    let mut versions: Vec<Arrangement> =
        others.into_iter().filter(|one| one.id != signed.id && one.id != ended.id).collect();
    versions.extend([signed.clone(), ended.clone()]);
    check_room(&versions, &placements::claims_on(work, signed.series, None)?)?;
    keep(work, from, ended)?;
    Ok(())
}

/// Refuse an arrangement that the other side proposed
///
/// With a reason, which the other side is told.
#[utoipa::path(tag = "arrangements", security(("bearer" = ["placements:write"])),
    params(("arrangementId" = ArrangementId, Path, description = "The arrangement"), crate::body::IfMatchParam),
    request_body = ArrangementReasonDraft, responses(
    (status = 200, description = "Refused", body = ArrangementView),
))]
#[post("/arrangements/{arrangementId}/refusals")]
pub(crate) async fn refuse_arrangement(
    caller: Caller,
    id: Path<ArrangementId>,
    seen: IfMatch,
    post: Post<ArrangementReasonDraft>,
) -> Answer<ArrangementView> {
    caller
        .post(post, move |work, actor, draft| {
            step(work, actor, *id, &seen, |_, it, parts, now| Ok(it.refuse(draft.reason, parts, now)?))
        })
        .await
}

/// Withdraw an arrangement before both have signed it
///
/// By the side that wrote it.
#[utoipa::path(tag = "arrangements", security(("bearer" = ["placements:write"])),
    params(("arrangementId" = ArrangementId, Path, description = "The arrangement"), crate::body::IfMatchParam), responses(
    (status = 200, description = "Withdrawn", body = ArrangementView),
))]
#[post("/arrangements/{arrangementId}/withdrawals")]
pub(crate) async fn withdraw_arrangement(
    caller: Caller,
    id: Path<ArrangementId>,
    seen: IfMatch,
    post: Bare,
) -> Answer<ArrangementView> {
    caller
        .post(post, move |work, actor, ()| {
            step(work, actor, *id, &seen, |_, it, parts, now| Ok(it.withdraw(parts, now)?))
        })
        .await
}

/// Pause an arrangement
///
/// No placement is confirmed or starts on it; those that run go on.
#[utoipa::path(tag = "arrangements", security(("bearer" = ["placements:write"])),
    params(("arrangementId" = ArrangementId, Path, description = "The arrangement"), crate::body::IfMatchParam), responses(
    (status = 200, description = "Paused", body = ArrangementView),
))]
#[post("/arrangements/{arrangementId}/pauses")]
pub(crate) async fn pause_arrangement(
    caller: Caller,
    id: Path<ArrangementId>,
    seen: IfMatch,
    post: Bare,
) -> Answer<ArrangementView> {
    caller
        .post(post, move |work, actor, ()| step(work, actor, *id, &seen, |_, it, parts, now| Ok(it.pause(parts, now)?)))
        .await
}

/// Take up a paused arrangement again
#[utoipa::path(tag = "arrangements", security(("bearer" = ["placements:write"])),
    params(("arrangementId" = ArrangementId, Path, description = "The arrangement"), crate::body::IfMatchParam), responses(
    (status = 200, description = "In force again", body = ArrangementView),
))]
#[post("/arrangements/{arrangementId}/resumptions")]
pub(crate) async fn resume_arrangement(
    caller: Caller,
    id: Path<ArrangementId>,
    seen: IfMatch,
    post: Bare,
) -> Answer<ArrangementView> {
    caller
        .post(post, move |work, actor, ()| {
            step(work, actor, *id, &seen, |_, it, parts, now| Ok(it.resume(parts, now)?))
        })
        .await
}

/// End an arrangement before its last day
///
/// While no placement stands on it. The employment stays as it is.
#[utoipa::path(tag = "arrangements", security(("bearer" = ["placements:write"])),
    params(("arrangementId" = ArrangementId, Path, description = "The arrangement"), crate::body::IfMatchParam),
    request_body = ArrangementReasonDraft, responses(
    (status = 200, description = "Ended", body = ArrangementView),
    (status = 409, description = "It does not hold, or placements stand on it"),
))]
#[post("/arrangements/{arrangementId}/endings")]
pub(crate) async fn end_arrangement(
    caller: Caller,
    id: Path<ArrangementId>,
    seen: IfMatch,
    post: Post<ArrangementReasonDraft>,
) -> Answer<ArrangementView> {
    caller
        .post(post, move |work, actor, draft| {
            step(work, actor, *id, &seen, |work, it, parts, now| {
                let on_it = placements::on_arrangement(work, it.series)?;
                let standing = on_it.into_iter().filter(|one| one.clone().as_of(now).state.stands()).count();
                Ok(it.end(draft.reason, standing, parts, now)?)
            })
        })
        .await
}
