//! Klussen that are open to everybody.

use diesel::dsl::exists;
use diesel::prelude::*;
use domain::market::assignments::AssignmentState;
use domain::market::publication_rings::Ring;
use domain::{AssignmentId, Moment, TextEnum as _};

use crate::columns::{At, Key};
use crate::schema::market::{assignment_rings, assignments};
use crate::{Result, View};

/// The klussen that are open to everybody, the newest first, with when they last changed.
pub fn open_to_everybody(view: &mut View<'_>, limit: u32) -> Result<Vec<(AssignmentId, Moment)>> {
    let now = At(view.now());
    let ring = assignment_rings::table
        .filter(assignment_rings::assignment_id.eq(assignments::id))
        .filter(assignment_rings::ring.eq(Ring::Public.as_str()))
        .filter(assignment_rings::opens_at.le(now))
        .filter(assignment_rings::closes_at.is_null().or(assignment_rings::closes_at.gt(now)));
    let rows: Vec<(Key, At)> = each!(view.conn, |c| assignments::table
        .filter(assignments::state.eq(AssignmentState::Open.as_str()))
        .filter(assignments::deadline.gt(now))
        .filter(exists(ring))
        .order((assignments::listed_at.desc(), assignments::id.desc()))
        .limit(i64::from(limit))
        .select((assignments::id, assignments::modified_at))
        .load(c))?;
    Ok(rows.into_iter().map(|(id, at)| (id.to(), at.0)).collect())
}
