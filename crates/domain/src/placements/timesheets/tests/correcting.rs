use std::slice::from_ref;

use super::*;
use crate::market::fixtures::day;
use crate::placements::placements::Conversion;

/// Three approved days of a week: Tuesday 480, Wednesday 120, Thursday 60.
fn approved() -> Timesheet {
    let placement = placement(PlacementState::Running, |_| {});
    let on = Writing { placement: &placement, week: week("2026-09-01"), of_week: &[] };
    let entries = vec![entry("2026-09-01", 480), entry("2026-09-02", 120), entry("2026-09-03", 60)];
    let begun = Timesheet::begin(id(1000), on, entries, &mut mint(1100), &[Part::Employee], noon("2026-09-04"));
    Timesheet { state: TimesheetState::Approved, ..begun.unwrap() }
}

fn correct_on(placement: &Placement, of_week: &[Timesheet], entries: Vec<DayEntry>) -> Result<Timesheet, Refusal> {
    let on = Writing { placement, week: week("2026-09-01"), of_week };
    let number = u128::try_from(of_week.len()).unwrap();
    let mut ids = mint(1100 + 100 * number);
    Timesheet::correct(id(1000 + number), on, entries, &mut ids, &[Part::Employee], noon("2026-09-20"))
}

fn correct(of_week: &[Timesheet], entries: Vec<DayEntry>) -> Result<Timesheet, Refusal> {
    correct_on(&placement(PlacementState::Running, |_| {}), of_week, entries)
}

fn settled(sheet: Timesheet) -> Timesheet {
    Timesheet { state: TimesheetState::Approved, ..sheet }
}

/// Day of the month and minutes of what stands.
fn stands(of_week: &[Timesheet]) -> Vec<(String, i64)> {
    let mut lines: Vec<_> =
        standing(of_week).map(|line| (line.day.to_string()[8..].to_owned(), line.minutes)).collect();
    lines.sort();
    lines
}

fn total(of_week: &[Timesheet]) -> i64 {
    of_week.iter().map(Timesheet::minutes).sum()
}

#[test]
fn a_correction_reverses_what_stands_on_the_days_named_and_nothing_else() {
    let first = approved();
    let correction = correct(from_ref(&first), vec![entry("2026-09-03", 90), entry("2026-09-01", 420)]).unwrap();
    let lines: Vec<_> = correction.lines.iter().map(|line| (line.minutes, line.reverses)).collect();
    let reversed = |which: usize| Some(first.lines[which].id);
    assert_eq!(lines, [(-480, reversed(0)), (420, None), (-60, reversed(2)), (90, None)]);
    assert_eq!((correction.number, correction.is_correction(), correction.minutes()), (2, true, -30));
    let of_week = [first, settled(correction)];
    assert_eq!(stands(&of_week), [("01".to_owned(), 420), ("02".to_owned(), 120), ("03".to_owned(), 90)]);
    assert_eq!(total(&of_week), 630);
}

#[test]
fn a_day_on_which_nothing_was_worked_is_reversed_alone() {
    let first = approved();
    let correction = correct(from_ref(&first), vec![entry("2026-09-02", 0)]).unwrap();
    assert_eq!(correction.lines.len(), 1);
    assert_eq!((correction.lines[0].minutes, correction.lines[0].reverses), (-120, Some(first.lines[1].id)));
    let of_week = [first, settled(correction)];
    assert_eq!(stands(&of_week), [("01".to_owned(), 480), ("03".to_owned(), 60)]);
}

#[test]
fn a_day_that_was_forgotten_is_added_and_one_that_is_right_is_left() {
    let correction = correct(&[approved()], vec![entry("2026-09-04", 30), entry("2026-09-01", 480)]).unwrap();
    assert_eq!(correction.lines.len(), 1);
    assert_eq!((correction.lines[0].minutes, correction.lines[0].reverses), (30, None));
}

#[test]
fn a_correction_of_a_correction_reverses_the_corrected_line() {
    let first = approved();
    let second = settled(correct(from_ref(&first), vec![entry("2026-09-01", 420)]).unwrap());
    let third = correct(&[first.clone(), second.clone()], vec![entry("2026-09-01", 450)]).unwrap();
    let lines: Vec<_> = third.lines.iter().map(|line| (line.minutes, line.reverses)).collect();
    assert_eq!(lines, [(-420, Some(second.lines[1].id)), (450, None)]);
    assert_eq!(third.number, 3);
    let of_week = [second, settled(third), first];
    assert_eq!(stands(&of_week)[0], ("01".to_owned(), 450));
    let fourth = settled(correct(&of_week, vec![entry("2026-09-01", 0)]).unwrap());
    let of_week = [&of_week[..], &[fourth]].concat();
    let fifth = settled(correct(&of_week, vec![entry("2026-09-01", 480)]).unwrap());
    assert_eq!(fifth.lines.len(), 1, "nothing stood on that day");
    assert_eq!(total(&[&of_week[..], &[fifth]].concat()), 660);
}

#[test]
fn there_is_nothing_to_correct_before_it_is_approved_or_where_all_is_right() {
    let code = |of_week: &[Timesheet], entries| correct(of_week, entries).unwrap_err().code.name;
    let entries = || vec![entry("2026-09-01", 60)];
    assert_eq!(code(&[], entries()), "nothing_to_correct");
    for state in [TimesheetState::Open, TimesheetState::Submitted, TimesheetState::Rejected] {
        assert_eq!(code(&[Timesheet { state, ..approved() }], entries()), "nothing_to_correct", "{state}");
    }
    let right = vec![entry("2026-09-01", 480), entry("2026-09-04", 0)];
    assert_eq!(code(&[approved()], right), "nothing_to_correct");
    let pending = correct(&[approved()], entries()).unwrap();
    assert_eq!(code(&[approved(), pending], entries()), "nothing_to_correct", "one at a time");
    assert!(correct(&[Timesheet { state: TimesheetState::Charged, ..approved() }], entries()).is_ok());
}

#[test]
fn a_correction_that_is_not_approved_changes_nothing_of_what_stands() {
    let first = approved();
    let pending = correct(from_ref(&first), vec![entry("2026-09-01", 60)]).unwrap();
    for state in [TimesheetState::Open, TimesheetState::Submitted, TimesheetState::Rejected] {
        let of_week = [first.clone(), Timesheet { state, ..pending.clone() }];
        assert_eq!(stands(&of_week), stands(from_ref(&first)), "{state}");
    }
}

#[test]
fn a_correction_is_written_anew_against_what_stands() {
    let first = [approved()];
    let pending = correct(&first, vec![entry("2026-09-01", 60)]).unwrap();
    let placement = placement(PlacementState::Running, |_| {});
    let on = Writing { placement: &placement, week: week("2026-09-01"), of_week: &first };
    let revise = |entries| pending.clone().revise(on, entries, &mut mint(1900), &[Part::Employee], noon("2026-09-21"));
    let revised = revise(vec![entry("2026-09-02", 0)]).unwrap();
    assert_eq!((revised.number, revised.minutes(), revised.lines.len()), (2, -120, 1));
    let empty = revise(vec![entry("2026-09-02", 120)]).unwrap();
    let submitted = empty.submit(&placement, room(), &[Part::Employee], noon("2026-09-21"));
    assert_eq!(submitted.unwrap_err().faults[0].name, "lines");
}

#[test]
fn a_correction_that_lowers_the_hours_fits_whatever_room_is_left() {
    let placement = placement(PlacementState::Running, |_| {});
    let full = Allowance { week: 400, week_taken: 660, placement_taken: placement.agreed_minutes() };
    let submit = |entries| {
        correct(&[approved()], entries).unwrap().submit(&placement, full, &[Part::Employee], noon("2026-09-20"))
    };
    assert!(submit(vec![entry("2026-09-01", 420)]).is_ok());
    assert_eq!(submit(vec![entry("2026-09-01", 481)]).unwrap_err().code.name, "no_room");
}

/// Hours of days that turn out to belong to the appointment are taken back; none are added to those days.
#[test]
fn hours_after_a_day_that_became_the_last_can_still_be_taken_back() {
    let appointed = Conversion { date: day("2026-09-03"), recorded_by: id(EMPLOYEE), recorded_at: noon("2026-09-20") };
    let running = placement(PlacementState::Running, |_| {});
    let converted = running.convert(appointed, &[Part::Employee], noon("2026-09-20")).unwrap();
    let first = approved();
    let taken_back = correct_on(&converted, from_ref(&first), vec![entry("2026-09-03", 0)]).unwrap();
    assert_eq!(taken_back.minutes(), -60);
    let more = correct_on(&converted, from_ref(&first), vec![entry("2026-09-03", 30)]).unwrap_err();
    assert_eq!(more.faults[0].name, "lines.0.date");
    let elsewhere = correct_on(&converted, &[first], vec![entry("2026-09-08", 0)]).unwrap_err();
    assert_eq!(elsewhere.faults[0].name, "lines.0.date");
}
