//! The host decides on hours.

use actix_web::post;
use actix_web::web::Path;
use domain::TimesheetId;

use super::step;
use super::types::{TimesheetRejectionDraft, TimesheetView};
use crate::body::{Bare, IfMatch, Post};
use crate::caller::Caller;
use crate::reply::Answer;

/// Approve a timesheet
///
/// By the client, nobody their own. From then on it is never changed.
#[utoipa::path(tag = "timesheets", security(("bearer" = ["placements:write"])),
    params(("timesheetId" = TimesheetId, Path, description = "The timesheet"), crate::body::IfMatchParam), responses(
    (status = 200, description = "Approved", body = TimesheetView),
))]
#[post("/timesheets/{timesheetId}/approvals")]
pub(crate) async fn approve_timesheet(
    caller: Caller,
    id: Path<TimesheetId>,
    seen: IfMatch,
    post: Bare,
) -> Answer<TimesheetView> {
    caller
        .post(post, move |work, actor, ()| {
            step(work, actor, *id, &seen, |_, it, placement, parts, now| {
                Ok(it.approve(actor.person, placement.person, parts, now)?)
            })
        })
        .await
}

/// Reject a timesheet
///
/// By the client, with a reason; the employee writes it anew.
#[utoipa::path(tag = "timesheets", security(("bearer" = ["placements:write"])),
    params(("timesheetId" = TimesheetId, Path, description = "The timesheet"), crate::body::IfMatchParam),
    request_body = TimesheetRejectionDraft, responses(
    (status = 200, description = "Rejected", body = TimesheetView),
))]
#[post("/timesheets/{timesheetId}/rejections")]
pub(crate) async fn reject_timesheet(
    caller: Caller,
    id: Path<TimesheetId>,
    seen: IfMatch,
    post: Post<TimesheetRejectionDraft>,
) -> Answer<TimesheetView> {
    caller
        .post(post, move |work, actor, draft| {
            step(work, actor, *id, &seen, |_, it, placement, parts, now| {
                Ok(it.reject(draft.reason, actor.person, placement.person, parts, now)?)
            })
        })
        .await
}
