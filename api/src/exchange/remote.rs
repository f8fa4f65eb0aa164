//! What is fetched from other systems and kept for a while: their keys, and what identity providers say of themselves.
//!
//! Each address is asked at most once a minute, however many tokens name keys that nobody has. What was fetched is
//! good for an hour, and for a day where it cannot be fetched again.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::TimeDelta;
use domain::Moment;
use jsonwebtoken::Algorithm;
use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, KeyAlgorithm, PublicKeyUse};
use serde::Deserialize;
use serde_json::Value;

use super::fetch::{FetchError, Fetcher};
use crate::problem::{Problem, UNAVAILABLE};

const MINUTES_FRESH: i64 = 60;
const HOURS_GOOD: i64 = 24;
const SECONDS_BETWEEN: i64 = 60;
/// So many addresses are remembered; the least recently fetched go first.
const MOST_ADDRESSES: usize = 10_000;
/// A modulus of 2048 bits, in characters of base64url.
const RSA_CHARACTERS: usize = 342;

/// Other systems, as they were when they were last asked.
#[derive(Debug)]
pub struct Remote {
    pub(crate) fetcher: Fetcher,
    keys: Memory<Vec<Jwk>>,
    providers: Memory<Discovered>,
}

/// What an identity provider says of itself (OpenID Connect Discovery).
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Discovered {
    pub(crate) issuer: String,
    pub(crate) authorization_endpoint: String,
    pub(crate) token_endpoint: String,
    pub(crate) jwks_uri: String,
    #[serde(default)]
    pub(crate) authorization_response_iss_parameter_supported: bool,
}

impl Remote {
    /// Nothing is known yet. Whether private addresses may be asked is a setting.
    pub fn new(may_be_private: bool) -> Self {
        Self { fetcher: Fetcher::new(may_be_private), keys: Memory::default(), providers: Memory::default() }
    }

    /// The key of this name that may sign with this algorithm, from the set at this address; without a name the only
    /// one that may. An unknown name is asked for again, at most once a minute. It blocks.
    pub(crate) fn key(
        &self,
        address: &str,
        name: Option<&str>,
        algorithm: Algorithm,
        now: Moment,
    ) -> Result<Option<Jwk>, Problem> {
        let keys = self.keys_at(address, now, |keys| chosen(keys, name, algorithm).is_some())?;
        Ok(chosen(&keys, name, algorithm).cloned())
    }

    /// The keys at this address, asked for again where these are not enough.
    pub(crate) fn keys_at(
        &self,
        address: &str,
        now: Moment,
        is_enough: impl Fn(&Vec<Jwk>) -> bool,
    ) -> Result<Arc<Vec<Jwk>>, Problem> {
        let fetch = || self.fetcher.json::<KeySet>(address).map(KeySet::usable);
        self.keys.get(address, now, is_enough, fetch).map_err(|error| unavailable(&error))
    }

    /// What an identity provider says of itself. It blocks.
    pub(crate) fn discover(&self, issuer: &str, now: Moment) -> Result<Arc<Discovered>, Arc<FetchError>> {
        let address = format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'));
        let fetch = || {
            let found: Discovered = self.fetcher.json(&address)?;
            if found.issuer == issuer {
                return Ok(found);
            }
            let what = "its issuer is another one than the issuer that is registered".to_owned();
            Err(FetchError::Unreadable(address.clone(), what))
        };
        self.providers.get(issuer, now, |_| true, fetch)
    }
}

/// Another system cannot be asked: nothing is wrong with the request.
pub(crate) fn unavailable(error: &FetchError) -> Problem {
    tracing::warn!(%error, "another system cannot be asked");
    Problem::new(&UNAVAILABLE, format!("Another system is needed for this: {error}.")).retry_after(60)
}

/// A set of keys (RFC 7517); a key that is not understood is passed over.
#[derive(Deserialize)]
struct KeySet {
    keys: Vec<Value>,
}

impl KeySet {
    fn usable(self) -> Vec<Jwk> {
        self.keys.into_iter().filter_map(|key| serde_json::from_value(key).ok()).collect()
    }
}

fn chosen<'k>(keys: &'k [Jwk], name: Option<&str>, algorithm: Algorithm) -> Option<&'k Jwk> {
    let mut fitting = keys.iter().filter(|key| may_sign(key, algorithm));
    match name {
        Some(name) => fitting.find(|key| key.common.key_id.as_deref() == Some(name)),
        None => fitting.next().filter(|_| fitting.next().is_none()),
    }
}

/// Whether a key is of the kind of the algorithm, strong enough, and meant to sign with it.
fn may_sign(key: &Jwk, algorithm: Algorithm) -> bool {
    let is_of_kind = match &key.algorithm {
        AlgorithmParameters::RSA(rsa) => {
            matches!(algorithm, Algorithm::RS256 | Algorithm::PS256) && rsa.n.len() >= RSA_CHARACTERS
        }
        AlgorithmParameters::EllipticCurve(curve) => {
            algorithm == Algorithm::ES256 && curve.curve == EllipticCurve::P256
        }
        _ => false,
    };
    let own = key.common.key_algorithm.is_none_or(|own| own == KeyAlgorithm::from(algorithm));
    let signs = key.common.public_key_use.as_ref().is_none_or(|usage| *usage == PublicKeyUse::Signature);
    is_of_kind && own && signs
}

/// What was fetched, by address.
#[derive(Debug)]
struct Memory<T>(Mutex<HashMap<String, Arc<Mutex<Slot<T>>>>>);

#[derive(Debug)]
struct Slot<T> {
    value: Option<(Arc<T>, Moment)>,
    tried_at: Option<Moment>,
    failure: Option<Arc<FetchError>>,
}

impl<T> Default for Memory<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T> Memory<T> {
    /// What is known, if it is fresh and enough; else what is fetched now. One at a time per address: the others wait
    /// and take what the first one fetched.
    fn get(
        &self,
        address: &str,
        now: Moment,
        is_enough: impl Fn(&T) -> bool,
        fetch: impl Fn() -> Result<T, FetchError>,
    ) -> Result<Arc<T>, Arc<FetchError>> {
        let slot = self.slot(address, now);
        let mut slot = locked(&slot);
        let known = slot.value.clone();
        if let Some((value, at)) = &known
            && now < *at + TimeDelta::minutes(MINUTES_FRESH)
            && is_enough(value)
        {
            return Ok(Arc::clone(value));
        }
        let waits = slot.tried_at.is_some_and(|at| now < at + TimeDelta::seconds(SECONDS_BETWEEN));
        if !waits {
            slot.tried_at = Some(now);
            match fetch() {
                Ok(value) => {
                    let value = Arc::new(value);
                    (slot.value, slot.failure) = (Some((Arc::clone(&value), now)), None);
                    return Ok(value);
                }
                Err(error) => slot.failure = Some(Arc::new(error)),
            }
        }
        match (known, &slot.failure) {
            (Some((value, at)), _) if now < at + TimeDelta::hours(HOURS_GOOD) => Ok(value),
            (_, Some(failure)) => Err(Arc::clone(failure)),
            (_, None) => Err(Arc::new(FetchError::Unreachable(address.to_owned(), "not asked yet".to_owned()))),
        }
    }

    fn slot(&self, address: &str, now: Moment) -> Arc<Mutex<Slot<T>>> {
        let mut slots = locked(&self.0);
        if slots.len() >= MOST_ADDRESSES {
            // Whoever was not asked for a day is forgotten; one that is being asked is kept.
            let day = now - TimeDelta::hours(HOURS_GOOD);
            slots.retain(|_, slot| slot.try_lock().map_or(true, |slot| slot.tried_at.is_some_and(|at| at > day)));
        }
        let new = || Arc::new(Mutex::new(Slot { value: None, tried_at: None, failure: None }));
        Arc::clone(slots.entry(address.to_owned()).or_insert_with(new))
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn an_address_is_asked_at_most_once_a_minute_and_what_is_known_survives_an_outage() {
        let (memory, asked, is_up) = (Memory::<i64>::default(), Cell::new(0), Cell::new(true));
        let start: Moment = "2027-03-01T09:00:00Z".parse().unwrap();
        let ask = |seconds: i64, least: i64| {
            let fetch = || {
                asked.set(asked.get() + 1);
                let down = || FetchError::Status("https://a.example".to_owned(), 503);
                is_up.get().then_some(asked.get()).ok_or_else(down)
            };
            memory
                .get("a", start + TimeDelta::seconds(seconds), |known| *known >= least, fetch)
                .ok()
                .map(|found| *found)
        };
        assert_eq!((ask(0, 0), ask(1, 0), asked.get()), (Some(1), Some(1), 1), "kept");
        assert_eq!((ask(30, 2), ask(59, 2), asked.get()), (Some(1), Some(1), 1), "not again within a minute");
        assert_eq!((ask(60, 2), ask(61, 3), asked.get()), (Some(2), Some(2), 2), "again after it");
        is_up.set(false);
        assert_eq!(
            (ask(4000, 0), ask(4001, 0), asked.get()),
            (Some(2), Some(2), 3),
            "an old answer is better than none"
        );
        assert_eq!(ask(60 + 24 * 3600, 0), None, "but not after a day");
        is_up.set(true);
        assert_eq!(ask(200_000, 0), Some(5));
    }
}
