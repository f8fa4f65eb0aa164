//! Staff imports: what clients send and see.

use chrono::{DateTime, Utc};
use domain::exchange::staff_files::{StaffFault, StaffFaultCode};
use domain::exchange::staff_imports::{
    Outcomes, RowResult, StaffImport, StaffImportMode, StaffImportState, StaffRowOutcome, StaffThreshold,
};
use domain::exchange::staff_mapping::StaffField;
use domain::{OrganisationId, PersonId, StaffImportId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::paging::page_of;

/// An employee as a row of JSON: the same fields as the columns of a file
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[expect(dead_code, reason = "documents a row; the file is read by the same rules as CSV, row by row")]
pub struct StaffRowInput {
    /// Employee number, with its leading zeros
    #[schema(min_length = 1, max_length = 100, example = "0104233")]
    employee_number: String,
    /// Number of the contract, where somebody has several rows
    #[schema(max_length = 100, example = "2")]
    contract_number: Option<String>,
    /// How another system calls them
    #[schema(max_length = 200, example = "0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef")]
    external_id: Option<String>,
    /// Name to sign in with
    #[schema(max_length = 254, example = "s.devries@oss.example")]
    user_name: Option<String>,
    /// Given name
    #[schema(min_length = 1, max_length = 100, example = "Sanne")]
    given_name: String,
    /// What stands between
    #[schema(max_length = 30, example = "de")]
    infix: Option<String>,
    /// Family name
    #[schema(min_length = 1, max_length = 100, example = "Vries")]
    family_name: String,
    /// Work e-mail address
    #[schema(format = "email", max_length = 254, example = "s.devries@oss.example")]
    email: Option<String>,
    /// Preferred language: nl or en
    #[schema(max_length = 20, example = "nl")]
    language: Option<String>,
    /// Function
    #[schema(max_length = 200, example = "Beleidsadviseur")]
    function: Option<String>,
    /// Department
    #[schema(max_length = 200, example = "Ruimte")]
    department: Option<String>,
    /// Cost centre
    #[schema(max_length = 100, example = "6120")]
    cost_center: Option<String>,
    /// Employee number of the manager
    #[schema(max_length = 100, example = "0100088")]
    manager_employee_number: Option<String>,
    /// Contract minutes a week
    #[schema(minimum = 0, maximum = 2400, example = 1920)]
    contract_minutes_per_week: Option<i64>,
    /// Working days a week
    #[schema(minimum = 1, maximum = 7, example = 4)]
    working_days_per_week: Option<i64>,
    /// First day
    #[schema(example = "2019-03-01")]
    start_date: Option<chrono::NaiveDate>,
    /// Last day; 9999-12-31 is an open end
    #[schema(example = "2029-08-31")]
    end_date: Option<chrono::NaiveDate>,
    /// Whether they are employed; the days tell where it is left out
    #[schema(example = true)]
    active: Option<bool>,
    /// OIN of the organisation
    #[schema(min_length = 20, max_length = 20, example = "00000001111222333000")]
    organisation_oin: Option<String>,
}

/// Why an import is not applied
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StaffImportRejectionDraft {
    /// Why, for colleagues
    #[schema(min_length = 1, max_length = 500, example = "De afdeling Ruimte ontbreekt in de uitvoer")]
    reason: Option<String>,
}

impl StaffImportRejectionDraft {
    pub(super) fn reason(self) -> Option<String> {
        self.reason
    }
}

/// A staff file that came in: what it would do, and how far it is
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = StaffImport)]
pub struct StaffImportView {
    /// Identifies it
    id: StaffImportId,
    /// Whose staff
    organisation_id: OrganisationId,
    /// Whether it is applied
    mode: StaffImportMode,
    /// Its state
    state: StaffImportState,
    /// When the HR system made the file, as far as was told
    #[schema(example = "2027-01-31T02:00:00Z")]
    generated_at: Option<DateTime<Utc>>,
    /// Whether it was said to be the first one
    first_load: bool,
    /// The fields that it speaks of; the others stay what they are
    #[schema(max_items = 19)]
    fields: Vec<StaffField>,
    /// How many rows it has
    #[schema(minimum = 1, maximum = 200_000, example = 1200)]
    row_count: i64,
    /// How many employees there were
    #[schema(minimum = 0, maximum = 10_000_000, example = 1198)]
    employees_before: i64,
    /// What it would do; how many are missing from the file counts as DEACTIVATE
    planned: StaffOutcomesView,
    /// What it did so far
    applied: StaffOutcomesView,
    /// So many may leave unseen
    #[schema(minimum = 0, maximum = 10_000_000, example = 59)]
    maximum_deactivated: i64,
    /// So many may come unseen
    #[schema(minimum = 0, maximum = 100_000_000, example = 299)]
    maximum_created: i64,
    /// What it does more of than that
    #[schema(max_items = 2)]
    exceeded: Vec<StaffThreshold>,
    /// In how many chunks it is applied
    #[schema(minimum = 0, maximum = 1_000_000, example = 3)]
    chunks: i64,
    /// How many of them are
    #[schema(minimum = 0, maximum = 1_000_000, example = 2)]
    chunks_applied: i64,
    /// How often the present chunk failed; it is tried again
    #[schema(minimum = 0, maximum = 20, example = 0)]
    attempts: i64,
    /// Who sent it; null where a system did so for itself
    submitted_by_id: Option<PersonId>,
    /// Who approved or rejected it
    decided_by_id: Option<PersonId>,
    /// When
    #[schema(example = "2027-01-31T12:00:00Z")]
    decided_at: Option<DateTime<Utc>>,
    /// Why it was rejected
    #[schema(max_length = 500, example = "De afdeling Ruimte ontbreekt in de uitvoer")]
    reason: Option<String>,
    /// When it was over
    #[schema(example = "2027-01-31T12:01:00Z")]
    finished_at: Option<DateTime<Utc>>,
    /// Until when its rows can be read
    #[schema(example = "2027-03-02T12:01:00Z")]
    results_until_at: DateTime<Utc>,
    /// When it came in
    #[schema(example = "2027-01-31T12:00:00Z")]
    created_at: DateTime<Utc>,
    /// When it last changed
    #[schema(example = "2027-01-31T12:01:00Z")]
    modified_at: DateTime<Utc>,
}

/// How many rows did what
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = StaffOutcomes)]
pub struct StaffOutcomesView {
    /// Somebody new
    #[schema(minimum = 0, maximum = 10_000_000, example = 4)]
    create: i64,
    /// Somebody changes
    #[schema(minimum = 0, maximum = 10_000_000, example = 17)]
    update: i64,
    /// Somebody leaves
    #[schema(minimum = 0, maximum = 10_000_000, example = 2)]
    deactivate: i64,
    /// Somebody comes back
    #[schema(minimum = 0, maximum = 10_000_000, example = 1)]
    reactivate: i64,
    /// Nothing
    #[schema(minimum = 0, maximum = 10_000_000, example = 1175)]
    unchanged: i64,
    /// Not taken
    #[schema(minimum = 0, maximum = 10_000_000, example = 3)]
    rejected: i64,
}

/// What becomes of a row
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = StaffImportRow)]
pub struct StaffImportRowView {
    /// The number of the row in the file, where the header is 1; null for who is missing from it. Of several contracts
    /// of one person, that of the main one
    #[schema(minimum = 1, maximum = 10_000_000, example = 17)]
    row_number: Option<i64>,
    /// The employee number, where there is one
    #[schema(max_length = 100, example = "0104233")]
    employee_number: Option<String>,
    /// What it does
    outcome: StaffRowOutcome,
    /// The fields that change
    #[schema(max_items = 19)]
    changed_fields: Vec<StaffField>,
    /// What is wrong with it
    #[schema(max_items = 100)]
    faults: Vec<StaffRowFaultView>,
}

/// What is wrong with a row; what stands in it is not told
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = StaffRowFault)]
pub struct StaffRowFaultView {
    /// The field at fault; null where it is the row
    field: Option<StaffField>,
    /// The column, as the mapping names it
    #[schema(max_length = 200, example = "begindatum")]
    column: Option<String>,
    /// Why
    code: StaffFaultCode,
    /// What is allowed
    #[schema(max_length = 2000, example = "must be a day such as 2019-03-01 or 01-03-2019")]
    allowed: String,
}

page_of!(
    /// A page of staff imports
    StaffImportPage as StaffImportPage, StaffImportView
);
page_of!(
    /// A page of rows of a staff import
    StaffImportRowPage as StaffImportRowPage, StaffImportRowView
);

impl From<&StaffImport> for StaffImportView {
    fn from(import: &StaffImport) -> Self {
        let exceeded = import.exceeded();
        let StaffImport {
            id,
            revision: _,
            organisation,
            mode,
            state,
            fingerprint: _,
            generated_at,
            first_load,
            fields,
            rows,
            employees_before,
            limits,
            planned,
            applied,
            chunks,
            chunks_applied,
            submitted_by,
            decided_by,
            decided_at,
            reason,
            attempts,
            leased_until: _,
            finished_at,
            results_until,
            created_at,
            modified_at,
        } = import.clone();
        Self {
            id,
            organisation_id: organisation,
            mode,
            state,
            generated_at,
            first_load,
            fields,
            row_count: rows,
            employees_before,
            planned: planned.into(),
            applied: applied.into(),
            maximum_deactivated: limits.deactivations(employees_before),
            maximum_created: limits.creations(employees_before),
            exceeded,
            chunks,
            chunks_applied,
            attempts,
            submitted_by_id: submitted_by,
            decided_by_id: decided_by,
            decided_at,
            reason,
            finished_at,
            results_until_at: results_until,
            created_at,
            modified_at,
        }
    }
}

impl From<Outcomes> for StaffOutcomesView {
    fn from(outcomes: Outcomes) -> Self {
        let Outcomes { create, update, deactivate, reactivate, unchanged, rejected } = outcomes;
        Self { create, update, deactivate, reactivate, unchanged, rejected }
    }
}

impl From<RowResult> for StaffImportRowView {
    fn from(result: RowResult) -> Self {
        let RowResult { number, key, outcome, changes, faults } = result;
        let faults = faults.into_iter().map(|StaffFault { field, column, code, allowed }| StaffRowFaultView {
            field,
            column,
            code,
            allowed,
        });
        Self { row_number: number, employee_number: key, outcome, changed_fields: changes, faults: faults.collect() }
    }
}
