mod correcting;
mod writing;

use super::*;
use crate::market::fixtures::{EMPLOYEE, OWNER, id};
use crate::placements::fixtures::{entry, mint, noon, placement, timesheet, week};
use crate::tables::walk;

/// Room enough.
pub(super) fn room() -> Allowance {
    Allowance { week: 864, week_taken: 0, placement_taken: 0 }
}

/// A thing in this state for which every guard holds, whoever acts.
fn decide(state: TimesheetState, action: TimesheetAction, parts: &[Part]) -> Result<TimesheetState, Refusal> {
    let placement = placement(PlacementState::Running, |_| {});
    let on = Writing { placement: &placement, week: week("2026-09-01"), of_week: &[] };
    let now = noon("2026-09-07");
    let it = timesheet(state);
    let after = match action {
        TimesheetAction::Revise => it.revise(on, vec![entry("2026-09-02", 60)], &mut mint(1), parts, now)?,
        TimesheetAction::Submit => it.submit(&placement, room(), parts, now)?,
        TimesheetAction::Recall => it.recall(parts, now)?,
        TimesheetAction::Approve => it.approve(id(OWNER), id(EMPLOYEE), parts, now)?,
        TimesheetAction::Reject => it.reject("Te veel".to_owned(), id(OWNER), id(EMPLOYEE), parts, now)?,
        TimesheetAction::Charge => {
            LIFECYCLE.step(it.state, action, parts)?;
            it.charge(now)?
        }
        TimesheetAction::Uncharge => {
            LIFECYCLE.step(it.state, action, parts)?;
            it.uncharge(now)?
        }
    };
    Ok(after.state)
}

#[test]
fn every_pair_of_state_and_action_answers_as_the_table_says() {
    walk(&LIFECYCLE, decide);
}
