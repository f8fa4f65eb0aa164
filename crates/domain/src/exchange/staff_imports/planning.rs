//! What a staff file does to the staff that is there: a pure function of both.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::{Outcomes, StaffRowOutcome as Outcome};
use crate::exchange::staff::{StaffDetails, StaffKey, StaffMember};
use crate::exchange::staff_files::{ReadRow, StaffFault, StaffFaultCode, StaffFile};
use crate::exchange::staff_mapping::{StaffField as Is, StaffRow};
use crate::parties::persons::{PersonLanguage, PersonName};

/// What has to be done for one employee.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Item {
    /// The number of the row; none for who is missing.
    #[serde(rename = "n", skip_serializing_if = "Option::is_none")]
    pub number: Option<i64>,
    /// The employee number.
    #[serde(rename = "k")]
    pub key: String,
    /// What the file says of them; none for who is missing, or only makes room.
    #[serde(rename = "t", skip_serializing_if = "Option::is_none")]
    pub told: Option<StaffRow>,
    /// Whether they are missing from the file.
    #[serde(rename = "m", default, skip_serializing_if = "std::ops::Not::not")]
    pub missing: bool,
    /// Whether others take their user name or external id: these are given up first.
    #[serde(rename = "r", default, skip_serializing_if = "std::ops::Not::not")]
    pub releases: bool,
}

/// What became of one row.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct RowResult {
    /// The number of the row; none for who is missing.
    #[serde(rename = "n", skip_serializing_if = "Option::is_none")]
    pub number: Option<i64>,
    /// The employee number, where there is one.
    #[serde(rename = "k", skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// What it does.
    #[serde(rename = "o")]
    pub outcome: Outcome,
    /// The fields that change.
    #[serde(rename = "c", default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Is>,
    /// What is wrong with it.
    #[serde(rename = "f", default, skip_serializing_if = "Vec::is_empty")]
    pub faults: Vec<StaffFault>,
}

/// One row of a plan: what becomes of it, and what has to be done for that.
pub type Planned = (Option<RowResult>, Option<Item>);

/// What a file does.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Plan {
    /// In the order in which it is done: who goes or makes room first, then the file as it stands.
    pub rows: Vec<Planned>,
    /// How many of them come before the file.
    pub before: usize,
    /// How many rows do what.
    pub outcomes: Outcomes,
    /// How many employees there are now.
    pub employees: i64,
}

/// What a file does to the staff that is there. Whoever is missing from it goes; a row that is at fault is not missing.
pub fn plan(file: &StaffFile, present: &[StaffMember], today: NaiveDate) -> Plan {
    let by_key: HashMap<&str, &StaffMember> =
        present.iter().filter_map(|member| Some((member.details.employee_number.as_deref()?, member))).collect();
    let named: HashSet<&str> = file.rows.iter().filter_map(|row| row.key.as_deref()).collect();
    let mut claims = Claims::of(file);
    let mut rows = Vec::with_capacity(file.rows.len());
    for (key, member) in present.iter().filter_map(|one| Some((one.details.employee_number.as_deref()?, one))) {
        let is_missing = !named.contains(key) && member.details.is_employed_on(today);
        let releases = claims.are_others(member);
        if is_missing || releases {
            let item = Item { number: None, key: key.to_owned(), told: None, missing: is_missing, releases };
            let result = is_missing.then(|| RowResult::plain(None, Some(key.to_owned()), Outcome::Deactivate));
            rows.push((result, Some(item)));
        }
    }
    let before = rows.len();
    for row in &file.rows {
        let fault = claims.repeated(row);
        rows.push(row_of(row, fault, &by_key, &file.fields, today));
    }
    let results: Vec<RowResult> = rows.iter().filter_map(|(result, _)| result.clone()).collect();
    let employees = present.iter().filter(|member| member.details.is_employed_on(today)).count();
    Plan { rows, before, outcomes: Outcomes::of(&results), employees: i64::try_from(employees).unwrap_or(i64::MAX) }
}

fn row_of(
    row: &ReadRow,
    repeated: Option<StaffFault>,
    by_key: &HashMap<&str, &StaffMember>,
    fields: &[Is],
    today: NaiveDate,
) -> Planned {
    let told = match (&row.read, repeated) {
        (Ok(told), None) => told,
        (Ok(_), Some(fault)) => return (Some(RowResult::rejected(row, vec![fault])), None),
        (Err(faults), _) => return (Some(RowResult::rejected(row, faults.clone())), None),
    };
    let before = by_key.get(told.employee_number.as_str()).copied();
    let (outcome, changes, _) = settle(told, before, fields, today);
    let item = Item {
        number: Some(row.number),
        key: told.employee_number.clone(),
        told: Some(told.clone()),
        missing: false,
        releases: false,
    };
    let result = RowResult { changes, ..RowResult::plain(Some(row.number), row.key.clone(), outcome) };
    (Some(result), Some(item))
}

/// What a row does to whom it is about: what becomes of it, which fields change, and what is told of them from now on.
/// Fields that the file does not speak of stay what they are.
pub fn settle(
    told: &StaffRow,
    before: Option<&StaffMember>,
    fields: &[Is],
    today: NaiveDate,
) -> (Outcome, Vec<Is>, StaffDetails) {
    let Some(member) = before else { return (Outcome::Create, Vec::new(), told_of(told, None, fields)) };
    let details = told_of(told, Some(&member.details), fields);
    if details == member.details {
        return (Outcome::Unchanged, Vec::new(), details);
    }
    let outcome = match (member.details.is_employed_on(today), details.is_employed_on(today)) {
        (true, false) => Outcome::Deactivate,
        (false, true) => Outcome::Reactivate,
        _ => Outcome::Update,
    };
    (outcome, changes(&member.details, &details), details)
}

impl Item {
    /// What is told of somebody from now on who is missing, or makes room for others.
    pub fn without(&self, details: &StaffDetails) -> StaffDetails {
        let mut details = details.clone();
        details.active &= !self.missing;
        if self.releases {
            (details.user_name, details.external_id) = (None, None);
        }
        details
    }
}

fn told_of(told: &StaffRow, before: Option<&StaffDetails>, fields: &[Is]) -> StaffDetails {
    let told = told.clone();
    let name = PersonName { given: told.given_name, infix: told.infix, family: told.family_name };
    let mut details = before.cloned().unwrap_or_else(|| StaffDetails {
        employee_number: Some(told.employee_number.clone()),
        external_id: None,
        user_name: None,
        name: name.clone(),
        email: None,
        language: PersonLanguage::Dutch,
        function: None,
        department: None,
        cost_center: None,
        manager: None,
        contract_minutes_per_week: None,
        working_days_per_week: None,
        start: None,
        end: None,
        active: true,
        sent: None,
    });
    // Whoever stands in the file is employed as long as the days say, unless it says otherwise.
    details.active = true;
    for field in fields {
        match field {
            Is::ExternalId => details.external_id.clone_from(&told.external_id),
            Is::UserName => details.user_name.clone_from(&told.user_name),
            Is::GivenName => details.name.given.clone_from(&name.given),
            Is::Infix => details.name.infix.clone_from(&name.infix),
            Is::FamilyName => details.name.family.clone_from(&name.family),
            Is::Email => details.email.clone_from(&told.email),
            Is::Language => details.language = told.language.unwrap_or(details.language),
            Is::Function => details.function.clone_from(&told.function),
            Is::Department => details.department.clone_from(&told.department),
            Is::CostCenter => details.cost_center.clone_from(&told.cost_center),
            Is::Manager => details.manager.clone_from(&told.manager),
            Is::ContractHours => details.contract_minutes_per_week = told.contract_minutes_per_week,
            Is::WorkingDays => details.working_days_per_week = told.working_days_per_week,
            Is::Start => details.start = told.start,
            Is::End => details.end = told.end,
            Is::Active => details.active = told.active.unwrap_or(true),
            Is::EmployeeNumber | Is::ContractNumber | Is::Organisation => {}
        }
    }
    details
}

fn changes(before: &StaffDetails, after: &StaffDetails) -> Vec<Is> {
    let compared = [
        (Is::ExternalId, before.external_id != after.external_id),
        (Is::UserName, before.user_name != after.user_name),
        (Is::GivenName, before.name.given != after.name.given),
        (Is::Infix, before.name.infix != after.name.infix),
        (Is::FamilyName, before.name.family != after.name.family),
        (Is::Email, before.email != after.email),
        (Is::Language, before.language != after.language),
        (Is::Function, before.function != after.function),
        (Is::Department, before.department != after.department),
        (Is::CostCenter, before.cost_center != after.cost_center),
        (Is::Manager, before.manager != after.manager),
        (Is::ContractHours, before.contract_minutes_per_week != after.contract_minutes_per_week),
        (Is::WorkingDays, before.working_days_per_week != after.working_days_per_week),
        (Is::Start, before.start != after.start),
        (Is::End, before.end != after.end),
        (Is::Active, before.active != after.active),
    ];
    compared.into_iter().filter(|(_, differs)| *differs).map(|(field, _)| field).collect()
}

impl RowResult {
    fn plain(number: Option<i64>, key: Option<String>, outcome: Outcome) -> Self {
        Self { number, key, outcome, changes: Vec::new(), faults: Vec::new() }
    }

    fn rejected(row: &ReadRow, faults: Vec<StaffFault>) -> Self {
        Self { faults, ..Self::plain(Some(row.number), row.key.clone(), Outcome::Rejected) }
    }
}

/// Which employee number wants which user name and which external id.
struct Claims<'f> {
    wanted: HashMap<(Is, String), &'f str>,
}

impl<'f> Claims<'f> {
    /// Who comes first in the file has it.
    fn of(file: &'f StaffFile) -> Self {
        let mut wanted = HashMap::new();
        for told in file.rows.iter().filter_map(|row| row.read.as_ref().ok()) {
            for claim in keys(told.user_name.as_deref(), told.external_id.as_deref()) {
                wanted.entry(claim).or_insert(told.employee_number.as_str());
            }
        }
        Self { wanted }
    }

    /// Whether somebody else wants what this one has.
    fn are_others(&mut self, member: &StaffMember) -> bool {
        let own = member.details.employee_number.as_deref();
        let has = keys(member.details.user_name.as_deref(), member.details.external_id.as_deref());
        has.into_iter().any(|claim| self.wanted.get(&claim).is_some_and(|by| Some(*by) != own))
    }

    /// What is wrong with a row that wants what an earlier one wants.
    fn repeated(&mut self, row: &ReadRow) -> Option<StaffFault> {
        let told = row.read.as_ref().ok()?;
        let claims = keys(told.user_name.as_deref(), told.external_id.as_deref());
        let lost =
            claims.into_iter().find(|claim| self.wanted.get(claim).is_some_and(|by| *by != told.employee_number));
        lost.map(|(field, _)| StaffFault::of(field, None, StaffFaultCode::Repeated, "must be different in every row"))
    }
}

fn keys(user_name: Option<&str>, external_id: Option<&str>) -> Vec<(Is, String)> {
    let user_name = user_name.map(|name| (Is::UserName, StaffKey::UserName.comparable(name)));
    let external_id = external_id.map(|id| (Is::ExternalId, StaffKey::ExternalId.comparable(id)));
    user_name.into_iter().chain(external_id).collect()
}
