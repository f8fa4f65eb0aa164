//! The states of a version of a secondment agreement and what leads from one to another.

use AgreementAction as Do;
use AgreementState as Is;

use crate::lifecycle::row;
use crate::{Lifecycle, Part, text_enum};

text_enum! {
    /// The state of a version of a secondment agreement
    AgreementState {
        Draft = "DRAFT", "Draft", "Concept";
        Proposed = "PROPOSED", "Laid before the parties for signature", "Ter ondertekening";
        Signed = "SIGNED", "Signed by all three parties", "Door alle drie de partijen getekend";
        Superseded = "SUPERSEDED", "A later version is signed", "Vervangen door een latere versie";
        Withdrawn = "WITHDRAWN", "Withdrawn", "Ingetrokken";
    }
}

text_enum! {
    /// What can be done with a version of a secondment agreement
    AgreementAction {
        Revise = "REVISE", "Revise", "Wijzigen";
        Propose = "PROPOSE", "Lay before the parties", "Voorleggen";
        Sign = "SIGN", "Sign", "Ondertekenen";
        Conclude = "CONCLUDE", "Conclude with the third signature", "Sluiten met de derde handtekening";
        Withdraw = "WITHDRAW", "Withdraw", "Intrekken";
        Supersede = "SUPERSEDE", "Supersede by a later version", "Vervangen door een latere versie";
    }
}

/// All parties; the administrator stands in where the employment has no manager.
const PARTIES: &[Part] = &[Part::Employee, Part::HomeManager, Part::OrganisationAdministrator, Part::Client];
const SERVICE: &[Part] = &[Part::Service];
const PARTIES_AND_SERVICE: &[Part] =
    &[Part::Employee, Part::HomeManager, Part::OrganisationAdministrator, Part::Client, Part::Service, Part::Clock];

/// Who may draft an agreement.
pub const BEGUN_BY: &[Part] = PARTIES;

/// The lifecycle of a version of a secondment agreement.
pub static LIFECYCLE: Lifecycle<AgreementState, AgreementAction> = Lifecycle {
    name: "secondment-agreements",
    initial: &[Is::Draft],
    rows: &[
        row(Is::Draft, Do::Revise, Is::Draft, PARTIES, "", ""),
        row(
            Is::Draft,
            Do::Propose,
            Is::Proposed,
            PARTIES,
            "the manager goes along (S4); treatment of VAT and procurement are chosen, with their evidence",
            "text and hash are fixed; all parties are asked to sign",
        ),
        row(Is::Draft, Do::Withdraw, Is::Withdrawn, PARTIES_AND_SERVICE, "", ""),
        row(Is::Proposed, Do::Revise, Is::Draft, PARTIES, "", "what was signed is void"),
        row(
            Is::Proposed,
            Do::Sign,
            Is::Proposed,
            PARTIES,
            "each party once, nobody for two; the hash is that of the text and what was shown",
            "all parties are told",
        ),
        row(
            Is::Proposed,
            Do::Conclude,
            Is::Signed,
            SERVICE,
            "all three have signed",
            "G2 turns green; an extension takes effect",
        ),
        row(Is::Proposed, Do::Withdraw, Is::Withdrawn, PARTIES_AND_SERVICE, "", "all parties are told"),
        row(Is::Signed, Do::Supersede, Is::Superseded, SERVICE, "a later version is signed", ""),
    ],
};
