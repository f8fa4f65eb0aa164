//! Who sees what of a profile: a pure function of the visibility, the owner and the viewer. The query that makes lists
//! says the same in SQL; a test lays the two side by side.

use super::profiles::Profile;
use super::visibility::VisibilityLevel;
use crate::{Moment, NetworkId, OrganisationId, PersonId, text_enum};

text_enum! {
    /// How much of a profile is shown, from little to all
    Sight {
        PublicCard = "PUBLIC_CARD", "The public business card", "Het openbare visitekaartje";
        PseudonymousCard = "PSEUDONYMOUS_CARD", "Everything that does not tell who it is", "Alles wat niet zegt wie het is";
        WholeProfile = "WHOLE_PROFILE", "The whole profile", "Het hele profiel";
    }
}

text_enum! {
    /// Why somebody may see a profile (grond van inzage)
    ViewBasis {
        Public = "PUBLIC", "The card is public (V5)", "Het visitekaartje is openbaar (V5)";
        AllGovernment = "ALL_GOVERNMENT", "Clients in the whole of government may see it (V4)", "Opdrachtgevers in de hele overheid mogen het zien (V4)";
        Network = "NETWORK", "Clients in a chosen network may see it (V3)", "Opdrachtgevers in een gekozen netwerk mogen het zien (V3)";
        Response = "RESPONSE", "The owner responded to their klus", "De eigenaar reageerde op hun klus";
        Adviser = "ADVISER", "The owner chose them as adviser", "De eigenaar koos hen als adviseur";
        Owner = "OWNER", "It is their own", "Het is het eigen profiel";
    }
}

/// Somebody who looks, with what follows from who they are at this moment; the default is a stranger.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Viewer {
    /// Who it is.
    pub person: Option<PersonId>,
    /// On behalf of which organisation they look, for the owner's log.
    pub organisation: Option<OrganisationId>,
    /// Where they work or have a role, with every organisation above and below: what is hidden from one of these is
    /// hidden from them.
    pub organisations: Vec<OrganisationId>,
    /// Whether they look for people: a client, or a coordinator of a network.
    pub looks_for_people: bool,
    /// The networks in which they look for people.
    pub networks: Vec<NetworkId>,
    /// Whether they have the role of mobility adviser.
    pub is_mobility_adviser: bool,
    /// Whether they administer the platform: then no other role shows them profiles.
    pub is_platform_administrator: bool,
    /// The people whose line manager they are.
    pub manages: Vec<PersonId>,
    /// The people who responded to a klus of theirs, for the life of that dossier.
    pub responders: Vec<PersonId>,
}

/// What has to be known of the owner besides the profile.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Owner {
    /// The networks they belong to at this moment, by an employer or in person.
    pub networks: Vec<NetworkId>,
    /// Whether their access was closed.
    pub is_closed: bool,
}

/// What a viewer sees of a profile and why; nothing where it does not exist for them.
pub fn may_see(profile: &Profile, owner: &Owner, viewer: &Viewer, now: Moment) -> Option<(Sight, ViewBasis)> {
    let Profile { person, visibility, .. } = profile;
    if viewer.person == Some(*person) {
        return Some((Sight::WholeProfile, ViewBasis::Owner));
    }
    if owner.is_closed || visibility.is_paused(now) {
        return None;
    }
    // What the owner did on purpose comes first: to respond, to choose an adviser.
    if visibility.level >= VisibilityLevel::V2 && viewer.responders.contains(person) {
        return Some((Sight::WholeProfile, ViewBasis::Response));
    }
    let is_adviser = viewer.is_mobility_adviser && viewer.person.is_some() && viewer.person == visibility.adviser;
    if visibility.level >= VisibilityLevel::V1 && is_adviser {
        return Some((Sight::WholeProfile, ViewBasis::Adviser));
    }
    if visibility.hidden_from.iter().any(|hidden| viewer.organisations.contains(hidden)) {
        return None;
    }
    // A line manager sees no card of the own team, not even as a client: a card without a name says enough to a manager.
    if viewer.looks_for_people && !viewer.is_platform_administrator && !viewer.manages.contains(person) {
        let shared = |network: &NetworkId| owner.networks.contains(network) && viewer.networks.contains(network);
        if visibility.level == VisibilityLevel::V3 && visibility.networks.iter().any(shared) {
            return Some((Sight::PseudonymousCard, ViewBasis::Network));
        }
        if visibility.level >= VisibilityLevel::V4 {
            return Some((Sight::PseudonymousCard, ViewBasis::AllGovernment));
        }
    }
    // Nobody knows of a stranger where they work: what is hidden from somebody is not public.
    (visibility.level == VisibilityLevel::V5 && visibility.hidden_from.is_empty())
        .then_some((Sight::PublicCard, ViewBasis::Public))
}

#[cfg(test)]
mod tests;
