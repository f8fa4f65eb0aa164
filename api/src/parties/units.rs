//! Units: the operations.

use actix_web::web::Path;
use actix_web::{delete, get, patch, post};
use domain::parties::codes::UNIT_IN_USE;
use domain::parties::units::Unit;
use domain::{Audience, Change, EventKind, OrganisationId, Refusal, UnitId};
use persistence::parties::organisations;
use persistence::parties::units::{self as kept, UnitFilter};
use persistence::{View, Work, ledger};
use serde::Deserialize;
use utoipa::IntoParams;

use super::unit_types::{UnitDraft, UnitPage, UnitPatch, UnitView};
use crate::body::{Body, IfMatch, Post};
use crate::caller::{Caller, Query};
use crate::paging::{Paging, PagingParams};
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// Which units are wanted; what is left out does not narrow
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase")]
pub struct UnitQuery {
    /// Words that the name holds; case and diacritics do not matter
    #[param(nullable = false, max_length = 200, example = "ruimte")]
    search: Option<String>,
    /// The unit above
    #[param(nullable = false)]
    parent_id: Option<UnitId>,
}

/// Add a unit to an organisation
///
/// Done by an administrator of the organisation. Units form a tree.
#[utoipa::path(tag = "organisations", security(("bearer" = ["parties:write"])),
    params(("organisationId" = OrganisationId, Path, description = "The organisation")), request_body = UnitDraft, responses(
    (status = 201, description = "Added", body = UnitView),
))]
#[post("/organisations/{organisationId}/units")]
pub(crate) async fn create_unit(caller: Caller, id: Path<OrganisationId>, post: Post<UnitDraft>) -> Answer<UnitView> {
    caller
        .post(post, move |work, actor, draft| {
            let organisation = organisations::get(work, *id)?.id;
            actor.must_administer(work, organisation)?;
            let (name, parent) = draft.split();
            ancestors_of(work, organisation, parent)?;
            let unit = kept::insert(work, Unit::add(work.id(), organisation, name, parent, work.now()))?;
            announce(work, &unit)?;
            let path = format!("/units/{}", unit.id);
            Ok(Reply::created(&path, UnitView::from(&unit)).revision(unit.revision))
        })
        .await
}

/// List the units of an organisation by name
#[utoipa::path(tag = "organisations", security(("bearer" = ["parties:read"])),
    params(("organisationId" = OrganisationId, Path, description = "The organisation"), UnitQuery, PagingParams), responses(
    (status = 200, description = "A page of units", body = UnitPage),
))]
#[get("/organisations/{organisationId}/units")]
pub(crate) async fn list_units(
    caller: Caller,
    id: Path<OrganisationId>,
    query: Query<UnitQuery>,
    paging: Paging,
) -> Answer<UnitPage> {
    caller
        .read(move |view, _| {
            let organisation = organisations::get(view, *id)?.id;
            let UnitQuery { search, parent_id } = query.0;
            let page = kept::list(view, organisation, &UnitFilter { search, parent: parent_id }, &paging.request)?;
            Ok(paging.reply(page.map(|unit| UnitView::from(&unit)), UnitPage::new))
        })
        .await
}

/// Show a unit
#[utoipa::path(tag = "organisations", security(("bearer" = ["parties:read"])),
    params(("unitId" = UnitId, Path, description = "The unit")), responses(
    (status = 200, description = "The unit", body = UnitView),
))]
#[get("/units/{unitId}")]
pub(crate) async fn get_unit(caller: Caller, id: Path<UnitId>) -> Answer<UnitView> {
    caller
        .read(move |view, _| {
            let unit = kept::get(view, *id)?;
            Ok(Reply::current(unit.revision, UnitView::from(&unit)))
        })
        .await
}

/// Change a unit
///
/// A merge patch: what is left out stays, null clears. Done by an administrator of the organisation.
#[utoipa::path(tag = "organisations", security(("bearer" = ["parties:write"])),
    params(("unitId" = UnitId, Path, description = "The unit"), crate::body::IfMatchParam),
    request_body = UnitPatch, responses(
    (status = 200, description = "Changed", body = UnitView),
    (status = 409, description = "The unit would stand under itself"),
))]
#[patch("/units/{unitId}")]
pub(crate) async fn revise_unit(
    caller: Caller,
    id: Path<UnitId>,
    seen: IfMatch,
    body: Body<UnitPatch>,
) -> Answer<UnitView> {
    caller
        .write(move |work, actor| {
            let unit = kept::get(work, *id)?;
            actor.must_administer(work, unit.organisation)?;
            seen.expect(unit.revision)?;
            let (name, parent) = body.0.apply(&unit);
            let ancestors = ancestors_of(work, unit.organisation, parent)?;
            let unit = kept::save(work, unit.revise(name, parent, &ancestors, work.now())?)?;
            announce(work, &unit)?;
            Ok(Reply::current(unit.revision, UnitView::from(&unit)))
        })
        .await
}

/// Remove a unit
///
/// Done by an administrator of the organisation, when nothing refers to it: no unit below it, no employment, no klus.
#[utoipa::path(tag = "organisations", security(("bearer" = ["parties:write"])),
    params(("unitId" = UnitId, Path, description = "The unit"), crate::body::IfMatchParam), responses(
    (status = 204, description = "Removed"),
    (status = 409, description = "The unit is still in use"),
))]
#[delete("/units/{unitId}")]
pub(crate) async fn delete_unit(caller: Caller, id: Path<UnitId>, seen: IfMatch) -> Answer<()> {
    caller
        .write(move |work, actor| {
            let unit = kept::get(work, *id)?;
            actor.must_administer(work, unit.organisation)?;
            seen.expect(unit.revision)?;
            let (below, employed) = kept::uses(work, unit.id)?;
            if below + employed > 0 {
                let detail = format!("{below} units stand below it and {employed} employments are in it.");
                return Err(UNIT_IN_USE.refuse(detail).into());
            }
            if !kept::delete(work, unit.id)? {
                return Err(UNIT_IN_USE.refuse("Something else refers to it, such as a klus.").into());
            }
            announce(work, &unit)?;
            Ok(Reply::done())
        })
        .await
}

/// The units above, the parent itself included; a parent elsewhere is a fault of the field.
fn ancestors_of(
    view: &mut View<'_>,
    organisation: OrganisationId,
    parent: Option<UnitId>,
) -> Result<Vec<UnitId>, Problem> {
    let Some(parent) = parent else { return Ok(Vec::new()) };
    if kept::find(view, parent)?.is_none_or(|parent| parent.organisation != organisation) {
        return Err(Refusal::invalid("parentId", "must be the id of a unit of this organisation").into());
    }
    Ok(kept::ancestors(view, parent)?)
}

fn announce(work: &mut Work<'_>, unit: &Unit) -> Result<(), Problem> {
    let change = Change::new(EventKind::UnitChanged, unit.id)
        .of(unit.organisation)
        .to([Audience::Organisation(unit.organisation)]);
    Ok(ledger::record(work, change)?)
}
