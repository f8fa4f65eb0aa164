//! What the clock does: close what is past its deadline, tell of rings that opened.

use domain::{AssignmentId, EventKind};
use persistence::Work;
use persistence::market::assignments::{self as kept, RingToAnnounce};

use super::announce;
use crate::app::App;
use crate::problem::Problem;

/// At most so many of each kind at once; what is left is done the next time.
const AT_ONCE: u32 = 500;

/// Does what is due at this moment, each in a transaction of its own that looks again whether it is: several
/// instances may do this at once.
pub(crate) fn due(app: &App) -> Result<(), Problem> {
    let now = app.clock.now();
    let (overdue, opened) = app.database.read::<_, Problem>(now, |view| {
        Ok((kept::to_close(view, AT_ONCE)?, kept::rings_to_announce(view, AT_ONCE)?))
    })?;
    for opened in opened {
        app.write(|work| announce_ring(work, opened))?;
    }
    for id in overdue {
        app.write(|work| close_overdue(work, id))?;
    }
    Ok(())
}

fn close_overdue(work: &mut Work<'_>, id: AssignmentId) -> Result<(), Problem> {
    let assignment = kept::get(work, id)?;
    let (before, closed) = (assignment.state, assignment.as_of(work.now()));
    if closed.state == before {
        return Ok(());
    }
    let closed = kept::save(work, closed)?;
    announce::changed(work, EventKind::AssignmentStateChanged, before, &closed)
}

fn announce_ring(work: &mut Work<'_>, opened: RingToAnnounce) -> Result<(), Problem> {
    if !kept::note_announced(work, opened)? {
        return Ok(());
    }
    let (assignment, now) = (kept::get(work, opened.assignment)?, work.now());
    let planned = assignment.plan.iter().flat_map(|plan| &plan.rings);
    let planned = planned.into_iter().find(|planned| planned.ring == opened.ring && planned.is_open(now));
    match planned {
        Some(planned) if assignment.is_open(now) => announce::ring_opened(work, &assignment, planned),
        _ => Ok(()),
    }
}
