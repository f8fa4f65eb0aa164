//! Organisations: the operations.

use actix_web::web::Path;
use actix_web::{get, patch, post};
use chrono::{DateTime, Utc};
use domain::parties::organisations::{GovernmentLayer, Organisation, OrganisationKind, OrganisationStatus};
use domain::{Audience, Change, EventKind, OrganisationId};
use persistence::parties::organisations::{self as kept, OrganisationFilter};
use persistence::{View, Work, ledger};
use serde::Deserialize;
use utoipa::IntoParams;

use super::organisation_types::{OrganisationDraft, OrganisationPage, OrganisationPatch, OrganisationView};
use crate::access::Actor;
use crate::body::{Body, IfMatch, Post};
use crate::caller::{Caller, Query};
use crate::paging::{Paging, PagingParams};
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// Which organisations are wanted; what is left out does not narrow
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase")]
pub struct OrganisationQuery {
    /// Words that the name holds; case and diacritics do not matter
    #[param(nullable = false, max_length = 200, example = "oss")]
    search: Option<String>,
    /// The kind of organisation
    #[param(nullable = false)]
    kind: Option<OrganisationKind>,
    /// The layer of government
    #[param(nullable = false)]
    layer: Option<GovernmentLayer>,
    /// The province of the seat, as CBS code
    #[param(nullable = false, pattern = "^PV[0-9]{2}$", max_length = 4, example = "PV30")]
    province: Option<String>,
    /// The organisation above
    #[param(nullable = false)]
    parent_id: Option<OrganisationId>,
    /// An official identifier, whichever the register
    #[param(nullable = false, max_length = 120, example = "GM0828")]
    identifier: Option<String>,
}

/// Register an organisation
///
/// Done by a platform administrator; an administrator of the organisation above may add one below it. It takes part
/// at once: give it administrators with `POST /role-assignments`.
#[utoipa::path(tag = "organisations", security(("bearer" = ["parties:write"])), request_body = OrganisationDraft, responses(
    (status = 201, description = "Registered", body = OrganisationView),
))]
#[post("/organisations")]
pub(crate) async fn create_organisation(caller: Caller, post: Post<OrganisationDraft>) -> Answer<OrganisationView> {
    caller
        .post(post, |work, actor, draft| {
            may_register(work, actor, draft.parent())?;
            let organisation = Organisation::register(work.id(), draft.into(), work.now())?;
            check_free(work, &organisation)?;
            let organisation = kept::insert(work, organisation)?;
            announce(work, EventKind::OrganisationRegistered, &organisation)?;
            let path = format!("/organisations/{}", organisation.id);
            Ok(Reply::created(&path, OrganisationView::from(&organisation)).revision(organisation.revision))
        })
        .await
}

/// List organisations by name
#[utoipa::path(tag = "organisations", security(("bearer" = ["parties:read"])), params(OrganisationQuery, PagingParams), responses(
    (status = 200, description = "A page of organisations", body = OrganisationPage),
))]
#[get("/organisations")]
pub(crate) async fn list_organisations(
    caller: Caller,
    query: Query<OrganisationQuery>,
    paging: Paging,
) -> Answer<OrganisationPage> {
    caller
        .read(move |view, _| {
            let page = kept::list(view, &query.0.into(), &paging.request)?;
            Ok(paging.reply(page.map(|organisation| OrganisationView::from(&organisation)), OrganisationPage::new))
        })
        .await
}

/// Get an organisation
#[utoipa::path(tag = "organisations", security(("bearer" = ["parties:read"])),
    params(("organisationId" = OrganisationId, Path, description = "The organisation")), responses(
    (status = 200, description = "The organisation", body = OrganisationView),
))]
#[get("/organisations/{organisationId}")]
pub(crate) async fn get_organisation(caller: Caller, id: Path<OrganisationId>) -> Answer<OrganisationView> {
    caller
        .read(move |view, _| {
            let organisation = kept::get(view, *id)?;
            Ok(Reply::current(organisation.revision, OrganisationView::from(&organisation)))
        })
        .await
}

/// Change an organisation
///
/// A merge patch: what is left out stays, null clears. Done by an administrator of the organisation.
#[utoipa::path(tag = "organisations", security(("bearer" = ["parties:write"])),
    params(("organisationId" = OrganisationId, Path, description = "The organisation"), crate::body::IfMatchParam),
    request_body = OrganisationPatch, responses(
    (status = 200, description = "Changed", body = OrganisationView),
    (status = 409, description = "The parent or an identifier is impossible"),
))]
#[patch("/organisations/{organisationId}")]
pub(crate) async fn revise_organisation(
    caller: Caller,
    id: Path<OrganisationId>,
    seen: IfMatch,
    body: Body<OrganisationPatch>,
) -> Answer<OrganisationView> {
    caller
        .write(move |work, actor| {
            let organisation = kept::get(work, *id)?;
            actor.must_administer(work, organisation.id)?;
            seen.expect(organisation.revision)?;
            let details = body.0.apply(organisation.details.clone());
            let ancestors = details.parent.map_or(Ok(Vec::new()), |parent| ancestors_of(work, parent))?;
            let now = work.now();
            let organisation = organisation.revise(details, &ancestors, now)?;
            let organisation = set_status(organisation, actor, body.0.status, now)?;
            check_free(work, &organisation)?;
            let organisation = kept::save(work, organisation)?;
            announce(work, EventKind::OrganisationRevised, &organisation)?;
            Ok(Reply::current(organisation.revision, OrganisationView::from(&organisation)))
        })
        .await
}

fn may_register(work: &mut Work<'_>, actor: &Actor, parent: Option<OrganisationId>) -> Result<(), Problem> {
    match parent {
        Some(parent) => {
            ancestors_of(work, parent)?;
            actor.must_administer(work, parent)
        }
        None => actor.must_administer_platform(),
    }
}

/// The organisations above, the parent itself included; a parent that does not exist is a fault of the field.
fn ancestors_of(view: &mut View<'_>, parent: OrganisationId) -> Result<Vec<OrganisationId>, Problem> {
    if kept::find(view, parent)?.is_none() {
        return Err(domain::Refusal::invalid("parentId", "must be the id of an organisation").into());
    }
    Ok(kept::ancestors(view, parent)?)
}

fn set_status(
    organisation: Organisation,
    actor: &Actor,
    status: Option<OrganisationStatus>,
    now: DateTime<Utc>,
) -> Result<Organisation, Problem> {
    match status {
        Some(status) if status != organisation.status => {
            actor.must_administer_platform()?;
            Ok(organisation.set_status(status, now))
        }
        _ => Ok(organisation),
    }
}

fn check_free(view: &mut View<'_>, organisation: &Organisation) -> Result<(), Problem> {
    for identifier in &organisation.details.identifiers {
        if kept::identifier_owner(view, identifier)?.is_some_and(|owner| owner != organisation.id) {
            let detail =
                format!("{identifier} belongs to another organisation; find it with GET /organisations?identifier=.");
            return Err(domain::parties::codes::IDENTIFIER_TAKEN.refuse(detail).into());
        }
    }
    Ok(())
}

fn announce(work: &mut Work<'_>, kind: EventKind, organisation: &Organisation) -> Result<(), Problem> {
    let change = Change::new(kind, organisation.id).of(organisation.id).to([Audience::CivilServants]);
    Ok(ledger::record(work, change)?)
}

impl From<OrganisationQuery> for OrganisationFilter {
    fn from(query: OrganisationQuery) -> Self {
        let OrganisationQuery { search, kind, layer, province, parent_id, identifier } = query;
        Self { search, kind, layer, province, parent: parent_id, identifier }
    }
}
