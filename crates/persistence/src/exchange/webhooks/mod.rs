//! Webhook subscriptions.

pub mod deliveries;
pub mod keys;
pub mod queues;

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use domain::exchange::webhooks::{WebhookDetails, WebhookSubscription};
use domain::{OrganisationId, WebhookSubscriptionId};

use crate::columns::{At, Key, Place, joined};
use crate::page::newest_first;
use crate::schema::exchange_webhooks::webhook_subscriptions;
use crate::{Page, PageRequest, PersistenceError, Result, View, Work};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = webhook_subscriptions, treat_none_as_null = true, treat_none_as_default_value = false)]
#[diesel(check_for_backend(Sqlite, Pg))]
struct Row {
    id: Key,
    revision: i64,
    organisation_id: Key,
    description: Option<String>,
    url: String,
    event_types: String,
    about_organisation_id: Option<Key>,
    network_id: Option<Key>,
    paused: bool,
    verified_at: Option<At>,
    disabled_at: Option<At>,
    disabled_reason: Option<String>,
    allowed_rate: Option<i64>,
    created_at: At,
    modified_at: At,
}

impl From<&WebhookSubscription> for Row {
    fn from(subscription: &WebhookSubscription) -> Self {
        let WebhookSubscription {
            id,
            revision,
            organisation,
            details,
            verified_at,
            disabled,
            allowed_rate,
            created_at,
            modified_at,
        } = subscription.clone();
        let WebhookDetails { description, url, event_types, about_organisation, network, paused } = details;
        Self {
            id: id.into(),
            revision,
            organisation_id: organisation.into(),
            description,
            url,
            event_types: joined(&event_types),
            about_organisation_id: about_organisation.map(Key::from),
            network_id: network.map(Key::from),
            paused,
            verified_at: verified_at.map(At),
            disabled_at: disabled.map(|(at, _)| At(at)),
            disabled_reason: disabled.map(|(_, reason)| reason.to_string()),
            allowed_rate: allowed_rate.map(i64::from),
            created_at: At(created_at),
            modified_at: At(modified_at),
        }
    }
}

impl TryFrom<Row> for WebhookSubscription {
    type Error = PersistenceError;

    fn try_from(row: Row) -> Result<Self> {
        let Row {
            id,
            revision,
            organisation_id,
            description,
            url,
            event_types,
            about_organisation_id,
            network_id,
            paused,
            verified_at,
            disabled_at,
            disabled_reason,
            allowed_rate,
            created_at,
            modified_at,
        } = row;
        let place = Place::new("webhook_subscriptions", id);
        let reason = place.optional("disabled_reason", disabled_reason.as_deref())?;
        Ok(Self {
            id: id.to(),
            revision,
            organisation: organisation_id.to(),
            details: WebhookDetails {
                description,
                url,
                event_types: place.values("event_types", &event_types)?,
                about_organisation: about_organisation_id.map(Key::to),
                network: network_id.map(Key::to),
                paused,
            },
            verified_at: verified_at.map(|at| at.0),
            disabled: disabled_at.zip(reason).map(|(at, reason)| (at.0, reason)),
            allowed_rate: allowed_rate.map(|rate| place.count("allowed_rate", rate)).transpose()?,
            created_at: created_at.0,
            modified_at: modified_at.0,
        })
    }
}

keep!(webhook_subscriptions, WebhookSubscription, WebhookSubscriptionId, Row);

/// A page of the subscriptions of an organisation, newest first.
pub fn list(
    view: &mut View<'_>,
    organisation: OrganisationId,
    request: &PageRequest,
) -> Result<Page<WebhookSubscription>> {
    let rows: Vec<Row> = each!(view.conn, |c| {
        let query = webhook_subscriptions::table
            .filter(webhook_subscriptions::organisation_id.eq(Key::from(organisation)))
            .select(Row::as_select())
            .into_boxed();
        newest_first!(query, request, webhook_subscriptions::id).load(c)
    })?;
    let items = rows.into_iter().map(TryInto::try_into).collect::<Result<Vec<WebhookSubscription>>>()?;
    Ok(request.page(items, |subscription| (String::new(), subscription.id.into())))
}

/// How many subscriptions an organisation has.
pub fn count(view: &mut View<'_>, organisation: OrganisationId) -> Result<usize> {
    let count: i64 = each!(view.conn, |c| webhook_subscriptions::table
        .filter(webhook_subscriptions::organisation_id.eq(Key::from(organisation)))
        .count()
        .get_result(c))?;
    Ok(usize::try_from(count).unwrap_or_default())
}

/// Removes a subscription with its keys, its queue and its log.
pub fn delete(work: &mut Work<'_>, id: WebhookSubscriptionId) -> Result<()> {
    let one = webhook_subscriptions::table.filter(webhook_subscriptions::id.eq(Key::from(id)));
    each!(work.conn, |c| diesel::delete(one).execute(c))?;
    Ok(())
}
