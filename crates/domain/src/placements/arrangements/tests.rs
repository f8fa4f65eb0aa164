use super::*;
use crate::market::fixtures::{EMPLOYEE, MANAGER, employment, id, moment, policy};
use crate::parties::mobility_policies::{ExcludedFunction, MobilityPolicy, PolicyTerms, Variant};
use crate::placements::fixtures::{arrangement, noon, terms};
use crate::tables::walk;
use crate::{Refusal, TextEnum};

fn open(change: impl FnOnce(&mut PolicyTerms)) -> MobilityPolicy {
    policy(|terms| {
        terms.allowed_variants = Variant::ALL.to_vec();
        change(terms);
    })
}

fn faults_of(change: impl FnOnce(&mut ArrangementTerms)) -> Vec<String> {
    faults_beside(&[], change)
}

fn faults_beside(others: &[Arrangement], change: impl FnOnce(&mut ArrangementTerms)) -> Vec<String> {
    let under = Under { policy: &open(|_| {}).terms, employment: &employment().terms, others };
    let faults = terms(change).check(under).err().map(|refusal| refusal.faults).unwrap_or_default();
    faults.into_iter().map(|fault| fault.name).collect()
}

/// A thing in this state for which every guard holds, whoever acts.
fn decide(state: ArrangementState, action: ArrangementAction, parts: &[Part]) -> Result<Arrangement, Refusal> {
    let now = noon("2026-10-01");
    let (employment, policy) = (employment(), open(|_| {}));
    let ground = ArrangementGround { employment: &employment, policy: Some(&policy), others: &[], has_pending: false };
    let mut it = arrangement(state, |_| {});
    let side = Side::of(parts);
    if matches!(action, ArrangementAction::Sign | ArrangementAction::Refuse) {
        // The other side proposed it.
        let signature = it.employee_signature.or(it.home_signature);
        (it.employee_signature, it.home_signature) =
            if side == Side::Home { (signature, None) } else { (None, signature) };
    } else {
        it.drafted_by = side;
    }
    // What the calendar does by itself is asked of the state, not of the day.
    if !matches!(action, ArrangementAction::Activate) {
        it.terms.start = "2027-01-04".parse().unwrap();
    }
    let by = id(EMPLOYEE);
    match action {
        ArrangementAction::Revise => it.revise(terms(|_| {}), ground, None, parts, now),
        ArrangementAction::Propose => it.propose(by, ground, parts, now),
        ArrangementAction::Sign => it.sign(by, ground, parts, now),
        ArrangementAction::Refuse => it.refuse("Te veel".to_owned(), parts, now),
        ArrangementAction::Withdraw => it.withdraw(parts, now),
        ArrangementAction::Pause => it.pause(parts, now),
        ArrangementAction::Resume => it.resume(parts, now),
        ArrangementAction::End => it.end("Klaar".to_owned(), 0, parts, now),
        ArrangementAction::Activate => {
            let state = LIFECYCLE.step(it.state, action, parts)?;
            let on_its_day = it.clone().as_of(now);
            assert_eq!(on_its_day.state, state, "the clock writes what is read");
            Ok(Arrangement { state, ..it })
        }
    }
}

#[test]
fn every_pair_of_state_and_action_answers_as_the_table_says() {
    walk(&LIFECYCLE, |state, action, parts| decide(state, action, parts).map(|it| it.state));
}

/// Full-time is 36 hours; a day is 7.2, 8 or 9 hours: whole minutes, never more than two days.
#[test]
fn two_days_are_the_most_that_is_exempted_whatever_the_working_week() {
    for (contract, days, most) in [(2160, 5, 864), (2160, 4, 1080), (2160, 3, 1440), (1920, 4, 960), (1001, 3, 667)] {
        for (minutes, fits) in [(most, true), (most + 1, false), (0, false), (1, true)] {
            let mut employment = employment().terms;
            (employment.contract_minutes_per_week, employment.working_days_per_week) = (contract, days);
            let under = Under { policy: &open(|_| {}).terms, employment: &employment, others: &[] };
            let checked = terms(|terms| terms.exempted_minutes_per_week = minutes).check(under);
            assert_eq!(checked.is_ok(), fits, "{minutes} of {contract} in {days} days");
        }
    }
}

#[test]
fn arrangements_beside_one_another_share_the_cap() {
    let other = arrangement(ArrangementState::Active, |terms| terms.exempted_minutes_per_week = 432);
    let others = [other];
    assert!(faults_beside(&others, |terms| terms.exempted_minutes_per_week = 432).is_empty());
    assert_eq!(faults_beside(&others, |terms| terms.exempted_minutes_per_week = 433), ["exemptedMinutesPerWeek"]);
    let ended = Arrangement { ended_on: Some("2026-08-30".parse().unwrap()), ..others[0].clone() };
    assert!(faults_beside(&[ended], |terms| terms.exempted_minutes_per_week = 864).is_empty());
}

#[test]
fn each_variant_demands_what_its_row_says() {
    let company = || OwnCompany { name: "Noor Advies".to_owned(), kvk_number: "17272727".to_owned() };
    let full = |terms: &mut ArrangementTerms| {
        terms.variant = Variant::FullSecondment;
        terms.exempted_minutes_per_week = 2160;
        terms.end = Some("2027-08-31".parse().unwrap());
    };
    let hybrid = |terms: &mut ArrangementTerms| {
        terms.variant = Variant::Hybrid;
        terms.exempted_minutes_per_week = 0;
        terms.own_risk_minutes_per_week = 240;
        terms.original_contract_minutes_per_week = Some(2400);
        terms.income_effect = Some("Een tiende minder".to_owned());
    };
    let alone = move |terms: &mut ArrangementTerms| {
        terms.variant = Variant::SelfEmployed;
        terms.exempted_minutes_per_week = 0;
        terms.own_risk_minutes_per_week = 480;
        terms.own_company = Some(company());
    };
    for faults in [faults_of(|_| {}), faults_of(full), faults_of(hybrid), faults_of(alone)] {
        assert!(faults.is_empty(), "{faults:?}");
    }
    assert_eq!(faults_of(|terms| terms.acquisition_plan = None), ["acquisitionPlan"]);
    assert_eq!(faults_of(|terms| terms.income_effect = Some("Minder".to_owned())), ["incomeEffect"]);
    assert_eq!(faults_of(|terms| terms.own_risk_minutes_per_week = 60), ["ownRiskMinutesPerWeek"]);
    let with = |first: fn(&mut ArrangementTerms), then: fn(&mut ArrangementTerms)| {
        faults_of(move |terms| {
            first(terms);
            then(terms);
        })
    };
    assert_eq!(with(full, |terms| terms.end = None), ["endDate"]);
    assert_eq!(with(full, |terms| terms.exempted_minutes_per_week = 2159), ["exemptedMinutesPerWeek"]);
    assert_eq!(with(hybrid, |terms| terms.income_effect = None), ["incomeEffect"]);
    assert_eq!(with(hybrid, |terms| terms.own_risk_minutes_per_week = 241), ["ownRiskMinutesPerWeek"]);
    assert_eq!(
        with(hybrid, |terms| terms.original_contract_minutes_per_week = None),
        ["originalContractMinutesPerWeek"]
    );
    assert_eq!(
        faults_of(|terms| {
            alone(terms);
            terms.own_company = None;
        }),
        ["ownCompany"]
    );
    assert_eq!(
        faults_of(|terms| {
            alone(terms);
            terms.own_company = Some(OwnCompany { kvk_number: "1727272".to_owned(), ..company() });
        }),
        ["ownCompany.kvkNumber"]
    );
}

#[test]
fn an_excluded_function_gets_the_reason_of_the_policy_and_a_pointer_to_the_adviser() {
    let excluded = ExcludedFunction { function: "adviseur groen".to_owned(), reason: "Te weinig mensen.".to_owned() };
    let (employment, policy) = (employment(), open(|terms| terms.excluded_functions = vec![excluded]));
    let ground = ArrangementGround { employment: &employment, policy: Some(&policy), others: &[], has_pending: false };
    let refusal = Arrangement::draft(id(1), terms(|_| {}), ground, &[Part::Employee], moment(0)).unwrap_err();
    assert_eq!(refusal.code.name, "function_excluded");
    assert!(refusal.detail.contains("Te weinig mensen.") && refusal.detail.contains("adviser"), "{}", refusal.detail);
}

#[test]
fn a_variant_that_the_policy_does_not_allow_is_refused() {
    let under = Under { policy: &policy(|_| {}).terms, employment: &employment().terms, others: &[] };
    let refusal = terms(|terms| {
        terms.variant = Variant::FullSecondment;
        terms.exempted_minutes_per_week = 2160;
        terms.end = Some("2027-08-31".parse().unwrap());
    });
    assert_eq!(refusal.check(under).unwrap_err().faults[0].name, "variant");
}

#[test]
fn nobody_signs_for_both_sides() {
    let (employment, policy) = (employment(), open(|_| {}));
    let ground = ArrangementGround { employment: &employment, policy: Some(&policy), others: &[], has_pending: false };
    let proposed = arrangement(ArrangementState::Proposed, |_| {});
    let refusal = proposed.clone().sign(id(EMPLOYEE), ground, &[Part::Employee], moment(2)).unwrap_err();
    assert_eq!(refusal.code.name, "not_allowed");
    let signed = proposed.sign(id(MANAGER), ground, &[Part::HomeManager], moment(2)).unwrap();
    assert_eq!((signed.state, signed.agreed_at()), (ArrangementState::Agreed, Some(moment(2))));
}

#[test]
fn a_later_version_begins_on_a_monday_and_ends_the_one_before() {
    let (employment, policy) = (employment(), open(|_| {}));
    let ground = ArrangementGround { employment: &employment, policy: Some(&policy), others: &[], has_pending: false };
    let first = arrangement(ArrangementState::Active, |_| {});
    let next = |start: &str| {
        let terms = terms(|terms| {
            terms.start = start.parse().unwrap();
            terms.exempted_minutes_per_week = 432;
        });
        first.draft_next(id(601), terms, ground, &[Part::HomeManager], noon("2026-10-01"))
    };
    assert_eq!(next("2026-11-03").unwrap_err().faults[0].name, "startDate");
    assert_eq!(next("2026-08-31").unwrap_err().faults[0].name, "startDate");
    let second = next("2026-11-02").unwrap();
    assert_eq!((second.series, second.version, second.drafted_by), (first.id, 2, Side::Home));
    let before = first.clone().followed_by(&second, moment(9));
    assert_eq!(before.last_day(), "2026-11-01".parse().ok());
    assert_eq!(before.as_of(noon("2026-11-02")).state, ArrangementState::Ended);
    let busy = ArrangementGround { has_pending: true, ..ground };
    let refused = first.draft_next(id(602), terms(|_| {}), busy, &[Part::Employee], noon("2026-10-01"));
    assert_eq!(refused.unwrap_err().code.name, "arrangement_version_pending");
}

#[test]
fn it_is_in_force_from_its_first_day_to_its_last_also_when_the_clock_has_not_run() {
    let it = arrangement(ArrangementState::Agreed, |terms| terms.end = Some("2026-12-31".parse().unwrap()));
    for (day, state) in [
        ("2026-08-30", ArrangementState::Agreed),
        ("2026-08-31", ArrangementState::Active),
        ("2026-12-31", ArrangementState::Active),
        ("2027-01-01", ArrangementState::Ended),
    ] {
        assert_eq!(it.clone().as_of(noon(day)).state, state, "{day}");
    }
}

#[test]
fn it_is_not_ended_while_a_placement_stands_on_it() {
    let active = arrangement(ArrangementState::Active, |_| {});
    let refusal = active.end("Klaar".to_owned(), 1, &[Part::Employee], noon("2026-10-01")).unwrap_err();
    assert_eq!(refusal.code.name, "arrangement_in_use");
}

#[test]
fn versions_that_follow_one_another_are_not_added_up() {
    let first = arrangement(ArrangementState::Active, |terms| terms.exempted_minutes_per_week = 432);
    let mut second = first.clone();
    second.terms.start = "2026-11-02".parse().unwrap();
    let others = [first.followed_by(&second, moment(9)), second];
    assert!(faults_beside(&others, |terms| terms.exempted_minutes_per_week = 432).is_empty());
    assert_eq!(faults_beside(&others, |terms| terms.exempted_minutes_per_week = 433), ["exemptedMinutesPerWeek"]);
}

#[test]
fn arrangements_that_meet_in_a_week_share_the_cap_of_that_week() {
    let until = |end: &str| arrangement(ArrangementState::Active, |terms| terms.end = end.parse().ok());
    let from_thursday = |terms: &mut ArrangementTerms| terms.start = "2026-11-05".parse().unwrap();
    assert_eq!(faults_beside(&[until("2026-11-04")], from_thursday), ["exemptedMinutesPerWeek"]);
    assert!(faults_beside(&[until("2026-11-01")], from_thursday).is_empty());
}
