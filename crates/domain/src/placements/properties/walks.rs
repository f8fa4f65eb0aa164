//! Whatever is done in whatever order by whomever: no lifecycle leaves its table.

use std::fmt::Debug;

use chrono::{Days, NaiveDate};

use super::random::Random;
use crate::code::{NOT_ALLOWED, TRANSITION_NOT_LISTED};
use crate::market::effort::{Effort, Period};
use crate::market::fixtures::{day, id};
use crate::market::signals::Colour;
use crate::placements::arrangements::{ArrangementState, ReturnDestination};
use crate::placements::capacity::Stretch;
use crate::placements::charge_statements::{self, ChargeStatement, ChargeStatementAction, ChargeStatementState};
use crate::placements::fixtures::{
    agreement, agreement_terms, arrangement, laid_down, mint, noon, placement, statement, ten, timesheet,
};
use crate::placements::placements::{
    self, CancelReason, Conversion, EndReason, Notice, Placement, PlacementAction, PlacementState, Return,
};
use crate::placements::secondment_agreements::{self, Agreement, AgreementAction, AgreementState, ShownAs, Signing};
use crate::placements::timesheets::{self, Allowance, DayEntry, Timesheet, TimesheetAction, TimesheetState, Writing};
use crate::{Lifecycle, Moment, Part, Refusal, TextEnum};

const CLOCK: &[Part] = &[Part::Clock, Part::Service];

const PARTIES: &[Part] = &[Part::Employee, Part::HomeManager, Part::OrganisationAdministrator, Part::Client];

/// One or two random parts, more often those of the parties.
fn some_parts(random: &mut Random) -> Vec<Part> {
    let from = if random.one_in(2) { Part::ALL } else { PARTIES };
    let one = *random.pick(from);
    if random.one_in(4) { vec![one, *random.pick(Part::ALL)] } else { vec![one] }
}

fn pass(random: &mut Random, day: &mut NaiveDate, most: i64) -> Moment {
    *day = *day + Days::new(u64::try_from(random.between(0, most)).unwrap());
    noon(&day.to_string())
}

/// Holds one answer against the rows: what was done is a row, what is not listed is no row.
fn check<S: TextEnum + Debug, A: TextEnum>(
    lifecycle: &Lifecycle<S, A>,
    step: (S, A),
    parts: &[Part],
    result: &Result<S, Refusal>,
) {
    let (from, action) = step;
    let rows = || lifecycle.rows.iter().filter(|row| row.from == from && row.action == action);
    let label = format!("{} {} {parts:?}: {result:?}", from.as_str(), action.as_str());
    let is_row = |to: &S| rows().any(|row| row.to == *to && row.by.iter().any(|part| parts.contains(part)));
    match result {
        Ok(to) => assert!(is_row(to), "{label}"),
        Err(refusal) if refusal.code == &TRANSITION_NOT_LISTED => assert_eq!(rows().count(), 0, "{label}"),
        Err(refusal) if refusal.code != &NOT_ALLOWED => assert!(rows().count() > 0, "{label}"),
        Err(_) => {}
    }
}

/// What the calendar does is what the clock may do.
fn check_clock<S: TextEnum + Debug, A: TextEnum>(lifecycle: &Lifecycle<S, A>, from: S, to: S) {
    let clock = |from: S, to: S| {
        let mut rows = lifecycle.rows.iter();
        from == to || rows.any(|row| row.from == from && row.to == to && row.by.iter().any(|part| CLOCK.contains(part)))
    };
    let within_two = S::ALL.iter().any(|between| clock(from, *between) && clock(*between, to));
    assert!(within_two, "{} {}", from.as_str(), to.as_str());
}

fn act_on_placement(
    it: Placement,
    action: PlacementAction,
    random: &mut Random,
    parts: &[Part],
    now: Moment,
) -> Result<Placement, Refusal> {
    let by = id(u128::try_from(random.between(20, 22)).unwrap());
    let around = if random.one_in(2) { crate::local_date(now) } else { it.last_day() + Days::new(10) };
    let date = around - Days::new(u64::try_from(random.between(0, 40)).unwrap());
    match action {
        PlacementAction::Confirm => {
            let colour = if random.one_in(4) { Colour::Amber } else { Colour::Green };
            it.confirm(&ten(colour), parts, now)
        }
        PlacementAction::Cancel => it.cancel(CancelReason::WorkFallsAway, parts, now),
        PlacementAction::Extend => {
            let start = it.period().end.succ_opt().unwrap();
            let period = Period { start, end: start + Days::new(20) };
            it.extend(Stretch { period, effort: Effort::MinutesPerWeek(480) }, now)
        }
        PlacementAction::GiveNotice => {
            let notice = Notice { by, part: parts[0], reason: EndReason::NoFit, text: None, last_day: date, at: now };
            let guarantee = arrangement(ArrangementState::Active, |_| {}).terms.return_guarantee;
            it.give_notice(notice, &guarantee, parts, now)
        }
        PlacementAction::WithdrawNotice => it.withdraw_notice(by, parts, now),
        PlacementAction::RecordReturn => {
            let destination = ReturnDestination::OldFunction;
            let back = Return { destination, date, text: None, recorded_by: by, recorded_at: now };
            it.record_return(back, parts, now)
        }
        PlacementAction::Convert => it.convert(Conversion { date, recorded_by: by, recorded_at: now }, parts, now),
        // What the clock does is done by `settle`.
        PlacementAction::Start
        | PlacementAction::Block
        | PlacementAction::Unblock
        | PlacementAction::EndEarly
        | PlacementAction::Complete => unreachable!("the clock does it"),
    }
}

fn check_placement(it: &Placement) {
    let (state, period) = (it.state, it.period());
    assert_eq!(it.cancelled.is_some(), state == PlacementState::Cancelled, "{it:?}");
    assert_eq!(it.returned.is_some(), state == PlacementState::Returned, "{it:?}");
    assert_eq!(it.converted.is_some(), state == PlacementState::Converted, "{it:?}");
    assert!(it.confirmed_at.is_some() || !state.takes_hours(), "{it:?}");
    assert!(it.last_day() <= period.end && period.start <= it.last_day(), "{it:?}");
    for pair in it.stretches.windows(2) {
        assert_eq!(pair[0].period.end.succ_opt(), Some(pair[1].period.start), "{it:?}");
    }
    assert!(it.returned.as_ref().is_none_or(|back| it.last_day() < back.date), "{it:?}");
    assert!(state == PlacementState::Converted || it.last_day() < it.return_plan.date, "{it:?}");
}

#[test]
fn a_placement_never_leaves_its_table() {
    let mut ends = [0; 3];
    for seed in 0..400 {
        let random = &mut Random::seeded(seed);
        let mut today = day("2026-08-01");
        let mut it = placement(PlacementState::Planned, |_| {});
        for _ in 0..60 {
            let now = pass(random, &mut today, 14);
            let from = it.clone().as_of(now).state;
            check_clock(&placements::LIFECYCLE, it.state, from);
            let action = *random.pick(PlacementAction::ALL);
            let parts = some_parts(random);
            if action == PlacementAction::Cancel && !random.one_in(8) {
                continue;
            }
            let by_clock = placements::LIFECYCLE
                .rows
                .iter()
                .any(|row| row.action == action && row.by.iter().all(|part| CLOCK.contains(part)));
            if by_clock && action != PlacementAction::Extend {
                let lights = ten(if random.one_in(3) { Colour::Red } else { Colour::Green });
                let settled = it.clone().settle(&lights, now).unwrap();
                check_clock(&placements::LIFECYCLE, it.state, settled.state);
                it = settled;
                continue;
            }
            let result = act_on_placement(it.clone(), action, random, &parts, now);
            let by = if action == PlacementAction::Extend { CLOCK } else { &parts };
            check(&placements::LIFECYCLE, (from, action), by, &result.clone().map(|it| it.state));
            it = result.unwrap_or(it);
            check_placement(&it);
        }
        let closed = [PlacementState::Cancelled, PlacementState::Returned, PlacementState::Converted];
        for (count, state) in ends.iter_mut().zip(closed) {
            *count += usize::from(it.state == state);
        }
    }
    assert!(ends.iter().all(|count| *count > 5), "{ends:?}: every end is reached");
}

fn act_on_agreement(
    it: Agreement,
    action: AgreementAction,
    random: &mut Random,
    parts: &[Part],
    now: Moment,
) -> Result<Agreement, Refusal> {
    let planned = placement(PlacementState::Planned, |_| {});
    let lacks_vat = random.one_in(3);
    let terms = agreement_terms(|terms| terms.vat = terms.vat.take().filter(|_| !lacks_vat));
    match action {
        AgreementAction::Revise => it.revise(terms, &planned, parts, now),
        AgreementAction::Propose => it.propose(laid_down(), !random.one_in(3), parts, now),
        // The third signature concludes it.
        AgreementAction::Sign | AgreementAction::Conclude => {
            let shown_as = *random.pick(ShownAs::ALL);
            let signing = Signing {
                by: id(u128::try_from(random.between(1, 6)).unwrap()),
                name: "Naam".to_owned(),
                document_hash: "text".to_owned(),
                shown_as,
                shown_hash: (*random.pick(&["page", "document"])).to_owned(),
            };
            it.sign(signing, parts, now)
        }
        AgreementAction::Withdraw => it.withdraw(parts, now),
        AgreementAction::Supersede => it.supersede(now),
    }
}

#[test]
fn an_agreement_never_leaves_its_table_and_is_signed_by_three_people_or_not_at_all() {
    let mut signed = 0;
    for seed in 0..600 {
        let random = &mut Random::seeded(seed);
        let mut today = day("2026-08-01");
        let mut it = agreement(AgreementState::Draft);
        for _ in 0..25 {
            let now = pass(random, &mut today, 2);
            let action = *random.pick(AgreementAction::ALL);
            let action = if random.one_in(2) { AgreementAction::Sign } else { action };
            let action = if action == AgreementAction::Conclude { AgreementAction::Sign } else { action };
            if action == AgreementAction::Withdraw && !random.one_in(5) {
                continue;
            }
            let by = some_parts(random);
            let result = act_on_agreement(it.clone(), action, random, &by, now);
            let rows_by = if action == AgreementAction::Supersede { CLOCK } else { &by };
            match &result {
                Ok(after) if after.state == AgreementState::Signed => {
                    check(
                        &secondment_agreements::LIFECYCLE,
                        (it.state, AgreementAction::Conclude),
                        CLOCK,
                        &Ok(after.state),
                    );
                    signed += 1;
                }
                result => {
                    let state = result.as_ref().map(|it| it.state).map_err(Clone::clone);
                    check(&secondment_agreements::LIFECYCLE, (it.state, action), rows_by, &state);
                }
            }
            it = result.unwrap_or(it);
            let distinct = |key: fn(&secondment_agreements::Signature) -> String| {
                it.signatures.iter().map(key).collect::<std::collections::BTreeSet<_>>().len()
            };
            let count = it.signatures.len();
            assert_eq!((distinct(|one| one.by.to_string()), distinct(|one| one.party.to_string())), (count, count));
            let is_signed = matches!(it.state, AgreementState::Signed | AgreementState::Superseded);
            assert_eq!(it.signed_at().is_some(), is_signed);
            assert!(it.state != AgreementState::Draft || (count == 0 && it.laid_down.is_none()));
        }
    }
    assert!(signed > 30, "{signed}");
}

#[test]
fn a_timesheet_never_leaves_its_table_and_changes_only_while_it_is_open() {
    let running = placement(PlacementState::Running, |_| {});
    for seed in 0..300 {
        let random = &mut Random::seeded(seed);
        let mut today = day("2026-09-07");
        let mut it = timesheet(TimesheetState::Open);
        for _ in 0..30 {
            let now = pass(random, &mut today, 2);
            let (action, parts) = (*random.pick(TimesheetAction::ALL), some_parts(random));
            let minutes = random.between(0, 900);
            let entries = vec![DayEntry { day: day("2026-09-03"), minutes, note: None }];
            let on = Writing { placement: &running, week: it.week, of_week: &[] };
            let allowance = Allowance { week: 864, week_taken: 0, placement_taken: 0 };
            let by = id(u128::try_from(random.between(20, 22)).unwrap());
            let before = it.clone();
            let result = match action {
                TimesheetAction::Revise => it.clone().revise(on, entries, &mut mint(1), &parts, now),
                TimesheetAction::Submit => it.clone().submit(&running, allowance, &parts, now),
                TimesheetAction::Recall => it.clone().recall(&parts, now),
                TimesheetAction::Approve => it.clone().approve(by, id(20), &parts, now),
                TimesheetAction::Reject => it.clone().reject("Nee".to_owned(), by, id(20), &parts, now),
                TimesheetAction::Charge => it.clone().charge(now),
                TimesheetAction::Uncharge => it.clone().uncharge(now),
            };
            let by_service = matches!(action, TimesheetAction::Charge | TimesheetAction::Uncharge);
            let rows_by = if by_service { CLOCK } else { &parts };
            check(&timesheets::LIFECYCLE, (it.state, action), rows_by, &result.clone().map(|it| it.state));
            it = result.unwrap_or(it);
            check_timesheet(&before, &it);
        }
    }
}

fn check_timesheet(before: &Timesheet, after: &Timesheet) {
    let could_change = matches!(before.state, TimesheetState::Open | TimesheetState::Rejected);
    assert!(could_change || before.lines == after.lines, "{before:?} {after:?}");
    assert!(!after.state.is_settled() || after.decided_by.is_some_and(|by| by != id(20)), "{after:?}");
    assert!(!after.state.is_settled() || (1..=864).contains(&after.minutes()), "{after:?}");
}

#[test]
fn a_charge_statement_never_leaves_its_table_and_never_changes_once_issued() {
    for seed in 0..300 {
        let random = &mut Random::seeded(seed);
        let mut today = day("2026-10-01");
        let mut it = statement(ChargeStatementState::Draft);
        for _ in 0..30 {
            let now = pass(random, &mut today, 5);
            let (action, parts) = (*random.pick(ChargeStatementAction::ALL), some_parts(random));
            let paid = today + Days::new(3) - Days::new(u64::try_from(random.between(0, 30)).unwrap());
            let before = it.clone();
            let result = match action {
                ChargeStatementAction::Issue => it.clone().issue(None, &parts, now),
                ChargeStatementAction::Discard => it.clone().discard(&parts, now),
                ChargeStatementAction::Accept => it.clone().accept(&parts, now),
                ChargeStatementAction::Dispute => it.clone().dispute("Nee".to_owned(), &parts, now),
                ChargeStatementAction::Pay => it.clone().pay(paid, &parts, now),
            };
            check(&charge_statements::LIFECYCLE, (it.state, action), &parts, &result.clone().map(|it| it.state));
            it = result.unwrap_or(it);
            check_statement(&before, &it, today);
        }
    }
}

fn check_statement(before: &ChargeStatement, after: &ChargeStatement, today: NaiveDate) {
    let is_issued = !matches!(after.state, ChargeStatementState::Draft | ChargeStatementState::Discarded);
    assert_eq!((after.number.is_some(), after.issued_at.is_some()), (is_issued, is_issued));
    assert!(before.number.is_none() || (&before.lines, before.number) == (&after.lines, after.number));
    let issued = after.issued_at.map(crate::local_date);
    assert_eq!(after.paid_date.is_some(), after.state == ChargeStatementState::Paid);
    assert!(after.paid_date.is_none_or(|paid| issued <= Some(paid) && paid <= today), "{after:?}");
}
