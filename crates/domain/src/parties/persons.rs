//! People: an identity, apart from the profile.

use crate::{Lifecycle, Moment, Part, PersonId, Refusal, Transition, text_enum};

text_enum! {
    /// Whether somebody has access
    PersonStatus {
        Invited = "INVITED", "Invited, not yet signed in", "Uitgenodigd, nog niet aangemeld";
        Active = "ACTIVE", "Has access", "Heeft toegang";
        Closed = "CLOSED", "Access closed", "Toegang gesloten";
    }
}

text_enum! {
    /// What can be done with somebody's access
    PersonAction {
        Activate = "ACTIVATE", "Choose a password with an activation token", "Een wachtwoord kiezen met een activeringscode";
        SignIn = "SIGN_IN", "Sign in at the identity provider of the organisation", "Aanmelden bij de identiteitsvoorziening van de organisatie";
        Close = "CLOSE", "Close access", "Toegang sluiten";
        Reopen = "REOPEN", "Give access again", "Weer toegang geven";
        Claim = "CLAIM", "Claim the account with an address of one's own", "Het account opeisen met een eigen adres";
    }
}

text_enum! {
    /// What a code is for that somebody makes for themselves
    CodePurpose {
        Claim = "CLAIM", "To keep the account", "Om het account te houden";
        Join = "JOIN", "To join two identities", "Om twee identiteiten samen te voegen";
    }
}

/// The lifecycle of somebody's access. `EMPLOYEE` stands for the person themselves.
pub static LIFECYCLE: Lifecycle<PersonStatus, PersonAction> = Lifecycle {
    name: "persons",
    initial: &[PersonStatus::Invited],
    rows: &[
        Transition {
            from: PersonStatus::Invited,
            action: PersonAction::Activate,
            to: PersonStatus::Active,
            by: &[Part::Employee],
            guard: "an activation token that is not used and not older than seven days",
            effect: "all sessions end",
        },
        Transition {
            from: PersonStatus::Active,
            action: PersonAction::Activate,
            to: PersonStatus::Active,
            by: &[Part::Employee],
            guard: "an activation token that is not used and not older than seven days",
            effect: "the password is another one and all sessions end",
        },
        Transition {
            from: PersonStatus::Invited,
            action: PersonAction::SignIn,
            to: PersonStatus::Active,
            by: &[Part::Employee],
            guard: "an employment that holds, and the staff key of it from the identity provider of that organisation",
            effect: "",
        },
        Transition {
            from: PersonStatus::Invited,
            action: PersonAction::Close,
            to: PersonStatus::Closed,
            by: CLOSERS,
            guard: CLOSING,
            effect: "password, activation tokens and sessions are worth nothing any more",
        },
        Transition {
            from: PersonStatus::Active,
            action: PersonAction::Close,
            to: PersonStatus::Closed,
            by: CLOSERS,
            guard: CLOSING,
            effect: "password, activation tokens and sessions are worth nothing any more",
        },
        Transition {
            from: PersonStatus::Closed,
            action: PersonAction::Reopen,
            to: PersonStatus::Invited,
            by: CLOSERS,
            guard: "the service does it when an HR system tells that they work there again",
            effect: "a new activation token is needed to sign in with a password",
        },
        Transition {
            from: PersonStatus::Invited,
            action: PersonAction::Claim,
            to: PersonStatus::Active,
            by: &[Part::Employee],
            guard: CLAIMING,
            effect: CLAIMED,
        },
        Transition {
            from: PersonStatus::Active,
            action: PersonAction::Claim,
            to: PersonStatus::Active,
            by: &[Part::Employee],
            guard: CLAIMING,
            effect: CLAIMED,
        },
        Transition {
            from: PersonStatus::Closed,
            action: PersonAction::Claim,
            to: PersonStatus::Active,
            by: &[Part::Employee],
            guard: CLAIMING,
            effect: CLAIMED,
        },
    ],
};

const CLOSERS: &[Part] = &[Part::OrganisationAdministrator, Part::PlatformAdministrator, Part::Service];
const CLOSING: &str = "not the last administrator of an organisation or of the platform; the service does it when an HR system tells that they left their last employer, or when they joined it into another identity of theirs";
const CLAIMING: &str = "a claim code that the person made, that is not used and not older than 400 days";
const CLAIMED: &str = "the account is theirs alone: no former employer can read the address or close the access";

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
    /// The address they sign in with, in lower case; one person per address. None for who was told of by an HR system
    /// with an address that somebody has already: they sign in through their organisation.
    pub email: Option<String>,
    /// The preferred language.
    pub language: PersonLanguage,
    /// Whether they have access.
    pub status: PersonStatus,
    /// When they made the account their own, with an address that no employer can change; none for most.
    pub claimed_at: Option<Moment>,
    /// When they were registered.
    pub created_at: Moment,
    /// When it last changed.
    pub modified_at: Moment,
}

/// What an administrator says of somebody.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonDetails {
    /// The name.
    pub name: PersonName,
    /// The address they sign in with; kept in lower case.
    pub email: Option<String>,
    /// The preferred language.
    pub language: PersonLanguage,
}

impl Person {
    /// Registers somebody, who then waits for an activation token.
    pub fn register(id: PersonId, details: PersonDetails, now: Moment) -> Self {
        let PersonDetails { name, email, language } = details;
        let (email, status) = (email.as_deref().map(folded_address), PersonStatus::Invited);
        Self { id, revision: 1, name, email, language, status, claimed_at: None, created_at: now, modified_at: now }
    }

    /// What is said of them.
    pub fn details(&self) -> PersonDetails {
        PersonDetails { name: self.name.clone(), email: self.email.clone(), language: self.language }
    }

    /// Changes what is said of them.
    pub fn revise(self, details: PersonDetails, now: Moment) -> Self {
        let PersonDetails { name, email, language } = details;
        Self { name, email: email.as_deref().map(folded_address), language, modified_at: now, ..self }
    }

    /// Takes a row of the lifecycle.
    pub fn step(self, action: PersonAction, parts: &[Part], now: Moment) -> Result<Self, Refusal> {
        let status = LIFECYCLE.step(self.status, action, parts)?;
        Ok(Self { status, modified_at: now, ..self })
    }

    /// Makes the account their own: they sign in with this address from now on, whoever employs them.
    pub fn claim(self, email: &str, parts: &[Part], now: Moment) -> Result<Self, Refusal> {
        let email = Some(folded_address(email));
        Ok(Self { email, claimed_at: Some(now), ..self.step(PersonAction::Claim, parts, now)? })
    }

    /// Whether they may come in.
    pub fn has_access(&self) -> bool {
        self.status != PersonStatus::Closed
    }
}

/// An address as it is kept and compared.
pub fn folded_address(email: &str) -> String {
    email.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Clock as _, SetClock, TextEnum as _};

    fn somebody(status: PersonStatus) -> Person {
        let now = SetClock::at("2027-03-01T09:00:00Z".parse().unwrap()).now();
        let name = PersonName { given: "Sanne".to_owned(), infix: Some("de".to_owned()), family: "Vries".to_owned() };
        let details =
            PersonDetails { name, email: Some(" Sanne@Oss.Example ".to_owned()), language: PersonLanguage::Dutch };
        let id = uuid::Uuid::from_u128(1).into();
        Person { status, ..Person::register(id, details, now) }
    }

    #[test]
    fn an_address_is_kept_in_lower_case_and_a_name_is_written_as_the_dutch_do() {
        let person = somebody(PersonStatus::Invited);
        assert_eq!(
            (person.email.as_deref().unwrap(), person.name.full().as_str()),
            ("sanne@oss.example", "Sanne de Vries")
        );
    }

    #[test]
    fn only_the_listed_steps_are_possible_for_the_listed_parts() {
        let expected = |from, action| match (from, action) {
            (PersonStatus::Closed, PersonAction::Activate | PersonAction::Close) => None,
            (from, PersonAction::SignIn) => (from == PersonStatus::Invited).then_some(PersonStatus::Active),
            (PersonStatus::Closed, PersonAction::Reopen) => Some(PersonStatus::Invited),
            (_, PersonAction::Claim) => Some(PersonStatus::Active),
            (_, PersonAction::Activate) => Some(PersonStatus::Active),
            (_, PersonAction::Close) => Some(PersonStatus::Closed),
            (_, PersonAction::Reopen) => None,
        };
        for &from in PersonStatus::ALL {
            for &action in PersonAction::ALL {
                let person = somebody(from);
                let now = person.created_at;
                let own = matches!(action, PersonAction::Activate | PersonAction::Claim | PersonAction::SignIn);
                let parts = if own { &[Part::Employee][..] } else { CLOSERS };
                let to = person.clone().step(action, parts, now).map(|person| person.status).ok();
                assert_eq!(to, expected(from, action), "{from} {action}");
                let wrong = if own { CLOSERS } else { &[Part::Employee][..] };
                assert!(person.step(action, wrong, now).is_err(), "{from} {action}");
            }
        }
    }
}
