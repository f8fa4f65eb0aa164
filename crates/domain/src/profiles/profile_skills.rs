//! Skills on a profile: what somebody can do, wants to use and wants to learn.

use super::codes::{PROFILE_FULL, SKILL_ON_PROFILE};
use crate::vocabulary::SkillReference;
use crate::{Moment, ProfileId, ProfileSkillId, Refusal, text_enum};

/// A profile holds at most this many skills.
pub const MOST_SKILLS: usize = 100;

text_enum! {
    /// How well somebody masters a skill, as they state it; the order is the order of the levels
    SkillLevel {
        Basic = "BASIC", "Basic", "Basis";
        Proficient = "PROFICIENT", "Proficient", "Vaardig";
        Advanced = "ADVANCED", "Advanced", "Gevorderd";
        Expert = "EXPERT", "Expert", "Expert";
    }
}

/// A skill on a profile (vaardigheid).
#[derive(Debug, Clone, PartialEq)]
pub struct ProfileSkill {
    /// Identifies it.
    pub id: ProfileSkillId,
    /// Counts its changes.
    pub revision: i64,
    /// The profile it stands on.
    pub profile: ProfileId,
    /// Which skill.
    pub skill: SkillReference,
    /// What the owner says of it.
    pub mastery: Mastery,
    /// When it was added.
    pub created_at: Moment,
    /// When it last changed.
    pub modified_at: Moment,
}

/// What somebody says of a skill of theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Mastery {
    /// How well they master it; none for one they only want to learn.
    pub level: Option<SkillLevel>,
    /// Whether they want to use it in a klus.
    pub wants_to_use: bool,
    /// Whether they want to learn it, or learn more of it.
    pub wants_to_learn: bool,
}

impl Mastery {
    fn check(self) -> Result<(), Refusal> {
        if self.level.is_none() && !self.wants_to_learn {
            return Err(Refusal::invalid("level", "must be given unless wantsToLearn is true"));
        }
        Ok(())
    }
}

impl ProfileSkill {
    /// Adds a skill to a profile that holds `others`.
    pub fn add(
        id: ProfileSkillId,
        profile: ProfileId,
        skill: SkillReference,
        mastery: Mastery,
        others: &[Self],
        now: Moment,
    ) -> Result<Self, Refusal> {
        mastery.check()?;
        if others.iter().any(|other| other.skill.means(&skill)) {
            return Err(SKILL_ON_PROFILE.refuse("Each skill stands on a profile once; change the one that is there."));
        }
        if others.len() >= MOST_SKILLS {
            return Err(PROFILE_FULL.refuse(format!("A profile holds at most {MOST_SKILLS} skills; remove one first.")));
        }
        Ok(Self { id, revision: 1, profile, skill, mastery, created_at: now, modified_at: now })
    }

    /// Says something else of it.
    pub fn revise(self, mastery: Mastery, now: Moment) -> Result<Self, Refusal> {
        mastery.check()?;
        Ok(Self { mastery, modified_at: now, ..self })
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn add(text: &str, others: &[ProfileSkill]) -> Result<ProfileSkill, Refusal> {
        let mastery = Mastery { level: Some(SkillLevel::Basic), wants_to_use: true, wants_to_learn: false };
        let (id, profile) = (Uuid::from_u128(1).into(), Uuid::from_u128(2).into());
        let now = "2027-03-01T09:00:00Z".parse().unwrap();
        ProfileSkill::add(id, profile, SkillReference::FreeText(text.to_owned()), mastery, others, now)
    }

    #[test]
    fn a_skill_stands_on_a_profile_once_and_a_profile_can_be_full() {
        let one = add("Onderhandelen", &[]).unwrap();
        assert_eq!(add(" onderhandelen ", std::slice::from_ref(&one)).unwrap_err().code, &SKILL_ON_PROFILE);
        let full: Vec<_> = (0..MOST_SKILLS).map(|number| add(&number.to_string(), &[]).unwrap()).collect();
        assert!(add("nog een", full.get(1..).unwrap()).is_ok());
        assert_eq!(add("nog een", &full).unwrap_err().code, &PROFILE_FULL);
    }

    #[test]
    fn a_skill_without_a_level_is_one_to_learn() {
        let one = add("Onderhandelen", &[]).unwrap();
        let now = one.created_at;
        let mastery = |wants_to_learn| Mastery { level: None, wants_to_use: false, wants_to_learn };
        assert!(one.clone().revise(mastery(true), now).is_ok());
        assert_eq!(one.revise(mastery(false), now).unwrap_err().faults[0].name, "level");
    }
}
