//! Hard requirements of a klus, laid beside what somebody states: reported, never a score and never a rejection.

use super::assignments::AssignmentDetails;
use crate::text_enum;
use crate::vocabulary::{EducationLevel, SkillReference};

text_enum! {
    /// Whether a requirement is met
    Fulfilment {
        Met = "MET", "Met", "Aan voldaan";
        NotMet = "NOT_MET", "Not met", "Niet aan voldaan";
        NotStated = "NOT_STATED", "Not stated", "Niet vermeld";
    }
}

impl Fulfilment {
    /// Whether a level of education meets what is asked: one that is named, or one above the lowest named.
    pub fn of_education(asked: &[EducationLevel], stated: Option<EducationLevel>) -> Self {
        match (asked.iter().min(), stated) {
            (None, _) => Self::Met,
            (Some(_), None) => Self::NotStated,
            (Some(lowest), Some(level)) if *lowest <= level => Self::Met,
            (Some(_), Some(_)) => Self::NotMet,
        }
    }
}

/// What somebody states of themselves, as far as they show it to the client.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Qualification {
    /// The level of education.
    pub education: Option<EducationLevel>,
    /// The skills.
    pub skills: Vec<SkillReference>,
}

/// The hard requirements of a klus, one by one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequirementReport {
    /// The education level: met by a level that is named, and by one above the lowest named.
    pub education: Fulfilment,
    /// Each required skill, and whether it was stated.
    pub skills: Vec<(SkillReference, Fulfilment)>,
}

impl RequirementReport {
    /// Lays the requirements beside what is stated.
    pub fn of(details: &AssignmentDetails, stated: &Qualification) -> Self {
        let education = Fulfilment::of_education(&details.education_levels, stated.education);
        let skills = details
            .required_skills
            .iter()
            .map(|required| {
                let stated = stated.skills.iter().any(|skill| skill.means(required));
                (required.clone(), if stated { Fulfilment::Met } else { Fulfilment::NotStated })
            })
            .collect();
        Self { education, skills }
    }

    /// Whether the hard requirement, the education level, stands in the way. Skills are for the client to weigh.
    pub fn is_met(&self) -> bool {
        self.education == Fulfilment::Met
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::TextEnum;
    use crate::market::fixtures;

    #[test]
    fn an_education_level_is_met_by_a_named_level_or_one_above_the_lowest() {
        for asked in EducationLevel::ALL {
            for level in EducationLevel::ALL {
                let mut details = fixtures::details();
                details.education_levels = vec![*asked];
                let stated = Qualification { education: Some(*level), skills: Vec::new() };
                let report = RequirementReport::of(&details, &stated);
                assert_eq!(report.is_met(), asked <= level, "{asked} {level}");
            }
        }
    }

    #[test]
    fn what_is_not_stated_is_reported_as_not_stated_and_not_as_failed() {
        let mut details = fixtures::details();
        details.education_levels = vec![EducationLevel::Mbo];
        details.required_skills =
            vec![SkillReference::FreeText("Projectleiding".to_owned()), SkillReference::FreeText("Zorg".to_owned())];
        let stated =
            Qualification { education: None, skills: vec![SkillReference::FreeText(" projectleiding".to_owned())] };
        let report = RequirementReport::of(&details, &stated);
        assert_eq!(report.education, Fulfilment::NotStated);
        assert_eq!(report.skills[0].1, Fulfilment::Met);
        assert_eq!(report.skills[1].1, Fulfilment::NotStated);
    }
}
