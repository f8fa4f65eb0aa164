//! What a klus asks of somebody, apart from everything else that is told of it.

use chrono::NaiveDate;

use super::assignments::{AssignmentDetails, RemoteMode};
use super::effort::{Effort, Period};
use crate::vocabulary::{EducationLevel, SkillReference};

/// What a klus asks of somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demand {
    /// Skills without which it cannot be done.
    pub required_skills: Vec<SkillReference>,
    /// Skills that help.
    pub preferred_skills: Vec<SkillReference>,
    /// The education levels it suits; empty where it does not matter.
    pub education_levels: Vec<EducationLevel>,
    /// Interests it speaks to.
    pub interests: Vec<String>,
    /// How much work it is.
    pub effort: Option<Effort>,
    /// The first day.
    pub start_date: Option<NaiveDate>,
    /// The last day.
    pub end_date: Option<NaiveDate>,
    /// Where the work is done.
    pub remote: RemoteMode,
}

impl Demand {
    /// The period, where both ends are known and in order.
    pub fn period(&self) -> Option<Period> {
        Period::between(self.start_date?, self.end_date?).ok()
    }

    /// What is asked, the required first.
    pub fn skills(&self) -> impl Iterator<Item = &SkillReference> {
        self.required_skills.iter().chain(&self.preferred_skills)
    }
}

impl From<&AssignmentDetails> for Demand {
    fn from(details: &AssignmentDetails) -> Self {
        Self {
            required_skills: details.required_skills.clone(),
            preferred_skills: details.preferred_skills.clone(),
            education_levels: details.education_levels.clone(),
            interests: details.interests.clone(),
            effort: details.effort,
            start_date: details.start_date,
            end_date: details.end_date,
            remote: details.remote,
        }
    }
}
