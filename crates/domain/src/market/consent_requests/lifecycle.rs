//! The states of a consent request and what leads from one to another.

use ConsentAction as Do;
use ConsentState as Is;

use crate::lifecycle::row;
use crate::{Lifecycle, Part, text_enum};

text_enum! {
    /// The state of a consent request
    ConsentState {
        Requested = "REQUESTED", "Asked", "Gevraagd";
        Granted = "GRANTED", "Granted", "Verleend";
        GrantedWithConditions = "GRANTED_WITH_CONDITIONS", "Granted with conditions", "Verleend onder voorwaarden";
        Refused = "REFUSED", "Refused", "Geweigerd";
        Expired = "EXPIRED", "Not answered in time", "Niet op tijd beantwoord";
        Escalated = "ESCALATED", "With the mobility adviser", "Bij de mobiliteitsadviseur";
        Withdrawn = "WITHDRAWN", "Withdrawn", "Ingetrokken door de medewerker";
        Revoked = "REVOKED", "Revoked", "Herroepen";
    }
}

impl ConsentState {
    /// Whether somebody still has to decide or agree.
    pub fn is_pending(self) -> bool {
        matches!(self, Self::Requested | Self::Expired | Self::Escalated | Self::GrantedWithConditions)
    }
}

text_enum! {
    /// What can be done with a consent request
    ConsentAction {
        Remind = "REMIND", "Remind", "Herinneren";
        Grant = "GRANT", "Grant", "Verlenen";
        GrantWithConditions = "GRANT_WITH_CONDITIONS", "Grant with conditions", "Verlenen onder voorwaarden";
        AcceptConditions = "ACCEPT_CONDITIONS", "Accept the conditions", "De voorwaarden aanvaarden";
        Refuse = "REFUSE", "Refuse", "Weigeren";
        Expire = "EXPIRE", "Note that the term has passed", "Vaststellen dat de termijn voorbij is";
        HandOver = "HAND_OVER", "Put to another manager", "Voorleggen aan een andere leidinggevende";
        Escalate = "ESCALATE", "Pass on to the mobility adviser", "Doorgeven aan de mobiliteitsadviseur";
        Withdraw = "WITHDRAW", "Withdraw", "Intrekken";
        Revoke = "REVOKE", "Revoke", "Herroepen";
    }
}

const MANAGER: &[Part] = &[Part::HomeManager];
const EMPLOYEE: &[Part] = &[Part::Employee];
const WITHDRAWER: &[Part] = &[Part::Employee, Part::Service];
const CLOCK: &[Part] = &[Part::Clock];
const ADVISER: &[Part] = &[Part::MobilityAdviser, Part::OrganisationAdministrator];

const NOT_OWN: &str = "nobody decides on a request of their own";
const WHY: &str = "a coded reason and a text; nobody decides on a request of their own";
const BEFORE_START: &str = "before the start of the period";
const GREEN: &str = "the light S4 turns green; the employee is told";
const CONDITIONS: &str = "the employee is asked to accept the conditions; S4 is not green before";
const ENDS_RESPONSE: &str = "the response ends as CONSENT_REFUSED";

/// Who may ask consent: nobody but the employee.
pub const BEGUN_BY: &[Part] = EMPLOYEE;

/// The lifecycle of a consent request. It begins with the adviser where no manager is known.
pub static LIFECYCLE: Lifecycle<ConsentState, ConsentAction> = Lifecycle {
    name: "consent-requests",
    initial: &[Is::Requested, Is::Escalated],
    rows: &[
        row(Is::Requested, Do::Remind, Is::Requested, CLOCK, "half of the term has passed", "the manager is reminded"),
        row(Is::Requested, Do::Grant, Is::Granted, MANAGER, NOT_OWN, GREEN),
        row(Is::Requested, Do::GrantWithConditions, Is::GrantedWithConditions, MANAGER, NOT_OWN, CONDITIONS),
        row(
            Is::Requested,
            Do::Refuse,
            Is::Refused,
            &[Part::HomeManager, Part::Clock],
            "a coded reason and a text; the clock only where the policy says that silence is a refusal",
            ENDS_RESPONSE,
        ),
        row(
            Is::Requested,
            Do::Expire,
            Is::Expired,
            CLOCK,
            "the term has passed and the policy says that silence escalates",
            "",
        ),
        row(
            Is::Requested,
            Do::HandOver,
            Is::Requested,
            &[Part::Service],
            "the employment has another manager",
            "that manager is asked, within the same term; the one before does not see it any more",
        ),
        row(
            Is::Requested,
            Do::Escalate,
            Is::Escalated,
            &[Part::Service],
            "the employment has no manager any more",
            "the mobility adviser is asked",
        ),
        row(Is::Requested, Do::Withdraw, Is::Withdrawn, WITHDRAWER, "", "the manager is told"),
        row(Is::Expired, Do::Escalate, Is::Escalated, CLOCK, "", "the mobility adviser is asked"),
        row(Is::Expired, Do::Withdraw, Is::Withdrawn, WITHDRAWER, "", "the manager is told"),
        row(Is::Escalated, Do::Grant, Is::Granted, ADVISER, NOT_OWN, GREEN),
        row(Is::Escalated, Do::GrantWithConditions, Is::GrantedWithConditions, ADVISER, NOT_OWN, CONDITIONS),
        row(Is::Escalated, Do::Refuse, Is::Refused, ADVISER, WHY, ENDS_RESPONSE),
        row(Is::Escalated, Do::Withdraw, Is::Withdrawn, WITHDRAWER, "", "the mobility adviser is told"),
        row(Is::GrantedWithConditions, Do::AcceptConditions, Is::Granted, EMPLOYEE, "", "the light S4 turns green"),
        row(Is::GrantedWithConditions, Do::Withdraw, Is::Withdrawn, WITHDRAWER, "", "the manager is told"),
        row(Is::GrantedWithConditions, Do::Revoke, Is::Revoked, MANAGER, BEFORE_START, "the light S4 turns red"),
        row(Is::Granted, Do::Withdraw, Is::Withdrawn, WITHDRAWER, BEFORE_START, "the light S4 falls back"),
        row(Is::Granted, Do::Revoke, Is::Revoked, MANAGER, BEFORE_START, "the light S4 turns red"),
    ],
};
