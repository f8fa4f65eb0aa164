//! What happened, written in the transaction in which it happened: the outbox of events and the audit.

use std::collections::{BTreeSet, HashMap};

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use domain::{Audience, AuditEventId, Change, EventId, EventKind, Moment, OrganisationId};
use uuid::Uuid;

use crate::among::AmongMethods as _;
use crate::columns::{At, Key, Place};
use crate::schema::exchange::{event_audiences, events};
use crate::schema::insight::audit_events;
use crate::{Result, View, Work};

/// An event as subscribers get it.
#[derive(Debug, Clone)]
pub struct Event {
    /// Identifies it.
    pub id: EventId,
    /// Its place in the order of all events; without gaps.
    pub position: i64,
    /// What it tells.
    pub kind: EventKind,
    /// The noun of the thing it is about.
    pub subject_kind: String,
    /// Which one.
    pub subject_id: Uuid,
    /// The organisation it concerns.
    pub organisation: Option<OrganisationId>,
    /// When it happened.
    pub occurred_at: Moment,
}

/// The events that are asked for, wherever they stand.
macro_rules! asked_for {
    ($filter:expr) => {{
        let filter: &EventFilter = $filter;
        let audiences: Vec<String> = filter.audiences.iter().map(ToString::to_string).collect();
        let known = event_audiences::table
            .filter(event_audiences::seq.eq(events::seq))
            .filter(event_audiences::audience.among(audiences));
        let mut query = events::table.filter(diesel::dsl::exists(known)).select(Row::as_select()).into_boxed();
        if !filter.kinds.is_empty() {
            query = query.filter(events::kind.among(filter.kinds.iter().map(ToString::to_string)));
        }
        if let Some(organisation) = filter.organisation {
            query = query.filter(events::organisation_id.eq(Key::from(organisation)));
        }
        query
    }};
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = events, check_for_backend(Sqlite, Pg))]
struct Row {
    id: Key,
    position: Option<i64>,
    kind: String,
    subject_kind: String,
    subject_id: Key,
    organisation_id: Option<Key>,
    occurred_at: At,
}

/// Announces a change to those who may know, and writes it down for the audit.
pub fn record(work: &mut Work<'_>, change: Change) -> Result<()> {
    record_many(work, vec![change])
}

/// Announces many changes, in their order, and writes them down for the audit.
pub fn record_many(work: &mut Work<'_>, changes: Vec<Change>) -> Result<()> {
    audit(work, &changes)?;
    let announced: Vec<&Change> = changes.iter().filter(|change| !change.audiences.is_empty()).collect();
    announce(work, &announced)
}

fn announce(work: &mut Work<'_>, changes: &[&Change]) -> Result<()> {
    let (now, actor) = (At(work.now()), work.actor.map(Key::from));
    let ids: Vec<Key> = changes.iter().map(|_| Key::from(work.id::<EventId>())).collect();
    let values: Vec<_> = changes
        .iter()
        .zip(&ids)
        .map(|(change, id)| {
            (
                events::id.eq(*id),
                events::kind.eq(change.kind.to_string()),
                events::subject_kind.eq(change.subject_kind),
                events::subject_id.eq(Key(change.subject_id)),
                events::organisation_id.eq(change.organisation.map(Key::from)),
                events::occurred_at.eq(now),
                events::state.eq(change.to),
                events::actor_id.eq(actor),
            )
        })
        .collect();
    insert_all!(work.conn, events::table, &values)?;
    // Ids grow: what lies between these is of others or of this.
    let (Some(first), Some(last)) = (ids.first(), ids.last()) else { return Ok(()) };
    let places: HashMap<Key, i64> = each!(work.conn, |c| events::table
        .filter(events::id.between(first, last))
        .select((events::id, events::seq))
        .load::<(Key, i64)>(c))?
    .into_iter()
    .collect();
    let audiences = |change: &Change| change.audiences.iter().copied().collect::<BTreeSet<_>>();
    let rows: Vec<_> = changes
        .iter()
        .zip(&ids)
        .filter_map(|(change, id)| Some((*places.get(id)?, audiences(change))))
        .flat_map(|(seq, audiences)| audiences.into_iter().map(move |audience| (seq, audience)))
        .map(|(seq, audience)| (event_audiences::seq.eq(seq), event_audiences::audience.eq(audience.to_string())))
        .collect();
    Ok(insert_all!(work.conn, event_audiences::table, &rows)?)
}

fn audit(work: &mut Work<'_>, changes: &[Change]) -> Result<()> {
    let (now, actor) = (At(work.now()), work.actor.map(Key::from));
    let client = work.client.map(Key::from);
    let values: Vec<_> = changes
        .iter()
        .map(|change| {
            (
                audit_events::id.eq(Key::from(work.id::<AuditEventId>())),
                audit_events::occurred_at.eq(now),
                audit_events::actor_id.eq(actor),
                audit_events::action.eq(change.kind.to_string()),
                audit_events::subject_kind.eq(change.subject_kind),
                audit_events::subject_id.eq(Key(change.subject_id)),
                audit_events::organisation_id.eq(change.organisation.map(Key::from)),
                audit_events::from_state.eq(change.from),
                audit_events::to_state.eq(change.to),
                audit_events::oauth_client_id.eq(client),
            )
        })
        .collect();
    Ok(insert_all!(work.conn, audit_events::table, &values)?)
}

/// Gives every event that has none its position. Events of transactions that end out of order would otherwise be
/// passed over by a reader who has gone beyond them; so positions are given after the fact, by one giver at a time
/// ([`crate::Database::write_alone`]).
pub fn give_positions(work: &mut Work<'_>) -> Result<usize> {
    // One statement, however many wait: diesel has no way to say this, and both databases say it alike.
    let query = diesel::sql_query(
        "UPDATE events SET position = placed.position FROM (
            SELECT seq, ROW_NUMBER() OVER (ORDER BY seq)
                + (SELECT COALESCE(MAX(position), 0) FROM events WHERE position IS NOT NULL) AS position
            FROM events WHERE position IS NULL
        ) AS placed WHERE events.seq = placed.seq",
    );
    Ok(each!(work.conn, |c| query.execute(c))?)
}

/// Whether events wait for a position.
pub fn has_unplaced(view: &mut View<'_>) -> Result<bool> {
    let query = events::table.filter(events::position.is_null());
    Ok(each!(view.conn, |c| diesel::select(diesel::dsl::exists(query)).get_result(c))?)
}

/// How many events wait for a position.
pub fn count_unplaced(view: &mut View<'_>) -> Result<i64> {
    Ok(each!(view.conn, |c| events::table.filter(events::position.is_null()).count().get_result(c))?)
}

/// How many events there are: whoever finds the same number again knows that nothing was announced in between. Positions
/// have no gaps and what waits for one is little, so it costs next to nothing.
pub fn count_recorded(view: &mut View<'_>) -> Result<i64> {
    let last: Option<i64> = each!(view.conn, |c| events::table
        .filter(events::position.is_not_null())
        .select(diesel::dsl::max(events::position))
        .get_result(c))?;
    Ok(last.unwrap_or(0) + count_unplaced(view)?)
}

/// The position of an event; nothing for an event that does not exist or has none yet.
pub fn position_of(view: &mut View<'_>, id: EventId) -> Result<Option<i64>> {
    let query = events::table.filter(events::id.eq(Key::from(id))).select(events::position);
    let position: Option<Option<i64>> = each!(view.conn, |c| query.first(c).optional())?;
    Ok(position.flatten())
}

/// Which events are asked for.
#[derive(Debug, Clone, Default)]
pub struct EventFilter {
    /// Those that one of these may know.
    pub audiences: Vec<Audience>,
    /// Those of one of these kinds; of all kinds where none is named.
    pub kinds: Vec<EventKind>,
    /// Those that concern this organisation.
    pub organisation: Option<OrganisationId>,
}

/// The events after a position and up to another, in order.
pub fn events_after(
    view: &mut View<'_>,
    (after, until): (i64, i64),
    filter: &EventFilter,
    limit: usize,
) -> Result<Vec<Event>> {
    let rows: Vec<Row> = each!(view.conn, |c| {
        let query = asked_for!(filter).filter(events::position.gt(after)).filter(events::position.le(until));
        query.order(events::position).limit(i64::try_from(limit).unwrap_or(i64::MAX)).load(c)
    })?;
    rows.into_iter().map(Row::into_event).collect()
}

/// The last of the events that are asked for.
pub fn last_event(view: &mut View<'_>, filter: &EventFilter) -> Result<Option<Event>> {
    let row: Option<Row> = each!(view.conn, |c| asked_for!(filter)
        .filter(events::position.is_not_null())
        .order(events::position.desc())
        .first(c)
        .optional())?;
    row.map(Row::into_event).transpose()
}

/// The position of the last event that has one.
pub fn last_position(view: &mut View<'_>) -> Result<i64> {
    let query = events::table.filter(events::position.is_not_null()).select(diesel::dsl::max(events::position));
    Ok(each!(view.conn, |c| query.first::<Option<i64>>(c))?.unwrap_or_default())
}

/// When the first event that is kept happened.
pub fn first_moment(view: &mut View<'_>) -> Result<Option<Moment>> {
    let query = events::table.filter(events::position.is_not_null()).order(events::position);
    let at: Option<At> = each!(view.conn, |c| query.select(events::occurred_at).first(c).optional())?;
    Ok(at.map(|at| at.0))
}

/// Forgets events from before this moment, at most so many at a time; the last one stays, as positions go on from it.
pub fn forget_before(work: &mut Work<'_>, moment: Moment, limit: i64) -> Result<usize> {
    let last = last_position(work)?;
    let old: Vec<i64> = each!(work.conn, |c| events::table
        .filter(events::position.lt(last))
        .filter(events::occurred_at.lt(At(moment)))
        .order(events::position)
        .limit(limit)
        .select(events::seq)
        .load(c))?;
    let told = event_audiences::table.filter(event_audiences::seq.among(&old));
    each!(work.conn, |c| diesel::delete(told).execute(c))?;
    let gone = events::table.filter(events::seq.among(&old));
    Ok(each!(work.conn, |c| diesel::delete(gone).execute(c))?)
}

impl Row {
    fn into_event(self) -> Result<Event> {
        let Self { id, position, kind, subject_kind, subject_id, organisation_id, occurred_at } = self;
        let place = Place::new("events", id);
        Ok(Event {
            id: id.to(),
            position: position.ok_or_else(|| place.corrupt("position"))?,
            kind: place.value("kind", &kind)?,
            subject_kind,
            subject_id: subject_id.0,
            organisation: organisation_id.map(Key::to),
            occurred_at: occurred_at.0,
        })
    }
}
