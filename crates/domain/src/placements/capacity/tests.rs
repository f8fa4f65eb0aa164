use super::*;
use crate::market::fixtures::{day, id, moment};
use crate::placements::arrangements::ArrangementState;
use crate::placements::fixtures::{arrangement, period, week};

fn per_week(start: &str, end: &str, minutes: i64) -> Stretch {
    Stretch { period: period(start, end), effort: Effort::MinutesPerWeek(minutes) }
}

fn in_all(start: &str, end: &str, minutes: i64) -> Stretch {
    Stretch { period: period(start, end), effort: Effort::TotalMinutes(minutes) }
}

fn claim(stretches: &[Stretch]) -> Claim {
    Claim { hours: HourKind::Exempted, stretches: stretches.to_vec(), until: None }
}

/// A version with these exempted minutes from one day to another.
fn version(start: &str, end: Option<&str>, exempted: i64) -> Arrangement {
    let mut it = arrangement(ArrangementState::Active, |_| {});
    it.terms.start = day(start);
    it.terms.end = end.map(day);
    it.terms.exempted_minutes_per_week = exempted;
    it
}

fn minutes(stretch: Stretch) -> Vec<i64> {
    stretch.weeks().map(|week| stretch.minutes_in(week)).collect()
}

#[test]
fn a_week_that_is_touched_counts_whole() {
    let stretch = per_week("2026-09-02", "2026-09-14", 480);
    assert_eq!(minutes(stretch), [480, 480, 480], "from a Wednesday to a Monday");
    assert_eq!(stretch.minutes_in(week("2026-08-30")), 0);
    assert_eq!(stretch.minutes_in(week("2026-09-21")), 0);
    assert_eq!(stretch.total_minutes(), 3 * 480);
}

#[test]
fn minutes_in_all_are_spread_so_that_they_add_up_exactly() {
    assert_eq!(minutes(in_all("2026-09-01", "2026-09-21", 62)), [16, 16, 15, 15]);
    for total in [60, 61, 1_000, 28_799] {
        for end in day("2026-09-01").iter_days().take(120) {
            let period = Period { start: day("2026-09-01"), end };
            let spread = minutes(Stretch { period, effort: Effort::TotalMinutes(total) });
            assert_eq!(spread.iter().sum::<i64>(), total, "{total} until {end}");
            let (least, most) = (spread.iter().min().unwrap(), spread.iter().max().unwrap());
            assert!(most - least <= 1, "{spread:?}");
        }
    }
}

#[test]
fn the_last_week_of_a_long_year_is_one_week_of_both_years() {
    let stretch = in_all("2026-12-28", "2027-01-10", 101);
    assert_eq!(stretch.weeks().map(|week| week.to_string()).collect::<Vec<_>>(), ["2026-W53", "2027-W01"]);
    assert_eq!(minutes(stretch), [51, 50]);
    assert_eq!(stretch.minutes_in(week("2026-12-31")), stretch.minutes_in(week("2027-01-03")));
}

#[test]
fn stretches_that_meet_in_a_week_take_the_larger_of_the_two() {
    let both = claim(&[per_week("2026-09-01", "2026-09-16", 480), per_week("2026-09-17", "2026-09-30", 600)]);
    assert_eq!(both.minutes_in(week("2026-09-16")), 600);
    assert_eq!((both.minutes_in(week("2026-09-07")), both.minutes_in(week("2026-09-21"))), (480, 600));
    let mixed = claim(&[in_all("2026-09-01", "2026-09-16", 90), per_week("2026-09-17", "2026-09-30", 600)]);
    assert_eq!(mixed.minutes_in(week("2026-09-16")), 30 + 600, "minutes in all are never lost");
    assert_eq!(both.weeks().len(), 5, "a week that both touch is one week");
}

#[test]
fn after_an_early_end_nothing_is_taken_any_more() {
    let early = Claim { until: Some(day("2026-09-16")), ..claim(&[per_week("2026-09-01", "2026-12-31", 480)]) };
    assert_eq!(early.minutes_in(week("2026-09-16")), 480, "the week of the last day counts whole");
    assert_eq!(early.minutes_in(week("2026-09-21")), 0);
    let next = claim(&[per_week("2026-09-21", "2026-12-31", 864)]);
    assert_eq!(first_full_week(&[version("2026-08-31", None, 864)], &[early], &next), None);
}

#[test]
fn each_week_has_the_room_of_the_version_that_holds_in_it() {
    let first = version("2026-08-31", None, 864);
    let second = version("2026-11-02", Some("2027-01-13"), 432);
    let first = first.followed_by(&second, moment(9));
    let versions = [second, first];
    let exempted = |on: &str| room_in(week(on), &versions, &[]).exempted;
    assert_eq!((exempted("2026-08-30"), exempted("2026-08-31")), (0, 864), "it begins on that Monday");
    assert_eq!((exempted("2026-11-01"), exempted("2026-11-02")), (864, 432));
    assert_eq!((exempted("2026-12-31"), exempted("2027-01-01")), (432, 432), "one week over the turn of the year");
    assert_eq!((exempted("2027-01-13"), exempted("2027-01-17")), (432, 432), "a last week is a whole week");
    assert_eq!(exempted("2027-01-18"), 0);
}

#[test]
fn a_version_that_is_not_signed_by_both_or_was_overtaken_gives_nothing() {
    for state in [ArrangementState::Draft, ArrangementState::Proposed] {
        assert_eq!(room_in(week("2026-09-07"), &[arrangement(state, |_| {})], &[]).exempted, 0, "{state}");
    }
    let next = version("2026-08-31", None, 432);
    let overtaken = version("2026-08-31", None, 864).followed_by(&next, moment(9));
    assert_eq!(room_in(week("2026-09-07"), std::slice::from_ref(&overtaken), &[]).exempted, 0);
    assert_eq!(room_in(week("2026-09-07"), &[overtaken, next], &[]).exempted, 432);
}

#[test]
fn hours_of_one_kind_leave_those_of_the_other_alone() {
    let mut hybrid = version("2026-08-31", None, 864);
    hybrid.terms.own_risk_minutes_per_week = 240;
    let stretches = [per_week("2026-09-01", "2026-12-31", 200)];
    let own = Claim { hours: HourKind::OwnRisk, ..claim(&stretches) };
    let claims = [own.clone(), claim(&stretches), claim(&stretches)];
    let room = room_in(week("2026-09-07"), &[hybrid.clone()], &claims);
    assert_eq!((room.exempted_used, room.own_risk_used), (400, 200));
    assert_eq!((room.free(HourKind::Exempted), room.free(HourKind::OwnRisk)), (464, 40));
    assert_eq!(first_full_week(&[hybrid.clone()], &claims, &claim(&stretches)), None);
    let full = first_full_week(&[hybrid], &claims, &own).unwrap();
    assert_eq!((full.week, full.free(HourKind::OwnRisk)), (week("2026-09-01"), 40));
}

#[test]
fn the_first_week_in_which_it_does_not_fit_is_named() {
    let versions = [version("2026-08-31", None, 864)];
    let stands = [claim(&[per_week("2026-10-05", "2026-10-18", 480)])];
    let fits = |minutes| first_full_week(&versions, &stands, &claim(&[per_week("2026-09-01", "2026-12-31", minutes)]));
    assert_eq!(fits(384), None);
    let full = fits(385).unwrap();
    assert_eq!((full.week.to_string(), full.free(HourKind::Exempted)), ("2026-W41".to_owned(), 384));
    let outside = claim(&[per_week("2026-08-24", "2026-09-30", 60)]);
    assert_eq!(first_full_week(&versions, &[], &outside).unwrap().week, week("2026-08-24"), "not in force yet");
}

#[test]
fn versions_that_would_give_too_little_for_what_stands_are_refused() {
    let stands = [claim(&[per_week("2026-09-01", "2026-12-31", 480)])];
    let less = |minutes| {
        let next = version("2026-11-02", None, minutes);
        check_room(&[version("2026-08-31", None, 864).followed_by(&next, moment(9)), next], &stands)
    };
    assert_eq!(less(480), Ok(()));
    let refusal = less(479).unwrap_err();
    assert_eq!(refusal.code.name, "no_room");
    assert!(refusal.detail.contains("2026-W45") && refusal.detail.contains("take 1 minutes"), "{}", refusal.detail);
    let own = Claim { hours: HourKind::OwnRisk, ..stands[0].clone() };
    assert!(check_room(&[version("2026-08-31", None, 864)], &[own]).is_err());
}

#[test]
fn an_arrangement_that_ended_early_has_no_room_after_it() {
    let mut ended = version("2026-08-31", None, 864);
    ended.ended_on = Some(day("2026-10-18"));
    let rest = claim(&[per_week("2026-09-01", "2026-12-31", 480)]);
    let full = first_full_week(&[ended], &[], &rest).unwrap();
    assert_eq!((full.week, full.exempted), (week("2026-10-19"), 0));
}

#[test]
fn a_claim_says_what_its_placement_takes() {
    use crate::placements::placements::PlacementState;
    let it = crate::placements::fixtures::placement(PlacementState::Confirmed, |_| {});
    let claim = it.claim();
    assert_eq!((claim.hours, claim.until, it.id), (HourKind::Exempted, None, id(700)));
    assert_eq!(claim.weeks().len(), 18);
    assert_eq!(claim.weeks().into_iter().map(|week| claim.minutes_in(week)).sum::<i64>(), it.agreed_minutes());
}
