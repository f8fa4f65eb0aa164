//! Why the wing refuses.

use crate::code::codes;

codes! {
    STAFF_KEY_TAKEN = "staff_key_taken", Conflict,
        "Another staff member of the organisation has this key", "Een andere medewerker van de organisatie heeft dit kenmerk al";
}
