//! The states of a response and what leads from one to another.

use ResponseAction as Do;
use ResponseState as Is;

use crate::lifecycle::row;
use crate::{Lifecycle, Part, text_enum};

text_enum! {
    /// The state of a response
    ResponseState {
        Draft = "DRAFT", "Draft", "Concept";
        Submitted = "SUBMITTED", "Submitted", "Ingediend";
        InReview = "IN_REVIEW", "In review", "In behandeling";
        InConversation = "IN_CONVERSATION", "In conversation", "In gesprek";
        Offered = "OFFERED", "Offered", "Aangeboden";
        Accepted = "ACCEPTED", "Accepted", "Aangenomen";
        Confirmed = "CONFIRMED", "Confirmed", "Bevestigd";
        Withdrawn = "WITHDRAWN", "Withdrawn", "Ingetrokken";
        NotSelected = "NOT_SELECTED", "Not selected", "Niet gekozen";
        Declined = "DECLINED", "Declined", "Afgeslagen";
        Lapsed = "LAPSED", "Lapsed", "Vervallen";
        ConsentRefused = "CONSENT_REFUSED", "Consent refused", "Geen toestemming";
    }
}

impl ResponseState {
    /// Whether it ended without a placement.
    pub fn is_end(self) -> bool {
        matches!(self, Self::Withdrawn | Self::NotSelected | Self::Declined | Self::Lapsed | Self::ConsentRefused)
    }
}

text_enum! {
    /// What can be done with a response
    ResponseAction {
        Revise = "REVISE", "Revise", "Wijzigen";
        Submit = "SUBMIT", "Submit", "Indienen";
        Consider = "CONSIDER", "Take into consideration", "In behandeling nemen";
        InviteToTalk = "INVITE_TO_TALK", "Invite for a conversation", "Uitnodigen voor een gesprek";
        Offer = "OFFER", "Make an offer", "Een aanbod doen";
        EndOffer = "END_OFFER", "End the offer unanswered", "Het aanbod onbeantwoord beëindigen";
        Accept = "ACCEPT", "Accept the offer", "Het aanbod aannemen";
        Decline = "DECLINE", "Decline the offer", "Het aanbod afslaan";
        Confirm = "CONFIRM", "Confirm", "Bevestigen";
        Withdraw = "WITHDRAW", "Withdraw", "Intrekken";
        NotSelect = "NOT_SELECT", "Not select", "Niet kiezen";
        OfferReopening = "OFFER_REOPENING", "Offer to reopen", "Heropening aanbieden";
        AcceptReopening = "ACCEPT_REOPENING", "Agree to reopen", "Instemmen met heropening";
        RefuseConsent = "REFUSE_CONSENT", "End for lack of consent", "Beëindigen wegens geen toestemming";
        Lapse = "LAPSE", "Lapse", "Vervallen";
        FallAway = "FALL_AWAY", "Fall away with the placement", "Wegvallen met de plaatsing";
    }
}

const EMPLOYEE: &[Part] = &[Part::Employee];
const CLIENT: &[Part] = &[Part::Client];
const CLOCK: &[Part] = &[Part::Clock, Part::Service];
const CONSENT: &[Part] = &[Part::HomeManager, Part::MobilityAdviser, Part::OrganisationAdministrator, Part::Clock];

const OPEN: &str = "the assignment is open and the employee stands in an opened ring";
const REASON: &str = "a coded reason";
const REFUSED: &str = "the consent request was refused";
const ENDED: &str = "the assignment or the employment has ended, or the deadline passed over a draft";
const TELL_EMPLOYEE: &str = "the employee is told";
const TELL_CLIENT: &str = "the client is told";
const ALL_ENDS: &str = "open offers, conversations and consent requests end with it";

/// Who may prepare a new response; only the employee submits it.
pub const BEGUN_BY: &[Part] = &[Part::Employee, Part::Broker];

/// The lifecycle of a response.
pub static LIFECYCLE: Lifecycle<ResponseState, ResponseAction> = Lifecycle {
    name: "responses",
    initial: &[Is::Draft],
    rows: &[
        row(Is::Draft, Do::Revise, Is::Draft, BEGUN_BY, "", ""),
        row(Is::Draft, Do::Submit, Is::Submitted, EMPLOYEE, OPEN, TELL_CLIENT),
        row(Is::Draft, Do::Withdraw, Is::Withdrawn, EMPLOYEE, "", ""),
        row(Is::Draft, Do::Lapse, Is::Lapsed, CLOCK, ENDED, ""),
        row(Is::Submitted, Do::Revise, Is::Submitted, EMPLOYEE, "", ""),
        row(Is::Submitted, Do::Consider, Is::InReview, CLIENT, "", TELL_EMPLOYEE),
        row(Is::Submitted, Do::Withdraw, Is::Withdrawn, EMPLOYEE, "", TELL_CLIENT),
        row(Is::Submitted, Do::NotSelect, Is::NotSelected, CLIENT, REASON, TELL_EMPLOYEE),
        row(Is::Submitted, Do::RefuseConsent, Is::ConsentRefused, CONSENT, REFUSED, ALL_ENDS),
        row(Is::Submitted, Do::Lapse, Is::Lapsed, CLOCK, ENDED, TELL_EMPLOYEE),
        row(Is::InReview, Do::InviteToTalk, Is::InConversation, CLIENT, "", TELL_EMPLOYEE),
        row(Is::InReview, Do::Withdraw, Is::Withdrawn, EMPLOYEE, "", TELL_CLIENT),
        row(Is::InReview, Do::NotSelect, Is::NotSelected, CLIENT, REASON, TELL_EMPLOYEE),
        row(Is::InReview, Do::RefuseConsent, Is::ConsentRefused, CONSENT, REFUSED, ALL_ENDS),
        row(Is::InReview, Do::Lapse, Is::Lapsed, CLOCK, ENDED, TELL_EMPLOYEE),
        row(Is::InConversation, Do::Offer, Is::Offered, CLIENT, "no other open offer", TELL_EMPLOYEE),
        row(Is::InConversation, Do::Withdraw, Is::Withdrawn, EMPLOYEE, "", TELL_CLIENT),
        row(Is::InConversation, Do::NotSelect, Is::NotSelected, CLIENT, REASON, TELL_EMPLOYEE),
        row(Is::InConversation, Do::RefuseConsent, Is::ConsentRefused, CONSENT, REFUSED, ALL_ENDS),
        row(Is::InConversation, Do::Lapse, Is::Lapsed, CLOCK, ENDED, TELL_EMPLOYEE),
        row(Is::Offered, Do::Accept, Is::Accepted, EMPLOYEE, "the offer is open", "willingness is confirmed (S1)"),
        row(Is::Offered, Do::Decline, Is::Declined, EMPLOYEE, REASON, TELL_CLIENT),
        row(
            Is::Offered,
            Do::EndOffer,
            Is::InConversation,
            &[Part::Client, Part::Clock],
            "the offer was withdrawn, or nobody answered it in time",
            "another offer is possible",
        ),
        row(Is::Offered, Do::Withdraw, Is::Withdrawn, EMPLOYEE, "", TELL_CLIENT),
        row(Is::Offered, Do::RefuseConsent, Is::ConsentRefused, CONSENT, REFUSED, ALL_ENDS),
        row(Is::Offered, Do::Lapse, Is::Lapsed, CLOCK, ENDED, ALL_ENDS),
        row(
            Is::Accepted,
            Do::Confirm,
            Is::Confirmed,
            &[Part::Client, Part::Service],
            "all ten lights are green and a position is free, in one transaction",
            "a placement comes into being",
        ),
        row(Is::Accepted, Do::Withdraw, Is::Withdrawn, EMPLOYEE, "", TELL_CLIENT),
        row(Is::Accepted, Do::NotSelect, Is::NotSelected, CLIENT, REASON, TELL_EMPLOYEE),
        row(Is::Accepted, Do::RefuseConsent, Is::ConsentRefused, CONSENT, REFUSED, ALL_ENDS),
        row(Is::Accepted, Do::Lapse, Is::Lapsed, CLOCK, ENDED, ALL_ENDS),
        row(
            Is::Confirmed,
            Do::FallAway,
            Is::Lapsed,
            &[Part::Service],
            "its placement was cancelled before the start",
            "the position is free again; everybody is told",
        ),
        row(Is::NotSelected, Do::OfferReopening, Is::NotSelected, CLIENT, "the assignment is open", TELL_EMPLOYEE),
        row(
            Is::NotSelected,
            Do::AcceptReopening,
            Is::Submitted,
            EMPLOYEE,
            "the client offered it, the assignment is open, and there is no other response",
            TELL_CLIENT,
        ),
    ],
};
