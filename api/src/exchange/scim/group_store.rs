//! Groups: the units of an organisation, and who works in them. Nobody is in two; the last one wins.

use std::collections::{HashMap, HashSet};

use domain::exchange::staff::StaffMember;
use domain::parties::units::Unit;
use domain::{Audience, Change, EventKind, StaffMemberId, UnitId, fold};
use interchange::scim::{ErrorType, GROUP, Resource, ScimError, patch};
use persistence::exchange::{scim as kept, staff};
use persistence::parties::{employments, units};
use persistence::{View, Work, ledger};
use serde_json::{Value, json};

use super::body::IfVersion;
use super::failure::Outcome;
use super::feed::Scope;
use super::reply::meta;
use super::user_store::{finish, id_of};

/// Units as groups, whole, in their order.
pub(super) fn present(view: &mut View<'_>, scope: &Scope, units: Vec<Unit>) -> Outcome<Vec<Resource>> {
    let ids: Vec<UnitId> = units.iter().map(|unit| unit.id).collect();
    let external = kept::external_ids(view, &ids)?;
    let mut members: HashMap<UnitId, Vec<Value>> = HashMap::new();
    for member in kept::members_of(view, &ids)? {
        let location = format!("{}/Users/{}", scope.base, member.member);
        members.entry(member.unit).or_default().push(json!({
            "value": member.member, "$ref": location, "type": "User"
        }));
    }
    let groups = units.into_iter().map(|unit| {
        let members = members.remove(&unit.id).unwrap_or_default();
        group(scope, &unit, external.get(&unit.id), members)
    });
    Ok(groups.collect())
}

fn group(scope: &Scope, unit: &Unit, external: Option<&String>, members: Vec<Value>) -> Resource {
    let mut group = Resource::new();
    group.insert("schemas".to_owned(), json!([GROUP.schema.id]));
    group.insert("id".to_owned(), json!(unit.id));
    if let Some(external) = external {
        group.insert("externalId".to_owned(), json!(external));
    }
    group.insert("displayName".to_owned(), json!(unit.name));
    if !members.is_empty() {
        group.insert("members".to_owned(), Value::Array(members));
    }
    let location = format!("{}/Groups/{}", scope.base, unit.id);
    finish(group, ("Group", location), (unit.created_at, unit.modified_at), unit.revision)
}

fn missing(id: &str) -> ScimError {
    ScimError::not_found("Group", id)
}

fn find(view: &mut View<'_>, scope: &Scope, id: &str) -> Outcome<Unit> {
    let found = match id_of::<UnitId>(id) {
        Some(key) => units::find(view, key)?.filter(|unit| unit.organisation == scope.organisation),
        None => None,
    };
    Ok(found.ok_or_else(|| missing(id))?)
}

fn present_one(view: &mut View<'_>, scope: &Scope, unit: Unit) -> Outcome<Resource> {
    let id = unit.id;
    let found = present(view, scope, vec![unit])?.into_iter().next();
    Ok(found.ok_or_else(|| missing(&id.to_string()))?)
}

/// The group with this id.
pub(super) fn get(view: &mut View<'_>, scope: &Scope, id: &str) -> Outcome<Resource> {
    let unit = find(view, scope, id)?;
    present_one(view, scope, unit)
}

/// Adds a group, perhaps under an id that others refer to.
pub(super) fn create(work: &mut Work<'_>, scope: &Scope, id: Option<UnitId>, wanted: &Resource) -> Outcome<Resource> {
    let name = name_of(wanted);
    must_be_free(work, scope, &name, None)?;
    let id = id.unwrap_or_else(|| work.id());
    let unit = units::insert(work, Unit::add(id, scope.organisation, name, None, work.now()))?;
    kept::call(work, unit.id, external_of(wanted))?;
    put_in(work, scope, &unit, wanted)?;
    announce(work, &unit)?;
    present_one(work, scope, unit)
}

/// Puts another group in place of the one with this id.
pub(super) fn replace(
    work: &mut Work<'_>,
    scope: &Scope,
    (id, seen): (&str, &IfVersion),
    wanted: &Resource,
) -> Outcome<Resource> {
    change(work, scope, (id, seen), |_| Ok(wanted.clone()))
}

/// Makes changes to the group with this id.
pub(super) fn patch(
    work: &mut Work<'_>,
    scope: &Scope,
    (id, seen): (&str, &IfVersion),
    changes: &[patch::Change],
) -> Outcome<Resource> {
    change(work, scope, (id, seen), |before| Ok(patch::apply(&GROUP, before, changes)?))
}

fn change(
    work: &mut Work<'_>,
    scope: &Scope,
    (id, seen): (&str, &IfVersion),
    make: impl FnOnce(Resource) -> Outcome<Resource>,
) -> Outcome<Resource> {
    let unit = find(work, scope, id)?;
    let before = present_one(work, scope, unit.clone())?;
    seen.expect(&meta(&before, "version").unwrap_or_default())?;
    let external = external_of(&before).map(str::to_owned);
    let wanted = make(before)?;
    let name = name_of(&wanted);
    let unit = if name == unit.name {
        unit
    } else {
        must_be_free(work, scope, &name, Some(unit.id))?;
        let parent = unit.parent;
        let unit = units::save(work, unit.revise(name, parent, &[], work.now())?)?;
        announce(work, &unit)?;
        unit
    };
    if external_of(&wanted) != external.as_deref() {
        kept::call(work, unit.id, external_of(&wanted))?;
    }
    put_in(work, scope, &unit, &wanted)?;
    present_one(work, scope, unit)
}

/// Removes the group with this id; whoever worked there is in none then.
pub(super) fn delete(work: &mut Work<'_>, scope: &Scope, (id, seen): (&str, &IfVersion)) -> Outcome<()> {
    let unit = find(work, scope, id)?;
    let before = present_one(work, scope, unit.clone())?;
    seen.expect(&meta(&before, "version").unwrap_or_default())?;
    let inside = kept::employments_in(work, unit.id)?;
    for employment in employments::find_many(work, &inside)? {
        place(work, employment, None)?;
    }
    if !units::delete(work, unit.id)? {
        let detail = "Something else refers to the department, such as a klus or a department below it.";
        return Err(ScimError::status(409, detail).into());
    }
    announce(work, &unit)
}

fn name_of(group: &Resource) -> String {
    group.get("displayName").and_then(Value::as_str).unwrap_or_default().trim().to_owned()
}

fn external_of(group: &Resource) -> Option<&str> {
    group.get("externalId").and_then(Value::as_str)
}

fn must_be_free(view: &mut View<'_>, scope: &Scope, name: &str, own: Option<UnitId>) -> Outcome<()> {
    let found = units::by_names(view, scope.organisation, &[fold(name)])?;
    if found.iter().all(|unit| Some(unit.id) == own) {
        return Ok(());
    }
    let detail = "displayName must be another one: the organisation has a department with this name.";
    Err(ScimError::of(ErrorType::Uniqueness, detail).into())
}

/// Puts exactly these members in the unit.
fn put_in(work: &mut Work<'_>, scope: &Scope, unit: &Unit, wanted: &Resource) -> Outcome<()> {
    let wanted = members_of(wanted)?;
    let present: HashSet<StaffMemberId> =
        kept::members_of(work, &[unit.id])?.into_iter().map(|found| found.member).collect();
    let gone: Vec<StaffMemberId> = present.iter().filter(|id| !wanted.contains(id)).copied().collect();
    let come: Vec<StaffMemberId> = wanted.into_iter().filter(|id| !present.contains(id)).collect();
    let (came, went) = (known(work, scope, &come)?, known(work, scope, &gone)?);
    move_to(work, &went, None)?;
    move_to(work, &came, Some(unit.id))
}

fn members_of(group: &Resource) -> Outcome<Vec<StaffMemberId>> {
    let mut ids = Vec::new();
    let mut seen = HashSet::new();
    for member in group.get("members").and_then(Value::as_array).into_iter().flatten() {
        if member["type"].as_str().is_some_and(|kind| !kind.eq_ignore_ascii_case("User")) {
            return Err(invalid("must be of type User: groups in groups are not kept"));
        }
        let id = member["value"].as_str().and_then(id_of::<StaffMemberId>);
        let id = id.ok_or_else(|| invalid("must have the id of a user as value"))?;
        if seen.insert(id) {
            ids.push(id);
        }
    }
    Ok(ids)
}

fn invalid(reason: &str) -> super::failure::Failure {
    ScimError::of(ErrorType::InvalidValue, format!("members {reason}.")).into()
}

fn known(view: &mut View<'_>, scope: &Scope, ids: &[StaffMemberId]) -> Outcome<Vec<StaffMember>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let found = staff::by_ids(view, scope.organisation, ids)?;
    match ids.iter().find(|id| !found.iter().any(|member| member.id == **id)) {
        None => Ok(found),
        Some(unknown) => Err(invalid(&format!("must be users of the organisation: {unknown} is none"))),
    }
}

fn move_to(work: &mut Work<'_>, members: &[StaffMember], unit: Option<UnitId>) -> Outcome<()> {
    let ids: Vec<_> = members.iter().map(|member| member.employment).collect();
    if ids.is_empty() {
        return Ok(());
    }
    for employment in employments::find_many(work, &ids)? {
        place(work, employment, unit)?;
    }
    Ok(())
}

fn place(
    work: &mut Work<'_>,
    employment: domain::parties::employments::Employment,
    unit: Option<UnitId>,
) -> Outcome<()> {
    let terms = domain::parties::employments::EmploymentTerms { unit, ..employment.terms.clone() };
    let employment = employments::save(work, employment.revise(terms, work.now())?)?;
    let audiences = [Audience::Person(employment.person), Audience::Administrators(employment.organisation)];
    let change = Change::new(EventKind::EmploymentChanged, employment.id).of(employment.organisation);
    let change = change.to(audiences).to(employment.terms.manager.map(Audience::Person));
    Ok(ledger::record(work, change)?)
}

fn announce(work: &mut Work<'_>, unit: &Unit) -> Outcome<()> {
    let change = Change::new(EventKind::UnitChanged, unit.id).of(unit.organisation);
    Ok(ledger::record(work, change.to([Audience::Organisation(unit.organisation)]))?)
}
