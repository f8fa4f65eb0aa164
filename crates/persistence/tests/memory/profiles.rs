//! Who sees which profile, on each database: the query laid beside the rule, over many profiles and viewers.

use std::collections::BTreeSet;

use crate::scratch::{Scratch, moment};
use chrono::TimeDelta;
use domain::parties::employments::{Employment, EmploymentTerms};
use domain::parties::memberships::{Member, Membership, MembershipState};
use domain::parties::networks::{Admission, Network, NetworkDetails, NetworkKind, ScaleLevel};
use domain::parties::persons::PersonStatus;
use domain::parties::role_assignments::{Role, RoleAssignment, Scope};
use domain::profiles::profiles::Profile;
use domain::profiles::sight::{Viewer, may_see};
use domain::profiles::visibility::{Visibility, VisibilityLevel};
use domain::{NetworkId, OrganisationId, PersonId, ProfileId, TextEnum};
use persistence::parties::{employments, memberships, networks, persons};
use persistence::profiles::visible::{self, ProfileFilter};
use persistence::profiles::{profiles, viewers};
use persistence::{PageRequest, View};

/// A concern with a part of it, three municipalities apart; the concern and the first are in one network, the second
/// in another, the third in none.
struct Scene<'s> {
    scratch: &'s Scratch,
    places: Vec<OrganisationId>,
    networks: Vec<NetworkId>,
    owners: Vec<(PersonId, Option<OrganisationId>)>,
    profiles: Vec<Profile>,
    advisers: Vec<PersonId>,
    manager: PersonId,
}

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn some<T: Copy>(&mut self, of: &[T], one_in: u64) -> Vec<T> {
        of.iter().copied().filter(|_| self.roll(one_in) == 0).collect()
    }
}

fn network(scratch: &Scratch) -> NetworkId {
    let details = NetworkDetails {
        name: "As-50".to_owned(),
        description: String::new(),
        kind: NetworkKind::Regional,
        scale_level: ScaleLevel::Regional,
        admission: Admission::InvitationOnly,
        regions: Vec::new(),
        parent: None,
        pledge_minimum_people: 1,
        pledge_minimum_assignments: 1,
        internal_first_ceiling_working_days: 5,
        public_rate_ceiling_cents: None,
        review_required: false,
        programme_label: None,
    };
    let (id, now) = (scratch.id(), moment(0));
    let network = Network { id, revision: 1, details, created_at: now, modified_at: now };
    scratch.write(moment(0), |work| networks::insert(work, network.clone())).id
}

fn join(scratch: &Scratch, network: NetworkId, member: Member, state: MembershipState) {
    let now = moment(0);
    let (id, since) = (scratch.id(), Some(now));
    let membership = Membership { id, revision: 1, network, member, state, since, created_at: now, modified_at: now };
    scratch.write(now, |work| memberships::insert(work, membership.clone()));
}

fn employ(scratch: &Scratch, person: PersonId, place: OrganisationId, manager: Option<PersonId>, over: bool) {
    let terms = EmploymentTerms {
        unit: None,
        function: "Adviseur".to_owned(),
        contract_minutes_per_week: 2160,
        working_days_per_week: 5,
        manager,
        start: "2020-01-01".parse().unwrap(),
        end: over.then(|| "2027-02-28".parse().unwrap()),
        hr_external_id: None,
    };
    let employment = Employment::record(scratch.id(), person, place, terms, moment(0)).unwrap();
    scratch.write(moment(0), |work| employments::insert(work, employment.clone()));
}

impl<'s> Scene<'s> {
    fn set(scratch: &'s Scratch) -> Self {
        let concern = scratch.organisation(None);
        let part = scratch.organisation(Some(concern));
        let apart = [(); 3].map(|()| scratch.organisation(None));
        let networks = vec![network(scratch), network(scratch)];
        let members = [(networks[0], concern), (networks[0], apart[0]), (networks[1], apart[1])];
        for (network, place) in members {
            join(scratch, network, Member::Organisation(place), MembershipState::Active);
        }
        join(scratch, networks[1], Member::Organisation(apart[2]), MembershipState::Requested);
        let advisers = vec![scratch.person(), scratch.person()];
        let manager = scratch.person();
        let places = [&[concern, part][..], &apart[..]].concat();
        let mut scene = Self { scratch, places, networks, owners: vec![], profiles: vec![], advisers, manager };
        let mut dice = Dice(7);
        for number in 0..200 {
            scene.add_owner(&mut dice, number);
        }
        scene
    }

    fn add_owner(&mut self, dice: &mut Dice, number: usize) {
        let scratch = self.scratch;
        let person = scratch.person();
        let place = self.places.get(usize::try_from(dice.roll(7)).unwrap()).copied();
        if let Some(place) = place {
            let manager = (dice.roll(4) == 0).then_some(self.manager);
            employ(scratch, person, place, manager, dice.roll(6) == 0);
        }
        if dice.roll(8) == 0 {
            join(scratch, self.networks[1], Member::Person(person), MembershipState::Active);
        }
        let level = VisibilityLevel::ALL[number % VisibilityLevel::ALL.len()];
        let pauses = [-1, 0, 1];
        let visibility = Visibility {
            level,
            networks: if level == VisibilityLevel::V3 { dice.some(&self.networks, 2) } else { Vec::new() },
            adviser: dice.some(&self.advisers, 3).pop(),
            hidden_from: dice.some(&self.places, 6),
            paused_until: dice.some(&pauses, 6).pop().map(|days| moment(0) + TimeDelta::days(days)),
            name_on_public_card: false,
        };
        let is_closed = dice.roll(15) == 0;
        let profile = scratch.write(moment(0), |work| {
            if is_closed {
                let mut closed = persons::get(work, person)?;
                closed.status = PersonStatus::Closed;
                persons::save(work, closed)?;
            }
            let profile = Profile::empty(work.blind_id(), person, work.now()).show(visibility.clone(), work.now());
            profiles::insert(work, profile)
        });
        self.owners.push((person, place));
        self.profiles.push(profile);
    }

    fn viewer(&self, person: PersonId, employer: Option<OrganisationId>, roles: &[(Role, Scope)]) -> Viewer {
        let give = |(role, scope): &(Role, Scope)| {
            RoleAssignment::give(self.scratch.id(), person, *role, *scope, moment(0)).unwrap()
        };
        let roles: Vec<_> = roles.iter().map(give).collect();
        let employers: Vec<_> = employer.into_iter().collect();
        self.scratch.read(moment(0), |view| viewers::of(view, person, &employers, &roles))
    }

    /// Viewers of every kind, each also as somebody to whom some of the owners responded.
    fn viewers(&self) -> Vec<Viewer> {
        let (scratch, mut dice) = (self.scratch, Dice(11));
        let client = |place: OrganisationId| (Role::Client, Scope::Organisation(place));
        let coordinator = |network: NetworkId| (Role::NetworkCoordinator, Scope::Network(network));
        let adviser = (Role::MobilityAdviser, Scope::Organisation(self.places[0]));
        let mut all = vec![Viewer::default(), self.viewer(self.owners[10].0, Some(self.places[1]), &[])];
        for place in &self.places {
            all.push(self.viewer(scratch.person(), Some(*place), &[client(*place)]));
            all.push(self.viewer(scratch.person(), Some(*place), &[]));
        }
        for network in &self.networks {
            all.push(self.viewer(scratch.person(), None, &[coordinator(*network)]));
        }
        all.push(self.viewer(scratch.person(), Some(self.places[2]), &[coordinator(self.networks[1])]));
        all.push(self.viewer(self.advisers[0], Some(self.places[0]), &[adviser]));
        all.push(self.viewer(self.advisers[1], Some(self.places[0]), &[]));
        all.push(self.viewer(self.manager, Some(self.places[2]), &[]));
        all.push(self.viewer(self.manager, Some(self.places[2]), &[client(self.places[2])]));
        let administrator = (Role::PlatformAdministrator, Scope::Platform);
        all.push(self.viewer(scratch.person(), None, &[administrator, client(self.places[3])]));
        let people: Vec<PersonId> = self.owners.iter().map(|(person, _)| *person).collect();
        let with_responders: Vec<Viewer> =
            all.iter().map(|viewer| Viewer { responders: dice.some(&people, 10), ..viewer.clone() }).collect();
        all.extend(with_responders);
        all
    }

    /// Every profile that the query lists, page by page.
    fn listed(&self, view: &mut View<'_>, viewer: &Viewer) -> persistence::Result<Vec<ProfileId>> {
        let mut request = PageRequest::first(7);
        let mut listed = Vec::new();
        loop {
            let page = visible::list(view, viewer, &ProfileFilter::default(), &request)?;
            listed.extend(page.items.iter().map(|profile| profile.id));
            match page.next {
                Some(cursor) => request = PageRequest { cursor: Some(cursor), limit: 7 },
                None => return Ok(listed),
            }
        }
    }
}

#[test]
fn a_list_holds_exactly_the_profiles_that_the_rule_shows() {
    for scratch in Scratch::of_each_kind() {
        let scene = Scene::set(&scratch);
        let people: Vec<PersonId> = scene.owners.iter().map(|(person, _)| *person).collect();
        let owners = scratch.read(moment(0), |view| viewers::owners(view, &people));
        let mut shown = 0;
        for viewer in scene.viewers() {
            let expected: BTreeSet<ProfileId> = scene
                .profiles
                .iter()
                .filter(|profile| Some(profile.person) != viewer.person)
                .filter(|profile| may_see(profile, &owners[&profile.person], &viewer, moment(0)).is_some())
                .map(|profile| profile.id)
                .collect();
            let listed = scratch.read(moment(0), |view| scene.listed(view, &viewer));
            assert_eq!(listed.len(), listed.iter().collect::<BTreeSet<_>>().len(), "nobody stands twice");
            assert_eq!(listed.into_iter().collect::<BTreeSet<_>>(), expected, "{viewer:?}");
            shown += expected.len();
        }
        assert!(shown > 300, "the scene shows something: {shown}");
    }
}

#[test]
fn visible_people_are_counted_as_far_as_the_asker_may_know() {
    for scratch in Scratch::of_each_kind() {
        let scene = Scene::set(&scratch);
        let people: Vec<PersonId> = scene.owners.iter().map(|(person, _)| *person).collect();
        let (owners, employers) =
            scratch.read(moment(0), |view| Ok((viewers::owners(view, &people)?, viewers::employers(view, &people)?)));
        let mut counted = 0;
        for asker in scene.viewers() {
            for network in &scene.networks {
                for (index, place) in scene.places.iter().enumerate() {
                    let below = if index == 0 { &scene.places[..2] } else { std::slice::from_ref(place) };
                    let counts = |profile: &&Profile| {
                        let visibility = &profile.visibility;
                        let works = employers.get(&profile.person).into_iter().flatten().any(|at| below.contains(at));
                        let owner = &owners[&profile.person];
                        let in_network = visibility.level == VisibilityLevel::V3
                            && visibility.networks.contains(network)
                            && owner.networks.contains(network);
                        let hidden = visibility.hidden_from.iter().any(|at| asker.organisations.contains(at));
                        works
                            && (in_network || visibility.level >= VisibilityLevel::V4)
                            && !hidden
                            && !owner.is_closed
                            && !visibility.is_paused(moment(0))
                            && !asker.manages.contains(&profile.person)
                    };
                    let expected = scene.profiles.iter().filter(counts).count();
                    let count =
                        scratch.read(moment(0), |view| visible::count_visible_people(view, *network, *place, &asker));
                    assert_eq!(usize::try_from(count).unwrap(), expected, "{asker:?}");
                    counted += expected;
                }
            }
        }
        assert!(counted > 300, "the scene counts somebody: {counted}");
    }
}
