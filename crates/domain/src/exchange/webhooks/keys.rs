//! The keys that sign what goes to a receiver: a secret it shares (HMAC) and a pair of which it needs the public half
//! only (ed25519). Two are in use while one follows the other.

use chrono::TimeDelta;

use super::super::codes::{WEBHOOK_KEY_NEEDED, WEBHOOK_KEYS_FULL};
use crate::{Moment, Refusal, WebhookKeyId, WebhookSubscriptionId};

/// How many keys sign at a time.
pub const MOST_KEYS: usize = 2;
/// How long the key before goes on signing unless said otherwise.
pub const OVERLAP_HOURS: i64 = 24;
/// How long it can go on.
pub const MOST_OVERLAP_HOURS: i64 = 720;

/// A key of a subscription.
#[derive(Clone, PartialEq, Eq)]
pub struct WebhookKey {
    /// Identifies it.
    pub id: WebhookKeyId,
    /// Whose deliveries it signs.
    pub subscription: WebhookSubscriptionId,
    /// The secret of HMAC-SHA256. It must be kept to sign with it.
    pub secret: [u8; 32],
    /// The seed of the ed25519 pair.
    pub seed: [u8; 32],
    /// When it was made.
    pub created_at: Moment,
    /// Until when it signs; without end for the newest.
    pub retires_at: Option<Moment>,
}

impl std::fmt::Debug for WebhookKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WebhookKey").field("id", &self.id).finish_non_exhaustive()
    }
}

impl WebhookKey {
    /// Whether it signs at this moment.
    pub fn signs_at(&self, moment: Moment) -> bool {
        self.retires_at.is_none_or(|end| moment < end)
    }

    /// Lets a new key follow this one, which goes on for so many hours.
    pub fn follow(
        self,
        new: (WebhookKeyId, [u8; 32], [u8; 32]),
        others: &[Self],
        overlap_hours: Option<i64>,
        now: Moment,
    ) -> Result<(Self, Self), Refusal> {
        let hours = overlap_hours.unwrap_or(OVERLAP_HOURS);
        if !(0..=MOST_OVERLAP_HOURS).contains(&hours) {
            return Err(Refusal::invalid("overlapHours", format!("must be from 0 to {MOST_OVERLAP_HOURS}")));
        }
        if others.iter().filter(|other| other.signs_at(now)).count() >= MOST_KEYS {
            return Err(WEBHOOK_KEYS_FULL.refuse("The key before the newest still signs: delete it first."));
        }
        let (id, secret, seed) = new;
        let next = Self { id, subscription: self.subscription, secret, seed, created_at: now, retires_at: None };
        Ok((Self { retires_at: Some(now + TimeDelta::hours(hours)), ..self }, next))
    }

    /// Whether it can be deleted: the newest stays, as something must sign.
    pub fn must_be_followed(&self) -> Result<(), Refusal> {
        if self.retires_at.is_none() {
            return Err(WEBHOOK_KEY_NEEDED.refuse("Make a new key first: this one signs what is delivered now."));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn key() -> WebhookKey {
        WebhookKey {
            id: Uuid::from_u128(1).into(),
            subscription: Uuid::from_u128(2).into(),
            secret: [7; 32],
            seed: [8; 32],
            created_at: "2027-03-01T09:00:00Z".parse().unwrap(),
            retires_at: None,
        }
    }

    #[test]
    fn two_keys_sign_while_one_follows_the_other() {
        let first = key();
        let now = first.created_at;
        let new = |number| (Uuid::from_u128(number).into(), [1; 32], [2; 32]);
        let (first, second) = first.clone().follow(new(3), &[first], None, now).unwrap();
        let later = now + TimeDelta::hours(OVERLAP_HOURS);
        assert!(first.signs_at(now) && !first.signs_at(later) && second.signs_at(later));
        assert!(first.must_be_followed().is_ok());
        assert_eq!(second.must_be_followed().unwrap_err().code.name, "webhook_key_needed");
        let both = [first, second.clone()];
        let third = second.clone().follow(new(4), &both, None, now);
        assert_eq!(third.unwrap_err().code.name, "webhook_keys_full");
        assert!(second.clone().follow(new(4), &both, None, later).is_ok());
        for hours in [-1, MOST_OVERLAP_HOURS + 1] {
            let refused = second.clone().follow(new(4), &[], Some(hours), now).unwrap_err();
            assert_eq!(refused.faults[0].name, "overlapHours");
        }
    }

    #[test]
    fn what_is_shown_of_a_key_in_a_log_is_its_name() {
        assert!(!format!("{:?}", key()).contains('['));
    }
}
