//! Test messages: whether an address takes them, asked and answered at once.

use actix_web::post;
use actix_web::web::Path;
use domain::exchange::channels::{Channel, ChannelState};
use domain::exchange::webhooks::{Attempt, Outcome};
use domain::{ChannelId, EventKind};
use persistence::exchange::channels as kept;
use serde::Serialize;
use utoipa::ToSchema;

use super::{administered, announce, sender, writing};
use crate::caller::Caller;
use crate::exchange::webhooks::AttemptView;
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// What a test message came to
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ChannelTest)]
pub struct ChannelTestView {
    /// Whether the address accepted it
    accepted: bool,
    /// Whether the channel is told of klussen now
    state: ChannelState,
    /// What the address answered
    attempt: AttemptView,
}

/// Send a test message to a channel
///
/// Posts a message that everybody in the chat sees, and tells what came of it within 30 seconds. When the address accepts
/// it, klussen are told from now on, or again. A workflow of Teams may answer 202 and drop a message later: look in the
/// chat. Done by an administrator of the organisation.
#[utoipa::path(tag = "channels", security(("bearer" = ["access:write"])),
    params(("channelId" = ChannelId, Path, description = "The channel")), responses(
    (status = 200, description = "What it came to", body = ChannelTestView),
))]
#[post("/channels/{channelId}/test")]
pub(crate) async fn test_channel(caller: Caller, id: Path<ChannelId>) -> Answer<ChannelTestView> {
    let (app, now) = (caller.app().clone(), caller.app().clock.now());
    let channel = caller.clone().read(move |view, actor| administered(view, actor, *id)).await?;
    let body = writing::test_message(&channel)?.body;
    let (attempt, outcome) = sender::post(&app, &channel, body, now).await;
    settle(caller, channel, attempt, outcome == Outcome::Accepted).await
}

/// Klussen are told where the test was accepted and the address is still the one that was tested.
async fn settle(caller: Caller, tested: Channel, attempt: Attempt, accepted: bool) -> Answer<ChannelTestView> {
    caller
        .write(move |work, actor| {
            let mut channel = administered(work, actor, tested.id)?;
            let is_same = channel.details.address == tested.details.address;
            if accepted && is_same && channel.details.kind == tested.details.kind {
                channel = kept::save(work, channel.verify(work.now()))?;
                announce(work, EventKind::ChannelChanged, &channel)?;
            }
            let (state, attempt) = (channel.state(), AttemptView::from(attempt.clone()));
            Ok::<_, Problem>(Reply::shown(ChannelTestView { accepted, state, attempt }))
        })
        .await
}
