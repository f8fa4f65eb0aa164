//! Messages to a channel: at most one waits, and what is found meanwhile comes in the next.

use chrono::TimeDelta;

use crate::exchange::webhooks::{Attempt, DeliveryState, Outcome, after, note};
use crate::{AssignmentId, ChannelDeliveryId, ChannelId, Moment};

/// How long a message belongs to who sends it; after that another may.
const SENDING: TimeDelta = TimeDelta::minutes(1);

/// A message to a channel.
#[derive(Debug, Clone, PartialEq)]
pub struct ChannelDelivery {
    /// Identifies it.
    pub id: ChannelDeliveryId,
    /// Counts its changes.
    pub revision: i64,
    /// To which channel.
    pub channel: ChannelId,
    /// The klussen it tells of, as far as the channel may still know of them when it is sent.
    pub assignments: Vec<AssignmentId>,
    /// What became of it.
    pub state: DeliveryState,
    /// How often it was tried since it was last asked for.
    pub tries: u32,
    /// When it is due, while it waits or somebody is sending it.
    pub due_at: Option<Moment>,
    /// The attempts, the latest last.
    pub attempts: Vec<Attempt>,
    /// When it was made.
    pub created_at: Moment,
    /// When it last changed.
    pub modified_at: Moment,
}

/// What an attempt came to: unlike at other receivers, an address that is not found was taken away.
pub fn outcome_of(attempt: &Attempt, otherwise: Outcome) -> Outcome {
    if attempt.status == Some(404) { Outcome::Gone } else { otherwise }
}

impl ChannelDelivery {
    /// A message that waits to be sent.
    pub fn make(id: ChannelDeliveryId, channel: ChannelId, assignments: Vec<AssignmentId>, now: Moment) -> Self {
        let (state, due_at, attempts) = (DeliveryState::Pending, Some(now), Vec::new());
        let (created_at, modified_at) = (now, now);
        Self { id, revision: 1, channel, assignments, state, tries: 0, due_at, attempts, created_at, modified_at }
    }

    /// Takes it to send it; where nothing is heard of that, another may take it later. Nothing where it is not due.
    pub fn take(self, now: Moment) -> Option<Self> {
        let is_due = self.due_at.is_some_and(|due| due <= now);
        is_due.then(|| Self { due_at: Some(now + SENDING), modified_at: now, ..self })
    }

    /// What came of an attempt: it is delivered, waits for its next turn, or is given up; `chance`, from 0 to 1, spreads
    /// the turns.
    #[must_use]
    pub fn settle(mut self, attempt: Attempt, outcome: Outcome, chance: f64, now: Moment) -> Self {
        self.tries += 1;
        note(&mut self.attempts, attempt);
        let (state, due_at) = after(outcome, self.tries, chance, now);
        let asked = if let Outcome::Throttled(wait) = outcome { wait.map(|wait| now + wait) } else { None };
        let due_at = due_at.map(|due| asked.map_or(due, |asked| due.max(asked)));
        Self { state, due_at, modified_at: now, ..self }
    }

    /// There is nothing left in it that the channel may know.
    #[must_use]
    pub fn give_up(mut self, reason: &str, now: Moment) -> Self {
        let attempt = Attempt { at: now, status: None, error: Some(reason.to_owned()), excerpt: None, millis: 0 };
        note(&mut self.attempts, attempt);
        Self { state: DeliveryState::Failed, due_at: None, modified_at: now, ..self }
    }

    /// Waits to be sent at once, as if it had never been tried.
    #[must_use]
    pub fn again(self, now: Moment) -> Self {
        Self { state: DeliveryState::Pending, tries: 0, due_at: Some(now), modified_at: now, ..self }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn now() -> Moment {
        "2027-03-01T09:00:00Z".parse().unwrap()
    }

    fn delivery() -> ChannelDelivery {
        ChannelDelivery::make(Uuid::from_u128(1).into(), Uuid::from_u128(2).into(), Vec::new(), now())
    }

    fn answered(status: u16) -> Attempt {
        Attempt { at: now(), status: Some(status), error: None, excerpt: None, millis: 1 }
    }

    #[test]
    fn it_is_tried_for_about_three_days_and_not_by_two_at_once() {
        let (mut it, mut at) = (delivery(), now());
        while let Some(due) = it.due_at {
            at = due;
            it = it.take(at).unwrap();
            assert_eq!(it.clone().take(at), None);
            it = it.settle(answered(500), Outcome::Refused, 0.0, at);
        }
        assert_eq!((it.state, it.tries), (DeliveryState::Failed, 10));
        assert!((70..80).contains(&(at - now()).num_hours()), "{at}");
        assert_eq!(it.again(at).due_at, Some(at));
    }

    #[test]
    fn who_asks_to_be_left_alone_is_left_alone() {
        let wait = |seconds| {
            let throttled = Outcome::Throttled(Some(TimeDelta::seconds(seconds)));
            (delivery().settle(answered(429), throttled, 0.0, now()).due_at.unwrap() - now()).num_seconds()
        };
        assert_eq!((wait(600), wait(1)), (600, 5));
    }

    #[test]
    fn an_address_that_is_not_found_is_gone() {
        assert_eq!(outcome_of(&answered(404), Outcome::Refused), Outcome::Gone);
        assert_eq!(outcome_of(&answered(410), Outcome::Gone), Outcome::Gone);
        assert_eq!(outcome_of(&answered(400), Outcome::Refused), Outcome::Refused);
        let kept = delivery().settle(answered(404), Outcome::Gone, 0.0, now());
        assert_eq!(
            (kept.state, kept.due_at),
            (DeliveryState::Pending, Some(now())),
            "it waits for a channel that is mended"
        );
    }
}
