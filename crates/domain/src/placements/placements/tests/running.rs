use super::*;
use crate::market::effort::Effort;
use crate::market::fixtures::employment;
use crate::parties::employments::EmploymentTerms;
use crate::placements::fixtures::offer;

fn in_state(state: PlacementState) -> Placement {
    placement(state, |_| {})
}

#[test]
fn lights_and_calendar_together_say_what_is_due() {
    use PlacementAction::{Block, Start, Unblock};
    use PlacementState::{Blocked, Confirmed, Planned, Running};
    for (state, colour, on, due) in [
        (Confirmed, Colour::Green, "2026-08-31", None),
        (Confirmed, Colour::Green, "2026-09-01", Some(Start)),
        (Confirmed, Colour::Amber, "2026-08-31", Some(Block)),
        (Confirmed, Colour::Red, "2026-09-01", Some(Block)),
        (Blocked, Colour::Green, "2026-08-31", Some(Unblock)),
        (Blocked, Colour::Green, "2026-09-02", Some(Start)),
        (Blocked, Colour::Amber, "2026-09-02", None),
        (Planned, Colour::Green, "2026-09-02", None),
        (Running, Colour::Red, "2026-09-02", None),
    ] {
        assert_eq!(in_state(state).due(&ten(colour), noon(on)), due, "{state} {colour} {on}");
    }
}

#[test]
fn one_light_that_falls_back_blocks_the_start_until_it_is_green_again() {
    let mut lights = ten(Colour::Green);
    lights[7].colour = Colour::Red;
    let blocked = in_state(PlacementState::Confirmed).settle(&lights, noon("2026-08-31")).unwrap();
    assert_eq!(blocked.state, PlacementState::Blocked);
    let late = blocked.clone().settle(&lights, noon("2026-09-08")).unwrap();
    assert_eq!(late.state, PlacementState::Blocked, "its first day changes nothing");
    let before = blocked.settle(&ten(Colour::Green), noon("2026-08-31")).unwrap();
    assert_eq!(before.state, PlacementState::Confirmed);
    let started = late.settle(&ten(Colour::Green), noon("2026-09-08")).unwrap();
    assert_eq!(started.state, PlacementState::Running);
    let goes_on = started.settle(&lights, noon("2026-09-09")).unwrap();
    assert_eq!(goes_on.state, PlacementState::Running, "after the start a light does not stop the work");
}

#[test]
fn the_day_begins_in_the_netherlands() {
    let confirmed = in_state(PlacementState::Confirmed);
    let green = ten(Colour::Green);
    assert_eq!(confirmed.due(&green, "2026-08-31T21:59:59Z".parse().unwrap()), None);
    assert_eq!(confirmed.due(&green, "2026-08-31T22:00:00Z".parse().unwrap()), Some(PlacementAction::Start));
}

#[test]
fn past_its_last_day_it_is_over_also_when_the_clock_has_not_run() {
    let running = in_state(PlacementState::Running);
    assert_eq!(running.clone().as_of(noon("2026-12-31")).state, PlacementState::Running);
    assert_eq!(running.clone().as_of(noon("2027-01-01")).state, PlacementState::Completed);
    let noticed = Placement { notice: Some(notice(EMPLOYEE, "2026-10-30")), ..running };
    assert_eq!(noticed.clone().as_of(noon("2026-10-30")).state, PlacementState::Running);
    assert_eq!(noticed.as_of(noon("2026-10-31")).state, PlacementState::EndedEarly);
    for state in [PlacementState::Planned, PlacementState::Confirmed, PlacementState::Blocked] {
        assert_eq!(in_state(state).as_of(noon("2027-06-01")).state, state, "nothing starts by itself");
    }
}

#[test]
fn an_extension_begins_the_day_after_the_last_and_moves_the_way_back() {
    let running = in_state(PlacementState::Running);
    for start in ["2026-12-31", "2027-01-02"] {
        let refusal = running.clone().extend(added(start, "2027-03-31"), noon("2026-12-01")).unwrap_err();
        assert_eq!(refusal.faults[0].name, "startDate", "{start}");
    }
    let noticed =
        Placement { notice: Some(notice(EMPLOYEE, "2026-12-15")), talks_told_at: Some(moment(9)), ..running.clone() };
    let extended = noticed.extend(added("2027-01-01", "2027-03-31"), noon("2026-12-01")).unwrap();
    assert_eq!(extended.period(), period("2026-09-01", "2027-03-31"));
    assert_eq!((extended.last_day(), extended.return_plan.date), (day("2027-03-31"), day("2027-04-01")));
    assert_eq!(extended.agreed_minutes(), (18 + 14) * 480);
    assert!(extended.notice.is_none() && extended.talks_told_at.is_none(), "everybody signed for more");
    let late = running.extend(added("2027-01-01", "2027-03-31"), noon("2027-01-01"));
    assert_eq!(late.unwrap_err().code.name, "transition_not_listed", "it is over by then");
}

#[test]
fn it_is_at_risk_where_the_employment_ends_before_the_work() {
    let ending = |end: Option<&str>| EmploymentTerms { end: end.map(day), ..employment().terms };
    let running = in_state(PlacementState::Running);
    for (end, at_risk) in [(None, false), (Some("2026-12-31"), false), (Some("2026-12-30"), true)] {
        assert_eq!(running.is_at_risk(&ending(end)), at_risk, "{end:?}");
    }
    let noticed = Placement { notice: Some(notice(EMPLOYEE, "2026-11-30")), ..running };
    assert!(!noticed.is_at_risk(&ending(Some("2026-11-30"))) && noticed.is_at_risk(&ending(Some("2026-11-29"))));
    for state in <PlacementState as crate::TextEnum>::ALL {
        assert_eq!(in_state(*state).is_at_risk(&ending(Some("2026-09-30"))), state.stands(), "{state}");
    }
    assert_eq!(noticed.risk_told(moment(40)).risk_told_at, Some(moment(40)));
}

#[test]
fn talks_begin_so_many_weeks_before_the_last_day() {
    let running = in_state(PlacementState::Running);
    assert_eq!(running.clone().talking(6).talks_date(), day("2026-11-19"));
    let endless = running.clone().talking(u32::MAX);
    assert_eq!(endless.talks_date(), running.last_day(), "no calendar goes back that far");
    assert_eq!(running.talks_told(moment(40)).talks_told_at, Some(moment(40)));
}

/// Whatever happens to a placement, the employment is only ever read: no decision takes it to change it, and what the
/// placement says about it stays.
#[test]
fn no_decision_changes_whose_it_is_or_what_it_came_of() {
    let origin = |it: &Placement| {
        (it.id, it.response, it.assignment, it.offer, it.person, it.employment, it.home, it.host, it.arrangement)
    };
    let planned = in_state(PlacementState::Planned);
    let confirmed = planned.clone().confirm(&ten(Colour::Green), &[Part::Client], noon("2026-08-01")).unwrap();
    let running = confirmed.settle(&ten(Colour::Green), noon("2026-09-01")).unwrap();
    let extended = running.extend(added("2027-01-01", "2027-01-31"), noon("2026-12-01")).unwrap();
    let returned = extended.clone().record_return(back("2027-02-01"), &[Part::Employee], noon("2027-02-01")).unwrap();
    let converted = extended.convert(appointed("2027-02-01"), &[Part::Employee], noon("2027-02-01")).unwrap();
    for it in [&returned, &converted] {
        assert_eq!(origin(it), origin(&planned));
    }
    assert_eq!(returned.charge_basis, offer(|_| {}).terms.charge_basis);
    assert_eq!(returned.stretches[0].effort, Effort::MinutesPerWeek(480));
}
