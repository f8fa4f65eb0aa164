//! How a response ended: everybody who responded gets to know it, with a coded reason.

use super::ResponseState;
use crate::{Moment, TextEnum, text_enum};

text_enum! {
    /// Why a client did not select somebody
    NotSelectedReason {
        AnotherChosen = "ANOTHER_CHOSEN", "Somebody else was chosen", "Er is iemand anders gekozen";
        RequirementsNotMet = "REQUIREMENTS_NOT_MET", "The requirements are not met", "Er is niet aan de eisen voldaan";
        AvailabilityDiffers = "AVAILABILITY_DIFFERS", "Hours or period do not fit", "Uren of periode passen niet";
        NoClick = "NO_CLICK", "There was no click", "Er was geen klik";
        PositionsFilled = "POSITIONS_FILLED", "All positions are filled", "Alle plaatsen zijn bezet";
        AssignmentChanged = "ASSIGNMENT_CHANGED", "The assignment has changed", "De klus is veranderd";
        NotArranged = "NOT_ARRANGED", "It could not be arranged in time", "Het kon niet op tijd worden geregeld";
        Other = "OTHER", "Another reason", "Een andere reden";
    }
}

text_enum! {
    /// Why an employee declined an offer; it never counts against them
    DeclineReason {
        HoursDiffer = "HOURS_DIFFER", "The hours do not fit", "De uren passen niet";
        PeriodDiffers = "PERIOD_DIFFERS", "The period does not fit", "De periode past niet";
        ContentDiffers = "CONTENT_DIFFERS", "The work is not what I expected", "Het werk is anders dan verwacht";
        NoClick = "NO_CLICK", "There was no click", "Er was geen klik";
        ChoseAnother = "CHOSE_ANOTHER", "I chose another assignment", "Ik koos een andere klus";
        CannotBeReleased = "CANNOT_BE_RELEASED", "My own work does not allow it", "Mijn eigen werk laat het niet toe";
        Personal = "PERSONAL", "A personal reason", "Een persoonlijke reden";
        Other = "OTHER", "Another reason", "Een andere reden";
    }
}

text_enum! {
    /// Why a response lapsed
    LapseReason {
        AssignmentCancelled = "ASSIGNMENT_CANCELLED", "The assignment was cancelled", "De klus is ingetrokken";
        AssignmentExpired = "ASSIGNMENT_EXPIRED", "The assignment ended without a placement", "De klus eindigde zonder plaatsing";
        AssignmentCompleted = "ASSIGNMENT_COMPLETED", "The assignment was done by others", "De klus is door anderen gedaan";
        PlacementFellAway = "PLACEMENT_FELL_AWAY", "The placement was cancelled before its start", "De plaatsing is voor de start geannuleerd";
        EmploymentEnded = "EMPLOYMENT_ENDED", "The employment it was submitted from has ended", "Het dienstverband waaruit werd gereageerd is geëindigd";
        DeadlinePassed = "DEADLINE_PASSED", "The deadline passed before it was submitted", "De termijn verstreek voor het indienen";
    }
}

/// Why a response ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutcomeReason {
    /// The employee withdrew; nobody asks why.
    Withdrawn,
    /// The client did not select them.
    NotSelected(NotSelectedReason),
    /// The employee declined the offer.
    Declined(DeclineReason),
    /// Nothing came of it in time.
    Lapsed(LapseReason),
    /// The home organisation refused; why stands on the consent request.
    ConsentRefused,
}

impl OutcomeReason {
    /// The value as it stands in the contract and in the database; none where the state says it all.
    pub fn as_str(self) -> Option<&'static str> {
        match self {
            Self::Withdrawn | Self::ConsentRefused => None,
            Self::NotSelected(reason) => Some(reason.as_str()),
            Self::Declined(reason) => Some(reason.as_str()),
            Self::Lapsed(reason) => Some(reason.as_str()),
        }
    }

    /// The reason of this text, in the list that belongs to the state.
    pub fn parse(state: ResponseState, text: Option<&str>) -> Option<Self> {
        match (state, text) {
            (ResponseState::Withdrawn, None) => Some(Self::Withdrawn),
            (ResponseState::ConsentRefused, None) => Some(Self::ConsentRefused),
            (ResponseState::NotSelected, Some(text)) => NotSelectedReason::parse(text).map(Self::NotSelected),
            (ResponseState::Declined, Some(text)) => DeclineReason::parse(text).map(Self::Declined),
            (ResponseState::Lapsed, Some(text)) => LapseReason::parse(text).map(Self::Lapsed),
            _ => None,
        }
    }
}

/// How a response ended (uitkomst).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The coded reason.
    pub reason: OutcomeReason,
    /// What was added, for the other side to read.
    pub note: Option<String>,
    /// When.
    pub at: Moment,
}
