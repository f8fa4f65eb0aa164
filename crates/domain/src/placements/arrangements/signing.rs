//! From a draft to what both have signed, and to its end.

use chrono::NaiveDate;

use super::{
    Arrangement, ArrangementAction, ArrangementSignature, ArrangementState, ArrangementTerms, BEGUN_BY, LIFECYCLE,
    Side, Under,
};
use crate::lifecycle::may_begin;
use crate::market::responses::check_mobility;
use crate::parties::employments::Employment;
use crate::parties::mobility_policies::{MobilityPolicy, PolicyTerms};
use crate::placements::codes::{ARRANGEMENT_IN_USE, ARRANGEMENT_VERSION_PENDING};
use crate::{ArrangementId, Moment, Part, PersonId, Refusal, local_date};

/// What is known when an arrangement is begun or changed.
#[derive(Debug, Clone, Copy)]
pub struct ArrangementGround<'a> {
    /// The employment.
    pub employment: &'a Employment,
    /// The version of the policy it stands under; none where the platform's defaults hold.
    pub policy: Option<&'a MobilityPolicy>,
    /// The other arrangements of the employment that hold, without the series of this one.
    pub others: &'a [Arrangement],
    /// Whether a later version of the series waits for its signatures.
    pub has_pending: bool,
}

impl ArrangementGround<'_> {
    /// Whether the function may take part (invariant 21), and everything that is wrong with the terms.
    fn check(&self, terms: &ArrangementTerms, now: Moment) -> Result<(), Refusal> {
        let platform = PolicyTerms::platform_default(local_date(now));
        let policy = self.policy.map_or(&platform, |policy| &policy.terms);
        check_mobility(policy, self.employment, None)?;
        terms.check(Under { policy, employment: &self.employment.terms, others: self.others })
    }
}

impl Arrangement {
    /// Drafts the first version of an arrangement.
    pub fn draft(
        id: ArrangementId,
        terms: ArrangementTerms,
        ground: ArrangementGround<'_>,
        parts: &[Part],
        now: Moment,
    ) -> Result<Self, Refusal> {
        may_begin("arrangement", BEGUN_BY, parts)?;
        ground.check(&terms, now)?;
        Ok(Self {
            id,
            revision: 1,
            series: id,
            version: 1,
            person: ground.employment.person,
            employment: ground.employment.id,
            home: ground.employment.organisation,
            policy: ground.policy.map(|policy| policy.id),
            terms,
            state: ArrangementState::Draft,
            drafted_by: Side::of(parts),
            employee_signature: None,
            home_signature: None,
            reason: None,
            ended_on: None,
            created_at: now,
            modified_at: now,
        })
    }

    /// Drafts the version that follows this one: hours never change within a version.
    pub fn draft_next(
        &self,
        id: ArrangementId,
        terms: ArrangementTerms,
        ground: ArrangementGround<'_>,
        parts: &[Part],
        now: Moment,
    ) -> Result<Self, Refusal> {
        may_begin("arrangement", BEGUN_BY, parts)?;
        if !self.clone().as_of(now).state.holds() || ground.has_pending {
            return Err(ARRANGEMENT_VERSION_PENDING.refuse(
                "A version follows the last one that both have signed and that has not ended, one at a time.",
            ));
        }
        terms.check_follows(&self.terms)?;
        let next = Self::draft(id, terms, ground, parts, now)?;
        Ok(Self { series: self.series, version: self.version + 1, ..next })
    }

    /// Changes what it says. What one side had signed is void.
    pub fn revise(
        self,
        terms: ArrangementTerms,
        ground: ArrangementGround<'_>,
        before: Option<&Self>,
        parts: &[Part],
        now: Moment,
    ) -> Result<Self, Refusal> {
        let state = LIFECYCLE.step(self.state, ArrangementAction::Revise, parts)?;
        self.check_own_draft(parts)?;
        if let Some(before) = before {
            terms.check_follows(&before.terms)?;
        }
        ground.check(&terms, now)?;
        Ok(Self {
            terms,
            state,
            drafted_by: Side::of(parts),
            employee_signature: None,
            home_signature: None,
            modified_at: now,
            ..self
        })
    }

    /// Lays it before the other side; who proposes signs by it.
    pub fn propose(
        self,
        by: PersonId,
        ground: ArrangementGround<'_>,
        parts: &[Part],
        now: Moment,
    ) -> Result<Self, Refusal> {
        let state = LIFECYCLE.step(self.state, ArrangementAction::Propose, parts)?;
        self.check_own_draft(parts)?;
        ground.check(&self.terms, now)?;
        Ok(Self { state, modified_at: now, ..self }.signed(by, parts, now))
    }

    /// The other side signs: from then on both are bound.
    pub fn sign(
        self,
        by: PersonId,
        ground: ArrangementGround<'_>,
        parts: &[Part],
        now: Moment,
    ) -> Result<Self, Refusal> {
        let state = LIFECYCLE.step(self.state, ArrangementAction::Sign, parts)?;
        self.check_other_side(parts)?;
        ground.check(&self.terms, now)?;
        Ok(Self { state, modified_at: now, ..self }.signed(by, parts, now))
    }

    /// The other side refuses, and says why.
    pub fn refuse(self, reason: String, parts: &[Part], now: Moment) -> Result<Self, Refusal> {
        let state = LIFECYCLE.step(self.state, ArrangementAction::Refuse, parts)?;
        self.check_other_side(parts)?;
        Ok(Self { state, reason: Some(reason), modified_at: now, ..self })
    }

    /// Withdraws it before both have signed.
    pub fn withdraw(self, parts: &[Part], now: Moment) -> Result<Self, Refusal> {
        let state = LIFECYCLE.step(self.state, ArrangementAction::Withdraw, parts)?;
        if Side::of(parts) != self.drafted_by {
            return Err(Refusal::forbidden("It is withdrawn by the side that wrote it; the other side refuses it."));
        }
        Ok(Self { state, modified_at: now, ..self })
    }

    /// Pauses it: nothing is confirmed and nothing starts on it.
    pub fn pause(self, parts: &[Part], now: Moment) -> Result<Self, Refusal> {
        self.as_of(now).step(ArrangementAction::Pause, parts, now)
    }

    /// Takes it up again.
    pub fn resume(self, parts: &[Part], now: Moment) -> Result<Self, Refusal> {
        self.as_of(now).step(ArrangementAction::Resume, parts, now)
    }

    /// Ends it before its last day, while no placement stands on it.
    pub fn end(self, reason: String, standing: usize, parts: &[Part], now: Moment) -> Result<Self, Refusal> {
        let ended = self.as_of(now).step(ArrangementAction::End, parts, now)?;
        if standing > 0 {
            return Err(ARRANGEMENT_IN_USE.refuse(format!(
                "{standing} placements stand on it: they end first, each with its notice and its return."
            )));
        }
        let last: NaiveDate = local_date(now);
        Ok(Self { reason: Some(reason), ended_on: Some(last.max(ended.terms.start)), ..ended })
    }

    fn step(self, action: ArrangementAction, parts: &[Part], now: Moment) -> Result<Self, Refusal> {
        let state = LIFECYCLE.step(self.state, action, parts)?;
        Ok(Self { state, modified_at: now, ..self })
    }

    fn signed(self, by: PersonId, parts: &[Part], now: Moment) -> Self {
        let side = Side::of(parts);
        let part = match side {
            Side::Employee => Part::Employee,
            Side::Home if parts.contains(&Part::HomeManager) => Part::HomeManager,
            Side::Home => Part::OrganisationAdministrator,
        };
        let signature = Some(ArrangementSignature { by, part, at: now });
        match side {
            Side::Employee => Self { employee_signature: signature, ..self },
            Side::Home => Self { home_signature: signature, ..self },
        }
    }

    fn check_own_draft(&self, parts: &[Part]) -> Result<(), Refusal> {
        if self.state == ArrangementState::Draft && Side::of(parts) != self.drafted_by {
            return Err(Refusal::hidden("arrangement"));
        }
        Ok(())
    }

    fn check_other_side(&self, parts: &[Part]) -> Result<(), Refusal> {
        let proposed_by = if self.employee_signature.is_some() { Side::Employee } else { Side::Home };
        if Side::of(parts) == proposed_by {
            return Err(Refusal::forbidden("It waits for the other side: who proposed it has signed already."));
        }
        Ok(())
    }
}
