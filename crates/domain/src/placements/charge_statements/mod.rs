//! Charge statements: approved hours times the rate valid on the day, and nothing else.

mod lifecycle;
#[cfg(test)]
mod tests;

pub use lifecycle::{BEGUN_BY, ChargeStatementAction, ChargeStatementState, LIFECYCLE};

use chrono::{Datelike, Months, NaiveDate};

use super::codes::{NOT_A_CREDIT, NOTHING_TO_CHARGE, RATE_MISSING};
use super::cost_rates::{CostRate, rate_on};
use super::money::{cents_for, tax_on};
use super::placements::Placement;
use super::secondment_agreements::{References, VatTreatment};
use super::timesheets::TimesheetLine;
use crate::lifecycle::may_begin;
use crate::market::effort::Period;
use crate::parties::mobility_policies::ChargeBasis;
use crate::{
    ChargeStatementId, Moment, OrganisationId, Part, PlacementId, Refusal, TimesheetId, TimesheetLineId, local_date,
    text_enum,
};

text_enum! {
    /// What a charge statement does
    ChargeStatementKind {
        Charge = "CHARGE", "Charges hours", "Belast uren door";
        Counter = "COUNTER", "Credits what was charged too much", "Crediteert wat te veel is doorbelast";
    }
}

/// How many days the host has to pay.
pub const PAYMENT_TERM_DAYS: u64 = 30;

/// A charge statement (doorbelasting) of one placement. In SETU: Invoice. Its issuer is the home organisation, its
/// recipient the host (invariant 5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChargeStatement {
    /// Identifies it.
    pub id: ChargeStatementId,
    /// Counts its changes.
    pub revision: i64,
    /// What it does.
    pub kind: ChargeStatementKind,
    /// The statement of which it credits something; only with COUNTER.
    pub counters: Option<ChargeStatementId>,
    /// The placement.
    pub placement: PlacementId,
    /// The home organisation.
    pub issuer: OrganisationId,
    /// The host organisation.
    pub recipient: OrganisationId,
    /// The month up to and including which hours were taken.
    pub month: Month,
    /// Its lines, by day.
    pub lines: Vec<StatementLine>,
    /// The treatment for value added tax, as the agreement says.
    pub vat: VatTreatment,
    /// How the host wants to find it back, as the agreement says.
    pub references: References,
    /// Its state.
    pub state: ChargeStatementState,
    /// Its number in the books of the issuer, once it is issued.
    pub number: Option<StatementNumber>,
    /// Why it is disputed.
    pub dispute: Option<String>,
    /// When it was issued.
    pub issued_at: Option<Moment>,
    /// The last day to pay.
    pub due_date: Option<NaiveDate>,
    /// The day on which it was paid.
    pub paid_date: Option<NaiveDate>,
    /// When it was made.
    pub created_at: Moment,
    /// When it last changed.
    pub modified_at: Moment,
}

/// Hours of one timesheet line at one rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatementLine {
    /// The line of the timesheet: each stands in at most one statement.
    pub line: TimesheetLineId,
    /// The timesheet.
    pub timesheet: TimesheetId,
    /// The day.
    pub day: NaiveDate,
    /// Minutes; negative in a reversal.
    pub minutes: i64,
    /// The rate that was valid on the day.
    pub cents_per_hour: i64,
    /// Minutes times rate, rounded once.
    pub amount_cents: i64,
}

/// A number in the books of an issuer: without gaps, per year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct StatementNumber {
    /// The year in which it was issued.
    pub year: i32,
    /// Counts from 1 in the year.
    pub sequence: i64,
}

impl std::fmt::Display for StatementNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{:05}", self.year, self.sequence)
    }
}

/// A calendar month, written as `2027-06`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month(NaiveDate);

impl Month {
    /// The month of a day.
    pub fn of(day: NaiveDate) -> Self {
        Self(day.with_day(1).unwrap_or(day))
    }

    /// The month of a text such as `2027-06`.
    pub fn parse(text: &str) -> Option<Self> {
        let (year, month) = text.split_once('-')?;
        let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if year.len() != 4 || month.len() != 2 || !is_number(year) || !is_number(month) {
            return None;
        }
        format!("{text}-01").parse().ok().map(Self)
    }

    /// Its first and last day.
    pub fn period(self) -> Period {
        let next = self.0.checked_add_months(Months::new(1)).and_then(|first| first.pred_opt());
        Period { start: self.0, end: next.unwrap_or(self.0) }
    }
}

impl std::fmt::Display for Month {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}", self.0.year(), self.0.month())
    }
}

/// What is known when a statement is made.
#[derive(Debug, Clone, Copy)]
pub struct Charging<'a> {
    /// The placement.
    pub placement: &'a Placement,
    /// Lines of approved timesheets that stand in no statement.
    pub lines: &'a [(TimesheetId, TimesheetLine)],
    /// All rates of the employment.
    pub rates: &'a [CostRate],
    /// The treatment for value added tax.
    pub vat: &'a VatTreatment,
    /// How the host wants to find it back.
    pub references: &'a References,
    /// The issued statement in which the first line that is reversed here stands.
    pub reversed: Option<ChargeStatementId>,
}

impl ChargeStatement {
    /// Makes a statement of the hours up to the end of a month. Where corrections outweigh the hours it credits.
    pub fn draft(
        id: ChargeStatementId,
        month: Month,
        on: Charging<'_>,
        parts: &[Part],
        now: Moment,
    ) -> Result<Self, Refusal> {
        may_begin("charge statement", BEGUN_BY, parts)?;
        let last = month.period().end;
        let lines = on.priced(|line| line.day <= last)?;
        let total: i64 = lines.iter().map(|line| line.amount_cents).sum();
        let counters = on.reversed.filter(|_| total < 0);
        if total < 0 && counters.is_none() {
            return Err(
                NOT_A_CREDIT.refuse("The hours that are corrected stand in a draft: issue or discard that first.")
            );
        }
        Ok(Self::new(id, month, counters, on, lines, now))
    }

    /// Makes a statement that credits what corrections took from another one.
    pub fn counter(
        id: ChargeStatementId,
        of: &Self,
        on: Charging<'_>,
        parts: &[Part],
        now: Moment,
    ) -> Result<Self, Refusal> {
        may_begin("charge statement", BEGUN_BY, parts)?;
        if of.number.is_none() {
            return Err(NOT_A_CREDIT.refuse("Only what was issued is credited; discard the draft instead."));
        }
        let lines = on.priced(|_| true)?;
        let total: i64 = lines.iter().map(|line| line.amount_cents).sum();
        if total >= 0 {
            return Err(
                NOT_A_CREDIT.refuse("The corrections come to more than was charged: they go into the next statement.")
            );
        }
        Ok(Self::new(id, of.month, Some(of.id), on, lines, now))
    }

    fn new(
        id: ChargeStatementId,
        month: Month,
        counters: Option<ChargeStatementId>,
        on: Charging<'_>,
        lines: Vec<StatementLine>,
        now: Moment,
    ) -> Self {
        let kind = if counters.is_some() { ChargeStatementKind::Counter } else { ChargeStatementKind::Charge };
        Self {
            id,
            revision: 1,
            kind,
            counters,
            placement: on.placement.id,
            issuer: on.placement.home,
            recipient: on.placement.host,
            month,
            lines,
            vat: on.vat.clone(),
            references: on.references.clone(),
            state: ChargeStatementState::Draft,
            number: None,
            dispute: None,
            issued_at: None,
            due_date: None,
            paid_date: None,
            created_at: now,
            modified_at: now,
        }
    }

    /// Issues it under the next number of the issuer; `last` is the last one of this year.
    pub fn issue(self, last: Option<StatementNumber>, parts: &[Part], now: Moment) -> Result<Self, Refusal> {
        let state = LIFECYCLE.step(self.state, ChargeStatementAction::Issue, parts)?;
        let today = local_date(now);
        let sequence = last.filter(|last| last.year == today.year()).map_or(1, |last| last.sequence + 1);
        Ok(Self {
            state,
            number: Some(StatementNumber { year: today.year(), sequence }),
            issued_at: Some(now),
            due_date: today.checked_add_days(chrono::Days::new(PAYMENT_TERM_DAYS)),
            modified_at: now,
            ..self
        })
    }

    /// Discards a draft: its hours can be charged again.
    pub fn discard(self, parts: &[Part], now: Moment) -> Result<Self, Refusal> {
        let discarded = self.step(ChargeStatementAction::Discard, parts, now)?;
        Ok(Self { lines: Vec::new(), ..discarded })
    }

    /// The host accepts it.
    pub fn accept(self, parts: &[Part], now: Moment) -> Result<Self, Refusal> {
        self.step(ChargeStatementAction::Accept, parts, now)
    }

    /// The host disputes it, and says why.
    pub fn dispute(self, reason: String, parts: &[Part], now: Moment) -> Result<Self, Refusal> {
        let disputed = self.step(ChargeStatementAction::Dispute, parts, now)?;
        Ok(Self { dispute: Some(reason), ..disputed })
    }

    /// The home organisation records the payment.
    pub fn pay(self, day: NaiveDate, parts: &[Part], now: Moment) -> Result<Self, Refusal> {
        let issued = self.issued_at.map(local_date);
        let paid = self.step(ChargeStatementAction::Pay, parts, now)?;
        if day > local_date(now) || issued.is_some_and(|issued| day < issued) {
            return Err(Refusal::invalid("paidDate", "must not be in the future, nor before the day of issue"));
        }
        Ok(Self { paid_date: Some(day), ..paid })
    }

    /// What the lines add up to, without tax.
    pub fn total_cents(&self) -> i64 {
        self.lines.iter().map(|line| line.amount_cents).sum()
    }

    /// The tax on it.
    pub fn vat_cents(&self) -> i64 {
        tax_on(self.total_cents(), self.vat.rate_basis_points.unwrap_or(0))
    }

    /// The minutes it charges.
    pub fn minutes(&self) -> i64 {
        self.lines.iter().map(|line| line.minutes).sum()
    }

    fn step(self, action: ChargeStatementAction, parts: &[Part], now: Moment) -> Result<Self, Refusal> {
        let state = LIFECYCLE.step(self.state, action, parts)?;
        Ok(Self { state, modified_at: now, ..self })
    }
}

impl Charging<'_> {
    /// The lines that are wanted, each at the rate of its day and rounded once.
    fn priced(&self, is_wanted: impl Fn(&TimesheetLine) -> bool) -> Result<Vec<StatementLine>, Refusal> {
        if !self.placement.is_charged() {
            return Err(NOTHING_TO_CHARGE.refuse("Nothing is charged for this placement: see its charge basis."));
        }
        let mut lines = Vec::new();
        for (timesheet, line) in self.lines.iter().filter(|(_, line)| is_wanted(line)) {
            let cents_per_hour = self.rate_of(line.day)?;
            lines.push(StatementLine {
                line: line.id,
                timesheet: *timesheet,
                day: line.day,
                minutes: line.minutes,
                cents_per_hour,
                amount_cents: cents_for(line.minutes, cents_per_hour),
            });
        }
        if lines.is_empty() {
            return Err(NOTHING_TO_CHARGE.refuse("Every approved hour stands in a statement already."));
        }
        lines.sort_by_key(|line| (line.day, line.line));
        Ok(lines)
    }

    fn rate_of(&self, day: NaiveDate) -> Result<i64, Refusal> {
        let rate = match self.placement.charge_basis {
            ChargeBasis::BareWage => rate_on(self.rates, day).map(|rate| rate.components.cents_per_hour()),
            ChargeBasis::PublicRate => self.placement.hourly_rate_cents,
            ChargeBasis::OwnRate | ChargeBasis::None => None,
        };
        rate.ok_or_else(|| RATE_MISSING.refuse(format!("No cost rate is valid on {day}: lay one down first.")))
    }
}
