//! The owner's log: who opened the profile, on behalf of whom, when and on which basis.

use super::sight::{ViewBasis, Viewer};
use crate::{Moment, OrganisationId, PersonId, ProfileId, ProfileViewId};

/// One view of a profile by somebody else (inzage). It never changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileView {
    /// Identifies it.
    pub id: ProfileViewId,
    /// What was seen.
    pub profile: ProfileId,
    /// Who saw it.
    pub viewer: PersonId,
    /// On behalf of which organisation.
    pub organisation: Option<OrganisationId>,
    /// Why they might.
    pub basis: ViewBasis,
    /// When.
    pub viewed_at: Moment,
}

impl ProfileView {
    /// The line for the log; none for the owner, and none for a stranger, of whom nothing is known.
    pub fn by(viewer: &Viewer, id: ProfileViewId, profile: ProfileId, basis: ViewBasis, now: Moment) -> Option<Self> {
        let person = viewer.person.filter(|_| basis != ViewBasis::Owner)?;
        Some(Self { id, profile, viewer: person, organisation: viewer.organisation, basis, viewed_at: now })
    }
}
