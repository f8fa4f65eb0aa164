//! What the clock does with placements: start or block them, end them, remind of what is to come.

use domain::placements::placements::PlacementState;
use domain::{Change, EventKind, PlacementId, local_date};
use persistence::placements::{arrangements, placements as kept};
use persistence::{Work, ledger};

use super::lights::at_present;
use super::{concerned, keep};
use crate::app::App;
use crate::placements::arrangements::settle as settle_arrangement;
use crate::problem::Problem;

/// How much is done of each kind before the rest waits for the next time.
const AT_ONCE: u32 = 500;

/// Does what is due at this moment. One that cannot be done does not keep the others from it.
pub(in crate::placements) fn due(app: &App) -> Result<(), Problem> {
    let now = app.clock.now();
    let (agreed, standing, at_risk) = app.database.read::<_, Problem>(now, |view| {
        let mut standing = kept::due(view, AT_ONCE)?;
        standing.extend(kept::wavering(view, AT_ONCE)?);
        Ok((arrangements::due(view, AT_ONCE)?, standing, kept::at_risk(view, AT_ONCE)?))
    })?;
    for id in agreed {
        tried(app.write(|work| settle_arrangement(work, id)));
    }
    for id in standing {
        tried(app.write(|work| tend(work, id)));
    }
    for id in at_risk {
        tried(app.write(|work| tell_risk(work, id)));
    }
    Ok(())
}

fn tried(outcome: Result<(), Problem>) {
    if let Err(problem) = outcome {
        tracing::warn!(%problem, "what is due with a placement could not be done; it is tried again");
    }
}

fn tend(work: &mut Work<'_>, id: PlacementId) -> Result<(), Problem> {
    let placement = kept::get(work, id)?;
    let from = placement.state;
    let (present, _) = at_present(work, placement)?;
    if present.state != from {
        keep(work, from, present)?;
        return Ok(());
    }
    let is_due = present.talks_told_at.is_none() && present.talks_date() <= local_date(work.now());
    if present.state == PlacementState::Running && is_due {
        let told = kept::save(work, present.talks_told(work.now()))?;
        let change = Change::new(EventKind::PlacementTalksDue, told.id).to(concerned(work, &told)?);
        ledger::record(work, change)?;
    }
    Ok(())
}

/// Tells everybody concerned that the employment ends before the work does (invariant 7).
fn tell_risk(work: &mut Work<'_>, id: PlacementId) -> Result<(), Problem> {
    let placement = kept::get(work, id)?;
    let employment = persistence::parties::employments::get(work, placement.employment)?;
    if placement.risk_told_at.is_some() || !placement.is_at_risk(&employment.terms) {
        return Ok(());
    }
    let told = kept::save(work, placement.risk_told(work.now()))?;
    let change = Change::new(EventKind::PlacementAtRisk, told.id).to(concerned(work, &told)?);
    Ok(ledger::record(work, change)?)
}
