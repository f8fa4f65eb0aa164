//! Assignments (klussen): the operations, one file per kind of decision.

mod announce;
mod draft;
mod drafts;
mod due;
mod end;
mod hand_over;
mod publications;
mod publish;
mod read;
mod review;
mod revise;
mod show;
mod views;

pub(crate) use due::due;

use domain::AssignmentId;
use domain::market::assignments::Assignment;
use persistence::View;
use persistence::market::assignments as kept;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::market::standing::Viewer;
use crate::problem::Problem;

/// Registers the operations on assignments.
pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(draft::create_assignment)
        .service(read::list_assignments)
        .service(read::get_assignment)
        .service(revise::revise_assignment)
        .service(publish::publish_assignment)
        .service(publish::replan_assignment)
        .service(review::approve_assignment)
        .service(review::return_assignment)
        .service(end::close_assignment)
        .service(end::reopen_assignment)
        .service(end::cancel_assignment)
        .service(end::expire_assignment)
        .service(hand_over::hand_over_assignment);
}

/// A klus that this caller may know of; any other is as absent as one that never was.
pub(crate) fn get_seen(view: &mut View<'_>, viewer: &Viewer, id: AssignmentId) -> Result<Assignment, Problem> {
    let now = view.now();
    match kept::find(view, id)? {
        Some(assignment) if viewer.sight.sees(&assignment, now) => Ok(assignment),
        _ => Err(domain::Refusal::hidden("assignment").into()),
    }
}
