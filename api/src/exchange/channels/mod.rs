//! Channels: chats of an organisation in which new klussen are told.

mod deliveries;
mod finding;
mod previewing;
mod sender;
mod telling;
mod testing;
mod types;
mod writing;

use actix_web::web::Path;
use actix_web::{delete, get, patch, post};
use chrono::TimeDelta;
use domain::exchange::channels::{Channel, ChannelDetails};
use domain::exchange::webhooks::LOG_DAYS;
use domain::{Audience, Change, ChannelId, EventKind, Faults, OrganisationId, Refusal};
use persistence::exchange::channels as kept;
use persistence::parties::organisations;
use persistence::{View, Work, ledger};
use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) use self::sender::send_forever;
use self::types::{ChannelDraft, ChannelPage, ChannelPatch, ChannelView};
use super::webhooks::posting::AllowedHosts;
use super::{audiences, openings};
use crate::access::Actor;
use crate::app::App;
use crate::body::{Body, IfMatch, Post};
use crate::caller::Caller;
use crate::paging::{Paging, PagingParams};
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// Registers the operations.
pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(create_channel)
        .service(list_channels)
        .service(get_channel)
        .service(revise_channel)
        .service(delete_channel)
        .service(testing::test_channel)
        .service(previewing::preview_channel)
        .service(previewing::preview_channel_draft)
        .service(deliveries::list_channel_deliveries)
        .service(deliveries::get_channel_delivery)
        .service(deliveries::replay_channel_delivery);
}

/// Finds klussen that newly opened and makes messages of them; forgets what is old in the logs.
pub(super) fn due(app: &App) -> Result<(), Problem> {
    openings::due::<Channel>(app)?;
    telling::due(app)?;
    app.write(|work| Ok(kept::deliveries::forget_before(work, work.now() - TimeDelta::days(LOG_DAYS))?))
}

/// Tell a chat of new klussen
///
/// A channel of Teams, Slack or Mattermost is told of klussen that newly open to every employee of the organisation and
/// fit: each once, at once or together at seven in the morning. Nothing is told before the address accepts a test message
/// (`POST /channels/{channelId}/test`). The address is a secret and is never shown again. Done by an administrator of the
/// organisation.
#[utoipa::path(tag = "channels", security(("bearer" = ["access:write"])),
    params(("organisationId" = OrganisationId, Path, description = "The organisation")), request_body = ChannelDraft, responses(
    (status = 201, description = "Made", body = ChannelView),
    (status = 409, description = "The organisation has as many as it may, or the Idempotency-Key came with another request"),
))]
#[post("/organisations/{organisationId}/channels")]
pub(crate) async fn create_channel(
    caller: Caller,
    id: Path<OrganisationId>,
    post: Post<ChannelDraft>,
) -> Answer<ChannelView> {
    let app = caller.app().clone();
    caller
        .post(post, move |work, actor, draft| {
            let organisation = organisations::get(work, *id)?.id;
            actor.must_administer(work, organisation)?;
            let details = ChannelDetails::from(draft);
            check(&details, app.poster.allowed())?;
            let others = kept::count(work, organisation)?;
            let made = kept::insert(work, Channel::make(work.id(), organisation, details, others, work.now())?)?;
            announce(work, EventKind::ChannelChanged, &made)?;
            let (path, revision) = (format!("/channels/{}", made.id), made.revision);
            Ok(Reply::created(&path, ChannelView::from(made)).revision(revision))
        })
        .await
}

/// List the channels of an organisation, newest first
///
/// For administrators of the organisation.
#[utoipa::path(tag = "channels", security(("bearer" = ["access:read"])),
    params(("organisationId" = OrganisationId, Path, description = "The organisation"), PagingParams), responses(
    (status = 200, description = "A page of channels", body = ChannelPage),
))]
#[get("/organisations/{organisationId}/channels")]
pub(crate) async fn list_channels(caller: Caller, id: Path<OrganisationId>, paging: Paging) -> Answer<ChannelPage> {
    caller
        .read(move |view, actor| {
            let organisation = organisations::get(view, *id)?.id;
            actor.must_administer(view, organisation)?;
            let page = kept::list(view, organisation, &paging.request)?;
            Ok(paging.reply(page.map(ChannelView::from), ChannelPage::new))
        })
        .await
}

/// Show a channel
///
/// For administrators of the organisation; to others it is not there. Of its address only the host is shown.
#[utoipa::path(tag = "channels", security(("bearer" = ["access:read"])),
    params(("channelId" = ChannelId, Path, description = "The channel")), responses(
    (status = 200, description = "The channel", body = ChannelView),
))]
#[get("/channels/{channelId}")]
pub(crate) async fn get_channel(caller: Caller, id: Path<ChannelId>) -> Answer<ChannelView> {
    caller
        .read(move |view, actor| {
            let channel = administered(view, actor, *id)?;
            Ok(Reply::current(channel.revision, channel.into()))
        })
        .await
}

/// Change a channel
///
/// A merge patch: what is left out stays; criteria are replaced as a whole. Another address or kind has to accept a test
/// message first. While it is paused klussen wait; those that are still open when it goes on are told then. Done by an
/// administrator of the organisation.
#[utoipa::path(tag = "channels", security(("bearer" = ["access:write"])),
    params(("channelId" = ChannelId, Path, description = "The channel"), crate::body::IfMatchParam),
    request_body = ChannelPatch, responses(
    (status = 200, description = "Changed", body = ChannelView),
))]
#[patch("/channels/{channelId}")]
pub(crate) async fn revise_channel(
    caller: Caller,
    id: Path<ChannelId>,
    seen: IfMatch,
    body: Body<ChannelPatch>,
) -> Answer<ChannelView> {
    let app = caller.app().clone();
    caller
        .write(move |work, actor| {
            let channel = administered(work, actor, *id)?;
            seen.expect(channel.revision)?;
            let details = body.0.clone().apply(&channel);
            check(&details, app.poster.allowed())?;
            let channel = kept::save(work, channel.revise(details, work.now())?)?;
            announce(work, EventKind::ChannelChanged, &channel)?;
            Ok(Reply::current(channel.revision, channel.into()))
        })
        .await
}

/// Remove a channel
///
/// With its log; what waits is not told any more. Done by an administrator of the organisation.
#[utoipa::path(tag = "channels", security(("bearer" = ["access:write"])),
    params(("channelId" = ChannelId, Path, description = "The channel"), crate::body::IfMatchParam), responses(
    (status = 204, description = "Removed"),
))]
#[delete("/channels/{channelId}")]
pub(crate) async fn delete_channel(caller: Caller, id: Path<ChannelId>, seen: IfMatch) -> Answer<()> {
    caller
        .write(move |work, actor| {
            let channel = administered(work, actor, *id)?;
            seen.expect(channel.revision)?;
            kept::delete(work, channel.id)?;
            announce(work, EventKind::ChannelChanged, &channel)?;
            Ok(Reply::done())
        })
        .await
}

/// A channel of an organisation that the caller administers; to anybody else it is not there.
fn administered(view: &mut View<'_>, actor: &Actor, id: ChannelId) -> Result<Channel, Problem> {
    let channel = kept::get(view, id)?;
    if actor.administers(view, channel.organisation)? {
        return Ok(channel);
    }
    Err(Refusal::hidden("channel").into())
}

/// What only the service can judge: where it leads.
fn check(details: &ChannelDetails, allowed: &AllowedHosts) -> Result<(), Problem> {
    let mut faults = Faults::default();
    if let Err(reason) = allowed.judge(details.address.reveal()) {
        faults.add("url", reason);
    }
    Ok(faults.finish()?)
}

fn announce(work: &mut Work<'_>, kind: EventKind, channel: &Channel) -> Result<(), Problem> {
    let organisation = channel.organisation;
    let audiences = match kind {
        // That it stopped, nobody of them did: so they are notified.
        EventKind::ChannelDisabled => audiences::administrators(work, organisation)?,
        _ => vec![Audience::Administrators(organisation)],
    };
    let change = Change::new(kind, channel.id).of(organisation).to(audiences);
    Ok(ledger::record(work, change)?)
}
