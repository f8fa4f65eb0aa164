//! What the clock has to do: close what is past its deadline, tell of rings that opened.

use diesel::prelude::*;
use domain::market::assignments::AssignmentState;
use domain::market::publication_rings::Ring;
use domain::{AssignmentId, Moment, TextEnum as _};

use crate::columns::{At, Key, Place};
use crate::schema::market::{assignment_rings, assignments};
use crate::{Result, View, Work};

/// A ring that opened and that nobody was told of yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RingToAnnounce {
    /// Of which assignment.
    pub assignment: AssignmentId,
    /// Which ring.
    pub ring: Ring,
}

/// At most so many assignments that are past their deadline and not closed yet, the longest overdue first.
pub fn to_close(view: &mut View<'_>, limit: u32) -> Result<Vec<AssignmentId>> {
    let now = At(view.now());
    let keys: Vec<Key> = each!(view.conn, |c| assignments::table
        .filter(assignments::state.eq(AssignmentState::Open.as_str()))
        .filter(assignments::deadline.le(now))
        .order((assignments::deadline, assignments::id))
        .limit(i64::from(limit))
        .select(assignments::id)
        .load(c))?;
    Ok(keys.into_iter().map(Key::to).collect())
}

/// At most so many rings that opened and are not announced yet, the longest overdue first.
pub fn rings_to_announce(view: &mut View<'_>, limit: u32) -> Result<Vec<RingToAnnounce>> {
    let now = At(view.now());
    let rows: Vec<(Key, String)> = each!(view.conn, |c| assignment_rings::table
        .filter(assignment_rings::announce_at.le(now))
        .order((assignment_rings::announce_at, assignment_rings::assignment_id, assignment_rings::place))
        .limit(i64::from(limit))
        .select((assignment_rings::assignment_id, assignment_rings::ring))
        .load(c))?;
    rows.into_iter()
        .map(|(id, ring)| {
            let ring = Place::new("assignment_rings", id).value("ring", &ring)?;
            Ok(RingToAnnounce { assignment: id.to(), ring })
        })
        .collect()
}

/// Notes that a ring is announced; false when somebody else did so before, or when it no longer is to be.
pub fn note_announced(work: &mut Work<'_>, opened: RingToAnnounce) -> Result<bool> {
    let RingToAnnounce { assignment, ring } = opened;
    let now = At(work.now());
    let changed = each!(work.conn, |c| diesel::update(
        assignment_rings::table
            .filter(assignment_rings::assignment_id.eq(Key::from(assignment)))
            .filter(assignment_rings::ring.eq(ring.as_str()))
            .filter(assignment_rings::announce_at.le(now))
    )
    .set(assignment_rings::announce_at.eq(None::<At>))
    .execute(c))?;
    Ok(changed == 1)
}

/// The next moment at which time alone changes who may see what: a ring opens or closes, or a deadline passes.
pub fn next_moment(view: &mut View<'_>) -> Result<Option<Moment>> {
    let now = At(view.now());
    let opens: Option<At> = each!(view.conn, |c| assignment_rings::table
        .filter(assignment_rings::opens_at.gt(now))
        .select(diesel::dsl::min(assignment_rings::opens_at))
        .get_result(c))?;
    let closes: Option<At> = each!(view.conn, |c| assignment_rings::table
        .filter(assignment_rings::closes_at.gt(now))
        .select(diesel::dsl::min(assignment_rings::closes_at))
        .get_result(c))?;
    let deadline: Option<At> = each!(view.conn, |c| assignments::table
        .filter(assignments::state.eq(AssignmentState::Open.as_str()))
        .filter(assignments::deadline.gt(now))
        .select(diesel::dsl::min(assignments::deadline))
        .get_result(c))?;
    Ok([opens, closes, deadline].into_iter().flatten().map(|at| at.0).min())
}
