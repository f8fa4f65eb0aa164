//! Sends mail. Each mail is taken by one instance for a few minutes; what came of it is recorded afterwards. Where the
//! service falls between the two it is sent again, with the same Message-ID.

use std::time::Duration;

use actix_web::web::Data;
use domain::MailId;
use domain::exchange::mails::{Mail, Sending};
use lettre::transport::smtp::Error;
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};
use persistence::exchange::mails as kept;

use super::{message, writing};
use crate::app::App;
use crate::problem::Problem;
use crate::settings::MailSettings;

type Server = AsyncSmtpTransport<Tokio1Executor>;

/// How often is looked for mail.
const EVERY: Duration = Duration::from_secs(1);
/// How many mails are looked for at a time.
const AT_A_TIME: u32 = 100;
/// How long the mail server may take for one.
const PATIENCE: Duration = Duration::from_secs(60);

/// Sends for as long as the service runs, where there is a mail server.
pub(crate) async fn send_forever(app: Data<App>) {
    let Some(how) = app.settings.mail.clone() else {
        return tracing::info!("no mail is sent: KLUSNET_SMTP_URL is not set");
    };
    let server = match Server::from_url(&how.server) {
        Ok(builder) => builder.timeout(Some(PATIENCE / 2)).build(),
        Err(error) => return tracing::error!(%error, "no mail is sent: the mail server cannot be used"),
    };
    let mut interval = tokio::time::interval(EVERY);
    interval.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        interval.tick().await;
        if let Err(problem) = send_all(&app, &how, &server).await {
            tracing::warn!(%problem, "mail could not be sent; it is tried again");
        }
    }
}

/// Sends what is due, until the mail server does not take one.
async fn send_all(app: &Data<App>, how: &MailSettings, server: &Server) -> Result<(), Problem> {
    let due =
        app.blocking(|app| app.database.read::<_, Problem>(app.clock.now(), |view| Ok(kept::due(view, AT_A_TIME)?)));
    for id in due.await? {
        let how = how.clone();
        let Some((mail, message)) = app.blocking(move |app| take(app, &how, id)).await? else { continue };
        let sending = send(server, message, mail.id).await;
        app.metrics.sent("mail", outcome_of(sending));
        app.blocking(move |app| settle(app, mail, sending)).await?;
        if sending == Sending::Later {
            break;
        }
    }
    Ok(())
}

/// Takes a mail and writes it; nothing where another took it, or nothing is left to send.
fn take(app: &App, how: &MailSettings, id: MailId) -> Result<Option<(Mail, Message)>, Problem> {
    app.write(|work| {
        let now = work.now();
        let Some(mail) = kept::find(work, id)?.and_then(|mail| mail.take(now)) else { return Ok(None) };
        let mail = kept::save(work, mail)?;
        let addressed = writing::letter(work, &mail, &app.settings, how)?;
        let message = addressed.map(|letter| message::message(mail.id, letter, &app.settings, how, now)).transpose()?;
        if let Some(message) = message.flatten() {
            return Ok(Some((mail, message)));
        }
        kept::save(work, mail.settle(Sending::Never, 0.0, now))?;
        Ok(None)
    })
}

async fn send(server: &Server, message: Message, id: MailId) -> Sending {
    match tokio::time::timeout(PATIENCE, server.send(message)).await {
        Ok(Ok(_)) => Sending::Taken,
        Ok(Err(error)) => {
            let code = error.status().map(u16::from);
            let cause = if code.is_some() { "refused by the mail server".to_owned() } else { error.to_string() };
            tracing::warn!(mail = %id, code, cause, "a mail was not taken");
            if is_for_ever(&error) { Sending::Never } else { Sending::Later }
        }
        Err(_) => {
            tracing::warn!(mail = %id, "the mail server did not answer in time");
            Sending::Later
        }
    }
}

/// As it is counted.
fn outcome_of(sending: Sending) -> &'static str {
    match sending {
        Sending::Taken => "accepted",
        Sending::Later => "later",
        Sending::Never => "refused",
    }
}

/// Whether the mail server will never take this one. That it does not let us in (RFC 4954, 6) is for the operator to
/// mend: then it is tried again.
fn is_for_ever(error: &Error) -> bool {
    error.is_permanent()
        && error.status().map(u16::from).is_some_and(|code| !matches!(code, 502 | 503 | 504 | 530..=539))
}

fn settle(app: &App, mail: Mail, sending: Sending) -> Result<(), Problem> {
    let chance: f64 = rand::random();
    app.write(|work| {
        let settled = mail.clone().settle(sending, chance, work.now());
        // Another has taken it meanwhile, or it was forgotten: then that one tells.
        match kept::save(work, settled) {
            Err(persistence::PersistenceError::Stale { .. }) => Ok(()),
            saved => Ok(saved.map(drop)?),
        }
    })
}
