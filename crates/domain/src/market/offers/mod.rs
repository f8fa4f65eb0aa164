//! Offers: the client says for how long and on what basis, and the employee says yes once more.

mod lifecycle;
#[cfg(test)]
mod tests;

pub use lifecycle::{BEGUN_BY, LIFECYCLE, OfferAction, OfferState};

use super::codes::{OFFER_OPEN_ALREADY, RESPONSE_NOT_READY};
use super::effort::{Effort, Period};
use super::responses::{DeclineReason, Response, ResponseState};
use crate::lifecycle::may_begin;
use crate::parties::mobility_policies::ChargeBasis;
use crate::{Faults, Moment, OfferId, Part, PersonId, Refusal, ResponseId};

/// An offer (aanbod) to somebody who responded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Identifies it.
    pub id: OfferId,
    /// Counts its changes.
    pub revision: i64,
    /// The dossier.
    pub response: ResponseId,
    /// Who made it.
    pub made_by: PersonId,
    /// What is offered.
    pub terms: OfferTerms,
    /// Its state.
    pub state: OfferState,
    /// Why it was declined.
    pub decline_reason: Option<DeclineReason>,
    /// What the employee adds to that.
    pub note: Option<String>,
    /// When it was accepted, declined, withdrawn, or lapsed.
    pub ended_at: Option<Moment>,
    /// When it was made.
    pub created_at: Moment,
    /// When it last changed.
    pub modified_at: Moment,
}

/// What is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OfferTerms {
    /// The hours.
    pub effort: Effort,
    /// From when to when.
    pub period: Period,
    /// What the host pays.
    pub charge_basis: ChargeBasis,
    /// What an hour costs, in euro cents; only with a public rate or an own rate.
    pub hourly_rate_cents: Option<i64>,
    /// Until when the employee can answer.
    pub valid_until: Moment,
}

/// What is known when an offer is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OfferGround {
    /// Who makes it.
    pub made_by: PersonId,
    /// Whether the dossier has an open offer.
    pub has_open_offer: bool,
    /// The lowest ceiling of the networks concerned for a public rate, in euro cents an hour.
    pub public_rate_ceiling_cents: Option<i64>,
}

impl OfferTerms {
    fn check(&self, ceiling: Option<i64>, now: Moment) -> Result<(), Refusal> {
        let mut faults = Faults::default();
        self.effort.check(Some(self.period), &mut faults);
        faults.unless(now < self.valid_until, "validUntil", "must be in the future");
        match (self.charge_basis, self.hourly_rate_cents) {
            (ChargeBasis::BareWage | ChargeBasis::None, rate) => {
                let reason = "must be left out: the bare wage follows from the employment, and nothing costs nothing";
                faults.unless(rate.is_none(), "hourlyRateCents", reason);
            }
            (ChargeBasis::PublicRate | ChargeBasis::OwnRate, None) => {
                faults.add("hourlyRateCents", "must be given with PUBLIC_RATE and OWN_RATE");
            }
            (basis, Some(rate)) => {
                faults.unless(rate > 0, "hourlyRateCents", "must be more than zero");
                let over = basis == ChargeBasis::PublicRate && ceiling.is_some_and(|ceiling| ceiling < rate);
                faults.unless(!over, "hourlyRateCents", "must be at most the ceiling of the network");
            }
        }
        faults.finish()
    }
}

impl Offer {
    /// Makes an offer; the response becomes OFFERED.
    pub fn make(
        id: OfferId,
        terms: OfferTerms,
        ground: OfferGround,
        response: Response,
        parts: &[Part],
        now: Moment,
    ) -> Result<(Self, Response), Refusal> {
        may_begin("offer", BEGUN_BY, parts)?;
        if ground.has_open_offer {
            return Err(OFFER_OPEN_ALREADY.refuse("Withdraw the open offer first to make another one."));
        }
        let response = response.offered(parts, now)?;
        terms.check(ground.public_rate_ceiling_cents, now)?;
        let offer = Self {
            id,
            revision: 1,
            response: response.id,
            made_by: ground.made_by,
            terms,
            state: OfferState::Open,
            decline_reason: None,
            note: None,
            ended_at: None,
            created_at: now,
            modified_at: now,
        };
        Ok((offer, response))
    }

    /// How it stands at this moment: past its term it has lapsed, also before the clock has written so.
    pub fn as_of(self, now: Moment) -> Self {
        let until = self.terms.valid_until;
        if self.state != OfferState::Open || now < until {
            return self;
        }
        Self { state: OfferState::Lapsed, ended_at: Some(until), modified_at: until, ..self }
    }

    /// The employee accepts, and confirms to be willing (S1).
    pub fn accept(self, response: Response, parts: &[Part], now: Moment) -> Result<(Self, Response), Refusal> {
        let next = self.step(OfferAction::Accept, parts, now)?;
        next.check_offered(&response)?;
        Ok((next, response.accepted(parts, now)?))
    }

    /// The employee declines, and says why; the response ends by it.
    pub fn decline(
        self,
        reason: DeclineReason,
        note: Option<String>,
        response: Response,
        parts: &[Part],
        now: Moment,
    ) -> Result<(Self, Response), Refusal> {
        let next = self.step(OfferAction::Decline, parts, now)?;
        next.check_offered(&response)?;
        if reason == DeclineReason::Other && note.as_deref().is_none_or(|note| note.trim().is_empty()) {
            return Err(Refusal::invalid("note", "must say which reason it is when reason is OTHER"));
        }
        let response = response.declined(reason, note.clone(), parts, now)?;
        Ok((Self { decline_reason: Some(reason), note, ..next }, response))
    }

    /// The client withdraws it; the response goes back to IN_CONVERSATION.
    pub fn withdraw(self, response: Response, parts: &[Part], now: Moment) -> Result<(Self, Response), Refusal> {
        let next = self.step(OfferAction::Withdraw, parts, now)?;
        next.check_offered(&response)?;
        Ok((next, response.offer_ended(parts, now)?))
    }

    /// The clock writes that nobody answered in time; the response goes back to IN_CONVERSATION.
    pub fn lapse(self, response: Response, parts: &[Part], now: Moment) -> Result<(Self, Response), Refusal> {
        let state = LIFECYCLE.step(self.state, OfferAction::Lapse, parts)?;
        if now < self.terms.valid_until {
            return Err(super::codes::TERM_STILL_RUNNING.refuse("The employee can still answer."));
        }
        self.check_offered(&response)?;
        let ended_at = Some(self.terms.valid_until);
        Ok((Self { state, ended_at, modified_at: now, ..self }, response.offer_ended(parts, now)?))
    }

    /// The service ends it because its response has ended in another way.
    pub fn end_with(self, response: &Response, parts: &[Part], now: Moment) -> Result<Self, Refusal> {
        if response.id != self.response || !response.state.is_end() {
            return Err(RESPONSE_NOT_READY.refuse("The response has not ended."));
        }
        let state = LIFECYCLE.step(self.state, OfferAction::EndWithResponse, parts)?;
        Ok(Self { state, ended_at: Some(now), modified_at: now, ..self })
    }

    fn step(self, action: OfferAction, parts: &[Part], now: Moment) -> Result<Self, Refusal> {
        let this = self.as_of(now);
        let state = LIFECYCLE.step(this.state, action, parts)?;
        Ok(Self { state, ended_at: Some(now), modified_at: now, ..this })
    }

    fn check_offered(&self, response: &Response) -> Result<(), Refusal> {
        if response.id != self.response || response.state != ResponseState::Offered {
            return Err(RESPONSE_NOT_READY.refuse(format!("The response must be OFFERED; it is {}.", response.state)));
        }
        Ok(())
    }
}
