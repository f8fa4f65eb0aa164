//! The skill vocabulary: concepts of the ESCO classification of the European Commission, with Dutch labels.

use crate::{SkillId, text_enum};

text_enum! {
    /// What kind of concept it is
    SkillKind {
        Skill = "SKILL", "Skill", "Vaardigheid";
        Knowledge = "KNOWLEDGE", "Knowledge", "Kennis";
        Group = "GROUP", "Group of skills", "Groep vaardigheden";
    }
}

/// A concept of the vocabulary. Its id follows from its address, so it is the same in every installation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skill {
    /// Identifies it.
    pub id: SkillId,
    /// Its address in ESCO.
    pub uri: String,
    /// What it is called.
    pub label: String,
    /// What it is called as well.
    pub alternative_labels: Vec<String>,
    /// What kind of concept it is.
    pub kind: SkillKind,
}

/// The id of the concept with this address: the UUID v5 of the address, so that installations agree on it.
pub fn id_of(uri: &str) -> SkillId {
    uuid::Uuid::new_v5(&uuid::Uuid::NAMESPACE_URL, uri.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_follows_from_the_address_alone() {
        let uri = "http://data.europa.eu/esco/skill/f1a08ec9-32d2-4e52-ba4a-66e049019be8";
        assert_eq!(id_of(uri).to_string(), "db315e70-bba0-5df2-a731-82ac0469530c");
    }
}
