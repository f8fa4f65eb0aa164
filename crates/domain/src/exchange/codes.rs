//! Why the wing refuses.

use crate::code::codes;

codes! {
    SCIM_TOKENS_FULL = "scim_tokens_full", Conflict,
        "The organisation has two tokens for SCIM already", "De organisatie heeft al twee tokens voor SCIM";
    SECRETS_FULL = "secrets_full", Conflict,
        "There are two valid secrets already", "Er zijn al twee geldige geheimen";
    SECRET_NOT_POSSIBLE = "secret_not_possible", Conflict,
        "A public client has no secret", "Een openbare client heeft geen geheim";
    ISSUER_TAKEN = "issuer_taken", Conflict,
        "The organisation has a provider with this issuer already", "De organisatie heeft al een voorziening met deze uitgever (issuer)";
    EMAIL_DOMAIN_TAKEN = "email_domain_taken", Conflict,
        "An e-mail domain leads to another identity provider", "Een e-maildomein leidt naar een andere identiteitsvoorziening";
    STAFF_KEY_TAKEN = "staff_key_taken", Conflict,
        "Another staff member of the organisation has this key", "Een andere medewerker van de organisatie heeft dit kenmerk al";
    IDENTITY_IN_USE = "identity_in_use", Conflict,
        "The identity has begun something and is not given up", "Deze identiteit heeft al iets lopen en wordt niet opgeheven";
}
