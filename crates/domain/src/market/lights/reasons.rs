//! Why a light has its colour.

use crate::text_enum;

text_enum! {
    /// Why a light has its colour, in words for everybody in the dossier
    LightReason {
        NotSubmitted = "NOT_SUBMITTED", "The response is not submitted yet", "De reactie is nog niet ingediend";
        ReconfirmedAtOffer = "RECONFIRMED_AT_OFFER", "Submitted; asked once more at the offer", "Ingediend; bij het aanbod nogmaals gevraagd";
        OfferNotAnswered = "OFFER_NOT_ANSWERED", "The offer is not answered yet", "Het aanbod is nog niet beantwoord";
        OfferAccepted = "OFFER_ACCEPTED", "The offer was accepted", "Het aanbod is aangenomen";
        NoLongerWilling = "NO_LONGER_WILLING", "The employee does not want it any more", "De medewerker wil niet meer";
        ResponseEnded = "RESPONSE_ENDED", "The response has ended", "De reactie is beëindigd";
        PolicyNotRead = "POLICY_NOT_READ", "The policy of the home organisation is not read yet", "Het mobiliteitskader is nog niet gelezen";
        PolicyRead = "POLICY_READ", "The policy of the home organisation was read", "Het mobiliteitskader is gelezen";
        AdviserSpoken = "ADVISER_SPOKEN", "The mobility adviser explained it", "De mobiliteitsadviseur heeft het uitgelegd";
        FitNotMarked = "FIT_NOT_MARKED", "The client has not judged the fit yet", "De opdrachtgever heeft nog niet beoordeeld of het past";
        FitDoubted = "FIT_DOUBTED", "The client is not sure yet", "De opdrachtgever twijfelt nog";
        NoFit = "NO_FIT", "The client sees no fit", "Volgens de opdrachtgever past het niet";
        RequirementsNotStated = "REQUIREMENTS_NOT_STATED", "The education level is asked and not stated", "Het opleidingsniveau is gevraagd en niet vermeld";
        RequirementsNotMet = "REQUIREMENTS_NOT_MET", "The education level that is asked is not met", "Het gevraagde opleidingsniveau is er niet";
        FitMarked = "FIT_MARKED", "The client sees a fit", "Volgens de opdrachtgever past het";
        ConsentNotAsked = "CONSENT_NOT_ASKED", "Consent is not asked yet", "Er is nog geen toestemming gevraagd";
        ConsentAsked = "CONSENT_ASKED", "The manager has not answered yet", "De leidinggevende heeft nog niet geantwoord";
        ConsentEscalated = "CONSENT_ESCALATED", "The mobility adviser decides", "De mobiliteitsadviseur beslist";
        ConditionsNotAccepted = "CONDITIONS_NOT_ACCEPTED", "The conditions are not accepted yet", "De voorwaarden zijn nog niet aanvaard";
        ConsentGranted = "CONSENT_GRANTED", "Consent was granted", "Er is toestemming";
        ConsentNotNeeded = "CONSENT_NOT_NEEDED", "No consent is needed inside the organisation", "Binnen de organisatie is geen toestemming nodig";
        ConsentRefused = "CONSENT_REFUSED", "Consent was refused", "De toestemming is geweigerd";
        ConsentWithdrawn = "CONSENT_WITHDRAWN", "The request was withdrawn", "Het verzoek is ingetrokken";
        ConsentRevoked = "CONSENT_REVOKED", "Consent was revoked", "De toestemming is herroepen";
        NoConversationYet = "NO_CONVERSATION_YET", "There was no conversation yet", "Er is nog geen kennismaking geweest";
        ClickNotSaid = "CLICK_NOT_SAID", "Not everybody has said whether there was a click", "Nog niet iedereen zei of er een klik was";
        NoClick = "NO_CLICK", "There was no click", "Er was geen klik";
        ClickSaid = "CLICK_SAID", "Both felt a click", "Er was een klik";
        IntegrityNotDeclared = "INTEGRITY_NOT_DECLARED", "Nothing is declared about conflicts of interest", "Er is nog niets verklaard over belangen";
        NoConflict = "NO_CONFLICT", "No conflict of interest was declared", "Er is geen belangenconflict";
        ConflictDeclared = "CONFLICT_DECLARED", "A possible conflict of interest was declared", "Er is een mogelijk belangenconflict gemeld";
        ConflictHandled = "CONFLICT_HANDLED", "The conflict of interest is handled", "Het belangenconflict is opgelost";
        ConflictNotAcceptable = "CONFLICT_NOT_ACCEPTABLE", "The conflict of interest cannot be handled", "Het belangenconflict is niet op te lossen";
        ArrangementNotAgreed = "ARRANGEMENT_NOT_AGREED", "The arrangement is not signed by both yet", "De vrijstellingsafspraak is nog niet door beiden getekend";
        ArrangementNotInForce = "ARRANGEMENT_NOT_IN_FORCE", "The arrangement is paused, or does not cover the period", "De vrijstellingsafspraak is gepauzeerd, of dekt de periode niet";
        VariantDoesNotFit = "VARIANT_DOES_NOT_FIT", "The variant of the arrangement does not fit the placement", "De variant van de vrijstellingsafspraak past niet bij de plaatsing";
        NoRoom = "NO_ROOM", "In some week there are not enough free hours", "In een week zijn er niet genoeg vrije uren";
        RoomFree = "ROOM_FREE", "There are free hours in every week", "Er zijn vrije uren in elke week";
        AgreementNotSigned = "AGREEMENT_NOT_SIGNED", "Not every party has signed the agreement", "Nog niet alle partijen hebben de overeenkomst getekend";
        AgreementSigned = "AGREEMENT_SIGNED", "All three parties have signed", "Alle drie de partijen hebben getekend";
        NoAgreementNeeded = "NO_AGREEMENT_NEEDED", "Short and unpaid, or inside the organisation: no agreement is needed", "Kort en onbetaald, of binnen de organisatie: geen overeenkomst nodig";
        ReturnGuaranteed = "RETURN_GUARANTEED", "The way back is agreed", "De terugkeer is afgesproken";
        RateMissing = "RATE_MISSING", "No cost rate is valid on the first day", "Op de eerste dag geldt geen loonkostentarief";
        RateAgreed = "RATE_AGREED", "What it costs is settled", "De kosten zijn geregeld";
        NothingToPay = "NOTHING_TO_PAY", "Nothing is charged", "Er wordt niets doorbelast";
        NotArrangedYet = "NOT_ARRANGED_YET", "Not arranged yet", "Nog niet geregeld";
    }
}
