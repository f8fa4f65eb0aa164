//! The states of an offer and what leads from one to another.

use OfferAction as Do;
use OfferState as Is;

use crate::lifecycle::row;
use crate::{Lifecycle, Part, text_enum};

text_enum! {
    /// The state of an offer
    OfferState {
        Open = "OPEN", "Open", "Open";
        Accepted = "ACCEPTED", "Accepted", "Aangenomen";
        Declined = "DECLINED", "Declined", "Afgeslagen";
        Lapsed = "LAPSED", "Lapsed", "Vervallen";
        Withdrawn = "WITHDRAWN", "Withdrawn", "Ingetrokken";
    }
}

text_enum! {
    /// What can be done with an offer
    OfferAction {
        Accept = "ACCEPT", "Accept", "Aannemen";
        Decline = "DECLINE", "Decline", "Afslaan";
        Withdraw = "WITHDRAW", "Withdraw", "Intrekken";
        Lapse = "LAPSE", "Lapse unanswered", "Onbeantwoord vervallen";
        EndWithResponse = "END_WITH_RESPONSE", "End with the response", "Eindigen met de reactie";
    }
}

/// Who may make an offer.
pub const BEGUN_BY: &[Part] = &[Part::Client];

const IN_TIME: &str = "before the offer lapses";
const BACK: &str = "the response goes back to IN_CONVERSATION";

/// The lifecycle of an offer.
pub static LIFECYCLE: Lifecycle<OfferState, OfferAction> = Lifecycle {
    name: "offers",
    initial: &[Is::Open],
    rows: &[
        row(Is::Open, Do::Accept, Is::Accepted, &[Part::Employee], IN_TIME, "the response is ACCEPTED; S1 turns green"),
        row(Is::Open, Do::Decline, Is::Declined, &[Part::Employee], "a coded reason", "the response is DECLINED"),
        row(Is::Open, Do::Withdraw, Is::Withdrawn, &[Part::Client], "", BACK),
        row(Is::Open, Do::Lapse, Is::Lapsed, &[Part::Clock], "nobody answered in time", BACK),
        row(Is::Open, Do::EndWithResponse, Is::Lapsed, &[Part::Service], "the response has ended", ""),
    ],
};
