//! Assignments as they are kept, on each database.

use crate::scratch::{Scratch, moment};
use chrono::TimeDelta;
use domain::market::assignments::{
    Assignment, AssignmentDetails, AssignmentDraft, AssignmentKind, AssignmentState, CancellationReason,
    ExternalHireEstimate, PlacementTally, RemoteMode, Sight,
};
use domain::market::effort::Effort;
use domain::market::publication_rings::{PublicationRequest, PublicationRules, Reach, Ring, RingRequest};
use domain::parties::mobility_policies::ChargeBasis;
use domain::parties::networks::ScaleLevel;
use domain::vocabulary::{EducationLevel, SkillReference};
use domain::{Moment, OrganisationId, Part, PersonId};
use persistence::PageRequest;
use persistence::market::assignments::{self, AssignmentFilter, RingToAnnounce, Sought};

fn details() -> AssignmentDetails {
    AssignmentDetails {
        kind: AssignmentKind::Project,
        title: "Een plan voor het stadsbos".to_owned(),
        description: "De stad wil een bos en heeft geen plan.".to_owned(),
        intended_result: Some("Een plan waarover de raad kan besluiten".to_owned()),
        deliverables: vec!["Het plan".to_owned(), "De kaart".to_owned()],
        planning: Some("September: gesprekken. December: raad.".to_owned()),
        effort: Some(Effort::TotalMinutes(4800)),
        start_date: "2027-09-01".parse().ok(),
        end_date: "2027-12-31".parse().ok(),
        positions: 2,
        scale_level: ScaleLevel::Local,
        region: Some("Súdwest".to_owned()),
        location: Some("Uden".to_owned()),
        remote: RemoteMode::Hybrid,
        required_skills: vec![SkillReference::FreeText("Projectleiding".to_owned())],
        preferred_skills: vec![SkillReference::FreeText("Bosbouw".to_owned())],
        education_levels: vec![EducationLevel::Mbo, EducationLevel::Hbo],
        interests: vec!["groen".to_owned(), "bos".to_owned()],
        charge_basis: ChargeBasis::BareWage,
        external_hire: Some(ExternalHireEstimate { minutes: 4800, hourly_rate_cents: 9500 }),
        programme_label: Some("Proeftuin".to_owned()),
    }
}

fn drafted(scratch: &Scratch, organisation: OrganisationId, owner: PersonId, co_owners: Vec<PersonId>) -> Assignment {
    let draft = AssignmentDraft { organisation, unit: None, owner, co_owners, details: details() };
    let draft = Assignment::draft(scratch.id(), draft, &[Part::Client], moment(0)).unwrap();
    scratch.write(moment(0), |work| assignments::insert(work, draft.clone()))
}

fn ring(ring: Ring, opens_at: Option<Moment>) -> RingRequest {
    let reason = opens_at.map(|_| "Eigen mensen eerst".to_owned());
    RingRequest { ring, opens_at, closes_at: None, networks: Vec::new(), reason }
}

fn published(scratch: &Scratch, draft: Assignment, rings: Vec<RingRequest>) -> Assignment {
    let request = PublicationRequest { rings, deadline: moment(24 * 30), set_by: draft.owner };
    let published = draft.publish(&request, &rules(), &[Part::Client], moment(1)).unwrap();
    scratch.write(moment(1), |work| assignments::save(work, published.clone()))
}

fn rules() -> PublicationRules {
    PublicationRules { internal_first_working_days: 10, review_required: false, networks: Vec::new() }
}

#[test]
fn what_is_kept_is_read_back_whole() {
    for scratch in Scratch::of_each_kind() {
        let (organisation, owner, other) = (scratch.organisation(None), scratch.person(), scratch.person());
        let draft = drafted(&scratch, organisation, owner, vec![other]);
        let read = |id| scratch.read(moment(2), |view| assignments::get(view, id));
        assert_eq!(read(draft.id), draft);
        let later = Some(add_days(moment(1), 3));
        let open = published(&scratch, draft, vec![ring(Ring::Organisation, None), ring(Ring::Public, later)]);
        assert_eq!((read(open.id), open.revision), (open.clone(), 2));
        let why = (CancellationReason::Other, Some("Toch niet".to_owned()));
        let ended = open.cancel(why, PlacementTally::default(), Vec::new(), &[Part::Client], moment(2)).unwrap();
        let ended = scratch.write(moment(2), |work| assignments::save(work, ended.assignment.clone()));
        assert_eq!(read(ended.id), ended);
    }
}

fn add_days(moment: Moment, days: i64) -> Moment {
    moment + TimeDelta::days(days)
}

#[test]
fn a_revision_that_is_gone_is_not_overwritten() {
    for scratch in Scratch::of_each_kind() {
        let draft = drafted(&scratch, scratch.organisation(None), scratch.person(), Vec::new());
        scratch.write(moment(1), |work| assignments::save(work, draft.clone()));
        scratch.write(moment(1), |work| {
            let stale = assignments::save(work, draft.clone()).unwrap_err();
            assert!(matches!(stale, persistence::PersistenceError::Stale { table: "assignments", .. }), "{stale}");
            Ok(())
        });
    }
}

#[test]
fn a_ring_that_opens_later_is_announced_once_whatever_happens_in_between() {
    for scratch in Scratch::of_each_kind() {
        let owner = scratch.person();
        let draft = drafted(&scratch, scratch.organisation(None), owner, Vec::new());
        let opens_at = add_days(moment(1), 3);
        let open = published(&scratch, draft, vec![ring(Ring::Organisation, None), ring(Ring::Public, Some(opens_at))]);
        let due = |now| scratch.read(now, |view| assignments::rings_to_announce(view, 10));
        assert_eq!(due(opens_at - TimeDelta::microseconds(1)), [], "what opened at once is told with the publication");
        let opened = RingToAnnounce { assignment: open.id, ring: Ring::Public };
        assert_eq!(due(opens_at), [opened]);
        // Saving it before the clock has told does not lose what is to be told.
        let open = scratch.write(opens_at, |work| assignments::save(work, open.clone()));
        assert_eq!(due(opens_at), [opened]);
        assert!(scratch.write(opens_at, |work| assignments::note_announced(work, opened)));
        assert!(!scratch.write(opens_at, |work| assignments::note_announced(work, opened)));
        let open = scratch.write(opens_at, |work| assignments::save(work, open.clone()));
        assert_eq!(due(opens_at), []);
        // A ring that is added opens at once, and is told.
        let mut request = PublicationRequest {
            rings: vec![ring(Ring::Organisation, None), ring(Ring::Federation, None), ring(Ring::Public, None)],
            deadline: moment(24 * 30),
            set_by: owner,
        };
        request.rings[2].opens_at = Some(opens_at);
        let now = opens_at;
        let wider = open.replan(&request, &rules(), &[Part::Client], now).unwrap();
        scratch.write(now, |work| assignments::save(work, wider.clone()));
        assert_eq!(due(now), [RingToAnnounce { assignment: wider.id, ring: Ring::Federation }]);
    }
}

#[test]
fn what_is_past_its_deadline_is_due_to_close() {
    for scratch in Scratch::of_each_kind() {
        let draft = drafted(&scratch, scratch.organisation(None), scratch.person(), Vec::new());
        let open = published(&scratch, draft, vec![ring(Ring::Public, None)]);
        let deadline = open.deadline.unwrap();
        let due = |now| scratch.read(now, |view| assignments::to_close(view, 10));
        assert_eq!(due(deadline - TimeDelta::microseconds(1)), []);
        assert_eq!(due(deadline), [open.id]);
        let closed = scratch.write(deadline, |work| assignments::save(work, open.clone().as_of(deadline)));
        assert_eq!((closed.state, due(deadline)), (AssignmentState::Closed, Vec::new()));
    }
}

#[test]
fn pages_follow_one_another_newest_first_and_are_counted_up_to_a_limit() {
    for scratch in Scratch::of_each_kind() {
        let (organisation, owner) = (scratch.organisation(None), scratch.person());
        let all: Vec<_> = (0..7)
            .map(|_| {
                let draft = drafted(&scratch, organisation, owner, Vec::new());
                published(&scratch, draft, vec![ring(Ring::Organisation, None)]).id
            })
            .collect();
        let sight =
            Sight { reach: Reach { organisations: vec![organisation], ..Reach::default() }, ..Sight::default() };
        let filter = AssignmentFilter { search: Some("BOS raad".to_owned()), ..AssignmentFilter::default() };
        let page =
            |request: &PageRequest| scratch.read(moment(2), |view| assignments::list(view, &filter, &sight, request));
        let mut seen = Vec::new();
        let mut request = PageRequest::first(3);
        loop {
            let page = page(&request);
            seen.extend(page.items.iter().map(|assignment| assignment.id));
            let Some(next) = page.next else { break };
            request = PageRequest { cursor: Some(next), limit: 3 };
        }
        let newest_first: Vec<_> = all.iter().rev().copied().collect();
        assert_eq!(seen, newest_first);
        let back = page(&PageRequest { cursor: page(&request).previous, limit: 3 });
        assert_eq!(back.items.iter().map(|one| one.id).collect::<Vec<_>>(), newest_first[3..6]);
        let count = |limit| {
            scratch.read(moment(2), |view| assignments::count(view, &filter, &Sought::default(), &sight, limit))
        };
        assert_eq!((count(5).count, count(5).is_capped), (5, true));
        assert_eq!((count(7).count, count(7).is_capped), (7, false));
        let none =
            AssignmentFilter { search: Some("bos zee".to_owned()), exactly: true, ..AssignmentFilter::default() };
        assert!(scratch.read(moment(2), |view| assignments::list(view, &none, &sight, &request)).items.is_empty());
    }
}
