use chrono::NaiveDate;
use uuid::Uuid;

use super::*;
use crate::parties::employments::{Employment, EmploymentTerms};

const TODAY: &str = "2027-03-10";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn details() -> StaffDetails {
    StaffDetails {
        employee_number: Some("0104233".to_owned()),
        external_id: None,
        user_name: Some("S.deVries@Oss.Example".to_owned()),
        name: PersonName { given: "Sanne".to_owned(), infix: Some("de".to_owned()), family: "Vries".to_owned() },
        email: Some("S.deVries@oss.example".to_owned()),
        language: PersonLanguage::Dutch,
        function: Some("Adviseur".to_owned()),
        department: None,
        cost_center: None,
        manager: None,
        contract_minutes_per_week: Some(1920),
        working_days_per_week: Some(4),
        start: Some(day("2019-03-01")),
        end: None,
        active: true,
        sent: None,
    }
}

fn member(change: impl FnOnce(&mut StaffDetails)) -> StaffMember {
    let mut details = details();
    change(&mut details);
    let now = "2027-03-01T09:00:00Z".parse().unwrap();
    let inactive_since = (!details.active).then(|| day(TODAY));
    StaffMember {
        id: Uuid::from_u128(1).into(),
        revision: 1,
        organisation: Uuid::from_u128(2).into(),
        person: Uuid::from_u128(3).into(),
        employment: Uuid::from_u128(4).into(),
        details,
        inactive_since,
        left_at: None,
        created_at: now,
        modified_at: now,
    }
}

fn employment(terms: EmploymentTerms) -> Employment {
    let [id, person, organisation] = [4, 3, 2].map(Uuid::from_u128);
    let now = "2027-03-01T09:00:00Z".parse().unwrap();
    Employment::record(id.into(), person.into(), organisation.into(), terms, now).unwrap()
}

fn step(member: &StaffMember, before: EmploymentTerms) -> EmploymentStep {
    let resolved = Resolved { unit: before.unit, manager: before.manager };
    member.employment_step(&employment(before), resolved, day(TODAY))
}

#[test]
fn the_same_again_changes_nothing() {
    let member = member(|_| {});
    let terms = member.terms(None, Resolved::default(), day(TODAY));
    assert_eq!(step(&member, terms), EmploymentStep::Stay);
}

#[test]
fn what_is_not_told_stays_and_at_first_it_is_full_time_from_the_day_it_was_told() {
    let silent = member(|details| {
        (details.contract_minutes_per_week, details.working_days_per_week) = (None, None);
        (details.function, details.start) = (None, None);
    });
    let terms = silent.terms(None, Resolved::default(), day(TODAY));
    assert_eq!((terms.contract_minutes_per_week, terms.working_days_per_week), (2160, 5));
    assert_eq!((terms.function.as_str(), terms.start), ("Medewerker", day("2027-03-01")));
    let known = member(|_| {}).terms(None, Resolved::default(), day(TODAY));
    assert_eq!(step(&silent, known), EmploymentStep::Stay);
}

#[test]
fn whoever_is_not_active_any_more_worked_there_until_the_day_before() {
    for (start, end, expected) in [
        ("2019-03-01", None, ("2019-03-01", "2027-03-09")),
        ("2019-03-01", Some("2027-02-28"), ("2019-03-01", "2027-02-28")),
        ("2019-03-01", Some("2027-12-31"), ("2019-03-01", "2027-03-09")),
        ("2027-03-10", None, ("2027-03-09", "2027-03-09")),
        ("2027-09-01", None, ("2027-03-09", "2027-03-09")),
    ] {
        let gone = member(|details| {
            (details.start, details.end, details.active) = (Some(day(start)), end.map(day), false);
        });
        let terms = gone.terms(None, Resolved::default(), day(TODAY));
        assert_eq!((terms.start, terms.end), (day(expected.0), Some(day(expected.1))), "{start} {end:?}");
        assert!(terms.is_over_on(day(TODAY)));
        let later = gone.terms(None, Resolved::default(), day("2027-05-01"));
        assert_eq!(later, terms, "looked at later it is the same day");
    }
}

#[test]
fn whoever_is_active_again_goes_on_and_whoever_was_hired_again_begins_anew() {
    let gone = member(|details| details.active = false);
    let ended = gone.terms(None, Resolved::default(), day(TODAY));
    let back = gone.clone().revise(details(), day("2027-05-01"), gone.modified_at).unwrap();
    assert_eq!(back.inactive_since, None);
    let EmploymentStep::Revise(terms) = step(&back, ended.clone()) else { panic!("it goes on") };
    assert_eq!(terms.end, None);
    let again = StaffDetails { start: Some(day("2027-04-01")), ..details() };
    let hired = gone.clone().revise(again, day(TODAY), gone.modified_at).unwrap();
    let EmploymentStep::Begin(terms) = step(&hired, ended) else { panic!("a new one begins") };
    assert_eq!((terms.start, terms.end), (day("2027-04-01"), None));
}

#[test]
fn the_day_on_which_somebody_left_is_kept_and_not_moved_by_the_next_feed() {
    let gone = member(|details| details.active = false);
    let told = StaffDetails { active: false, function: Some("Oud-adviseur".to_owned()), ..details() };
    let again = gone.clone().revise(told, day("2027-04-01"), gone.modified_at).unwrap();
    assert_eq!(again.inactive_since, Some(day(TODAY)));
}

#[test]
fn nobody_is_their_own_manager_and_impossible_terms_are_refused() {
    let member = member(|_| {});
    let resolved = Resolved { unit: None, manager: Some(member.person) };
    assert_eq!(member.terms(None, resolved, day(TODAY)).manager, None);
    let wrong: [fn(&mut StaffDetails); 3] = [
        |details| details.end = Some(day("2019-02-28")),
        |details| details.contract_minutes_per_week = Some(2401),
        |details| details.working_days_per_week = Some(0),
    ];
    for change in wrong {
        let mut details = details();
        change(&mut details);
        assert!(details.check().is_err(), "{details:?}");
    }
}

#[test]
fn user_names_and_addresses_are_compared_without_regard_to_case_and_numbers_as_they_stand() {
    let details = details();
    assert_eq!(details.key(StaffKey::UserName), Some(StaffKey::UserName.comparable("s.devries@oss.example ")));
    assert_eq!(details.key(StaffKey::EmployeeNumber).as_deref(), Some("0104233"), "leading zeros count");
}
