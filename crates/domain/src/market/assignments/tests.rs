use super::*;
use crate::market::codes;
use crate::market::fixtures::{assignment, day, draft, id, moment, request, response, ring, rules};
use crate::market::publication_rings::{PublicationRules, Ring};
use crate::market::responses::{Response, ResponseState};
use crate::tables::walk;
use crate::{Moment, TextEnum, add_working_days};

const NOW: i64 = 2;

fn reviewed() -> PublicationRules {
    PublicationRules { review_required: true, ..rules() }
}

fn decide(state: AssignmentState, action: AssignmentAction, parts: &[Part]) -> Result<Assignment, Refusal> {
    let it = assignment(state);
    let now = moment(NOW);
    let plan = request(vec![ring(Ring::AllGovernment)]);
    let tally = |confirmed, ended| PlacementTally { confirmed, running: 0, ended };
    match action {
        AssignmentAction::Revise => it.clone().revise(it.details, tally(0, 0), parts, now),
        AssignmentAction::SubmitForReview => it.submit_for_review(&plan, &reviewed(), parts, now),
        AssignmentAction::Approve => it.approve(parts, now),
        AssignmentAction::Return => it.send_back("Say what the result is".to_owned(), parts, now),
        AssignmentAction::Publish => it.publish(&plan, &rules(), parts, now),
        AssignmentAction::Replan => it.replan(&plan, &rules(), parts, now),
        AssignmentAction::HandOver => it.hand_over(id(77), Vec::new(), &[], parts, now),
        AssignmentAction::Close => it.close(parts, now),
        AssignmentAction::Reopen => it.reopen(moment(24 * 40), tally(0, 0), parts, now),
        AssignmentAction::Fill => it.fill(tally(1, 0), parts, now),
        AssignmentAction::Unfill => it.unfill(tally(0, 0), parts, now),
        AssignmentAction::Complete => it.complete(tally(0, 1), Vec::new(), parts, now).map(|ended| ended.assignment),
        AssignmentAction::Cancel => {
            let why = (CancellationReason::Postponed, None);
            it.cancel(why, tally(0, 0), Vec::new(), parts, now).map(|ended| ended.assignment)
        }
        AssignmentAction::Expire => {
            let why = (ExpiryReason::NoCandidatesFound, None);
            it.expire(why, tally(0, 0), Vec::new(), parts, now).map(|ended| ended.assignment)
        }
    }
}

#[test]
fn every_pair_of_state_and_action_answers_as_the_table_says() {
    walk(&LIFECYCLE, |state, action, parts| decide(state, action, parts).map(|it| it.state));
}

#[test]
fn only_a_client_drafts() {
    let like = draft();
    let draft = AssignmentDraft {
        organisation: like.organisation,
        unit: None,
        owner: like.owner,
        co_owners: vec![like.owner],
        details: like.details,
    };
    for part in Part::ALL.iter().filter(|part| **part != Part::Client) {
        assert!(Assignment::draft(id(1), draft.clone(), &[*part], moment(0)).is_err());
    }
    let refusal = Assignment::draft(id(1), draft, &[Part::Client], moment(0)).unwrap_err();
    assert_eq!(refusal.faults[0].name, "coOwnerIds.0");
}

#[test]
fn publishing_names_everything_that_is_missing_at_once() {
    let mut it = draft();
    it.details.intended_result = Some("  ".to_owned());
    it.details.planning = None;
    it.details.effort = None;
    it.details.start_date = None;
    it.details.end_date = None;
    it.details.positions = 0;
    let mut plan = request(Vec::new());
    plan.deadline = moment(0);
    let refusal = it.publish(&plan, &rules(), &[Part::Client], moment(0)).unwrap_err();
    let names: Vec<_> = refusal.faults.iter().map(|fault| fault.name.as_str()).collect();
    let expected = ["intendedResult", "planning", "startDate", "endDate", "positions", "minutesPerWeek", "rings"];
    assert_eq!(names, expected);
}

#[test]
fn a_klus_of_one_hour_can_be_published() {
    let mut it = draft();
    it.details.kind = AssignmentKind::KnowledgeSession;
    it.details.effort = Some(crate::market::effort::Effort::TotalMinutes(60));
    it.details.start_date = Some(day("2026-03-02"));
    it.details.end_date = Some(day("2026-03-02"));
    assert!(it.publish(&request(vec![ring(Ring::Public)]), &rules(), &[Part::Client], moment(0)).is_ok());
}

#[test]
fn a_review_is_neither_skipped_nor_asked_in_vain() {
    let plan = request(vec![ring(Ring::Organisation)]);
    let refusal = draft().publish(&plan, &reviewed(), &[Part::Client], moment(0)).unwrap_err();
    assert_eq!(refusal.code, &codes::REVIEW_REQUIRED);
    let refusal = draft().submit_for_review(&plan, &rules(), &[Part::Client], moment(0)).unwrap_err();
    assert_eq!(refusal.code, &codes::REVIEW_NOT_ASKED);
}

#[test]
fn a_network_that_reviews_is_not_added_behind_its_back() {
    use crate::market::publication_rings::{NetworkRules, RingRequest};
    for review_required in [false, true] {
        let network = NetworkRules { network: id(60), internal_first_working_days: 10, review_required };
        let rules = PublicationRules { networks: vec![network], ..rules() };
        let first = request(vec![ring(Ring::Organisation)]);
        let it = draft().publish(&first, &rules, &[Part::Client], moment(0)).unwrap();
        let wider = RingRequest { networks: vec![id(60)], ..ring(Ring::Network) };
        let asked = request(vec![ring(Ring::Organisation), wider]);
        match it.replan(&asked, &rules, &[Part::Client], moment(1)) {
            Ok(_) => assert!(!review_required),
            Err(refusal) => assert_eq!((review_required, refusal.code), (true, &codes::REVIEW_REQUIRED)),
        }
    }
}

#[test]
fn a_slow_review_never_shortens_the_time_to_respond() {
    let mut plan = request(vec![ring(Ring::AllGovernment)]);
    plan.deadline = add_working_days(moment(0), 5);
    let it = draft().submit_for_review(&plan, &reviewed(), &[Part::Client], moment(0)).unwrap();
    assert!(!it.is_inside(&crate::market::fixtures::civil_servant(), moment(1)));
    let later = add_working_days(moment(0), 30);
    let it = it.approve(&[Part::OrganisationAdministrator], later).unwrap();
    assert_eq!(it.published_at, Some(later));
    assert_eq!(it.deadline, Some(add_working_days(later, 5)));
    assert!(it.is_inside(&crate::market::fixtures::civil_servant(), later));
}

#[test]
fn past_its_deadline_an_open_klus_is_closed_before_the_clock_has_run() {
    let it = assignment(AssignmentState::Open);
    let deadline = it.deadline.unwrap();
    let just_before = deadline - chrono::TimeDelta::microseconds(1);
    assert_eq!(it.clone().as_of(just_before).state, AssignmentState::Open);
    let closed = it.clone().as_of(deadline);
    assert_eq!((closed.state, closed.closed_at), (AssignmentState::Closed, Some(deadline)));
    assert!(!it.is_open(deadline));
    assert_eq!(it.state_at(deadline), AssignmentState::Closed);
    // A decision takes the value as it stands: it can expire at once, and cannot be closed again.
    let none = PlacementTally::default();
    let why = (ExpiryReason::NoResponses, None);
    assert!(it.clone().expire(why, none, Vec::new(), &[Part::Client], deadline).is_ok());
    assert!(it.close(&[Part::Client], deadline).is_err());
}

#[test]
fn a_closed_klus_with_a_placement_does_not_expire() {
    for tally in [
        PlacementTally { confirmed: 1, ..PlacementTally::default() },
        PlacementTally { running: 1, ..PlacementTally::default() },
        PlacementTally { ended: 1, ..PlacementTally::default() },
    ] {
        let it = assignment(AssignmentState::Closed);
        let why = (ExpiryReason::NoCandidatesFound, None);
        let refusal = it.expire(why, tally, Vec::new(), &[Part::Client], moment(NOW)).unwrap_err();
        assert_eq!(refusal.code, &codes::PLACEMENTS_STAND);
    }
}

#[test]
fn a_klus_with_a_running_placement_is_not_cancelled() {
    let running = PlacementTally { running: 1, ..PlacementTally::default() };
    let why = (CancellationReason::NoLongerNeeded, None);
    let it = assignment(AssignmentState::Filled);
    assert_eq!(
        it.cancel(why, running, Vec::new(), &[Part::Client], moment(NOW)).unwrap_err().code,
        &codes::PLACEMENTS_STAND
    );
}

#[test]
fn another_reason_is_explained() {
    let it = assignment(AssignmentState::Open);
    let why = (CancellationReason::Other, Some(" ".to_owned()));
    let refusal = it.cancel(why, PlacementTally::default(), Vec::new(), &[Part::Client], moment(NOW)).unwrap_err();
    assert_eq!(refusal.faults[0].name, "note");
}

#[test]
fn an_end_gives_every_responder_an_outcome() {
    let all: Vec<_> = ResponseState::ALL.iter().map(|state| response(*state)).collect();
    let ends = [
        assignment(AssignmentState::Open).cancel(
            (CancellationReason::Postponed, None),
            PlacementTally::default(),
            all.clone(),
            &[Part::Client],
            moment(NOW),
        ),
        assignment(AssignmentState::Closed).expire(
            (ExpiryReason::NoCandidatesFound, None),
            PlacementTally::default(),
            all.clone(),
            &[Part::Clock],
            moment(NOW),
        ),
        assignment(AssignmentState::Filled).complete(
            PlacementTally { ended: 1, ..PlacementTally::default() },
            all.clone(),
            &[Part::Service],
            moment(NOW),
        ),
    ];
    for ended in ends.map(Result::unwrap) {
        assert!(ended.assignment.state.is_end());
        assert_eq!(ended.lapsed.len(), all.len());
        assert!(ended.lapsed.iter().all(Response::has_outcome));
        for (before, after) in all.iter().zip(&ended.lapsed) {
            assert_eq!(after.state == before.state, before.has_outcome());
        }
    }
    let stranger = Response { assignment: id(101), ..response(ResponseState::InReview) };
    let why = (CancellationReason::Postponed, None);
    let refusal = assignment(AssignmentState::Open)
        .cancel(why, PlacementTally::default(), vec![stranger], &[Part::Client], moment(NOW))
        .unwrap_err();
    assert_eq!(refusal.code, &codes::RESPONDERS_WITHOUT_OUTCOME);
}

#[test]
fn it_is_filled_exactly_when_every_position_is_taken() {
    for positions in 1..5 {
        for taken in 0..6 {
            let mut it = assignment(AssignmentState::Closed);
            it.details.positions = positions;
            let tally = PlacementTally { confirmed: taken, ..PlacementTally::default() };
            assert_eq!(it.fill(tally, &[Part::Service], moment(NOW)).is_ok(), taken == positions);
            let mut it = assignment(AssignmentState::Filled);
            it.details.positions = positions;
            assert_eq!(it.unfill(tally, &[Part::Service], moment(NOW)).is_ok(), taken < positions);
        }
    }
}

#[test]
fn reopening_gives_a_new_deadline_and_the_same_rings() {
    let it = assignment(AssignmentState::Closed);
    let none = PlacementTally::default();
    let open = |deadline: Moment| it.clone().reopen(deadline, none, &[Part::Client], moment(24 * 60));
    assert!(open(moment(24 * 60)).is_err());
    let reopened = open(moment(24 * 61)).unwrap();
    assert_eq!((reopened.state, reopened.closed_at), (AssignmentState::Open, None));
    assert!(reopened.is_open(moment(24 * 60)));
    let full = PlacementTally { confirmed: 1, ..none };
    let refusal = it.reopen(moment(24 * 61), full, &[Part::Client], moment(24 * 60)).unwrap_err();
    assert_eq!(refusal.code, &codes::POSITIONS_TAKEN);
}

#[test]
fn what_people_answered_to_stays() {
    let it = assignment(AssignmentState::Open);
    let mut details = it.details.clone();
    details.kind = AssignmentKind::Shadowing;
    details.charge_basis = crate::parties::mobility_policies::ChargeBasis::None;
    details.planning = None;
    let refusal = it.clone().revise(details, PlacementTally::default(), &[Part::Client], moment(NOW)).unwrap_err();
    let names: Vec<_> = refusal.faults.iter().map(|fault| fault.name.as_str()).collect();
    assert_eq!(names, ["planning", "kind", "chargeBasis"]);
    let taken = PlacementTally { running: 2, ..PlacementTally::default() };
    let refusal = it.clone().revise(it.details, taken, &[Part::Client], moment(NOW)).unwrap_err();
    assert_eq!(refusal.code, &codes::POSITIONS_TAKEN);
}

#[test]
fn somebody_who_responded_does_not_become_an_owner() {
    for (owner, co_owners) in [(id(20), Vec::new()), (id(77), vec![id(20)])] {
        let it = assignment(AssignmentState::Open);
        let refusal = it.hand_over(owner, co_owners, &[id(20)], &[Part::Client], moment(NOW)).unwrap_err();
        assert_eq!(refusal.code, &codes::OWNER_HAS_RESPONDED);
    }
}

#[test]
fn an_avoided_hire_is_counted_in_cents() {
    let estimate = ExternalHireEstimate { minutes: 90, hourly_rate_cents: 10_001 };
    assert_eq!(estimate.cents(), 15_002);
}
