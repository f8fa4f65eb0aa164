//! The settings: read from the environment in this one place, each checked at start.

mod mail;

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use tracing::level_filters::LevelFilter;

pub use self::mail::MailSettings;

/// How the service is set up.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where it listens.
    pub listen: SocketAddr,
    /// Which database it keeps things in.
    pub database_url: String,
    /// How many connections to the database it holds.
    pub database_connections: u32,
    /// How long a request waits for the database before it is answered with 503.
    pub database_wait: Duration,
    /// How many threads accept requests.
    pub workers: usize,
    /// How clients reach it, without a slash at the end.
    pub public_url: String,
    /// The origins whose scripts may read answers.
    pub cors_origins: Vec<String>,
    /// The origins whose pages may frame what is made to be framed; all of them where empty.
    pub embed_ancestors: Vec<String>,
    /// The proxies whose X-Forwarded-For is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// How many requests a client may make in a minute; 0 for any number.
    pub rate_limit: u32,
    /// The largest body it reads.
    pub max_body_bytes: usize,
    /// Whether identity providers and keys of clients may stand at private addresses.
    pub allow_private_providers: bool,
    /// The hosts of receivers of webhooks and channels that may stand at private addresses, without TLS and at any port.
    pub webhook_hosts: Vec<String>,
    /// How mail is sent, where it is.
    pub mail: Option<MailSettings>,
    /// The contact in security.txt.
    pub security_contact: String,
    /// Whether logs are written as JSON.
    pub log_json: bool,
    /// How much is logged.
    pub log_level: LevelFilter,
}

/// A setting that makes no sense.
#[derive(Debug, thiserror::Error)]
#[error("{name} must be {wanted}, but is {found:?}")]
pub struct SettingsError {
    name: &'static str,
    wanted: &'static str,
    found: String,
}

/// A setting as it is documented: name, default, meaning.
pub const DOCUMENTED: &[(&str, &str, &str)] = &[
    ("KLUSNET_LISTEN", "127.0.0.1:8080", "address and port to listen on"),
    ("DATABASE_URL", "klusnet.sqlite", "postgres://… for PostgreSQL; else the file of the embedded database"),
    ("KLUSNET_DATABASE_CONNECTIONS", "two per core, at least 4", "connections to the database, 1 to 200"),
    (
        "KLUSNET_DATABASE_WAIT",
        "5000",
        "milliseconds to wait for a connection or a lock before answering 503, 10 to 60000",
    ),
    ("KLUSNET_WORKERS", "one per core", "threads that accept requests, 1 to 256"),
    ("KLUSNET_PUBLIC_URL", "http:// and the address listened on", "how clients reach the service"),
    ("KLUSNET_CORS_ORIGINS", "none", "origins whose scripts may read answers, separated by commas"),
    (
        "KLUSNET_EMBED_ANCESTORS",
        "all",
        "origins whose pages may frame /embed, such as https://*.oss.example, separated by commas",
    ),
    ("KLUSNET_TRUSTED_PROXIES", "none", "addresses of proxies whose X-Forwarded-For is believed, separated by commas"),
    (
        "KLUSNET_RATE_LIMIT",
        "600",
        "requests per minute and client, half of it per address for who has no token; 0 for any number",
    ),
    ("KLUSNET_MAX_BODY_BYTES", "1048576", "largest body that is read, 1024 to 104857600"),
    (
        "KLUSNET_ALLOW_PRIVATE_PROVIDERS",
        "no",
        "whether identity providers and keys of clients may stand at private addresses, for use within one network: yes or no",
    ),
    (
        "KLUSNET_WEBHOOK_HOSTS",
        "none",
        "hosts of receivers of webhooks and channels that may stand at private addresses, without TLS and at any port, separated by commas",
    ),
    (
        "KLUSNET_SMTP_URL",
        "none: no mail is sent",
        "mail server, such as smtps://user:password@mail.oss.example or smtp://mail.oss.example:587?tls=required",
    ),
    ("KLUSNET_MAIL_FROM", "none", "whom mail comes from, such as Klusnet <klusnet@oss.example>; needed to send mail"),
    ("KLUSNET_MAIL_INBOX_URL", "none", "page where people read their notifications; mail leads to it"),
    (
        "KLUSNET_SECURITY_CONTACT",
        "mailto:security@klusnet.example",
        "contact in /.well-known/security.txt: mailto: or https:",
    ),
    ("KLUSNET_LOG", "text", "how the log is written, to standard error: text or json"),
    ("KLUSNET_LOG_LEVEL", "info", "how much is logged: off, error, warn, info, debug or trace"),
];

impl Settings {
    /// The name of the host at which clients reach the service.
    pub(crate) fn public_host(&self) -> &str {
        let authority = self.public_url.split("://").nth(1).unwrap_or(&self.public_url);
        authority.split(['/', ':']).next().unwrap_or_default()
    }

    /// Scheme, host and port of the public address.
    pub fn origin(&self) -> String {
        self.public_url.splitn(4, '/').take(3).collect::<Vec<_>>().join("/")
    }

    /// Reads the settings of this process.
    pub fn from_environment() -> Result<Self, SettingsError> {
        Self::read(&from_environment)
    }

    /// Reads the settings of this process, with another database where none is set.
    pub fn from_environment_or(database: &str) -> Result<Self, SettingsError> {
        Self::read(&|name| from_environment(name).or_else(|| (name == "DATABASE_URL").then(|| database.to_owned())))
    }

    /// The database, without a password.
    pub fn database_name(&self) -> String {
        without_password(&self.database_url)
    }

    /// Reads settings from whatever gives a value for a name.
    pub fn read(value: &dyn Fn(&'static str) -> Option<String>) -> Result<Self, SettingsError> {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        let listen =
            parsed(value, "KLUSNET_LISTEN", "an address and a port, such as 127.0.0.1:8080", |text| text.parse().ok())?
                .unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 8080)));
        let database_url = value("DATABASE_URL").unwrap_or_else(|| "klusnet.sqlite".to_owned());
        if database_url.contains("://") && !is_known_database(&database_url) {
            let wanted = "a postgres:// address or the path of a file";
            return Err(SettingsError { name: "DATABASE_URL", wanted, found: without_password(&database_url) });
        }
        if crosses_in_clear_text(&database_url) {
            let wanted = "an address on this machine, or end in sslmode=disable: this build speaks no TLS, so say that the network between is trusted";
            return Err(SettingsError { name: "DATABASE_URL", wanted, found: without_password(&database_url) });
        }
        let connections = parsed(value, "KLUSNET_DATABASE_CONNECTIONS", "a number from 1 to 200", |text| {
            text.parse().ok().filter(|number| (1..=200).contains(number))
        })?;
        let wait = parsed(value, "KLUSNET_DATABASE_WAIT", "a number from 10 to 60000", |text| {
            text.parse().ok().filter(|number| (10..=60_000).contains(number)).map(Duration::from_millis)
        })?;
        let workers = parsed(value, "KLUSNET_WORKERS", "a number from 1 to 256", |text| {
            text.parse().ok().filter(|number| (1..=256).contains(number))
        })?;
        let public_url =
            parsed(value, "KLUSNET_PUBLIC_URL", "an address that begins with https:// or http://", |text| {
                let fits = text.starts_with("https://") || text.starts_with("http://");
                fits.then(|| text.trim_end_matches('/').to_owned())
            })?;
        let origins = parsed(
            value,
            "KLUSNET_CORS_ORIGINS",
            "origins such as https://portaal.example, separated by commas",
            |text| {
                let origins: Vec<String> =
                    text.split(',').map(|origin| origin.trim().trim_end_matches('/').to_owned()).collect();
                origins
                    .iter()
                    .all(|origin| origin.starts_with("https://") || origin.starts_with("http://"))
                    .then_some(origins)
            },
        )?;
        let ancestors = parsed(
            value,
            "KLUSNET_EMBED_ANCESTORS",
            "origins such as https://*.oss.example, separated by commas",
            |text| text.split(',').map(|origin| framing_origin(origin.trim())).collect(),
        )?;
        let proxies = parsed(value, "KLUSNET_TRUSTED_PROXIES", "IP addresses, separated by commas", |text| {
            text.split(',').map(|address| address.trim().parse().ok()).collect()
        })?;
        let rate_limit = parsed(value, "KLUSNET_RATE_LIMIT", "a number from 0 to 1000000", |text| {
            text.parse().ok().filter(|number| *number <= 1_000_000)
        })?;
        let max_body = parsed(value, "KLUSNET_MAX_BODY_BYTES", "a number from 1024 to 104857600", |text| {
            text.parse().ok().filter(|number| (1024..=104_857_600).contains(number))
        })?;
        let private = parsed(value, "KLUSNET_ALLOW_PRIVATE_PROVIDERS", "yes or no", |text| match text {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        })?;
        let hosts =
            parsed(value, "KLUSNET_WEBHOOK_HOSTS", "names or addresses of hosts, separated by commas", |text| {
                let hosts: Vec<String> =
                    text.split(',').map(|host| host.trim().trim_matches(['[', ']']).to_owned()).collect();
                hosts.iter().all(|host| !host.is_empty() && !host.contains(['/', ' ', '@'])).then_some(hosts)
            })?;
        let mail = mail::read(value)?;
        let contact =
            parsed(value, "KLUSNET_SECURITY_CONTACT", "an address that begins with mailto: or https:", |text| {
                (text.starts_with("mailto:") || text.starts_with("https:")).then(|| text.to_owned())
            })?;
        let log_json = parsed(value, "KLUSNET_LOG", "text or json", |text| match text {
            "text" => Some(false),
            "json" => Some(true),
            _ => None,
        })?;
        let log_level =
            parsed(value, "KLUSNET_LOG_LEVEL", "off, error, warn, info, debug or trace", |text| text.parse().ok())?;
        Ok(Self {
            listen,
            database_url,
            database_connections: connections.unwrap_or_else(|| u32::try_from(cores * 2).unwrap_or(4).max(4)),
            database_wait: wait.unwrap_or(Duration::from_secs(5)),
            workers: workers.unwrap_or(cores),
            public_url: public_url.unwrap_or_else(|| format!("http://{listen}")),
            cors_origins: origins.unwrap_or_default(),
            embed_ancestors: ancestors.unwrap_or_default(),
            trusted_proxies: proxies.unwrap_or_default(),
            rate_limit: rate_limit.unwrap_or(600),
            max_body_bytes: max_body.unwrap_or(1_048_576),
            allow_private_providers: private.unwrap_or(false),
            webhook_hosts: hosts.unwrap_or_default(),
            mail,
            security_contact: contact.unwrap_or_else(|| "mailto:security@klusnet.example".to_owned()),
            log_json: log_json.unwrap_or(false),
            log_level: log_level.unwrap_or(LevelFilter::INFO),
        })
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place where the environment is read")]
fn from_environment(name: &'static str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.trim().is_empty())
}

/// An origin as it can stand in a policy: nothing in it ends the directive.
fn framing_origin(text: &str) -> Option<String> {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?.trim_end_matches('/');
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '*' | ':' | '[' | ']');
    (!host.is_empty() && host.chars().all(fits)).then(|| text.trim_end_matches('/').to_owned())
}

fn parsed<T>(
    value: &dyn Fn(&'static str) -> Option<String>,
    name: &'static str,
    wanted: &'static str,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, SettingsError> {
    let Some(found) = value(name) else { return Ok(None) };
    parse(found.trim()).map(Some).ok_or(SettingsError { name, wanted, found })
}

fn is_known_database(url: &str) -> bool {
    ["postgres://", "postgresql://", "sqlite://"].iter().any(|scheme| url.starts_with(scheme))
}

/// Whether everything would go to another machine in clear text without anybody having said so. The client library
/// would, by its default, without a word.
fn crosses_in_clear_text(url: &str) -> bool {
    if !persistence::is_postgres(url) {
        return false;
    }
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    let (address, query) = rest.split_once('?').unwrap_or((rest, ""));
    let authority = address.split('/').next().unwrap_or_default();
    let mut hosts: Vec<&str> = authority.rsplit('@').next().unwrap_or_default().split(',').collect();
    let options = query.split('&').filter_map(|pair| pair.split_once('='));
    hosts.extend(options.clone().filter(|(name, _)| matches!(*name, "host" | "hostaddr")).map(|(_, host)| host));
    let is_here = |host: &&str| {
        let name = match host.strip_prefix('[') {
            Some(v6) => v6.split(']').next().unwrap_or_default(),
            None if host.matches(':').count() == 1 => host.split(':').next().unwrap_or_default(),
            None => host,
        };
        // A path is a socket of this machine.
        let is_socket = name.is_empty() || name.starts_with('/') || name.to_ascii_lowercase().starts_with("%2f");
        is_socket || name == "localhost" || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
    };
    let is_said = options.clone().any(|(name, mode)| name == "sslmode" && mode == "disable");
    !is_said && !hosts.iter().all(is_here)
}

/// The address without what stands before the @.
fn without_password(url: &str) -> String {
    match url.rsplit_once('@') {
        Some((_, rest)) => format!("…@{rest}"),
        None => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&'static str, &str)]) -> Result<Settings, SettingsError> {
        Settings::read(&|name| pairs.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn without_any_setting_it_is_an_embedded_file_on_loopback() {
        let settings = read(&[]).unwrap();
        assert_eq!(settings.database_url, "klusnet.sqlite");
        assert_eq!(settings.listen.to_string(), "127.0.0.1:8080");
        assert_eq!(settings.public_url, "http://127.0.0.1:8080");
    }

    #[test]
    fn a_setting_that_makes_no_sense_is_named_with_what_is_wanted() {
        for (name, value) in [
            ("KLUSNET_LISTEN", "8080"),
            ("DATABASE_URL", "mysql://root:secret@host/db"),
            ("KLUSNET_DATABASE_CONNECTIONS", "0"),
            ("KLUSNET_DATABASE_WAIT", "5s"),
            ("KLUSNET_WORKERS", "many"),
            ("KLUSNET_PUBLIC_URL", "klusnet.example"),
            ("KLUSNET_CORS_ORIGINS", "portaal.example"),
            ("KLUSNET_TRUSTED_PROXIES", "proxy"),
            ("KLUSNET_RATE_LIMIT", "few"),
            ("KLUSNET_MAX_BODY_BYTES", "12"),
            ("KLUSNET_ALLOW_PRIVATE_PROVIDERS", "perhaps"),
            ("KLUSNET_WEBHOOK_HOSTS", "http://intern/"),
            ("KLUSNET_SECURITY_CONTACT", "security"),
            ("KLUSNET_LOG", "xml"),
            ("KLUSNET_LOG_LEVEL", "much"),
        ] {
            let message = read(&[(name, value)]).unwrap_err().to_string();
            assert!(message.contains(name) && message.contains("must be"), "{message}");
            assert!(!message.contains("secret"), "{message}");
        }
    }

    #[test]
    fn nothing_goes_to_another_machine_in_clear_text_unless_somebody_says_so() {
        for here in [
            "klusnet.sqlite",
            "postgres://klusnet@localhost/klusnet",
            "postgres://klusnet:a@b@127.0.0.1:5432/klusnet",
            "postgresql://[::1]:5432/klusnet",
            "postgres:///klusnet?host=/run/postgresql",
            "postgres://%2Frun%2Fpostgresql/klusnet",
            "postgres://db.intern:5432/klusnet?sslmode=disable",
        ] {
            assert!(read(&[("DATABASE_URL", here)]).is_ok(), "{here}");
        }
        for away in [
            "postgres://klusnet:geheim@db.intern/klusnet",
            "postgres://db.intern:5432/klusnet?sslmode=prefer",
            "postgres://localhost,db.intern/klusnet",
            "postgres://localhost/klusnet?host=db.intern",
            "postgres://10.0.0.7/klusnet",
        ] {
            let message = read(&[("DATABASE_URL", away)]).unwrap_err().to_string();
            assert!(message.contains("sslmode=disable") && !message.contains("geheim"), "{message}");
        }
    }

    #[test]
    fn every_setting_is_documented() {
        let source = concat!(include_str!("settings.rs"), include_str!("settings/mail.rs"));
        for (name, ..) in DOCUMENTED {
            assert!(source.matches(&format!("\"{name}\"")).count() >= 2, "{name} is documented and not read");
        }
    }
}
