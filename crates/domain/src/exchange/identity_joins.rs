//! One person, two identities: two organisations told of somebody, and only the person says that both are them.

use super::codes::IDENTITY_IN_USE;
use crate::parties::employments::Employment;
use crate::{Moment, PersonId, Refusal, text_enum};

text_enum! {
    /// What an identity has begun, and what keeps it from being joined into another
    Tie {
        Responses = "RESPONSES", "Responses to klussen", "Reacties op klussen";
        Assignments = "ASSIGNMENTS", "Klussen of which it is an owner", "Klussen waarvan het (mede-)eigenaar is";
        Arrangements = "ARRANGEMENTS", "Mobility arrangements", "Vrijstellingsafspraken";
        Memberships = "MEMBERSHIPS", "Memberships of networks in person", "Persoonlijke deelname aan netwerken";
        Profile = "PROFILE", "A profile that was filled in", "Een ingevuld profiel";
    }
}

/// Refuses to give up an identity that has begun something: what was said and signed under it must stay its own.
pub fn check_free(ties: &[Tie]) -> Result<(), Refusal> {
    if ties.is_empty() {
        return Ok(());
    }
    let ties: Vec<String> = ties.iter().map(ToString::to_string).collect();
    Err(IDENTITY_IN_USE.refuse(format!(
        "The identity of the code has {}. Make the code with the other identity, and use it with this one.",
        ties.join(", ")
    )))
}

/// The employments of the one identity as employments of the other.
pub fn moved(
    employments: Vec<Employment>,
    to: PersonId,
    own: &[Employment],
    now: Moment,
) -> Result<Vec<Employment>, Refusal> {
    employments
        .into_iter()
        .map(|employment| {
            let manager = employment.terms.manager.filter(|manager| *manager != to);
            let terms = crate::parties::employments::EmploymentTerms { manager, ..employment.terms.clone() };
            Employment { person: to, ..employment }.revise(terms, now)?.beside(own)
        })
        .collect()
}
