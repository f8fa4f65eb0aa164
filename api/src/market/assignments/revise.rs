//! Change the description of an assignment.

use actix_web::patch;
use actix_web::web::Path;
use domain::{AssignmentId, EventKind, Faults};
use persistence::market::responses;

use super::draft::check_skills;
use super::drafts::AssignmentPatch;
use super::views::AssignmentView;
use super::{open, step};
use crate::body::{Body, IfMatch};
use crate::caller::Caller;
use crate::reply::Answer;

/// Change an assignment
///
/// A merge patch: what is left out stays, null clears. Done by its owner, as a draft and while it is open or closed.
/// Once published it keeps what publishing needs, and its kind and charge basis stay: people answered to them.
#[utoipa::path(tag = "assignments", security(("bearer" = ["market:write"])),
    params(("assignmentId" = AssignmentId, Path, description = "The assignment"), crate::body::IfMatchParam),
    request_body = AssignmentPatch, responses(
    (status = 200, description = "Changed", body = AssignmentView),
    (status = 409, description = "Its state forbids it, or so many positions are taken already"),
))]
#[patch("/assignments/{assignmentId}")]
pub(crate) async fn revise_assignment(
    caller: Caller,
    id: Path<AssignmentId>,
    seen: IfMatch,
    body: Body<AssignmentPatch>,
) -> Answer<AssignmentView> {
    caller
        .write(move |work, actor| {
            let opened = open(work, actor, *id, &seen)?;
            step(work, opened, EventKind::AssignmentChanged, |work, assignment, parts| {
                let mut faults = Faults::default();
                let details = body.0.apply(assignment.details.clone(), &mut faults);
                check_skills(work, "requiredSkills", &details.required_skills, &mut faults)?;
                check_skills(work, "preferredSkills", &details.preferred_skills, &mut faults)?;
                let placements = responses::placements_of_assignment(work, assignment.id)?;
                Ok(faults.and(assignment.revise(details, placements, parts, work.now()))?)
            })
        })
        .await
}
