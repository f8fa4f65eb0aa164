//! What the client, the home organisation and the clock do with a response.

use super::{
    LIFECYCLE, LapseReason, NotSelectedReason, Outcome, OutcomeReason, PlacementStage, Response, ResponseAction,
};
use crate::market::assignments::{Assignment, AssignmentState, PlacementTally};
use crate::market::codes::{ASSIGNMENT_NOT_OPEN, NOT_ALL_GREEN, POSITIONS_TAKEN};
use crate::market::lights::{Light, all_green};
use crate::market::responses::DeclineReason;
use crate::market::signals::Colour;
use crate::{Moment, Part, Refusal, TextEnum};

impl Response {
    /// The client takes it into consideration.
    pub fn consider(self, parts: &[Part], now: Moment) -> Result<Self, Refusal> {
        self.step(ResponseAction::Consider, parts, now)
    }

    /// The client invites for a conversation.
    pub fn invite_to_talk(self, parts: &[Part], now: Moment) -> Result<Self, Refusal> {
        self.step(ResponseAction::InviteToTalk, parts, now)
    }

    /// An offer was made: called by the offer.
    pub(in crate::market) fn offered(self, parts: &[Part], now: Moment) -> Result<Self, Refusal> {
        self.step(ResponseAction::Offer, parts, now)
    }

    /// The offer ended unanswered: called by the offer.
    pub(in crate::market) fn offer_ended(self, parts: &[Part], now: Moment) -> Result<Self, Refusal> {
        self.step(ResponseAction::EndOffer, parts, now)
    }

    /// The employee accepted, and so confirmed to be willing: called by the offer.
    pub(in crate::market) fn accepted(self, parts: &[Part], now: Moment) -> Result<Self, Refusal> {
        let next = self.step(ResponseAction::Accept, parts, now)?;
        Ok(Self { accepted_at: Some(now), ..next })
    }

    /// The employee declined: called by the offer.
    pub(in crate::market) fn declined(
        self,
        reason: DeclineReason,
        note: Option<String>,
        parts: &[Part],
        now: Moment,
    ) -> Result<Self, Refusal> {
        self.end(ResponseAction::Decline, OutcomeReason::Declined(reason), note, parts, now)
    }

    /// The client does not select it, and says why.
    pub fn not_select(
        self,
        reason: NotSelectedReason,
        note: Option<String>,
        parts: &[Part],
        now: Moment,
    ) -> Result<Self, Refusal> {
        let next = self.end(ResponseAction::NotSelect, OutcomeReason::NotSelected(reason), note, parts, now)?;
        let noted = next.outcome.as_ref().and_then(|outcome| outcome.note.as_deref());
        if reason == NotSelectedReason::Other && noted.is_none_or(|note| note.trim().is_empty()) {
            return Err(Refusal::invalid("note", "must say which reason it is when reason is OTHER"));
        }
        Ok(next)
    }

    /// The client offers to reopen it; nothing changes until the employee agrees.
    pub fn offer_reopening(self, assignment: &Assignment, parts: &[Part], now: Moment) -> Result<Self, Refusal> {
        let next = self.step(ResponseAction::OfferReopening, parts, now)?;
        if !assignment.is_open(now) {
            return Err(ASSIGNMENT_NOT_OPEN.refuse("A response is reopened only while the assignment is OPEN."));
        }
        Ok(Self { reopening_offered_at: Some(now), ..next })
    }

    /// Ends it because the home organisation refused; `parts` are those of whoever decided on the consent request.
    pub fn refuse_consent(self, parts: &[Part], now: Moment) -> Result<Self, Refusal> {
        self.end(ResponseAction::RefuseConsent, OutcomeReason::ConsentRefused, None, parts, now)
    }

    /// Ends it because nothing can come of it any more.
    pub fn lapse(self, reason: LapseReason, parts: &[Part], now: Moment) -> Result<Self, Refusal> {
        self.end(ResponseAction::Lapse, OutcomeReason::Lapsed(reason), None, parts, now)
    }

    /// Confirms it (invariants 14 and 15): a position is free and all ten lights are green, in one transaction.
    pub fn confirm(
        self,
        assignment: &Assignment,
        placements: PlacementTally,
        lights: &[Light; 10],
        parts: &[Part],
        now: Moment,
    ) -> Result<Self, Refusal> {
        let next = self.step(ResponseAction::Confirm, parts, now)?;
        let state = assignment.state_at(now);
        if !matches!(state, AssignmentState::Open | AssignmentState::Closed) || assignment.id != next.assignment {
            return Err(ASSIGNMENT_NOT_OPEN.refuse(format!("The assignment must be OPEN or CLOSED; it is {state}.")));
        }
        let (taken, positions) = (placements.taken(), assignment.details.positions);
        if taken >= positions {
            return Err(POSITIONS_TAKEN.refuse(format!("{taken} of {positions} positions are taken.")));
        }
        if !all_green(lights) {
            let others: Vec<String> = lights
                .iter()
                .filter(|light| light.colour != Colour::Green)
                .map(|light| described(light, parts))
                .collect();
            return Err(NOT_ALL_GREEN.refuse(format!("All ten lights must be green at once: {}.", others.join("; "))));
        }
        Ok(Self { stage: Some(PlacementStage::Confirmed), ..next })
    }

    /// Notes how far its placement is.
    #[must_use]
    pub fn at_stage(self, stage: PlacementStage, now: Moment) -> Self {
        Self { stage: Some(stage), modified_at: now, ..self }
    }

    /// Ends it because its placement was cancelled before the start.
    pub fn fall_away(self, parts: &[Part], now: Moment) -> Result<Self, Refusal> {
        let reason = OutcomeReason::Lapsed(LapseReason::PlacementFellAway);
        let ended = self.end(ResponseAction::FallAway, reason, None, parts, now)?;
        Ok(Self { stage: None, ..ended })
    }

    fn step(self, action: ResponseAction, parts: &[Part], now: Moment) -> Result<Self, Refusal> {
        let state = LIFECYCLE.step(self.state, action, parts)?;
        Ok(Self { state, modified_at: now, ..self })
    }

    fn end(
        self,
        action: ResponseAction,
        reason: OutcomeReason,
        note: Option<String>,
        parts: &[Part],
        now: Moment,
    ) -> Result<Self, Refusal> {
        let outcome = Some(Outcome { reason, note, at: now });
        Ok(Self { outcome, ..self.step(action, parts, now)? })
    }
}

/// A light that is not green, with what somebody with these parts may know of it.
fn described(light: &Light, parts: &[Part]) -> String {
    let reason = light.reason_for(parts).map(|reason| format!(" ({})", reason.as_str())).unwrap_or_default();
    let waits_for: Vec<&str> = light.waits_for_seen(parts).iter().map(|part| part.as_str()).collect();
    let waits_for =
        if waits_for.is_empty() { String::new() } else { format!(", waits for {}", waits_for.join(" or ")) };
    format!("{} is {}{reason}{waits_for}", light.name, light.colour)
}
