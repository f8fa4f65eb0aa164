//! Fair use: how many requests a client makes in a minute. Each instance counts in memory, and tells the others of its
//! busiest clients as often as the clock ticks; no request waits for the database.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::{Mutex, PoisonError};

use actix_web::HttpRequest;
use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use domain::{Moment, OAuthClientId, PersonId};
use persistence::exchange::request_counts as kept;
use uuid::Uuid;

use crate::app::App;
use crate::attempts::address_of;
use crate::problem::{Problem, RATE_LIMITED};
use crate::tokens::{Bearer, Claims};

/// How long a window is, in seconds.
const WINDOW: i64 = 60;
/// Clients are spread over so many maps, so that requests do not wait for one another.
const SHARDS: usize = 32;
/// So many clients are counted in each map; when there are more, those of past windows are forgotten, and if that does
/// not help the rest goes uncounted until the window ends.
const CLIENTS: usize = 20_000;
/// Other instances are told of clients that used up a tenth of the limit.
const BUSY: u32 = 10;
/// They are told of at most so many of them, the busiest.
const TOLD: usize = 500;

/// Who is counted: the client of a token, else its person, else the address.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Counted {
    Client(OAuthClientId),
    Person(PersonId),
    Address(String),
}

#[derive(Debug, Clone, Copy, Default)]
struct Count {
    window: i64,
    own: u32,
    others: u32,
    told: u32,
}

/// What clients asked in this minute.
pub struct FairUse {
    limit: u32,
    instance: Uuid,
    hasher: RandomState,
    shards: Vec<Mutex<HashMap<Counted, Count>>>,
}

/// How a request stands under the limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    policy: &'static str,
    quota: u32,
    remaining: u32,
    resets_in: i64,
    is_exceeded: bool,
}

impl FairUse {
    /// A count that begins; a limit of 0 limits nothing.
    pub fn new(limit: u32, instance: Uuid) -> Self {
        let shards = (0..SHARDS).map(|_| Mutex::default()).collect();
        Self { limit, instance, hasher: RandomState::new(), shards }
    }

    /// Counts a request; nothing where there is no limit.
    pub(crate) fn count(&self, app: &App, request: &HttpRequest, claims: Option<&Claims>) -> Option<Allowance> {
        if self.limit == 0 {
            return None;
        }
        let counted = match claims {
            Some(claims) => match (claims.client(), claims.bearer()) {
                (Some(client), _) | (None, Bearer::Client(client)) => Counted::Client(client),
                (None, Bearer::Person(_)) => Counted::Person(claims.subject()),
            },
            None => Counted::Address(address_of(request, &app.settings.trusted_proxies)),
        };
        Some(self.take(counted, app.clock.now()))
    }

    fn take(&self, counted: Counted, now: Moment) -> Allowance {
        let (policy, quota) = match counted {
            Counted::Address(_) => ("anonymous", self.limit.div_ceil(2)),
            Counted::Client(_) | Counted::Person(_) => ("default", self.limit),
        };
        let (window, resets_in) = (now.timestamp().div_euclid(WINDOW), WINDOW - now.timestamp().rem_euclid(WINDOW));
        let mut allowance = Allowance { policy, quota, remaining: quota, resets_in, is_exceeded: false };
        let shard = usize::try_from(self.hasher.hash_one(&counted)).unwrap_or_default() % SHARDS;
        let Some(shard) = self.shards.get(shard) else { return allowance };
        let mut shard = shard.lock().unwrap_or_else(PoisonError::into_inner);
        if shard.len() >= CLIENTS && !shard.contains_key(&counted) {
            shard.retain(|_, count| count.window == window);
            if shard.len() >= CLIENTS {
                return allowance;
            }
        }
        let count = shard.entry(counted).or_default();
        if count.window != window {
            *count = Count { window, ..Count::default() };
        }
        let used = count.own.saturating_add(count.others);
        allowance.is_exceeded = used >= quota;
        // What is refused does not count: a client that waits is not kept waiting.
        count.own = count.own.saturating_add(u32::from(!allowance.is_exceeded));
        allowance.remaining = quota.saturating_sub(used.saturating_add(1));
        allowance
    }

    /// The clients that other instances should know of, the busiest first, with what was counted of them here.
    fn busiest(&self, window: i64) -> Vec<(String, u32)> {
        let mut busy = Vec::new();
        for shard in &self.shards {
            let mut shard = shard.lock().unwrap_or_else(PoisonError::into_inner);
            shard.retain(|_, count| count.window == window);
            for (counted, count) in shard.iter_mut() {
                if count.own > count.told && count.own >= self.limit.div_ceil(BUSY) {
                    count.told = count.own;
                    busy.push((counted.name(), count.own));
                }
            }
        }
        busy.sort_unstable_by_key(|(_, count)| std::cmp::Reverse(*count));
        busy.truncate(TOLD);
        busy
    }

    /// Takes over what other instances counted.
    fn hear(&self, window: i64, others: &HashMap<String, u32>) {
        for (name, requests) in others {
            let Some(counted) = Counted::of_name(name) else { continue };
            let shard = usize::try_from(self.hasher.hash_one(&counted)).unwrap_or_default() % SHARDS;
            let Some(shard) = self.shards.get(shard) else { continue };
            let mut shard = shard.lock().unwrap_or_else(PoisonError::into_inner);
            let count = shard.entry(counted).or_default();
            if count.window != window {
                *count = Count { window, ..Count::default() };
            }
            count.others = *requests;
        }
    }
}

/// Tells the other instances what was counted here, and hears what they counted.
pub(crate) fn exchange(app: &App) -> Result<(), Problem> {
    let fair_use = &app.fair_use;
    if fair_use.limit == 0 {
        return Ok(());
    }
    let now = app.clock.now();
    let window = now.timestamp().div_euclid(WINDOW);
    let busiest = fair_use.busiest(window);
    let (others, has_old) = app.database.read::<_, Problem>(now, |view| {
        Ok((kept::of_others(view, fair_use.instance, window)?, kept::any_before(view, window)?))
    })?;
    fair_use.hear(window, &others);
    if busiest.is_empty() && !has_old {
        return Ok(());
    }
    app.write(|work| {
        kept::forget_before(work, window)?;
        Ok(kept::put(work, fair_use.instance, window, &busiest)?)
    })
}

impl Counted {
    fn name(&self) -> String {
        match self {
            Self::Client(id) => format!("client:{id}"),
            Self::Person(id) => format!("person:{id}"),
            Self::Address(address) => format!("address:{address}"),
        }
    }

    fn of_name(name: &str) -> Option<Self> {
        let (kind, value) = name.split_once(':')?;
        Some(match kind {
            "client" => Self::Client(value.parse::<Uuid>().ok()?.into()),
            "person" => Self::Person(value.parse::<Uuid>().ok()?.into()),
            "address" => Self::Address(value.to_owned()),
            _ => return None,
        })
    }
}

impl Allowance {
    /// The refusal, where the limit is exceeded.
    pub(crate) fn refusal(self) -> Option<Problem> {
        self.is_exceeded.then(|| {
            let detail = format!(
                "A client may make {} requests in {WINDOW} seconds; wait as long as Retry-After says.",
                self.quota
            );
            Problem::new(&RATE_LIMITED, detail).retry_after(u64::try_from(self.resets_in).unwrap_or(1))
        })
    }

    /// Says in the answer how the client stands (draft-ietf-httpapi-ratelimit-headers).
    pub(crate) fn write(self, headers: &mut HeaderMap) {
        let Self { policy, quota, remaining, resets_in, is_exceeded: _ } = self;
        let values = [
            ("ratelimit-policy", format!("\"{policy}\";q={quota};w={WINDOW}")),
            ("ratelimit", format!("\"{policy}\";r={remaining};t={resets_in}")),
        ];
        for (name, value) in values {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(HeaderName::from_static(name), value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Moment {
        chrono::DateTime::from_timestamp(second, 0).unwrap()
    }

    fn person(number: u128) -> Counted {
        Counted::Person(Uuid::from_u128(number).into())
    }

    #[test]
    fn a_client_has_its_quota_in_each_window_and_no_more() {
        let fair_use = FairUse::new(3, Uuid::nil());
        let left: Vec<(u32, bool)> = (0..5)
            .map(|_| fair_use.take(person(1), at(100)))
            .map(|allowance| (allowance.remaining, allowance.is_exceeded))
            .collect();
        assert_eq!(left, [(2, false), (1, false), (0, false), (0, true), (0, true)]);
        assert!(!fair_use.take(person(2), at(100)).is_exceeded, "another client has a quota of its own");
        assert_eq!(fair_use.take(person(1), at(100)).resets_in, 20);
        assert!(!fair_use.take(person(1), at(120)).is_exceeded);
    }

    #[test]
    fn what_other_instances_counted_counts_too() {
        let (one, other) = (FairUse::new(10, Uuid::from_u128(1)), FairUse::new(10, Uuid::from_u128(2)));
        for _ in 0..9 {
            one.take(person(1), at(60));
        }
        let told: HashMap<String, u32> = one.busiest(1).into_iter().collect();
        assert!(one.busiest(1).is_empty(), "nothing new to tell");
        other.hear(1, &told);
        assert_eq!(other.take(person(1), at(61)).remaining, 0);
        assert!(other.take(person(1), at(61)).is_exceeded);
    }

    #[test]
    fn a_name_leads_back_to_who_is_counted() {
        for counted in [person(7), Counted::Client(Uuid::from_u128(8).into()), Counted::Address("::1".to_owned())] {
            assert_eq!(Counted::of_name(&counted.name()), Some(counted));
        }
    }

    #[test]
    fn counting_takes_microseconds_at_most() {
        let fair_use = FairUse::new(600, Uuid::nil());
        let began = std::time::Instant::now();
        for number in 0..100_000 {
            fair_use.take(person(number % 5000), at(60));
        }
        assert!(began.elapsed() < std::time::Duration::from_secs(2), "{:?}", began.elapsed());
    }
}
