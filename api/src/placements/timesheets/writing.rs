//! Writing hours, and correcting them.

use actix_web::web::Path;
use actix_web::{post, put};
use domain::placements::capacity::room_in;
use domain::placements::placements::Placement;
use domain::placements::timesheets::{Allowance, DayEntry, Timesheet, Writing};
use domain::placements::variants::HourKind;
use domain::{Moment, Part, PlacementId, Refusal, TimesheetId, Week};
use persistence::placements::{arrangements, timesheets as kept};
use persistence::{View, Work};

use super::types::{TimesheetDraft, TimesheetLinesInput, TimesheetView};
use super::{open, step, tell};
use crate::body::{Bare, Body, IfMatch, Post};
use crate::caller::Caller;
use crate::placements::placements::open as open_placement;
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// Write the timesheet of a week
///
/// By the employee, from the first day of the placement on; with `submit` the client has it at once. One for each ISO week:
/// what was approved is corrected by another one, never changed. Nothing is written for unpaid work.
#[utoipa::path(tag = "timesheets", security(("bearer" = ["placements:write"])),
    params(("placementId" = PlacementId, Path, description = "The placement")), request_body = TimesheetDraft, responses(
    (status = 201, description = "Written, and submitted if you asked so", body = TimesheetView),
    (status = 409, description = "There is one for this week, no hours are written for this placement, or they do not fit"),
))]
#[post("/placements/{placementId}/timesheets")]
pub(crate) async fn create_timesheet(
    caller: Caller,
    id: Path<PlacementId>,
    post: Post<TimesheetDraft>,
) -> Answer<TimesheetView> {
    caller
        .post(post, move |work, actor, draft| {
            let (placement, standing) = open_placement(work, actor, *id)?;
            let TimesheetDraft { week, lines, submit } = draft;
            let week = Week::parse(&week).ok_or_else(|| Refusal::invalid("week", "must be a week that exists"))?;
            let of_week = kept::of_week(work, placement.id, week)?;
            let on = Writing { placement: &placement, week, of_week: &of_week };
            let (id, now) = (work.id(), work.now());
            let entries = lines.into_iter().map(DayEntry::from).collect();
            let timesheet = Timesheet::begin(id, on, entries, &mut || work.id(), &standing.parts, now)?;
            let timesheet =
                if submit { submitted(work, timesheet, &placement, &standing.parts, now)? } else { timesheet };
            let timesheet = kept::insert(work, timesheet)?;
            tell(work, None, &timesheet, &placement)?;
            let (path, revision) = (format!("/timesheets/{}", timesheet.id), timesheet.revision);
            Ok(Reply::created(&path, TimesheetView::of(timesheet, &standing.parts)).revision(revision))
        })
        .await
}

/// Correct an approved timesheet
///
/// By the employee: the days named stand as they are written here, 0 minutes for a day on which nothing was worked. What
/// stood is reversed line by line, and the client approves the correction like any timesheet. What was charged is credited by
/// a counter-statement, or goes into the next statement.
#[utoipa::path(tag = "timesheets", security(("bearer" = ["placements:write"])),
    params(("timesheetId" = TimesheetId, Path, description = "A timesheet of the week")),
    request_body = TimesheetLinesInput, responses(
    (status = 201, description = "The correction, submitted", body = TimesheetView),
    (status = 409, description = "Nothing differs, a timesheet of the week is not approved yet, or the hours do not fit"),
))]
#[post("/timesheets/{timesheetId}/corrections")]
pub(crate) async fn correct_timesheet(
    caller: Caller,
    id: Path<TimesheetId>,
    post: Post<TimesheetLinesInput>,
) -> Answer<TimesheetView> {
    caller
        .post(post, move |work, actor, input| {
            let (corrected, placement, standing) = open(work, actor, *id)?;
            let of_week = kept::of_week(work, placement.id, corrected.week)?;
            let on = Writing { placement: &placement, week: corrected.week, of_week: &of_week };
            let (id, now) = (work.id(), work.now());
            let entries = input.lines.into_iter().map(DayEntry::from).collect();
            let correction = Timesheet::correct(id, on, entries, &mut || work.id(), &standing.parts, now)?;
            let correction = submitted(work, correction, &placement, &standing.parts, now)?;
            let correction = kept::insert(work, correction)?;
            tell(work, None, &correction, &placement)?;
            let (path, revision) = (format!("/timesheets/{}", correction.id), correction.revision);
            Ok(Reply::created(&path, TimesheetView::of(correction, &standing.parts)).revision(revision))
        })
        .await
}

/// Write the days of a timesheet anew, while it is open or rejected
#[utoipa::path(tag = "timesheets", security(("bearer" = ["placements:write"])),
    params(("timesheetId" = TimesheetId, Path, description = "The timesheet"), crate::body::IfMatchParam),
    request_body = TimesheetLinesInput, responses(
    (status = 200, description = "Written anew", body = TimesheetView),
    (status = 409, description = "It is submitted, approved or charged"),
))]
#[put("/timesheets/{timesheetId}")]
pub(crate) async fn revise_timesheet(
    caller: Caller,
    id: Path<TimesheetId>,
    seen: IfMatch,
    body: Body<TimesheetLinesInput>,
) -> Answer<TimesheetView> {
    caller
        .write(move |work, actor| {
            let (timesheet, placement, standing) = open(work, actor, *id)?;
            seen.expect(timesheet.revision)?;
            let (from, now) = (timesheet.state, work.now());
            let mut of_week = kept::of_week(work, placement.id, timesheet.week)?;
            of_week.retain(|other| other.id != timesheet.id);
            let on = Writing { placement: &placement, week: timesheet.week, of_week: &of_week };
            let entries = body.0.lines.iter().cloned().map(DayEntry::from).collect();
            let timesheet = timesheet.revise(on, entries, &mut || work.id(), &standing.parts, now)?;
            let timesheet = kept::save_with_lines(work, timesheet)?;
            tell(work, Some(from), &timesheet, &placement)?;
            Ok(Reply::current(timesheet.revision, TimesheetView::of(timesheet, &standing.parts)))
        })
        .await
}

/// Submit a timesheet
///
/// The hours have to fit in the week of the arrangement, beside those of other placements, and in those agreed.
#[utoipa::path(tag = "timesheets", security(("bearer" = ["placements:write"])),
    params(("timesheetId" = TimesheetId, Path, description = "The timesheet"), crate::body::IfMatchParam), responses(
    (status = 200, description = "Submitted; the client is told", body = TimesheetView),
    (status = 409, description = "It is not open, or the hours do not fit"),
))]
#[post("/timesheets/{timesheetId}/submissions")]
pub(crate) async fn submit_timesheet(
    caller: Caller,
    id: Path<TimesheetId>,
    seen: IfMatch,
    post: Bare,
) -> Answer<TimesheetView> {
    caller.post(post, move |work, actor, ()| step(work, actor, *id, &seen, submitted)).await
}

/// Take a timesheet back before the client decides
#[utoipa::path(tag = "timesheets", security(("bearer" = ["placements:write"])),
    params(("timesheetId" = TimesheetId, Path, description = "The timesheet"), crate::body::IfMatchParam), responses(
    (status = 200, description = "Open again", body = TimesheetView),
))]
#[post("/timesheets/{timesheetId}/recalls")]
pub(crate) async fn recall_timesheet(
    caller: Caller,
    id: Path<TimesheetId>,
    seen: IfMatch,
    post: Bare,
) -> Answer<TimesheetView> {
    caller
        .post(post, move |work, actor, ()| {
            step(work, actor, *id, &seen, |_, it, _, parts, now| Ok(it.recall(parts, now)?))
        })
        .await
}

fn submitted(
    work: &mut Work<'_>,
    timesheet: Timesheet,
    placement: &Placement,
    parts: &[Part],
    now: Moment,
) -> Result<Timesheet, Problem> {
    let allowance = allowance_of(work, &timesheet, placement)?;
    Ok(timesheet.submit(placement, allowance, parts, now)?)
}

/// What the arrangement gives in the week, and what is written already.
fn allowance_of(view: &mut View<'_>, timesheet: &Timesheet, placement: &Placement) -> Result<Allowance, Problem> {
    let (series, week) = (placement.arrangement, timesheet.week);
    let room = room_in(week, &arrangements::versions(view, series)?, &[]);
    Ok(Allowance {
        week: match placement.hours {
            HourKind::Exempted => room.exempted,
            HourKind::OwnRisk => room.own_risk,
        },
        week_taken: kept::minutes_on_arrangement(view, series, placement.hours, week, timesheet.id)?,
        placement_taken: kept::minutes_of_placement(view, placement.id, timesheet.id)?,
    })
}
