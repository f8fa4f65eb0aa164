//! Why the wing refuses.

use crate::code::codes;

codes! {
    ASSIGNMENT_NOT_OPEN = "assignment_not_open", Conflict,
        "The assignment is not open", "De klus staat niet open";
    REVIEW_REQUIRED = "review_required", Conflict,
        "The assignment has to be reviewed first", "De klus moet eerst worden beoordeeld";
    REVIEW_NOT_ASKED = "review_not_asked", Conflict,
        "Nobody asks for a review: publish at once", "Niemand vraagt om een beoordeling: plaats de klus direct";
    RESPONDERS_WITHOUT_OUTCOME = "responders_without_outcome", Conflict,
        "A responder has no outcome yet", "Iemand die reageerde heeft nog geen uitkomst";
    OWNER_HAS_RESPONDED = "owner_has_responded", Conflict,
        "The new owner has responded to the assignment", "De nieuwe eigenaar heeft op de klus gereageerd";
    PLACEMENTS_STAND = "placements_stand", Conflict,
        "There are placements on the assignment", "Er zijn plaatsingen op de klus";
    POSITIONS_NOT_FILLED = "positions_not_filled", Conflict,
        "Not every position is filled", "Nog niet alle plaatsen zijn bezet";
    POSITIONS_TAKEN = "positions_taken", Conflict,
        "All positions are taken", "Alle plaatsen zijn bezet";
    OWN_ASSIGNMENT = "own_assignment", Forbidden,
        "Nobody responds to an assignment of their own", "Niemand reageert op een eigen klus";
    RESPONSE_EXISTS = "response_exists", Conflict,
        "There is a response to this assignment already", "Er is al een reactie op deze klus";
    OUTSIDE_OPENED_RINGS = "outside_opened_rings", Forbidden,
        "The assignment is not open to you yet", "De klus staat nog niet voor u open";
    FUNCTION_EXCLUDED = "function_excluded", Forbidden,
        "Your organisation excludes your function", "Uw organisatie sluit uw functie uit";
    PRIVATE_HOST_EXCLUDED = "private_host_excluded", Forbidden,
        "Your organisation excludes private hosts", "Uw organisatie sluit private inleners uit";
    REOPENING_NOT_OFFERED = "reopening_not_offered", Conflict,
        "The client has not offered to reopen the response", "De opdrachtgever heeft geen heropening aangeboden";
    RESPONSE_NOT_READY = "response_not_ready", Conflict,
        "The response is not that far, or has ended", "De reactie is nog niet zo ver, of is beëindigd";
    NOT_ALL_GREEN = "not_all_green", Conflict,
        "Not all lights are green", "Nog niet alle seinen staan op groen";
    OFFER_OPEN_ALREADY = "offer_open_already", Conflict,
        "There is an open offer already", "Er staat al een aanbod open";
    CONSENT_ASKED_ALREADY = "consent_asked_already", Conflict,
        "Consent was asked already", "Er is al om toestemming gevraagd";
    CONSENT_NOT_NEEDED = "consent_not_needed", Conflict,
        "No consent is needed for this assignment", "Voor deze klus is geen toestemming nodig";
    TERM_STILL_RUNNING = "term_still_running", Conflict,
        "The term to answer still runs", "De antwoordtermijn loopt nog";
    ALREADY_STARTED = "already_started", Conflict,
        "The period has started already", "De periode is al begonnen";
    CONVERSATION_STILL_TO_COME = "conversation_still_to_come", Conflict,
        "The conversation is still to come", "De kennismaking moet nog plaatsvinden";
}
