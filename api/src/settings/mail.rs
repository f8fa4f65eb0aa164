//! The settings of mail.

use std::net::IpAddr;

use lettre::message::Mailbox;
use lettre::{AsyncSmtpTransport, Tokio1Executor};

use super::{SettingsError, parsed, without_password};

/// How mail is sent.
#[derive(Clone)]
pub struct MailSettings {
    /// The mail server; it may hold a password.
    pub(crate) server: String,
    /// Whom mail comes from.
    pub(crate) from: Mailbox,
    /// Where people read their notifications.
    pub(crate) inbox_url: Option<String>,
}

impl std::fmt::Debug for MailSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { server, from, inbox_url } = self;
        let server = without_password(server);
        f.debug_struct("MailSettings").field("server", &server).field("from", from).field("inbox", inbox_url).finish()
    }
}

/// Reads them; nothing where no mail is to be sent.
pub(super) fn read(value: &dyn Fn(&'static str) -> Option<String>) -> Result<Option<MailSettings>, SettingsError> {
    let from = parsed(value, "KLUSNET_MAIL_FROM", "an e-mail address, perhaps with a name before it", |text| {
        text.parse::<Mailbox>().ok()
    })?;
    let inbox_url =
        parsed(value, "KLUSNET_MAIL_INBOX_URL", "an address that begins with https:// or http://", |text| {
            (text.starts_with("https://") || text.starts_with("http://")).then(|| text.to_owned())
        })?;
    let Some(server) = value("KLUSNET_SMTP_URL") else {
        let Some(from) = from else { return Ok(None) };
        let wanted = "set where KLUSNET_MAIL_FROM is";
        return Err(SettingsError { name: "KLUSNET_SMTP_URL", wanted, found: from.to_string() });
    };
    let server = server.trim().to_owned();
    let refused = |wanted| SettingsError { name: "KLUSNET_SMTP_URL", wanted, found: without_password(&server) };
    if AsyncSmtpTransport::<Tokio1Executor>::from_url(&server).is_err() {
        return Err(refused("an smtps:// or smtp:// address"));
    }
    if crosses_in_clear_text(&server) {
        let wanted = "an smtps:// address, or end in ?tls=required, or in ?tls=opportunistic to say that the network between is trusted";
        return Err(refused(wanted));
    }
    let wanted = "set where KLUSNET_SMTP_URL is";
    let from = from.ok_or(SettingsError { name: "KLUSNET_MAIL_FROM", wanted, found: String::new() })?;
    Ok(Some(MailSettings { server, from, inbox_url }))
}

/// Whether mail would go to another machine without TLS, and nobody said so.
fn crosses_in_clear_text(url: &str) -> bool {
    let Ok(url) = reqwest::Url::parse(url) else { return true };
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    let is_here = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
    url.scheme() == "smtp" && !is_here && !url.query_pairs().any(|(name, _)| name == "tls")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(server: Option<&str>, from: Option<&str>) -> Result<Option<MailSettings>, SettingsError> {
        read(&|name| match name {
            "KLUSNET_SMTP_URL" => server.map(str::to_owned),
            "KLUSNET_MAIL_FROM" => from.map(str::to_owned),
            _ => None,
        })
    }

    #[test]
    fn mail_is_sent_over_tls_or_to_this_machine_unless_somebody_says_so() {
        let from = Some("Klusnet <klusnet@oss.example>");
        assert!(of(None, None).unwrap().is_none());
        for fits in [
            "smtps://klusnet:geheim@mail.oss.example",
            "smtp://mail.oss.example:587?tls=required",
            "smtp://relay.intern:25?tls=opportunistic",
            "smtp://127.0.0.1:2525",
        ] {
            assert!(of(Some(fits), from).unwrap().is_some(), "{fits}");
        }
        for wrong in ["smtp://klusnet:geheim@mail.oss.example", "https://klusnet:geheim@mail.oss.example", "mail"] {
            let message = of(Some(wrong), from).unwrap_err().to_string();
            assert!(message.contains("KLUSNET_SMTP_URL must be") && !message.contains("geheim"), "{message}");
        }
        assert!(of(Some("smtps://mail.oss.example"), None).is_err() && of(None, from).is_err());
        assert!(of(Some("smtps://mail.oss.example"), Some("nobody")).is_err());
    }
}
