//! Approve an assignment that waits for its review, or send it back.

use actix_web::post;
use actix_web::web::Path;
use domain::{AssignmentId, EventKind};
use persistence::market::assignments as kept;

use super::publications::ReviewReturnDraft;
use super::views::AssignmentView;
use super::{Opened, announce, open, shown_at_present};
use crate::body::{Bare, IfMatch, Post};
use crate::caller::Caller;
use crate::market::standing::rules_of;
use crate::reply::Answer;

/// Approve an assignment that is in review
///
/// Done by the coordinator of a network that asked for the review, or an administrator of the organisation where the
/// organisation asked. What should have opened meanwhile opens now; the deadline moves if people would otherwise have
/// less than five working days.
#[utoipa::path(tag = "assignments", security(("bearer" = ["market:write"])),
    params(("assignmentId" = AssignmentId, Path, description = "The assignment"), crate::body::IfMatchParam), responses(
    (status = 200, description = "Open", body = AssignmentView),
))]
#[post("/assignments/{assignmentId}/approvals")]
pub(crate) async fn approve_assignment(
    caller: Caller,
    id: Path<AssignmentId>,
    seen: IfMatch,
    post: Bare,
) -> Answer<AssignmentView> {
    caller
        .post(post, move |work, actor, ()| {
            let Opened { viewer, assignment, before, .. } = open(work, actor, *id, &seen)?;
            let rules = rules_of(work, assignment.organisation)?;
            let parts = viewer.reviewing_parts(&assignment, &rules);
            let assignment = kept::save(work, assignment.approve(&parts, work.now())?)?;
            announce::published(work, Some(before), &assignment)?;
            shown_at_present(work, &viewer, assignment)
        })
        .await
}

/// Return an assignment to its owner with remarks
///
/// Done by who may approve it. What was planned is dropped: the owner publishes again.
#[utoipa::path(tag = "assignments", security(("bearer" = ["market:write"])),
    params(("assignmentId" = AssignmentId, Path, description = "The assignment"), crate::body::IfMatchParam),
    request_body = ReviewReturnDraft, responses(
    (status = 200, description = "A draft again", body = AssignmentView),
))]
#[post("/assignments/{assignmentId}/returns")]
pub(crate) async fn return_assignment(
    caller: Caller,
    id: Path<AssignmentId>,
    seen: IfMatch,
    post: Post<ReviewReturnDraft>,
) -> Answer<AssignmentView> {
    caller
        .post(post, move |work, actor, draft| {
            let Opened { viewer, assignment, before, .. } = open(work, actor, *id, &seen)?;
            let rules = rules_of(work, assignment.organisation)?;
            let parts = viewer.reviewing_parts(&assignment, &rules);
            let assignment = kept::save(work, assignment.send_back(draft.remarks, &parts, work.now())?)?;
            announce::kept_inside(work, EventKind::AssignmentStateChanged, Some(before), &assignment)?;
            shown_at_present(work, &viewer, assignment)
        })
        .await
}
