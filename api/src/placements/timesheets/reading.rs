//! Reading timesheets.

use actix_web::get;
use actix_web::web::Path;
use domain::placements::timesheets::TimesheetState;
use domain::{Part, PlacementId, Refusal, TimesheetId};
use persistence::placements::timesheets as kept;
use serde::Deserialize;
use utoipa::IntoParams;

use super::types::{TimesheetPage, TimesheetView};
use super::{open, reads_hours};
use crate::caller::{Caller, Query};
use crate::paging::{Paging, PagingParams};
use crate::placements::placements::open as open_placement;
use crate::reply::{Answer, Reply};

/// Which timesheets are wanted
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase")]
pub struct TimesheetQuery {
    /// Those in this state
    #[param(nullable = false, inline)]
    state: Option<TimesheetState>,
}

/// List the timesheets of a placement, newest first
///
/// For the parties of the placement, and finance of both organisations; administrators read totals in the lending ledger.
/// What the employee has not submitted yet is for the employee.
#[utoipa::path(tag = "timesheets", security(("bearer" = ["placements:read"])),
    params(("placementId" = PlacementId, Path, description = "The placement"), TimesheetQuery, PagingParams), responses(
    (status = 200, description = "A page of timesheets", body = TimesheetPage),
))]
#[get("/placements/{placementId}/timesheets")]
pub(crate) async fn list_timesheets(
    caller: Caller,
    id: Path<PlacementId>,
    query: Query<TimesheetQuery>,
    paging: Paging,
) -> Answer<TimesheetPage> {
    caller
        .read(move |view, actor| {
            let (placement, standing) = open_placement(view, actor, *id)?;
            if !reads_hours(view, &standing, &placement)? {
                return Err(Refusal::forbidden("This is for the parties of the placement and finance.").into());
            }
            let is_own = standing.parts.contains(&Part::Employee);
            let page = kept::list(view, placement.id, query.0.state, is_own, &paging.request)?;
            Ok(paging.reply(page.map(|one| TimesheetView::of(one, &standing.parts)), TimesheetPage::new))
        })
        .await
}

/// Get a timesheet
#[utoipa::path(tag = "timesheets", security(("bearer" = ["placements:read"])),
    params(("timesheetId" = TimesheetId, Path, description = "The timesheet")), responses(
    (status = 200, description = "The timesheet", body = TimesheetView),
))]
#[get("/timesheets/{timesheetId}")]
pub(crate) async fn get_timesheet(caller: Caller, id: Path<TimesheetId>) -> Answer<TimesheetView> {
    caller
        .read(move |view, actor| {
            let (timesheet, _, standing) = open(view, actor, *id)?;
            Ok(Reply::current(timesheet.revision, TimesheetView::of(timesheet, &standing.parts)))
        })
        .await
}
