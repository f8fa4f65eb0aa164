//! From open to done, or to an end without result; nobody who responded is left without an outcome.

use super::{Assignment, AssignmentAction, AssignmentState, LIFECYCLE};
use crate::market::codes::{PLACEMENTS_STAND, POSITIONS_NOT_FILLED, POSITIONS_TAKEN, RESPONDERS_WITHOUT_OUTCOME};
use crate::market::responses::{LapseReason, Response};
use crate::{Moment, Part, Refusal, TextEnum, text_enum};

text_enum! {
    /// Why a klus was cancelled
    CancellationReason {
        NoLongerNeeded = "NO_LONGER_NEEDED", "The work is no longer needed", "Het werk is niet meer nodig";
        Postponed = "POSTPONED", "The work comes later", "Het werk komt later";
        BudgetWithdrawn = "BUDGET_WITHDRAWN", "There is no budget any more", "Er is geen budget meer";
        FilledOtherwise = "FILLED_OTHERWISE", "Somebody does it already", "Iemand doet het al";
        PublishedInError = "PUBLISHED_IN_ERROR", "Published in error", "Per vergissing geplaatst";
        AgainstTheRules = "AGAINST_THE_RULES", "Against the rules of the market", "In strijd met de spelregels";
        Other = "OTHER", "Another reason", "Een andere reden";
    }
}

text_enum! {
    /// Why a klus ended without a placement
    ExpiryReason {
        NoResponses = "NO_RESPONSES", "Nobody responded", "Niemand heeft gereageerd";
        NoCandidatesFound = "NO_CANDIDATES_FOUND", "Nobody suitable was found", "Geen geschikte kandidaat gevonden";
        CandidatesDeclined = "CANDIDATES_DECLINED", "The candidates declined", "De kandidaten zagen ervan af";
        NotReleased = "NOT_RELEASED", "The home organisation did not release anybody", "De moederorganisatie gaf geen ruimte";
        HiredExternally = "HIRED_EXTERNALLY", "Somebody was hired from outside", "Er is extern ingehuurd";
        PeriodPassed = "PERIOD_PASSED", "The period has passed", "De periode is voorbij";
        Other = "OTHER", "Another reason", "Een andere reden";
    }
}

/// Why a klus ended without result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndingReason {
    /// It was cancelled.
    Cancelled(CancellationReason),
    /// It expired without a placement.
    Expired(ExpiryReason),
}

impl EndingReason {
    /// The value as it stands in the contract and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Cancelled(reason) => reason.as_str(),
            Self::Expired(reason) => reason.as_str(),
        }
    }

    /// The reason of this text, in the list that belongs to the state.
    pub fn parse(state: AssignmentState, text: &str) -> Option<Self> {
        match state {
            AssignmentState::Cancelled => CancellationReason::parse(text).map(Self::Cancelled),
            AssignmentState::Expired => ExpiryReason::parse(text).map(Self::Expired),
            _ => None,
        }
    }
}

/// How a klus ended without result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    /// The coded reason.
    pub reason: EndingReason,
    /// What the owner adds; needed where the reason is OTHER.
    pub note: Option<String>,
    /// When.
    pub at: Moment,
}

/// How many placements an assignment has, counted in the transaction that decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PlacementTally {
    /// Confirmed and not started.
    pub confirmed: u32,
    /// Started and not ended.
    pub running: u32,
    /// Started and ended.
    pub ended: u32,
}

impl PlacementTally {
    /// The positions they take. One that fell away before its start takes none.
    pub fn taken(self) -> u32 {
        self.confirmed.saturating_add(self.running).saturating_add(self.ended)
    }
}

/// An assignment at its end, with the responses that lapsed because of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Ended {
    /// The assignment.
    pub assignment: Assignment,
    /// The responses that got their outcome by it; to be saved and told in the same transaction.
    pub lapsed: Vec<Response>,
}

impl Assignment {
    /// Closes it for responses before its deadline; at the deadline the clock saves `as_of`.
    pub fn close(self, parts: &[Part], now: Moment) -> Result<Self, Refusal> {
        let this = self.as_of(now);
        let state = LIFECYCLE.step(this.state, AssignmentAction::Close, parts)?;
        Ok(Self { state, closed_at: Some(now), modified_at: now, ..this })
    }

    /// Opens it again until a new deadline, for everybody for whom it was open.
    pub fn reopen(
        self,
        deadline: Moment,
        placements: PlacementTally,
        parts: &[Part],
        now: Moment,
    ) -> Result<Self, Refusal> {
        let this = self.as_of(now);
        let state = LIFECYCLE.step(this.state, AssignmentAction::Reopen, parts)?;
        let earliest = this.plan.as_ref().and_then(super::PublicationPlan::earliest_deadline);
        if deadline <= now || earliest.is_some_and(|earliest| deadline < earliest) {
            return Err(Refusal::invalid(
                "deadline",
                "must be in the future, and at least five working days after the widest ring opens",
            ));
        }
        if placements.taken() >= this.details.positions {
            return Err(POSITIONS_TAKEN.refuse("Raise the number of positions first: all of them are taken."));
        }
        let plan = this.plan.map(|plan| plan.lasting_until(deadline));
        Ok(Self { state, plan, deadline: Some(deadline), closed_at: None, modified_at: now, ..this })
    }

    /// Notes that every position is filled.
    pub fn fill(self, placements: PlacementTally, parts: &[Part], now: Moment) -> Result<Self, Refusal> {
        let this = self.as_of(now);
        let state = LIFECYCLE.step(this.state, AssignmentAction::Fill, parts)?;
        let (taken, positions) = (placements.taken(), this.details.positions);
        if taken != positions {
            return Err(POSITIONS_NOT_FILLED.refuse(format!("{taken} of {positions} positions are taken.")));
        }
        Ok(Self { state, modified_at: now, ..this })
    }

    /// Notes that a placement fell away before its start.
    pub fn unfill(self, placements: PlacementTally, parts: &[Part], now: Moment) -> Result<Self, Refusal> {
        let state = LIFECYCLE.step(self.state, AssignmentAction::Unfill, parts)?;
        if placements.taken() >= self.details.positions {
            return Err(POSITIONS_TAKEN.refuse("Every position is taken still."));
        }
        Ok(Self { state, modified_at: now, ..self })
    }

    /// Completes it when every placement has ended. `open` are the responses without an outcome.
    pub fn complete(
        self,
        placements: PlacementTally,
        open: Vec<Response>,
        parts: &[Part],
        now: Moment,
    ) -> Result<Ended, Refusal> {
        let state = LIFECYCLE.step(self.state, AssignmentAction::Complete, parts)?;
        if placements.confirmed > 0 || placements.running > 0 || placements.ended == 0 {
            return Err(PLACEMENTS_STAND.refuse("Every placement must have ended first."));
        }
        self.ended(state, None, open, LapseReason::AssignmentCompleted, now)
    }

    /// Cancels it while no placement runs. `open` are the responses without an outcome.
    pub fn cancel(
        self,
        cancellation: (CancellationReason, Option<String>),
        placements: PlacementTally,
        open: Vec<Response>,
        parts: &[Part],
        now: Moment,
    ) -> Result<Ended, Refusal> {
        let this = self.as_of(now);
        let state = LIFECYCLE.step(this.state, AssignmentAction::Cancel, parts)?;
        let (reason, note) = cancellation;
        check_note(reason == CancellationReason::Other, note.as_deref())?;
        if placements.running > 0 {
            return Err(PLACEMENTS_STAND.refuse("A placement runs: it is ended within its notice term, not cancelled."));
        }
        let ending = Ending { reason: EndingReason::Cancelled(reason), note, at: now };
        this.ended(state, Some(ending), open, LapseReason::AssignmentCancelled, now)
    }

    /// Ends it without a placement. `open` are the responses without an outcome.
    pub fn expire(
        self,
        expiry: (ExpiryReason, Option<String>),
        placements: PlacementTally,
        open: Vec<Response>,
        parts: &[Part],
        now: Moment,
    ) -> Result<Ended, Refusal> {
        let this = self.as_of(now);
        let state = LIFECYCLE.step(this.state, AssignmentAction::Expire, parts)?;
        let (reason, note) = expiry;
        check_note(reason == ExpiryReason::Other, note.as_deref())?;
        if placements.taken() > 0 {
            return Err(PLACEMENTS_STAND.refuse("It expires only without any placement."));
        }
        let ending = Ending { reason: EndingReason::Expired(reason), note, at: now };
        this.ended(state, Some(ending), open, LapseReason::AssignmentExpired, now)
    }

    /// Invariant 17: no end while somebody who responded would stay without an outcome.
    fn ended(
        self,
        state: AssignmentState,
        ending: Option<Ending>,
        open: Vec<Response>,
        reason: LapseReason,
        now: Moment,
    ) -> Result<Ended, Refusal> {
        let mut lapsed = Vec::with_capacity(open.len());
        for response in open {
            if response.assignment != self.id {
                return Err(RESPONDERS_WITHOUT_OUTCOME.refuse("A response of another assignment was counted."));
            }
            lapsed.push(if response.has_outcome() {
                response
            } else {
                response.lapse(reason, &[Part::Service], now)?
            });
        }
        Ok(Ended { assignment: Self { state, ending, modified_at: now, ..self }, lapsed })
    }
}

fn check_note(needed: bool, note: Option<&str>) -> Result<(), Refusal> {
    if needed && note.is_none_or(|note| note.trim().is_empty()) {
        return Err(Refusal::invalid("note", "must say which reason it is when reason is OTHER"));
    }
    Ok(())
}
