use super::*;
use crate::market::assignments::{Assignment, AssignmentState, PlacementTally};
use crate::market::codes;
use crate::market::fixtures::{
    self, EMPLOYEE, OWNER, assignment, civil_servant, content, employment, host, id, moment, policy, response,
};
use crate::market::lights::{Light, LightReason};
use crate::market::publication_rings::Reach;
use crate::market::signals::{Colour, LightName};
use crate::parties::mobility_policies::{ExcludedFunction, MobilityPolicy};
use crate::parties::organisations::OrganisationKind;
use crate::tables::walk;
use crate::{Part, Refusal, TextEnum};

fn lights(colour: Colour) -> [Light; 10] {
    let mut names = LightName::ALL.iter();
    std::array::from_fn(|_| Light {
        name: *names.next().unwrap(),
        colour,
        reason: LightReason::NotArrangedYet,
        waits_for: &[],
        changed_at: moment(0),
    })
}

fn answering<'a>(assignment: &'a Assignment, reach: &'a Reach) -> Answering<'a> {
    Answering { assignment, reach, has_live_response: false }
}

fn submit(assignment: &Assignment, reach: &Reach, policy: &MobilityPolicy) -> Result<Response, Refusal> {
    let home =
        HomeSituation { employment: &employment(), policy: Some(policy), host: &host(OrganisationKind::Municipality) };
    response(ResponseState::Draft).submit(answering(assignment, reach), home, &[Part::Employee], moment(1))
}

fn decide(state: ResponseState, action: ResponseAction, parts: &[Part]) -> Result<Response, Refusal> {
    let mut it = response(state);
    it.reopening_offered_at = Some(moment(0));
    let now = moment(1);
    let (open, reach) = (assignment(AssignmentState::Open), civil_servant());
    let on = answering(&open, &reach);
    match action {
        ResponseAction::Revise => it.revise(content(), &open, parts, now),
        ResponseAction::Submit => {
            let home = HomeSituation {
                employment: &employment(),
                policy: Some(&policy(|_| {})),
                host: &host(OrganisationKind::Municipality),
            };
            it.submit(on, home, parts, now)
        }
        ResponseAction::Consider => it.consider(parts, now),
        ResponseAction::InviteToTalk => it.invite_to_talk(parts, now),
        ResponseAction::Offer => it.offered(parts, now),
        ResponseAction::EndOffer => it.offer_ended(parts, now),
        ResponseAction::Accept => it.accepted(parts, now),
        ResponseAction::Decline => it.declined(DeclineReason::Personal, None, parts, now),
        ResponseAction::Confirm => it.confirm(&open, PlacementTally::default(), &lights(Colour::Green), parts, now),
        ResponseAction::Withdraw => it.withdraw(None, parts, now),
        ResponseAction::NotSelect => it.not_select(NotSelectedReason::AnotherChosen, None, parts, now),
        ResponseAction::OfferReopening => it.offer_reopening(&open, parts, now),
        ResponseAction::AcceptReopening => it.accept_reopening(on, parts, now),
        ResponseAction::RefuseConsent => it.refuse_consent(parts, now),
        ResponseAction::Lapse => it.lapse(LapseReason::AssignmentExpired, parts, now),
        ResponseAction::FallAway => it.fall_away(parts, now),
    }
}

#[test]
fn every_pair_of_state_and_action_answers_as_the_table_says() {
    walk(&LIFECYCLE, |state, action, parts| decide(state, action, parts).map(|it| it.state));
}

#[test]
fn every_end_has_an_outcome_whose_reason_can_be_read_back() {
    for state in ResponseState::ALL {
        for action in ResponseAction::ALL {
            for part in Part::ALL {
                let Ok(it) = decide(*state, *action, &[*part]) else { continue };
                if it.state.is_end() && it.state != *state {
                    let reason = it.outcome.unwrap().reason;
                    assert_eq!(OutcomeReason::parse(it.state, reason.as_str()), Some(reason));
                }
            }
        }
    }
}

#[test]
fn only_the_employee_creates_submits_withdraws_accepts_and_declines() {
    let all_but_employee: Vec<Part> = Part::ALL.iter().copied().filter(|part| *part != Part::Employee).collect();
    for action in [
        ResponseAction::Submit,
        ResponseAction::Withdraw,
        ResponseAction::Accept,
        ResponseAction::Decline,
        ResponseAction::AcceptReopening,
    ] {
        for state in ResponseState::ALL {
            assert!(decide(*state, action, &all_but_employee).is_err(), "{state} {action}");
        }
    }
}

#[test]
fn who_stands_outside_is_not_told_that_the_klus_exists() {
    let open = assignment(AssignmentState::Open);
    let draft = ResponseDraft { person: id(EMPLOYEE), content: content(), channel: ResponseChannel::Own };
    let begin = |reach: &Reach, parts: &[Part]| {
        Response::begin(id(200), draft.clone(), answering(&open, reach), parts, moment(1))
    };
    assert_eq!(begin(&Reach::default(), &[Part::Employee]).unwrap_err(), Refusal::hidden("assignment"));
    assert_eq!(begin(&civil_servant(), &[Part::Employee]).unwrap().state, ResponseState::Draft);
    assert!(begin(&civil_servant(), &[Part::Broker]).is_ok());
    assert!(begin(&civil_servant(), &[Part::Client, Part::HomeManager]).is_err());
    let refusal = submit(&open, &Reach::default(), &policy(|_| {})).unwrap_err();
    assert_eq!(refusal.code, &codes::OUTSIDE_OPENED_RINGS);
}

#[test]
fn a_response_is_possible_only_while_the_klus_is_open() {
    for state in AssignmentState::ALL {
        let it = submit(&assignment(*state), &civil_servant(), &policy(|_| {}));
        match it {
            Ok(it) => {
                assert_eq!(*state, AssignmentState::Open);
                assert_eq!(it.home.unwrap().policy, Some(id(50)));
            }
            Err(refusal) => {
                assert_ne!(*state, AssignmentState::Open);
                assert_eq!(refusal.code, &codes::ASSIGNMENT_NOT_OPEN);
            }
        }
    }
    let mut over = assignment(AssignmentState::Open);
    over.deadline = Some(moment(1));
    assert_eq!(
        submit(&over, &civil_servant(), &policy(|_| {})).unwrap_err().code,
        &codes::ASSIGNMENT_NOT_OPEN,
        "past the deadline, before the clock has run"
    );
}

#[test]
fn nobody_responds_to_a_klus_of_their_own_or_twice() {
    let open = assignment(AssignmentState::Open);
    let reach = civil_servant();
    for owner in [OWNER, OWNER + 1] {
        let draft =
            ResponseDraft { person: fixtures::person(owner), content: content(), channel: ResponseChannel::Own };
        let refusal = Response::begin(id(200), draft, answering(&open, &reach), &[Part::Employee], moment(1));
        assert_eq!(refusal.unwrap_err().code, &codes::OWN_ASSIGNMENT);
    }
    let draft = ResponseDraft { person: id(EMPLOYEE), content: content(), channel: ResponseChannel::Own };
    let twice = Answering { has_live_response: true, ..answering(&open, &reach) };
    let refusal = Response::begin(id(200), draft, twice, &[Part::Employee], moment(1)).unwrap_err();
    assert_eq!(refusal.code, &codes::RESPONSE_EXISTS);
}

#[test]
fn an_excluded_function_hears_the_reason_and_where_to_go() {
    let policy = policy(|terms| {
        let reason = "The counter must be staffed.".to_owned();
        terms.excluded_functions = vec![ExcludedFunction { function: "ADVISEUR GROEN".to_owned(), reason }];
    });
    let refusal = submit(&assignment(AssignmentState::Open), &civil_servant(), &policy).unwrap_err();
    assert_eq!(refusal.code, &codes::FUNCTION_EXCLUDED);
    assert!(refusal.detail.contains("The counter must be staffed."));
    assert!(refusal.detail.contains("mobility adviser"));
}

#[test]
fn a_private_host_needs_a_policy_that_allows_it() {
    let private = host(OrganisationKind::Private);
    for allowed in [false, true] {
        let policy = policy(|terms| terms.private_hosts_allowed = allowed);
        assert_eq!(check_mobility(&policy.terms, &employment(), Some(&private)).is_ok(), allowed);
    }
}

#[test]
fn a_submitted_response_says_why_and_comes_from_an_employment_of_today() {
    let open = assignment(AssignmentState::Open);
    let mut it = response(ResponseState::Draft);
    it.content.motivation = String::new();
    let mut ended = employment();
    ended.terms.end = Some(fixtures::day("2026-01-31"));
    let home = HomeSituation { employment: &ended, policy: None, host: &host(OrganisationKind::Municipality) };
    let reach = civil_servant();
    let refusal = it.submit(answering(&open, &reach), home, &[Part::Employee], moment(1)).unwrap_err();
    let names: Vec<_> = refusal.faults.iter().map(|fault| fault.name.as_str()).collect();
    assert_eq!(names, ["motivation", "employmentId"]);
}

#[test]
fn reopening_takes_both_sides() {
    let (open, reach) = (assignment(AssignmentState::Open), civil_servant());
    let it = response(ResponseState::NotSelected);
    let refusal = it.clone().accept_reopening(answering(&open, &reach), &[Part::Employee], moment(1)).unwrap_err();
    assert_eq!(refusal.code, &codes::REOPENING_NOT_OFFERED);
    let closed = assignment(AssignmentState::Closed);
    assert!(it.clone().offer_reopening(&closed, &[Part::Client], moment(1)).is_err());
    let offered = it.offer_reopening(&open, &[Part::Client], moment(1)).unwrap();
    assert_eq!(offered.state, ResponseState::NotSelected);
    assert!(offered.outcome.is_some());
    let again = offered.accept_reopening(answering(&open, &reach), &[Part::Employee], moment(2)).unwrap();
    assert_eq!((again.state, again.outcome, again.submitted_at), (ResponseState::Submitted, None, Some(moment(2))));
}

#[test]
fn a_confirmation_needs_all_ten_lights() {
    let open = assignment(AssignmentState::Open);
    for red in 0..10 {
        for colour in [Colour::Amber, Colour::Red] {
            let mut lights = lights(Colour::Green);
            lights[red].colour = colour;
            let it = response(ResponseState::Accepted);
            let refusal =
                it.confirm(&open, PlacementTally::default(), &lights, &[Part::Client], moment(1)).unwrap_err();
            assert_eq!(refusal.code, &codes::NOT_ALL_GREEN);
            assert!(refusal.detail.contains(LightName::ALL[red].as_str()));
        }
    }
}

#[test]
fn no_more_placements_are_confirmed_than_there_are_positions() {
    for positions in 1..4 {
        for taken in 0..6 {
            let mut open = assignment(AssignmentState::Open);
            open.details.positions = positions;
            let tally = PlacementTally { confirmed: taken / 2, running: taken - taken / 2, ended: 0 };
            let it = response(ResponseState::Accepted);
            let result = it.confirm(&open, tally, &lights(Colour::Green), &[Part::Client], moment(1));
            assert_eq!(result.is_ok(), taken < positions, "{taken} of {positions}");
        }
    }
}

#[test]
fn one_that_is_confirmed_waits_until_its_placement_has_started() {
    let confirmed = response(ResponseState::Confirmed);
    assert!(confirmed.waits_to_start());
    assert!(!confirmed.at_stage(PlacementStage::Running, moment(1)).waits_to_start());
    assert!(!response(ResponseState::Accepted).waits_to_start());
}
