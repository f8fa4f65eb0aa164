//! Deciding on a consent request: the manager in time, the adviser or the administrator after that.

use super::{ConsentAction, ConsentDecision, ConsentRefusalReason, ConsentRequest, LIFECYCLE};
use crate::market::codes::ALREADY_STARTED;
use crate::{Moment, Part, PersonId, Refusal, local_date};

impl ConsentRequest {
    /// Grants it, with conditions or without.
    pub fn grant(self, by: PersonId, conditions: Option<String>, parts: &[Part], now: Moment) -> Result<Self, Refusal> {
        let action = if conditions.is_some() { ConsentAction::GrantWithConditions } else { ConsentAction::Grant };
        if conditions.as_deref().is_some_and(|conditions| conditions.trim().is_empty()) {
            return Err(Refusal::invalid("conditions", "must say what they are, or be left out"));
        }
        let decision =
            ConsentDecision { by: Some(by), part: Part::HomeManager, reason: None, text: None, conditions, at: now };
        self.decide(action, decision, parts, now)
    }

    /// Refuses it, with a coded reason and in words. The response ends by it.
    pub fn refuse(
        self,
        by: PersonId,
        reason: ConsentRefusalReason,
        text: String,
        parts: &[Part],
        now: Moment,
    ) -> Result<Self, Refusal> {
        if reason == ConsentRefusalReason::NoAnswer {
            return Err(Refusal::invalid("reason", "must not be NO_ANSWER: that is what silence gives"));
        }
        if text.trim().is_empty() {
            return Err(Refusal::invalid("text", "must explain the refusal to the employee"));
        }
        let decision = ConsentDecision {
            by: Some(by),
            part: Part::HomeManager,
            reason: Some(reason),
            text: Some(text),
            conditions: None,
            at: now,
        };
        self.decide(ConsentAction::Refuse, decision, parts, now)
    }

    /// Revokes what was granted, before the start of the period.
    pub fn revoke(self, by: PersonId, text: String, parts: &[Part], now: Moment) -> Result<Self, Refusal> {
        let this = self.as_of(now);
        let state = LIFECYCLE.step(this.state, ConsentAction::Revoke, parts)?;
        if text.trim().is_empty() {
            return Err(Refusal::invalid("text", "must explain the revocation to the employee"));
        }
        this.check_not_started(now)?;
        let conditions = this.decision.as_ref().and_then(|decision| decision.conditions.clone());
        let decision = ConsentDecision {
            by: Some(by),
            part: Part::HomeManager,
            reason: None,
            text: Some(text),
            conditions,
            at: now,
        };
        Ok(Self { state, decision: Some(decision), modified_at: now, ..this })
    }

    fn decide(
        self,
        action: ConsentAction,
        decision: ConsentDecision,
        parts: &[Part],
        now: Moment,
    ) -> Result<Self, Refusal> {
        let this = self.as_of(now);
        let from = this.state;
        let state = LIFECYCLE.step(from, action, parts)?;
        if decision.by == Some(this.employee) {
            return Err(Refusal::forbidden("Nobody decides on a request of their own: somebody else has to."));
        }
        let part = parts.iter().copied().find(|part| LIFECYCLE.allows(from, action, &[*part])).unwrap_or(decision.part);
        let decision = Some(ConsentDecision { part, ..decision });
        Ok(Self { state, decision, modified_at: now, ..this })
    }

    pub(super) fn check_not_started(&self, now: Moment) -> Result<(), Refusal> {
        if self.question.period.start <= local_date(now) {
            return Err(ALREADY_STARTED
                .refuse("From the first day of the period on consent stands; early ending goes by the notice term."));
        }
        Ok(())
    }
}
