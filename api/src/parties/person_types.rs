//! People: what clients send and see.

use chrono::{DateTime, Utc};
use domain::PersonId;
use domain::parties::persons::{Person, PersonDetails, PersonLanguage, PersonName, PersonStatus, folded_address};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::employment_types::{EmploymentView, FirstEmploymentItem};
use super::role_assignment_types::RoleAssignmentView;
use crate::paging::page_of;
use crate::patch::{Patched, present, set};

/// Somebody new
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PersonDraft {
    /// Given name
    #[schema(min_length = 1, max_length = 100, example = "Sanne")]
    given_name: String,
    /// What stands between given name and family name (tussenvoegsel)
    #[schema(min_length = 1, max_length = 30, example = "de")]
    infix: Option<String>,
    /// Family name
    #[schema(min_length = 1, max_length = 100, example = "Vries")]
    family_name: String,
    /// The work e-mail address; one person per address, whatever its case
    #[schema(format = "email", max_length = 254, example = "sanne.devries@oss.example")]
    email: String,
    /// The preferred language; Dutch unless given
    #[schema(nullable = false)]
    language: Option<PersonLanguage>,
    /// The first employment; may be left out by an administrator of the platform only
    employment: Option<FirstEmploymentItem>,
}

/// What changes of somebody: what is left out stays, null clears
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PersonPatch {
    /// Given name
    #[schema(nullable = false, min_length = 1, max_length = 100, example = "Sanne")]
    given_name: Option<String>,
    /// What stands between given name and family name (tussenvoegsel)
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 30, example = "de")]
    infix: Patched<String>,
    /// Family name
    #[schema(nullable = false, min_length = 1, max_length = 100, example = "Vries")]
    family_name: Option<String>,
    /// The work e-mail address
    #[schema(nullable = false, format = "email", max_length = 254, example = "sanne.devries@oss.example")]
    email: Option<String>,
    /// The preferred language
    #[schema(nullable = false)]
    language: Option<PersonLanguage>,
}

/// Somebody who takes part (persoon): the identity, apart from the profile
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Person)]
pub struct PersonView {
    /// Identifies them
    id: PersonId,
    /// Given name
    #[schema(max_length = 100, example = "Sanne")]
    given_name: String,
    /// What stands between given name and family name (tussenvoegsel)
    #[schema(max_length = 30, example = "de")]
    infix: Option<String>,
    /// Family name
    #[schema(max_length = 100, example = "Vries")]
    family_name: String,
    /// The whole name
    #[schema(max_length = 240, example = "Sanne de Vries")]
    full_name: String,
    /// The address to sign in with; null for who signs in through their organisation only, and to others where the
    /// person made the account their own
    #[schema(format = "email", max_length = 254, example = "sanne.devries@oss.example")]
    email: Option<String>,
    /// The preferred language
    language: PersonLanguage,
    /// Whether they have access
    status: PersonStatus,
    /// When they were registered
    #[schema(example = "2026-11-21T09:00:00Z")]
    created_at: DateTime<Utc>,
    /// When it last changed
    #[schema(example = "2026-11-21T09:00:00Z")]
    modified_at: DateTime<Utc>,
}

page_of!(
    /// A page of people
    PersonPage as PersonPage, PersonView
);

/// The person who calls, with what follows from it
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Me)]
pub struct MeView {
    /// Who it is
    pub(super) person: PersonView,
    /// The employments that hold today
    #[schema(max_items = 100)]
    pub(super) employments: Vec<EmploymentView>,
    /// The roles that are in force
    #[schema(max_items = 1000)]
    pub(super) role_assignments: Vec<RoleAssignmentView>,
    /// The scopes of the token
    #[schema(max_items = 100, example = json!(["market:read", "market:write"]))]
    pub(super) scopes: Vec<String>,
}

/// A token with which somebody chooses a password
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ActivationToken)]
pub struct ActivationTokenView {
    /// Whose it is
    pub(super) person_id: PersonId,
    /// The token, to be used once with `POST /account-activations`; it is shown only here
    #[schema(max_length = 200, example = "Zk2Q…")]
    pub(super) activation_token: String,
    /// Until when it is good
    #[schema(example = "2026-11-28T09:00:00Z")]
    pub(super) expires_at: DateTime<Utc>,
}

impl PersonDraft {
    /// Who it is, and where they work.
    pub(super) fn split(self) -> (PersonDetails, Option<FirstEmploymentItem>) {
        let Self { given_name, infix, family_name, email, language, employment } = self;
        let name = PersonName {
            given: given_name.trim().to_owned(),
            infix: infix.map(|infix| infix.trim().to_owned()),
            family: family_name.trim().to_owned(),
        };
        (PersonDetails { name, email: Some(email), language: language.unwrap_or(PersonLanguage::Dutch) }, employment)
    }
}

impl PersonPatch {
    /// What is said of them, with what the patch gives.
    pub(super) fn apply(&self, mut details: PersonDetails) -> PersonDetails {
        let Self { given_name, infix, family_name, email, language } = self.clone();
        set(&mut details.name.given, given_name.map(|name| name.trim().to_owned()));
        set(&mut details.name.infix, infix.map(|infix| infix.map(|infix| infix.trim().to_owned())));
        set(&mut details.name.family, family_name.map(|name| name.trim().to_owned()));
        set(&mut details.email, email.map(|email| Some(folded_address(&email))));
        set(&mut details.language, language);
        details
    }
}

impl PersonView {
    /// Somebody as this viewer sees them: an address of one's own is nobody else's business.
    pub(super) fn seen_by(person: &Person, viewer: PersonId) -> Self {
        let Person { id, revision: _, name, email, language, status, claimed_at, created_at, modified_at } =
            person.clone();
        let full_name = name.full();
        let PersonName { given, infix, family } = name;
        Self {
            id,
            given_name: given,
            infix,
            family_name: family,
            full_name,
            email: email.filter(|_| claimed_at.is_none() || id == viewer),
            language,
            status,
            created_at,
            modified_at,
        }
    }
}
