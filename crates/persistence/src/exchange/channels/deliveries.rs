//! Messages to channels: those that wait, and the log of those that do not.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use domain::exchange::channels::ChannelDelivery;
use domain::exchange::webhooks::DeliveryState;
use domain::{ChannelDeliveryId, ChannelId, Moment, TextEnum as _};

use crate::columns::{At, Key, Place, to_json};
use crate::page::newest_first;
use crate::schema::exchange_channels::{channel_deliveries, channels};
use crate::{Page, PageRequest, PersistenceError, Result, View, Work};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = channel_deliveries, treat_none_as_null = true, treat_none_as_default_value = false)]
#[diesel(check_for_backend(Sqlite, Pg))]
struct Row {
    id: Key,
    revision: i64,
    channel_id: Key,
    assignment_ids: serde_json::Value,
    state: String,
    tries: i64,
    due_at: Option<At>,
    attempts: serde_json::Value,
    created_at: At,
    modified_at: At,
}

impl From<&ChannelDelivery> for Row {
    fn from(delivery: &ChannelDelivery) -> Self {
        let ChannelDelivery {
            id,
            revision,
            channel,
            assignments,
            state,
            tries,
            due_at,
            attempts,
            created_at,
            modified_at,
        } = delivery;
        Self {
            id: (*id).into(),
            revision: *revision,
            channel_id: (*channel).into(),
            assignment_ids: to_json(assignments),
            state: state.to_string(),
            tries: i64::from(*tries),
            due_at: due_at.map(At),
            attempts: to_json(attempts),
            created_at: At(*created_at),
            modified_at: At(*modified_at),
        }
    }
}

impl TryFrom<Row> for ChannelDelivery {
    type Error = PersistenceError;

    fn try_from(row: Row) -> Result<Self> {
        let Row { id, revision, channel_id, assignment_ids, state, tries, due_at, attempts, created_at, modified_at } =
            row;
        let place = Place::new("channel_deliveries", id);
        Ok(Self {
            id: id.to(),
            revision,
            channel: channel_id.to(),
            assignments: place.json("assignment_ids", assignment_ids)?,
            state: place.value("state", &state)?,
            tries: place.count("tries", tries)?,
            due_at: due_at.map(|at| at.0),
            attempts: place.json("attempts", attempts)?,
            created_at: created_at.0,
            modified_at: modified_at.0,
        })
    }
}

keep!(channel_deliveries, ChannelDelivery, ChannelDeliveryId, Row);

/// What is due to channels that are told of klussen, the longest waiting first: of each channel only the earliest.
pub fn due(view: &mut View<'_>, limit: usize) -> Result<Vec<ChannelDeliveryId>> {
    let now = At(view.now());
    let earlier = diesel::alias!(channel_deliveries as earlier);
    let ids: Vec<Key> = each!(view.conn, |c| channel_deliveries::table
        .inner_join(channels::table)
        .filter(channels::verified_at.is_not_null())
        .filter(channels::disabled_at.is_null())
        .filter(channels::paused.eq(false))
        .filter(channel_deliveries::due_at.le(now))
        .filter(diesel::dsl::not(diesel::dsl::exists(
            earlier
                .filter(earlier.field(channel_deliveries::channel_id).eq(channel_deliveries::channel_id))
                .filter(earlier.field(channel_deliveries::due_at).is_not_null())
                .filter(earlier.field(channel_deliveries::id).lt(channel_deliveries::id))
        )))
        .order((channel_deliveries::due_at, channel_deliveries::id))
        .limit(i64::try_from(limit).unwrap_or(i64::MAX))
        .select(channel_deliveries::id)
        .load(c))?;
    Ok(ids.into_iter().map(Key::to).collect())
}

/// Whether any message to a channel waits.
pub fn is_any_waiting(view: &mut View<'_>, channel: ChannelId) -> Result<bool> {
    let waiting = channel_deliveries::table
        .filter(channel_deliveries::channel_id.eq(Key::from(channel)))
        .filter(channel_deliveries::due_at.is_not_null());
    Ok(each!(view.conn, |c| diesel::select(diesel::dsl::exists(waiting)).get_result(c))?)
}

/// Whether a message was accepted at this moment or later.
pub fn accepted_since(view: &mut View<'_>, channel: ChannelId, moment: Moment) -> Result<bool> {
    let accepted = channel_deliveries::table
        .filter(channel_deliveries::channel_id.eq(Key::from(channel)))
        .filter(channel_deliveries::state.eq(DeliveryState::Delivered.as_str()))
        .filter(channel_deliveries::modified_at.ge(At(moment)));
    Ok(each!(view.conn, |c| diesel::select(diesel::dsl::exists(accepted)).get_result(c))?)
}

/// A page of the log of a channel, the latest messages first.
pub fn list(
    view: &mut View<'_>,
    channel: ChannelId,
    state: Option<DeliveryState>,
    request: &PageRequest,
) -> Result<Page<ChannelDelivery>> {
    let rows: Vec<Row> = each!(view.conn, |c| {
        let mut query = channel_deliveries::table
            .filter(channel_deliveries::channel_id.eq(Key::from(channel)))
            .select(Row::as_select())
            .into_boxed();
        if let Some(state) = state {
            query = query.filter(channel_deliveries::state.eq(state.as_str()));
        }
        newest_first!(query, request, channel_deliveries::id).load(c)
    })?;
    let items = rows.into_iter().map(TryInto::try_into).collect::<Result<Vec<ChannelDelivery>>>()?;
    Ok(request.page(items, |delivery| (String::new(), delivery.id.into())))
}

/// Forgets those that were settled before this moment.
pub fn forget_before(work: &mut Work<'_>, moment: Moment) -> Result<()> {
    let old = channel_deliveries::table
        .filter(channel_deliveries::due_at.is_null())
        .filter(channel_deliveries::modified_at.lt(At(moment)));
    each!(work.conn, |c| diesel::delete(old).execute(c))?;
    Ok(())
}
