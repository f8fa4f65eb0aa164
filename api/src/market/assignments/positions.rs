//! How the positions of a klus follow its placements: filled, free again, done.

use domain::market::assignments::{Assignment, AssignmentState, PlacementTally};
use domain::{AssignmentId, EventKind, Part};
use persistence::Work;
use persistence::market::{assignments as kept, responses};

use super::announce;
use super::end::keep_ended;
use crate::problem::Problem;

const SERVICE: &[Part] = &[Part::Service];

/// Fills a klus whose last position was taken, frees it when a placement fell away before its start, and completes it
/// when all placements have ended.
pub(crate) fn settle_positions(work: &mut Work<'_>, id: AssignmentId) -> Result<(), Problem> {
    let assignment = kept::get(work, id)?;
    let (before, now) = (assignment.state_at(work.now()), work.now());
    let tally = responses::placements_of_assignment(work, id)?;
    let is_full = tally.taken() >= assignment.details.positions;
    let is_done = tally.confirmed == 0 && tally.running == 0 && tally.ended > 0;
    match before {
        AssignmentState::Open | AssignmentState::Closed if is_full => {
            let closed = if before == AssignmentState::Open { assignment.close(SERVICE, now)? } else { assignment };
            let filled = kept::save(work, closed.fill(tally, SERVICE, now)?)?;
            announce::changed(work, EventKind::AssignmentStateChanged, before, &filled)
        }
        AssignmentState::Filled if !is_full => {
            let freed = kept::save(work, assignment.unfill(tally, SERVICE, now)?)?;
            announce::changed(work, EventKind::AssignmentStateChanged, before, &freed)
        }
        AssignmentState::Filled if is_done => complete(work, assignment, tally),
        _ => Ok(()),
    }
}

fn complete(work: &mut Work<'_>, assignment: Assignment, tally: PlacementTally) -> Result<(), Problem> {
    let before = assignment.state;
    let waiting = responses::open_of_assignment(work, assignment.id)?;
    let now = work.now();
    let ended = assignment.complete(tally, waiting, SERVICE, now)?;
    keep_ended(work, before, ended)?;
    Ok(())
}
