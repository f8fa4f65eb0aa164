//! What channels found: each klus once.

use diesel::prelude::*;
use domain::{AssignmentId, ChannelId, Moment};

use crate::among::AmongMethods as _;
use crate::columns::{At, Key};
use crate::schema::exchange_channels::{channel_deliveries, channel_hits, channels};
use crate::{Result, View, Work};

/// Notes that a channel found a klus, once; what was found is told at the next telling. Nothing happens where the channel
/// is gone.
pub fn note_found(work: &mut Work<'_>, id: ChannelId, assignment: AssignmentId) -> Result<()> {
    let now = work.now();
    let Some(channel) = super::find(work, id)? else { return Ok(()) };
    let added = each!(work.conn, |c| diesel::insert_into(channel_hits::table)
        .values((
            channel_hits::channel_id.eq(Key::from(id)),
            channel_hits::assignment_id.eq(Key::from(assignment)),
            channel_hits::found_at.eq(At(now)),
        ))
        .on_conflict_do_nothing()
        .execute(c))?;
    if added == 1 && channel.next_telling_at.is_none() {
        tell_at(work, id, Some(channel.details.frequency.next_telling(now)))?;
    }
    Ok(())
}

/// The channels that have to be told something by now, and that no message waits for.
pub fn to_tell(view: &mut View<'_>, limit: u32) -> Result<Vec<ChannelId>> {
    let now = At(view.now());
    let keys: Vec<Key> = each!(view.conn, |c| channels::table
        .filter(channels::next_telling_at.le(now))
        .filter(channels::verified_at.is_not_null())
        .filter(channels::disabled_at.is_null())
        .filter(channels::paused.eq(false))
        .filter(diesel::dsl::not(diesel::dsl::exists(
            channel_deliveries::table
                .filter(channel_deliveries::channel_id.eq(channels::id))
                .filter(channel_deliveries::due_at.is_not_null())
        )))
        .order(channels::next_telling_at)
        .limit(i64::from(limit))
        .select(channels::id)
        .load(c))?;
    Ok(keys.into_iter().map(Key::to).collect())
}

/// The klussen that a channel found and was not told of yet, the newest first.
pub fn waiting(view: &mut View<'_>, id: ChannelId, limit: usize) -> Result<Vec<AssignmentId>> {
    let keys: Vec<Key> = each!(view.conn, |c| channel_hits::table
        .filter(channel_hits::channel_id.eq(Key::from(id)))
        .filter(channel_hits::told_at.is_null())
        .order(channel_hits::assignment_id.desc())
        .limit(i64::try_from(limit).unwrap_or(i64::MAX))
        .select(channel_hits::assignment_id)
        .load(c))?;
    Ok(keys.into_iter().map(Key::to).collect())
}

/// Notes that these stand in a message, and when the next do.
pub fn note_told(work: &mut Work<'_>, id: ChannelId, told: &[AssignmentId], next: Option<Moment>) -> Result<()> {
    let (now, keys) = (At(work.now()), told.iter().copied().map(Key::from).collect::<Vec<_>>());
    let query = channel_hits::table
        .filter(channel_hits::channel_id.eq(Key::from(id)))
        .filter(channel_hits::assignment_id.among(&keys));
    each!(work.conn, |c| diesel::update(query).set(channel_hits::told_at.eq(Some(now))).execute(c))?;
    tell_at(work, id, next)
}

fn tell_at(work: &mut Work<'_>, id: ChannelId, next: Option<Moment>) -> Result<()> {
    let query = channels::table.filter(channels::id.eq(Key::from(id)));
    each!(work.conn, |c| diesel::update(query).set(channels::next_telling_at.eq(next.map(At))).execute(c))?;
    Ok(())
}
