//! How far the telling of each subscription has come, and which instance does it now.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use domain::{Moment, WebhookSubscriptionId};
use uuid::Uuid;

use crate::columns::{At, Key};
use crate::schema::exchange_webhooks::{webhook_queues, webhook_subscriptions};
use crate::{Result, View, Work};

/// How far it has come.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Queue {
    /// For whom.
    pub subscription: WebhookSubscriptionId,
    /// The events up to this position are delivered, or stand among its deliveries.
    pub position: i64,
    /// When the first of the deliveries that wait is due.
    pub due_at: Option<Moment>,
    /// Until when the receiver is left alone.
    pub resume_at: Option<Moment>,
    /// Since when it accepts nothing.
    pub failing_since: Option<Moment>,
}

#[derive(Queryable, Selectable, AsChangeset)]
#[diesel(table_name = webhook_queues, treat_none_as_null = true)]
#[diesel(check_for_backend(Sqlite, Pg))]
struct Row {
    subscription_id: Key,
    position: i64,
    due_at: Option<At>,
    resume_at: Option<At>,
    failing_since: Option<At>,
}

impl From<Row> for Queue {
    fn from(row: Row) -> Self {
        let Row { subscription_id, position, due_at, resume_at, failing_since } = row;
        Self {
            subscription: subscription_id.to(),
            position,
            due_at: due_at.map(|at| at.0),
            resume_at: resume_at.map(|at| at.0),
            failing_since: failing_since.map(|at| at.0),
        }
    }
}

impl From<&Queue> for Row {
    fn from(queue: &Queue) -> Self {
        let Queue { subscription, position, due_at, resume_at, failing_since } = *queue;
        Self {
            subscription_id: subscription.into(),
            position,
            due_at: due_at.map(At),
            resume_at: resume_at.map(At),
            failing_since: failing_since.map(At),
        }
    }
}

/// Begins a queue behind all events that have their position by now.
pub fn begin(work: &mut Work<'_>, subscription: WebhookSubscriptionId) -> Result<()> {
    let position = crate::ledger::last_position(work)?;
    let values = (webhook_queues::subscription_id.eq(Key::from(subscription)), webhook_queues::position.eq(position));
    each!(work.conn, |c| diesel::insert_into(webhook_queues::table).values(values).execute(c))?;
    Ok(())
}

/// The queue of a subscription, while there is one.
pub fn find(view: &mut View<'_>, subscription: WebhookSubscriptionId) -> Result<Option<Queue>> {
    let row: Option<Row> = each!(view.conn, |c| webhook_queues::table
        .filter(webhook_queues::subscription_id.eq(Key::from(subscription)))
        .select(Row::as_select())
        .first(c)
        .optional())?;
    Ok(row.map(Queue::from))
}

/// Whether anybody is delivered to.
pub fn are_any(view: &mut View<'_>) -> Result<bool> {
    let any = webhook_subscriptions::table
        .filter(webhook_subscriptions::verified_at.is_not_null())
        .filter(webhook_subscriptions::disabled_at.is_null())
        .filter(webhook_subscriptions::paused.eq(false));
    Ok(each!(view.conn, |c| diesel::select(diesel::dsl::exists(any)).get_result(c))?)
}

/// The subscriptions that something waits for and nobody looks after now.
pub fn ready(view: &mut View<'_>, last_position: i64) -> Result<Vec<WebhookSubscriptionId>> {
    let now = At(view.now());
    let keys: Vec<Key> = each!(view.conn, |c| webhook_queues::table
        .inner_join(webhook_subscriptions::table)
        .filter(webhook_subscriptions::verified_at.is_not_null())
        .filter(webhook_subscriptions::disabled_at.is_null())
        .filter(webhook_subscriptions::paused.eq(false))
        .filter(webhook_queues::position.lt(last_position).or(webhook_queues::due_at.le(now)))
        .filter(webhook_queues::resume_at.is_null().or(webhook_queues::resume_at.le(now)))
        .filter(webhook_queues::leased_until.is_null().or(webhook_queues::leased_until.le(now)))
        .order(webhook_queues::subscription_id)
        .select(webhook_queues::subscription_id)
        .load(c))?;
    Ok(keys.into_iter().map(Key::to).collect())
}

/// Takes a queue for one instance, if no other has it.
pub fn claim(work: &mut Work<'_>, subscription: WebhookSubscriptionId, by: Uuid, until: Moment) -> Result<bool> {
    let now = At(work.now());
    let free = webhook_queues::table
        .filter(webhook_queues::subscription_id.eq(Key::from(subscription)))
        .filter(webhook_queues::leased_until.is_null().or(webhook_queues::leased_until.le(now)));
    let lease = (webhook_queues::leased_by.eq(Key(by)), webhook_queues::leased_until.eq(At(until)));
    Ok(each!(work.conn, |c| diesel::update(free).set(lease).execute(c))? == 1)
}

/// Keeps how far an instance came, and its lease for longer or not at all; false where another instance has it by now,
/// or nobody any more.
pub fn advance(work: &mut Work<'_>, queue: &Queue, by: Uuid, until: Option<Moment>) -> Result<bool> {
    let own = webhook_queues::table
        .filter(webhook_queues::subscription_id.eq(Key::from(queue.subscription)))
        .filter(webhook_queues::leased_by.eq(Key(by)));
    let lease = (
        Row::from(queue),
        webhook_queues::leased_by.eq(until.map(|_| Key(by))),
        webhook_queues::leased_until.eq(until.map(At)),
    );
    Ok(each!(work.conn, |c| diesel::update(own).set(lease).execute(c))? == 1)
}

/// Keeps a lease for longer.
pub fn renew(work: &mut Work<'_>, subscription: WebhookSubscriptionId, by: Uuid, until: Moment) -> Result<()> {
    let own = webhook_queues::table
        .filter(webhook_queues::subscription_id.eq(Key::from(subscription)))
        .filter(webhook_queues::leased_by.eq(Key(by)));
    each!(work.conn, |c| diesel::update(own).set(webhook_queues::leased_until.eq(At(until))).execute(c))?;
    Ok(())
}

/// Gives a queue back, in which something is due then.
pub fn release(
    work: &mut Work<'_>,
    subscription: WebhookSubscriptionId,
    by: Uuid,
    due_at: Option<Moment>,
) -> Result<()> {
    let own = webhook_queues::table
        .filter(webhook_queues::subscription_id.eq(Key::from(subscription)))
        .filter(webhook_queues::leased_by.eq(Key(by)));
    let nobody = (
        webhook_queues::leased_by.eq(None::<Key>),
        webhook_queues::leased_until.eq(None::<At>),
        webhook_queues::due_at.eq(due_at.map(At)),
    );
    each!(work.conn, |c| diesel::update(own).set(nobody).execute(c))?;
    Ok(())
}

/// Gives all queues of an instance back as they are.
pub fn release_all(work: &mut Work<'_>, by: Uuid) -> Result<()> {
    let own = webhook_queues::table.filter(webhook_queues::leased_by.eq(Key(by)));
    let nobody = (webhook_queues::leased_by.eq(None::<Key>), webhook_queues::leased_until.eq(None::<At>));
    each!(work.conn, |c| diesel::update(own).set(nobody).execute(c))?;
    Ok(())
}

/// Lets a queue go on at once: something was asked for again, or its receiver accepts again.
pub fn wake(work: &mut Work<'_>, subscription: WebhookSubscriptionId) -> Result<()> {
    let now = At(work.now());
    let one = webhook_queues::table.filter(webhook_queues::subscription_id.eq(Key::from(subscription)));
    let awake = (
        webhook_queues::due_at.eq(Some(now)),
        webhook_queues::resume_at.eq(None::<At>),
        webhook_queues::failing_since.eq(None::<At>),
    );
    each!(work.conn, |c| diesel::update(one).set(awake).execute(c))?;
    Ok(())
}
