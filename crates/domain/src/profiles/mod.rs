//! What a person shows, and to whom: the profile, its skills and availabilities, and who sees it.

pub mod availabilities;
pub mod codes;
pub mod completeness;
pub mod offered;
pub mod profile_skills;
pub mod profile_views;
#[expect(clippy::module_inception, reason = "the wing is named for its main noun")]
pub mod profiles;
pub mod sight;
pub mod skills;
pub mod visibility;

use crate::{TextEnum, TextEnumDescription};

/// The closed lists of the wing, to publish them.
pub fn vocabularies() -> Vec<TextEnumDescription> {
    vec![
        profiles::EntrepreneurshipLevel::describe(),
        visibility::VisibilityLevel::describe(),
        sight::Sight::describe(),
        sight::ViewBasis::describe(),
        completeness::ProfileStep::describe(),
        profile_skills::SkillLevel::describe(),
        availabilities::AvailabilityPattern::describe(),
        skills::SkillKind::describe(),
    ]
}
