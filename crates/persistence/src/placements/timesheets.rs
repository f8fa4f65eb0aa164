//! Timesheets with their lines.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use domain::placements::timesheets::{Timesheet, TimesheetLine, TimesheetState};
use domain::placements::variants::HourKind;
use domain::{ArrangementId, OrganisationId, PlacementId, TextEnum, TimesheetId, Week};

use crate::among::AmongMethods as _;
use crate::columns::{At, Key, Place};
use crate::page::newest_first;
use crate::schema::placements::{charge_statement_lines, placements, timesheet_lines, timesheets};
use crate::{Page, PageRequest, PersistenceError, Result, View, Work};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = timesheets, treat_none_as_null = true, treat_none_as_default_value = false)]
#[diesel(check_for_backend(Sqlite, Pg))]
struct Row {
    id: Key,
    revision: i64,
    placement_id: Key,
    monday: NaiveDate,
    number: i64,
    state: String,
    rejection: Option<String>,
    decided_by_id: Option<Key>,
    submitted_at: Option<At>,
    decided_at: Option<At>,
    created_at: At,
    modified_at: At,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = timesheet_lines, treat_none_as_default_value = false)]
#[diesel(check_for_backend(Sqlite, Pg))]
struct LineRow {
    id: Key,
    timesheet_id: Key,
    day: NaiveDate,
    minutes: i64,
    note: Option<String>,
    reverses_id: Option<Key>,
}

impl From<&Timesheet> for Row {
    fn from(timesheet: &Timesheet) -> Self {
        let Timesheet {
            id,
            revision,
            placement,
            week,
            number,
            lines: _, // rows of their own
            state,
            rejection,
            decided_by,
            submitted_at,
            decided_at,
            created_at,
            modified_at,
        } = timesheet;
        Self {
            id: (*id).into(),
            revision: *revision,
            placement_id: (*placement).into(),
            monday: week.monday(),
            number: *number,
            state: state.to_string(),
            rejection: rejection.clone(),
            decided_by_id: decided_by.map(Key::from),
            submitted_at: submitted_at.map(At),
            decided_at: decided_at.map(At),
            created_at: At(*created_at),
            modified_at: At(*modified_at),
        }
    }
}

impl LineRow {
    fn of(timesheet: TimesheetId, line: &TimesheetLine) -> Self {
        let TimesheetLine { id, day, minutes, note, reverses } = line;
        Self {
            id: (*id).into(),
            timesheet_id: timesheet.into(),
            day: *day,
            minutes: *minutes,
            note: note.clone(),
            reverses_id: reverses.map(Key::from),
        }
    }

    fn into_line(self) -> TimesheetLine {
        let Self { id, timesheet_id: _, day, minutes, note, reverses_id } = self;
        TimesheetLine { id: id.to(), day, minutes, note, reverses: reverses_id.map(Key::to) }
    }
}

impl Row {
    fn into_timesheet(self, lines: Vec<TimesheetLine>) -> Result<Timesheet> {
        let Self {
            id,
            revision,
            placement_id,
            monday,
            number,
            state,
            rejection,
            decided_by_id,
            submitted_at,
            decided_at,
            created_at,
            modified_at,
        } = self;
        let place = Place::new("timesheets", id);
        Ok(Timesheet {
            id: id.to(),
            revision,
            placement: placement_id.to(),
            week: Week::of(monday),
            number,
            lines,
            state: place.value("state", &state)?,
            rejection,
            decided_by: decided_by_id.map(Key::to),
            submitted_at: submitted_at.map(|at| at.0),
            decided_at: decided_at.map(|at| at.0),
            created_at: created_at.0,
            modified_at: modified_at.0,
        })
    }
}

/// The one with this id.
pub fn get(view: &mut View<'_>, id: TimesheetId) -> Result<Timesheet> {
    let rows: Vec<Row> = each!(view.conn, |c| timesheets::table
        .filter(timesheets::id.eq(Key::from(id)))
        .select(Row::as_select())
        .load(c))?;
    let found = with_lines(view, rows)?.pop();
    found.ok_or(PersistenceError::NotFound { noun: <TimesheetId as domain::Identifier>::NOUN, id: id.into() })
}

/// Keeps a new one.
pub fn insert(work: &mut Work<'_>, timesheet: Timesheet) -> Result<Timesheet> {
    let row = Row::from(&timesheet);
    each!(work.conn, |c| diesel::insert_into(timesheets::table).values(&row).execute(c))?;
    insert_lines(work, &timesheet)?;
    Ok(timesheet)
}

/// Keeps one of which the state changed, if it is still the revision that was read.
pub fn save(work: &mut Work<'_>, timesheet: Timesheet) -> Result<Timesheet> {
    let seen = timesheet.revision;
    let timesheet = Timesheet { revision: seen + 1, ..timesheet };
    let (row, key) = (Row::from(&timesheet), Key::from(timesheet.id));
    let changed = each!(work.conn, |c| diesel::update(
        timesheets::table.filter(timesheets::id.eq(key)).filter(timesheets::revision.eq(seen))
    )
    .set(&row)
    .execute(c))?;
    if changed == 1 { Ok(timesheet) } else { Err(PersistenceError::Stale { table: "timesheets", id: key.0 }) }
}

/// Keeps one of which the lines were written anew.
pub fn save_with_lines(work: &mut Work<'_>, timesheet: Timesheet) -> Result<Timesheet> {
    let timesheet = save(work, timesheet)?;
    let key = Key::from(timesheet.id);
    each!(work.conn, |c| diesel::delete(timesheet_lines::table.filter(timesheet_lines::timesheet_id.eq(key)))
        .execute(c))?;
    insert_lines(work, &timesheet)?;
    Ok(timesheet)
}

fn insert_lines(work: &mut Work<'_>, timesheet: &Timesheet) -> Result<()> {
    let rows: Vec<LineRow> = timesheet.lines.iter().map(|line| LineRow::of(timesheet.id, line)).collect();
    if !rows.is_empty() {
        each!(work.conn, |c| diesel::insert_into(timesheet_lines::table).values(&rows).execute(c))?;
    }
    Ok(())
}

fn with_lines(view: &mut View<'_>, rows: Vec<Row>) -> Result<Vec<Timesheet>> {
    let keys: Vec<Key> = rows.iter().map(|row| row.id).collect();
    let lines: Vec<LineRow> = each!(view.conn, |c| timesheet_lines::table
        .filter(timesheet_lines::timesheet_id.among(&keys))
        .order((timesheet_lines::day, timesheet_lines::id))
        .select(LineRow::as_select())
        .load(c))?;
    let mut by_sheet: HashMap<Key, Vec<TimesheetLine>> = HashMap::new();
    for line in lines {
        by_sheet.entry(line.timesheet_id).or_default().push(line.into_line());
    }
    rows.into_iter()
        .map(|row| {
            let lines = by_sheet.remove(&row.id).unwrap_or_default();
            row.into_timesheet(lines)
        })
        .collect()
}

/// The timesheets of a placement in a week, the first one first.
pub fn of_week(view: &mut View<'_>, placement: PlacementId, week: Week) -> Result<Vec<Timesheet>> {
    let rows: Vec<Row> = each!(view.conn, |c| timesheets::table
        .filter(timesheets::placement_id.eq(Key::from(placement)))
        .filter(timesheets::monday.eq(week.monday()))
        .order(timesheets::number)
        .select(Row::as_select())
        .load(c))?;
    with_lines(view, rows)
}

/// A page of the timesheets of a placement, newest first; in one state where it is given, and with those that were never
/// submitted only where they are wanted.
pub fn list(
    view: &mut View<'_>,
    placement: PlacementId,
    state: Option<TimesheetState>,
    with_unsubmitted: bool,
    request: &PageRequest,
) -> Result<Page<Timesheet>> {
    let rows: Vec<Row> = each!(view.conn, |c| {
        let query = timesheets::table
            .filter(timesheets::placement_id.eq(Key::from(placement)))
            .select(Row::as_select())
            .into_boxed();
        let query = match state {
            Some(state) => query.filter(timesheets::state.eq(state.as_str())),
            None => query,
        };
        let query = if with_unsubmitted { query } else { query.filter(timesheets::submitted_at.is_not_null()) };
        newest_first!(query, request, timesheets::id).load(c)
    })?;
    let items = with_lines(view, rows)?;
    Ok(request.page(items, |timesheet| (String::new(), timesheet.id.into())))
}

/// The minutes that are submitted or approved on an arrangement in a week, in all its placements but not in one timesheet.
pub fn minutes_on_arrangement(
    view: &mut View<'_>,
    series: ArrangementId,
    hours: HourKind,
    week: Week,
    without: TimesheetId,
) -> Result<i64> {
    let lines: Vec<(Key, String, i64)> = each!(view.conn, |c| timesheet_lines::table
        .inner_join(timesheets::table.on(timesheets::id.eq(timesheet_lines::timesheet_id)))
        .inner_join(placements::table.on(placements::id.eq(timesheets::placement_id)))
        .filter(placements::arrangement_id.eq(Key::from(series)))
        .filter(placements::hours.eq(hours.as_str()))
        .filter(timesheets::monday.eq(week.monday()))
        .filter(timesheets::state.among(WRITTEN))
        .filter(timesheets::id.ne(Key::from(without)))
        .select((timesheets::id, timesheets::state, timesheet_lines::minutes))
        .load(c))?;
    Ok(counted(lines))
}

/// The minutes that are submitted or approved for a placement, but not in one timesheet.
pub fn minutes_of_placement(view: &mut View<'_>, placement: PlacementId, without: TimesheetId) -> Result<i64> {
    let lines: Vec<(Key, String, i64)> = each!(view.conn, |c| timesheet_lines::table
        .inner_join(timesheets::table.on(timesheets::id.eq(timesheet_lines::timesheet_id)))
        .filter(timesheets::placement_id.eq(Key::from(placement)))
        .filter(timesheets::state.among(WRITTEN))
        .filter(timesheets::id.ne(Key::from(without)))
        .select((timesheets::id, timesheets::state, timesheet_lines::minutes))
        .load(c))?;
    Ok(counted(lines))
}

/// The states in which hours count.
const WRITTEN: [&str; 3] = ["SUBMITTED", "APPROVED", "CHARGED"];

/// The minutes of timesheets in all. A correction that lowers them counts only once it is approved: it may be rejected.
fn counted(lines: Vec<(Key, String, i64)>) -> i64 {
    let mut by_sheet: HashMap<Key, (bool, i64)> = HashMap::new();
    for (sheet, state, minutes) in lines {
        let entry = by_sheet.entry(sheet).or_default();
        *entry = (state == TimesheetState::Submitted.as_str(), entry.1 + minutes);
    }
    by_sheet.into_values().filter(|(waits, minutes)| !waits || *minutes > 0).map(|(_, minutes)| minutes).sum()
}

/// The lines of approved timesheets of a placement that stand in no statement, by day.
pub fn uncharged(view: &mut View<'_>, placement: PlacementId) -> Result<Vec<(TimesheetId, TimesheetLine)>> {
    let rows: Vec<LineRow> = each!(view.conn, |c| {
        let charged =
            charge_statement_lines::table.filter(charge_statement_lines::timesheet_line_id.eq(timesheet_lines::id));
        timesheet_lines::table
            .inner_join(timesheets::table.on(timesheets::id.eq(timesheet_lines::timesheet_id)))
            .filter(timesheets::placement_id.eq(Key::from(placement)))
            .filter(timesheets::state.eq(TimesheetState::Approved.as_str()))
            .filter(diesel::dsl::not(diesel::dsl::exists(charged)))
            .order((timesheet_lines::day, timesheet_lines::id))
            .select(LineRow::as_select())
            .load(c)
    })?;
    Ok(rows.into_iter().map(|row| (row.timesheet_id.to(), row.into_line())).collect())
}

/// The placements that these organisations lend of which approved hours up to a day stand in no statement.
pub fn placements_to_charge(
    view: &mut View<'_>,
    homes: &[OrganisationId],
    until: NaiveDate,
) -> Result<Vec<PlacementId>> {
    let homes: Vec<Key> = homes.iter().copied().map(Key::from).collect();
    let keys: Vec<Key> = each!(view.conn, |c| {
        let charged =
            charge_statement_lines::table.filter(charge_statement_lines::timesheet_line_id.eq(timesheet_lines::id));
        timesheet_lines::table
            .inner_join(timesheets::table.on(timesheets::id.eq(timesheet_lines::timesheet_id)))
            .inner_join(placements::table.on(placements::id.eq(timesheets::placement_id)))
            .filter(placements::home_organisation_id.among(homes))
            .filter(placements::hours.eq(HourKind::Exempted.as_str()))
            .filter(timesheets::state.eq(TimesheetState::Approved.as_str()))
            .filter(timesheet_lines::day.le(until))
            .filter(diesel::dsl::not(diesel::dsl::exists(charged)))
            .order(placements::id)
            .select(placements::id)
            .distinct()
            .load(c)
    })?;
    Ok(keys.into_iter().map(Key::to).collect())
}

/// Whether every line of a timesheet stands in a statement.
pub fn is_wholly_charged(view: &mut View<'_>, timesheet: TimesheetId) -> Result<bool> {
    let open: i64 = each!(view.conn, |c| {
        let charged =
            charge_statement_lines::table.filter(charge_statement_lines::timesheet_line_id.eq(timesheet_lines::id));
        timesheet_lines::table
            .filter(timesheet_lines::timesheet_id.eq(Key::from(timesheet)))
            .filter(diesel::dsl::not(diesel::dsl::exists(charged)))
            .count()
            .get_result(c)
    })?;
    Ok(open == 0)
}
