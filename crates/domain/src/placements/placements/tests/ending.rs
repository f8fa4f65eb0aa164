use super::*;
use crate::Week;
use crate::market::fixtures::{MANAGER, OWNER};
use crate::placements::arrangements::ReturnGuarantee;

fn running() -> Placement {
    placement(PlacementState::Running, |_| {})
}

fn guarantee(notice_weeks: u32) -> ReturnGuarantee {
    let terms = arrangement(ArrangementState::Active, |_| {}).terms;
    ReturnGuarantee { notice_weeks, ..terms.return_guarantee }
}

fn give(notice: Notice, weeks: u32, now: &str) -> Result<Placement, Refusal> {
    running().give_notice(notice, &guarantee(weeks), &[Part::Client], noon(now))
}

#[test]
fn a_notice_keeps_the_term_of_the_return_guarantee() {
    for (last_day, fits) in [
        ("2026-10-28", false),
        ("2026-10-29", true),
        ("2026-12-30", true),
        ("2026-12-31", false),
        ("2027-01-04", false),
    ] {
        let noticed = give(notice(OWNER, last_day), 4, "2026-10-01");
        match noticed {
            Ok(noticed) => {
                assert!(fits, "{last_day}");
                assert_eq!((noticed.state, noticed.last_day()), (PlacementState::Running, day(last_day)));
            }
            Err(refusal) => assert_eq!((fits, refusal.faults[0].name.as_str()), (false, "lastDate"), "{last_day}"),
        }
    }
    assert!(give(notice(OWNER, "2026-10-01"), 0, "2026-10-01").is_ok(), "a term of nothing ends today");
    assert!(give(notice(OWNER, "2026-12-01"), u32::MAX, "2026-10-01").is_err());
}

#[test]
fn a_notice_moves_the_way_back_and_frees_the_weeks_after_it() {
    let noticed = give(notice(OWNER, "2026-10-30"), 4, "2026-10-01").unwrap();
    assert_eq!(noticed.return_plan.date, day("2026-11-02"), "the Monday after that Friday");
    let claim = noticed.claim();
    assert_eq!(claim.minutes_in(Week::of(day("2026-10-30"))), 480);
    assert_eq!(claim.minutes_in(Week::of(day("2026-11-02"))), 0);
    let again = |by, part, last: &str| {
        noticed.clone().give_notice(notice(by, last), &guarantee(4), &[part], noon("2026-09-15"))
    };
    let later = again(OWNER, Part::Client, "2026-11-13").unwrap();
    assert_eq!(later.last_day(), day("2026-11-13"), "who gave it may put another in its place");
    let earlier = again(EMPLOYEE, Part::Employee, "2026-10-23").unwrap();
    assert_eq!(earlier.last_day(), day("2026-10-23"), "another party may only end it earlier");
    let refused = again(EMPLOYEE, Part::Employee, "2026-11-13").unwrap_err();
    assert_eq!(refused.code.name, "not_allowed");
}

#[test]
fn who_gives_another_reason_says_which() {
    for (text, fits) in [(None, false), (Some(" "), false), (Some("Verhuizing"), true)] {
        let notice = Notice { reason: EndReason::Other, text: text.map(str::to_owned), ..notice(OWNER, "2026-11-30") };
        let noticed = give(notice, 4, "2026-10-01");
        assert_eq!(noticed.is_ok(), fits, "{text:?}");
        if let Err(refusal) = noticed {
            assert_eq!(refusal.faults[0].name, "text");
        }
    }
}

#[test]
fn a_notice_is_withdrawn_by_who_gave_it_while_the_work_goes_on() {
    let noticed = give(notice(OWNER, "2026-10-30"), 4, "2026-10-01").unwrap();
    let withdraw = |by: u128, part, on: &str| noticed.clone().withdraw_notice(id(by), &[part], noon(on));
    assert_eq!(withdraw(EMPLOYEE, Part::Employee, "2026-10-02").unwrap_err().code.name, "not_allowed");
    assert_eq!(withdraw(OWNER, Part::Client, "2026-10-31").unwrap_err().code.name, "transition_not_listed");
    let goes_on = withdraw(OWNER, Part::Client, "2026-10-30").unwrap();
    assert_eq!((goes_on.last_day(), goes_on.return_plan.date), (day("2026-12-31"), day("2027-01-04")));
    assert!(goes_on.notice.is_none());
    let none = running().withdraw_notice(id(OWNER), &[Part::Client], noon("2026-10-02"));
    assert_eq!(none.unwrap_err().code.name, "not_allowed", "there is none");
}

#[test]
fn before_the_start_it_is_cancelled_with_a_reason_and_takes_no_hours_any_more() {
    for (state, part) in [
        (PlacementState::Planned, Part::Employee),
        (PlacementState::Confirmed, Part::Client),
        (PlacementState::Blocked, Part::HomeManager),
    ] {
        let it = placement(state, |_| {});
        let cancelled = it.cancel(CancelReason::NotReleased, &[part], noon("2026-08-01")).unwrap();
        assert_eq!(cancelled.cancelled, Some(CancelReason::NotReleased));
        assert!(!cancelled.state.takes_hours() && !cancelled.state.stands(), "{state}");
    }
    let refused = running().cancel(CancelReason::Other, &[Part::Employee], noon("2026-10-01"));
    assert_eq!(refused.unwrap_err().code.name, "transition_not_listed", "then notice is given");
}

/// The return is planned for the first working day after the end; one that is recorded later is there, and late.
#[test]
fn a_return_is_recorded_after_the_last_day_and_closes_the_placement() {
    let record = |on: &str, now: &str| running().record_return(back(on), &[Part::HomeManager], noon(now));
    assert_eq!(record("2026-12-31", "2026-12-31").unwrap_err().code.name, "transition_not_listed");
    assert_eq!(record("2026-12-31", "2027-01-04").unwrap_err().faults[0].name, "date", "it was still at work");
    assert_eq!(record("2027-01-05", "2027-01-04").unwrap_err().faults[0].name, "date", "it is still to come");
    let on_time = record("2027-01-04", "2027-01-04").unwrap();
    assert_eq!(on_time.state, PlacementState::Returned);
    assert!(on_time.returned.as_ref().is_some_and(|back| back.date <= on_time.return_plan.date));
    let late = record("2027-01-11", "2027-02-01").unwrap();
    assert!(late.returned.as_ref().is_some_and(|back| back.date > late.return_plan.date));
    let early = Placement { notice: Some(notice(OWNER, "2026-10-30")), ..running() };
    let early = early.record_return(back("2026-11-02"), &[Part::Employee], noon("2026-11-02")).unwrap();
    assert!(early.returned.is_some_and(|back| back.date <= day("2026-11-02")));
}

#[test]
fn the_way_back_is_never_planned_later_than_the_first_working_day_after_the_end() {
    for end in day("2026-12-20").iter_days().take(200) {
        let back = first_working_day_after(end);
        assert!(end < back && is_working_day(back));
        let between = end.iter_days().skip(1).take_while(|next| *next < back);
        assert!(between.into_iter().all(|next| !is_working_day(next)), "{end}");
    }
}

#[test]
fn it_became_a_permanent_appointment_from_a_day_on() {
    let convert = |on: &str, now: &str| running().convert(appointed(on), &[Part::HomeManager], noon(now));
    assert_eq!(convert("2026-09-01", "2026-10-01").unwrap_err().faults[0].name, "date");
    assert_eq!(convert("2026-10-02", "2026-10-01").unwrap_err().faults[0].name, "date", "still to come");
    let converted = convert("2026-10-01", "2026-10-01").unwrap();
    assert_eq!((converted.state, converted.last_day()), (PlacementState::Converted, day("2026-09-30")));
    assert_eq!(converted.claim().minutes_in(Week::of(day("2026-10-05"))), 0);
    let after = convert("2027-02-01", "2027-01-05").unwrap();
    assert_eq!(after.last_day(), day("2026-12-31"), "the work was done by then");
    let over = after.record_return(back("2027-01-04"), &[Part::Employee], noon("2027-02-01"));
    assert_eq!(over.unwrap_err().code.name, "transition_not_listed", "nobody comes back");
}

#[test]
fn only_a_return_or_an_appointment_closes_it() {
    use PlacementState::{Cancelled, Converted, Returned};
    for state in <PlacementState as crate::TextEnum>::ALL {
        let is_closed = !LIFECYCLE.rows.iter().any(|row| row.from == *state);
        assert_eq!(is_closed, matches!(state, Returned | Converted | Cancelled), "{state}");
    }
    let by_home = give(notice(MANAGER, "2026-11-30"), 4, "2026-10-01").unwrap();
    assert_eq!(by_home.as_of(noon("2027-06-01")).state, PlacementState::EndedEarly, "and it stays so");
}
