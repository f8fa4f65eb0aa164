//! The keys that sign what goes to receivers.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use domain::exchange::webhooks::WebhookKey;
use domain::{WebhookKeyId, WebhookSubscriptionId};

use crate::columns::{At, Key, Place};
use crate::schema::exchange_webhooks::webhook_keys;
use crate::{PersistenceError, Result, View, Work};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = webhook_keys, treat_none_as_default_value = false)]
#[diesel(check_for_backend(Sqlite, Pg))]
struct Row {
    id: Key,
    subscription_id: Key,
    secret: Vec<u8>,
    seed: Vec<u8>,
    created_at: At,
    retires_at: Option<At>,
}

impl TryFrom<Row> for WebhookKey {
    type Error = PersistenceError;

    fn try_from(row: Row) -> Result<Self> {
        let Row { id, subscription_id, secret, seed, created_at, retires_at } = row;
        let place = Place::new("webhook_keys", id);
        Ok(Self {
            id: id.to(),
            subscription: subscription_id.to(),
            secret: secret.try_into().map_err(|_| place.corrupt("secret"))?,
            seed: seed.try_into().map_err(|_| place.corrupt("seed"))?,
            created_at: created_at.0,
            retires_at: retires_at.map(|at| at.0),
        })
    }
}

/// Keeps a new one.
pub fn insert(work: &mut Work<'_>, key: WebhookKey) -> Result<WebhookKey> {
    let row = Row {
        id: key.id.into(),
        subscription_id: key.subscription.into(),
        secret: key.secret.to_vec(),
        seed: key.seed.to_vec(),
        created_at: At(key.created_at),
        retires_at: key.retires_at.map(At),
    };
    each!(work.conn, |c| diesel::insert_into(webhook_keys::table).values(&row).execute(c))?;
    Ok(key)
}

/// The keys of a subscription, newest first, those that signed once too.
pub fn of(view: &mut View<'_>, subscription: WebhookSubscriptionId) -> Result<Vec<WebhookKey>> {
    let rows: Vec<Row> = each!(view.conn, |c| webhook_keys::table
        .filter(webhook_keys::subscription_id.eq(Key::from(subscription)))
        .order(webhook_keys::id.desc())
        .select(Row::as_select())
        .load(c))?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// Keeps until when a key signs.
pub fn retire(work: &mut Work<'_>, key: &WebhookKey) -> Result<()> {
    let one = webhook_keys::table.filter(webhook_keys::id.eq(Key::from(key.id)));
    let end = webhook_keys::retires_at.eq(key.retires_at.map(At));
    each!(work.conn, |c| diesel::update(one).set(end).execute(c))?;
    Ok(())
}

/// Removes a key.
pub fn delete(work: &mut Work<'_>, id: WebhookKeyId) -> Result<()> {
    each!(work.conn, |c| diesel::delete(webhook_keys::table.filter(webhook_keys::id.eq(Key::from(id)))).execute(c))?;
    Ok(())
}
