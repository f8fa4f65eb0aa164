//! Skills on the own profile: what clients send and see.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::profiles::profile_skills::{Mastery, ProfileSkill, SkillLevel};
use domain::vocabulary::SkillReference;
use domain::{Faults, ProfileSkillId, Refusal, SkillId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::paging::page_of;
use crate::patch::{Patched, present, set};

/// A skill to be put on the own profile: a concept of the vocabulary, or words of one's own
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ProfileSkillDraft {
    /// The concept, from `GET /skills`; left out where freeText is given
    skill_id: Option<SkillId>,
    /// What the vocabulary has no word for; left out where skillId is given
    #[schema(min_length = 1, max_length = 100, example = "bestuurlijke besluitvorming")]
    free_text: Option<String>,
    /// How well they master it; may be left out for what they want to learn
    level: Option<SkillLevel>,
    /// Whether they want to use it in a klus
    #[serde(default)]
    #[schema(example = true)]
    wants_to_use: bool,
    /// Whether they want to learn it, or learn more of it
    #[serde(default)]
    #[schema(example = false)]
    wants_to_learn: bool,
}

/// What changes in a skill on the own profile: what is left out stays, null clears
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ProfileSkillPatch {
    /// How well they master it
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<SkillLevel>)]
    level: Patched<SkillLevel>,
    /// Whether they want to use it in a klus
    #[schema(nullable = false, example = true)]
    wants_to_use: Option<bool>,
    /// Whether they want to learn it, or learn more of it
    #[schema(nullable = false, example = false)]
    wants_to_learn: Option<bool>,
}

/// A skill on the own profile (vaardigheid)
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ProfileSkill)]
pub struct ProfileSkillView {
    /// Identifies it
    id: ProfileSkillId,
    /// The concept of the vocabulary; null for words of one's own
    skill_id: Option<SkillId>,
    /// The label of the concept, or the words of one's own
    #[schema(max_length = 200, example = "bestuurlijke besluitvorming")]
    label: String,
    /// How well they master it
    level: Option<SkillLevel>,
    /// Whether they want to use it in a klus
    #[schema(example = true)]
    wants_to_use: bool,
    /// Whether they want to learn it, or learn more of it
    #[schema(example = false)]
    wants_to_learn: bool,
    /// When it was added
    #[schema(example = "2026-11-21T09:00:00Z")]
    created_at: DateTime<Utc>,
    /// When it last changed
    #[schema(example = "2026-11-21T09:00:00Z")]
    modified_at: DateTime<Utc>,
}

page_of!(
    /// A page of skills on the own profile
    ProfileSkillPage as ProfileSkillPage, ProfileSkillView
);

/// The labels of concepts.
pub(super) type Labels = HashMap<SkillId, String>;

/// The concept, if it is one, and what it is called.
pub(super) fn named(skill: &SkillReference, labels: &Labels) -> (Option<SkillId>, String) {
    match skill {
        SkillReference::Concept(id) => (Some(*id), labels.get(id).cloned().unwrap_or_default()),
        SkillReference::FreeText(text) => (None, text.clone()),
    }
}

/// The concepts among these skills.
pub(super) fn concepts_of<'a>(skills: impl IntoIterator<Item = &'a ProfileSkill>) -> Vec<SkillId> {
    let concept = |skill: &'a ProfileSkill| match &skill.skill {
        SkillReference::Concept(id) => Some(*id),
        SkillReference::FreeText(_) => None,
    };
    skills.into_iter().filter_map(concept).collect()
}

impl ProfileSkillDraft {
    /// The skill that is meant, and what is said of it. `labels` knows the concept, if it exists.
    pub(super) fn read(self, labels: &Labels) -> Result<(SkillReference, Mastery), Refusal> {
        let Self { skill_id, free_text, level, wants_to_use, wants_to_learn } = self;
        let mut faults = Faults::default();
        faults.unless(
            skill_id.is_some() != free_text.is_some(),
            "skillId",
            "must be given, or freeText, and not both of them",
        );
        let known = skill_id.is_none_or(|id| labels.contains_key(&id));
        faults.unless(known, "skillId", "must be the id of a concept from GET /skills");
        faults.finish()?;
        let text = free_text.unwrap_or_default().trim().to_owned();
        let skill = skill_id.map_or(SkillReference::FreeText(text), SkillReference::Concept);
        Ok((skill, Mastery { level, wants_to_use, wants_to_learn }))
    }

    /// The concept that is named.
    pub(super) fn concept(&self) -> Option<SkillId> {
        self.skill_id
    }
}

impl ProfileSkillPatch {
    /// What is said of the skill, with what the patch gives.
    pub(super) fn apply(&self, mut mastery: Mastery) -> Mastery {
        let Self { level, wants_to_use, wants_to_learn } = self.clone();
        set(&mut mastery.level, level);
        set(&mut mastery.wants_to_use, wants_to_use);
        set(&mut mastery.wants_to_learn, wants_to_learn);
        mastery
    }
}

impl ProfileSkillView {
    /// The skill as its owner sees it.
    pub(super) fn of(skill: &ProfileSkill, labels: &Labels) -> Self {
        let ProfileSkill { id, revision: _, profile: _, skill, mastery, created_at, modified_at } = skill;
        let Mastery { level, wants_to_use, wants_to_learn } = *mastery;
        let (skill_id, label) = named(skill, labels);
        let (created_at, modified_at) = (*created_at, *modified_at);
        Self { id: *id, skill_id, label, level, wants_to_use, wants_to_learn, created_at, modified_at }
    }
}
