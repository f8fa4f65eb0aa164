//! Give an assignment to other owners.

use actix_web::post;
use actix_web::web::Path;
use domain::market::assignments::Assignment;
use domain::{AssignmentId, EventKind, Faults, Part};
use persistence::Work;
use persistence::market::responses;

use super::draft::check_owners;
use super::publications::HandoverDraft;
use super::views::AssignmentView;
use super::{open, step};
use crate::body::{IfMatch, Post};
use crate::caller::Caller;
use crate::problem::Problem;
use crate::reply::Answer;

/// Hand an assignment over to other owners
///
/// Done by its owner or an administrator of the organisation. Owners are people who publish klussen for the
/// organisation, and nobody who responded to it.
#[utoipa::path(tag = "assignments", security(("bearer" = ["market:write"])),
    params(("assignmentId" = AssignmentId, Path, description = "The assignment"), crate::body::IfMatchParam),
    request_body = HandoverDraft, responses(
    (status = 200, description = "Handed over", body = AssignmentView),
))]
#[post("/assignments/{assignmentId}/handovers")]
pub(crate) async fn hand_over_assignment(
    caller: Caller,
    id: Path<AssignmentId>,
    seen: IfMatch,
    post: Post<HandoverDraft>,
) -> Answer<AssignmentView> {
    caller
        .post(post, move |work, actor, draft| {
            let opened = open(work, actor, *id, &seen)?;
            step(work, opened, EventKind::AssignmentChanged, |work, assignment, parts| {
                handed(work, assignment, parts, draft)
            })
        })
        .await
}

/// In other hands, or everything that is wrong with them. Who plays no part hears nothing about the people named.
fn handed(
    work: &mut Work<'_>,
    assignment: Assignment,
    parts: &[Part],
    draft: HandoverDraft,
) -> Result<Assignment, Problem> {
    let organisation = assignment.organisation;
    let open = responses::open_of_assignment(work, assignment.id)?;
    let responders: Vec<_> = open.into_iter().map(|response| response.person).collect();
    let (owner, co_owners) = (draft.owner_id, draft.co_owner_ids);
    let handed = assignment.hand_over(owner, co_owners.clone(), &responders, parts, work.now());
    let mut faults = Faults::default();
    if !parts.is_empty() {
        check_owners(work, Some(owner), &co_owners, organisation, &mut faults)?;
    }
    Ok(faults.and(handed)?)
}
