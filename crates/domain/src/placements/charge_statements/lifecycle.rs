//! The states of a charge statement and what leads from one to another.

use ChargeStatementAction as Do;
use ChargeStatementState as Is;

use crate::lifecycle::row;
use crate::{Lifecycle, Part, text_enum};

text_enum! {
    /// The state of a charge statement
    ChargeStatementState {
        Draft = "DRAFT", "Draft", "Concept";
        Issued = "ISSUED", "Issued", "Verstuurd";
        Accepted = "ACCEPTED", "Accepted", "Geaccepteerd";
        Disputed = "DISPUTED", "Disputed", "Betwist";
        Paid = "PAID", "Paid", "Betaald";
        Discarded = "DISCARDED", "Discarded before it was issued", "Vervallen voor verzending";
    }
}

text_enum! {
    /// What can be done with a charge statement
    ChargeStatementAction {
        Issue = "ISSUE", "Issue", "Versturen";
        Discard = "DISCARD", "Discard", "Laten vervallen";
        Accept = "ACCEPT", "Accept", "Accepteren";
        Dispute = "DISPUTE", "Dispute", "Betwisten";
        Pay = "PAY", "Record the payment", "De betaling vastleggen";
    }
}

const HOME: &[Part] = &[Part::Finance];
const HOST: &[Part] = &[Part::HostFinance];

/// Who makes charge statements.
pub const BEGUN_BY: &[Part] = HOME;

/// The lifecycle of a charge statement. Once issued it is never changed: a counter-statement follows it.
pub static LIFECYCLE: Lifecycle<ChargeStatementState, ChargeStatementAction> = Lifecycle {
    name: "charge-statements",
    initial: &[Is::Draft],
    rows: &[
        row(Is::Draft, Do::Issue, Is::Issued, HOME, "", "it gets the next number of the issuer; the host is told"),
        row(Is::Draft, Do::Discard, Is::Discarded, HOME, "", "its hours can be charged again"),
        row(Is::Issued, Do::Accept, Is::Accepted, HOST, "", "the home organisation is told"),
        row(Is::Issued, Do::Dispute, Is::Disputed, HOST, "a reason", "the home organisation is told"),
        row(
            Is::Disputed,
            Do::Accept,
            Is::Accepted,
            HOST,
            "after a correction and its counter-statement, or as it is",
            "the home organisation is told",
        ),
        row(Is::Accepted, Do::Pay, Is::Paid, HOME, "the day of the payment", "the host is told"),
    ],
};
