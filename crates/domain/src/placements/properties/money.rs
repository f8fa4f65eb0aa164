//! Money in is money out to the cent, and no minute is charged twice or lost.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};

use super::random::Random;
use crate::market::fixtures::{EMPLOYEE, OWNER, day, id};
use crate::parties::mobility_policies::ChargeBasis;
use crate::placements::charge_statements::{
    ChargeStatement, ChargeStatementKind, ChargeStatementState, Charging, Month,
};
use crate::placements::cost_rates::{After, CostComponents, CostRate, rate_on};
use crate::placements::fixtures::{noon, placement, rate, vat};
use crate::placements::money::{cents_for, tax_on};
use crate::placements::placements::{Placement, PlacementState};
use crate::placements::secondment_agreements::{References, VatCategory};
use crate::placements::timesheets::{Allowance, DayEntry, Timesheet, TimesheetLine, TimesheetState, Writing, standing};
use crate::{Moment, Part, Refusal, TimesheetId, TimesheetLineId, Week};

const WEEK_ROOM: i64 = 864;
const FINANCE: &[Part] = &[Part::Finance];

/// All that is written about one placement while it runs and after.
struct Books {
    random: Random,
    placement: Placement,
    rates: Vec<CostRate>,
    sheets: BTreeMap<Week, Vec<Timesheet>>,
    statements: Vec<ChargeStatement>,
    today: NaiveDate,
    ids: u128,
}

impl Books {
    fn open(seed: u64) -> Self {
        let mut random = Random::seeded(seed);
        let is_public = random.one_in(4);
        let cents = random.between(3_000, 9_999);
        let placement = placement(PlacementState::Running, |terms| {
            if is_public {
                terms.charge_basis = ChargeBasis::PublicRate;
                terms.hourly_rate_cents = Some(cents);
            }
        });
        let rates = vec![rate("2026-01-01", random.between(3_000, 9_999))];
        let (sheets, statements) = (BTreeMap::new(), Vec::new());
        Self { random, placement, rates, sheets, statements, today: day("2026-09-01"), ids: 10_000 }
    }

    fn now(&self) -> Moment {
        noon(&self.today.to_string())
    }

    fn next_id(&mut self) -> u128 {
        self.ids += 1;
        self.ids
    }

    fn some_week(&mut self) -> Week {
        let last = self.today.min(self.placement.last_day());
        let weeks: Vec<Week> = Week::of(self.placement.period().start).through(Week::of(last)).collect();
        *self.random.pick(&weeks)
    }

    fn some_days(&mut self, week: Week) -> Vec<DayEntry> {
        let mut entries = Vec::new();
        for day in week.monday().iter_days().take(7).filter(|day| *day <= self.today) {
            if self.random.one_in(3) {
                let minutes = if self.random.one_in(4) { 0 } else { self.random.between(1, 600) };
                entries.push(DayEntry { day, minutes, note: None });
            }
        }
        entries
    }

    /// Begins, corrects or carries further the timesheet of a week, as far as the rules let it.
    fn write(&mut self) {
        let week = self.some_week();
        let (entries, number, now) = (self.some_days(week), self.next_id(), self.now());
        let mut of_week = self.sheets.remove(&week).unwrap_or_default();
        let last = of_week.pop();
        let mut numbers = self.ids * 1_000;
        let mut line_ids = || {
            numbers += 1;
            id::<TimesheetLineId>(numbers)
        };
        let on = Writing { placement: &self.placement, week, of_week: &of_week };
        let employee = &[Part::Employee];
        let after = match last.clone() {
            None => Timesheet::begin(id(number), on, entries, &mut line_ids, employee, now),
            Some(sheet) if sheet.state.is_settled() => {
                let revised = sheet.clone().revise(on, entries.clone(), &mut line_ids, employee, now);
                assert!(revised.is_err(), "what was approved is never changed");
                let all = [&of_week[..], &[sheet]].concat();
                let on = Writing { of_week: &all, ..on };
                Timesheet::correct(id(number), on, entries, &mut line_ids, employee, now)
            }
            Some(sheet) => match (sheet.state, self.random.between(1, 3)) {
                (TimesheetState::Open | TimesheetState::Rejected, 1) => {
                    sheet.revise(on, entries, &mut line_ids, employee, now)
                }
                (TimesheetState::Open, _) => {
                    let allowance = self.allowance(&of_week);
                    sheet.submit(&self.placement, allowance, employee, now)
                }
                (TimesheetState::Submitted, 1) if self.random.one_in(2) => sheet.recall(employee, now),
                (TimesheetState::Submitted, 1) => {
                    sheet.reject("Klopt niet".to_owned(), id(OWNER), id(EMPLOYEE), &[Part::Client], now)
                }
                (TimesheetState::Submitted, _) => sheet.approve(id(OWNER), id(EMPLOYEE), &[Part::Client], now),
                _ => Ok(sheet),
            },
        };
        let kept = last.as_ref().filter(|last| after.as_ref().map_or(true, |after| after.id != last.id)).cloned();
        of_week.extend(kept);
        of_week.extend(after.ok());
        self.sheets.insert(week, of_week);
    }

    /// What the other timesheets take, `of_week` those of the same week. A correction that takes hours back counts once
    /// it is approved: until then it can still be rejected.
    fn allowance(&self, of_week: &[Timesheet]) -> Allowance {
        let taken = |sheet: &Timesheet| match sheet.state {
            TimesheetState::Approved | TimesheetState::Charged => sheet.minutes(),
            TimesheetState::Submitted => sheet.minutes().max(0),
            TimesheetState::Open | TimesheetState::Rejected => 0,
        };
        let week_taken = of_week.iter().map(taken).sum();
        let elsewhere: i64 = self.sheets.values().flatten().map(taken).sum();
        Allowance { week: WEEK_ROOM, week_taken, placement_taken: week_taken + elsewhere }
    }

    fn settled_lines(&self) -> Vec<(TimesheetId, TimesheetLine)> {
        let settled = self.sheets.values().flatten().filter(|sheet| sheet.state.is_settled());
        settled.flat_map(|sheet| sheet.lines.iter().map(|line| (sheet.id, line.clone()))).collect()
    }

    fn statement_of(&self, line: TimesheetLineId) -> Option<&ChargeStatement> {
        self.statements.iter().find(|statement| statement.lines.iter().any(|stands| stands.line == line))
    }

    fn uncharged(&self) -> Vec<(TimesheetId, TimesheetLine)> {
        self.settled_lines().into_iter().filter(|(_, line)| self.statement_of(line.id).is_none()).collect()
    }

    fn charge(
        &mut self,
        lines: &[(TimesheetId, TimesheetLine)],
        make: impl FnOnce(u128, Charging<'_>, Moment) -> Result<ChargeStatement, Refusal>,
    ) {
        let reversed = lines.iter().find_map(|(_, line)| Some(self.statement_of(line.reverses?)?.id));
        let number = self.next_id();
        let on = Charging {
            placement: &self.placement,
            lines,
            rates: &self.rates,
            vat: &vat(VatCategory::Exempt),
            references: &References::default(),
            reversed,
        };
        if let Ok(statement) = make(number, on, self.now()) {
            let is_credit = statement.kind == ChargeStatementKind::Counter;
            assert_eq!(is_credit, statement.counters.is_some());
            assert!(!is_credit || statement.total_cents() < 0, "a counter-statement credits");
            self.statements.push(statement);
            self.mark_charged();
        }
    }

    /// Every timesheet is charged exactly when all of its lines stand in statements.
    fn mark_charged(&mut self) {
        let uncharged: BTreeSet<TimesheetId> = self.uncharged().into_iter().map(|(sheet, _)| sheet).collect();
        let now = self.now();
        for sheet in self.sheets.values_mut().flatten() {
            let all = !uncharged.contains(&sheet.id);
            match (sheet.state, all) {
                (TimesheetState::Approved, true) => *sheet = sheet.clone().charge(now).unwrap(),
                (TimesheetState::Charged, false) => *sheet = sheet.clone().uncharge(now).unwrap(),
                _ => {}
            }
        }
    }

    fn monthly_run(&mut self) {
        let back = Days::new(u64::try_from(self.random.between(0, 40)).unwrap());
        let month = Month::of(self.today - back);
        let lines = self.uncharged();
        self.charge(&lines, |number, on, now| ChargeStatement::draft(id(number), month, on, FINANCE, now));
    }

    fn counter(&mut self) {
        let issued: Vec<_> = self.statements.iter().filter(|statement| statement.number.is_some()).cloned().collect();
        if issued.is_empty() {
            return;
        }
        let of = self.random.pick(&issued).clone();
        let stands_in = |line: Option<TimesheetLineId>| of.lines.iter().any(|stands| Some(stands.line) == line);
        let all = self.uncharged();
        let corrected: BTreeSet<_> =
            all.iter().filter(|(_, line)| stands_in(line.reverses)).map(|(sheet, line)| (*sheet, line.day)).collect();
        let lines: Vec<_> = all.into_iter().filter(|(sheet, line)| corrected.contains(&(*sheet, line.day))).collect();
        self.charge(&lines, |number, on, now| ChargeStatement::counter(id(number), &of, on, FINANCE, now));
    }

    fn issue_or_discard(&mut self) {
        let now = self.now();
        let last = self.statements.iter().filter_map(|statement| statement.number).max();
        let discards = self.random.one_in(3);
        let draft = self.statements.iter_mut().find(|statement| statement.state == ChargeStatementState::Draft);
        if let Some(draft) = draft {
            let taken = draft.clone();
            *draft = if discards { taken.discard(FINANCE, now) } else { taken.issue(last, FINANCE, now) }.unwrap();
            self.mark_charged();
        }
    }

    fn new_rate(&mut self) {
        let charged_until = self.statements.iter().flat_map(|statement| &statement.lines).map(|line| line.day).max();
        let from = self.today + Days::new(u64::try_from(self.random.between(0, 20)).unwrap()) - Days::new(10);
        let components = CostComponents {
            gross_pay_cents: self.random.between(2_000, 7_000),
            choice_budget_cents: self.random.between(0, 1_000),
            employer_charges_cents: self.random.between(0, 2_000),
            other_actual_cost_cents: 0,
            other_actual_cost_description: None,
        };
        let after = After { last: self.rates.last(), charged_until };
        self.rates.extend(CostRate::lay_down(id(1), id(40), (from, components), after, id(9), self.now()).ok());
    }

    fn course_of_events(&mut self) {
        while self.today < day("2027-02-10") {
            match self.random.between(1, 20) {
                1..=13 => self.write(),
                14 | 15 => self.monthly_run(),
                16 => self.counter(),
                17 | 18 => self.issue_or_discard(),
                _ => self.new_rate(),
            }
            if self.random.one_in(2) {
                self.today = self.today + Days::new(1);
            }
        }
        let lines = self.uncharged();
        let month = Month::of(self.today);
        self.charge(&lines, |number, on, now| ChargeStatement::draft(id(number), month, on, FINANCE, now));
    }

    fn rate_of(&self, day: NaiveDate) -> i64 {
        let agreed = self.placement.hourly_rate_cents;
        agreed.unwrap_or_else(|| rate_on(&self.rates, day).unwrap().components.cents_per_hour())
    }

    fn check(&self) {
        let stands: Vec<_> = self.sheets.values().flat_map(|of_week| standing(of_week)).collect();
        let due: i64 = stands.iter().map(|line| cents_for(line.minutes, self.rate_of(line.day))).sum();
        let asked: i64 = self.statements.iter().map(ChargeStatement::total_cents).sum();
        assert_eq!(asked, due, "money in is money out");
        let worked: i64 = stands.iter().map(|line| line.minutes).sum();
        let charged: i64 = self.statements.iter().map(ChargeStatement::minutes).sum();
        assert_eq!(charged, worked, "no minute twice and none lost");
        let mut once = BTreeSet::new();
        for line in self.statements.iter().flat_map(|statement| &statement.lines) {
            assert!(once.insert(line.line), "a line stands in one statement");
            assert_eq!(line.amount_cents, cents_for(line.minutes, line.cents_per_hour));
        }
        assert_eq!(once.len(), self.settled_lines().len(), "and every line does");
        assert!(worked <= self.placement.agreed_minutes());
        for of_week in self.sheets.values() {
            assert!(standing(of_week).map(|line| line.minutes).sum::<i64>() <= WEEK_ROOM, "the cap holds every week");
            let days: BTreeSet<_> = standing(of_week).map(|line| line.day).collect();
            assert_eq!(days.len(), standing(of_week).count(), "a day stands once");
        }
        let numbers: Vec<_> = self.statements.iter().filter_map(|statement| statement.number).collect();
        for year in [2026, 2027] {
            let mut of_year: Vec<_> =
                numbers.iter().filter(|number| number.year == year).map(|it| it.sequence).collect();
            of_year.sort_unstable();
            assert!(of_year.iter().copied().eq(1..=i64::try_from(of_year.len()).unwrap()), "no gap: {of_year:?}");
        }
    }
}

#[test]
fn money_in_is_money_out_to_the_cent_and_no_minute_is_charged_twice_or_lost() {
    let (mut credits, mut discarded, mut reversals) = (0, 0, 0);
    for seed in 0..300 {
        let mut books = Books::open(seed);
        books.course_of_events();
        books.check();
        let statements = &books.statements;
        credits += statements.iter().filter(|it| it.kind == ChargeStatementKind::Counter).count();
        discarded += statements.iter().filter(|it| it.state == ChargeStatementState::Discarded).count();
        reversals += books.settled_lines().iter().filter(|(_, line)| line.reverses.is_some()).count();
    }
    assert!(
        credits > 200 && discarded > 500 && reversals > 800,
        "{credits} {discarded} {reversals}: all of it happens"
    );
}

#[test]
fn an_amount_is_within_half_a_cent_and_its_reversal_is_the_same_with_the_other_sign() {
    let mut random = Random::seeded(1);
    for _ in 0..20_000 {
        let (minutes, cents) = (random.between(-3_000, 3_000), random.between(0, 2_000_000));
        let amount = cents_for(minutes, cents);
        assert_eq!(cents_for(-minutes, cents), -amount);
        assert!((amount * 60 - minutes * cents).abs() <= 30, "{minutes} at {cents}");
        let (total, points) = (random.between(-90_000_000, 90_000_000), random.between(0, 10_000));
        let tax = tax_on(total, points);
        assert_eq!(tax_on(-total, points), -tax);
        assert!((tax * 10_000 - total * points).abs() <= 5_000, "{points} of {total}");
    }
    assert_eq!(cents_for(i64::MAX, i64::MAX), i64::MAX);
    assert_eq!(cents_for(i64::MIN, i64::MAX), i64::MIN);
}
