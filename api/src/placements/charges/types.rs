//! Charge statements: what clients send and see.

use chrono::{DateTime, NaiveDate, Utc};
use domain::placements::charge_statements::{
    ChargeStatement, ChargeStatementAction, ChargeStatementKind, ChargeStatementState, LIFECYCLE, StatementLine,
};
use domain::{ChargeStatementId, OrganisationId, Part, PlacementId, TextEnum, TimesheetId, TimesheetLineId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::paging::page_of;
use crate::placements::agreements::items::{ReferencesItem, VatTreatmentItem};

/// A monthly run
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChargeRunDraft {
    /// The month up to and including which approved hours are charged
    #[schema(pattern = "^[0-9]{4}-(0[1-9]|1[0-2])$", max_length = 7, example = "2027-06")]
    pub(super) month: String,
    /// Whether the statements are issued at once; drafts otherwise
    #[serde(default)]
    #[schema(example = false)]
    pub(super) issue: bool,
}

/// What a monthly run made
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ChargeRun)]
pub struct ChargeRunView {
    /// The month
    #[schema(max_length = 7, example = "2027-06")]
    pub(super) month: String,
    /// The statements that were made; empty where every approved hour stood in one already
    #[schema(max_items = 10_000)]
    pub(super) statement_ids: Vec<ChargeStatementId>,
    /// The placements of which hours could not be charged, and why
    #[schema(max_items = 10_000)]
    pub(super) left: Vec<ChargeLeftView>,
}

/// A placement of which hours could not be charged
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ChargeLeft)]
pub struct ChargeLeftView {
    /// The placement
    pub(super) placement_id: PlacementId,
    /// The code of the reason, as `GET /problem-types` lists it
    #[schema(max_length = 80, example = "rate_missing")]
    pub(super) code: &'static str,
    /// What is wrong and what would be right
    #[schema(max_length = 1000, example = "No cost rate is valid on 2027-06-01: lay one down first.")]
    pub(super) detail: String,
}

/// Disputing a charge statement
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DisputeDraft {
    /// Why
    #[schema(min_length = 1, max_length = 2000, example = "Hemelvaartsdag staat als gewerkt genoteerd.")]
    pub(super) reason: String,
}

/// Recording a payment
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PaymentDraft {
    /// The day on which it was paid
    #[schema(example = "2027-07-20")]
    pub(super) paid_date: NaiveDate,
}

/// A line of a charge statement: hours of one day at the rate of that day
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ChargeStatementLine)]
pub struct StatementLineView {
    /// The line of the timesheet, which stands in no other statement
    timesheet_line_id: TimesheetLineId,
    /// The timesheet
    timesheet_id: TimesheetId,
    /// The day
    #[schema(example = "2027-06-01")]
    date: NaiveDate,
    /// Minutes; negative in a reversal
    #[schema(minimum = -1440, maximum = 1440, example = 480)]
    minutes: i64,
    /// The rate that was valid on the day, in euro cents
    #[schema(minimum = 1, maximum = 4_000_000, example = 5000)]
    cents_per_hour: i64,
    /// Minutes times rate, rounded once, in euro cents
    #[schema(minimum = -100_000_000, maximum = 100_000_000, example = 40000)]
    amount_cents: i64,
}

/// What home charges host for the hours of a placement (doorbelasting)
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ChargeStatement)]
pub struct ChargeStatementView {
    /// Identifies it
    id: ChargeStatementId,
    /// What it does
    kind: ChargeStatementKind,
    /// The statement of which it credits something
    counters_id: Option<ChargeStatementId>,
    /// The placement
    placement_id: PlacementId,
    /// The home organisation, which charges
    issuer_id: OrganisationId,
    /// The host organisation, which pays
    recipient_id: OrganisationId,
    /// The month up to and including which hours were taken
    #[schema(max_length = 7, example = "2027-06")]
    month: String,
    /// Its number in the books of the issuer; null until it is issued
    #[schema(max_length = 20, example = "2027-00001")]
    number: Option<String>,
    /// Its lines, by day
    #[schema(max_items = 10_000)]
    lines: Vec<StatementLineView>,
    /// Minutes in all
    #[schema(minimum = -1_000_000_000, maximum = 1_000_000_000, example = 2400)]
    total_minutes: i64,
    /// What the lines add up to, in euro cents, without tax
    #[schema(minimum = -1_000_000_000_000_i64, maximum = 1_000_000_000_000_i64, example = 200_000)]
    total_cents: i64,
    /// The tax on it, in euro cents
    #[schema(minimum = -1_000_000_000_000_i64, maximum = 1_000_000_000_000_i64, example = 0)]
    vat_cents: i64,
    /// What is to be paid, or is credited, in euro cents
    #[schema(minimum = -1_000_000_000_000_i64, maximum = 1_000_000_000_000_i64, example = 200_000)]
    payable_cents: i64,
    /// The treatment for value added tax, as the agreement says
    vat: VatTreatmentItem,
    /// How the host wants to find it back, as the agreement says
    references: ReferencesItem,
    /// Its state
    state: ChargeStatementState,
    /// Why it is disputed
    #[schema(max_length = 2000, example = "Hemelvaartsdag staat als gewerkt genoteerd.")]
    dispute_reason: Option<String>,
    /// When it was issued
    #[schema(example = "2027-07-01T09:00:00Z")]
    issued_at: Option<DateTime<Utc>>,
    /// The last day to pay
    #[schema(example = "2027-07-31")]
    due_date: Option<NaiveDate>,
    /// The day on which it was paid
    #[schema(example = "2027-07-20")]
    paid_date: Option<NaiveDate>,
    /// What the caller can do with it now
    #[schema(max_items = 20)]
    legal_actions: Vec<ChargeStatementAction>,
    /// When it was made
    #[schema(example = "2027-07-01T08:00:00Z")]
    created_at: DateTime<Utc>,
    /// When it last changed
    #[schema(example = "2027-07-01T09:00:00Z")]
    modified_at: DateTime<Utc>,
}

page_of!(
    /// A page of charge statements
    ChargeStatementPage as ChargeStatementPage, ChargeStatementView
);

impl ChargeStatementView {
    /// The statement for somebody with these parts.
    pub(super) fn of(statement: ChargeStatement, parts: &[Part]) -> Self {
        let (total_cents, vat_cents) = (statement.total_cents(), statement.vat_cents());
        let total_minutes = statement.minutes();
        let ChargeStatement {
            id,
            revision: _,
            kind,
            counters,
            placement,
            issuer,
            recipient,
            month,
            lines,
            vat,
            references,
            state,
            number,
            dispute,
            issued_at,
            due_date,
            paid_date,
            created_at,
            modified_at,
        } = statement;
        Self {
            id,
            kind,
            counters_id: counters,
            placement_id: placement,
            issuer_id: issuer,
            recipient_id: recipient,
            month: month.to_string(),
            number: number.map(|number| number.to_string()),
            lines: lines.into_iter().map(StatementLineView::from).collect(),
            total_minutes,
            total_cents,
            vat_cents,
            payable_cents: total_cents + vat_cents,
            vat: vat.into(),
            references: references.into(),
            state,
            dispute_reason: dispute,
            issued_at,
            due_date,
            paid_date,
            legal_actions: ChargeStatementAction::ALL
                .iter()
                .copied()
                .filter(|action| LIFECYCLE.allows(state, *action, parts))
                .collect(),
            created_at,
            modified_at,
        }
    }
}

impl From<StatementLine> for StatementLineView {
    fn from(line: StatementLine) -> Self {
        let StatementLine { line, timesheet, day, minutes, cents_per_hour, amount_cents } = line;
        Self { timesheet_line_id: line, timesheet_id: timesheet, date: day, minutes, cents_per_hour, amount_cents }
    }
}
