//! Why the wing refuses.

use crate::code::codes;

codes! {
    SCIM_TOKENS_FULL = "scim_tokens_full", Conflict,
        "The organisation has two tokens for SCIM already", "De organisatie heeft al twee tokens voor SCIM";
    STAFF_KEY_TAKEN = "staff_key_taken", Conflict,
        "Another staff member of the organisation has this key", "Een andere medewerker van de organisatie heeft dit kenmerk al";
}
