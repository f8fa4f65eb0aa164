//! Public keys that other systems publish at an address: kept for a while, and fetched again when a token names one that
//! is not known. However many such tokens come, an address is asked at most once a minute.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};

use chrono::TimeDelta;
use domain::Moment;
use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, PublicKeyUse};
use serde::Deserialize;
use serde_json::Value;

use super::fetch::Fetcher;

/// How long keys are used before they are fetched again.
const KEPT_HOURS: i64 = 24;
/// How long an address is left alone after it was asked.
const REST_SECONDS: i64 = 60;
/// At most so many keys of an address are looked at.
const MOST_KEYS: usize = 100;
/// A modulus of 2048 bits, in characters of base64url.
const LEAST_RSA: usize = 342;

/// The keys of all addresses that were asked.
#[derive(Debug)]
pub(crate) struct KeySets {
    fetcher: Fetcher,
    known: Mutex<HashMap<String, Arc<KeySet>>>,
}

#[derive(Debug, Default)]
struct KeySet {
    /// Held by who fetches.
    fetching: Mutex<()>,
    state: Mutex<State>,
}

#[derive(Debug, Default, Clone)]
struct State {
    keys: Vec<Jwk>,
    fetched_at: Option<Moment>,
    asked_at: Option<Moment>,
}

#[derive(Deserialize)]
struct Published {
    keys: Vec<Value>,
}

impl KeySets {
    /// None are known yet.
    pub(crate) fn new(fetcher: Fetcher) -> Self {
        Self { fetcher, known: Mutex::default() }
    }

    /// The key of this name at this address; where none is named, the only one there is. It may have to be fetched, so
    /// this blocks.
    pub(crate) fn find(&self, address: &str, kid: Option<&str>, now: Moment) -> Option<Jwk> {
        let set = Arc::clone(lock(&self.known).entry(address.to_owned()).or_default());
        let state = lock(&set.state).clone();
        if let Some(key) = state.key(kid).filter(|_| state.is_fresh(now)) {
            return Some(key);
        }
        self.refresh(address, &set, now);
        lock(&set.state).key(kid)
    }

    /// Fetches the keys again, unless that was done just now. What cannot be fetched leaves what is known.
    fn refresh(&self, address: &str, set: &KeySet, now: Moment) {
        let has_keys = !lock(&set.state).keys.is_empty();
        // While somebody fetches, only who has nothing to go by waits for it.
        let _fetching = match set.fetching.try_lock() {
            Ok(held) => held,
            Err(TryLockError::Poisoned(held)) => held.into_inner(),
            Err(TryLockError::WouldBlock) if has_keys => return,
            Err(TryLockError::WouldBlock) => lock(&set.fetching),
        };
        if !lock(&set.state).may_ask(now) {
            return;
        }
        lock(&set.state).asked_at = Some(now);
        match self.fetcher.json::<Published>(address) {
            Ok(published) => {
                let mut state = lock(&set.state);
                state.keys = published.keys.into_iter().take(MOST_KEYS).filter_map(usable).collect();
                state.fetched_at = Some(now);
            }
            Err(error) => tracing::warn!(%error, "keys could not be fetched"),
        }
    }
}

impl State {
    fn key(&self, kid: Option<&str>) -> Option<Jwk> {
        match (kid, self.keys.as_slice()) {
            (Some(kid), keys) => keys.iter().find(|key| key.common.key_id.as_deref() == Some(kid)).cloned(),
            (None, [only]) => Some(only.clone()),
            (None, _) => None,
        }
    }

    fn is_fresh(&self, now: Moment) -> bool {
        self.fetched_at.is_some_and(|at| now < at + TimeDelta::hours(KEPT_HOURS))
    }

    fn may_ask(&self, now: Moment) -> bool {
        self.asked_at.is_none_or(|at| at + TimeDelta::seconds(REST_SECONDS) <= now)
    }
}

/// A key that signs and is strong enough; others may stand beside it.
fn usable(key: Value) -> Option<Jwk> {
    let key: Jwk = serde_json::from_value(key).ok()?;
    let signs = key.common.public_key_use.as_ref().is_none_or(|usage| *usage == PublicKeyUse::Signature);
    let is_strong = match &key.algorithm {
        AlgorithmParameters::RSA(rsa) => rsa.n.len() >= LEAST_RSA,
        AlgorithmParameters::EllipticCurve(curve) => curve.curve == EllipticCurve::P256,
        _ => false,
    };
    (signs && is_strong).then_some(key)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
