//! Time is handed in, never taken: whoever decides is told the moment.

use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};

/// A moment in UTC, truncated to microseconds (the resolution of both databases).
pub type Moment = DateTime<Utc>;

/// Cuts a moment to the resolution that both databases keep, so that what is returned equals what is read back.
pub fn truncate(moment: Moment) -> Moment {
    moment.trunc_subsecs(6)
}

/// Where the present moment comes from.
pub trait Clock: Send + Sync {
    /// The present moment, truncated to microseconds.
    fn now(&self) -> Moment;
}

/// The clock of the machine.
#[derive(Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place where the time is taken")]
    fn now(&self) -> Moment {
        truncate(Utc::now())
    }
}

/// A clock that stands still until it is set: for tests and for filling a demonstration database.
#[derive(Debug)]
pub struct SetClock(Mutex<Moment>);

impl SetClock {
    /// A clock that stands at this moment.
    pub fn at(moment: Moment) -> Self {
        Self(Mutex::new(truncate(moment)))
    }

    /// Moves the clock to this moment.
    pub fn set(&self, moment: Moment) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = truncate(moment);
    }

    /// Moves the clock forward.
    pub fn advance(&self, by: TimeDelta) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) += by;
    }
}

impl Clock for SetClock {
    fn now(&self) -> Moment {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
