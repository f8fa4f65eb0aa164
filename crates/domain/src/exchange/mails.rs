//! Mail: notifications that go to somebody's e-mail address, alone or together.

use chrono::TimeDelta;

use crate::{MailId, Moment, PersonId};

/// How many days it is kept that a mail was sent.
pub const MAIL_KEPT_DAYS: i64 = 30;
/// What was due by e-mail so many days ago and could not be sent is passed over: it stands in the inbox.
pub const MAIL_LATE_DAYS: i64 = 7;
/// How many notifications one mail holds; what is left comes in another.
pub const MOST_IN_A_MAIL: u32 = 100;
/// How long a mail belongs to who sends it; after that another may.
const SENDING: TimeDelta = TimeDelta::minutes(3);
/// How long is waited after each attempt that failed, in minutes: about three days.
const RETRY_MINUTES: [i64; 9] = [1, 5, 30, 120, 300, 600, 840, 1200, 1440];

/// A mail to somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// Identifies it, also where it arrives: each attempt has the same.
    pub id: MailId,
    /// Counts its changes.
    pub revision: i64,
    /// To whom.
    pub person: PersonId,
    /// How often it was taken to be sent.
    pub attempts: u32,
    /// When it is to be sent, or sent again; none where that is over.
    pub due_at: Option<Moment>,
    /// When it was sent.
    pub sent_at: Option<Moment>,
    /// When it was made.
    pub created_at: Moment,
}

/// What an attempt came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sending {
    /// The mail server took it.
    Taken,
    /// Not now.
    Later,
    /// Never: there is nothing to send, nobody to send it to, or the mail server says so.
    Never,
}

impl Mail {
    /// A mail that is to be sent at once.
    pub fn make(id: MailId, person: PersonId, now: Moment) -> Self {
        Self { id, revision: 1, person, attempts: 0, due_at: Some(now), sent_at: None, created_at: now }
    }

    /// Takes it to send it; where nothing is heard of that, another may take it later. Nothing where it is not due.
    pub fn take(self, now: Moment) -> Option<Self> {
        let is_due = self.due_at.is_some_and(|due| due <= now);
        is_due.then(|| Self { attempts: self.attempts.saturating_add(1), due_at: Some(now + SENDING), ..self })
    }

    /// What came of the attempt; `chance`, from 0 to 1, spreads what is tried again.
    #[must_use]
    pub fn settle(self, sending: Sending, chance: f64, now: Moment) -> Self {
        match sending {
            Sending::Taken => Self { due_at: None, sent_at: Some(now), ..self },
            Sending::Never => Self { due_at: None, ..self },
            Sending::Later => Self { due_at: self.again_at(chance, now), ..self },
        }
    }

    fn again_at(&self, chance: f64, now: Moment) -> Option<Moment> {
        let before = usize::try_from(self.attempts.saturating_sub(1)).ok()?;
        let minutes = *RETRY_MINUTES.get(before)?;
        #[expect(clippy::cast_possible_truncation, reason = "from 0 to 12 seconds")]
        let spread = (chance.clamp(0.0, 1.0) * 12.0) as i64;
        Some(now + TimeDelta::minutes(minutes) + TimeDelta::seconds(spread * minutes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_is_tried_for_about_three_days_and_not_by_two_at_once() {
        let begin: Moment = "2027-03-01T09:00:00Z".parse().unwrap();
        let id = || uuid::Uuid::from_u128(1);
        let (mut mail, mut now) = (Mail::make(id().into(), id().into(), begin), begin);
        while let Some(due) = mail.due_at {
            now = due;
            mail = mail.take(now).unwrap();
            assert_eq!(mail.clone().take(now), None);
            mail = mail.settle(Sending::Later, 0.5, now);
        }
        assert_eq!((mail.attempts, mail.sent_at), (10, None));
        assert!(now - begin > TimeDelta::days(3) && now - begin < TimeDelta::days(4), "{now}");
    }

    #[test]
    fn what_was_sent_is_not_sent_again() {
        let now: Moment = "2027-03-01T09:00:00Z".parse().unwrap();
        let id = || uuid::Uuid::from_u128(1);
        let sent = Mail::make(id().into(), id().into(), now).take(now).unwrap().settle(Sending::Taken, 0.0, now);
        assert_eq!((sent.sent_at, sent.clone().take(now + TimeDelta::days(9))), (Some(now), None));
    }
}
