//! How somebody wants to be told, besides the inbox.

use std::collections::BTreeMap;

use actix_web::{get, put};
use domain::exchange::notifications::{NotificationGroup, NotificationPreferences};
use domain::{Faults, TextEnum as _};
use persistence::exchange::notifications as kept;

use super::types::{NotificationPreferenceItem, NotificationPreferencesInput, NotificationPreferencesView};
use crate::body::{Body, IfMatch};
use crate::caller::Caller;
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// Show how you want to be told
///
/// Every notification comes to the inbox; per group you choose whether it comes by e-mail too. Unless you chose, nothing does.
#[utoipa::path(tag = "notifications", security(("bearer" = ["notifications:read"])), responses(
    (status = 200, description = "Every group, and how it comes", body = NotificationPreferencesView),
))]
#[get("/me/notification-preferences")]
pub(crate) async fn get_notification_preferences(caller: Caller) -> Answer<NotificationPreferencesView> {
    let sends_mail = caller.app().settings.mail.is_some();
    caller
        .read(move |view, actor| {
            let preferences = kept::preferences_of(view, actor.person)?;
            Ok(Reply::current(preferences.revision, NotificationPreferencesView::of(&preferences, sends_mail)))
        })
        .await
}

/// Choose how you want to be told
///
/// Replaces the whole choice: groups that are left out do not come by e-mail, also what waits to be sent. Otherwise it holds
/// for what comes from now on. Every mail has a link that ends all of it without a sign-in.
#[utoipa::path(tag = "notifications", security(("bearer" = ["notifications:write"])), params(crate::body::IfMatchParam),
    request_body = NotificationPreferencesInput, responses(
    (status = 200, description = "Chosen", body = NotificationPreferencesView),
))]
#[put("/me/notification-preferences")]
pub(crate) async fn replace_notification_preferences(
    caller: Caller,
    seen: IfMatch,
    body: Body<NotificationPreferencesInput>,
) -> Answer<NotificationPreferencesView> {
    let sends_mail = caller.app().settings.mail.is_some();
    caller
        .write(move |work, actor| {
            let preferences = kept::preferences_of(work, actor.person)?;
            seen.expect(preferences.revision)?;
            let email = chosen(&body.0)?;
            let preferences = kept::put_preferences(work, NotificationPreferences { email, ..preferences })?;
            Ok(Reply::current(preferences.revision, NotificationPreferencesView::of(&preferences, sends_mail)))
        })
        .await
}

fn chosen(
    input: &NotificationPreferencesInput,
) -> Result<BTreeMap<NotificationGroup, domain::exchange::notifications::EmailFrequency>, Problem> {
    let (mut email, mut faults) = (BTreeMap::new(), Faults::default());
    for (index, item) in input.groups.iter().enumerate() {
        let is_new = email.insert(item.group, item.email).is_none();
        faults.unless(is_new, &format!("groups.{index}.group"), "must be another one in each item");
    }
    faults.finish()?;
    Ok(email)
}

impl NotificationPreferencesView {
    fn of(preferences: &NotificationPreferences, sends_mail: bool) -> Self {
        let item = |group| NotificationPreferenceItem { group, email: preferences.email_for(group) };
        Self { sends_mail, groups: NotificationGroup::ALL.iter().copied().map(item).collect() }
    }
}
