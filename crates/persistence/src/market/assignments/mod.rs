//! Assignments (klussen), each with its texts, owners, rings, skills, levels and interests.

mod due;
mod facets;
mod filter;
mod list;
mod networks;
mod parts;
pub mod public;
mod row;
mod sought;
mod suggest;
mod terms;

pub use due::{RingToAnnounce, next_moment, note_announced, rings_to_announce, to_close};
pub use facets::{AssignmentFacets, HOURS, facets};
pub use filter::AssignmentFilter;
pub use list::{Total, count, list, list_sought, sharing};
pub use networks::{connected_networks, count_published, networks_of};
pub use sought::{Sought, sought};
pub use suggest::{Suggested, suggest};
pub(crate) use terms::refresh as refresh_terms;

use std::collections::HashMap;

use diesel::prelude::*;
use domain::market::assignments::Assignment;
use domain::market::criteria::Findable;
use domain::market::demand::Demand;
use domain::{AssignmentId, OrganisationId};

use self::parts::{KeptRing, Parts};
use self::row::{DemandRow, Row};
use crate::among::AmongMethods as _;
use crate::columns::Key;
use crate::parties::organisations;
use crate::schema::market::assignments;
use crate::{PersistenceError, Result, View, Work};

/// The one with this id, if there is one.
pub fn find(view: &mut View<'_>, id: AssignmentId) -> Result<Option<Assignment>> {
    Ok(find_many(view, &[id])?.pop())
}

/// The one with this id.
pub fn get(view: &mut View<'_>, id: AssignmentId) -> Result<Assignment> {
    find(view, id)?.ok_or(PersistenceError::NotFound { noun: "assignment", id: id.into() })
}

/// Those of these ids that exist, in no particular order.
pub fn find_many(view: &mut View<'_>, ids: &[AssignmentId]) -> Result<Vec<Assignment>> {
    let keys: Vec<Key> = ids.iter().copied().map(Key::from).collect();
    let rows: Vec<Row> =
        each!(view.conn, |c| assignments::table.filter(assignments::id.among(&keys)).select(Row::as_select()).load(c))?;
    whole(view, rows)
}

/// Those of these ids that exist, with what criteria are laid beside.
pub fn findable(view: &mut View<'_>, ids: &[AssignmentId]) -> Result<Vec<Findable>> {
    let found = find_many(view, ids)?;
    let keys: Vec<Key> = found.iter().map(|assignment| assignment.id.into()).collect();
    let organisations: Vec<OrganisationId> = found.iter().map(|assignment| assignment.organisation).collect();
    let layers: HashMap<OrganisationId, _> = organisations::find_many(view, &organisations)?
        .into_iter()
        .map(|organisation| (organisation.id, organisation.details.layer))
        .collect();
    let mut terms = terms::of(view, &keys)?;
    let whole = found.into_iter().filter_map(|assignment| {
        let layer = *layers.get(&assignment.organisation)?;
        let terms = terms.remove(&assignment.id.into()).unwrap_or_default();
        Some(Findable { assignment, layer, terms })
    });
    Ok(whole.collect())
}

/// What these klussen ask of somebody, of those that exist, in no particular order.
pub fn demands(view: &mut View<'_>, ids: &[AssignmentId]) -> Result<Vec<(AssignmentId, Demand)>> {
    let keys: Vec<Key> = ids.iter().copied().map(Key::from).collect();
    let rows: Vec<DemandRow> = each!(view.conn, |c| assignments::table
        .filter(assignments::id.among(&keys))
        .select(DemandRow::as_select())
        .load(c))?;
    let mut parts = Parts::default();
    parts.load_wishes(view, &keys)?;
    rows.into_iter().map(|row| row.into_demand(&mut parts)).collect()
}

/// Keeps a new one.
pub fn insert(work: &mut Work<'_>, assignment: Assignment) -> Result<Assignment> {
    let row = Row::from(&assignment);
    each!(work.conn, |c| diesel::insert_into(assignments::table).values(&row).execute(c))?;
    parts::keep(work, &assignment, &[])?;
    Ok(assignment)
}

/// Keeps a changed one, if it is still the revision that was read.
///
/// A ring that opens later than its publication is noted for the clock to announce; who publishes announces what
/// opens at once.
pub fn save(work: &mut Work<'_>, assignment: Assignment) -> Result<Assignment> {
    let seen = assignment.revision;
    let assignment = Assignment { revision: seen + 1, ..assignment };
    let row = Row::from(&assignment);
    let before = if row.is_published_before(work)? { KeptRing::of(work, assignment.id)? } else { Vec::new() };
    let changed = each!(work.conn, |c| diesel::update(
        assignments::table.filter(assignments::id.eq(row.id)).filter(assignments::revision.eq(seen))
    )
    .set(&row)
    .execute(c))?;
    if changed != 1 {
        return Err(PersistenceError::Stale { table: "assignments", id: row.id.0 });
    }
    parts::clear(work, assignment.id)?;
    parts::keep(work, &assignment, &before)?;
    Ok(assignment)
}

/// Assignments with everything that belongs to them, in the order of their rows.
fn whole(view: &mut View<'_>, rows: Vec<Row>) -> Result<Vec<Assignment>> {
    let keys: Vec<Key> = rows.iter().map(|row| row.id).collect();
    let mut parts = Parts::load(view, &keys)?;
    rows.into_iter().map(|row| row.into_assignment(&mut parts)).collect()
}
