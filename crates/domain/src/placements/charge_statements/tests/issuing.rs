use super::*;

fn issue(last: Option<StatementNumber>, now: &str) -> ChargeStatement {
    statement(ChargeStatementState::Draft).issue(last, &[Part::Finance], now.parse().unwrap()).unwrap()
}

#[test]
fn numbers_count_from_one_each_year_in_the_netherlands() {
    let number = |last, now| issue(last, now).number.unwrap().to_string();
    let last = |year, sequence| Some(StatementNumber { year, sequence });
    assert_eq!(number(None, "2026-10-02T12:00:00Z"), "2026-00001");
    assert_eq!(number(last(2026, 41), "2026-12-31T22:59:59Z"), "2026-00042");
    assert_eq!(number(last(2026, 42), "2026-12-31T23:00:00Z"), "2027-00001", "there it is New Year already");
    assert_eq!(number(last(2027, 1), "2027-01-02T12:00:00Z"), "2027-00002");
    assert_eq!(number(last(2027, 99_999), "2027-01-02T12:00:00Z"), "2027-100000");
}

#[test]
fn the_host_has_thirty_days_to_pay() {
    let issued = issue(None, "2026-10-02T12:00:00Z");
    assert_eq!((issued.state, issued.due_date), (ChargeStatementState::Issued, Some(day("2026-11-01"))));
    assert_eq!(issued.issued_at, Some(noon("2026-10-02")));
}

#[test]
fn it_is_paid_from_the_day_of_issue_to_today() {
    let accepted = statement(ChargeStatementState::Accepted);
    for (on, fits) in [("2026-10-01", false), ("2026-10-02", true), ("2026-11-02", true), ("2026-11-03", false)] {
        let paid = accepted.clone().pay(day(on), &[Part::Finance], noon("2026-11-02"));
        assert_eq!(paid.is_ok(), fits, "{on}");
        match paid {
            Ok(paid) => assert_eq!((paid.state, paid.paid_date), (ChargeStatementState::Paid, Some(day(on)))),
            Err(refusal) => assert_eq!(refusal.faults[0].name, "paidDate"),
        }
    }
}

#[test]
fn a_draft_that_is_discarded_sets_its_hours_free_and_what_was_issued_never_is() {
    let discarded = statement(ChargeStatementState::Draft).discard(&[Part::Finance], noon("2026-10-03")).unwrap();
    assert_eq!((discarded.lines.len(), discarded.number, discarded.total_cents()), (0, None, 0));
    for state in [ChargeStatementState::Issued, ChargeStatementState::Accepted, ChargeStatementState::Disputed] {
        let refused = statement(state).discard(&[Part::Finance], noon("2026-10-03"));
        assert_eq!(refused.unwrap_err().code.name, "transition_not_listed", "{state}");
    }
}

#[test]
fn a_dispute_says_why_and_ends_when_the_host_accepts() {
    let issued = statement(ChargeStatementState::Issued);
    let disputed = issued.clone().dispute("Te veel uren".to_owned(), &[Part::HostFinance], noon("2026-10-05")).unwrap();
    assert_eq!(disputed.dispute.as_deref(), Some("Te veel uren"));
    let accepted = disputed.accept(&[Part::HostFinance], noon("2026-10-06")).unwrap();
    assert_eq!((accepted.state, &accepted.lines), (ChargeStatementState::Accepted, &issued.lines), "as it was");
}

#[test]
fn a_month_is_read_as_it_is_written_and_nothing_else_is_read() {
    for (text, last) in [("2026-09", "2026-09-30"), ("2026-12", "2026-12-31"), ("2028-02", "2028-02-29")] {
        let month = Month::parse(text).unwrap();
        assert_eq!((month.to_string().as_str(), month.period().end), (text, day(last)));
        assert_eq!(Month::of(day(last)), month);
    }
    for text in ["2026-13", "2026-00", "2026-9", "26-09", "+226-09", "-226-09", "2026- 9", "2026-+9", "", "2026-0½"] {
        assert_eq!(Month::parse(text), None, "{text}");
    }
}
