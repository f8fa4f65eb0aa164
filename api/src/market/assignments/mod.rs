//! Assignments (klussen): the operations, one file per kind of decision.

mod announce;
mod draft;
mod drafts;
mod due;
mod end;
mod facets;
mod hand_over;
mod outside;
mod positions;
mod publications;
mod publish;
mod read;
mod review;
mod revise;
pub(super) mod show;
mod suggestions;
pub(super) mod views;

pub(crate) use due::due;
pub(crate) use outside::{klussen, public_klus};
pub(crate) use positions::settle_positions;

use domain::market::assignments::{Assignment, AssignmentState};
use domain::{AssignmentId, EventKind, Part};
use persistence::market::assignments as kept;
use persistence::{View, Work};
use utoipa_actix_web::service_config::ServiceConfig;

use self::show::shown;
use self::views::AssignmentView;
use crate::access::Actor;
use crate::body::IfMatch;
use crate::market::standing::Viewer;
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// Registers the operations on assignments.
pub(crate) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(draft::create_assignment)
        .service(read::list_assignments)
        .service(facets::count_assignments)
        .service(suggestions::list_suggestions)
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

/// A klus at the revision that the caller saw.
struct Opened {
    viewer: Viewer,
    /// As it is kept.
    assignment: Assignment,
    /// Its state at this moment.
    before: AssignmentState,
    /// The parts the caller plays in it, apart from its review.
    parts: Vec<Part>,
}

fn open(work: &mut Work<'_>, actor: &Actor, id: AssignmentId, seen: &IfMatch) -> Result<Opened, Problem> {
    let viewer = Viewer::of(work, Some(actor))?;
    let assignment = get_seen(work, &viewer, id)?;
    seen.expect(assignment.revision)?;
    let (before, parts) = (assignment.state_at(work.now()), viewer.parts(&assignment));
    Ok(Opened { viewer, assignment, before, parts })
}

/// Takes a step that everybody who sees the klus hears of, and shows it.
fn step(
    work: &mut Work<'_>,
    opened: Opened,
    kind: EventKind,
    decide: impl FnOnce(&mut Work<'_>, Assignment, &[Part]) -> Result<Assignment, Problem>,
) -> Answer<AssignmentView> {
    let Opened { viewer, assignment, before, parts } = opened;
    let assignment = decide(work, assignment, &parts)?;
    let assignment = kept::save(work, assignment)?;
    announce::changed(work, kind, before, &assignment)?;
    shown_at_present(work, &viewer, assignment)
}

fn shown_at_present(work: &mut Work<'_>, viewer: &Viewer, assignment: Assignment) -> Answer<AssignmentView> {
    Ok(Reply::current(assignment.revision, shown(work, viewer, assignment)?))
}
