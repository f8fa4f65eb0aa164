//! Why the wing refuses.

use crate::code::codes;

codes! {
    SKILL_ON_PROFILE = "skill_on_profile", Conflict,
        "The skill stands on the profile already", "De vaardigheid staat al op het profiel";
    PROFILE_FULL = "profile_full", Conflict,
        "The profile holds no more of these", "Op het profiel passen er hiervan niet meer";
}
