mod charging;
mod issuing;

use super::*;
use crate::market::fixtures::{day, id};
use crate::placements::fixtures::{noon, placement, rate, statement, timesheet, vat};
use crate::placements::placements::PlacementState;
use crate::placements::secondment_agreements::VatCategory;
use crate::placements::timesheets::TimesheetState;
use crate::tables::walk;

/// A line of a timesheet: negative minutes reverse the line with the number before it.
pub(super) fn line(number: u128, on: &str, minutes: i64) -> (TimesheetId, TimesheetLine) {
    let reverses = (minutes < 0).then(|| id(number - 1));
    (id(1000), TimesheetLine { id: id(number), day: day(on), minutes, note: None, reverses })
}

/// What is known, to be changed where a test asks for it.
pub(super) struct Known {
    pub(super) placement: Placement,
    pub(super) lines: Vec<(TimesheetId, TimesheetLine)>,
    pub(super) rates: Vec<CostRate>,
    pub(super) reversed: Option<ChargeStatementId>,
    pub(super) vat: VatTreatment,
}

impl Known {
    pub(super) fn new(lines: Vec<(TimesheetId, TimesheetLine)>) -> Self {
        Self {
            placement: placement(PlacementState::Running, |_| {}),
            lines,
            rates: vec![rate("2026-01-01", 5_000)],
            reversed: None,
            vat: vat(VatCategory::Standard),
        }
    }

    fn charging<T>(&self, with: impl FnOnce(Charging<'_>) -> T) -> T {
        with(Charging {
            placement: &self.placement,
            lines: &self.lines,
            rates: &self.rates,
            vat: &self.vat,
            references: &References::default(),
            reversed: self.reversed,
        })
    }

    pub(super) fn draft(&self, month: &str) -> Result<ChargeStatement, Refusal> {
        let month = Month::parse(month).unwrap();
        self.charging(|on| ChargeStatement::draft(id(1201), month, on, &[Part::Finance], noon("2026-11-02")))
    }

    pub(super) fn counter(&self, of: &ChargeStatement) -> Result<ChargeStatement, Refusal> {
        self.charging(|on| ChargeStatement::counter(id(1202), of, on, &[Part::Finance], noon("2026-11-02")))
    }
}

/// A thing in this state for which every guard holds, whoever acts.
fn decide(
    state: ChargeStatementState,
    action: ChargeStatementAction,
    parts: &[Part],
) -> Result<ChargeStatementState, Refusal> {
    let (it, now) = (statement(state), noon("2026-11-02"));
    let after = match action {
        ChargeStatementAction::Issue => it.issue(None, parts, now)?,
        ChargeStatementAction::Discard => it.discard(parts, now)?,
        ChargeStatementAction::Accept => it.accept(parts, now)?,
        ChargeStatementAction::Dispute => it.dispute("Klopt niet".to_owned(), parts, now)?,
        ChargeStatementAction::Pay => it.pay(day("2026-11-01"), parts, now)?,
    };
    Ok(after.state)
}

#[test]
fn every_pair_of_state_and_action_answers_as_the_table_says() {
    walk(&LIFECYCLE, decide);
}

#[test]
fn nobody_but_the_finance_of_the_home_organisation_makes_one() {
    let known = Known::new(vec![line(1, "2026-09-01", 480)]);
    let issued = statement(ChargeStatementState::Issued);
    for part in <Part as crate::TextEnum>::ALL {
        let month = Month::of(day("2026-09-01"));
        let draft = known.charging(|on| ChargeStatement::draft(id(1), month, on, &[*part], noon("2026-10-01")));
        assert_eq!(draft.is_ok(), *part == Part::Finance, "{part}");
        let counter = known.charging(|on| ChargeStatement::counter(id(1), &issued, on, &[*part], noon("2026-10-01")));
        let code = if *part == Part::Finance { "not_a_credit" } else { "not_allowed" };
        assert_eq!(counter.unwrap_err().code.name, code, "{part}");
    }
}

#[test]
fn home_charges_host_for_the_lines_of_the_timesheet_and_for_nothing_else() {
    let it = statement(ChargeStatementState::Draft);
    let sheet = timesheet(TimesheetState::Approved);
    let placement = placement(PlacementState::Running, |_| {});
    assert_eq!((it.issuer, it.recipient, it.placement), (placement.home, placement.host, placement.id));
    assert_eq!((it.kind, it.counters), (ChargeStatementKind::Charge, None));
    assert_eq!(it.lines.iter().map(|line| line.line).collect::<Vec<_>>(), [sheet.lines[0].id]);
    assert_eq!((it.minutes(), it.total_cents(), it.vat_cents()), (480, 40_000, 8_400));
}
