//! The events as the service itself reads them to tell others: in their order, each once, by whichever instance.

use std::collections::HashMap;

use diesel::prelude::*;
use domain::{EventId, EventKind, Moment, PersonId, TextEnum};
use uuid::Uuid;

use crate::among::AmongMethods as _;
use crate::columns::{At, Key, Place};
use crate::schema::exchange::{event_audiences, events};
use crate::schema::exchange_telling::outbox_readers;
use crate::{Result, View, Work};

/// How far a reader has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reader {
    /// Everything up to here was dealt with.
    pub position: i64,
    /// Up to here it is dealing with what happened, in several steps; `position` itself between them.
    pub until: i64,
    /// What it came to within those.
    pub after: Option<Uuid>,
}

/// Something that happened, as the service reads it.
#[derive(Debug, Clone)]
pub struct Happened {
    /// Which event.
    pub id: EventId,
    /// Where it stands.
    pub seq: i64,
    /// Its place in the order.
    pub position: i64,
    /// What it tells.
    pub kind: EventKind,
    /// The noun of the thing.
    pub subject_kind: String,
    /// Which one.
    pub subject_id: Uuid,
    /// When.
    pub occurred_at: Moment,
    /// The state that was reached.
    pub state: Option<String>,
    /// Who did it.
    pub actor: Option<PersonId>,
}

type Row = (Key, i64, Option<i64>, String, String, Key, At, Option<String>, Option<Key>);

impl Reader {
    /// Where this reader stands.
    pub fn of(view: &mut View<'_>, name: &str) -> Result<Self> {
        let row: Option<(i64, i64, Option<Key>)> = each!(view.conn, |c| outbox_readers::table
            .filter(outbox_readers::name.eq(name))
            .select((outbox_readers::position, outbox_readers::until_position, outbox_readers::after_id))
            .first(c)
            .optional())?;
        let (position, until, after) = row.unwrap_or_default();
        Ok(Self { position, until, after: after.map(|key| key.0) })
    }

    /// Moves on from here, unless another instance did so meanwhile: then nothing is to be done.
    pub fn advance(self, work: &mut Work<'_>, name: &str, to: Self) -> Result<bool> {
        if Self::of(work, name)? != self {
            return Ok(false);
        }
        let moved = each!(work.conn, |c| diesel::update(outbox_readers::table.filter(outbox_readers::name.eq(name)))
            .set((
                outbox_readers::position.eq(to.position),
                outbox_readers::until_position.eq(to.until),
                outbox_readers::after_id.eq(to.after.map(Key)),
            ))
            .execute(c))?;
        Ok(moved == 1)
    }
}

/// The last position that was given.
pub fn last_position(view: &mut View<'_>) -> Result<i64> {
    let last: Option<Option<i64>> = each!(view.conn, |c| events::table
        .filter(events::position.is_not_null())
        .order(events::position.desc())
        .select(events::position)
        .first(c)
        .optional())?;
    Ok(last.flatten().unwrap_or_default())
}

/// The events of these kinds after one position, up to and including another, in order.
pub fn between(view: &mut View<'_>, after: i64, until: i64, kinds: &[EventKind], limit: u32) -> Result<Vec<Happened>> {
    let kinds: Vec<&str> = kinds.iter().map(|kind| kind.as_str()).collect();
    let rows: Vec<Row> = each!(view.conn, |c| events::table
        .filter(events::position.gt(after))
        .filter(events::position.le(until))
        .filter(events::kind.among(&kinds))
        .order(events::position)
        .limit(i64::from(limit))
        .select((
            events::id,
            events::seq,
            events::position,
            events::kind,
            events::subject_kind,
            events::subject_id,
            events::occurred_at,
            events::state,
            events::actor_id,
        ))
        .load(c))?;
    rows.into_iter().map(happened).collect()
}

fn happened((id, seq, position, kind, subject_kind, subject_id, at, state, actor): Row) -> Result<Happened> {
    let place = Place::new("events", id);
    Ok(Happened {
        id: id.to(),
        seq,
        position: position.ok_or_else(|| place.corrupt("position"))?,
        kind: place.value("kind", &kind)?,
        subject_kind,
        subject_id: subject_id.0,
        occurred_at: at.0,
        state,
        actor: actor.map(Key::to),
    })
}

/// The people to whom each of these events is addressed by themselves; by the place of the event.
pub fn people_of(view: &mut View<'_>, events: &[Happened]) -> Result<HashMap<i64, Vec<PersonId>>> {
    let seqs: Vec<i64> = events.iter().map(|event| event.seq).collect();
    let rows: Vec<(i64, String)> = each!(view.conn, |c| event_audiences::table
        .filter(event_audiences::seq.among(&seqs))
        .filter(event_audiences::audience.like("person:%"))
        .select((event_audiences::seq, event_audiences::audience))
        .load(c))?;
    let mut people: HashMap<i64, Vec<PersonId>> = HashMap::new();
    for (seq, audience) in rows {
        let id = audience.strip_prefix("person:").and_then(|id| id.parse::<Uuid>().ok());
        people.entry(seq).or_default().extend(id.map(PersonId::from));
    }
    Ok(people)
}
