mod ending;
mod planning;
mod running;

use super::*;
use crate::market::fixtures::{EMPLOYEE, day, id, moment};
use crate::market::signals::Colour;
use crate::placements::arrangements::{ArrangementState, ReturnDestination};
use crate::placements::fixtures::{arrangement, noon, period, placement, ten};
use crate::tables::walk;
use crate::{Part, Refusal};

pub(super) fn notice(by: u128, last_day: &str) -> Notice {
    Notice {
        by: id(by),
        part: Part::Client,
        reason: EndReason::ResultReached,
        text: None,
        last_day: day(last_day),
        at: moment(20),
    }
}

pub(super) fn back(on: &str) -> Return {
    Return {
        destination: ReturnDestination::OldFunction,
        date: day(on),
        text: None,
        recorded_by: id(EMPLOYEE),
        recorded_at: moment(30),
    }
}

pub(super) fn appointed(on: &str) -> Conversion {
    Conversion { date: day(on), recorded_by: id(EMPLOYEE), recorded_at: moment(30) }
}

pub(super) fn added(start: &str, end: &str) -> Stretch {
    Stretch { period: period(start, end), effort: crate::market::effort::Effort::MinutesPerWeek(480) }
}

/// A thing in this state for which every guard holds, whoever acts. What the calendar does by itself is asked of the
/// state, not of the day: only what is over is looked at after its last day.
fn decide(state: PlacementState, action: PlacementAction, parts: &[Part]) -> Result<PlacementState, Refusal> {
    let now = noon(if state.is_over() { "2027-01-05" } else { "2026-10-01" });
    let mut it = placement(state, |_| {});
    if state == PlacementState::Running {
        it.notice = Some(notice(EMPLOYEE, "2026-11-30"));
    }
    let guarantee = &arrangement(ArrangementState::Active, |_| {}).terms.return_guarantee;
    let by_the_clock = |lights: Colour, on: &str| -> Result<PlacementState, Refusal> {
        let state = LIFECYCLE.step(it.state, action, parts)?;
        assert_eq!(it.due(&ten(lights), noon(on)), Some(action));
        assert_eq!(it.clone().settle(&ten(lights), noon(on)).map(|it| it.state), Ok(state));
        Ok(state)
    };
    let after = match action {
        PlacementAction::Confirm => it.confirm(&ten(Colour::Green), parts, now)?,
        PlacementAction::Cancel => it.cancel(CancelReason::WorkFallsAway, parts, now)?,
        PlacementAction::Start => return by_the_clock(Colour::Green, "2026-09-01"),
        PlacementAction::Block => return by_the_clock(Colour::Amber, "2026-08-01"),
        PlacementAction::Unblock => return by_the_clock(Colour::Green, "2026-08-31"),
        PlacementAction::Extend => {
            let state = LIFECYCLE.step(it.state, action, parts)?;
            let extended = it.extend(added("2027-01-01", "2027-02-28"), now)?;
            assert_eq!(extended.state, state);
            extended
        }
        PlacementAction::GiveNotice => it.give_notice(notice(EMPLOYEE, "2026-11-30"), guarantee, parts, now)?,
        PlacementAction::WithdrawNotice => it.withdraw_notice(id(EMPLOYEE), parts, now)?,
        PlacementAction::EndEarly => {
            let state = LIFECYCLE.step(it.state, action, parts)?;
            let ended = it.as_of(noon("2026-12-01"));
            assert_eq!(ended.state, state, "the clock writes what is read");
            ended
        }
        PlacementAction::Complete => {
            let state = LIFECYCLE.step(it.state, action, parts)?;
            it.notice = None;
            let completed = it.as_of(noon("2027-01-01"));
            assert_eq!(completed.state, state, "the clock writes what is read");
            completed
        }
        PlacementAction::RecordReturn => it.record_return(back("2027-01-04"), parts, now)?,
        PlacementAction::Convert => it.convert(appointed("2026-09-28"), parts, now)?,
    };
    Ok(after.state)
}

#[test]
fn every_pair_of_state_and_action_answers_as_the_table_says() {
    walk(&LIFECYCLE, decide);
}
