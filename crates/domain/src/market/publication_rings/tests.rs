use chrono::TimeDelta;

use super::*;
use crate::market::fixtures::{id, moment, request, ring, rules};
use crate::{Faults, TextEnum, add_working_days, working_days_between};

const ORIGIN: u128 = 1;

fn origin() -> Origin {
    Origin { organisation: id(ORIGIN), unit: Some(id(5)) }
}

fn rules_of(organisation: u32, networks: &[(u128, u32)]) -> PublicationRules {
    PublicationRules {
        internal_first_working_days: organisation,
        networks: networks
            .iter()
            .map(|(network, days)| NetworkRules {
                network: id(*network),
                internal_first_working_days: *days,
                review_required: false,
            })
            .collect(),
        ..rules()
    }
}

fn delayed(wanted: Ring, opens_at: Moment) -> RingRequest {
    let networks = if wanted == Ring::Network { vec![id(60)] } else { Vec::new() };
    RingRequest {
        opens_at: Some(opens_at),
        networks,
        reason: Some("People who must be placed elsewhere go first".to_owned()),
        ..ring(wanted)
    }
}

fn lay(request: &PublicationRequest, rules: &PublicationRules, now: Moment) -> Result<PublicationPlan, Vec<String>> {
    let mut faults = Faults::default();
    let plan = PublicationPlan::lay(request, origin(), rules, now, &mut faults);
    names(faults).map(|()| plan)
}

fn names(faults: Faults) -> Result<(), Vec<String>> {
    faults.finish().map_err(|refusal| refusal.faults.into_iter().map(|fault| fault.name).collect())
}

#[test]
fn the_widest_ring_opens_within_the_strictest_ceiling_on_every_day_of_the_year() {
    for start in (0..24 * 370).step_by(37) {
        let now = moment(start);
        for (organisation, network) in [(0, 10), (10, 0), (10, 3), (4, 7), (10, 10), (99, 99)] {
            let rules = rules_of(organisation, &[(60, network)]);
            let ceiling = organisation.min(network).min(10);
            assert_eq!(rules.ceiling(&[id(60)]), ceiling);
            for days in [0, 1, 3, 4, 7, 10, 11] {
                let opens_at = add_working_days(now, days);
                let rings = vec![ring(Ring::Organisation), delayed(Ring::Network, opens_at)];
                let mut asked = request(rings);
                asked.deadline = add_working_days(opens_at, WORKING_DAYS_TO_ANSWER);
                match lay(&asked, &rules, now) {
                    Ok(plan) => {
                        assert!(days <= ceiling, "{now} {days}");
                        let widest = plan.widest().unwrap();
                        assert!(working_days_between(now, widest.opens_at) <= ceiling);
                        assert!(working_days_between(widest.opens_at, asked.deadline) >= WORKING_DAYS_TO_ANSWER);
                    }
                    Err(names) => {
                        assert!(days > ceiling, "{now} {days} {names:?}");
                        assert_eq!(names, ["rings.1.opensAt"]);
                    }
                }
            }
        }
    }
}

#[test]
fn a_network_that_is_not_named_sets_no_ceiling() {
    let rules = rules_of(10, &[(60, 2), (61, 5)]);
    assert_eq!(rules.ceiling(&[]), 10);
    assert_eq!(rules.ceiling(&[id(61)]), 5);
    assert_eq!(rules.ceiling(&[id(60), id(61)]), 2);
}

#[test]
fn the_deadline_leaves_five_working_days_after_the_widest_opening() {
    for start in (0..24 * 370).step_by(29) {
        let now = moment(start);
        let mut asked = request(vec![ring(Ring::Public)]);
        asked.deadline = add_working_days(now, WORKING_DAYS_TO_ANSWER);
        assert!(lay(&asked, &rules(), now).is_ok());
        asked.deadline -= TimeDelta::microseconds(1);
        assert_eq!(lay(&asked, &rules(), now), Err(vec!["deadline".to_owned()]));
    }
}

#[test]
fn a_delay_needs_a_reason_and_the_past_is_now() {
    let mut late = delayed(Ring::Public, add_working_days(moment(0), 1));
    late.reason = Some(" ".to_owned());
    assert_eq!(lay(&request(vec![late]), &rules(), moment(0)), Err(vec!["rings.0.reason".to_owned()]));
    let mut early = ring(Ring::Public);
    early.opens_at = Some(moment(-50));
    let plan = lay(&request(vec![early]), &rules(), moment(0)).unwrap();
    assert_eq!(plan.rings[0].opens_at, moment(0));
}

#[test]
fn rings_go_from_narrow_to_wide_for_every_pair() {
    for one in Ring::ALL {
        for other in Ring::ALL {
            let at = |wanted: Ring| RingRequest { reason: None, ..delayed(wanted, moment(0)) };
            let result = lay(&request(vec![at(*one), at(*other)]), &rules_of(10, &[(60, 10)]), moment(0));
            assert_eq!(result.is_ok(), one < other, "{one} {other}");
        }
    }
}

#[test]
fn a_ring_names_what_it_needs_and_nothing_else() {
    let known = rules_of(10, &[(60, 10)]);
    let with = |wanted: Ring, networks: Vec<NetworkId>| RingRequest { networks, ..ring(wanted) };
    let of = |ring: RingRequest| lay(&request(vec![ring]), &known, moment(0)).map(|_| ());
    assert_eq!(of(with(Ring::Network, Vec::new())), Err(vec!["rings.0.networkIds".to_owned()]));
    assert_eq!(of(with(Ring::Network, vec![id(61)])), Err(vec!["rings.0.networkIds".to_owned()]));
    assert_eq!(of(with(Ring::Public, vec![id(60)])), Err(vec!["rings.0.networkIds".to_owned()]));
    assert_eq!(of(with(Ring::Network, vec![id(60)])), Ok(()));
    let mut faults = Faults::default();
    let nowhere = Origin { unit: None, ..origin() };
    PublicationPlan::lay(&request(vec![ring(Ring::Unit)]), nowhere, &known, moment(0), &mut faults);
    assert_eq!(names(faults), Err(vec!["rings.0.ring".to_owned()]));
}

#[test]
fn a_ring_never_closes_on_people_who_have_no_other() {
    let opens_at = add_working_days(moment(0), 3);
    let mut narrow = ring(Ring::Organisation);
    narrow.closes_at = Some(opens_at - TimeDelta::hours(1));
    let asked = request(vec![narrow.clone(), delayed(Ring::Public, opens_at)]);
    assert_eq!(lay(&asked, &rules(), moment(0)), Err(vec!["rings.0.closesAt".to_owned()]));
    narrow.closes_at = Some(opens_at);
    assert!(lay(&request(vec![narrow.clone(), delayed(Ring::Public, opens_at)]), &rules(), moment(0)).is_ok());
    assert_eq!(lay(&request(vec![narrow]), &rules(), moment(0)), Err(vec!["rings.0.closesAt".to_owned()]));
}

fn viewers() -> Vec<(Ring, Reach)> {
    let stranger = Reach::default();
    vec![
        (Ring::Unit, Reach { units: vec![id(5)], organisations: vec![id(ORIGIN)], ..stranger.clone() }),
        (Ring::Organisation, Reach { organisations: vec![id(2), id(ORIGIN)], ..stranger.clone() }),
        (Ring::Network, Reach { networks: vec![id(60)], organisations: vec![id(3)], ..stranger.clone() }),
        (Ring::Federation, Reach { networks: vec![id(61)], civil_servant: true, ..stranger.clone() }),
        (Ring::Federation, Reach { federated: true, ..stranger.clone() }),
        (Ring::AllGovernment, Reach { civil_servant: true, ..stranger.clone() }),
        (Ring::Public, stranger),
    ]
}

#[test]
fn a_viewer_is_inside_from_the_ring_that_is_theirs_and_every_wider_one() {
    for open in Ring::ALL {
        let asked = request(vec![RingRequest { reason: None, ..delayed(*open, moment(0)) }]);
        let plan = lay(&asked, &rules_of(10, &[(60, 10)]), moment(0)).unwrap();
        for (theirs, viewer) in viewers() {
            assert_eq!(plan.is_inside(origin(), &viewer, moment(0)), theirs <= *open, "{open} {viewer:?}");
            assert!(!plan.is_inside(origin(), &viewer, moment(-1)), "not before it opens");
        }
    }
}

#[test]
fn time_only_makes_a_plan_wider() {
    let step = |days| add_working_days(moment(0), days);
    let mut narrow = ring(Ring::Unit);
    narrow.closes_at = Some(step(4));
    let asked = request(vec![
        narrow,
        delayed(Ring::Organisation, step(1)),
        delayed(Ring::Network, step(2)),
        delayed(Ring::AllGovernment, step(5)),
        delayed(Ring::Public, step(6)),
    ]);
    let plan = lay(&asked, &rules_of(10, &[(60, 10)]), moment(0)).unwrap();
    let hours = || (-5..24 * 29).map(moment);
    for (_, viewer) in viewers() {
        let inside: Vec<bool> = hours().map(|now| plan.is_inside(origin(), &viewer, now)).collect();
        assert!(inside.windows(2).all(|pair| pair[0] <= pair[1]), "{viewer:?}");
    }
    let rings: Vec<_> = hours().map(|now| plan.open_ring(now)).collect();
    assert!(rings.windows(2).all(|pair| pair[0] <= pair[1]));
    assert_eq!(plan.next_opening(moment(0)), Some(step(1)));
    assert_eq!(plan.opened_between(step(1), step(5)).count(), 2);
    assert_eq!(plan.channels(), [PublicationChannel::Internal, PublicationChannel::External]);
}

fn replan(plan: &PublicationPlan, asked: &PublicationRequest, now: Moment) -> Result<PublicationPlan, Vec<String>> {
    let mut faults = Faults::default();
    let running = Running { published_at: moment(0), deadline: moment(24 * 30), now };
    let next = plan.replan(asked, origin(), &rules_of(10, &[(60, 10), (61, 0)]), running, &mut faults);
    names(faults).map(|()| next)
}

#[test]
fn nobody_lengthens_a_running_window() {
    let step = |days| add_working_days(moment(0), days);
    let first = request(vec![ring(Ring::Organisation), delayed(Ring::Network, step(5))]);
    let plan = lay(&first, &rules_of(10, &[(60, 10)]), moment(0)).unwrap();
    for now in [0, 1, 2, 3, 4] {
        for days in 0..9 {
            let asked = request(vec![ring(Ring::Organisation), delayed(Ring::Network, step(days))]);
            match replan(&plan, &asked, step(now)) {
                Ok(next) => {
                    assert!(days <= 5);
                    assert_eq!(next.rings[0].opens_at, moment(0), "what is open stays open");
                    assert_eq!(next.rings[1].opens_at, step(days.max(now)));
                }
                Err(names) => {
                    assert!(days > 5);
                    assert_eq!(names, ["rings.1.opensAt"]);
                }
            }
        }
    }
    let narrower = request(vec![ring(Ring::Organisation)]);
    assert_eq!(replan(&plan, &narrower, step(1)), Err(vec!["rings".to_owned()]));
    let mut shorter = first;
    shorter.deadline -= TimeDelta::hours(1);
    assert_eq!(replan(&plan, &shorter, step(1)), Err(vec!["deadline".to_owned()]));
}

#[test]
fn a_plan_can_always_be_opened_wider_at_once() {
    let plan = lay(&request(vec![ring(Ring::Organisation)]), &rules(), moment(0)).unwrap();
    let late = add_working_days(moment(0), 13);
    let public = request(vec![ring(Ring::Organisation), ring(Ring::Public)]);
    assert_eq!(replan(&plan, &public, late).unwrap().open_ring(late), Some(Ring::Public));
    let later = add_working_days(late, 1);
    let waiting = request(vec![ring(Ring::Organisation), delayed(Ring::Public, later)]);
    assert_eq!(replan(&plan, &waiting, late), Err(vec!["rings.1.opensAt".to_owned()]));
}

#[test]
fn a_plan_that_takes_effect_later_opens_what_should_have_opened() {
    let step = |days| add_working_days(moment(0), days);
    let asked = request(vec![ring(Ring::Organisation), delayed(Ring::Public, step(5))]);
    let plan = lay(&asked, &rules(), moment(0)).unwrap();
    let soon = plan.clone().taking_effect(step(2));
    assert_eq!((soon.rings[0].opens_at, soon.rings[1].opens_at), (step(2), step(5)));
    let late = plan.taking_effect(step(9));
    assert_eq!((late.rings[0].opens_at, late.rings[1].opens_at), (step(9), step(9)));
}

#[test]
fn a_network_that_alone_asks_for_a_review_decides_it_alone() {
    let asks = |organisation: bool, network: bool| {
        let network = NetworkRules { network: id(60), internal_first_working_days: 10, review_required: network };
        let rules = PublicationRules { review_required: organisation, networks: vec![network], ..rules() };
        let Reviewers { organisation, networks } = rules.reviewers(&[id(60), id(61)]);
        (organisation, !networks.is_empty())
    };
    assert_eq!(asks(false, true), (false, true));
    assert_eq!(asks(true, true), (true, true));
    assert_eq!(asks(true, false), (true, false));
    assert_eq!(asks(false, false), (true, false));
}
