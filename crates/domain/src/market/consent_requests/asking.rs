//! Asking consent, and doing without it any more.

use super::{BEGUN_BY, ConsentAction, ConsentQuestion, ConsentRequest, ConsentState, LIFECYCLE};
use crate::lifecycle::may_begin;
use crate::market::assignments::Assignment;
use crate::market::codes::{CONSENT_ASKED_ALREADY, CONSENT_NOT_NEEDED, RESPONSE_NOT_READY};
use crate::market::effort::{Effort, Period};
use crate::market::responses::{Response, check_mobility};
use crate::parties::employments::Employment;
use crate::parties::mobility_policies::{MobilityPolicy, PolicyTerms};
use crate::{ConsentRequestId, Faults, Moment, OrganisationId, Part, Refusal, add_working_days, local_date};

/// The hours and the period for which consent is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConsentTerms {
    /// The hours.
    pub effort: Effort,
    /// From when to when.
    pub period: Period,
}

/// What is known when consent is asked.
#[derive(Debug, Clone, Copy)]
pub struct AskingConsent<'a> {
    /// The dossier.
    pub response: &'a Response,
    /// The klus.
    pub assignment: &'a Assignment,
    /// The employment the response was submitted from.
    pub employment: &'a Employment,
    /// The version of the policy that the dossier started under; none where the platform's defaults hold.
    pub policy: Option<&'a MobilityPolicy>,
    /// Whether the dossier has a request that is pending or granted.
    pub has_request: bool,
}

/// Whether a manager has to go along: always with another organisation, inside the own one as the policy says.
pub fn is_consent_required(policy: &PolicyTerms, assignment: &Assignment, home: OrganisationId) -> bool {
    !assignment.is_internal_for(home) || policy.internal_consent_required
}

impl ConsentRequest {
    /// Asks consent. Only the employee does, when they choose.
    pub fn ask(
        id: ConsentRequestId,
        terms: ConsentTerms,
        on: AskingConsent<'_>,
        parts: &[Part],
        now: Moment,
    ) -> Result<Self, Refusal> {
        may_begin("consent request", BEGUN_BY, parts)?;
        let AskingConsent { response, assignment, employment, policy, has_request } = on;
        let can_be_asked = response.is_under_way() || response.waits_to_start();
        let Some(home) = response.home.filter(|_| can_be_asked) else {
            return Err(RESPONSE_NOT_READY.refuse(
                "Consent is asked while the response is submitted, has not ended and its work has not begun.",
            ));
        };
        if has_request {
            return Err(CONSENT_ASKED_ALREADY.refuse("Withdraw that request first to ask for something else."));
        }
        let platform = PolicyTerms::platform_default(local_date(now));
        let policy_terms = policy.map_or(&platform, |policy| &policy.terms);
        if !is_consent_required(policy_terms, assignment, home.organisation) {
            return Err(CONSENT_NOT_NEEDED.refuse("The policy of the organisation asks none for a klus of its own."));
        }
        check_mobility(policy_terms, employment, None)?;
        let mut faults = Faults::default();
        terms.effort.check(Some(terms.period), &mut faults);
        faults.unless(local_date(now) <= terms.period.end, "endDate", "must not have passed");
        let own = employment.id == home.employment && employment.person == response.person;
        faults.unless(own, "employmentId", "must be the employment the response was submitted from");
        faults.finish()?;
        let term = policy_terms.consent_term_working_days.max(1);
        let expires_at = add_working_days(now, term);
        let manager = employment.terms.manager.filter(|manager| *manager != response.person);
        Ok(Self {
            id,
            revision: 1,
            response: response.id,
            employee: response.person,
            employment: employment.id,
            home: home.organisation,
            manager,
            question: ConsentQuestion {
                effort: terms.effort,
                period: terms.period,
                host: assignment.organisation,
                title: assignment.details.title.clone(),
                intended_result: assignment.details.intended_result.clone().unwrap_or_default(),
            },
            policy: policy.map(|policy| policy.id),
            silence: policy_terms.silence,
            state: if manager.is_some() { ConsentState::Requested } else { ConsentState::Escalated },
            remind_at: (term > 1).then(|| add_working_days(now, term / 2)),
            expires_at,
            reminded_at: None,
            escalated_at: manager.is_none().then_some(now),
            decision: None,
            conditions_accepted_at: None,
            created_at: now,
            modified_at: now,
        })
    }

    /// Withdraws it; the service does so when the response has ended.
    pub fn withdraw(self, parts: &[Part], now: Moment) -> Result<Self, Refusal> {
        let this = self.as_of(now);
        let state = LIFECYCLE.step(this.state, ConsentAction::Withdraw, parts)?;
        if this.state == ConsentState::Granted {
            this.check_not_started(now)?;
        }
        Ok(Self { state, modified_at: now, ..this })
    }

    /// Accepts the conditions of a grant.
    pub fn accept_conditions(self, parts: &[Part], now: Moment) -> Result<Self, Refusal> {
        let this = self.as_of(now);
        let state = LIFECYCLE.step(this.state, ConsentAction::AcceptConditions, parts)?;
        Ok(Self { state, conditions_accepted_at: Some(now), modified_at: now, ..this })
    }
}
