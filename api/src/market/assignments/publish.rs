//! Publish an assignment, and open it wider or earlier.

use actix_web::post;
use actix_web::web::Path;
use domain::market::assignments::{Assignment, AssignmentState};
use domain::market::publication_rings::{PublicationRequest, PublicationRules};
use domain::{AssignmentId, EventKind, Moment, NetworkId, Part, Refusal};
use persistence::market::assignments as kept;

use super::publications::PublicationDraft;
use super::views::AssignmentView;
use super::{Opened, announce, open, shown_at_present, step};
use crate::body::{IfMatch, Post};
use crate::caller::Caller;
use crate::market::standing::rules_of;
use crate::reply::Answer;

/// Publish an assignment
///
/// Done by its owner. People in the rings that are open can respond from then on; the clock opens the wider rings.
/// Where the organisation or a network named reviews, it is submitted for review instead: see `state` of the answer.
/// Everything that is missing is named at once. The widest ring opens within the strictest internal-first window of
/// platform, organisation and networks named; a ring that opens later needs a reason.
#[utoipa::path(tag = "assignments", security(("bearer" = ["market:write"])),
    params(("assignmentId" = AssignmentId, Path, description = "The assignment"), crate::body::IfMatchParam),
    request_body = PublicationDraft, responses(
    (status = 200, description = "Open, or in review", body = AssignmentView),
))]
#[post("/assignments/{assignmentId}/publications")]
pub(crate) async fn publish_assignment(
    caller: Caller,
    id: Path<AssignmentId>,
    seen: IfMatch,
    post: Post<PublicationDraft>,
) -> Answer<AssignmentView> {
    caller
        .post(post, move |work, actor, draft| {
            let Opened { viewer, assignment, before, parts } = open(work, actor, *id, &seen)?;
            let rules = rules_of(work, assignment.organisation)?;
            let request = draft.request(actor.person);
            let (assignment, reviewing) = opened(assignment, &request, &rules, &parts, work.now())?;
            let assignment = kept::save(work, assignment)?;
            match assignment.state {
                AssignmentState::InReview => announce::submitted(work, Some(before), &assignment, &reviewing)?,
                _ => announce::published(work, Some(before), &assignment)?,
            }
            shown_at_present(work, &viewer, assignment)
        })
        .await
}

/// Open an assignment earlier or wider, or for longer
///
/// Done by its owner while it is open. Send the whole plan: openings only come earlier, rings and networks are only
/// added, the deadline only comes later. A ring that opens by it is announced by the clock, within seconds.
#[utoipa::path(tag = "assignments", security(("bearer" = ["market:write"])),
    params(("assignmentId" = AssignmentId, Path, description = "The assignment"), crate::body::IfMatchParam),
    request_body = PublicationDraft, responses(
    (status = 200, description = "Planned anew", body = AssignmentView),
))]
#[post("/assignments/{assignmentId}/replannings")]
pub(crate) async fn replan_assignment(
    caller: Caller,
    id: Path<AssignmentId>,
    seen: IfMatch,
    post: Post<PublicationDraft>,
) -> Answer<AssignmentView> {
    caller
        .post(post, move |work, actor, draft| {
            let opened = open(work, actor, *id, &seen)?;
            step(work, opened, EventKind::AssignmentChanged, |work, assignment, parts| {
                let rules = rules_of(work, assignment.organisation)?;
                Ok(assignment.replan(&draft.request(actor.person), &rules, parts, work.now())?)
            })
        })
        .await
}

/// The assignment as it is opened or laid before its reviewers, with the networks that review it.
pub(super) fn opened(
    assignment: Assignment,
    request: &PublicationRequest,
    rules: &PublicationRules,
    parts: &[Part],
    now: Moment,
) -> Result<(Assignment, Vec<NetworkId>), Refusal> {
    let named = request.networks();
    if rules.asks_review(&named) && assignment.state == AssignmentState::Draft {
        let assignment = assignment.submit_for_review(request, rules, parts, now)?;
        Ok((assignment, rules.reviewers(&named).networks))
    } else {
        Ok((assignment.publish(request, rules, parts, now)?, Vec::new()))
    }
}
