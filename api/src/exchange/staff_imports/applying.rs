//! Staff imports are applied chunk by chunk, each in one transaction together with how far it is: whatever happens
//! between two of them, the next one goes on.

use std::collections::HashMap;
use std::sync::Arc;

use actix_web::web::Data;
use chrono::TimeDelta;
use domain::exchange::staff::{StaffKey, StaffMember};
use domain::exchange::staff_files::{StaffFault, StaffFaultCode};
use domain::exchange::staff_imports::{
    DAYS_TO_DECIDE, Item, Outcomes, RowResult, StaffImport, StaffImportState, StaffRowOutcome, settle,
};
use domain::exchange::staff_mapping::StaffField;
use domain::{StaffImportId, local_date};
use persistence::exchange::staff_import_chunks::{self as chunks, Chunk};
use persistence::exchange::{staff, staff_imports as kept};
use persistence::{Contention, PersistenceError, Work};

use super::announce;
use crate::app::App;
use crate::exchange::staff::{StaffChange, apply};
use crate::problem::Problem;

/// How long a chunk may take before somebody else may go on.
const LEASE: TimeDelta = TimeDelta::minutes(2);
/// How many imports are dealt with before the rest waits for the next time.
const AT_ONCE: i64 = 20;

/// Applies what waits to be applied, without anybody waiting for it.
pub(super) fn start(app: &Data<App>) {
    let app = Arc::clone(app);
    let running = std::thread::Builder::new().name("staff-import".to_owned()).spawn(move || {
        if let Err(problem) = apply_all(&app) {
            tracing::warn!(%problem, "staff imports could not be applied; it is tried again");
        }
    });
    if let Err(error) = running {
        tracing::warn!(%error, "no thread for staff imports; the clock applies them");
    }
}

/// Does what is due at this moment.
pub(in crate::exchange) fn due(app: &App) -> Result<(), Problem> {
    apply_all(app)?;
    let now = app.clock.now();
    let waiting = app.database.read::<_, Problem>(now, |view| {
        Ok(kept::waiting_since(view, now - TimeDelta::days(DAYS_TO_DECIDE), AT_ONCE)?)
    })?;
    for id in waiting {
        app.write(|work| expire(work, id))?;
    }
    app.write(|work| Ok(chunks::forget_before(work, work.now())?))
}

/// Applies what waits to be applied and is nobody's at the moment.
pub(super) fn apply_all(app: &App) -> Result<(), Problem> {
    let now = app.clock.now();
    for id in app.database.read::<_, Problem>(now, |view| Ok(kept::to_apply(view, AT_ONCE)?))? {
        let Some(mut import) = app.write(|work| claim(work, id))? else { continue };
        while import.state == StaffImportState::Applying {
            import = match step(app, &import) {
                Ok(import) => import,
                Err(problem) => {
                    tracing::warn!(import = %id, %problem, "a chunk of a staff import could not be applied");
                    app.write(|work| stumble(work, id))?;
                    break;
                }
            };
        }
    }
    Ok(())
}

/// Takes an import for oneself for a while; nothing where somebody else has it.
fn claim(work: &mut Work<'_>, id: StaffImportId) -> Result<Option<StaffImport>, Problem> {
    let import = kept::get(work, id)?;
    let is_free = import.leased_until.is_none_or(|until| until <= work.now());
    if import.state != StaffImportState::Applying || !is_free {
        return Ok(None);
    }
    let leased_until = Some(work.now() + LEASE);
    Ok(Some(kept::save(work, StaffImport { leased_until, ..import })?))
}

fn stumble(work: &mut Work<'_>, id: StaffImportId) -> Result<(), Problem> {
    let import = kept::get(work, id)?;
    if import.state != StaffImportState::Applying {
        return Ok(());
    }
    let import = kept::save(work, import.stumbled(work.now())?)?;
    if import.state != StaffImportState::Applying {
        over(work, &import, StaffImportState::Applying)?;
    }
    Ok(())
}

fn expire(work: &mut Work<'_>, id: StaffImportId) -> Result<(), Problem> {
    let import = kept::get(work, id)?;
    if !import.is_expired(work.now()) {
        return Ok(());
    }
    let from = import.state;
    let import = kept::save(work, import.expire(work.now())?)?;
    over(work, &import, from)
}

/// Forgets what was to be done, and tells that it is over.
pub(super) fn over(work: &mut Work<'_>, import: &StaffImport, from: StaffImportState) -> Result<(), Problem> {
    chunks::forget_items(work, import.id, import.results_until)?;
    announce(work, import, Some(from))
}

/// The rows that a rule refuses, by their place in the chunk.
type Refused = HashMap<usize, StaffFault>;

/// Applies the next chunk. Rows that a rule refuses are found one by one and left out: the others are applied.
fn step(app: &App, import: &StaffImport) -> Result<StaffImport, Problem> {
    let mut refused = Refused::new();
    loop {
        match app.write(|work| apply_chunk(work, import, &refused)) {
            Err(problem) if problem.is_refusal() => {
                let (place, fault) = first_refused(app, import, &refused)?.ok_or(problem)?;
                refused.insert(place, fault);
            }
            outcome => return outcome,
        }
    }
}

fn apply_chunk(work: &mut Work<'_>, seen: &StaffImport, refused: &Refused) -> Result<StaffImport, Problem> {
    let import = kept::get(work, seen.id)?;
    if import.revision != seen.revision {
        // Somebody else went on with it.
        return Err(crate::problem::stale());
    }
    work.actor = import.decided_by.or(import.submitted_by);
    let now = work.now();
    let import = match chunks::next(work, import.id)? {
        None => import.finish(now)?,
        Some(chunk) => {
            let (chunk, did) = done(work, &import, chunk, refused, usize::MAX)?;
            chunks::save(work, import.id, &chunk, import.results_until)?;
            import.applied_chunk(did, now)?
        }
    };
    let leased_until = (import.state == StaffImportState::Applying).then(|| now + LEASE);
    let import = kept::save(work, StaffImport { leased_until, ..import })?;
    if import.state != StaffImportState::Applying {
        over(work, &import, StaffImportState::Applying)?;
    }
    Ok(import)
}

/// Applies the rows of a chunk before `until`, but for those that are refused: the chunk as it is then, and what the
/// rows that had something to do did.
fn done(
    work: &mut Work<'_>,
    import: &StaffImport,
    mut chunk: Chunk,
    refused: &Refused,
    until: usize,
) -> Result<(Chunk, Outcomes), Problem> {
    let items = chunk.items.take().unwrap_or_default();
    let keys: Vec<String> = items.iter().flatten().map(|item| item.key.clone()).collect();
    let present = staff::by_key(work, import.organisation, StaffKey::EmployeeNumber, &keys)?;
    let present: HashMap<&str, &StaffMember> =
        present.iter().filter_map(|member| Some((member.details.employee_number.as_deref()?, member))).collect();
    let (mut changes, mut did) = (Vec::new(), Vec::new());
    for (place, (item, result)) in items.into_iter().zip(&mut chunk.results).enumerate().take(until) {
        let is_idle =
            |result: &RowResult| matches!(result.outcome, StaffRowOutcome::Unchanged | StaffRowOutcome::Rejected);
        let Some(item) = item else { continue };
        if result.as_ref().is_some_and(is_idle) {
            continue;
        }
        let (outcome, change) = match refused.get(&place) {
            Some(fault) => {
                result.iter_mut().for_each(|result| result.faults.push(fault.clone()));
                (StaffRowOutcome::Rejected, None)
            }
            None => change_of(work, import, &item, present.get(item.key.as_str()).copied()),
        };
        changes.extend(change);
        if let Some(result) = result {
            result.outcome = outcome;
            did.push(result.clone());
        }
    }
    apply(work, import.organisation, changes)?;
    let told: Vec<RowResult> = chunk.results.iter().flatten().cloned().collect();
    Ok((Chunk { pending: false, outcomes: Outcomes::of(&told), ..chunk }, Outcomes::of(&did)))
}

/// What has to be done for one employee, looked at anew.
fn change_of(
    work: &Work<'_>,
    import: &StaffImport,
    item: &Item,
    member: Option<&StaffMember>,
) -> (StaffRowOutcome, Option<StaffChange>) {
    let today = local_date(work.now());
    match (&item.told, member) {
        (Some(told), member) => {
            let (outcome, _, details) = settle(told, member, &import.fields, today);
            let change = match member {
                None => StaffChange::Create(details),
                Some(_) if outcome == StaffRowOutcome::Unchanged => return (outcome, None),
                Some(member) => StaffChange::Update(member.clone(), details),
            };
            (outcome, Some(change))
        }
        (None, Some(member)) => {
            let details = item.without(&member.details);
            let is_same = details == member.details;
            let outcome = if is_same { StaffRowOutcome::Unchanged } else { StaffRowOutcome::Deactivate };
            (outcome, (!is_same).then(|| StaffChange::Update(member.clone(), details)))
        }
        (None, None) => (StaffRowOutcome::Unchanged, None),
    }
}

/// The first row of the next chunk that a rule refuses: all rows before it together are taken, with it they are not. So
/// the place is found by halves, each tried and undone.
fn first_refused(app: &App, import: &StaffImport, refused: &Refused) -> Result<Option<(usize, StaffFault)>, Problem> {
    let now = app.clock.now();
    let next = app.database.read::<_, Problem>(now, |view| Ok(chunks::next(view, import.id)?))?;
    let (mut taken, mut not_taken) = (0, next.map_or(0, |chunk| chunk.results.len()));
    let mut found = attempt(app, import, refused, not_taken)?;
    while not_taken - taken > 1 {
        let until = taken + (not_taken - taken) / 2;
        match attempt(app, import, refused, until)? {
            None => taken = until,
            refusal => (not_taken, found) = (until, refusal),
        }
    }
    Ok(found.map(|fault| (taken, fault)))
}

/// How a try ended. It is always undone, so it always ends as an error.
enum Tried {
    Taken,
    Refused(StaffFault),
    Failed(Problem),
}

impl From<PersistenceError> for Tried {
    fn from(error: PersistenceError) -> Self {
        Self::Failed(error.into())
    }
}

impl Contention for Tried {
    fn is_contended(&self) -> bool {
        matches!(self, Self::Failed(problem) if problem.is_contended())
    }
}

/// Applies the rows before `until` and undoes it: what a rule says against it.
fn attempt(app: &App, import: &StaffImport, refused: &Refused, until: usize) -> Result<Option<StaffFault>, Problem> {
    let tried = app.database.write::<(), Tried>(&app.mint, app.clock.now(), |work| {
        let Some(chunk) = chunks::next(work, import.id)? else { return Err(Tried::Taken) };
        match done(work, import, chunk, refused, until) {
            Ok(_) => Err(Tried::Taken),
            Err(problem) if problem.is_refusal() => Err(Tried::Refused(fault_of(&problem))),
            Err(problem) => Err(Tried::Failed(problem)),
        }
    });
    match tried {
        Ok(()) | Err(Tried::Taken) => Ok(None),
        Err(Tried::Refused(fault)) => Ok(Some(fault)),
        Err(Tried::Failed(problem)) => Err(problem),
    }
}

/// The refusal of a rule as a fault of the row.
fn fault_of(problem: &Problem) -> StaffFault {
    let field = problem.fields().next().and_then(|name| match name {
        "employeeNumber" => Some(StaffField::EmployeeNumber),
        "externalId" => Some(StaffField::ExternalId),
        "userName" => Some(StaffField::UserName),
        "endDate" => Some(StaffField::End),
        "contractMinutesPerWeek" => Some(StaffField::ContractHours),
        "workingDaysPerWeek" => Some(StaffField::WorkingDays),
        _ => None,
    });
    StaffFault { field, column: None, code: StaffFaultCode::Refused, allowed: problem.detail().to_owned() }
}
