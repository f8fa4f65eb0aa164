//! Words that people and klussen share: education levels and skills.

use crate::{SkillId, text_enum};

text_enum! {
    /// A level of education (opleidingsniveau), from practical to academic; the order is the order of the levels
    EducationLevel {
        Lbo = "LBO", "Lower vocational education", "Lbo";
        Mbo = "MBO", "Secondary vocational education", "Mbo";
        Hbo = "HBO", "Higher professional education", "Hbo";
        Wo = "WO", "University education", "Wo";
    }
}

/// A skill (vaardigheid) that is asked or offered: a concept of the vocabulary, or words of one's own.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SkillReference {
    /// A concept of the skill vocabulary.
    Concept(SkillId),
    /// What the vocabulary has no word for.
    FreeText(String),
}

impl SkillReference {
    /// Whether both mean the same; free text regardless of case and surrounding space.
    pub fn means(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Concept(one), Self::Concept(another)) => one == another,
            (Self::FreeText(one), Self::FreeText(another)) => {
                one.trim().to_lowercase() == another.trim().to_lowercase()
            }
            _ => false,
        }
    }
}
