//! What the employee does: begin, revise, submit, withdraw, agree to a reopening.

use super::{
    BEGUN_BY, HomeAtSubmission, LIFECYCLE, Outcome, OutcomeReason, Response, ResponseAction, ResponseContent,
    ResponseDraft, ResponseState,
};
use crate::lifecycle::may_begin;
use crate::market::assignments::Assignment;
use crate::market::codes::{
    ASSIGNMENT_NOT_OPEN, FUNCTION_EXCLUDED, OUTSIDE_OPENED_RINGS, OWN_ASSIGNMENT, PRIVATE_HOST_EXCLUDED,
    REOPENING_NOT_OFFERED, RESPONSE_EXISTS,
};
use crate::market::publication_rings::Reach;
use crate::parties::employments::Employment;
use crate::parties::mobility_policies::{MobilityPolicy, PolicyTerms};
use crate::parties::organisations::Organisation;
use crate::{Faults, Moment, Part, PersonId, Refusal, ResponseId, local_date};

/// The assignment somebody answers to, and where they stand.
#[derive(Debug, Clone, Copy)]
pub struct Answering<'a> {
    /// The assignment.
    pub assignment: &'a Assignment,
    /// Where the employee stands.
    pub reach: &'a Reach,
    /// Whether they have another live response to it.
    pub has_live_response: bool,
}

/// What the home organisation allows, at the moment of submission.
#[derive(Debug, Clone, Copy)]
pub struct HomeSituation<'a> {
    /// The employment from which they come.
    pub employment: &'a Employment,
    /// The policy in force; none where the organisation has laid down nothing.
    pub policy: Option<&'a MobilityPolicy>,
    /// The organisation that has the work.
    pub host: &'a Organisation,
}

impl Response {
    /// Begins a response. Who stands outside the opened rings is not told that the assignment exists.
    pub fn begin(
        id: ResponseId,
        draft: ResponseDraft,
        on: Answering<'_>,
        parts: &[Part],
        now: Moment,
    ) -> Result<Self, Refusal> {
        may_begin("response", BEGUN_BY, parts)?;
        if !on.assignment.is_inside(on.reach, now) {
            return Err(Refusal::hidden("assignment"));
        }
        on.check(draft.person, now)?;
        let ResponseDraft { person, content, channel } = draft;
        let mut faults = Faults::default();
        content.check(on.assignment, &mut faults);
        faults.finish()?;
        Ok(Self {
            id,
            revision: 1,
            assignment: on.assignment.id,
            person,
            content,
            channel,
            home: None,
            state: ResponseState::Draft,
            stage: None,
            outcome: None,
            reopening_offered_at: None,
            submitted_at: None,
            accepted_at: None,
            created_at: now,
            modified_at: now,
        })
    }

    /// Changes what it says, until the client takes it into consideration.
    pub fn revise(
        self,
        content: ResponseContent,
        assignment: &Assignment,
        parts: &[Part],
        now: Moment,
    ) -> Result<Self, Refusal> {
        let state = LIFECYCLE.step(self.state, ResponseAction::Revise, parts)?;
        let mut faults = Faults::default();
        if self.state != ResponseState::Draft {
            content.check_complete(&mut faults);
        }
        content.check(assignment, &mut faults);
        faults.finish()?;
        Ok(Self { content, state, modified_at: now, ..self })
    }

    /// Submits it: only the employee does, only while the assignment is open to them.
    pub fn submit(
        self,
        on: Answering<'_>,
        home: HomeSituation<'_>,
        parts: &[Part],
        now: Moment,
    ) -> Result<Self, Refusal> {
        let state = LIFECYCLE.step(self.state, ResponseAction::Submit, parts)?;
        on.check(self.person, now)?;
        if !on.assignment.is_inside(on.reach, now) {
            return Err(OUTSIDE_OPENED_RINGS.refuse("The ring that you stand in opens later, or is not planned."));
        }
        let mut faults = Faults::default();
        self.content.check_complete(&mut faults);
        let holds = home.employment.person == self.person && home.employment.terms.holds_on(local_date(now));
        faults.unless(holds, "employmentId", "must be an employment of your own that holds today");
        self.content.check(on.assignment, &mut faults);
        faults.finish()?;
        let platform = PolicyTerms::platform_default(local_date(now));
        let policy = home.policy.map_or(&platform, |policy| &policy.terms);
        check_mobility(policy, home.employment, Some(home.host))?;
        let home = HomeAtSubmission {
            organisation: home.employment.organisation,
            employment: home.employment.id,
            policy: home.policy.map(|policy| policy.id),
        };
        Ok(Self { home: Some(home), state, submitted_at: Some(now), modified_at: now, ..self })
    }

    /// Withdraws it. Nobody asks why; a note may say it.
    pub fn withdraw(self, note: Option<String>, parts: &[Part], now: Moment) -> Result<Self, Refusal> {
        let state = LIFECYCLE.step(self.state, ResponseAction::Withdraw, parts)?;
        let outcome = Some(Outcome { reason: OutcomeReason::Withdrawn, note, at: now });
        Ok(Self { outcome, state, modified_at: now, ..self })
    }

    /// Agrees to what the client offered: the response is submitted again.
    pub fn accept_reopening(self, on: Answering<'_>, parts: &[Part], now: Moment) -> Result<Self, Refusal> {
        let state = LIFECYCLE.step(self.state, ResponseAction::AcceptReopening, parts)?;
        if self.reopening_offered_at.is_none() {
            return Err(REOPENING_NOT_OFFERED.refuse("The client has to do OFFER_REOPENING first."));
        }
        on.check(self.person, now)?;
        if !on.assignment.is_inside(on.reach, now) {
            return Err(OUTSIDE_OPENED_RINGS.refuse("The ring that you stand in is not open."));
        }
        Ok(Self {
            state,
            outcome: None,
            reopening_offered_at: None,
            submitted_at: Some(now),
            accepted_at: None,
            modified_at: now,
            ..self
        })
    }
}

impl Answering<'_> {
    fn check(&self, person: PersonId, now: Moment) -> Result<(), Refusal> {
        if self.assignment.is_owned_by(person) {
            return Err(OWN_ASSIGNMENT.refuse("The owner and the co-owners of an assignment do not respond to it."));
        }
        if !self.assignment.is_open(now) {
            let state = self.assignment.state_at(now);
            return Err(ASSIGNMENT_NOT_OPEN.refuse(format!("The assignment must be OPEN; it is {state}.")));
        }
        if self.has_live_response {
            return Err(RESPONSE_EXISTS.refuse("Each person has one live response to an assignment: revise that one."));
        }
        Ok(())
    }
}

impl ResponseContent {
    fn check_complete(&self, faults: &mut Faults) {
        faults.unless(!self.motivation.trim().is_empty(), "motivation", "must say why you want to do it");
    }

    fn check(&self, assignment: &Assignment, faults: &mut Faults) {
        if let Some(effort) = self.effort {
            effort.check(assignment.period(), faults);
        }
    }
}

/// Whether the home organisation lets this function take part, and lets it work for this host (invariants 20, 21).
/// It is asked at submission and again when consent is asked; the host is left out where it is known to be public.
pub fn check_mobility(
    policy: &PolicyTerms,
    employment: &Employment,
    host: Option<&Organisation>,
) -> Result<(), Refusal> {
    if let Some(excluded) = policy.exclusion(&employment.terms.function) {
        return Err(FUNCTION_EXCLUDED.refuse(format!(
            "{} Your organisation excludes the function {}. The mobility adviser of your organisation can tell what is possible.",
            excluded.reason.trim(),
            excluded.function.trim()
        )));
    }
    if host.is_some_and(|host| !host.is_public()) && !policy.private_hosts_allowed {
        return Err(PRIVATE_HOST_EXCLUDED.refuse(
            "The mobility policy of your organisation allows public hosts only. The mobility adviser can tell what is possible.",
        ));
    }
    Ok(())
}
