//! People: an identity, apart from the profile.

use crate::{Moment, PersonId, text_enum};

text_enum! {
    /// Whether somebody has access
    PersonStatus {
        Invited = "INVITED", "Invited, not yet signed in", "Uitgenodigd, nog niet aangemeld";
        Active = "ACTIVE", "Has access", "Heeft toegang";
        Closed = "CLOSED", "Access closed", "Toegang gesloten";
    }
}

text_enum! {
    /// The language somebody prefers
    PersonLanguage {
        Dutch = "NL", "Dutch", "Nederlands";
        English = "EN", "English", "Engels";
    }
}

/// A name as the Dutch write it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonName {
    /// Given name.
    pub given: String,
    /// What stands between (tussenvoegsel), such as "van der".
    pub infix: Option<String>,
    /// Family name.
    pub family: String,
}

impl PersonName {
    /// The whole name.
    pub fn full(&self) -> String {
        match &self.infix {
            Some(infix) => format!("{} {infix} {}", self.given, self.family),
            None => format!("{} {}", self.given, self.family),
        }
    }
}

/// Somebody who takes part (persoon).
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    /// Identifies them.
    pub id: PersonId,
    /// Counts the changes.
    pub revision: i64,
    /// The name.
    pub name: PersonName,
    /// The work e-mail address, in lower case; one person per address.
    pub email: String,
    /// The preferred language.
    pub language: PersonLanguage,
    /// Whether they have access.
    pub status: PersonStatus,
    /// When they were registered.
    pub created_at: Moment,
    /// When it last changed.
    pub modified_at: Moment,
}
