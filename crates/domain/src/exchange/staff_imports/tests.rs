use uuid::Uuid;

use super::*;
use crate::exchange::staff::{StaffDetails, StaffMember};
use crate::exchange::staff_files::{ReadRow, StaffFault, StaffFaultCode, StaffFile};
use crate::exchange::staff_mapping::{StaffField as Field, StaffRow};
use crate::parties::persons::{PersonLanguage, PersonName};
use crate::tables::walk;
use crate::{Part, Refusal};
use StaffRowOutcome as Outcome;

const TODAY: &str = "2027-03-10";
const FIELDS: [Field; 5] = [Field::EmployeeNumber, Field::GivenName, Field::FamilyName, Field::UserName, Field::End];

fn now() -> Moment {
    "2027-03-10T02:00:00Z".parse().unwrap()
}

fn told(number: &str, change: impl FnOnce(&mut StaffRow)) -> ReadRow {
    let mut row = StaffRow {
        employee_number: number.to_owned(),
        given_name: "Sanne".to_owned(),
        family_name: "Vries".to_owned(),
        ..StaffRow::default()
    };
    change(&mut row);
    ReadRow { number: 2, key: Some(number.to_owned()), read: Ok(row) }
}

fn member(number: &str, change: impl FnOnce(&mut StaffDetails)) -> StaffMember {
    let mut details = StaffDetails {
        employee_number: Some(number.to_owned()),
        external_id: None,
        user_name: None,
        name: PersonName { given: "Sanne".to_owned(), infix: None, family: "Vries".to_owned() },
        email: None,
        language: PersonLanguage::Dutch,
        function: Some("Adviseur".to_owned()),
        department: None,
        cost_center: None,
        manager: None,
        contract_minutes_per_week: None,
        working_days_per_week: None,
        start: None,
        end: None,
        active: true,
        sent: None,
    };
    change(&mut details);
    let id = Uuid::from_u128(number.parse().unwrap());
    StaffMember {
        id: id.into(),
        revision: 1,
        organisation: Uuid::from_u128(2).into(),
        person: id.into(),
        employment: id.into(),
        details,
        inactive_since: None,
        left_at: None,
        created_at: now(),
        modified_at: now(),
    }
}

fn file(rows: Vec<ReadRow>) -> StaffFile {
    StaffFile { count: 1, fields: FIELDS.to_vec(), rows }
}

fn outcomes(rows: Vec<ReadRow>, present: &[StaffMember]) -> Vec<(String, Outcome)> {
    let plan = plan(&file(rows), present, TODAY.parse().unwrap());
    plan.rows
        .into_iter()
        .filter_map(|(result, _)| result)
        .map(|one| (one.key.unwrap_or_default(), one.outcome))
        .collect()
}

fn import(state: StaffImportState) -> StaffImport {
    StaffImport {
        id: Uuid::from_u128(1).into(),
        revision: 1,
        organisation: Uuid::from_u128(2).into(),
        mode: StaffImportMode::Apply,
        state,
        fingerprint: "a".to_owned(),
        generated_at: None,
        first_load: false,
        fields: Vec::new(),
        rows: 100,
        employees_before: 100,
        limits: StaffLimits::default(),
        planned: Outcomes::default(),
        applied: Outcomes::default(),
        chunks: 1,
        chunks_applied: 0,
        submitted_by: None,
        decided_by: None,
        decided_at: None,
        reason: None,
        attempts: 0,
        leased_until: None,
        finished_at: None,
        results_until: now(),
        created_at: now(),
        modified_at: now(),
    }
}

#[test]
fn every_row_of_the_lifecycle_is_taken_by_the_listed_parts() {
    walk(&LIFECYCLE, |state, action, parts| LIFECYCLE.step(state, action, parts));
    let somebody = Uuid::from_u128(7).into();
    let plan = Plan::default();
    let parts = [Part::OrganisationAdministrator];
    for state in crate::TextEnum::ALL {
        let it = || import(*state);
        let waits = *state == StaffImportState::AwaitingApproval;
        assert_eq!(it().approve(&plan, 1, somebody, &parts, now()).is_ok(), waits);
        assert_eq!(it().reject(None, somebody, &parts, now()).is_ok(), waits);
        assert_eq!(it().supersede(now()).is_ok(), waits);
        assert_eq!(it().expire(now()).is_ok(), waits);
        assert_eq!(it().finish(now()).is_ok(), *state == StaffImportState::Applying);
    }
}

#[test]
fn a_row_does_what_follows_from_what_was_told_before() {
    let end = |day: &str| day.parse().ok();
    let present = [
        member("1", |_| {}),
        member("2", |_| {}),
        member("3", |details| details.active = false),
        member("4", |details| details.end = end("2027-03-09")),
        member("5", |_| {}),
        member("6", |details| details.active = false),
    ];
    let rows = vec![
        told("1", |_| {}),
        told("2", |row| row.end = end("2027-03-09")),
        told("3", |_| {}),
        told("4", |_| {}),
        told("7", |_| {}),
        told("1", |row| row.given_name = "Anna".to_owned()),
    ];
    let key = |number: &str, outcome| (number.to_owned(), outcome);
    let expected = [
        key("5", Outcome::Deactivate),
        key("1", Outcome::Unchanged),
        key("2", Outcome::Deactivate),
        key("3", Outcome::Reactivate),
        key("4", Outcome::Reactivate),
        key("7", Outcome::Create),
        key("1", Outcome::Update),
    ];
    assert_eq!(outcomes(rows, &present), expected, "who is missing comes first, and who is gone does not go again");
}

#[test]
fn a_row_at_fault_is_not_missing() {
    let fault = StaffFault::of(Field::Start, None, StaffFaultCode::NotADate, "must be a day");
    let row = ReadRow { number: 2, key: Some("1".to_owned()), read: Err(vec![fault]) };
    assert_eq!(outcomes(vec![row], &[member("1", |_| {})]), [("1".to_owned(), Outcome::Rejected)]);
}

#[test]
fn fields_that_the_file_does_not_speak_of_stay() {
    let before = member("1", |_| {});
    let row = told("1", |row| row.given_name = "Anna".to_owned()).read.unwrap();
    let (outcome, changes, details) = settle(&row, Some(&before), &FIELDS, TODAY.parse().unwrap());
    assert_eq!((outcome, changes), (Outcome::Update, vec![Field::GivenName]));
    assert_eq!(details.function.as_deref(), Some("Adviseur"));
}

#[test]
fn user_names_are_given_up_before_others_take_them() {
    let named = |number, name: &str| member(number, |details| details.user_name = Some(name.to_owned()));
    let row = |number, name: &str| told(number, |row| row.user_name = Some(name.to_owned()));
    let present = [named("1", "een"), named("2", "twee"), named("3", "drie")];
    let plan = plan(&file(vec![row("1", "Twee"), row("2", "een"), row("4", "drie")]), &present, TODAY.parse().unwrap());
    assert_eq!(plan.before, 3);
    let items: Vec<_> = plan.rows.iter().take(3).filter_map(|(_, item)| item.clone()).collect();
    assert!(items.iter().all(|item| item.releases));
    assert_eq!(items.iter().map(|item| item.missing).collect::<Vec<_>>(), [false, false, true]);
    let gone = items[2].without(&present[2].details);
    assert!(!gone.active && gone.user_name.is_none());
    let twice = outcomes(vec![row("1", "een"), row("2", "EEN")], &present[..2]);
    assert_eq!(twice[1], ("2".to_owned(), Outcome::Rejected), "{twice:?}");
}

fn refused(import: StaffImport, last: &StaffImport) -> &'static str {
    let against = Against { applied: Some(last), open: None };
    import.receive(against, now()).map_or_else(|refusal: Refusal| refusal.code.name, |_| "taken")
}

#[test]
fn a_file_is_held_against_the_last_one() {
    let applied = import(StaffImportState::Applied);
    let at = |text: &str| text.parse::<Moment>().ok();
    let new = |change: &dyn Fn(&mut StaffImport)| {
        let mut new = StaffImport { fingerprint: "b".to_owned(), ..import(StaffImportState::Checked) };
        change(&mut new);
        new
    };
    assert_eq!(refused(new(&|_| {}), &applied), "taken");
    assert_eq!(refused(new(&|it| it.fingerprint = "a".to_owned()), &applied), "staff_file_repeated");
    assert_eq!(refused(new(&|it| it.rows = 50), &applied), "taken");
    assert_eq!(refused(new(&|it| it.rows = 49), &applied), "staff_file_shrunk");
    assert_eq!(refused(new(&|it| it.first_load = true), &applied), "staff_import_not_first");
    assert_eq!(refused(new(&|it| it.generated_at = at("2027-03-10T02:10:00Z")), &applied), "input_invalid");
    let dated = StaffImport { generated_at: at("2027-03-09T02:00:00Z"), ..applied };
    assert_eq!(refused(new(&|_| {}), &dated), "input_invalid");
    assert_eq!(refused(new(&|it| it.generated_at = at("2027-03-08T02:00:00Z")), &dated), "staff_file_older");
    let same_again = new(&|it| {
        (it.generated_at, it.fingerprint) = (at("2027-03-10T02:00:00Z"), "a".to_owned());
    });
    assert_eq!(refused(same_again, &dated), "taken");
    let open = import(StaffImportState::Applying);
    let under_way = new(&|_| {}).receive(Against { applied: None, open: Some(&open) }, now()).unwrap_err();
    assert_eq!(under_way.code.name, "staff_import_under_way");
}

#[test]
fn what_does_too_much_waits_and_an_approval_lets_no_more_happen_than_was_shown() {
    let doing = |deactivate, create| Plan {
        outcomes: Outcomes { deactivate, create, unchanged: 4, ..Outcomes::default() },
        employees: 100,
        ..Plan::default()
    };
    let state =
        |deactivate, create| import(StaffImportState::Checked).planned(&doing(deactivate, create), 1, now()).state;
    assert_eq!(state(10, 25), StaffImportState::Applying);
    assert_eq!(state(11, 0), StaffImportState::AwaitingApproval);
    assert_eq!(state(0, 26), StaffImportState::AwaitingApproval);
    let first = StaffImport { first_load: true, ..import(StaffImportState::Checked) };
    assert_eq!(first.planned(&doing(0, 26), 1, now()).state, StaffImportState::Applying);
    assert_eq!(import(StaffImportState::Checked).planned(&doing(0, 0), 0, now()).state, StaffImportState::Applied);
    let approve = |plan: &Plan| {
        let waits = import(StaffImportState::Checked).planned(&doing(11, 26), 1, now());
        waits.approve(plan, 1, Uuid::from_u128(7).into(), &[Part::OrganisationAdministrator], now())
    };
    assert_eq!(approve(&doing(11, 26)).unwrap().applied.unchanged, 4);
    assert_eq!(approve(&doing(5, 3)).unwrap().planned.deactivate, 5);
    for more in [doing(12, 26), doing(11, 27)] {
        assert_eq!(approve(&more).unwrap_err().code.name, "staff_changed_since");
    }
}

#[test]
fn a_chunk_that_fails_is_tried_later_and_given_up_in_the_end() {
    let mut it = import(StaffImportState::Applying);
    for attempt in 1..MOST_ATTEMPTS {
        it = it.stumbled(now()).unwrap();
        assert_eq!((it.state, it.attempts), (StaffImportState::Applying, attempt));
        assert!(it.leased_until.unwrap() > now());
    }
    let it = it.stumbled(now()).unwrap();
    assert_eq!((it.state, it.finished_at), (StaffImportState::Failed, Some(now())));
}
