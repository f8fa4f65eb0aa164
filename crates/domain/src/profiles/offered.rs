//! What somebody has to offer, as far as it is shown.

use super::availabilities::AvailabilityTerms;
use super::profile_skills::Mastery;
use crate::vocabulary::{EducationLevel, SkillReference};

/// What somebody states of themselves, as far as it is shown to who asks.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Offered {
    /// The level of education.
    pub education: Option<EducationLevel>,
    /// The skills, and what is said of each.
    pub skills: Vec<(SkillReference, Mastery)>,
    /// The interests.
    pub interests: Vec<String>,
    /// When they are available; empty too where that is not shown.
    pub availabilities: Vec<AvailabilityTerms>,
}
