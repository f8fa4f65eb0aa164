//! Employments: the operations.

use actix_web::web::Path;
use actix_web::{get, patch, post};
use chrono::NaiveDate;
use domain::parties::employments::{Employment, EmploymentTerms};
use domain::parties::role_assignments::Role;
use domain::{
    Audience, Change, EmploymentId, EventKind, Faults, OrganisationId, PersonId, Refusal, UnitId, local_date,
};
use persistence::parties::employments::{self as kept, EmploymentFilter};
use persistence::parties::{organisations, units};
use persistence::{View, Work, ledger};
use serde::Deserialize;
use utoipa::IntoParams;

use super::employment_types::{EmploymentDraft, EmploymentPage, EmploymentPatch, EmploymentView, FirstEmploymentItem};
use super::persons::find_known;
use crate::access::{Actor, Reach};
use crate::body::{Body, IfMatch, Post};
use crate::caller::{Caller, Query};
use crate::paging::{Paging, PagingParams};
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// Which employments of an organisation are wanted; what is left out does not narrow
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase")]
pub struct OrganisationEmploymentQuery {
    /// Whose
    #[param(nullable = false)]
    person_id: Option<PersonId>,
    /// Under this line manager
    #[param(nullable = false)]
    manager_id: Option<PersonId>,
    /// Those that hold on this day
    #[param(nullable = false, example = "2027-03-01")]
    on_date: Option<NaiveDate>,
}

/// Which employments are wanted; what is left out does not narrow
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase")]
pub struct EmploymentQuery {
    /// At this organisation
    #[param(nullable = false)]
    organisation_id: Option<OrganisationId>,
    /// Whose
    #[param(nullable = false)]
    person_id: Option<PersonId>,
    /// Under this line manager: your own id gives your team
    #[param(nullable = false)]
    manager_id: Option<PersonId>,
    /// Those that hold on this day
    #[param(nullable = false, example = "2027-03-01")]
    on_date: Option<NaiveDate>,
}

/// Record an employment of somebody who takes part already
///
/// Done by an administrator of the organisation, for somebody they may know of. Somebody has one employment at an
/// organisation at a time, and may have employments at several organisations.
#[utoipa::path(tag = "persons", security(("bearer" = ["parties:write"])),
    params(("organisationId" = OrganisationId, Path, description = "The organisation that employs")),
    request_body = EmploymentDraft, responses(
    (status = 201, description = "Recorded", body = EmploymentView),
    (status = 409, description = "There is an employment on some of these days already"),
))]
#[post("/organisations/{organisationId}/employments")]
pub(crate) async fn create_employment(
    caller: Caller,
    id: Path<OrganisationId>,
    post: Post<EmploymentDraft>,
) -> Answer<EmploymentView> {
    caller
        .post(post, move |work, actor, draft| {
            let organisation = organisations::get(work, *id)?.id;
            actor.must_administer(work, organisation)?;
            let person = draft.person();
            find_known(work, actor, person)?
                .ok_or_else(|| Refusal::invalid("personId", "must be the id of a person you may know of"))?;
            let employment = prepare(work, actor, person, organisation, draft.terms())?;
            let employment = keep(work, employment)?;
            let (path, revision) = (format!("/employments/{}", employment.id), employment.revision);
            Ok(Reply::created(&path, EmploymentView::one(work, employment)?).revision(revision))
        })
        .await
}

/// List the employments of an organisation, newest first
///
/// An administrator sees all of them, a line manager those of the team, and everybody their own.
#[utoipa::path(tag = "persons", security(("bearer" = ["parties:read"])),
    params(("organisationId" = OrganisationId, Path, description = "The organisation that employs"),
        OrganisationEmploymentQuery, PagingParams), responses(
    (status = 200, description = "A page of employments", body = EmploymentPage),
))]
#[get("/organisations/{organisationId}/employments")]
pub(crate) async fn list_organisation_employments(
    caller: Caller,
    id: Path<OrganisationId>,
    query: Query<OrganisationEmploymentQuery>,
    paging: Paging,
) -> Answer<EmploymentPage> {
    caller
        .read(move |view, actor| {
            let organisation = Some(organisations::get(view, *id)?.id);
            let OrganisationEmploymentQuery { person_id, manager_id, on_date } = query.0;
            let wanted = EmploymentQuery { organisation_id: organisation, person_id, manager_id, on_date };
            list(view, actor, &wanted, &paging)
        })
        .await
}

/// List employments, newest first
///
/// Those of the organisations that you administer, those of your team, and your own.
#[utoipa::path(tag = "persons", security(("bearer" = ["parties:read"])), params(EmploymentQuery, PagingParams), responses(
    (status = 200, description = "A page of employments", body = EmploymentPage),
))]
#[get("/employments")]
pub(crate) async fn list_employments(
    caller: Caller,
    query: Query<EmploymentQuery>,
    paging: Paging,
) -> Answer<EmploymentPage> {
    caller.read(move |view, actor| list(view, actor, &query.0, &paging)).await
}

/// Show an employment
///
/// To who is employed, their line manager and administrators of the organisation.
#[utoipa::path(tag = "persons", security(("bearer" = ["parties:read"])),
    params(("employmentId" = EmploymentId, Path, description = "The employment")), responses(
    (status = 200, description = "The employment", body = EmploymentView),
))]
#[get("/employments/{employmentId}")]
pub(crate) async fn get_employment(caller: Caller, id: Path<EmploymentId>) -> Answer<EmploymentView> {
    caller
        .read(move |view, actor| {
            let employment = visible(view, actor, *id)?;
            Ok(Reply::current(employment.revision, EmploymentView::one(view, employment)?))
        })
        .await
}

/// Change an employment
///
/// A merge patch: what is left out stays, null clears. Done by an administrator of the organisation; `endDate` ends it.
/// Roles in the organisation are no longer in force after the last day.
#[utoipa::path(tag = "persons", security(("bearer" = ["parties:write"])),
    params(("employmentId" = EmploymentId, Path, description = "The employment"), crate::body::IfMatchParam),
    request_body = EmploymentPatch, responses(
    (status = 200, description = "Changed", body = EmploymentView),
    (status = 409, description = "There is another employment on some of these days"),
))]
#[patch("/employments/{employmentId}")]
pub(crate) async fn revise_employment(
    caller: Caller,
    id: Path<EmploymentId>,
    seen: IfMatch,
    body: Body<EmploymentPatch>,
) -> Answer<EmploymentView> {
    caller
        .write(move |work, actor| {
            let employment = visible(work, actor, *id)?;
            actor.must_administer(work, employment.organisation)?;
            seen.expect(employment.revision)?;
            let terms = body.0.apply(employment.terms.clone());
            check_references(work, actor, employment.organisation, &terms, Some(&employment.terms))?;
            let others = kept::of_person(work, employment.person)?;
            let employment = employment.revise(terms, work.now())?.beside(&others)?;
            let employment = kept::save(work, employment)?;
            announce(work, &employment)?;
            Ok(Reply::current(employment.revision, EmploymentView::one(work, employment)?))
        })
        .await
}

/// The first employment of somebody who is being registered.
pub(super) fn prepare_first(
    work: &mut Work<'_>,
    actor: &Actor,
    person: PersonId,
    first: FirstEmploymentItem,
) -> Result<Employment, Problem> {
    let organisation = first.organisation();
    if organisations::find(work, organisation)?.is_none() {
        return Err(Refusal::invalid("employment.organisationId", "must be the id of an organisation").into());
    }
    actor.must_administer(work, organisation)?;
    prepare(work, actor, person, organisation, first.terms()).map_err(|problem| problem.within("employment"))
}

/// Keeps a new employment and announces it.
pub(super) fn keep(work: &mut Work<'_>, employment: Employment) -> Result<Employment, Problem> {
    let employment = kept::insert(work, employment)?;
    announce(work, &employment)?;
    Ok(employment)
}

fn prepare(
    work: &mut Work<'_>,
    actor: &Actor,
    person: PersonId,
    organisation: OrganisationId,
    terms: EmploymentTerms,
) -> Result<Employment, Problem> {
    check_references(work, actor, organisation, &terms, None)?;
    let others = kept::of_person(work, person)?;
    let (id, now) = (work.id(), work.now());
    Ok(Employment::record(id, person, organisation, terms, now)?.beside(&others)?)
}

/// That unit and manager belong to the organisation; what was so already may stay.
fn check_references(
    view: &mut View<'_>,
    actor: &Actor,
    organisation: OrganisationId,
    terms: &EmploymentTerms,
    before: Option<&EmploymentTerms>,
) -> Result<(), Problem> {
    let mut faults = Faults::default();
    let unit = terms.unit.filter(|unit| before.and_then(|before| before.unit) != Some(*unit));
    if let Some(unit) = unit {
        let fits = is_unit_of(view, unit, organisation)?;
        faults.unless(fits, "unitId", "must be the id of a unit of this organisation");
    }
    let manager = terms.manager.filter(|manager| before.and_then(|before| before.manager) != Some(*manager));
    if let Some(manager) = manager {
        let fits = can_manage(view, actor, manager, organisation)?;
        faults.unless(fits, "managerId", "must be the id of somebody whom this organisation or one above it employs");
    }
    Ok(faults.finish()?)
}

fn is_unit_of(view: &mut View<'_>, unit: UnitId, organisation: OrganisationId) -> Result<bool, Problem> {
    Ok(units::find(view, unit)?.is_some_and(|unit| unit.organisation == organisation))
}

/// The name of a manager is shown with the employment, so nobody is named whom the administrator could not know.
fn can_manage(
    view: &mut View<'_>,
    actor: &Actor,
    manager: PersonId,
    organisation: OrganisationId,
) -> Result<bool, Problem> {
    let today = local_date(view.now());
    let above = organisations::ancestors(view, organisation)?;
    for employment in kept::of_person(view, manager)? {
        let near = above.contains(&employment.organisation) || actor.administers(view, employment.organisation)?;
        if near && !employment.terms.is_over_on(today) {
            return Ok(true);
        }
    }
    Ok(false)
}

fn visible(view: &mut View<'_>, actor: &Actor, id: EmploymentId) -> Result<Employment, Problem> {
    let employment = kept::get(view, id)?;
    let own = employment.person == actor.person || employment.terms.manager == Some(actor.person);
    if own
        || actor.is_platform_administrator()
        || actor.has_role(view, Role::OrganisationAdministrator, employment.organisation)?
    {
        Ok(employment)
    } else {
        Err(Refusal::hidden("employment").into())
    }
}

fn list(view: &mut View<'_>, actor: &Actor, query: &EmploymentQuery, paging: &Paging) -> Answer<EmploymentPage> {
    let &EmploymentQuery { organisation_id, person_id, manager_id, on_date } = query;
    let sight = match actor.administered(view)? {
        Reach::Everywhere => None,
        Reach::Organisations(organisations) => Some((organisations, actor.person)),
    };
    let filter =
        EmploymentFilter { sight, organisation: organisation_id, person: person_id, manager: manager_id, on: on_date };
    let page = kept::list(view, &filter, &paging.request)?;
    let page = page.map_all(|items| EmploymentView::of_all(view, items))?;
    Ok(paging.reply(page, EmploymentPage::new))
}

/// To who is employed, the line manager and the administrators.
fn announce(work: &mut Work<'_>, employment: &Employment) -> Result<(), Problem> {
    let audiences = [Audience::Person(employment.person), Audience::Administrators(employment.organisation)];
    let change = Change::new(EventKind::EmploymentChanged, employment.id)
        .of(employment.organisation)
        .to(audiences)
        .to(employment.terms.manager.map(Audience::Person));
    Ok(ledger::record(work, change)?)
}
