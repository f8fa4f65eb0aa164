//! Charge statements with their lines; a timesheet line stands in at most one, by its primary key.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use domain::placements::charge_statements::{
    ChargeStatement, ChargeStatementState, Month, StatementLine, StatementNumber,
};
use domain::{
    ChargeStatementId, EmploymentId, OrganisationId, PlacementId, TextEnum, TimesheetId, TimesheetLineId, local_date,
};

use crate::among::AmongMethods as _;
use crate::columns::{At, Key, Place, to_json};
use crate::page::newest_first;
use crate::schema::placements::{charge_statement_documents, charge_statement_lines, charge_statements, placements};
use crate::{Page, PageRequest, PersistenceError, Result, View, Work};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = charge_statements, treat_none_as_null = true, treat_none_as_default_value = false)]
#[diesel(check_for_backend(Sqlite, Pg))]
struct Row {
    id: Key,
    revision: i64,
    kind: String,
    counters_id: Option<Key>,
    placement_id: Key,
    issuer_id: Key,
    recipient_id: Key,
    month: NaiveDate,
    vat: serde_json::Value,
    buyer_references: serde_json::Value,
    total_cents: i64,
    state: String,
    number_year: Option<i64>,
    number_sequence: Option<i64>,
    dispute: Option<String>,
    issued_at: Option<At>,
    due_date: Option<NaiveDate>,
    paid_date: Option<NaiveDate>,
    created_at: At,
    modified_at: At,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = charge_statement_lines, treat_none_as_default_value = false)]
#[diesel(check_for_backend(Sqlite, Pg))]
struct LineRow {
    timesheet_line_id: Key,
    statement_id: Key,
    timesheet_id: Key,
    day: NaiveDate,
    minutes: i64,
    cents_per_hour: i64,
    amount_cents: i64,
}

impl From<&ChargeStatement> for Row {
    fn from(statement: &ChargeStatement) -> Self {
        let ChargeStatement {
            id,
            revision,
            kind,
            counters,
            placement,
            issuer,
            recipient,
            month,
            lines: _, // rows of their own
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
            id: (*id).into(),
            revision: *revision,
            kind: kind.to_string(),
            counters_id: counters.map(Key::from),
            placement_id: (*placement).into(),
            issuer_id: (*issuer).into(),
            recipient_id: (*recipient).into(),
            month: month.period().start,
            vat: to_json(vat),
            buyer_references: to_json(references),
            total_cents: statement.total_cents(),
            state: state.to_string(),
            number_year: number.map(|number| i64::from(number.year)),
            number_sequence: number.map(|number| number.sequence),
            dispute: dispute.clone(),
            issued_at: issued_at.map(At),
            due_date: *due_date,
            paid_date: *paid_date,
            created_at: At(*created_at),
            modified_at: At(*modified_at),
        }
    }
}

impl LineRow {
    fn of(statement: ChargeStatementId, line: &StatementLine) -> Self {
        let StatementLine { line, timesheet, day, minutes, cents_per_hour, amount_cents } = *line;
        Self {
            timesheet_line_id: line.into(),
            statement_id: statement.into(),
            timesheet_id: timesheet.into(),
            day,
            minutes,
            cents_per_hour,
            amount_cents,
        }
    }

    fn into_line(self) -> StatementLine {
        let Self { timesheet_line_id, statement_id: _, timesheet_id, day, minutes, cents_per_hour, amount_cents } =
            self;
        StatementLine {
            line: timesheet_line_id.to(),
            timesheet: timesheet_id.to(),
            day,
            minutes,
            cents_per_hour,
            amount_cents,
        }
    }
}

impl Row {
    fn into_statement(self, lines: Vec<StatementLine>) -> Result<ChargeStatement> {
        let Self {
            id,
            revision,
            kind,
            counters_id,
            placement_id,
            issuer_id,
            recipient_id,
            month,
            vat,
            buyer_references,
            total_cents,
            state,
            number_year,
            number_sequence,
            dispute,
            issued_at,
            due_date,
            paid_date,
            created_at,
            modified_at,
        } = self;
        let place = Place::new("charge_statements", id);
        let number = match (number_year, number_sequence) {
            (Some(year), Some(sequence)) => {
                let year = i32::try_from(year).map_err(|_| place.corrupt("number_year"))?;
                Some(StatementNumber { year, sequence })
            }
            (None, None) => None,
            _ => return Err(place.corrupt("number_sequence")),
        };
        let statement = ChargeStatement {
            id: id.to(),
            revision,
            kind: place.value("kind", &kind)?,
            counters: counters_id.map(Key::to),
            placement: placement_id.to(),
            issuer: issuer_id.to(),
            recipient: recipient_id.to(),
            month: Month::of(month),
            lines,
            vat: place.json("vat", vat)?,
            references: place.json("buyer_references", buyer_references)?,
            state: place.value("state", &state)?,
            number,
            dispute,
            issued_at: issued_at.map(|at| at.0),
            due_date,
            paid_date,
            created_at: created_at.0,
            modified_at: modified_at.0,
        };
        // The lines add up to what was kept as the total (invariant 4).
        if statement.total_cents() == total_cents { Ok(statement) } else { Err(place.corrupt("total_cents")) }
    }
}

/// The one with this id.
pub fn get(view: &mut View<'_>, id: ChargeStatementId) -> Result<ChargeStatement> {
    let rows: Vec<Row> = each!(view.conn, |c| charge_statements::table
        .filter(charge_statements::id.eq(Key::from(id)))
        .select(Row::as_select())
        .load(c))?;
    let found = with_lines(view, rows)?.pop();
    found.ok_or(PersistenceError::NotFound { noun: <ChargeStatementId as domain::Identifier>::NOUN, id: id.into() })
}

/// Keeps a new one with its lines.
pub fn insert(work: &mut Work<'_>, statement: ChargeStatement) -> Result<ChargeStatement> {
    let row = Row::from(&statement);
    each!(work.conn, |c| diesel::insert_into(charge_statements::table).values(&row).execute(c))?;
    let rows: Vec<LineRow> = statement.lines.iter().map(|line| LineRow::of(statement.id, line)).collect();
    each!(work.conn, |c| diesel::insert_into(charge_statement_lines::table).values(&rows).execute(c))?;
    Ok(statement)
}

/// Keeps one of which the state changed, if it is still the revision that was read. Of one that was discarded the lines
/// are given back.
pub fn save(work: &mut Work<'_>, statement: ChargeStatement) -> Result<ChargeStatement> {
    let seen = statement.revision;
    let statement = ChargeStatement { revision: seen + 1, ..statement };
    let (row, key) = (Row::from(&statement), Key::from(statement.id));
    let changed = each!(work.conn, |c| diesel::update(
        charge_statements::table.filter(charge_statements::id.eq(key)).filter(charge_statements::revision.eq(seen))
    )
    .set(&row)
    .execute(c))?;
    if changed != 1 {
        return Err(PersistenceError::Stale { table: "charge_statements", id: key.0 });
    }
    if statement.state == ChargeStatementState::Discarded {
        each!(work.conn, |c| diesel::delete(
            charge_statement_lines::table.filter(charge_statement_lines::statement_id.eq(key))
        )
        .execute(c))?;
    }
    Ok(statement)
}

fn with_lines(view: &mut View<'_>, rows: Vec<Row>) -> Result<Vec<ChargeStatement>> {
    let keys: Vec<Key> = rows.iter().map(|row| row.id).collect();
    let lines: Vec<LineRow> = each!(view.conn, |c| charge_statement_lines::table
        .filter(charge_statement_lines::statement_id.among(&keys))
        .order((charge_statement_lines::day, charge_statement_lines::timesheet_line_id))
        .select(LineRow::as_select())
        .load(c))?;
    let mut by_statement: HashMap<Key, Vec<StatementLine>> = HashMap::new();
    for line in lines {
        by_statement.entry(line.statement_id).or_default().push(line.into_line());
    }
    rows.into_iter()
        .map(|row| {
            let lines = by_statement.remove(&row.id).unwrap_or_default();
            row.into_statement(lines)
        })
        .collect()
}

/// Which statements are asked for; what is absent does not narrow.
#[derive(Debug, Clone, Default)]
pub struct StatementFilter {
    /// The organisations that issue or receive them. What is not issued yet is for the issuer alone.
    pub organisations: Vec<OrganisationId>,
    /// The placement.
    pub placement: Option<PlacementId>,
    /// The state.
    pub state: Option<ChargeStatementState>,
    /// The month.
    pub month: Option<Month>,
}

/// A page of statements, newest first.
pub fn list(view: &mut View<'_>, filter: &StatementFilter, request: &PageRequest) -> Result<Page<ChargeStatement>> {
    let keys: Vec<Key> = filter.organisations.iter().copied().map(Key::from).collect();
    let rows: Vec<Row> = each!(view.conn, |c| {
        let mut query = charge_statements::table
            .filter(
                charge_statements::issuer_id
                    .among(keys.clone())
                    .or(charge_statements::recipient_id.among(keys).and(charge_statements::number_year.is_not_null())),
            )
            .select(Row::as_select())
            .into_boxed();
        if let Some(placement) = filter.placement {
            query = query.filter(charge_statements::placement_id.eq(Key::from(placement)));
        }
        if let Some(state) = filter.state {
            query = query.filter(charge_statements::state.eq(state.as_str()));
        }
        if let Some(month) = filter.month {
            query = query.filter(charge_statements::month.eq(month.period().start));
        }
        newest_first!(query, request, charge_statements::id).load(c)
    })?;
    let items = with_lines(view, rows)?;
    Ok(request.page(items, |statement| (String::new(), statement.id.into())))
}

/// The last number that an issuer gave this year, if it gave one.
pub fn last_number(view: &mut View<'_>, issuer: OrganisationId) -> Result<Option<StatementNumber>> {
    let year = local_date(view.now()).year();
    let last: Option<Option<i64>> = each!(view.conn, |c| charge_statements::table
        .filter(charge_statements::issuer_id.eq(Key::from(issuer)))
        .filter(charge_statements::number_year.eq(i64::from(year)))
        .select(diesel::dsl::max(charge_statements::number_sequence))
        .first(c)
        .optional())?;
    Ok(last.flatten().map(|sequence| StatementNumber { year, sequence }))
}

/// The issued statement in which a timesheet line stands, if it stands in one.
pub fn statement_of_line(view: &mut View<'_>, line: TimesheetLineId) -> Result<Option<ChargeStatementId>> {
    let key: Option<Key> = each!(view.conn, |c| charge_statement_lines::table
        .inner_join(charge_statements::table.on(charge_statements::id.eq(charge_statement_lines::statement_id)))
        .filter(charge_statements::number_year.is_not_null())
        .filter(charge_statement_lines::timesheet_line_id.eq(Key::from(line)))
        .select(charge_statement_lines::statement_id)
        .first(c)
        .optional())?;
    Ok(key.map(Key::to))
}

/// The timesheets of which lines stand in a statement.
pub fn timesheets_in(statement: &ChargeStatement) -> Vec<TimesheetId> {
    let mut sheets: Vec<TimesheetId> = statement.lines.iter().map(|line| line.timesheet).collect();
    sheets.sort_unstable();
    sheets.dedup();
    sheets
}

/// The last day of an employment that stands in a statement.
pub fn charged_until(view: &mut View<'_>, employment: EmploymentId) -> Result<Option<NaiveDate>> {
    let last: Option<Option<NaiveDate>> = each!(view.conn, |c| charge_statement_lines::table
        .inner_join(charge_statements::table.on(charge_statements::id.eq(charge_statement_lines::statement_id)))
        .inner_join(placements::table.on(placements::id.eq(charge_statements::placement_id)))
        .filter(placements::employment_id.eq(Key::from(employment)))
        .select(diesel::dsl::max(charge_statement_lines::day))
        .first(c)
        .optional())?;
    Ok(last.flatten())
}

/// The forms in which an issued statement is a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocumentForm {
    /// The e-invoice as Peppol BIS Billing 3.0.
    Peppol,
    /// The e-invoice as NLCIUS.
    Nlcius,
    /// A page to read.
    Pdf,
    /// The invoice of SETU.
    Setu,
}

impl DocumentForm {
    fn as_str(self) -> &'static str {
        match self {
            Self::Peppol => "PEPPOL",
            Self::Nlcius => "NLCIUS",
            Self::Pdf => "PDF",
            Self::Setu => "SETU",
        }
    }
}

/// Keeps an issued statement as a document, once: what was issued is never made anew.
pub fn keep_document(work: &mut Work<'_>, id: ChargeStatementId, form: DocumentForm, content: &[u8]) -> Result<()> {
    let values = (
        charge_statement_documents::statement_id.eq(Key::from(id)),
        charge_statement_documents::form.eq(form.as_str()),
        charge_statement_documents::content.eq(content),
    );
    each!(work.conn, |c| diesel::insert_into(charge_statement_documents::table).values(values).execute(c))?;
    Ok(())
}

/// A statement as a document, if it was issued.
pub fn document(view: &mut View<'_>, id: ChargeStatementId, form: DocumentForm) -> Result<Option<Vec<u8>>> {
    Ok(each!(view.conn, |c| charge_statement_documents::table
        .filter(charge_statement_documents::statement_id.eq(Key::from(id)))
        .filter(charge_statement_documents::form.eq(form.as_str()))
        .select(charge_statement_documents::content)
        .first(c)
        .optional())?)
}
