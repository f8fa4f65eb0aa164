//! Deliveries: when one is tried again, and when it is given up.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{EventId, EventKind, Moment, OrganisationId, WebhookSubscriptionId, text_enum};

/// The seconds between an attempt and the next (Standard Webhooks 1.0): about three days in all.
pub const RETRY_SECONDS: [i64; 9] = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];
/// How often a delivery is tried.
pub const MOST_ATTEMPTS: u32 = RETRY_SECONDS.len() as u32 + 1;
/// A receiver can ask to be left alone for so long at most.
const LONGEST_WAIT: TimeDelta = TimeDelta::hours(24);

text_enum! {
    /// What became of a delivery (toestand van een aflevering)
    DeliveryState {
        Pending = "PENDING", "Waits to be sent, perhaps again", "Wacht op verzending, misschien opnieuw";
        Delivered = "DELIVERED", "The receiver accepted it", "De ontvanger heeft het aangenomen";
        Failed = "FAILED", "It was given up; it can be replayed", "Opgegeven; opnieuw verzenden kan";
    }
}

/// An event for a subscription.
#[derive(Debug, Clone, PartialEq)]
pub struct Delivery {
    /// For whom.
    pub subscription: WebhookSubscriptionId,
    /// What is told.
    pub event: EventId,
    /// The place of the event.
    pub position: i64,
    /// What the event tells.
    pub kind: EventKind,
    /// The noun of the thing it is about.
    pub subject_kind: String,
    /// Which one.
    pub subject_id: Uuid,
    /// The organisation it concerns.
    pub organisation: Option<OrganisationId>,
    /// When it happened.
    pub occurred_at: Moment,
    /// What became of it.
    pub state: DeliveryState,
    /// How often it was tried since it was last asked for.
    pub tries: u32,
    /// When it is due, while it waits; an earlier one about the same thing goes before it all the same.
    pub due_at: Option<Moment>,
    /// The attempts, the latest last.
    pub attempts: Vec<Attempt>,
}

/// What an event is about.
#[derive(Debug, Clone, PartialEq)]
pub struct Subject {
    /// The noun of the thing.
    pub subject_kind: String,
    /// Which one.
    pub subject_id: Uuid,
    /// The organisation it concerns.
    pub organisation: Option<OrganisationId>,
    /// When it happened.
    pub occurred_at: Moment,
}

/// One attempt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// When.
    pub at: Moment,
    /// What was answered.
    pub status: Option<u16>,
    /// Why nothing was answered.
    pub error: Option<String>,
    /// How the answer began.
    pub excerpt: Option<String>,
    /// How long it took.
    pub millis: u64,
}

/// What an attempt came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The receiver accepted it.
    Accepted,
    /// It did not.
    Refused,
    /// It asks to be left alone, for so long where it said so.
    Throttled(Option<TimeDelta>),
    /// It wants nothing any more.
    Gone,
}

impl Attempt {
    /// What it came to; `retry_after` is what the receiver asked for.
    pub fn outcome(&self, retry_after: Option<TimeDelta>) -> Outcome {
        match self.status {
            Some(200..=299) => Outcome::Accepted,
            Some(410) => Outcome::Gone,
            Some(429 | 502 | 503 | 504) => Outcome::Throttled(retry_after),
            _ => Outcome::Refused,
        }
    }
}

impl Delivery {
    /// An event that waits to be sent.
    pub fn of(event: (EventId, i64, EventKind), to: WebhookSubscriptionId, about: Subject, now: Moment) -> Self {
        let ((event, position, kind), Subject { subject_kind, subject_id, organisation, occurred_at }) = (event, about);
        let (state, due_at) = (DeliveryState::Pending, Some(now));
        Self {
            subscription: to,
            event,
            position,
            kind,
            subject_kind,
            subject_id,
            organisation,
            occurred_at,
            state,
            tries: 0,
            due_at,
            attempts: Vec::new(),
        }
    }

    /// Waits to be sent at once, as if it had never been tried.
    #[must_use]
    pub fn again(self, now: Moment) -> Self {
        Self { state: DeliveryState::Pending, tries: 0, due_at: Some(now), ..self }
    }

    /// Adds an attempt. It is delivered, waits for its next turn, or is given up; `chance` spreads the turns.
    #[must_use]
    pub fn attempted(mut self, attempt: Attempt, outcome: Outcome, chance: f64, now: Moment) -> Self {
        self.tries += 1;
        note(&mut self.attempts, attempt);
        (self.state, self.due_at) = after(outcome, self.tries, chance, now);
        self
    }
}

/// Adds an attempt to the latest ones, of which so many are kept.
pub(in crate::exchange) fn note(attempts: &mut Vec<Attempt>, attempt: Attempt) {
    attempts.push(attempt);
    let over = attempts.len().saturating_sub(MOST_ATTEMPTS as usize * 2);
    attempts.drain(..over);
}

/// What becomes of what was tried so often, and when it is tried again.
pub(in crate::exchange) fn after(
    outcome: Outcome,
    tries: u32,
    chance: f64,
    now: Moment,
) -> (DeliveryState, Option<Moment>) {
    match outcome {
        Outcome::Accepted => (DeliveryState::Delivered, None),
        Outcome::Gone => (DeliveryState::Pending, Some(now)),
        Outcome::Refused | Outcome::Throttled(_) => match wait_after(tries, chance, now) {
            Some(due) => (DeliveryState::Pending, Some(due)),
            None => (DeliveryState::Failed, None),
        },
    }
}

/// When a delivery that was tried so often is tried again; never where it is given up. `chance`, from 0 to 1, adds up to a fifth to the wait, so that
/// what failed together does not come back together.
fn wait_after(tries: u32, chance: f64, now: Moment) -> Option<Moment> {
    let before = usize::try_from(tries).unwrap_or(usize::MAX).saturating_sub(1);
    let millis = (*RETRY_SECONDS.get(before)? * 1000) as f64 * (1.0 + chance.clamp(0.0, 1.0) / 5.0);
    Some(now + TimeDelta::milliseconds(millis as i64))
}

/// How long a receiver that says `Retry-After` wants to be left alone: seconds, or until a moment.
pub fn retry_after(header: &str, now: Moment) -> Option<TimeDelta> {
    let header = header.trim();
    let wait = match header.parse::<u32>() {
        Ok(seconds) => TimeDelta::seconds(i64::from(seconds)),
        Err(_) => chrono::DateTime::parse_from_rfc2822(header).ok()?.to_utc() - now,
    };
    Some(wait.clamp(TimeDelta::zero(), LONGEST_WAIT))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Moment {
        "2027-03-01T09:00:00Z".parse().unwrap()
    }

    fn delivery() -> Delivery {
        let about = Subject {
            subject_kind: "role assignment".to_owned(),
            subject_id: Uuid::from_u128(3),
            organisation: None,
            occurred_at: now(),
        };
        let event = (Uuid::from_u128(2).into(), 1, EventKind::RoleGiven);
        Delivery::of(event, Uuid::from_u128(1).into(), about, now())
    }

    fn answered(status: u16) -> Attempt {
        Attempt { at: now(), status: Some(status), error: None, excerpt: None, millis: 3 }
    }

    #[test]
    fn a_delivery_is_tried_for_about_three_days_and_then_given_up() {
        let (mut delivery, mut at) = (delivery(), now());
        for tries in 1..=MOST_ATTEMPTS {
            delivery = delivery.attempted(answered(500), Outcome::Refused, 0.0, at);
            assert_eq!(delivery.tries, tries);
            at = delivery.due_at.unwrap_or(at);
        }
        assert_eq!((delivery.state, delivery.due_at), (DeliveryState::Failed, None));
        let days = (at - now()).num_hours();
        assert!((70..80).contains(&days), "{days} hours");
    }

    #[test]
    fn waits_are_spread_by_up_to_a_fifth() {
        let wait = |chance| (wait_after(2, chance, now()).unwrap() - now()).num_seconds();
        assert_eq!((wait(0.0), wait(0.5), wait(1.0)), (300, 330, 360));
    }

    #[test]
    fn only_success_is_success() {
        let told = |status| answered(status).outcome(None);
        for status in [200, 201, 202, 204] {
            assert_eq!(told(status), Outcome::Accepted);
        }
        for status in [301, 302, 400, 401, 404, 500] {
            assert_eq!(told(status), Outcome::Refused, "{status}");
        }
        for status in [429, 502, 503, 504] {
            assert_eq!(told(status), Outcome::Throttled(None), "{status}");
        }
        assert_eq!(told(410), Outcome::Gone);
        let nobody = Attempt { status: None, error: Some("refused".to_owned()), ..answered(200) };
        assert_eq!(nobody.outcome(None), Outcome::Refused);
    }

    #[test]
    fn a_receiver_says_how_long_it_wants_to_be_left_alone() {
        let seconds = |header| retry_after(header, now()).map(|wait| wait.num_seconds());
        assert_eq!(seconds("120"), Some(120));
        assert_eq!(seconds(" 4000000000 "), Some(86_400));
        assert_eq!(seconds("Mon, 01 Mar 2027 09:01:00 GMT"), Some(60));
        assert_eq!(seconds("Mon, 01 Mar 2027 08:00:00 GMT"), Some(0));
        for nonsense in ["soon", "-5", ""] {
            assert_eq!(seconds(nonsense), None, "{nonsense}");
        }
    }
}
