//! The states of a timesheet and what leads from one to another.

use TimesheetAction as Do;
use TimesheetState as Is;

use crate::lifecycle::row;
use crate::{Lifecycle, Part, text_enum};

text_enum! {
    /// The state of a timesheet
    TimesheetState {
        Open = "OPEN", "Open", "Open";
        Submitted = "SUBMITTED", "Submitted", "Ingediend";
        Approved = "APPROVED", "Approved by the host", "Goedgekeurd door de inlener";
        Rejected = "REJECTED", "Rejected by the host", "Afgekeurd door de inlener";
        Charged = "CHARGED", "Charged: every line stands in a statement", "Doorbelast: elke regel staat in een doorbelasting";
    }
}

impl TimesheetState {
    /// Whether the employee, or the host after them, is still to finish it.
    pub fn is_pending(self) -> bool {
        matches!(self, Self::Open | Self::Submitted | Self::Rejected)
    }

    /// Whether its hours are agreed between employee and host.
    pub fn is_settled(self) -> bool {
        matches!(self, Self::Approved | Self::Charged)
    }
}

text_enum! {
    /// What can be done with a timesheet
    TimesheetAction {
        Revise = "REVISE", "Revise", "Wijzigen";
        Submit = "SUBMIT", "Submit", "Indienen";
        Recall = "RECALL", "Recall", "Terughalen";
        Approve = "APPROVE", "Approve", "Goedkeuren";
        Reject = "REJECT", "Reject", "Afkeuren";
        Charge = "CHARGE", "Charge", "Doorbelasten";
        Uncharge = "UNCHARGE", "Take out of a draft statement", "Uit een conceptdoorbelasting halen";
    }
}

const EMPLOYEE: &[Part] = &[Part::Employee];
const CLIENT: &[Part] = &[Part::Client];
const SERVICE: &[Part] = &[Part::Service];

/// Who writes hours: nobody but who worked them.
pub const BEGUN_BY: &[Part] = EMPLOYEE;

/// Who reads the hours of single days, once they are submitted. Administrators read totals.
pub const READ_BY: &[Part] = &[Part::Employee, Part::Client, Part::HomeManager, Part::Finance, Part::HostFinance];

/// The lifecycle of a timesheet. Once approved it is never changed: a correction follows it.
pub static LIFECYCLE: Lifecycle<TimesheetState, TimesheetAction> = Lifecycle {
    name: "timesheets",
    initial: &[Is::Open],
    rows: &[
        row(Is::Open, Do::Revise, Is::Open, EMPLOYEE, "", ""),
        row(
            Is::Open,
            Do::Submit,
            Is::Submitted,
            EMPLOYEE,
            "no day to come; the hours fit in the week of the arrangement and in those agreed",
            "the client is told",
        ),
        row(Is::Submitted, Do::Recall, Is::Open, EMPLOYEE, "", ""),
        row(
            Is::Submitted,
            Do::Approve,
            Is::Approved,
            CLIENT,
            "nobody approves hours of their own",
            "the employee is told",
        ),
        row(Is::Submitted, Do::Reject, Is::Rejected, CLIENT, "a reason", "the employee is told"),
        row(Is::Rejected, Do::Revise, Is::Open, EMPLOYEE, "", ""),
        row(Is::Approved, Do::Charge, Is::Charged, SERVICE, "every line stands in a statement", ""),
        row(Is::Charged, Do::Uncharge, Is::Approved, SERVICE, "the draft statement was discarded", ""),
    ],
};
