//! Reading placements: one's own, those of a klus, of a team, of an organisation.

use actix_web::get;
use actix_web::web::Path;
use domain::market::lights::Light;
use domain::parties::role_assignments::Role;
use domain::placements::placements::{Placement, PlacementState};
use domain::{AssignmentId, OrganisationId, Part, PlacementId, Refusal};
use persistence::View;
use persistence::market::assignments;
use persistence::parties::{employments, organisations, persons};
use persistence::placements::placements::{self as kept, Of};
use serde::Deserialize;
use utoipa::IntoParams;

use super::lights::at_present;
use super::open;
use super::types::{Beside, PlacementPage, PlacementView};
use crate::access::Actor;
use crate::caller::{Caller, Query};
use crate::paging::{Paging, PagingParams};
use crate::placements::standing::of_placement;
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// Whose placements are wanted; your own unless given
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase")]
pub struct PlacementQuery {
    /// Those of this klus of yours
    #[param(nullable = false)]
    assignment_id: Option<AssignmentId>,
    /// Those of the people you manage, from their confirmation on
    #[param(nullable = false)]
    team: Option<bool>,
    /// Those that this organisation and the ones below it lend or borrow: for its administrators and finance
    #[param(nullable = false)]
    organisation_id: Option<OrganisationId>,
    /// Those in this state, as it is kept: what the calendar changed is written within seconds
    #[param(nullable = false, inline)]
    state: Option<PlacementState>,
}

/// List placements, newest first
///
/// Your own, those of a klus of yours, those of the people you manage, or those of an organisation.
#[utoipa::path(tag = "placements", security(("bearer" = ["placements:read"])), params(PlacementQuery, PagingParams), responses(
    (status = 200, description = "A page of placements", body = PlacementPage),
))]
#[get("/placements")]
pub(crate) async fn list_placements(
    caller: Caller,
    query: Query<PlacementQuery>,
    paging: Paging,
) -> Answer<PlacementPage> {
    caller
        .read(move |view, actor| {
            let of = of_query(view, actor, &query.0)?;
            let page = kept::list(view, &of, query.0.state, &paging.request)?;
            let page = page.try_map(|placement| {
                let standing = of_placement(view, actor, &placement)?;
                let (present, lights) = at_present(view, placement)?;
                beside_lights(view, &present, lights.as_ref(), &standing.parts)
            })?;
            Ok(paging.reply(page, PlacementPage::new))
        })
        .await
}

fn of_query(view: &mut View<'_>, actor: &Actor, query: &PlacementQuery) -> Result<Of, Problem> {
    if let Some(organisation) = query.organisation_id {
        for role in [Role::OrganisationAdministrator, Role::Finance] {
            if actor.has_role(view, role, organisation)? {
                return Ok(Of::Organisations(organisations::descendants(view, &[organisation])?));
            }
        }
        return Err(Refusal::forbidden("This is for administrators and finance of the organisation.").into());
    }
    if let Some(id) = query.assignment_id {
        let owned = assignments::find(view, id)?.filter(|klus| klus.is_owned_by(actor.person));
        owned.ok_or_else(|| Refusal::invalid("assignmentId", "must be a klus of your own"))?;
        return Ok(Of::Assignment(id));
    }
    if query.team == Some(true) {
        return Ok(Of::Employments(employments::managed_by(view, actor.person)?));
    }
    Ok(Of::Person(actor.person))
}

/// Get a placement
///
/// For its parties; from its confirmation on also for administrators and finance of both organisations. Past its last day,
/// or blocked by a light that fell back, it is shown so at once.
#[utoipa::path(tag = "placements", security(("bearer" = ["placements:read"])),
    params(("placementId" = PlacementId, Path, description = "The placement")), responses(
    (status = 200, description = "The placement", body = PlacementView),
))]
#[get("/placements/{placementId}")]
pub(crate) async fn get_placement(caller: Caller, id: Path<PlacementId>) -> Answer<PlacementView> {
    caller
        .read(move |view, actor| {
            let (placement, standing) = open(view, actor, *id)?;
            Ok(Reply::current(placement.revision, shown(view, &placement, &standing.parts)?))
        })
        .await
}

/// A placement as somebody with these parts sees it.
pub(super) fn shown(view: &mut View<'_>, placement: &Placement, parts: &[Part]) -> Result<PlacementView, Problem> {
    let (_, lights) = at_present(view, placement.clone())?;
    beside_lights(view, placement, lights.as_ref(), parts)
}

fn beside_lights(
    view: &mut View<'_>,
    placement: &Placement,
    lights: Option<&[Light; 10]>,
    parts: &[Part],
) -> Result<PlacementView, Problem> {
    let employment = employments::get(view, placement.employment)?;
    let beside = Beside {
        title: assignments::get(view, placement.assignment)?.details.title,
        person_name: persons::get(view, placement.person)?.name.full(),
        lights,
        is_at_risk: placement.is_at_risk(&employment.terms),
    };
    Ok(PlacementView::of(placement, beside, parts))
}
