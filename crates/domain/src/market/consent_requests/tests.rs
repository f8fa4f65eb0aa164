use super::*;
use crate::market::codes;
use crate::market::fixtures::{
    EMPLOYEE, MANAGER, assignment, consent, day, employment, id, moment, period, policy, response,
};
use crate::market::responses::ResponseState;
use crate::market::{assignments::AssignmentState, fixtures};
use crate::parties::mobility_policies::{ExcludedFunction, PolicyTerms};
use crate::tables::walk;
use crate::{Refusal, TextEnum, add_working_days};

fn silent(silence: ConsentSilence) -> impl FnOnce(&mut PolicyTerms) {
    move |terms| terms.silence = silence
}

fn decide(state: ConsentState, action: ConsentAction, parts: &[Part]) -> Result<ConsentRequest, Refusal> {
    let by_clock = parts == [Part::Clock];
    let refusing = by_clock && action == ConsentAction::Refuse;
    let silence = if refusing { ConsentSilence::Refuse } else { ConsentSilence::Escalate };
    let it = consent(state, silent(silence));
    let now = moment(1);
    let (half, over) = (it.remind_at.unwrap(), it.expires_at);
    let manager = id(MANAGER);
    match action {
        ConsentAction::Remind => it.remind(parts, half),
        ConsentAction::Grant => it.grant(manager, None, parts, now),
        ConsentAction::GrantWithConditions => it.grant(manager, Some("Mondays here".to_owned()), parts, now),
        ConsentAction::AcceptConditions => it.accept_conditions(parts, now),
        ConsentAction::Refuse if refusing => it.refuse_by_silence(parts, over),
        ConsentAction::Refuse => {
            it.refuse(manager, ConsentRefusalReason::Workload, "Budget season".to_owned(), parts, now)
        }
        ConsentAction::Expire => it.expire(parts, over),
        ConsentAction::HandOver => it.hand_over(Some(id(MANAGER + 1)), parts, now),
        ConsentAction::Escalate => it.escalate(parts, now),
        ConsentAction::Withdraw => it.withdraw(parts, now),
        ConsentAction::Revoke => it.revoke(manager, "Somebody fell ill".to_owned(), parts, now),
    }
}

#[test]
fn every_pair_of_state_and_action_answers_as_the_table_says() {
    walk(&LIFECYCLE, |state, action, parts| decide(state, action, parts).map(|it| it.state));
}

#[test]
fn only_the_employee_asks_and_the_manager_sees_only_the_question() {
    for part in Part::ALL {
        let (response, assignment) = (response(ResponseState::InReview), assignment(AssignmentState::Open));
        let on = AskingConsent {
            response: &response,
            assignment: &assignment,
            employment: &employment(),
            policy: None,
            has_request: false,
        };
        let terms = ConsentTerms { effort: Effort::MinutesPerWeek(480), period: period() };
        let asked = ConsentRequest::ask(id(300), terms, on, &[*part], moment(0));
        assert_eq!(asked.is_ok(), *part == Part::Employee, "{part}");
        let Ok(asked) = asked else { continue };
        let ConsentQuestion { effort, period, host, title, intended_result } = asked.question;
        assert_eq!((effort, period), (terms.effort, terms.period));
        assert_eq!((host, title), (assignment.organisation, assignment.details.title));
        assert_eq!(Some(intended_result), assignment.details.intended_result);
    }
}

fn ask(
    change: impl FnOnce(&mut PolicyTerms),
    manager: Option<u128>,
    internal: bool,
    has_request: bool,
    state: ResponseState,
) -> Result<ConsentRequest, Refusal> {
    let mut employment = employment();
    employment.terms.manager = manager.map(id);
    let mut assignment = assignment(AssignmentState::Open);
    if internal {
        assignment.organisation = id(fixtures::HOME);
    }
    let on = AskingConsent {
        response: &response(state),
        assignment: &assignment,
        employment: &employment,
        policy: Some(&policy(change)),
        has_request,
    };
    let terms = ConsentTerms { effort: Effort::MinutesPerWeek(480), period: period() };
    ConsentRequest::ask(id(300), terms, on, &[Part::Employee], moment(0))
}

#[test]
fn consent_is_asked_once_and_only_where_it_is_needed() {
    let under_way = ResponseState::Submitted;
    let asked = ask(|_| {}, Some(MANAGER), false, false, under_way).unwrap();
    assert_eq!((asked.state, asked.manager), (ConsentState::Requested, Some(id(MANAGER))));
    let refusal = ask(|_| {}, Some(MANAGER), false, true, under_way).unwrap_err();
    assert_eq!(refusal.code, &codes::CONSENT_ASKED_ALREADY);
    let free = |terms: &mut PolicyTerms| terms.internal_consent_required = false;
    assert_eq!(ask(free, Some(MANAGER), true, false, under_way).unwrap_err().code, &codes::CONSENT_NOT_NEEDED);
    assert!(ask(free, Some(MANAGER), false, false, under_way).is_ok());
    assert!(ask(|_| {}, Some(MANAGER), true, false, under_way).is_ok());
    for state in [ResponseState::Draft, ResponseState::Lapsed] {
        let refusal = ask(|_| {}, Some(MANAGER), false, false, state).unwrap_err();
        assert_eq!(refusal.code, &codes::RESPONSE_NOT_READY);
    }
    assert!(ask(|_| {}, Some(MANAGER), false, false, ResponseState::Confirmed).is_ok(), "one that was revoked");
    let excluding = |terms: &mut PolicyTerms| {
        let excluded = ExcludedFunction { function: "adviseur groen".to_owned(), reason: "Too few.".to_owned() };
        terms.excluded_functions = vec![excluded];
    };
    let refusal = ask(excluding, Some(MANAGER), false, false, under_way).unwrap_err();
    assert_eq!(refusal.code, &codes::FUNCTION_EXCLUDED);
}

#[test]
fn without_a_manager_the_adviser_is_asked() {
    for manager in [None, Some(EMPLOYEE)] {
        let asked = ask(|_| {}, manager, false, false, ResponseState::Submitted);
        let asked = asked.unwrap();
        assert_eq!((asked.state, asked.manager), (ConsentState::Escalated, None));
    }
}

#[test]
fn nobody_decides_on_a_request_of_their_own() {
    let it = consent(ConsentState::Escalated, |_| {});
    let refusal = it.grant(id(EMPLOYEE), None, &[Part::MobilityAdviser], moment(1)).unwrap_err();
    assert_eq!(refusal.code.kind, crate::Kind::Forbidden);
}

#[test]
fn silence_is_never_a_grant() {
    for silence in ConsentSilence::ALL {
        for term in 0..12 {
            for state in ConsentState::ALL.iter().filter(|state| state.is_pending()) {
                let it = consent(*state, |terms| {
                    terms.silence = *silence;
                    terms.consent_term_working_days = term;
                });
                for hours in (0..24 * 40).step_by(5) {
                    assert_ne!(it.clone().as_of(moment(hours)).state, ConsentState::Granted);
                }
            }
        }
    }
}

#[test]
fn the_clock_reminds_once_at_half_and_acts_at_the_end() {
    for (silence, due, after) in [
        (ConsentSilence::Escalate, ConsentDue::Escalate, ConsentState::Escalated),
        (ConsentSilence::Refuse, ConsentDue::Refuse, ConsentState::Refused),
    ] {
        let it = consent(ConsentState::Requested, silent(silence));
        assert_eq!(it.expires_at, add_working_days(moment(0), 5));
        let half = add_working_days(moment(0), 2);
        let instant = chrono::TimeDelta::microseconds(1);
        assert_eq!(it.due(half - instant), None);
        assert_eq!(it.due(half), Some(ConsentDue::Remind));
        let it = it.remind(&[Part::Clock], half).unwrap();
        assert_eq!(it.due(half), None);
        assert_eq!(it.due(it.expires_at - instant), None);
        assert_eq!(it.due(it.expires_at), Some(due));
        let over = it.expires_at;
        let late = it.as_of(over);
        assert_eq!((late.state, late.due(over)), (after, None));
        let refusal = late.grant(id(MANAGER), None, &[Part::HomeManager], over);
        assert!(refusal.is_err(), "the manager is too late, also before the clock has written so");
    }
}

#[test]
fn conditions_count_only_when_the_employee_accepts_them() {
    let it = consent(ConsentState::Requested, |_| {})
        .grant(id(MANAGER), Some("Mondays here".to_owned()), &[Part::HomeManager], moment(1))
        .unwrap();
    assert_eq!(it.state, ConsentState::GrantedWithConditions);
    let it = it.accept_conditions(&[Part::Employee], moment(2)).unwrap();
    assert_eq!((it.state, it.conditions_accepted_at), (ConsentState::Granted, Some(moment(2))));
    assert_eq!(it.decision.unwrap().conditions.as_deref(), Some("Mondays here"));
}

#[test]
fn a_decision_keeps_the_part_in_which_it_was_taken() {
    let parts = [Part::HomeManager, Part::MobilityAdviser];
    let late = consent(ConsentState::Escalated, |_| {}).grant(id(30), None, &parts, moment(1)).unwrap();
    assert_eq!(late.decision.unwrap().part, Part::MobilityAdviser);
    let early = consent(ConsentState::Requested, |_| {}).grant(id(30), None, &parts, moment(1)).unwrap();
    assert_eq!(early.decision.unwrap().part, Part::HomeManager);
}

#[test]
fn from_the_first_day_on_consent_stands() {
    let start: Moment = "2026-08-31T22:00:00Z".parse().unwrap();
    assert_eq!(crate::local_date(start), day("2026-09-01"));
    let it = consent(ConsentState::Granted, |_| {});
    let revoke = |now| it.clone().revoke(id(MANAGER), "Ill".to_owned(), &[Part::HomeManager], now);
    assert_eq!(revoke(start - chrono::TimeDelta::seconds(1)).unwrap().state, ConsentState::Revoked);
    assert_eq!(revoke(start).unwrap_err().code, &codes::ALREADY_STARTED);
    assert_eq!(it.withdraw(&[Part::Employee], start).unwrap_err().code, &codes::ALREADY_STARTED);
}

#[test]
fn a_refusal_has_a_reason_and_words() {
    let it = consent(ConsentState::Requested, |_| {});
    let refuse =
        |reason, text: &str| it.clone().refuse(id(MANAGER), reason, text.to_owned(), &[Part::HomeManager], moment(1));
    assert_eq!(refuse(ConsentRefusalReason::Workload, " ").unwrap_err().faults[0].name, "text");
    assert_eq!(refuse(ConsentRefusalReason::NoAnswer, "x").unwrap_err().faults[0].name, "reason");
    assert_eq!(refuse(ConsentRefusalReason::Workload, "Budget season").unwrap().state, ConsentState::Refused);
}
