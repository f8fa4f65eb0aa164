//! What SCIM asks of staff and units besides: any part of the list, and who is in which unit.

use std::collections::HashMap;

use diesel::prelude::*;
use domain::parties::units::Unit;
use domain::{EmploymentId, OrganisationId, StaffMemberId, UnitId};

use crate::among::AmongMethods as _;
use crate::columns::Key;
use crate::parties::units as kept;
use crate::schema::parties::{employments, units};
use crate::schema::staff::staff_members;
use crate::{Result, View, Work};

/// Somebody in a unit.
#[derive(Debug, Clone, Copy)]
pub struct UnitMember {
    /// In which.
    pub unit: UnitId,
    /// Who.
    pub member: StaffMemberId,
}

/// The ids of the staff of an organisation, in order, from this one on.
pub fn staff_ids(
    view: &mut View<'_>,
    organisation: OrganisationId,
    skip: i64,
    limit: i64,
) -> Result<Vec<StaffMemberId>> {
    let keys: Vec<Key> = each!(view.conn, |c| staff_members::table
        .filter(staff_members::organisation_id.eq(Key::from(organisation)))
        .order(staff_members::id)
        .offset(skip)
        .limit(limit)
        .select(staff_members::id)
        .load(c))?;
    Ok(keys.into_iter().map(Key::to).collect())
}

/// The unit of each of these employments that is in one.
pub fn units_of(view: &mut View<'_>, ids: &[EmploymentId]) -> Result<HashMap<EmploymentId, (UnitId, String)>> {
    let keys: Vec<Key> = ids.iter().copied().map(Key::from).collect();
    let rows: Vec<(Key, Key, String)> = each!(view.conn, |c| employments::table
        .inner_join(units::table.on(units::id.nullable().eq(employments::unit_id)))
        .filter(employments::id.among(&keys))
        .select((employments::id, units::id, units::name))
        .load(c))?;
    Ok(rows.into_iter().map(|(employment, unit, name)| (employment.to(), (unit.to(), name))).collect())
}

/// The units of an organisation in the order of their ids, after this one.
pub fn units_after(
    view: &mut View<'_>,
    organisation: OrganisationId,
    after: Option<UnitId>,
    limit: i64,
) -> Result<Vec<Unit>> {
    let after = Key(after.map_or(uuid::Uuid::nil(), Into::into));
    let keys: Vec<Key> = each!(view.conn, |c| units::table
        .filter(units::organisation_id.eq(Key::from(organisation)))
        .filter(units::id.gt(after))
        .order(units::id)
        .limit(limit)
        .select(units::id)
        .load(c))?;
    units_with(view, keys)
}

/// The units of an organisation in the order of their ids, from this one on.
pub fn units_from(view: &mut View<'_>, organisation: OrganisationId, skip: i64, limit: i64) -> Result<Vec<Unit>> {
    let keys: Vec<Key> = each!(view.conn, |c| units::table
        .filter(units::organisation_id.eq(Key::from(organisation)))
        .order(units::id)
        .offset(skip)
        .limit(limit)
        .select(units::id)
        .load(c))?;
    units_with(view, keys)
}

/// The units of an organisation with this external id.
pub fn units_by_external_id(view: &mut View<'_>, organisation: OrganisationId, external: &str) -> Result<Vec<Unit>> {
    let keys: Vec<Key> = each!(view.conn, |c| units::table
        .filter(units::organisation_id.eq(Key::from(organisation)))
        .filter(units::external_id.eq(external))
        .order(units::id)
        .select(units::id)
        .load(c))?;
    units_with(view, keys)
}

fn units_with(view: &mut View<'_>, keys: Vec<Key>) -> Result<Vec<Unit>> {
    let ids: Vec<UnitId> = keys.into_iter().map(Key::to).collect();
    let mut found = kept::find_many(view, &ids)?;
    found.sort_by_key(|unit| unit.id);
    Ok(found)
}

/// How many units an organisation has.
pub fn count_units(view: &mut View<'_>, organisation: OrganisationId) -> Result<i64> {
    Ok(each!(view.conn, |c| units::table
        .filter(units::organisation_id.eq(Key::from(organisation)))
        .count()
        .get_result(c))?)
}

/// How clients call these units.
pub fn external_ids(view: &mut View<'_>, ids: &[UnitId]) -> Result<HashMap<UnitId, String>> {
    let keys: Vec<Key> = ids.iter().copied().map(Key::from).collect();
    let rows: Vec<(Key, Option<String>)> = each!(view.conn, |c| units::table
        .filter(units::id.among(&keys))
        .select((units::id, units::external_id))
        .load(c))?;
    Ok(rows.into_iter().filter_map(|(id, external)| Some((id.to(), external?))).collect())
}

/// Keeps how clients call a unit.
pub fn call(work: &mut Work<'_>, id: UnitId, external: Option<&str>) -> Result<()> {
    each!(work.conn, |c| diesel::update(units::table.filter(units::id.eq(Key::from(id))))
        .set(units::external_id.eq(external))
        .execute(c))?;
    Ok(())
}

/// The staff in these units, in the order of their ids.
pub fn members_of(view: &mut View<'_>, ids: &[UnitId]) -> Result<Vec<UnitMember>> {
    let keys: Vec<Key> = ids.iter().copied().map(Key::from).collect();
    let rows: Vec<(Option<Key>, Key)> = each!(view.conn, |c| employments::table
        .inner_join(staff_members::table.on(staff_members::employment_id.eq(employments::id)))
        .filter(employments::unit_id.among(keys.iter().copied().map(Some).collect::<Vec<_>>()))
        .order(staff_members::id)
        .select((employments::unit_id, staff_members::id))
        .load(c))?;
    let rows = rows.into_iter().filter_map(|(unit, member)| Some(UnitMember { unit: unit?.to(), member: member.to() }));
    Ok(rows.collect())
}

/// The employments in a unit, of whoever is on the staff or was registered by hand.
pub fn employments_in(view: &mut View<'_>, id: UnitId) -> Result<Vec<EmploymentId>> {
    let keys: Vec<Key> = each!(view.conn, |c| employments::table
        .filter(employments::unit_id.eq(Key::from(id)))
        .order(employments::id)
        .select(employments::id)
        .load(c))?;
    Ok(keys.into_iter().map(Key::to).collect())
}
