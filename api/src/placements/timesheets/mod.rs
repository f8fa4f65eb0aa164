//! Timesheets: the employee writes hours by ISO week, the host approves them, corrections reverse lines.

mod deciding;
mod reading;
mod types;
mod writing;

use domain::placements::placements::Placement;
use domain::placements::timesheets::{READ_BY, Timesheet, TimesheetState};
use domain::{Audience, Change, EventKind, Moment, Part, Refusal, TextEnum, TimesheetId};
use persistence::market::assignments;
use persistence::placements::{placements, timesheets as kept};
use persistence::{View, Work, ledger};
use utoipa_actix_web::service_config::ServiceConfig;

use self::types::TimesheetView;
use super::standing::{Standing, manager_of, of_placement};
use crate::access::Actor;
use crate::body::IfMatch;
use crate::market::responses::dossier::owners;
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// Registers the operations.
pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(writing::create_timesheet)
        .service(writing::correct_timesheet)
        .service(writing::revise_timesheet)
        .service(writing::submit_timesheet)
        .service(writing::recall_timesheet)
        .service(reading::list_timesheets)
        .service(reading::get_timesheet)
        .service(deciding::approve_timesheet)
        .service(deciding::reject_timesheet);
}

/// A timesheet with its placement, for who may know of it. What is not submitted yet is the employee's own.
pub(super) fn open(
    view: &mut View<'_>,
    actor: &Actor,
    id: TimesheetId,
) -> Result<(Timesheet, Placement, Standing), Problem> {
    let timesheet = kept::get(view, id)?;
    let placement = placements::get(view, timesheet.placement)?;
    let standing = of_placement(view, actor, &placement)?;
    let is_own = standing.parts.contains(&Part::Employee);
    if !reads_hours(view, &standing, &placement)? || (!is_own && timesheet.submitted_at.is_none()) {
        return Err(Refusal::hidden("timesheet").into());
    }
    Ok((timesheet, placement, standing))
}

/// Whether the hours of single days are for them: not for administrators, unless one stands in the place of the manager.
fn reads_hours(view: &mut View<'_>, standing: &Standing, placement: &Placement) -> Result<bool, Problem> {
    if standing.parts.iter().any(|part| READ_BY.contains(part)) {
        return Ok(true);
    }
    let administers = standing.parts.contains(&Part::OrganisationAdministrator);
    Ok(administers && manager_of(view, placement.employment)?.is_none())
}

/// Takes a step with a timesheet at the revision that was seen, and shows it.
fn step(
    work: &mut Work<'_>,
    actor: &Actor,
    id: TimesheetId,
    seen: &IfMatch,
    decide: impl FnOnce(&mut Work<'_>, Timesheet, &Placement, &[Part], Moment) -> Result<Timesheet, Problem>,
) -> Answer<TimesheetView> {
    let (timesheet, placement, standing) = open(work, actor, id)?;
    seen.expect(timesheet.revision)?;
    let (from, now) = (timesheet.state, work.now());
    let timesheet = decide(work, timesheet, &placement, &standing.parts, now)?;
    let timesheet = kept::save(work, timesheet)?;
    tell(work, Some(from), &timesheet, &placement)?;
    Ok(Reply::current(timesheet.revision, TimesheetView::of(timesheet, &standing.parts)))
}

/// Tells the employee, and once it was submitted the owners of the klus.
pub(super) fn tell(
    work: &mut Work<'_>,
    from: Option<TimesheetState>,
    timesheet: &Timesheet,
    placement: &Placement,
) -> Result<(), Problem> {
    let mut audiences = vec![Audience::Person(placement.person)];
    if timesheet.submitted_at.is_some() {
        audiences.extend(owners(&assignments::get(work, placement.assignment)?));
    }
    let change = Change::new(EventKind::TimesheetStateChanged, timesheet.id).to(audiences);
    Ok(ledger::record(work, change.states(from.map(TextEnum::as_str), timesheet.state.as_str()))?)
}
