//! The keys that sign: made, shown once, and followed by the next.

use actix_web::web::Path;
use actix_web::{delete, get, post};
use domain::exchange::webhooks::WebhookKey;
use domain::{EventKind, Refusal, WebhookKeyId, WebhookSubscriptionId};
use persistence::exchange::webhooks::keys as kept;

use super::types::{WebhookKeyDraft, WebhookKeyListView, WebhookKeyShownView, WebhookKeyView};
use super::{administered, announce};
use crate::body::Body;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// Make the next key of a webhook subscription
///
/// It signs from now on; the key before signs beside it for the hours given, so that the receiver can change in peace. The
/// answer holds a secret and is not remembered: this operation takes no Idempotency-Key. Done by an administrator of the
/// organisation.
#[utoipa::path(tag = "webhooks", security(("bearer" = ["access:write"])),
    params(("webhookSubscriptionId" = WebhookSubscriptionId, Path, description = "The subscription")), request_body = WebhookKeyDraft, responses(
    (status = 201, description = "The key; its secret is shown only here", body = WebhookKeyShownView),
    (status = 409, description = "Two keys sign already"),
))]
#[post("/webhook-subscriptions/{webhookSubscriptionId}/keys")]
pub(crate) async fn create_webhook_key(
    caller: Caller,
    id: Path<WebhookSubscriptionId>,
    body: Body<WebhookKeyDraft>,
) -> Answer<WebhookKeyShownView> {
    caller
        .write(move |work, actor| {
            let subscription = administered(work, actor, *id)?;
            let (keys, now) = (kept::of(work, subscription.id)?, work.now());
            let newest = keys.first().cloned().ok_or_else(|| Problem::internal(&"a subscription without a key"))?;
            let new = (work.id(), work.secret(), work.secret());
            let (before, next) = newest.follow(new, &keys, body.0.overlap_hours, now)?;
            for retired in keys.iter().filter(|key| !key.signs_at(now)) {
                kept::delete(work, retired.id)?;
            }
            kept::retire(work, &before)?;
            let next = kept::insert(work, next)?;
            announce(work, EventKind::WebhookSubscriptionChanged, &subscription)?;
            let path = format!("/webhook-subscriptions/{}/keys/{}", subscription.id, next.id);
            Ok(Reply::created(&path, WebhookKeyShownView::from(&next)))
        })
        .await
}

/// List the keys of a webhook subscription, newest first
///
/// Never their secrets. For administrators of the organisation.
#[utoipa::path(tag = "webhooks", security(("bearer" = ["access:read"])),
    params(("webhookSubscriptionId" = WebhookSubscriptionId, Path, description = "The subscription")), responses(
    (status = 200, description = "The keys, without their secrets", body = WebhookKeyListView),
))]
#[get("/webhook-subscriptions/{webhookSubscriptionId}/keys")]
pub(crate) async fn list_webhook_keys(caller: Caller, id: Path<WebhookSubscriptionId>) -> Answer<WebhookKeyListView> {
    caller
        .read(move |view, actor| {
            let subscription = administered(view, actor, *id)?;
            let keys = kept::of(view, subscription.id)?;
            Ok(Reply::shown(WebhookKeyListView { items: keys.into_iter().map(WebhookKeyView::from).collect() }))
        })
        .await
}

/// Show a key of a webhook subscription
///
/// Never its secret. For administrators of the organisation.
#[utoipa::path(tag = "webhooks", security(("bearer" = ["access:read"])),
    params(("webhookSubscriptionId" = WebhookSubscriptionId, Path, description = "The subscription"),
        ("webhookKeyId" = WebhookKeyId, Path, description = "The key")), responses(
    (status = 200, description = "The key, without its secret", body = WebhookKeyView),
))]
#[get("/webhook-subscriptions/{webhookSubscriptionId}/keys/{webhookKeyId}")]
pub(crate) async fn get_webhook_key(
    caller: Caller,
    path: Path<(WebhookSubscriptionId, WebhookKeyId)>,
) -> Answer<WebhookKeyView> {
    caller
        .read(move |view, actor| {
            let subscription = administered(view, actor, path.0)?;
            let key = kept::of(view, subscription.id)?.into_iter().find(|key| key.id == path.1);
            Ok(Reply::shown(WebhookKeyView::from(known(key)?)))
        })
        .await
}

/// Delete a key of a webhook subscription
///
/// It signs nothing any more, at once. The newest stays: make the next one first. A key never changes, so no If-Match is
/// needed. Done by an administrator of the organisation.
#[utoipa::path(tag = "webhooks", security(("bearer" = ["access:write"])),
    params(("webhookSubscriptionId" = WebhookSubscriptionId, Path, description = "The subscription"),
        ("webhookKeyId" = WebhookKeyId, Path, description = "The key")), responses(
    (status = 204, description = "Deleted"),
    (status = 409, description = "Without it nothing would sign"),
))]
#[delete("/webhook-subscriptions/{webhookSubscriptionId}/keys/{webhookKeyId}")]
pub(crate) async fn delete_webhook_key(
    caller: Caller,
    path: Path<(WebhookSubscriptionId, WebhookKeyId)>,
) -> Answer<()> {
    caller
        .write(move |work, actor| {
            let subscription = administered(work, actor, path.0)?;
            let key = known(kept::of(work, subscription.id)?.into_iter().find(|key| key.id == path.1))?;
            key.must_be_followed()?;
            kept::delete(work, key.id)?;
            announce(work, EventKind::WebhookSubscriptionChanged, &subscription)?;
            Ok(Reply::done())
        })
        .await
}

fn known(key: Option<WebhookKey>) -> Result<WebhookKey, Refusal> {
    key.ok_or_else(|| Refusal::hidden("webhook key"))
}
