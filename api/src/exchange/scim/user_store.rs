//! Users as they are kept: what is done with them, in a transaction of whoever calls.

use domain::exchange::staff::{StaffDetails, StaffMember};
use domain::{Identifier, StaffMemberId, UnitId};
use interchange::scim::patch::{self, Change};
use interchange::scim::staff::{details_of, user_of};
use interchange::scim::{ENTERPRISE, Resource, ScimError, USER, read};
use persistence::exchange::{scim as kept, staff};
use persistence::{View, Work};
use serde_json::{Value, json};
use uuid::Uuid;

use super::body::IfVersion;
use super::failure::Outcome;
use super::feed::Scope;
use super::reply::version_of;
use crate::exchange::staff::{StaffChange, apply};

/// The id in an address, if it can be one.
pub(super) fn id_of<I: Identifier>(text: &str) -> Option<I> {
    Uuid::try_parse(text).ok().map(Into::into)
}

/// Staff members as users, whole, in their order.
pub(super) fn present(view: &mut View<'_>, scope: &Scope, members: Vec<StaffMember>) -> Outcome<Vec<Resource>> {
    let ids: Vec<_> = members.iter().map(|member| member.employment).collect();
    let units = kept::units_of(view, &ids)?;
    Ok(members.iter().map(|member| user(scope, member, units.get(&member.employment))).collect())
}

fn user(scope: &Scope, member: &StaffMember, unit: Option<&(UnitId, String)>) -> Resource {
    let base = &scope.base;
    let mut user = Resource::new();
    for (name, value) in user_of(&member.details) {
        let is_first = name == "schemas";
        user.insert(name, value);
        if is_first {
            user.insert("id".to_owned(), json!(member.id));
        }
    }
    if let Some(manager) = user.get_mut(ENTERPRISE.id).and_then(|extension| extension.get_mut("manager"))
        && let Some(id) = manager["value"].as_str().map(str::to_owned)
    {
        *manager = json!({"value": id, "$ref": format!("{base}/Users/{id}")});
    }
    if let Some((id, name)) = unit {
        let group = json!([{"value": id, "$ref": format!("{base}/Groups/{id}"), "display": name}]);
        user.insert("groups".to_owned(), group);
    }
    let location = format!("{base}/Users/{}", member.id);
    let times = (member.created_at, member.modified_at);
    finish(user, ("User", location), times, member.revision)
}

/// Adds what the service says of a resource.
pub(super) fn finish(
    mut resource: Resource,
    (kind, location): (&str, String),
    (created, modified): (domain::Moment, domain::Moment),
    revision: i64,
) -> Resource {
    let version = version_of(revision, &resource);
    let meta = json!({
        "resourceType": kind, "created": created, "lastModified": modified, "location": location, "version": version
    });
    resource.insert("meta".to_owned(), meta);
    resource
}

fn present_one(view: &mut View<'_>, scope: &Scope, member: StaffMember) -> Outcome<Resource> {
    let id = member.id;
    let found = present(view, scope, vec![member])?.into_iter().next();
    Ok(found.ok_or_else(|| missing(&id.to_string()))?)
}

fn missing(id: &str) -> ScimError {
    ScimError::not_found("User", id)
}

fn find(view: &mut View<'_>, scope: &Scope, id: &str) -> Outcome<StaffMember> {
    let found = match id_of::<StaffMemberId>(id) {
        Some(key) => staff::find_within(view, scope.organisation, key)?,
        None => None,
    };
    Ok(found.ok_or_else(|| missing(id))?)
}

/// The user with this id.
pub(super) fn get(view: &mut View<'_>, scope: &Scope, id: &str) -> Outcome<Resource> {
    let member = find(view, scope, id)?;
    present_one(view, scope, member)
}

/// What a client told of somebody new.
pub(super) fn told(body: Value) -> Outcome<StaffDetails> {
    Ok(details_of(&read(&USER, body)?))
}

/// Adds users, all or none, some of them under ids that others refer to.
pub(super) fn create(
    work: &mut Work<'_>,
    scope: &Scope,
    told: Vec<(Option<StaffMemberId>, StaffDetails)>,
) -> Outcome<Vec<Resource>> {
    let changes = told.into_iter().map(|(id, details)| match id {
        Some(id) => StaffChange::CreateAs(id, details),
        None => StaffChange::Create(details),
    });
    let members = apply(work, scope.organisation, changes.collect())?;
    present(work, scope, members.into_iter().flatten().collect())
}

/// Adds one user.
pub(super) fn create_one(work: &mut Work<'_>, scope: &Scope, details: StaffDetails) -> Outcome<Resource> {
    let made = create(work, scope, vec![(None, details)])?.into_iter().next();
    Ok(made.ok_or_else(|| missing("new"))?)
}

/// Puts another user in place of the one with this id. Whether somebody works there stays, unless it is told.
pub(super) fn replace(
    work: &mut Work<'_>,
    scope: &Scope,
    (id, seen): (&str, &IfVersion),
    mut wanted: Resource,
) -> Outcome<Resource> {
    change(work, scope, (id, seen), |before| {
        if let (None, Some(active)) = (wanted.get("active"), before.get("active")) {
            wanted.insert("active".to_owned(), active.clone());
        }
        Ok(interchange::scim::settle(&USER, wanted)?)
    })
}

/// Makes changes to the user with this id.
pub(super) fn patch(
    work: &mut Work<'_>,
    scope: &Scope,
    (id, seen): (&str, &IfVersion),
    changes: &[Change],
) -> Outcome<Resource> {
    change(work, scope, (id, seen), |before| Ok(patch::apply(&USER, before, changes)?))
}

fn change(
    work: &mut Work<'_>,
    scope: &Scope,
    (id, seen): (&str, &IfVersion),
    make: impl FnOnce(Resource) -> Outcome<Resource>,
) -> Outcome<Resource> {
    let member = find(work, scope, id)?;
    expect(work, scope, &member, seen)?;
    let details = details_of(&make(user_of(&member.details))?);
    let members = apply(work, scope.organisation, vec![StaffChange::Update(member, details)])?;
    let member = members.into_iter().flatten().next().ok_or_else(|| missing(id))?;
    present_one(work, scope, member)
}

fn expect(view: &mut View<'_>, scope: &Scope, member: &StaffMember, seen: &IfVersion) -> Outcome<()> {
    let whole = present_one(view, scope, member.clone())?;
    seen.expect(&super::reply::meta(&whole, "version").unwrap_or_default())
}

/// Forgets the user with this id: they left. The person and the portfolio stay.
pub(super) fn delete(work: &mut Work<'_>, scope: &Scope, (id, seen): (&str, &IfVersion)) -> Outcome<()> {
    let member = find(work, scope, id)?;
    expect(work, scope, &member, seen)?;
    apply(work, scope.organisation, vec![StaffChange::Remove(member)])?;
    Ok(())
}
