use super::*;
use crate::placements::variants::HourKind;

fn code(result: Result<ChargeStatement, Refusal>) -> &'static str {
    result.unwrap_err().code.name
}

#[test]
fn each_day_has_the_rate_that_was_valid_on_it() {
    let known = Known {
        rates: vec![rate("2026-09-03", 5_437), rate("2026-01-01", 5_000)],
        ..Known::new(vec![line(1, "2026-09-03", 475), line(2, "2026-09-02", 475)])
    };
    let draft = known.draft("2026-09").unwrap();
    let lines: Vec<_> = draft.lines.iter().map(|line| (line.cents_per_hour, line.amount_cents)).collect();
    // 475 minutes: 7 hours and 55 minutes, rounded once per line.
    assert_eq!(lines, [(5_000, 39_583), (5_437, 43_043)]);
    assert_eq!(draft.total_cents(), 39_583 + 43_043);
}

#[test]
fn a_day_without_a_rate_stops_the_statement_and_is_named() {
    let known = Known { rates: vec![rate("2026-09-02", 5_000)], ..Known::new(vec![line(1, "2026-09-01", 60)]) };
    let refusal = known.draft("2026-09").unwrap_err();
    assert_eq!(refusal.code.name, "rate_missing");
    assert!(refusal.detail.contains("2026-09-01"), "{}", refusal.detail);
}

#[test]
fn a_public_rate_is_the_one_that_was_agreed_whatever_the_wage() {
    let mut known = Known::new(vec![line(1, "2026-09-01", 480)]);
    known.placement = placement(PlacementState::Running, |terms| {
        terms.charge_basis = ChargeBasis::PublicRate;
        terms.hourly_rate_cents = Some(9_001);
    });
    assert_eq!(known.draft("2026-09").unwrap().total_cents(), 72_008);
    known.placement.hourly_rate_cents = None;
    assert_eq!(code(known.draft("2026-09")), "rate_missing");
}

#[test]
fn nothing_is_charged_for_own_risk_an_own_rate_a_closed_purse_or_work_inside() {
    let running = placement(PlacementState::Running, |_| {});
    let with =
        |charge_basis, hours| Placement { charge_basis, hours, hourly_rate_cents: Some(9_000), ..running.clone() };
    for placement in [
        with(ChargeBasis::None, HourKind::Exempted),
        with(ChargeBasis::OwnRate, HourKind::OwnRisk),
        with(ChargeBasis::PublicRate, HourKind::OwnRisk),
        with(ChargeBasis::BareWage, HourKind::OwnRisk),
        Placement { host: running.home, ..running.clone() },
    ] {
        let known = Known { placement, ..Known::new(vec![line(1, "2026-09-01", 480)]) };
        assert_eq!(code(known.draft("2026-09")), "nothing_to_charge");
        assert_eq!(code(known.counter(&statement(ChargeStatementState::Issued))), "nothing_to_charge");
    }
    let own_rate = Known {
        placement: with(ChargeBasis::OwnRate, HourKind::Exempted),
        ..Known::new(vec![line(1, "2026-09-01", 480)])
    };
    assert_eq!(code(own_rate.draft("2026-09")), "rate_missing", "no variant allows it, and no rate is there for it");
}

#[test]
fn a_week_over_the_end_of_a_month_is_split_at_the_day() {
    let known = Known::new(vec![line(1, "2026-09-30", 60), line(2, "2026-10-01", 60), line(3, "2026-08-31", 60)]);
    let days = |month: &str| {
        let draft = known.draft(month);
        draft.map(|it| it.lines.iter().map(|line| line.day.to_string()).collect::<Vec<_>>()).unwrap_or_default()
    };
    assert_eq!(days("2026-09"), ["2026-08-31", "2026-09-30"], "what was left from before goes along");
    assert_eq!(days("2026-10"), ["2026-08-31", "2026-09-30", "2026-10-01"]);
    assert!(days("2026-07").is_empty());
    assert_eq!(code(known.draft("2026-07")), "nothing_to_charge");
}

#[test]
fn corrections_go_along_and_where_they_outweigh_the_hours_it_credits() {
    let mut known =
        Known::new(vec![line(2, "2026-09-01", -480), line(3, "2026-09-01", 420), line(4, "2026-10-01", 60)]);
    known.reversed = Some(id(1200));
    let even = known.draft("2026-10").unwrap();
    assert_eq!((even.total_cents(), even.kind, even.counters), (0, ChargeStatementKind::Charge, None));
    let credit = known.draft("2026-09").unwrap();
    assert_eq!((credit.minutes(), credit.total_cents(), credit.vat_cents()), (-60, -5_000, -1_050));
    assert_eq!((credit.kind, credit.counters), (ChargeStatementKind::Counter, Some(id(1200))));
}

#[test]
fn a_counter_statement_credits_what_was_issued_and_nothing_else() {
    let less = Known::new(vec![line(2, "2026-09-01", -480), line(3, "2026-09-01", 420)]);
    for state in [ChargeStatementState::Draft, ChargeStatementState::Discarded] {
        let of = ChargeStatement { number: None, ..statement(state) };
        assert_eq!(code(less.counter(&of)), "not_a_credit", "{state}");
    }
    for state in [ChargeStatementState::Issued, ChargeStatementState::Disputed, ChargeStatementState::Paid] {
        let of = statement(state);
        let counter = less.counter(&of).unwrap();
        assert_eq!(
            (counter.kind, counter.counters, counter.month),
            (ChargeStatementKind::Counter, Some(of.id), of.month)
        );
        assert_eq!((counter.state, counter.total_cents()), (ChargeStatementState::Draft, -5_000));
    }
    let of = statement(ChargeStatementState::Issued);
    for minutes in [480, 481] {
        let more = Known::new(vec![line(2, "2026-09-01", -480), line(3, "2026-09-01", minutes)]);
        assert_eq!(code(more.counter(&of)), "not_a_credit", "{minutes}");
    }
    assert_eq!(code(Known::new(Vec::new()).counter(&of)), "nothing_to_charge");
}

#[test]
fn a_reversal_gives_back_to_the_cent_what_was_charged() {
    for minutes in [1, 7, 29, 30, 31, 59, 475, 1440] {
        for cents in [1, 59, 4_321, 5_437] {
            let priced = |minutes| {
                let known = Known {
                    rates: vec![rate("2026-01-01", cents)],
                    reversed: Some(id(1200)),
                    ..Known::new(vec![line(2, "2026-09-01", minutes)])
                };
                known.draft("2026-09").unwrap().total_cents()
            };
            assert_eq!(priced(minutes) + priced(-minutes), 0, "{minutes} at {cents}");
        }
    }
}
