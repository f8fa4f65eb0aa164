//! Close an assignment, open it again, or end it without a result.

use actix_web::post;
use actix_web::web::Path;
use domain::market::assignments::{Assignment, Ended};
use domain::{AssignmentId, EventKind, truncate};
use persistence::Work;
use persistence::market::assignments as kept;
use persistence::market::responses;

use super::publications::{CancellationDraft, ExpirationDraft, ReopeningDraft};
use super::show::shown;
use super::views::AssignmentView;
use super::{announce, get_seen};
use crate::body::{Bare, IfMatch, Post};
use crate::caller::Caller;
use crate::market::responses::keep_lapsed;
use crate::market::standing::Viewer;
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

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
            let viewer = Viewer::of(work, Some(actor))?;
            let assignment = get_seen(work, &viewer, *id)?;
            seen.expect(assignment.revision)?;
            let (before, parts) = (assignment.state_at(work.now()), viewer.parts(&assignment));
            let assignment = kept::save(work, assignment.close(&parts, work.now())?)?;
            announce::changed(work, EventKind::AssignmentStateChanged, before, &assignment)?;
            Ok(Reply::current(assignment.revision, shown(work, &viewer, assignment)?))
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
            let viewer = Viewer::of(work, Some(actor))?;
            let assignment = get_seen(work, &viewer, *id)?;
            seen.expect(assignment.revision)?;
            let (before, parts) = (assignment.state_at(work.now()), viewer.parts(&assignment));
            let placements = responses::placements_of_assignment(work, assignment.id)?;
            let assignment = assignment.reopen(truncate(draft.deadline), placements, &parts, work.now())?;
            let assignment = kept::save(work, assignment)?;
            announce::changed(work, EventKind::AssignmentStateChanged, before, &assignment)?;
            Ok(Reply::current(assignment.revision, shown(work, &viewer, assignment)?))
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
            let viewer = Viewer::of(work, Some(actor))?;
            let assignment = get_seen(work, &viewer, *id)?;
            seen.expect(assignment.revision)?;
            let (before, parts) = (assignment.clone(), viewer.parts(&assignment));
            let placements = responses::placements_of_assignment(work, assignment.id)?;
            let open = responses::open_of_assignment(work, assignment.id)?;
            let why = (draft.reason, draft.note);
            let ended = assignment.cancel(why, placements, open, &parts, work.now())?;
            let assignment = keep_ended(work, &before, ended)?;
            Ok(Reply::current(assignment.revision, shown(work, &viewer, assignment)?))
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
            let viewer = Viewer::of(work, Some(actor))?;
            let assignment = get_seen(work, &viewer, *id)?;
            seen.expect(assignment.revision)?;
            let (before, parts) = (assignment.clone(), viewer.parts(&assignment));
            let placements = responses::placements_of_assignment(work, assignment.id)?;
            let open = responses::open_of_assignment(work, assignment.id)?;
            let why = (draft.reason, draft.note);
            let ended = assignment.expire(why, placements, open, &parts, work.now())?;
            let assignment = keep_ended(work, &before, ended)?;
            Ok(Reply::current(assignment.revision, shown(work, &viewer, assignment)?))
        })
        .await
}

/// Keeps an assignment at its end, and the outcome of everybody who responded (invariant 17).
fn keep_ended(work: &mut Work<'_>, before: &Assignment, ended: Ended) -> Result<Assignment, Problem> {
    let Ended { assignment, lapsed } = ended;
    let assignment = kept::save(work, assignment)?;
    let state = before.state_at(work.now());
    announce::changed(work, EventKind::AssignmentStateChanged, state, &assignment)?;
    keep_lapsed(work, &assignment, lapsed)?;
    Ok(assignment)
}
