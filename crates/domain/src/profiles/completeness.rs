//! How complete a profile is, and the next best step. It encourages; it never blocks anything.

use super::profiles::ProfileDetails;
use crate::text_enum;

text_enum! {
    /// A step that makes a profile more complete
    ProfileStep {
        AddHeadline = "ADD_HEADLINE", "Write one line that says it all", "Schrijf één regel die alles zegt";
        AddFieldsOfWork = "ADD_FIELDS_OF_WORK", "Name your fields of work", "Noem uw werkvelden";
        AddSkills = "ADD_SKILLS", "Add a skill", "Voeg een vaardigheid toe";
        AddCoreQualities = "ADD_CORE_QUALITIES", "Name your core qualities", "Noem uw kernkwaliteiten";
        AddAvailability = "ADD_AVAILABILITY", "Say when you are available", "Geef aan wanneer u beschikbaar bent";
        AddInterests = "ADD_INTERESTS", "Name your interests", "Noem uw interesses";
        AddExperience = "ADD_EXPERIENCE", "Tell what you have done", "Vertel wat u hebt gedaan";
        AddAmbition = "ADD_AMBITION", "Tell what you want to achieve", "Vertel wat u wilt bereiken";
        StateEducationLevel = "STATE_EDUCATION_LEVEL", "State your level of education", "Vul uw opleidingsniveau in";
        StateEntrepreneurshipLevel = "STATE_ENTREPRENEURSHIP_LEVEL", "State how entrepreneurial you are", "Geef uw niveau van ondernemerschap aan";
    }
}

/// How complete a profile is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Completeness {
    /// From 0 to 100.
    pub percentage: u32,
    /// What adds most now; nothing where all is done.
    pub next_step: Option<ProfileStep>,
}

impl Completeness {
    /// The completeness of a profile that has skills and availabilities, or not.
    pub fn of(details: &ProfileDetails, has_skills: bool, has_availability: bool) -> Self {
        // The steps that say most of somebody come first and weigh most; together they make 100.
        let steps = [
            (ProfileStep::AddHeadline, 15, details.headline.is_some()),
            (ProfileStep::AddFieldsOfWork, 15, !details.fields_of_work.is_empty()),
            (ProfileStep::AddSkills, 15, has_skills),
            (ProfileStep::AddCoreQualities, 10, !details.core_qualities.is_empty()),
            (ProfileStep::AddAvailability, 10, has_availability),
            (ProfileStep::AddInterests, 10, !details.interests.is_empty()),
            (ProfileStep::AddExperience, 10, details.experience.is_some()),
            (ProfileStep::AddAmbition, 5, details.ambition.is_some()),
            (ProfileStep::StateEducationLevel, 5, details.education_level.is_some()),
            (ProfileStep::StateEntrepreneurshipLevel, 5, details.entrepreneurship_level.is_some()),
        ];
        let percentage = steps.iter().filter(|(.., done)| *done).map(|(_, weight, _)| weight).sum();
        let next_step = steps.iter().find(|(.., done)| !done).map(|(step, ..)| *step);
        Self { percentage, next_step }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::TextEnum;
    use crate::profiles::profiles::EntrepreneurshipLevel;
    use crate::vocabulary::EducationLevel;

    #[test]
    fn following_the_next_step_each_time_takes_every_step_once_and_ends_at_a_hundred() {
        let (mut details, mut skills, mut availability) = (ProfileDetails::default(), false, false);
        let mut taken = Vec::new();
        let mut percentage = 0;
        assert_eq!(Completeness::of(&details, skills, availability).percentage, 0);
        while let Some(step) = Completeness::of(&details, skills, availability).next_step {
            let words = vec!["iets".to_owned()];
            match step {
                ProfileStep::AddHeadline => details.headline = Some("iets".to_owned()),
                ProfileStep::AddFieldsOfWork => details.fields_of_work = words,
                ProfileStep::AddSkills => skills = true,
                ProfileStep::AddCoreQualities => details.core_qualities = words,
                ProfileStep::AddAvailability => availability = true,
                ProfileStep::AddInterests => details.interests = words,
                ProfileStep::AddExperience => details.experience = Some("iets".to_owned()),
                ProfileStep::AddAmbition => details.ambition = Some("iets".to_owned()),
                ProfileStep::StateEducationLevel => details.education_level = Some(EducationLevel::Lbo),
                ProfileStep::StateEntrepreneurshipLevel => {
                    details.entrepreneurship_level = Some(EntrepreneurshipLevel::Starting);
                }
            }
            let now = Completeness::of(&details, skills, availability).percentage;
            assert!(now > percentage, "{step}");
            percentage = now;
            taken.push(step);
        }
        assert_eq!((taken.as_slice(), percentage), (ProfileStep::ALL, 100));
    }
}
