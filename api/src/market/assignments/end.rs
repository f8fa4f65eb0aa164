//! Close an assignment, open it again, or end it without a result.

use actix_web::post;
use actix_web::web::Path;
use domain::market::assignments::{Assignment, AssignmentState, Ended};
use domain::{AssignmentId, EventKind, truncate};
use persistence::Work;
use persistence::market::assignments as kept;
use persistence::market::responses;

use super::publications::{CancellationDraft, ExpirationDraft, ReopeningDraft};
use super::views::AssignmentView;
use super::{Opened, announce, open, shown_at_present, step};
use crate::body::{Bare, IfMatch, Post};
use crate::caller::Caller;
use crate::market::responses::keep_lapsed;
use crate::problem::Problem;
use crate::reply::Answer;

/// Close an assignment for responses before its deadline
///
/// Done by its owner. At the deadline it closes by itself.
#[utoipa::path(tag = "assignments", security(("bearer" = ["market:write"])),
    params(("assignmentId" = AssignmentId, Path, description = "The assignment"), crate::body::IfMatchParam), responses(
    (status = 200, description = "Closed", body = AssignmentView),
))]
#[post("/assignments/{assignmentId}/closures")]
pub(crate) async fn close_assignment(
    caller: Caller,
    id: Path<AssignmentId>,
    seen: IfMatch,
    post: Bare,
) -> Answer<AssignmentView> {
    caller
        .post(post, move |work, actor, ()| {
            let opened = open(work, actor, *id, &seen)?;
            step(work, opened, EventKind::AssignmentStateChanged, |work, assignment, parts| {
                Ok(assignment.close(parts, work.now())?)
            })
        })
        .await
}

/// Open a closed assignment again, until a new deadline
///
/// Done by its owner, while a position is free. It is open for whom it was open.
#[utoipa::path(tag = "assignments", security(("bearer" = ["market:write"])),
    params(("assignmentId" = AssignmentId, Path, description = "The assignment"), crate::body::IfMatchParam),
    request_body = ReopeningDraft, responses(
    (status = 200, description = "Open again", body = AssignmentView),
))]
#[post("/assignments/{assignmentId}/reopenings")]
pub(crate) async fn reopen_assignment(
    caller: Caller,
    id: Path<AssignmentId>,
    seen: IfMatch,
    post: Post<ReopeningDraft>,
) -> Answer<AssignmentView> {
    caller
        .post(post, move |work, actor, draft| {
            let opened = open(work, actor, *id, &seen)?;
            step(work, opened, EventKind::AssignmentStateChanged, |work, assignment, parts| {
                let placements = responses::placements_of_assignment(work, assignment.id)?;
                Ok(assignment.reopen(truncate(draft.deadline), placements, parts, work.now())?)
            })
        })
        .await
}

/// Cancel an assignment
///
/// Done by its owner, or by an administrator of the platform who keeps order. Everybody who responded gets that as
/// the outcome.
#[utoipa::path(tag = "assignments", security(("bearer" = ["market:write"])),
    params(("assignmentId" = AssignmentId, Path, description = "The assignment"), crate::body::IfMatchParam),
    request_body = CancellationDraft, responses(
    (status = 200, description = "Cancelled", body = AssignmentView),
))]
#[post("/assignments/{assignmentId}/cancellations")]
pub(crate) async fn cancel_assignment(
    caller: Caller,
    id: Path<AssignmentId>,
    seen: IfMatch,
    post: Post<CancellationDraft>,
) -> Answer<AssignmentView> {
    caller
        .post(post, move |work, actor, draft| {
            let Opened { viewer, assignment, before, parts } = open(work, actor, *id, &seen)?;
            let placements = responses::placements_of_assignment(work, assignment.id)?;
            let waiting = responses::open_of_assignment(work, assignment.id)?;
            let why = (draft.reason, draft.note);
            let ended = assignment.cancel(why, placements, waiting, &parts, work.now())?;
            let assignment = keep_ended(work, before, ended)?;
            shown_at_present(work, &viewer, assignment)
        })
        .await
}

/// End a closed assignment without a placement
///
/// Done by its owner. Everybody who responded gets that as the outcome.
#[utoipa::path(tag = "assignments", security(("bearer" = ["market:write"])),
    params(("assignmentId" = AssignmentId, Path, description = "The assignment"), crate::body::IfMatchParam),
    request_body = ExpirationDraft, responses(
    (status = 200, description = "Ended", body = AssignmentView),
))]
#[post("/assignments/{assignmentId}/expirations")]
pub(crate) async fn expire_assignment(
    caller: Caller,
    id: Path<AssignmentId>,
    seen: IfMatch,
    post: Post<ExpirationDraft>,
) -> Answer<AssignmentView> {
    caller
        .post(post, move |work, actor, draft| {
            let Opened { viewer, assignment, before, parts } = open(work, actor, *id, &seen)?;
            let placements = responses::placements_of_assignment(work, assignment.id)?;
            let waiting = responses::open_of_assignment(work, assignment.id)?;
            let why = (draft.reason, draft.note);
            let ended = assignment.expire(why, placements, waiting, &parts, work.now())?;
            let assignment = keep_ended(work, before, ended)?;
            shown_at_present(work, &viewer, assignment)
        })
        .await
}

/// Keeps an assignment at its end, and the outcome of everybody who responded (invariant 17).
pub(super) fn keep_ended(work: &mut Work<'_>, before: AssignmentState, ended: Ended) -> Result<Assignment, Problem> {
    let Ended { assignment, lapsed } = ended;
    let assignment = kept::save(work, assignment)?;
    announce::changed(work, EventKind::AssignmentStateChanged, before, &assignment)?;
    keep_lapsed(work, &assignment, lapsed)?;
    Ok(assignment)
}
