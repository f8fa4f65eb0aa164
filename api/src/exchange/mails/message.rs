//! A letter as a message (RFC 5322), with the one click that ends such mail (RFC 8058).

use std::time::{Duration, SystemTime};

use domain::{Language, MailId, Moment};
use lettre::Message;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};

use super::writing::Addressed;
use crate::problem::Problem;
use crate::settings::{MailSettings, Settings};

/// The message; nothing where the address is none. Each attempt to send a mail makes it with the same id.
pub(super) fn message(
    id: MailId,
    addressed: Addressed,
    settings: &Settings,
    how: &MailSettings,
    now: Moment,
) -> Result<Option<Message>, Problem> {
    let Addressed { to, letter } = addressed;
    let Ok(to) = to.parse() else { return Ok(None) };
    let (stop, language) = (letter.stop.clone(), letter.language);
    let written = letter.write().map_err(|error| Problem::internal(&error))?;
    let at = SystemTime::UNIX_EPOCH + Duration::from_secs(u64::try_from(now.timestamp()).unwrap_or_default());
    let mut message = Message::builder()
        .from(how.from.clone())
        .to(Mailbox::new(None, to))
        .subject(written.subject)
        .date(at)
        .message_id(Some(format!("<{id}@{}>", settings.public_host())))
        .multipart(MultiPart::alternative_plain_html(written.text, written.html))
        .map_err(|error| Problem::internal(&error))?;
    for (name, value) in [
        ("Content-Language", language_tag(language)),
        ("Auto-Submitted", "auto-generated".to_owned()),
        ("List-Unsubscribe", format!("<{stop}>")),
        ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned()),
    ] {
        let name = HeaderName::new_from_ascii(name.to_owned()).map_err(|error| Problem::internal(&error))?;
        // All of it is ASCII, and an address may not be folded.
        message.headers_mut().insert_raw(HeaderValue::dangerous_new_pre_encoded(name, value.clone(), value));
    }
    Ok(Some(message))
}

fn language_tag(language: Language) -> String {
    language.tag().to_owned()
}
