//! Channels in which klussen are told.

pub mod deliveries;
pub mod hits;

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use domain::exchange::channels::{Channel, ChannelAddress, ChannelDetails};
use domain::{ChannelId, OrganisationId};
use uuid::Uuid;

use crate::columns::{At, Key, Place, to_json};
use crate::page::newest_first;
use crate::schema::exchange_channels::channels;
use crate::{Page, PageRequest, PersistenceError, Result, View, Work};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = channels, treat_none_as_null = true, treat_none_as_default_value = false)]
#[diesel(check_for_backend(Sqlite, Pg))]
struct Row {
    id: Key,
    revision: i64,
    organisation_id: Key,
    kind: String,
    name: String,
    address: String,
    criteria: serde_json::Value,
    frequency: String,
    language: String,
    paused: bool,
    verified_at: Option<At>,
    disabled_at: Option<At>,
    disabled_reason: Option<String>,
    next_telling_at: Option<At>,
    created_at: At,
    modified_at: At,
}

impl From<&Channel> for Row {
    fn from(channel: &Channel) -> Self {
        let Channel {
            id,
            revision,
            organisation,
            details,
            verified_at,
            disabled,
            next_telling_at,
            created_at,
            modified_at,
        } = channel;
        let ChannelDetails { kind, name, address, criteria, frequency, language, paused } = details;
        Self {
            id: (*id).into(),
            revision: *revision,
            organisation_id: (*organisation).into(),
            kind: kind.to_string(),
            name: name.clone(),
            address: address.reveal().to_owned(),
            criteria: to_json(criteria),
            frequency: frequency.to_string(),
            language: language.to_string(),
            paused: *paused,
            verified_at: verified_at.map(At),
            disabled_at: disabled.map(|(at, _)| At(at)),
            disabled_reason: disabled.map(|(_, reason)| reason.to_string()),
            next_telling_at: next_telling_at.map(At),
            created_at: At(*created_at),
            modified_at: At(*modified_at),
        }
    }
}

impl TryFrom<Row> for Channel {
    type Error = PersistenceError;

    fn try_from(row: Row) -> Result<Self> {
        let Row {
            id,
            revision,
            organisation_id,
            kind,
            name,
            address,
            criteria,
            frequency,
            language,
            paused,
            verified_at,
            disabled_at,
            disabled_reason,
            next_telling_at,
            created_at,
            modified_at,
        } = row;
        let place = Place::new("channels", id);
        let reason = place.optional("disabled_reason", disabled_reason.as_deref())?;
        Ok(Self {
            id: id.to(),
            revision,
            organisation: organisation_id.to(),
            details: ChannelDetails {
                kind: place.value("kind", &kind)?,
                name,
                address: ChannelAddress::new(address),
                criteria: place.json("criteria", criteria)?,
                frequency: place.value("frequency", &frequency)?,
                language: place.value("language", &language)?,
                paused,
            },
            verified_at: verified_at.map(|at| at.0),
            disabled: disabled_at.zip(reason).map(|(at, reason)| (at.0, reason)),
            next_telling_at: next_telling_at.map(|at| at.0),
            created_at: created_at.0,
            modified_at: modified_at.0,
        })
    }
}

keep!(channels, Channel, ChannelId, Row);

/// A page of the channels of an organisation, newest first.
pub fn list(view: &mut View<'_>, organisation: OrganisationId, request: &PageRequest) -> Result<Page<Channel>> {
    let rows: Vec<Row> = each!(view.conn, |c| {
        let query = channels::table
            .filter(channels::organisation_id.eq(Key::from(organisation)))
            .select(Row::as_select())
            .into_boxed();
        newest_first!(query, request, channels::id).load(c)
    })?;
    let items = rows.into_iter().map(TryInto::try_into).collect::<Result<Vec<Channel>>>()?;
    Ok(request.page(items, |channel| (String::new(), channel.id.into())))
}

/// How many channels an organisation has.
pub fn count(view: &mut View<'_>, organisation: OrganisationId) -> Result<usize> {
    let query = channels::table.filter(channels::organisation_id.eq(Key::from(organisation))).count();
    let count: i64 = each!(view.conn, |c| query.get_result(c))?;
    Ok(usize::try_from(count).unwrap_or_default())
}

/// Removes a channel with what it found and its log.
pub fn delete(work: &mut Work<'_>, id: ChannelId) -> Result<()> {
    let one = channels::table.filter(channels::id.eq(Key::from(id)));
    each!(work.conn, |c| diesel::delete(one).execute(c))?;
    Ok(())
}

/// Channels in the order of their ids, after this one.
pub fn after(view: &mut View<'_>, after: Option<Uuid>, limit: u32) -> Result<Vec<Channel>> {
    let rows: Vec<Row> = each!(view.conn, |c| channels::table
        .filter(channels::id.gt(Key(after.unwrap_or_default())))
        .order(channels::id)
        .limit(i64::from(limit))
        .select(Row::as_select())
        .load(c))?;
    rows.into_iter().map(TryInto::try_into).collect()
}
