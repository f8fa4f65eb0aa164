//! Why the wing refuses.

use crate::code::codes;

codes! {
    CHANNELS_FULL = "channels_full", Conflict,
        "The organisation has as many channels as it may", "De organisatie heeft al zoveel kanalen als mag";
    FEEDS_FULL = "feeds_full", Conflict,
        "There are as many feeds as there may be", "Er zijn al zoveel feeds als er mogen zijn";
    SCIM_TOKENS_FULL = "scim_tokens_full", Conflict,
        "The organisation has two tokens for SCIM already", "De organisatie heeft al twee tokens voor SCIM";
    SECRETS_FULL = "secrets_full", Conflict,
        "There are two valid secrets already", "Er zijn al twee geldige geheimen";
    SECRET_NOT_POSSIBLE = "secret_not_possible", Conflict,
        "A public client has no secret", "Een openbare client heeft geen geheim";
    WEBHOOKS_FULL = "webhooks_full", Conflict,
        "The organisation has as many webhook subscriptions as it may", "De organisatie heeft al zoveel webhook-abonnementen als mag";
    WEBHOOK_KEYS_FULL = "webhook_keys_full", Conflict,
        "Two keys sign already", "Er zijn al twee sleutels in gebruik";
    WEBHOOK_KEY_NEEDED = "webhook_key_needed", Conflict,
        "Without this key nothing would sign", "Zonder deze sleutel zou niets ondertekenen";
    WEBHOOK_REPLAY_TOO_LARGE = "webhook_replay_too_large", Conflict,
        "The period holds more deliveries than one replay sends", "De periode bevat meer afleveringen dan in één keer opnieuw gaan";
    ISSUER_TAKEN = "issuer_taken", Conflict,
        "The organisation has a provider with this issuer already", "De organisatie heeft al een voorziening met deze uitgever (issuer)";
    EMAIL_DOMAIN_TAKEN = "email_domain_taken", Conflict,
        "An e-mail domain leads to another identity provider", "Een e-maildomein leidt naar een andere identiteitsvoorziening";
    SAVED_SEARCHES_FULL = "saved_searches_full", Conflict,
        "You have as many saved searches as there can be", "U hebt al zoveel zoekopdrachten als er kunnen zijn";
    STAFF_KEY_TAKEN = "staff_key_taken", Conflict,
        "Another staff member of the organisation has this key", "Een andere medewerker van de organisatie heeft dit kenmerk al";
    IDENTITY_IN_USE = "identity_in_use", Conflict,
        "The identity has begun something and is not given up", "Deze identiteit heeft al iets lopen en wordt niet opgeheven";
    STAFF_SOURCE_DIFFERS = "staff_source_differs", Conflict,
        "The staff comes in by another door", "Het personeel komt langs een andere weg binnen";
    STAFF_FILE_REFUSED = "staff_file_refused", Invalid,
        "The staff file is refused as a whole", "Het personeelsbestand is als geheel geweigerd";
    STAFF_FILE_REPEATED = "staff_file_repeated", Conflict,
        "This staff file was applied already", "Dit personeelsbestand is al overgenomen";
    STAFF_FILE_OLDER = "staff_file_older", Conflict,
        "A newer staff file was applied already", "Er is al een nieuwer personeelsbestand overgenomen";
    STAFF_FILE_SHRUNK = "staff_file_shrunk", Conflict,
        "The staff file has far fewer rows than the last one", "Het personeelsbestand heeft veel minder rijen dan het vorige";
    STAFF_IMPORT_UNDER_WAY = "staff_import_under_way", Conflict,
        "Another staff file is being applied", "Er wordt al een personeelsbestand overgenomen";
    STAFF_IMPORT_NOT_FIRST = "staff_import_not_first", Conflict,
        "A staff file was applied before", "Er is al eerder een personeelsbestand overgenomen";
    STAFF_CHANGED_SINCE = "staff_changed_since", Conflict,
        "The staff changed since the import was shown", "Het personeel is gewijzigd sinds de import is getoond";
}
