//! Deliveries: those that wait, and the log of those that do not.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use domain::exchange::webhooks::{Delivery, DeliveryState};
use domain::{EventId, Moment, TextEnum as _, WebhookSubscriptionId};
use uuid::Uuid;

use crate::columns::{At, Key, Place, to_json};
use crate::page::newest_first;
use crate::schema::exchange_webhooks::webhook_deliveries;
use crate::{Page, PageRequest, PersistenceError, Result, View, Work};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = webhook_deliveries, treat_none_as_null = true, treat_none_as_default_value = false)]
#[diesel(check_for_backend(Sqlite, Pg))]
struct Row {
    subscription_id: Key,
    position: i64,
    event_id: Key,
    kind: String,
    subject_kind: String,
    subject_id: Key,
    organisation_id: Option<Key>,
    occurred_at: At,
    state: String,
    tries: i64,
    due_at: Option<At>,
    attempts: serde_json::Value,
    modified_at: At,
}

impl Row {
    fn of(delivery: &Delivery, now: Moment) -> Self {
        Self {
            subscription_id: delivery.subscription.into(),
            position: delivery.position,
            event_id: delivery.event.into(),
            kind: delivery.kind.to_string(),
            subject_kind: delivery.subject_kind.clone(),
            subject_id: Key(delivery.subject_id),
            organisation_id: delivery.organisation.map(Key::from),
            occurred_at: At(delivery.occurred_at),
            state: delivery.state.to_string(),
            tries: i64::from(delivery.tries),
            due_at: delivery.due_at.map(At),
            attempts: to_json(&delivery.attempts),
            modified_at: At(now),
        }
    }
}

impl TryFrom<Row> for Delivery {
    type Error = PersistenceError;

    fn try_from(row: Row) -> Result<Self> {
        let Row {
            subscription_id,
            position,
            event_id,
            kind,
            subject_kind,
            subject_id,
            organisation_id,
            occurred_at,
            state,
            tries,
            due_at,
            attempts,
            modified_at: _,
        } = row;
        let place = Place::new("webhook_deliveries", event_id);
        Ok(Self {
            subscription: subscription_id.to(),
            event: event_id.to(),
            position,
            kind: place.value("kind", &kind)?,
            subject_kind,
            subject_id: subject_id.0,
            organisation: organisation_id.map(Key::to),
            occurred_at: occurred_at.0,
            state: place.value("state", &state)?,
            tries: place.count("tries", tries)?,
            due_at: due_at.map(|at| at.0),
            attempts: place.json("attempts", attempts)?,
        })
    }
}

/// Those of a subscription that wait, in the order of their events.
pub fn waiting(view: &mut View<'_>, subscription: WebhookSubscriptionId) -> Result<Vec<Delivery>> {
    let rows: Vec<Row> = each!(view.conn, |c| webhook_deliveries::table
        .filter(webhook_deliveries::subscription_id.eq(Key::from(subscription)))
        .filter(webhook_deliveries::due_at.is_not_null())
        .order(webhook_deliveries::position)
        .select(Row::as_select())
        .load(c))?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// Keeps new ones.
pub fn insert_many(work: &mut Work<'_>, deliveries: &[Delivery]) -> Result<()> {
    let now = work.now();
    let rows: Vec<Row> = deliveries.iter().map(|delivery| Row::of(delivery, now)).collect();
    Ok(insert_all!(work.conn, webhook_deliveries::table, &rows)?)
}

/// Keeps what became of one.
pub fn save(work: &mut Work<'_>, delivery: &Delivery) -> Result<()> {
    let row = Row::of(delivery, work.now());
    let one = webhook_deliveries::table
        .filter(webhook_deliveries::subscription_id.eq(row.subscription_id))
        .filter(webhook_deliveries::position.eq(row.position));
    each!(work.conn, |c| diesel::update(one).set(&row).execute(c))?;
    Ok(())
}

/// The delivery of an event, while the log goes back to it.
pub fn find(view: &mut View<'_>, subscription: WebhookSubscriptionId, event: EventId) -> Result<Option<Delivery>> {
    let row: Option<Row> = each!(view.conn, |c| webhook_deliveries::table
        .filter(webhook_deliveries::subscription_id.eq(Key::from(subscription)))
        .filter(webhook_deliveries::event_id.eq(Key::from(event)))
        .select(Row::as_select())
        .first(c)
        .optional())?;
    row.map(TryInto::try_into).transpose()
}

/// A page of the log of a subscription, the latest events first.
pub fn list(
    view: &mut View<'_>,
    subscription: WebhookSubscriptionId,
    state: Option<DeliveryState>,
    request: &PageRequest,
) -> Result<Page<Delivery>> {
    let rows: Vec<Row> = each!(view.conn, |c| {
        let mut query = webhook_deliveries::table
            .filter(webhook_deliveries::subscription_id.eq(Key::from(subscription)))
            .select(Row::as_select())
            .into_boxed();
        if let Some(state) = state {
            query = query.filter(webhook_deliveries::state.eq(state.as_str()));
        }
        newest_first!(query, request, webhook_deliveries::event_id).load(c)
    })?;
    let items = rows.into_iter().map(TryInto::try_into).collect::<Result<Vec<Delivery>>>()?;
    Ok(request.page(items, |delivery| (String::new(), Uuid::from(delivery.event))))
}

/// Those that were settled, of events in this period, the earliest first, at most so many.
pub fn settled_between(
    view: &mut View<'_>,
    subscription: WebhookSubscriptionId,
    (from, until): (Moment, Moment),
    limit: usize,
) -> Result<Vec<Delivery>> {
    let rows: Vec<Row> = each!(view.conn, |c| webhook_deliveries::table
        .filter(webhook_deliveries::subscription_id.eq(Key::from(subscription)))
        .filter(webhook_deliveries::due_at.is_null())
        .filter(webhook_deliveries::occurred_at.ge(At(from)))
        .filter(webhook_deliveries::occurred_at.lt(At(until)))
        .order(webhook_deliveries::position)
        .limit(i64::try_from(limit).unwrap_or(i64::MAX))
        .select(Row::as_select())
        .load(c))?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// Forgets those that were settled before this moment.
pub fn forget_before(work: &mut Work<'_>, moment: Moment) -> Result<()> {
    let old = webhook_deliveries::table
        .filter(webhook_deliveries::due_at.is_null())
        .filter(webhook_deliveries::modified_at.lt(At(moment)));
    each!(work.conn, |c| diesel::delete(old).execute(c))?;
    Ok(())
}
