//! The states of an arrangement and what leads from one to another.

use ArrangementAction as Do;
use ArrangementState as Is;

use crate::lifecycle::row;
use crate::{Lifecycle, Part, text_enum};

text_enum! {
    /// The state of an arrangement
    ArrangementState {
        Draft = "DRAFT", "Draft", "Concept";
        Proposed = "PROPOSED", "Proposed: signed by one of the two", "Voorgesteld: door een van beiden ondertekend";
        Agreed = "AGREED", "Agreed: signed by both", "Overeengekomen: door beiden ondertekend";
        Active = "ACTIVE", "In force", "Van kracht";
        Paused = "PAUSED", "Paused", "Gepauzeerd";
        Ended = "ENDED", "Ended", "Beëindigd";
        Refused = "REFUSED", "Refused", "Afgewezen";
        Withdrawn = "WITHDRAWN", "Withdrawn before it was agreed", "Ingetrokken voor ondertekening";
    }
}

impl ArrangementState {
    /// Whether both have signed it and it has not ended.
    pub fn holds(self) -> bool {
        matches!(self, Self::Agreed | Self::Active | Self::Paused)
    }

    /// Whether nothing comes of it any more.
    pub fn is_end(self) -> bool {
        matches!(self, Self::Ended | Self::Refused | Self::Withdrawn)
    }
}

text_enum! {
    /// What can be done with an arrangement
    ArrangementAction {
        Revise = "REVISE", "Revise", "Wijzigen";
        Propose = "PROPOSE", "Propose, and so sign", "Voorstellen, en daarmee ondertekenen";
        Sign = "SIGN", "Sign", "Ondertekenen";
        Refuse = "REFUSE", "Refuse", "Afwijzen";
        Withdraw = "WITHDRAW", "Withdraw", "Intrekken";
        Activate = "ACTIVATE", "Take effect", "Ingaan";
        Pause = "PAUSE", "Pause", "Pauzeren";
        Resume = "RESUME", "Resume", "Hervatten";
        End = "END", "End", "Beëindigen";
    }
}

/// Both sides: the employee, and the manager, in whose place the administrator stands where there is none.
const BOTH: &[Part] = &[Part::Employee, Part::HomeManager, Part::OrganisationAdministrator];
const CLOCK: &[Part] = &[Part::Clock];
const BOTH_AND_CLOCK: &[Part] =
    &[Part::Employee, Part::HomeManager, Part::OrganisationAdministrator, Part::Clock, Part::Service];

/// Who may draft an arrangement.
pub const BEGUN_BY: &[Part] = BOTH;

const OTHER_SIDE: &str = "the side that did not propose it";
const OWN_SIDE: &str = "the side that wrote it";
const NO_PLACEMENT: &str = "no placement stands on it";
const VOID: &str = "what was signed is void";
const RULES: &str = "what variant, policy and contract demand is there; the function is not excluded";

/// The lifecycle of an arrangement.
pub static LIFECYCLE: Lifecycle<ArrangementState, ArrangementAction> = Lifecycle {
    name: "arrangements",
    initial: &[Is::Draft],
    rows: &[
        row(Is::Draft, Do::Revise, Is::Draft, BOTH, OWN_SIDE, ""),
        row(Is::Draft, Do::Propose, Is::Proposed, BOTH, RULES, "signs for who proposes; the other side is asked"),
        row(Is::Draft, Do::Withdraw, Is::Withdrawn, BOTH, OWN_SIDE, ""),
        row(Is::Proposed, Do::Revise, Is::Draft, BOTH, "", VOID),
        row(Is::Proposed, Do::Sign, Is::Agreed, BOTH, OTHER_SIDE, "an earlier version ends the day before it begins"),
        row(Is::Proposed, Do::Refuse, Is::Refused, BOTH, "the side that did not propose it; a reason", "it is told"),
        row(Is::Proposed, Do::Withdraw, Is::Withdrawn, BOTH, OWN_SIDE, "the other side is told"),
        row(Is::Agreed, Do::Activate, Is::Active, CLOCK, "its first day has come", ""),
        row(Is::Agreed, Do::End, Is::Ended, BOTH, NO_PLACEMENT, "both are told"),
        row(Is::Active, Do::Pause, Is::Paused, BOTH, "", "no placement is confirmed or starts on it"),
        row(Is::Active, Do::End, Is::Ended, BOTH_AND_CLOCK, "no placement stands on it, or its last day is over", ""),
        row(Is::Paused, Do::Resume, Is::Active, BOTH, "", ""),
        row(Is::Paused, Do::End, Is::Ended, BOTH_AND_CLOCK, "no placement stands on it, or its last day is over", ""),
    ],
};
