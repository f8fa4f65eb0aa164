use super::*;
use crate::TextEnum;
use crate::parties::mobility_policies::ChargeBasis;

fn begin_on(
    placement: &Placement,
    of: &str,
    entries: Vec<DayEntry>,
    of_week: &[Timesheet],
    now: &str,
) -> Result<Timesheet, Refusal> {
    let on = Writing { placement, week: week(of), of_week };
    Timesheet::begin(id(1000), on, entries, &mut mint(1100), &[Part::Employee], noon(now))
}

fn begin(of: &str, entries: Vec<DayEntry>) -> Result<Timesheet, Refusal> {
    begin_on(&placement(PlacementState::Running, |_| {}), of, entries, &[], "2026-09-04")
}

fn faults(result: Result<Timesheet, Refusal>) -> Vec<String> {
    result.unwrap_err().faults.into_iter().map(|fault| fault.name).collect()
}

#[test]
fn nobody_writes_hours_but_who_worked_them() {
    let placement = placement(PlacementState::Running, |_| {});
    let on = Writing { placement: &placement, week: week("2026-09-01"), of_week: &[] };
    for part in Part::ALL {
        let begun = Timesheet::begin(id(1), on, Vec::new(), &mut mint(2), &[*part], noon("2026-09-04"));
        assert_eq!(begun.is_ok(), *part == Part::Employee, "{part}");
        let corrected = Timesheet::correct(id(1), on, Vec::new(), &mut mint(2), &[*part], noon("2026-09-04"));
        let code = if *part == Part::Employee { "nothing_to_correct" } else { "not_allowed" };
        assert_eq!(corrected.unwrap_err().code.name, code, "{part}");
    }
}

#[test]
fn hours_are_written_from_the_first_day_on_and_where_somebody_pays() {
    let entries = || vec![entry("2026-09-01", 480)];
    for state in PlacementState::ALL {
        let begun = begin_on(&placement(*state, |_| {}), "2026-09-01", entries(), &[], "2026-09-04");
        match begun {
            Ok(_) => assert!(*state == PlacementState::Running || state.is_over(), "{state}"),
            Err(refusal) => {
                assert_eq!(refusal.code.name, "no_timesheet_duty");
                assert!(!matches!(state, PlacementState::Running) && !state.is_over(), "{state}");
            }
        }
    }
    let running = placement(PlacementState::Running, |_| {});
    let unpaid = Placement { charge_basis: ChargeBasis::None, ..running.clone() };
    let inside = Placement { host: running.home, ..running };
    for placement in [unpaid, inside] {
        let begun = begin_on(&placement, "2026-09-01", entries(), &[], "2026-09-04");
        assert_eq!(begun.unwrap_err().code.name, "no_timesheet_duty");
    }
}

#[test]
fn a_day_lies_in_the_week_and_in_the_placement() {
    assert_eq!(faults(begin("2026-09-01", vec![entry("2026-08-31", 60)])), ["lines.0.date"], "it starts on Tuesday");
    assert_eq!(faults(begin("2026-09-01", vec![entry("2026-09-01", 60), entry("2026-09-07", 60)])), ["lines.1.date"]);
    assert_eq!(faults(begin("2026-12-28", vec![entry("2027-01-01", 60)])), ["lines.0.date"], "the last day is over");
    assert!(begin("2026-12-28", vec![entry("2026-12-31", 60)]).is_ok());
    let twice = vec![entry("2026-09-02", 60), entry("2026-09-03", 60), entry("2026-09-02", 30)];
    assert_eq!(faults(begin("2026-09-01", twice)), ["lines.2.date"]);
}

#[test]
fn a_day_has_at_least_a_minute_and_at_most_a_day_of_them() {
    for (minutes, fits) in [(-60, false), (0, false), (1, true), (1440, true), (1441, false)] {
        let begun = begin("2026-09-01", vec![entry("2026-09-02", minutes)]);
        assert_eq!(begun.is_ok(), fits, "{minutes}");
        if begun.is_err() {
            assert_eq!(faults(begun), ["lines.0.minutes"]);
        }
    }
}

#[test]
fn a_week_has_one_timesheet_and_its_lines_stand_by_day() {
    let first = begin("2026-09-01", vec![entry("2026-09-03", 60), entry("2026-09-02", 30)]).unwrap();
    assert_eq!((first.number, first.minutes(), first.is_correction()), (1, 90, false));
    let days: Vec<_> = first.lines.iter().map(|line| line.day.to_string()).collect();
    assert_eq!(days, ["2026-09-02", "2026-09-03"]);
    assert_ne!(first.lines[0].id, first.lines[1].id);
    for state in TimesheetState::ALL {
        let of_week = [timesheet(*state)];
        let running = placement(PlacementState::Running, |_| {});
        let again = begin_on(&running, "2026-09-01", Vec::new(), &of_week, "2026-09-04");
        assert_eq!(again.unwrap_err().code.name, "timesheet_exists", "{state}");
    }
}

#[test]
fn no_day_to_come_is_submitted_and_not_nothing() {
    let placement = placement(PlacementState::Running, |_| {});
    let submit = |entries, now: &str| {
        begin("2026-09-01", entries).unwrap().submit(&placement, room(), &[Part::Employee], noon(now))
    };
    let friday = || vec![entry("2026-09-04", 60)];
    assert_eq!(submit(friday(), "2026-09-03").unwrap_err().faults[0].name, "lines");
    assert!(submit(friday(), "2026-09-04").is_ok());
    assert_eq!(submit(Vec::new(), "2026-09-04").unwrap_err().faults[0].name, "lines");
    let midnight = begin("2026-09-01", friday()).unwrap();
    let in_the_netherlands = "2026-09-03T22:00:00Z".parse().unwrap();
    assert!(midnight.submit(&placement, room(), &[Part::Employee], in_the_netherlands).is_ok());
}

#[test]
fn the_hours_of_a_week_fit_in_what_the_arrangement_gives() {
    let placement = placement(PlacementState::Running, |_| {});
    for (minutes, taken, fits) in [(864, 0, true), (865, 0, false), (480, 384, true), (481, 384, false)] {
        let sheet = begin("2026-09-01", vec![entry("2026-09-01", minutes)]).unwrap();
        let allowance = Allowance { week_taken: taken, ..room() };
        let submitted = sheet.submit(&placement, allowance, &[Part::Employee], noon("2026-09-04"));
        assert_eq!(
            submitted.map(|it| it.state).map_err(|it| it.code.name),
            match fits {
                true => Ok(TimesheetState::Submitted),
                false => Err("no_room"),
            }
        );
    }
}

#[test]
fn the_hours_of_all_weeks_fit_in_those_agreed() {
    let placement = placement(PlacementState::Running, |_| {});
    let agreed = placement.agreed_minutes();
    for (taken, fits) in [(agreed - 480, true), (agreed - 479, false)] {
        let allowance = Allowance { placement_taken: taken, ..room() };
        let submitted =
            timesheet(TimesheetState::Open).submit(&placement, allowance, &[Part::Employee], noon("2026-09-04"));
        assert_eq!(submitted.is_ok(), fits, "{taken}");
    }
}

#[test]
fn nobody_decides_on_hours_of_their_own() {
    let submitted = || timesheet(TimesheetState::Submitted);
    let (client, now) = ([Part::Client], noon("2026-09-08"));
    let own = submitted().approve(id(EMPLOYEE), id(EMPLOYEE), &client, now).unwrap_err();
    assert_eq!(own.code.name, "own_hours");
    let own = submitted().reject("Nee".to_owned(), id(EMPLOYEE), id(EMPLOYEE), &client, now).unwrap_err();
    assert_eq!(own.code.name, "own_hours");
    let approved = submitted().approve(id(OWNER), id(EMPLOYEE), &client, now).unwrap();
    assert_eq!((approved.decided_by, approved.decided_at), (Some(id(OWNER)), Some(now)));
    let rejected = submitted().reject("Nee".to_owned(), id(OWNER), id(EMPLOYEE), &client, now).unwrap();
    assert_eq!(rejected.rejection.as_deref(), Some("Nee"));
}

#[test]
fn what_was_rejected_is_written_anew_and_the_reason_goes() {
    let placement = placement(PlacementState::Running, |_| {});
    let on = Writing { placement: &placement, week: week("2026-09-01"), of_week: &[] };
    let (employee, now) = ([Part::Employee], noon("2026-09-08"));
    let rejected = Timesheet { rejection: Some("Nee".to_owned()), ..timesheet(TimesheetState::Rejected) };
    let revised = rejected.revise(on, vec![entry("2026-09-02", 240)], &mut mint(1), &employee, now).unwrap();
    assert_eq!((revised.state, revised.minutes(), revised.rejection), (TimesheetState::Open, 240, None));
    for state in [TimesheetState::Submitted, TimesheetState::Approved, TimesheetState::Charged] {
        let revised = timesheet(state).revise(on, Vec::new(), &mut mint(1), &employee, now);
        assert_eq!(revised.unwrap_err().code.name, "transition_not_listed", "{state}");
    }
}
