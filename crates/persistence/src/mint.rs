//! Where identifiers and secrets come from: handed in like the time, never taken.

use std::sync::Mutex;

use domain::Moment;
use rand::RngCore;
use uuid::timestamp::context::ContextV7;
use uuid::{Timestamp, Uuid};

/// Makes identifiers that grow with time, and secrets.
#[derive(Debug)]
pub struct Mint {
    context: Mutex<ContextV7>,
}

impl Default for Mint {
    fn default() -> Self {
        Self { context: Mutex::new(ContextV7::new()) }
    }
}

impl Mint {
    /// A new identifier (UUID v7); within one process each is greater than the one before, at the same moment too.
    pub fn id<I: From<Uuid>>(&self, now: Moment) -> I {
        let seconds = u64::try_from(now.timestamp()).unwrap_or_default();
        let context = self.context.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        Uuid::new_v7(Timestamp::from_unix(&*context, seconds, now.timestamp_subsec_nanos())).into()
    }

    /// A new identifier (UUID v4) for what must tell nothing, not even when it was made.
    pub fn blind_id<I: From<Uuid>>(&self) -> I {
        let mut bytes = [0; 16];
        rand::rng().fill_bytes(&mut bytes);
        uuid::Builder::from_random_bytes(bytes).into_uuid().into()
    }

    /// 256 bits from the operating system, for tokens and keys.
    pub fn secret(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        rand::rng().fill_bytes(&mut bytes);
        bytes
    }
}
