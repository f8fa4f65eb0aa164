//! Responses: somebody wants to do a klus. Each is the dossier in which ten lights turn green, or not.

mod answering;
mod lifecycle;
mod outcomes;
mod selecting;
mod standing;
#[cfg(test)]
mod tests;

pub use answering::{Answering, HomeSituation, check_mobility};
pub use lifecycle::{BEGUN_BY, LIFECYCLE, ResponseAction, ResponseState};
pub use outcomes::{DeclineReason, LapseReason, NotSelectedReason, Outcome, OutcomeReason};
pub use standing::Around;

use super::effort::Effort;
use crate::{AssignmentId, EmploymentId, MobilityPolicyId, Moment, OrganisationId, PersonId, ResponseId, text_enum};

text_enum! {
    /// The way by which somebody came to respond (kanaal)
    ResponseChannel {
        Own = "OWN", "Found it themselves", "Zelf gevonden";
        Invitation = "INVITATION", "Was invited", "Uitgenodigd";
        Referral = "REFERRAL", "Was referred", "Doorverwezen";
        Broker = "BROKER", "Through a broker", "Via een bemiddelaar";
        Federation = "FEDERATION", "Through another instance", "Via een andere instantie";
    }
}

text_enum! {
    /// How far the placement is that a response led to
    PlacementStage {
        Confirmed = "CONFIRMED", "Confirmed, not started", "Bevestigd, niet begonnen";
        Running = "RUNNING", "Started, not ended", "Begonnen, niet beëindigd";
        Ended = "ENDED", "Ended", "Beëindigd";
    }
}

/// A response (reactie) of an employee to an assignment.
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    /// Identifies it.
    pub id: ResponseId,
    /// Counts its changes.
    pub revision: i64,
    /// What it responds to.
    pub assignment: AssignmentId,
    /// Whose response it is.
    pub person: PersonId,
    /// What they write.
    pub content: ResponseContent,
    /// The way by which they came.
    pub channel: ResponseChannel,
    /// Where they came from when they submitted it; none while it is a draft.
    pub home: Option<HomeAtSubmission>,
    /// Its state.
    pub state: ResponseState,
    /// How far its placement is; none until it is confirmed.
    pub stage: Option<PlacementStage>,
    /// How it ended, if it did.
    pub outcome: Option<Outcome>,
    /// When the client offered to reopen it.
    pub reopening_offered_at: Option<Moment>,
    /// When it was last submitted.
    pub submitted_at: Option<Moment>,
    /// When the employee accepted the offer, and so confirmed to be willing.
    pub accepted_at: Option<Moment>,
    /// When it was begun.
    pub created_at: Moment,
    /// When it last changed.
    pub modified_at: Moment,
}

/// What an employee writes in a response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResponseContent {
    /// Why they want to do it.
    pub motivation: String,
    /// What they want to learn by it.
    pub learning_goal: Option<String>,
    /// The hours they offer; the hours asked where it is left out.
    pub effort: Option<Effort>,
}

/// Where somebody came from when they submitted: a dossier keeps the policy it started under.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HomeAtSubmission {
    /// The home organisation.
    pub organisation: OrganisationId,
    /// The employment.
    pub employment: EmploymentId,
    /// The version of the policy; none where the organisation has laid down nothing and the platform's defaults hold.
    pub policy: Option<MobilityPolicyId>,
}

/// What somebody states to begin a response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResponseDraft {
    /// Whose response it is.
    pub person: PersonId,
    /// What they write.
    pub content: ResponseContent,
    /// The way by which they came.
    pub channel: ResponseChannel,
}

impl Response {
    /// Whether it counts as the one response of this person: not ended without a placement.
    pub fn is_live(&self) -> bool {
        !self.state.is_end()
    }

    /// Whether the person knows how it ended.
    pub fn has_outcome(&self) -> bool {
        self.state.is_end() || self.state == ResponseState::Confirmed
    }

    /// Whether it was submitted and has not ended: consent can be asked, lights can turn.
    pub fn is_under_way(&self) -> bool {
        self.is_live() && !matches!(self.state, ResponseState::Draft | ResponseState::Confirmed)
    }

    /// Whether it is confirmed and its placement has not started: consent that was revoked can be asked again.
    pub fn waits_to_start(&self) -> bool {
        self.state == ResponseState::Confirmed && self.stage == Some(PlacementStage::Confirmed)
    }
}
