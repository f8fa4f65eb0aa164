//! The log of messages, and sending again.

use actix_web::web::Path;
use actix_web::{get, post};
use chrono::{DateTime, Utc};
use domain::exchange::channels::ChannelDelivery;
use domain::exchange::webhooks::DeliveryState;
use domain::{AssignmentId, ChannelDeliveryId, ChannelId, Refusal};
use persistence::View;
use persistence::exchange::channels::deliveries as kept;
use serde::Serialize;
use utoipa::ToSchema;

use super::administered;
use crate::access::Actor;
use crate::caller::{Caller, Query};
use crate::exchange::webhooks::{AttemptView, DeliveryQuery};
use crate::paging::{Paging, PagingParams, page_of};
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// A message to a channel (bericht in een kanaal), and what became of it
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ChannelDelivery)]
pub struct ChannelDeliveryView {
    /// Identifies it
    id: ChannelDeliveryId,
    /// What became of it
    state: DeliveryState,
    /// The klussen it tells of, as far as every employee may still see them when it is sent
    #[schema(max_items = 100)]
    assignment_ids: Vec<AssignmentId>,
    /// When it is sent, or sent again, unless an earlier one waits
    #[schema(example = "2027-01-31T12:05:00Z")]
    due_at: Option<DateTime<Utc>>,
    /// The attempts, the latest last; the latest twenty. What an answer repeats of the address is left out
    #[schema(max_items = 20)]
    attempts: Vec<AttemptView>,
    /// When it was made
    #[schema(example = "2027-01-31T12:00:00Z")]
    created_at: DateTime<Utc>,
}

page_of!(
    /// A page of messages to a channel
    ChannelDeliveryPage as ChannelDeliveryPage, ChannelDeliveryView
);

/// List the messages to a channel, the latest first
///
/// What waits, and what was settled in the last 30 days, with what was answered. For administrators of the organisation.
#[utoipa::path(tag = "channels", security(("bearer" = ["access:read"])),
    params(("channelId" = ChannelId, Path, description = "The channel"), DeliveryQuery, PagingParams), responses(
    (status = 200, description = "A page of messages", body = ChannelDeliveryPage),
))]
#[get("/channels/{channelId}/deliveries")]
pub(crate) async fn list_channel_deliveries(
    caller: Caller,
    id: Path<ChannelId>,
    query: Query<DeliveryQuery>,
    paging: Paging,
) -> Answer<ChannelDeliveryPage> {
    caller
        .read(move |view, actor| {
            let channel = administered(view, actor, *id)?;
            let page = kept::list(view, channel.id, query.0.state, &paging.request)?;
            Ok(paging.reply(page.map(ChannelDeliveryView::from), ChannelDeliveryPage::new))
        })
        .await
}

/// Show a message to a channel
///
/// For administrators of the organisation.
#[utoipa::path(tag = "channels", security(("bearer" = ["access:read"])),
    params(("channelId" = ChannelId, Path, description = "The channel"),
        ("channelDeliveryId" = ChannelDeliveryId, Path, description = "The message")), responses(
    (status = 200, description = "The message", body = ChannelDeliveryView),
))]
#[get("/channels/{channelId}/deliveries/{channelDeliveryId}")]
pub(crate) async fn get_channel_delivery(
    caller: Caller,
    path: Path<(ChannelId, ChannelDeliveryId)>,
) -> Answer<ChannelDeliveryView> {
    caller.read(move |view, actor| Ok(Reply::shown(of_channel(view, actor, *path)?.into()))).await
}

/// Send a message to a channel again
///
/// At once, of those of its klussen that are still open; one that waits does not wait any longer. Done by an
/// administrator of the organisation.
#[utoipa::path(tag = "channels", security(("bearer" = ["access:write"])),
    params(("channelId" = ChannelId, Path, description = "The channel"),
        ("channelDeliveryId" = ChannelDeliveryId, Path, description = "The message")), responses(
    (status = 200, description = "It waits to be sent", body = ChannelDeliveryView),
))]
#[post("/channels/{channelId}/deliveries/{channelDeliveryId}/replay")]
pub(crate) async fn replay_channel_delivery(
    caller: Caller,
    path: Path<(ChannelId, ChannelDeliveryId)>,
) -> Answer<ChannelDeliveryView> {
    caller
        .write(move |work, actor| {
            let delivery = of_channel(work, actor, *path)?.again(work.now());
            Ok(Reply::shown(kept::save(work, delivery)?.into()))
        })
        .await
}

/// A message to a channel that the caller administers; to anybody else it is not there.
fn of_channel(
    view: &mut View<'_>,
    actor: &Actor,
    (channel, id): (ChannelId, ChannelDeliveryId),
) -> Result<ChannelDelivery, Problem> {
    let channel = administered(view, actor, channel)?;
    let delivery = kept::find(view, id)?.filter(|delivery| delivery.channel == channel.id);
    Ok(delivery.ok_or_else(|| Refusal::hidden("channel delivery"))?)
}

impl From<ChannelDelivery> for ChannelDeliveryView {
    fn from(delivery: ChannelDelivery) -> Self {
        let ChannelDelivery {
            id,
            revision: _,
            channel: _,
            assignments,
            state,
            tries: _,
            due_at,
            attempts,
            created_at,
            modified_at: _,
        } = delivery;
        let attempts = attempts.into_iter().map(AttemptView::from).collect();
        Self { id, state, assignment_ids: assignments, due_at, attempts, created_at }
    }
}
