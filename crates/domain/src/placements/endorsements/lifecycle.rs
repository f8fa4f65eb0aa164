//! The states of an endorsement and what leads from one to another.

use EndorsementAction as Do;
use EndorsementState as Is;

use crate::lifecycle::row;
use crate::{Lifecycle, Part, text_enum};

text_enum! {
    /// The state of an endorsement
    EndorsementState {
        Offered = "OFFERED", "Waits for the employee to decide", "Wacht op de keuze van de medewerker";
        Shown = "SHOWN", "Shown on the profile", "Zichtbaar op het profiel";
        Hidden = "HIDDEN", "Not shown", "Niet zichtbaar";
        Withdrawn = "WITHDRAWN", "Withdrawn by who gave it", "Ingetrokken door de schrijver";
    }
}

text_enum! {
    /// What can be done with an endorsement
    EndorsementAction {
        Show = "SHOW", "Show it on the profile", "Op het profiel tonen";
        Hide = "HIDE", "Not show it", "Niet tonen";
        Withdraw = "WITHDRAW", "Withdraw it", "Intrekken";
    }
}

const OWNER: &[Part] = &[Part::Employee];
const WRITER: &[Part] = &[Part::Client, Part::HomeManager];

/// Who gives endorsements: those the work was done for, and those who lent somebody.
pub const BEGUN_BY: &[Part] = WRITER;

/// The lifecycle of an endorsement. The employee alone decides whether it shows, and may decide otherwise at any time.
pub static LIFECYCLE: Lifecycle<EndorsementState, EndorsementAction> = Lifecycle {
    name: "endorsements",
    initial: &[Is::Offered],
    rows: &[
        row(Is::Offered, Do::Show, Is::Shown, OWNER, "", ""),
        row(Is::Offered, Do::Hide, Is::Hidden, OWNER, "", ""),
        row(Is::Shown, Do::Hide, Is::Hidden, OWNER, "", ""),
        row(Is::Hidden, Do::Show, Is::Shown, OWNER, "", ""),
        row(Is::Offered, Do::Withdraw, Is::Withdrawn, WRITER, "by who gave it", "the employee is told"),
        row(Is::Shown, Do::Withdraw, Is::Withdrawn, WRITER, "by who gave it", "the employee is told"),
        row(Is::Hidden, Do::Withdraw, Is::Withdrawn, WRITER, "by who gave it", "the employee is told"),
    ],
};
