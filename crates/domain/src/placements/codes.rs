//! Why the wing refuses.

use crate::code::codes;

codes! {
    ARRANGEMENT_IN_USE = "arrangement_in_use", Conflict,
        "Placements stand on the arrangement", "Er lopen plaatsingen op de vrijstellingsafspraak";
    ARRANGEMENT_VERSION_PENDING = "arrangement_version_pending", Conflict,
        "No version can follow now", "Er kan nu geen volgende versie komen";
    ARRANGEMENT_NOT_AGREED = "arrangement_not_agreed", Conflict,
        "The arrangement is not agreed, or has ended", "De vrijstellingsafspraak is niet overeengekomen, of beëindigd";
    BASIS_NOT_ALLOWED = "basis_not_allowed", Conflict,
        "The variant does not allow this charge basis", "De variant staat deze doorbelastingsgrondslag niet toe";
    NO_ROOM = "no_room", Conflict,
        "There is not enough room in a week", "Er is in een week niet genoeg ruimte";
    PLACEMENT_EXISTS = "placement_exists", Conflict,
        "There is a placement for this response already", "Er is al een plaatsing voor deze reactie";
    PLACEMENT_NOT_READY = "placement_not_ready", Conflict,
        "The placement is not that far, or has ended", "De plaatsing is nog niet zo ver, of is beëindigd";
    LIGHT_FLOW = "light_flow", Conflict,
        "No agreement is needed for this placement", "Voor deze plaatsing is geen overeenkomst nodig";
    AGREEMENT_PENDING = "agreement_pending", Conflict,
        "A version of the agreement waits for signatures", "Een versie van de overeenkomst wacht op handtekeningen";
    DOCUMENT_DIFFERS = "document_differs", Conflict,
        "The agreement is not the one that was shown", "De overeenkomst is niet degene die is getoond";
    SIGNED_ALREADY = "signed_already", Conflict,
        "This party has signed already", "Deze partij heeft al getekend";
    CONSENT_MISSING = "consent_missing", Conflict,
        "The manager has to go along first", "Eerst moet de leidinggevende meegaan";
    RATE_NOT_LATER = "rate_not_later", Conflict,
        "A rate that is valid later, or days charged already, are there", "Er is al een later tarief, of er is al doorbelast";
    INVOICE_INCOMPLETE = "invoice_incomplete", Conflict,
        "Something that an invoice needs is not known", "Iets dat een factuur nodig heeft ontbreekt";
    RATE_MISSING = "rate_missing", Conflict,
        "No cost rate is valid on a day", "Voor een dag is er geen loonkostentarief";
    TIMESHEET_EXISTS = "timesheet_exists", Conflict,
        "There is a timesheet for this week already", "Er is al een urenstaat voor deze week";
    NO_TIMESHEET_DUTY = "no_timesheet_duty", Conflict,
        "No hours are written for this placement", "Voor deze plaatsing worden geen uren geschreven";
    OWN_HOURS = "own_hours", Forbidden,
        "Nobody approves hours of their own", "Niemand keurt eigen uren goed";
    NOTHING_TO_CORRECT = "nothing_to_correct", Conflict,
        "There is nothing to correct", "Er valt niets te corrigeren";
    NOTHING_TO_CHARGE = "nothing_to_charge", Conflict,
        "There are no approved hours to charge", "Er zijn geen goedgekeurde uren om door te belasten";
    NOT_A_CREDIT = "not_a_credit", Conflict,
        "The corrections do not lower the charge", "De correcties verlagen de doorbelasting niet";
    ENDORSEMENT_EXISTS = "endorsement_exists", Conflict,
        "You have endorsed this placement already", "U hebt voor deze plaatsing al een aanbeveling geschreven";
    EVALUATION_EXISTS = "evaluation_exists", Conflict,
        "This party has evaluated the placement already", "Deze partij heeft de plaatsing al geëvalueerd";
}
