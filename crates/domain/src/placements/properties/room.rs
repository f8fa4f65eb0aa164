//! The cap holds every week, whatever contract, versions and placements there are.

use chrono::{Days, NaiveDate};

use super::random::Random;
use crate::market::effort::{Effort, Period};
use crate::market::fixtures::{day, employment, id, moment, policy};
use crate::market::signals::Colour;
use crate::parties::employments::EmploymentTerms;
use crate::placements::arrangements::{Arrangement, ArrangementState, ArrangementTerms, Under};
use crate::placements::capacity::{Claim, Stretch, check_room, first_full_week, room_in};
use crate::placements::fixtures::{arrangement, noon, placement, ten, terms};
use crate::placements::placements::{Placement, PlacementState};
use crate::{Part, Week};

fn weeks_on(random: &mut Random, from: NaiveDate, most: i64) -> NaiveDate {
    from + Days::new(7 * u64::try_from(random.between(1, most)).unwrap())
}

/// Terms with random hours, if variant, policy and contract allow them.
fn allowed(random: &mut Random, contract: &EmploymentTerms, days: u32, start: NaiveDate) -> Option<ArrangementTerms> {
    let policy = policy(|policy| policy.max_exempted_days = days);
    let exempted = random.between(0, 1_200);
    let terms = terms(|terms| (terms.start, terms.exempted_minutes_per_week) = (start, exempted));
    let is_allowed = terms.check(Under { policy: &policy.terms, employment: contract, others: &[] }).is_ok();
    let fits = exempted * contract.working_days_per_week <= i64::from(days) * contract.contract_minutes_per_week;
    assert_eq!(is_allowed, fits && exempted > 0, "{exempted} with {days} of {contract:?}");
    is_allowed.then_some(terms)
}

/// One more version, if what stands fits in it.
fn with_a_version(versions: &[Arrangement], terms: ArrangementTerms, claims: &[Claim]) -> Option<Vec<Arrangement>> {
    let first = arrangement(ArrangementState::Active, |_| {});
    let number = i64::try_from(versions.len()).unwrap() + 1;
    let next = Arrangement { id: id(600 + number as u128), version: number, terms, ..first };
    let mut all = versions.to_vec();
    if let Some(last) = all.pop() {
        all.push(last.followed_by(&next, moment(9)));
    }
    all.push(next);
    check_room(&all, claims).ok().map(|()| all)
}

fn planned(random: &mut Random) -> Placement {
    let start = day("2026-08-31") + Days::new(u64::try_from(random.between(0, 250)).unwrap());
    let end = start + Days::new(u64::try_from(random.between(0, 150)).unwrap());
    let period = Period { start, end };
    let effort = if random.one_in(2) {
        Effort::MinutesPerWeek(random.between(60, 700))
    } else {
        Effort::TotalMinutes(random.between(60, 300 * i64::from(period.weeks())))
    };
    let mut it = placement(PlacementState::Planned, |terms| (terms.period, terms.effort) = (period, effort));
    if random.one_in(3) {
        let next = end.succ_opt().unwrap();
        let period = Period { start: next, end: next + Days::new(30) };
        it.stretches.push(Stretch { period, effort: Effort::MinutesPerWeek(random.between(60, 700)) });
    }
    it
}

/// The exempted minutes of a week, found day by day.
fn given_in(week: Week, versions: &[Arrangement]) -> i64 {
    let days = week.monday().iter_days().take(7).collect::<Vec<_>>();
    let last = days.into_iter().rev().find_map(|day| versions.iter().find(|version| version.holds_on(day)));
    last.map_or(0, |version| version.terms.exempted_minutes_per_week)
}

#[test]
fn in_every_week_no_more_is_taken_than_the_arrangement_gives_nor_than_the_cap() {
    let (mut confirmed, mut refused, mut followed) = (0, 0, 0);
    for seed in 0..120 {
        let random = &mut Random::seeded(seed);
        let days = u32::try_from(random.between(1, 2)).unwrap();
        let contract = EmploymentTerms {
            contract_minutes_per_week: random.between(600, 2_400),
            working_days_per_week: random.between(2, 5),
            ..employment().terms
        };
        let (mut versions, mut claims): (Vec<Arrangement>, Vec<Claim>) = (Vec::new(), Vec::new());
        let mut start = day("2026-08-31");
        for _ in 0..25 {
            if random.one_in(4) || versions.is_empty() {
                let next = allowed(random, &contract, days, start);
                if let Some(more) = next.and_then(|terms| with_a_version(&versions, terms, &claims)) {
                    followed += usize::from(!versions.is_empty());
                    versions = more;
                    start = weeks_on(random, start, 10);
                }
                continue;
            }
            if random.one_in(6) && !claims.is_empty() {
                let ended = usize::try_from(random.between(0, i64::try_from(claims.len()).unwrap() - 1)).unwrap();
                claims[ended].until = Some(claims[ended].stretches[0].period.start);
            }
            let it = planned(random);
            if first_full_week(&versions, &claims, &it.claim()).is_some() {
                refused += 1;
                continue;
            }
            let it = it.confirm(&ten(Colour::Green), &[Part::Client], noon("2026-08-01")).unwrap();
            claims.push(it.claim());
            confirmed += 1;
        }
        assert!(check_room(&versions, &claims).is_ok());
        for week in Week::of(day("2026-08-01")).through(Week::of(day("2028-02-01"))) {
            let taken: i64 = claims.iter().map(|claim| claim.minutes_in(week)).sum();
            let room = room_in(week, &versions, &claims);
            assert_eq!((room.exempted, room.exempted_used), (given_in(week, &versions), taken), "{week} of {seed}");
            assert!(taken <= room.exempted, "{week} of {seed}: {taken} of {}", room.exempted);
            let cap = i64::from(days) * contract.contract_minutes_per_week;
            assert!(taken * contract.working_days_per_week <= cap, "{week} of {seed}");
        }
    }
    assert!(confirmed > 200 && refused > 200 && followed > 50, "{confirmed} {refused} {followed}: all of it happens");
}

#[test]
fn what_a_placement_takes_in_its_weeks_is_what_was_agreed() {
    let random = &mut Random::seeded(7);
    for _ in 0..1_000 {
        let it = planned(random);
        let first = it.stretches[0];
        assert_eq!(first.weeks().map(|week| first.minutes_in(week)).sum::<i64>(), first.total_minutes());
        let claim = it.claim();
        let taken: i64 = claim.weeks().into_iter().map(|week| claim.minutes_in(week)).sum();
        assert!(taken <= it.agreed_minutes(), "a week that two stretches share is counted once: {it:?}");
    }
}
