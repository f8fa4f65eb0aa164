//! Roles given to people: the operations.

use actix_web::web::Path;
use actix_web::{delete, get, post};
use domain::parties::codes::ROLE_ALREADY_GIVEN;
use domain::parties::memberships::Member;
use domain::parties::persons::Person;
use domain::parties::role_assignments::{Role, RoleAssignment, Scope};
use domain::{Audience, Change, EventKind, NetworkId, OrganisationId, PersonId, Refusal, RoleAssignmentId};
use persistence::parties::role_assignments::{self as kept, RoleFilter, RoleSight};
use persistence::parties::{organisations, persons};
use persistence::{View, Work, ledger};
use serde::Deserialize;
use utoipa::IntoParams;

use super::memberships::takes_part;
use super::networks::find_visible;
use super::persons::find_known;
use super::role_assignment_types::{RoleAssignmentDraft, RoleAssignmentPage, RoleAssignmentView};
use crate::access::{Actor, Reach};
use crate::body::Post;
use crate::caller::{Caller, Query};
use crate::paging::{Paging, PagingParams};
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// Which roles are wanted; what is left out does not narrow
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase")]
pub struct RoleAssignmentQuery {
    /// Whose
    #[param(nullable = false)]
    person_id: Option<PersonId>,
    /// In this organisation
    #[param(nullable = false)]
    organisation_id: Option<OrganisationId>,
    /// In this network
    #[param(nullable = false)]
    network_id: Option<NetworkId>,
    /// Which role
    #[param(nullable = false)]
    role: Option<Role>,
}

/// Give somebody a role
///
/// In force at once. In an organisation by its administrators, in a network by its coordinators, on the platform by
/// its administrators, who may do all of this. The parts of employee and line manager follow from employments and are
/// never given.
#[utoipa::path(tag = "persons", security(("bearer" = ["parties:write"])), request_body = RoleAssignmentDraft, responses(
    (status = 201, description = "Given", body = RoleAssignmentView),
    (status = 409, description = "The person has this role there already"),
))]
#[post("/role-assignments")]
pub(crate) async fn create_role_assignment(
    caller: Caller,
    post: Post<RoleAssignmentDraft>,
) -> Answer<RoleAssignmentView> {
    caller
        .post(post, |work, actor, draft| {
            let (person, role, scope) = draft.split()?;
            let given = RoleAssignment::give(work.id(), person, role, scope, work.now())?;
            check_scope(work, actor, scope)?;
            must_be_giver(work, actor, scope)?;
            check_person(work, actor, &given)?;
            let given = kept::insert(work, given)?;
            announce(work, EventKind::RoleGiven, &given)?;
            let path = format!("/role-assignments/{}", given.id);
            Ok(Reply::created(&path, RoleAssignmentView::one(work, given)?))
        })
        .await
}

/// List roles, newest first
///
/// Your own, all in the organisations that you administer and the networks that you coordinate, and those to turn to:
/// administrators and mobility advisers of the organisations that employ you, coordinators of your networks.
#[utoipa::path(tag = "persons", security(("bearer" = ["parties:read"])), params(RoleAssignmentQuery, PagingParams), responses(
    (status = 200, description = "A page of roles", body = RoleAssignmentPage),
))]
#[get("/role-assignments")]
pub(crate) async fn list_role_assignments(
    caller: Caller,
    query: Query<RoleAssignmentQuery>,
    paging: Paging,
) -> Answer<RoleAssignmentPage> {
    caller
        .read(move |view, actor| {
            let RoleAssignmentQuery { person_id, organisation_id, network_id, role } = query.0;
            let sight = sight(view, actor)?;
            let filter =
                RoleFilter { sight, person: person_id, organisation: organisation_id, network: network_id, role };
            let page = kept::list(view, &filter, &paging.request)?;
            let page = page.map_all(|items| RoleAssignmentView::of_all(view, &items))?;
            Ok(paging.reply(page, RoleAssignmentPage::new))
        })
        .await
}

/// Show a role that was given
#[utoipa::path(tag = "persons", security(("bearer" = ["parties:read"])),
    params(("roleAssignmentId" = RoleAssignmentId, Path, description = "The role that was given")), responses(
    (status = 200, description = "The role", body = RoleAssignmentView),
))]
#[get("/role-assignments/{roleAssignmentId}")]
pub(crate) async fn get_role_assignment(caller: Caller, id: Path<RoleAssignmentId>) -> Answer<RoleAssignmentView> {
    caller
        .read(move |view, actor| {
            let given = visible(view, actor, *id)?;
            Ok(Reply::shown(RoleAssignmentView::one(view, given)?))
        })
        .await
}

/// Take a role away
///
/// In force at once; done by whoever may give it. The last administrator of an organisation or of the platform stays.
/// A role never changes, so no If-Match is needed.
#[utoipa::path(tag = "persons", security(("bearer" = ["parties:write"])),
    params(("roleAssignmentId" = RoleAssignmentId, Path, description = "The role that was given")), responses(
    (status = 204, description = "Taken away"),
    (status = 409, description = "Nobody else administers the organisation or the platform"),
))]
#[delete("/role-assignments/{roleAssignmentId}")]
pub(crate) async fn delete_role_assignment(caller: Caller, id: Path<RoleAssignmentId>) -> Answer<()> {
    caller
        .write(move |work, actor| {
            let given = visible(work, actor, *id)?;
            must_be_giver(work, actor, given.scope)?;
            given.may_go(&kept::present_holders(work, given.role, given.scope)?)?;
            kept::delete(work, given.id)?;
            announce(work, EventKind::RoleTaken, &given)?;
            Ok(Reply::done())
        })
        .await
}

fn check_scope(view: &mut View<'_>, actor: &Actor, scope: Scope) -> Result<(), Problem> {
    match scope {
        Scope::Organisation(id) if organisations::find(view, id)?.is_none() => {
            Err(Refusal::invalid("organisationId", "must be the id of an organisation").into())
        }
        Scope::Network(id) if find_visible(view, actor, id)?.is_none() => {
            Err(Refusal::invalid("networkId", "must be the id of a network you may know of").into())
        }
        _ => Ok(()),
    }
}

fn must_be_giver(view: &mut View<'_>, actor: &Actor, scope: Scope) -> Result<(), Problem> {
    if actor.may_give(view, scope)? {
        return Ok(());
    }
    let by = match scope {
        Scope::Organisation(_) => "an administrator of the organisation",
        Scope::Network(_) => "a coordinator of the network",
        Scope::Platform => "an administrator of the platform",
    };
    Err(Refusal::forbidden(format!("This is done by {by}.")).into())
}

/// The name of who has a role is shown with it, so it is given only to somebody whom the caller may know of.
fn check_person(view: &mut View<'_>, actor: &Actor, given: &RoleAssignment) -> Result<(), Problem> {
    let person = find_eligible(view, actor, given)?
        .ok_or_else(|| Refusal::invalid("personId", "must be the id of a person you may know of"))?;
    if !person.has_access() {
        return Err(Refusal::invalid("personId", "must be the id of a person whose access is not closed").into());
    }
    let has = kept::of_person(view, person.id)?;
    match has.iter().find(|other| other.role == given.role && other.scope == given.scope) {
        Some(other) => Err(ROLE_ALREADY_GIVEN.refuse(format!("It is role assignment {}.", other.id)).into()),
        None => Ok(()),
    }
}

/// Somebody the caller may know of; for a role in a network also somebody who takes part in it.
fn find_eligible(view: &mut View<'_>, actor: &Actor, given: &RoleAssignment) -> Result<Option<Person>, Problem> {
    let known = find_known(view, actor, given.person)?;
    match given.scope {
        Scope::Network(id) if known.is_none() && takes_part(view, id, Member::Person(given.person))? => {
            Ok(persons::find(view, given.person)?)
        }
        _ => Ok(known),
    }
}

/// What the caller may know of; nothing where it is all.
fn sight(view: &mut View<'_>, actor: &Actor) -> Result<Option<RoleSight>, Problem> {
    let Reach::Organisations(organisations) = actor.administered(view)? else { return Ok(None) };
    let contacts = actor.employers_and_above(view)?;
    let networks = actor.coordinated().collect();
    let network_contacts = actor.active_networks(view)?;
    Ok(Some(RoleSight { person: actor.person, organisations, contacts, networks, network_contacts }))
}

fn visible(view: &mut View<'_>, actor: &Actor, id: RoleAssignmentId) -> Result<RoleAssignment, Problem> {
    let given = kept::get(view, id)?;
    let sight = sight(view, actor)?;
    if sight.is_none_or(|sight| sight.covers(&given)) {
        Ok(given)
    } else {
        Err(Refusal::hidden("role assignment").into())
    }
}

/// To who has the role and to those who may give it.
pub(super) fn announce(work: &mut Work<'_>, kind: EventKind, given: &RoleAssignment) -> Result<(), Problem> {
    let change = Change::new(kind, given.id).to([Audience::Person(given.person)]);
    let change = match given.scope {
        Scope::Organisation(id) => change.of(id).to([Audience::Administrators(id)]),
        Scope::Network(id) => change.to([Audience::Coordinators(id)]),
        Scope::Platform => change.to([Audience::Platform]),
    };
    Ok(ledger::record(work, change)?)
}
