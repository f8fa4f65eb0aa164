//! From a draft to a klus that people can respond to.

use super::{Assignment, AssignmentAction, AssignmentState, LIFECYCLE};
use crate::market::codes::{REVIEW_NOT_ASKED, REVIEW_REQUIRED};
use crate::market::publication_rings::{PublicationPlan, PublicationRequest, PublicationRules, Running};
use crate::{Faults, Moment, Part, Refusal};

impl Assignment {
    /// Opens it for responses, where nobody asks for a review.
    pub fn publish(
        self,
        request: &PublicationRequest,
        rules: &PublicationRules,
        parts: &[Part],
        now: Moment,
    ) -> Result<Self, Refusal> {
        let state = LIFECYCLE.step(self.state, AssignmentAction::Publish, parts)?;
        if rules.asks_review(&request.networks()) {
            return Err(REVIEW_REQUIRED.refuse(
                "The organisation or a network named asks for a review: use SUBMIT_FOR_REVIEW instead of PUBLISH.",
            ));
        }
        let plan = self.plan_for(request, rules, now)?;
        Ok(self.opened(state, plan, request.deadline, now))
    }

    /// Lays it before the reviewers, as complete as if it were published now.
    pub fn submit_for_review(
        self,
        request: &PublicationRequest,
        rules: &PublicationRules,
        parts: &[Part],
        now: Moment,
    ) -> Result<Self, Refusal> {
        let state = LIFECYCLE.step(self.state, AssignmentAction::SubmitForReview, parts)?;
        if !rules.asks_review(&request.networks()) {
            return Err(REVIEW_NOT_ASKED.refuse("Use PUBLISH: neither the organisation nor a network named reviews."));
        }
        let plan = self.plan_for(request, rules, now)?;
        let deadline = Some(request.deadline);
        Ok(Self { state, plan: Some(plan), deadline, review_remarks: None, modified_at: now, ..self })
    }

    /// Opens it after a review. What should have opened meanwhile opens now; the deadline moves if people would
    /// otherwise have less than five working days.
    pub fn approve(self, parts: &[Part], now: Moment) -> Result<Self, Refusal> {
        let state = LIFECYCLE.step(self.state, AssignmentAction::Approve, parts)?;
        let plan = self.plan.clone().unwrap_or(PublicationPlan { rings: Vec::new() }).taking_effect(now);
        let deadline = self.deadline.max(plan.earliest_deadline()).unwrap_or(now);
        Ok(self.opened(state, plan.lasting_until(deadline), deadline, now))
    }

    /// Sends it back to its owner, with what has to change. What was planned is dropped.
    pub fn send_back(self, remarks: String, parts: &[Part], now: Moment) -> Result<Self, Refusal> {
        let state = LIFECYCLE.step(self.state, AssignmentAction::Return, parts)?;
        if remarks.trim().is_empty() {
            return Err(Refusal::invalid("remarks", "must say what has to change"));
        }
        Ok(Self { state, plan: None, deadline: None, review_remarks: Some(remarks), modified_at: now, ..self })
    }

    /// Opens it wider or earlier, or lets people respond longer. A network that reviews klussen is not added by it:
    /// its review would be skipped.
    pub fn replan(
        self,
        request: &PublicationRequest,
        rules: &PublicationRules,
        parts: &[Part],
        now: Moment,
    ) -> Result<Self, Refusal> {
        let this = self.as_of(now);
        let state = LIFECYCLE.step(this.state, AssignmentAction::Replan, parts)?;
        let before = this.plan.clone().unwrap_or(PublicationPlan { rings: Vec::new() });
        let known: Vec<_> = before.networks().collect();
        let added: Vec<_> = request.networks().into_iter().filter(|network| !known.contains(network)).collect();
        if rules.networks_ask_review(&added) {
            return Err(REVIEW_REQUIRED.refuse("A network that is added reviews klussen before they are published."));
        }
        let mut faults = Faults::default();
        let running =
            Running { published_at: this.published_at.unwrap_or(now), deadline: this.deadline.unwrap_or(now), now };
        let plan = before.replan(request, this.origin(), rules, running, &mut faults);
        faults.finish()?;
        Ok(Self { state, plan: Some(plan), deadline: Some(request.deadline), modified_at: now, ..this })
    }

    /// Everything that is wrong with the description and with the plan, at once; or the plan.
    fn plan_for(
        &self,
        request: &PublicationRequest,
        rules: &PublicationRules,
        now: Moment,
    ) -> Result<PublicationPlan, Refusal> {
        let mut faults = Faults::default();
        self.details.check_publishable(&mut faults);
        let plan = PublicationPlan::lay(request, self.origin(), rules, now, &mut faults);
        faults.finish()?;
        Ok(plan)
    }

    fn opened(self, state: AssignmentState, plan: PublicationPlan, deadline: Moment, now: Moment) -> Self {
        Self {
            state,
            plan: Some(plan),
            deadline: Some(deadline),
            published_at: Some(now),
            review_remarks: None,
            modified_at: now,
            ..self
        }
    }
}
