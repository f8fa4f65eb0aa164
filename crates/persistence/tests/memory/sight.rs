//! Who sees which klus: the statement that lists them, held against the pure rule, over many plans, viewers and moments.

use std::collections::BTreeSet;

use crate::scratch::{Scratch, moment};
use chrono::TimeDelta;
use domain::market::assignments::{
    Assignment, AssignmentDetails, AssignmentKind, AssignmentState, CancellationReason, Ending, EndingReason,
    ExpiryReason, RemoteMode, Sight,
};
use domain::market::effort::Effort;
use domain::market::publication_rings::{PlannedRing, PublicationPlan, Reach, Ring};
use domain::parties::mobility_policies::ChargeBasis;
use domain::parties::networks::ScaleLevel;
use domain::{Moment, NetworkId, OrganisationId, PersonId, TextEnum, UnitId};
use persistence::PageRequest;
use persistence::market::assignments::{self, AssignmentFilter};

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn is(&mut self, percent: u64) -> bool {
        self.roll(100) < percent
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        *of.get(usize::try_from(self.roll(of.len() as u64)).unwrap()).unwrap()
    }

    fn some<T: Copy>(&mut self, of: &[T], percent: u64) -> Vec<T> {
        of.iter().copied().filter(|_| self.is(percent)).collect()
    }
}

/// What plans and viewers are made of.
struct World {
    organisations: Vec<OrganisationId>,
    units: Vec<UnitId>,
    networks: Vec<NetworkId>,
    people: Vec<PersonId>,
}

impl World {
    fn new(scratch: &Scratch) -> Self {
        let organisations: Vec<_> = (0..3).map(|_| scratch.organisation(None)).collect();
        let units = (0..2).map(|_| scratch.unit(organisations[0])).collect();
        let networks = (0..3).map(|_| scratch.network()).collect();
        let people = (0..4).map(|_| scratch.person()).collect();
        Self { organisations, units, networks, people }
    }

    fn ring(&self, dice: &mut Dice, ring: Ring) -> PlannedRing {
        let opens_at = moment(i64::try_from(dice.roll(8)).unwrap());
        let lasts = TimeDelta::hours(1 + i64::try_from(dice.roll(6)).unwrap());
        let networks = if ring == Ring::Network { dice.some(&self.networks, 50) } else { Vec::new() };
        let closes_at = dice.is(40).then(|| opens_at + lasts);
        PlannedRing { ring, opens_at, closes_at, networks, reason: None, set_by: self.people[0] }
    }

    fn assignment(&self, scratch: &Scratch, dice: &mut Dice) -> Assignment {
        let state = dice.one(AssignmentState::ALL);
        let organisation = dice.one(&self.organisations);
        let is_drafted = state == AssignmentState::Draft;
        let rings = dice.some(Ring::ALL, 35).into_iter().map(|ring| self.ring(dice, ring)).collect();
        let reason = match state {
            AssignmentState::Cancelled => Some(EndingReason::Cancelled(CancellationReason::Postponed)),
            AssignmentState::Expired => Some(EndingReason::Expired(ExpiryReason::NoResponses)),
            _ => None,
        };
        let was_published = match state {
            AssignmentState::Draft | AssignmentState::InReview => false,
            AssignmentState::Cancelled => dice.is(50),
            _ => true,
        };
        let owner = dice.one(&self.people);
        let others: Vec<_> = self.people.iter().copied().filter(|person| *person != owner).collect();
        Assignment {
            id: scratch.id(),
            revision: 1,
            organisation,
            unit: dice.is(60).then(|| dice.one(&self.units)),
            owner,
            co_owners: dice.some(&others, 20),
            details: details(),
            state,
            deadline: (!is_drafted).then(|| moment(2 + i64::try_from(dice.roll(8)).unwrap())),
            plan: (!is_drafted).then_some(PublicationPlan { rings }),
            published_at: was_published.then(|| moment(i64::try_from(dice.roll(3)).unwrap())),
            closed_at: None,
            review_remarks: None,
            ending: reason.map(|reason| Ending { reason, note: None, at: moment(1) }),
            created_at: moment(0),
            modified_at: moment(0),
        }
    }

    fn viewer(&self, dice: &mut Dice) -> Sight {
        if dice.is(10) {
            return Sight::default();
        }
        Sight {
            person: Some(dice.one(&self.people)),
            reach: Reach {
                organisations: dice.some(&self.organisations, 30),
                units: dice.some(&self.units, 30),
                networks: dice.some(&self.networks, 25),
                federated: dice.is(10),
                civil_servant: dice.is(40),
            },
            administers: dice.some(&self.organisations, 15),
            coordinates: dice.some(&self.networks, 15),
            moderates: dice.is(5),
        }
    }
}

fn details() -> AssignmentDetails {
    AssignmentDetails {
        kind: AssignmentKind::Task,
        title: "Meewerken in de groenploeg".to_owned(),
        description: String::new(),
        intended_result: None,
        deliverables: Vec::new(),
        planning: None,
        effort: Some(Effort::MinutesPerWeek(480)),
        start_date: None,
        end_date: None,
        positions: 1,
        scale_level: ScaleLevel::Local,
        region: None,
        location: None,
        remote: RemoteMode::OnSite,
        required_skills: Vec::new(),
        preferred_skills: Vec::new(),
        education_levels: Vec::new(),
        interests: Vec::new(),
        charge_basis: ChargeBasis::None,
        external_hire: None,
        programme_label: None,
    }
}

/// What the pure rules say a list holds.
fn expected(assignment: &Assignment, sight: &Sight, asked: Option<AssignmentState>, mine: bool, now: Moment) -> bool {
    let state = assignment.state_at(now);
    let is_of_open_ones = asked == Some(AssignmentState::Open) || (asked.is_none() && !mine);
    let fits = if is_of_open_ones { state == AssignmentState::Open } else { asked.is_none_or(|asked| asked == state) };
    let seen = if is_of_open_ones { sight.sees(assignment, now) } else { sight.looks_after(assignment) };
    fits && seen && (!mine || sight.person.is_some_and(|person| assignment.is_owned_by(person)))
}

#[test]
fn a_list_holds_exactly_what_the_rules_let_its_viewer_see() {
    for scratch in Scratch::of_each_kind() {
        let mut dice = Dice(20_261_121);
        let world = World::new(&scratch);
        let all: Vec<Assignment> = (0..120).map(|_| world.assignment(&scratch, &mut dice)).collect();
        scratch.write(moment(0), |work| {
            for assignment in &all {
                assignments::insert(work, assignment.clone())?;
            }
            Ok(())
        });
        let (mut seen, mut unseen) = (0, 0);
        for _ in 0..150 {
            let sight = world.viewer(&mut dice);
            let now = moment(i64::try_from(dice.roll(11)).unwrap());
            let asked = if dice.is(50) { None } else { Some(dice.one(AssignmentState::ALL)) };
            let mine = sight.person.is_some() && dice.is(20);
            let filter = AssignmentFilter {
                state: asked,
                owned_by: sight.person.filter(|_| mine),
                ..AssignmentFilter::default()
            };
            let listed = scratch.read(now, |view| {
                let page = assignments::list(view, &filter, &sight, &PageRequest::first(200))?;
                assert_eq!(
                    assignments::count(view, &filter, &assignments::Sought::default(), &sight, 1000)?.count as usize,
                    page.items.len()
                );
                Ok(page.items.iter().map(|one| one.id).collect::<BTreeSet<_>>())
            });
            for assignment in &all {
                let is_expected = expected(assignment, &sight, asked, mine, now);
                let is_listed = listed.contains(&assignment.id);
                assert_eq!(is_listed, is_expected, "{now} {asked:?} mine: {mine}\n{sight:#?}\n{assignment:#?}");
                if is_expected { seen += 1 } else { unseen += 1 }
            }
        }
        assert!(seen > 500 && unseen > 500, "{seen} seen, {unseen} not: the dice are loaded");
    }
}
