//! Notifications: the operations of the inbox.

mod making;
mod preferences;
mod showing;
mod standing;
mod types;

use actix_web::web::Path;
use actix_web::{get, patch, post};
use domain::exchange::notifications::Notification;
use domain::{NotificationId, Refusal};
use persistence::View;
use persistence::exchange::notifications as kept;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use self::types::{NotificationPage, NotificationPatch, NotificationReadingDraft, NotificationReadingView};
use crate::access::Actor;
use crate::body::{Body, IfMatch, Post};
use crate::caller::{Caller, Query, Speaks};
use crate::paging::{Paging, PagingParams};
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

pub(super) use self::making::due;
pub(super) use self::showing::all_shown;
pub(super) use self::types::NotificationView;

/// Unread notifications are counted up to here.
const COUNTED: u32 = 1000;

/// Registers the operations.
pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_notifications)
        .service(get_notification)
        .service(mark_notification)
        .service(read_notifications)
        .service(preferences::get_notification_preferences)
        .service(preferences::replace_notification_preferences);
}

/// Which notifications are wanted
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase")]
pub struct NotificationQuery {
    /// Only those that were not read, or only those that were
    #[param(nullable = false)]
    unread: Option<bool>,
}

/// List your notifications, newest first
///
/// What happened to you or waits for you, in all of your roles: `role` and `organisationName` say in which one. What you did
/// yourself is not told. They are kept for 180 days.
#[utoipa::path(tag = "notifications", security(("bearer" = ["notifications:read"])), params(NotificationQuery, PagingParams), responses(
    (status = 200, description = "A page of notifications", body = NotificationPage),
))]
#[get("/notifications")]
pub(crate) async fn list_notifications(
    caller: Caller,
    query: Query<NotificationQuery>,
    paging: Paging,
    language: Speaks,
) -> Answer<NotificationPage> {
    caller
        .read(move |view, actor| {
            let page = kept::list(view, actor.person, query.0.unread, &paging.request)?;
            let unread_count = kept::count_unread(view, actor.person, COUNTED)?;
            let page = page.map_all(|items| showing::all_shown(view, actor, items, language.0))?;
            let reply = paging.reply(page, |items, links| NotificationPage { items, links, unread_count });
            Ok(reply.spoken(language.0))
        })
        .await
}

/// Show a notification
///
/// One of somebody else is not there.
#[utoipa::path(tag = "notifications", security(("bearer" = ["notifications:read"])),
    params(("notificationId" = NotificationId, Path, description = "The notification")), responses(
    (status = 200, description = "The notification", body = NotificationView),
))]
#[get("/notifications/{notificationId}")]
pub(crate) async fn get_notification(
    caller: Caller,
    id: Path<NotificationId>,
    language: Speaks,
) -> Answer<NotificationView> {
    caller
        .read(move |view, actor| {
            let notification = own(view, actor, *id)?;
            let revision = notification.revision;
            let shown = showing::shown(view, actor, notification, language.0)?;
            Ok(Reply::current(revision, shown).spoken(language.0))
        })
        .await
}

/// Mark a notification as read, or as unread again
///
/// What was read is not sent by e-mail any more.
#[utoipa::path(tag = "notifications", security(("bearer" = ["notifications:write"])),
    params(("notificationId" = NotificationId, Path, description = "The notification"), crate::body::IfMatchParam),
    request_body = NotificationPatch, responses(
    (status = 200, description = "Marked", body = NotificationView),
))]
#[patch("/notifications/{notificationId}")]
pub(crate) async fn mark_notification(
    caller: Caller,
    id: Path<NotificationId>,
    seen: IfMatch,
    body: Body<NotificationPatch>,
    language: Speaks,
) -> Answer<NotificationView> {
    caller
        .write(move |work, actor| {
            let notification = own(work, actor, *id)?;
            seen.expect(notification.revision)?;
            let notification = kept::save(work, notification.mark(body.0.read, work.now()))?;
            let revision = notification.revision;
            let shown = showing::shown(work, actor, notification, language.0)?;
            Ok(Reply::current(revision, shown).spoken(language.0))
        })
        .await
}

/// Mark all notifications as read, up to one
///
/// That one and all older ones; what came meanwhile stays unread.
#[utoipa::path(tag = "notifications", security(("bearer" = ["notifications:write"])), request_body = NotificationReadingDraft, responses(
    (status = 200, description = "Marked; what is left", body = NotificationReadingView),
))]
#[post("/notification-readings")]
pub(crate) async fn read_notifications(
    caller: Caller,
    post: Post<NotificationReadingDraft>,
) -> Answer<NotificationReadingView> {
    caller
        .post(post, |work, actor, draft| {
            kept::read_up_to(work, actor.person, draft.up_to_id)?;
            let unread_count = kept::count_unread(work, actor.person, COUNTED)?;
            Ok(Reply::shown(NotificationReadingView { unread_count }))
        })
        .await
}

/// A notification of the caller; to anybody else it is not there.
fn own(view: &mut View<'_>, actor: &Actor, id: NotificationId) -> Result<Notification, Problem> {
    let own = kept::find(view, id)?.filter(|notification| notification.person == actor.person);
    Ok(own.ok_or_else(|| Refusal::hidden("notification"))?)
}
