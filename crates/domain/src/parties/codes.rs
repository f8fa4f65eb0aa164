//! Why the wing refuses.

use crate::code::codes;

codes! {
    IDENTIFIER_TAKEN = "identifier_taken", Conflict,
        "Another organisation has this identifier", "Een andere organisatie heeft dit kenmerk al";
    PARENT_CIRCULAR = "parent_circular", Conflict,
        "Nothing can stand under itself", "Niets kan onder zichzelf vallen";
    UNIT_IN_USE = "unit_in_use", Conflict, "The unit is still in use", "De afdeling is nog in gebruik";
    ALREADY_MEMBER = "already_member", Conflict,
        "There is a membership already", "Er is al een deelname aan dit netwerk";
    PARENT_MEMBERSHIP_MISSING = "parent_membership_missing", Conflict,
        "Not a member of the parent network", "Geen deelnemer van het bovenliggende netwerk";
    EMAIL_TAKEN = "email_taken", Conflict,
        "Another person has this e-mail address", "Iemand anders heeft dit e-mailadres al";
    EMPLOYMENT_OVERLAPS = "employment_overlaps", Conflict,
        "There is an employment at this organisation already", "Er is al een dienstverband bij deze organisatie";
    ROLE_ALREADY_GIVEN = "role_already_given", Conflict, "The role was given already", "De rol is al toegekend";
    LAST_ADMINISTRATOR = "last_administrator", Conflict,
        "The last administrator cannot be removed", "De laatste beheerder kan niet weg";
    POLICY_NOT_LATER = "policy_not_later", Conflict,
        "A newer policy version exists", "Er is al een nieuwere versie van het mobiliteitskader";
}
