//! Posts to receivers: over TLS, briefly, without following anybody elsewhere, and never into our own network.
//!
//! The address that is connected to is judged, at each connection, not the name: a name that leads elsewhere a moment
//! later gains nothing. What a receiver answers is read as far as it is kept.

use std::error::Error;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, Instant};

use domain::Moment;
use domain::exchange::webhooks::{Attempt, Outcome, retry_after};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderValue, RETRY_AFTER};
use reqwest::{Method, RequestBuilder, Response, Url, redirect};
use rustls::{ClientConfig, RootCertStore};

use super::super::addresses::{is_link_local, is_public};
use crate::problem::Problem;

/// How long a receiver may take.
const PATIENCE: Duration = Duration::from_secs(15);
/// How long a connection to it may take.
const CONNECTING: Duration = Duration::from_secs(5);
/// How much of an answer is kept.
const EXCERPT_BYTES: usize = 1000;
/// The media type of what is sent: an event in structured mode (CloudEvents 1.0, HTTP binding).
const EVENT_TYPE: &str = "application/cloudevents+json; charset=utf-8";

/// Posts.
#[derive(Debug)]
pub struct Poster {
    client: reqwest::Client,
    allowed: Arc<AllowedHosts>,
}

/// The hosts that may stand in our own network, without TLS and at any port, by the setting.
#[derive(Debug)]
pub struct AllowedHosts(Vec<String>);

/// A message to a receiver.
#[derive(Debug, Clone)]
pub(crate) struct Message {
    /// The same at each attempt.
    pub(crate) id: String,
    /// The moment of the attempt, in seconds.
    pub(crate) timestamp: i64,
    /// Who vouches for it.
    pub(crate) signatures: String,
    /// What is told.
    pub(crate) body: Vec<u8>,
}

/// An attempt, and what it came to.
pub(crate) struct Posted {
    pub(crate) attempt: Attempt,
    pub(crate) outcome: Outcome,
}

/// What a receiver says it allows (CloudEvents HTTP webhooks, 4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Allowance {
    /// Anybody, or us; perhaps at most so many deliveries a minute.
    Allowed(Option<u32>),
    /// It does not say.
    Unsaid,
    /// Others only.
    OthersOnly,
}

impl AllowedHosts {
    fn holds(&self, host: &str) -> bool {
        self.0.iter().any(|allowed| allowed.eq_ignore_ascii_case(host.trim_matches(['[', ']'])))
    }

    fn admits(&self, host: &str, ip: IpAddr) -> bool {
        // Link-local addresses hold the metadata of clouds: never, whatever the setting.
        !is_link_local(ip) && (is_public(ip) || self.holds(host))
    }

    /// The address, or why nothing is posted to it.
    pub(crate) fn judge(&self, address: &str) -> Result<Url, &'static str> {
        let url = Url::parse(address).map_err(|_| "must be an https address")?;
        let host = url.host_str().unwrap_or_default().to_owned();
        let is_allowed = self.holds(&host);
        let is_secure = url.scheme() == "https" || (is_allowed && url.scheme() == "http");
        if !is_secure || host.is_empty() {
            return Err("must be an https address");
        }
        if !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
            return Err("must hold no user, password or fragment");
        }
        if !is_allowed && url.port_or_known_default() != Some(443) {
            return Err("must lead to port 443");
        }
        if let Ok(ip) = host.trim_matches(['[', ']']).parse::<IpAddr>()
            && !self.admits(&host, ip)
        {
            return Err("must lead to an address of the open internet");
        }
        Ok(url)
    }
}

impl Poster {
    /// A poster; these hosts may stand in our own network.
    pub fn new(hosts: &[String]) -> Result<Self, Problem> {
        let allowed = Arc::new(AllowedHosts(hosts.to_vec()));
        let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.into() };
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| Problem::internal(&error))?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .redirect(redirect::Policy::none())
            .no_proxy()
            .dns_resolver(Arc::new(Guard(Arc::clone(&allowed))))
            .connect_timeout(CONNECTING)
            .timeout(PATIENCE)
            .pool_max_idle_per_host(16)
            .user_agent(concat!("klusnet/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| Problem::internal(&error))?;
        Ok(Self { client, allowed })
    }

    /// The hosts that may stand in our own network.
    pub(crate) fn allowed(&self) -> &AllowedHosts {
        &self.allowed
    }

    /// Posts a message.
    pub(crate) async fn post(&self, address: &str, message: Message, now: Moment) -> Posted {
        let Message { id, timestamp, signatures, body } = message;
        let sent = self.request(Method::POST, address).map(|request| {
            request
                .header("webhook-id", id)
                .header("webhook-timestamp", timestamp)
                .header("webhook-signature", signatures)
                .header(CONTENT_TYPE, HeaderValue::from_static(EVENT_TYPE))
                .body(body)
        });
        posted(sent, now).await
    }

    /// Posts JSON to an address that is itself the secret.
    pub(crate) async fn post_json(&self, address: &str, body: Vec<u8>, now: Moment) -> Posted {
        let sent = self
            .request(Method::POST, address)
            .map(|request| request.header(CONTENT_TYPE, HeaderValue::from_static("application/json")).body(body));
        posted(sent, now).await
    }

    /// Asks a receiver whether it takes events from us, and how many.
    pub(crate) async fn handshake(&self, address: &str, origin: &str) -> Allowance {
        let Ok(request) = self.request(Method::OPTIONS, address) else { return Allowance::Unsaid };
        let Ok(response) = request.header("webhook-request-origin", origin).send().await else {
            return Allowance::Unsaid;
        };
        let headers = response.headers();
        match header(headers, "webhook-allowed-origin").map(str::trim) {
            _ if !response.status().is_success() => Allowance::Unsaid,
            None => Allowance::Unsaid,
            Some(allowed) if allowed == "*" || allowed.eq_ignore_ascii_case(origin) => {
                let rate = header(headers, "webhook-allowed-rate").and_then(|rate| rate.trim().parse().ok());
                Allowance::Allowed(rate.filter(|rate| *rate > 0))
            }
            Some(_) => Allowance::OthersOnly,
        }
    }

    fn request(&self, method: Method, address: &str) -> Result<RequestBuilder, &'static str> {
        let url = self.allowed.judge(address)?;
        Ok(self.client.request(method, url))
    }
}

/// Sends a request, and tells what came of it.
async fn posted(request: Result<RequestBuilder, &'static str>, now: Moment) -> Posted {
    let began = Instant::now();
    let answered = match request {
        Ok(request) => request.send().await.map_err(|error| told(&error)),
        Err(reason) => Err(format!("the address {reason}")),
    };
    let (status, wait, excerpt, error) = match answered {
        Err(error) => (None, None, None, Some(error)),
        Ok(response) => {
            let status = response.status().as_u16();
            let wait = header(response.headers(), RETRY_AFTER.as_str()).and_then(|text| retry_after(text, now));
            (Some(status), wait, excerpt_of(response).await, None)
        }
    };
    let millis = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    let attempt = Attempt { at: now, status, error, excerpt, millis };
    let outcome = attempt.outcome(wait);
    Posted { attempt, outcome }
}

fn header<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name)?.to_str().ok()
}

/// How an answer begins, without what no log should hold.
async fn excerpt_of(mut response: Response) -> Option<String> {
    let mut bytes = Vec::new();
    while bytes.len() < EXCERPT_BYTES {
        match response.chunk().await {
            Ok(Some(chunk)) => bytes.extend_from_slice(&chunk),
            Ok(None) | Err(_) => break,
        }
    }
    bytes.truncate(EXCERPT_BYTES);
    let text = String::from_utf8_lossy(&bytes);
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// Why nobody answered: the innermost cause says it best.
fn told(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return "no answer in time".to_owned();
    }
    let mut cause: &dyn Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string().chars().take(300).collect()
}

/// A name that leads into our own network.
#[derive(Debug, thiserror::Error)]
#[error("the name leads to an address that is not of the open internet")]
struct Private;

/// Looks names up, and refuses those that lead inside.
struct Guard(Arc<AllowedHosts>);

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let allowed = Arc::clone(&self.0);
        Box::pin(async move {
            let host = name.as_str();
            let found: Vec<SocketAddr> = tokio::net::lookup_host((host, 0)).await?.collect();
            if found.iter().all(|address| allowed.admits(host, address.ip())) {
                Ok(Box::new(found.into_iter()) as Addrs)
            } else {
                Err(Box::new(Private) as Box<dyn Error + Send + Sync>)
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn poster(hosts: &[&str]) -> Poster {
        Poster::new(&hosts.iter().map(|host| (*host).to_owned()).collect::<Vec<_>>()).unwrap()
    }

    #[test]
    fn an_address_is_https_on_the_open_internet_unless_its_host_is_allowed() {
        let open = poster(&[]);
        for good in ["https://portaal.example/klusnet?kanaal=1", "https://93.184.216.34/"] {
            assert!(open.allowed().judge(good).is_ok(), "{good}");
        }
        for bad in [
            "http://portaal.example/",
            "https://portaal.example:8443/",
            "https://gebruiker:geheim@portaal.example/",
            "https://portaal.example/#deel",
            "https://127.0.0.1/",
            "https://2130706433/",
            "https://[::1]/",
            "https://[::ffff:10.0.0.1]/",
            "https://169.254.169.254/latest",
            "ftp://portaal.example/",
            "portaal.example",
        ] {
            assert!(open.allowed().judge(bad).is_err(), "{bad}");
        }
        let within = poster(&["berichten.intern", "127.0.0.1", "::1", "169.254.169.254"]);
        for good in ["http://berichten.intern:8080/", "http://127.0.0.1:9000/", "https://[::1]:9000/"] {
            assert!(within.allowed().judge(good).is_ok(), "{good}");
        }
        for never in ["http://169.254.169.254/", "http://10.0.0.1/", "https://127.0.0.2/"] {
            assert!(within.allowed().judge(never).is_err(), "{never}");
        }
    }

    #[actix_web::test]
    async fn a_name_that_leads_inside_is_not_connected_to() {
        let message = Message { id: "msg_1".to_owned(), timestamp: 1, signatures: String::new(), body: Vec::new() };
        let now = "2027-03-01T09:00:00Z".parse().unwrap();
        let posted = poster(&[]).post("https://localhost/", message, now).await;
        assert_eq!(posted.outcome, Outcome::Refused);
        let reason = posted.attempt.error.unwrap();
        assert!(reason.contains("not of the open internet"), "{reason}");
    }
}
