//! Stable names for the reasons why something is refused.

use crate::{Kind, Refusal};

/// A reason for refusal: a stable snake_case name, and a title in both languages.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// Stable, in snake_case; clients branch on it.
    pub name: &'static str,
    /// What kind of refusal it is.
    pub kind: Kind,
    /// The title in English.
    pub english: &'static str,
    /// The title in Dutch.
    pub dutch: &'static str,
}

impl Code {
    /// A refusal for this reason; `detail` says what is wrong here and what would be right.
    pub fn refuse(&'static self, detail: impl Into<String>) -> Refusal {
        Refusal { code: self, detail: detail.into(), faults: Vec::new(), legal: Vec::new() }
    }
}

/// Declares the codes of a wing and a list `CODES` of all of them.
macro_rules! codes {
    ($($(#[$meta:meta])* $name:ident = $text:literal, $kind:ident, $english:literal, $dutch:literal;)+) => {
        $($(#[$meta])* #[doc = $english]
        pub static $name: $crate::Code =
            $crate::Code { name: $text, kind: $crate::Kind::$kind, english: $english, dutch: $dutch };)+
        /// All codes declared here.
        pub static CODES: &[&$crate::Code] = &[$(&$name),+];
    };
}
pub(crate) use codes;

codes! {
    INPUT_INVALID = "input_invalid", Invalid, "The input is not valid", "De invoer klopt niet";
    NOT_ALLOWED = "not_allowed", Forbidden, "You may not do this", "U mag dit niet doen";
    NOT_FOUND = "not_found", Hidden, "There is no such thing", "Dit bestaat niet";
    TRANSITION_NOT_LISTED = "transition_not_listed", Conflict,
        "This cannot be done in the present state", "Dit kan niet in de huidige toestand";
}

/// All codes of the domain, wing by wing.
pub fn codes_of() -> impl Iterator<Item = &'static Code> {
    CODES
        .iter()
        .chain(crate::parties::codes::CODES)
        .chain(crate::profiles::codes::CODES)
        .chain(crate::market::codes::CODES)
        .chain(crate::placements::codes::CODES)
        .chain(crate::exchange::codes::CODES)
        .copied()
}
