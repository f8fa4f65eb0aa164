//! What the clock does while nobody answers: remind, pass on, or refuse. It never grants.

use super::{ConsentAction, ConsentDecision, ConsentRefusalReason, ConsentRequest, ConsentState, LIFECYCLE};
use crate::market::codes::TERM_STILL_RUNNING;
use crate::parties::mobility_policies::ConsentSilence;
use crate::{Moment, Part, PersonId, Refusal};

/// What the clock has to do with a consent request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConsentDue {
    /// Remind the manager: `remind`.
    Remind,
    /// Pass it on to the mobility adviser: save `as_of`, or `escalate` one that was saved as EXPIRED.
    Escalate,
    /// Refuse it, as the policy says of silence: save `as_of`, and end the response.
    Refuse,
}

impl ConsentRequest {
    /// What the clock has to do at this moment.
    pub fn due(&self, now: Moment) -> Option<ConsentDue> {
        match (self.state, self.silence) {
            (ConsentState::Requested, ConsentSilence::Escalate) if self.expires_at <= now => Some(ConsentDue::Escalate),
            (ConsentState::Requested, ConsentSilence::Refuse) if self.expires_at <= now => Some(ConsentDue::Refuse),
            (ConsentState::Expired, _) => Some(ConsentDue::Escalate),
            (ConsentState::Requested, _)
                if self.reminded_at.is_none() && self.remind_at.is_some_and(|remind_at| remind_at <= now) =>
            {
                Some(ConsentDue::Remind)
            }
            _ => None,
        }
    }

    /// How it stands at this moment, also before the clock has written so.
    pub fn as_of(self, now: Moment) -> Self {
        let at = self.expires_at;
        match self.due(now).filter(|_| self.state == ConsentState::Requested) {
            None | Some(ConsentDue::Remind) => self,
            Some(ConsentDue::Escalate) => Self {
                state: ConsentState::Escalated,
                escalated_at: Some(at),
                modified_at: at.max(self.modified_at),
                ..self
            },
            Some(ConsentDue::Refuse) => Self {
                state: ConsentState::Refused,
                decision: Some(ConsentDecision {
                    by: None,
                    part: Part::Clock,
                    reason: Some(ConsentRefusalReason::NoAnswer),
                    text: None,
                    conditions: None,
                    at,
                }),
                modified_at: at.max(self.modified_at),
                ..self
            },
        }
    }

    /// Notes that the manager was reminded.
    pub fn remind(self, parts: &[Part], now: Moment) -> Result<Self, Refusal> {
        let state = LIFECYCLE.step(self.state, ConsentAction::Remind, parts)?;
        if self.due(now) != Some(ConsentDue::Remind) {
            return Err(TERM_STILL_RUNNING.refuse("A reminder goes out once, at half of the term."));
        }
        Ok(Self { state, reminded_at: Some(now), modified_at: now, ..self })
    }

    /// Notes that the term has passed without an answer.
    pub fn expire(self, parts: &[Part], now: Moment) -> Result<Self, Refusal> {
        let state = LIFECYCLE.step(self.state, ConsentAction::Expire, parts)?;
        if self.due(now) != Some(ConsentDue::Escalate) {
            return Err(TERM_STILL_RUNNING.refuse("The term has not passed, or silence means something else."));
        }
        Ok(Self { state, modified_at: now, ..self })
    }

    /// Passes it on to the mobility adviser.
    pub fn escalate(self, parts: &[Part], now: Moment) -> Result<Self, Refusal> {
        let state = LIFECYCLE.step(self.state, ConsentAction::Escalate, parts)?;
        Ok(Self { state, escalated_at: Some(now), modified_at: now, ..self })
    }

    /// Puts it to the manager that the employment has now; to the mobility adviser where it has none.
    pub fn hand_over(self, manager: Option<PersonId>, parts: &[Part], now: Moment) -> Result<Self, Refusal> {
        let manager = manager.filter(|manager| *manager != self.employee);
        if manager.is_none() {
            return Ok(Self { manager, ..self.escalate(parts, now)? });
        }
        let state = LIFECYCLE.step(self.state, ConsentAction::HandOver, parts)?;
        Ok(Self { state, manager, reminded_at: None, modified_at: now, ..self })
    }

    /// Refuses it by silence, where the policy says so.
    pub fn refuse_by_silence(self, parts: &[Part], now: Moment) -> Result<Self, Refusal> {
        LIFECYCLE.step(self.state, ConsentAction::Refuse, parts)?;
        if self.due(now) != Some(ConsentDue::Refuse) {
            return Err(TERM_STILL_RUNNING.refuse("The term has not passed, or silence means something else."));
        }
        Ok(self.as_of(now))
    }
}
