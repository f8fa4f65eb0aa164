//! Mail: what is due of somebody's notifications is put in a mail, and mail is sent until the mail server takes it.

mod links;
mod message;
mod sender;
mod writing;

use chrono::TimeDelta;
use domain::PersonId;
use domain::exchange::mails::{MAIL_KEPT_DAYS, MAIL_LATE_DAYS, MOST_IN_A_MAIL, Mail};
use persistence::Work;
use persistence::exchange::{mails as kept, notifications};
use utoipa_actix_web::service_config::ServiceConfig as Operations;

pub(crate) use self::links::configure;
pub(crate) use self::sender::send_forever;
use crate::app::App;
use crate::problem::Problem;

/// For so many people mail is made at once; the others get theirs the next time.
const AT_ONCE: u32 = 200;

/// Registers the operations.
pub(super) fn configure_operations(config: &mut Operations<'_>) {
    config.service(links::revoke_mail_links);
}

/// Makes mail of what is due by e-mail, each in a transaction of its own that looks again; forgets what is over.
pub(super) fn due(app: &App) -> Result<(), Problem> {
    app.write(|work| {
        let now = work.now();
        notifications::pass_over_mail(work, now - TimeDelta::days(MAIL_LATE_DAYS))?;
        kept::forget_before(work, now - TimeDelta::days(MAIL_KEPT_DAYS))?;
        Ok(())
    })?;
    if app.settings.mail.is_none() {
        return Ok(());
    }
    let people: Vec<PersonId> =
        app.database.read::<_, Problem>(app.clock.now(), |view| Ok(notifications::due_by_mail(view, AT_ONCE)?))?;
    people.into_iter().try_for_each(|person| app.write(|work| gather(work, person)))
}

/// Puts what is due to somebody in one mail.
fn gather(work: &mut Work<'_>, person: PersonId) -> Result<(), Problem> {
    let taken = notifications::take_mail(work, person, MOST_IN_A_MAIL)?;
    if taken.is_empty() {
        return Ok(());
    }
    let mail = kept::insert(work, Mail::make(work.id(), person, work.now()))?;
    Ok(kept::put_in(work, mail.id, &taken)?)
}
