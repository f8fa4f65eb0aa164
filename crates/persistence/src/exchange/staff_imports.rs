//! Staff imports.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use domain::exchange::staff_imports::{StaffImport, StaffImportMode, StaffImportState};
use domain::{Moment, OrganisationId, StaffImportId, TextEnum as _};

use crate::among::AmongMethods as _;
use crate::columns::{At, Key, Place, joined, to_json};
use crate::page::newest_first;
use crate::schema::exchange_files::staff_imports;
use crate::{Page, PageRequest, PersistenceError, Result, View};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = staff_imports, treat_none_as_null = true, treat_none_as_default_value = false)]
#[diesel(check_for_backend(Sqlite, Pg))]
struct Row {
    id: Key,
    revision: i64,
    organisation_id: Key,
    mode: String,
    state: String,
    fingerprint: String,
    generated_at: Option<At>,
    first_load: bool,
    fields: String,
    row_count: i64,
    employees_before: i64,
    limits: serde_json::Value,
    planned: serde_json::Value,
    applied: serde_json::Value,
    chunks: i64,
    chunks_applied: i64,
    submitted_by_id: Option<Key>,
    decided_by_id: Option<Key>,
    decided_at: Option<At>,
    reason: Option<String>,
    attempts: i64,
    leased_until: Option<At>,
    finished_at: Option<At>,
    results_until: At,
    created_at: At,
    modified_at: At,
}

impl From<&StaffImport> for Row {
    fn from(import: &StaffImport) -> Self {
        let StaffImport {
            id,
            revision,
            organisation,
            mode,
            state,
            fingerprint,
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
            leased_until,
            finished_at,
            results_until,
            created_at,
            modified_at,
        } = import.clone();
        Self {
            id: id.into(),
            revision,
            organisation_id: organisation.into(),
            mode: mode.to_string(),
            state: state.to_string(),
            fingerprint,
            generated_at: generated_at.map(At),
            first_load,
            fields: joined(&fields),
            row_count: rows,
            employees_before,
            limits: to_json(&limits),
            planned: to_json(&planned),
            applied: to_json(&applied),
            chunks,
            chunks_applied,
            submitted_by_id: submitted_by.map(Key::from),
            decided_by_id: decided_by.map(Key::from),
            decided_at: decided_at.map(At),
            reason,
            attempts,
            leased_until: leased_until.map(At),
            finished_at: finished_at.map(At),
            results_until: At(results_until),
            created_at: At(created_at),
            modified_at: At(modified_at),
        }
    }
}

impl TryFrom<Row> for StaffImport {
    type Error = PersistenceError;

    fn try_from(row: Row) -> Result<Self> {
        let Row {
            id,
            revision,
            organisation_id,
            mode,
            state,
            fingerprint,
            generated_at,
            first_load,
            fields,
            row_count,
            employees_before,
            limits,
            planned,
            applied,
            chunks,
            chunks_applied,
            submitted_by_id,
            decided_by_id,
            decided_at,
            reason,
            attempts,
            leased_until,
            finished_at,
            results_until,
            created_at,
            modified_at,
        } = row;
        let place = Place::new("staff_imports", id);
        Ok(Self {
            id: id.to(),
            revision,
            organisation: organisation_id.to(),
            mode: place.value("mode", &mode)?,
            state: place.value("state", &state)?,
            fingerprint,
            generated_at: generated_at.map(|at| at.0),
            first_load,
            fields: place.values("fields", &fields)?,
            rows: row_count,
            employees_before,
            limits: place.json("limits", limits)?,
            planned: place.json("planned", planned)?,
            applied: place.json("applied", applied)?,
            chunks,
            chunks_applied,
            submitted_by: submitted_by_id.map(Key::to),
            decided_by: decided_by_id.map(Key::to),
            decided_at: decided_at.map(|at| at.0),
            reason,
            attempts,
            leased_until: leased_until.map(|at| at.0),
            finished_at: finished_at.map(|at| at.0),
            results_until: results_until.0,
            created_at: created_at.0,
            modified_at: modified_at.0,
        })
    }
}

keep!(staff_imports, StaffImport, StaffImportId, Row);

/// The latest import of an organisation that meets this condition.
macro_rules! latest {
    ($view:expr, $organisation:expr, $condition:expr) => {{
        let row: Option<Row> = each!($view.conn, |c| staff_imports::table
            .filter(staff_imports::organisation_id.eq(Key::from($organisation)))
            .filter($condition)
            .order(staff_imports::id.desc())
            .select(Row::as_select())
            .first(c)
            .optional())?;
        row.map(TryInto::try_into).transpose()
    }};
}

/// The last one that was applied.
pub fn last_applied(view: &mut View<'_>, organisation: OrganisationId) -> Result<Option<StaffImport>> {
    let applied = StaffImportState::Applied.as_str();
    latest!(view, organisation, staff_imports::state.eq(applied))
}

/// The one that is being applied or waits for somebody: there is one at most.
pub fn open(view: &mut View<'_>, organisation: OrganisationId) -> Result<Option<StaffImport>> {
    let states = [StaffImportState::AwaitingApproval.as_str(), StaffImportState::Applying.as_str()];
    latest!(view, organisation, staff_imports::state.among(states))
}

/// Those that are to be applied and on which nobody works, the oldest first.
pub fn to_apply(view: &mut View<'_>, limit: i64) -> Result<Vec<StaffImportId>> {
    let now = At(view.now());
    let free = staff_imports::leased_until.is_null().or(staff_imports::leased_until.le(now).assume_not_null());
    let keys: Vec<Key> = each!(view.conn, |c| staff_imports::table
        .filter(staff_imports::state.eq(StaffImportState::Applying.as_str()))
        .filter(free)
        .order(staff_imports::created_at)
        .limit(limit)
        .select(staff_imports::id)
        .load(c))?;
    Ok(keys.into_iter().map(Key::to).collect())
}

/// Those that wait for somebody since before this moment.
pub fn waiting_since(view: &mut View<'_>, moment: Moment, limit: i64) -> Result<Vec<StaffImportId>> {
    let keys: Vec<Key> = each!(view.conn, |c| staff_imports::table
        .filter(staff_imports::state.eq(StaffImportState::AwaitingApproval.as_str()))
        .filter(staff_imports::created_at.le(At(moment)))
        .order(staff_imports::created_at)
        .limit(limit)
        .select(staff_imports::id)
        .load(c))?;
    Ok(keys.into_iter().map(Key::to).collect())
}

/// Which imports are asked for; what is absent does not narrow.
#[derive(Debug, Clone, Copy, Default)]
pub struct StaffImportFilter {
    /// In this state.
    pub state: Option<StaffImportState>,
    /// Of this mode.
    pub mode: Option<StaffImportMode>,
}

/// A page of the imports of an organisation, newest first.
pub fn list(
    view: &mut View<'_>,
    organisation: OrganisationId,
    filter: StaffImportFilter,
    request: &PageRequest,
) -> Result<Page<StaffImport>> {
    let rows: Vec<Row> = each!(view.conn, |c| {
        let mut query = staff_imports::table
            .filter(staff_imports::organisation_id.eq(Key::from(organisation)))
            .select(Row::as_select())
            .into_boxed();
        if let Some(state) = filter.state {
            query = query.filter(staff_imports::state.eq(state.as_str()));
        }
        if let Some(mode) = filter.mode {
            query = query.filter(staff_imports::mode.eq(mode.as_str()));
        }
        newest_first!(query, request, staff_imports::id).load(c)
    })?;
    let items = rows.into_iter().map(TryInto::try_into).collect::<Result<Vec<StaffImport>>>()?;
    Ok(request.page(items, |import| (String::new(), import.id.into())))
}
