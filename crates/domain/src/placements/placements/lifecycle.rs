//! The states of a placement and what leads from one to another.

use PlacementAction as Do;
use PlacementState as Is;

use crate::lifecycle::row;
use crate::{Lifecycle, Part, text_enum};

text_enum! {
    /// The state of a placement
    PlacementState {
        Planned = "PLANNED", "Planned: being arranged", "Gepland: wordt geregeld";
        Confirmed = "CONFIRMED", "Confirmed", "Bevestigd";
        Blocked = "BLOCKED", "Blocked: a light fell back before the start", "Geblokkeerd: een sein viel terug voor de start";
        Running = "RUNNING", "Running", "Loopt";
        Completed = "COMPLETED", "Completed", "Voltooid";
        EndedEarly = "ENDED_EARLY", "Ended before its time", "Voortijdig beëindigd";
        Returned = "RETURNED", "Back at the home organisation", "Terug bij de moederorganisatie";
        Converted = "CONVERTED", "Became a permanent appointment", "Werd een vaste aanstelling";
        Cancelled = "CANCELLED", "Cancelled before the start", "Geannuleerd voor de start";
    }
}

impl PlacementState {
    /// Whether it takes hours from its arrangement: it was confirmed and did not fall away.
    pub fn takes_hours(self) -> bool {
        !matches!(self, Self::Planned | Self::Cancelled)
    }

    /// Whether the work is over.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Completed | Self::EndedEarly | Self::Returned | Self::Converted)
    }

    /// Whether it was confirmed and is to start or runs.
    pub fn stands(self) -> bool {
        matches!(self, Self::Confirmed | Self::Blocked | Self::Running)
    }
}

text_enum! {
    /// What can be done with a placement
    PlacementAction {
        Confirm = "CONFIRM", "Confirm", "Bevestigen";
        Cancel = "CANCEL", "Cancel", "Annuleren";
        Start = "START", "Start", "Starten";
        Block = "BLOCK", "Block", "Blokkeren";
        Unblock = "UNBLOCK", "Unblock", "Deblokkeren";
        Extend = "EXTEND", "Extend by a new version of the agreement", "Verlengen met een nieuwe versie van de overeenkomst";
        GiveNotice = "GIVE_NOTICE", "Give notice of an early end", "Voortijdig opzeggen";
        WithdrawNotice = "WITHDRAW_NOTICE", "Withdraw the notice", "De opzegging intrekken";
        EndEarly = "END_EARLY", "End before its time", "Voortijdig beëindigen";
        Complete = "COMPLETE", "Complete", "Voltooien";
        RecordReturn = "RECORD_RETURN", "Record the return", "De terugkeer vastleggen";
        Convert = "CONVERT", "Record a permanent appointment", "Een vaste aanstelling vastleggen";
    }
}

/// Who may plan a placement: the employee, whose arrangement it stands on.
pub const BEGUN_BY: &[Part] = &[Part::Employee];

const SERVICE: &[Part] = &[Part::Service, Part::Clock];
const PARTIES: &[Part] = &[Part::Employee, Part::Client, Part::HomeManager];
const PARTIES_AND_SERVICE: &[Part] = &[Part::Employee, Part::Client, Part::HomeManager, Part::Service, Part::Clock];
const HOME_OR_EMPLOYEE: &[Part] = &[Part::Employee, Part::HomeManager, Part::OrganisationAdministrator];

const TEN: &str = "all ten lights are green and a position is free, in one transaction";
const TOLD: &str = "all parties are told";
const FREE: &str = "its response ends, its position and its hours are free again; all parties are told";
const NOTICE: &str = "a coded reason; the last day lies after the notice term of the return guarantee";
const RETURN: &str = "after the last day; on time is at most the first working day after it";
const APPOINTED: &str = "the first day of the appointment";
const DAY: &str = "its first day has come and all ten lights are green";

/// The lifecycle of a placement. With the light flow it is done when it is COMPLETED: nobody was away.
pub static LIFECYCLE: Lifecycle<PlacementState, PlacementAction> = Lifecycle {
    name: "placements",
    initial: &[Is::Planned],
    rows: &[
        row(Is::Planned, Do::Confirm, Is::Confirmed, &[Part::Client, Part::Service], TEN, "the response is CONFIRMED"),
        row(Is::Planned, Do::Cancel, Is::Cancelled, &[Part::Employee, Part::Service, Part::Clock], "", ""),
        row(Is::Confirmed, Do::Start, Is::Running, SERVICE, DAY, TOLD),
        row(
            Is::Confirmed,
            Do::Block,
            Is::Blocked,
            SERVICE,
            "a light is not green",
            "all parties are told which and who can act",
        ),
        row(
            Is::Confirmed,
            Do::Cancel,
            Is::Cancelled,
            PARTIES_AND_SERVICE,
            "a coded reason; before the first day",
            FREE,
        ),
        row(Is::Blocked, Do::Unblock, Is::Confirmed, SERVICE, "all ten lights are green again", TOLD),
        row(Is::Blocked, Do::Start, Is::Running, SERVICE, DAY, TOLD),
        row(Is::Blocked, Do::Cancel, Is::Cancelled, PARTIES_AND_SERVICE, "a coded reason", FREE),
        row(
            Is::Running,
            Do::Extend,
            Is::Running,
            &[Part::Service],
            "a later version of the agreement is signed by all",
            TOLD,
        ),
        row(Is::Running, Do::GiveNotice, Is::Running, PARTIES, NOTICE, TOLD),
        row(Is::Running, Do::WithdrawNotice, Is::Running, PARTIES, "by who gave it", TOLD),
        row(Is::Running, Do::EndEarly, Is::EndedEarly, SERVICE, "the last day of the notice is over", TOLD),
        row(Is::Running, Do::Complete, Is::Completed, SERVICE, "its last day is over", TOLD),
        row(Is::Running, Do::Convert, Is::Converted, HOME_OR_EMPLOYEE, APPOINTED, TOLD),
        row(Is::Completed, Do::RecordReturn, Is::Returned, HOME_OR_EMPLOYEE, RETURN, TOLD),
        row(Is::Completed, Do::Convert, Is::Converted, HOME_OR_EMPLOYEE, APPOINTED, TOLD),
        row(Is::EndedEarly, Do::RecordReturn, Is::Returned, HOME_OR_EMPLOYEE, RETURN, TOLD),
        row(Is::EndedEarly, Do::Convert, Is::Converted, HOME_OR_EMPLOYEE, APPOINTED, TOLD),
    ],
};
