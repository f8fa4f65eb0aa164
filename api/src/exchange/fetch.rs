//! What is fetched from other systems: over TLS, briefly, in small pieces, and never from inside our own network.
//!
//! The address that is connected to is judged, not the name: a name that leads elsewhere a moment later gains nothing.
//! Everything here blocks, so it runs on a thread that may, and never inside a transaction.

use std::net::IpAddr;
use std::time::Duration;

use openidconnect::http::{Request, Response};
use serde::de::DeserializeOwned;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};

use super::addresses::{is_link_local, is_public};

/// How long one fetch may take, from the name to the last byte.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long a connection may take.
const CONNECTING: Duration = Duration::from_secs(3);
/// The largest answer that is read.
const MOST_BYTES: u64 = 262_144;

/// Why there is nothing.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FetchError {
    /// The address is one that nothing is fetched from.
    #[error("{0} is not an address that is fetched from: it must be https, on a public address")]
    Address(String),
    /// Nobody answered, or not in time.
    #[error("{0} cannot be reached: {1}")]
    Unreachable(String, String),
    /// It was answered, with something else than what was asked for.
    #[error("{0} answered {1} instead of 200")]
    Status(String, u16),
    /// The answer is too large.
    #[error("{0} answered more than {MOST_BYTES} bytes")]
    TooLarge(String),
    /// The answer makes no sense.
    #[error("{0} did not answer with the JSON that was expected: {1}")]
    Unreadable(String, String),
}

/// Fetches.
#[derive(Debug)]
pub(crate) struct Fetcher {
    agent: ureq::Agent,
    may_be_private: bool,
}

impl Fetcher {
    /// A fetcher; whether private addresses may be fetched from is a setting.
    pub(crate) fn new(may_be_private: bool) -> Self {
        let config = Config::builder()
            .https_only(!may_be_private)
            .proxy(None)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .timeout_global(Some(PATIENCE))
            .timeout_connect(Some(CONNECTING))
            .max_response_header_size(16_384)
            .max_idle_connections(0)
            .user_agent("klusnet")
            .build();
        let agent = ureq::Agent::with_parts(config, DefaultConnector::default(), Guard::new(may_be_private));
        Self { agent, may_be_private }
    }

    /// The JSON at this address.
    pub(crate) fn json<T: DeserializeOwned>(&self, address: &str) -> Result<T, FetchError> {
        let request = Request::get(address).header("Accept", "application/json").body(Vec::new());
        let request = request.map_err(|_| FetchError::Address(address.to_owned()))?;
        let response = self.send(request)?;
        if response.status() != 200 {
            return Err(FetchError::Status(address.to_owned(), response.status().as_u16()));
        }
        serde_json::from_slice(response.body())
            .map_err(|error| FetchError::Unreadable(address.to_owned(), error.to_string()))
    }

    /// Sends a request and reads the whole answer, whatever its status; a redirect is not followed.
    pub(crate) fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, FetchError> {
        let address = without_query(request.uri());
        if !self.is_fetched_from(request.uri()) {
            return Err(FetchError::Address(address));
        }
        let (parts, body) = request.into_parts();
        let sent = match parts.method.as_str() {
            "GET" => self.agent.run(Request::from_parts(parts, ())),
            _ => self.agent.run(Request::from_parts(parts, body)),
        };
        let mut response = sent.map_err(|error| told(&address, error))?;
        let read = response.body_mut().with_config().limit(MOST_BYTES).read_to_vec();
        let body = read.map_err(|error| told(&address, error))?;
        let mut answer = Response::builder().status(response.status());
        for (name, value) in response.headers() {
            answer = answer.header(name, value);
        }
        answer.body(body).map_err(|error| FetchError::Unreadable(address, error.to_string()))
    }

    /// Over TLS; without it on this very machine only, where that is allowed.
    fn is_fetched_from(&self, uri: &Uri) -> bool {
        let host = uri.host().unwrap_or_default();
        let is_here = matches!(host, "localhost" | "127.0.0.1" | "[::1]");
        match uri.scheme_str() {
            Some("https") => true,
            Some("http") => self.may_be_private && is_here,
            _ => false,
        }
    }
}

fn without_query(uri: &Uri) -> String {
    uri.to_string().split('?').next().unwrap_or_default().to_owned()
}

fn told(address: &str, error: ureq::Error) -> FetchError {
    match error {
        ureq::Error::BodyExceedsLimit(_) => FetchError::TooLarge(address.to_owned()),
        ureq::Error::Other(refused) if refused.is::<Private>() => FetchError::Address(address.to_owned()),
        other => FetchError::Unreachable(address.to_owned(), other.to_string()),
    }
}

/// A name that leads into our own network.
#[derive(Debug, thiserror::Error)]
#[error("the name leads to a private address")]
struct Private;

/// Looks names up, and refuses those that lead inside.
#[derive(Debug)]
struct Guard {
    inner: DefaultResolver,
    may_be_private: bool,
}

impl Guard {
    fn new(may_be_private: bool) -> Self {
        Self { inner: DefaultResolver::default(), may_be_private }
    }
}

impl Resolver for Guard {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.inner.resolve(uri, config, timeout)?;
        // Link-local addresses hold the metadata of clouds: never, whatever the setting.
        let fits = |ip: IpAddr| is_public(ip) || (self.may_be_private && !is_link_local(ip));
        if found.iter().all(|address| fits(address.ip())) {
            Ok(found)
        } else {
            Err(ureq::Error::Other(Box::new(Private)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leads_inside_is_not_fetched_from() {
        let guarded = Fetcher::new(false);
        for inside in [
            "http://127.0.0.1/",
            "https://127.0.0.1/keys",
            "https://localhost:9/keys",
            "https://[::1]/keys",
            "https://169.254.169.254/latest/meta-data",
            "https://2130706433/keys",
            "file:///etc/passwd",
        ] {
            let refused = guarded.json::<serde_json::Value>(inside);
            assert!(matches!(refused, Err(FetchError::Address(_))), "{inside}: {refused:?}");
        }
        let open = Fetcher::new(true);
        for never in ["https://169.254.169.254/latest/meta-data", "http://10.0.0.1/keys"] {
            assert!(matches!(open.json::<serde_json::Value>(never), Err(FetchError::Address(_))), "{never}");
        }
        assert!(matches!(open.json::<serde_json::Value>("http://127.0.0.1:1/"), Err(FetchError::Unreachable(..))));
    }
}
