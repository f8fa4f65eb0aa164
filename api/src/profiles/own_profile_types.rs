//! The own profile: what its owner sends and sees.

use chrono::{DateTime, Utc};
use domain::ProfileId;
use domain::profiles::completeness::{Completeness, ProfileStep};
use domain::profiles::profiles::{EntrepreneurshipLevel, Profile, ProfileDetails};
use domain::vocabulary::EducationLevel;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::own;
use crate::patch::{Patched, present, set};

/// A word or a few
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = String, min_length = 1, max_length = 60, example = "ruimtelijke ordening")]
pub struct WordItem(pub(super) String);

/// What changes in the own profile: what is left out stays, null clears
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ProfilePatch {
    /// One line that says it all
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 120, example = "Jurist die graag over de grens van de gemeente kijkt")]
    headline: Patched<String>,
    /// All fields of work (werkvelden)
    #[schema(nullable = false, max_items = 10)]
    fields_of_work: Option<Vec<WordItem>>,
    /// All core qualities (kernkwaliteiten)
    #[schema(nullable = false, max_items = 10)]
    core_qualities: Option<Vec<WordItem>>,
    /// All interests
    #[schema(nullable = false, max_items = 10)]
    interests: Option<Vec<WordItem>>,
    /// What they want to achieve; only seen together with the name
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 2000, example = "Een keer een project van begin tot eind leiden.")]
    ambition: Patched<String>,
    /// What they have done (ervaring); also seen without the name, so it must not tell who it is
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 2000, example = "Tien jaar vergunningen, twee jaar projectleider.")]
    experience: Patched<String>,
    /// The level of education
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<EducationLevel>)]
    education_level: Patched<EducationLevel>,
    /// How far they are as an entrepreneurial civil servant
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<EntrepreneurshipLevel>)]
    entrepreneurship_level: Patched<EntrepreneurshipLevel>,
}

/// The own profile (profiel)
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = OwnProfile)]
pub struct OwnProfileView {
    /// Identifies it, without telling whose it is; null until something was saved
    id: Option<ProfileId>,
    /// One line that says it all
    #[schema(max_length = 120, example = "Jurist die graag over de grens van de gemeente kijkt")]
    headline: Option<String>,
    /// Fields of work (werkvelden)
    #[schema(max_items = 10)]
    fields_of_work: Vec<WordItem>,
    /// Core qualities (kernkwaliteiten)
    #[schema(max_items = 10)]
    core_qualities: Vec<WordItem>,
    /// Interests
    #[schema(max_items = 10)]
    interests: Vec<WordItem>,
    /// What they want to achieve; only seen together with the name
    #[schema(max_length = 2000, example = "Een keer een project van begin tot eind leiden.")]
    ambition: Option<String>,
    /// What they have done (ervaring)
    #[schema(max_length = 2000, example = "Tien jaar vergunningen, twee jaar projectleider.")]
    experience: Option<String>,
    /// The level of education
    education_level: Option<EducationLevel>,
    /// How far they are as an entrepreneurial civil servant
    entrepreneurship_level: Option<EntrepreneurshipLevel>,
    /// How complete it is, and what would add most
    completeness: CompletenessView,
    /// When it last changed; null until something was saved
    #[schema(example = "2026-11-21T09:00:00Z")]
    modified_at: Option<DateTime<Utc>>,
}

/// How complete a profile is; it never stands in the way of anything
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Completeness)]
pub struct CompletenessView {
    /// From 0 to 100
    #[schema(minimum = 0, maximum = 100, example = 65)]
    percentage: u32,
    /// The step that would add most; null where all is done
    next_step: Option<ProfileStep>,
}

impl ProfilePatch {
    /// The details with what the patch gives.
    pub(super) fn apply(&self, mut details: ProfileDetails) -> ProfileDetails {
        let Self {
            headline,
            fields_of_work,
            core_qualities,
            interests,
            ambition,
            experience,
            education_level,
            entrepreneurship_level,
        } = self.clone();
        let trimmed = |text: Patched<String>| text.map(|text| text.map(|text| text.trim().to_owned()));
        set(&mut details.headline, trimmed(headline));
        set(&mut details.fields_of_work, fields_of_work.map(plain));
        set(&mut details.core_qualities, core_qualities.map(plain));
        set(&mut details.interests, interests.map(plain));
        set(&mut details.ambition, trimmed(ambition));
        set(&mut details.experience, trimmed(experience));
        set(&mut details.education_level, education_level);
        set(&mut details.entrepreneurship_level, entrepreneurship_level);
        details
    }
}

fn plain(words: Vec<WordItem>) -> Vec<String> {
    words.into_iter().map(|word| word.0.trim().to_owned()).collect()
}

/// Words as they are shown.
pub(super) fn words(words: &[String]) -> Vec<WordItem> {
    words.iter().cloned().map(WordItem).collect()
}

impl OwnProfileView {
    /// The profile as its owner sees it.
    pub(super) fn of(profile: &Profile, completeness: Completeness) -> Self {
        let id = own::id_of(profile);
        let Profile { id: _, revision: _, person: _, details, visibility: _, created_at: _, modified_at } =
            profile.clone();
        let ProfileDetails {
            headline,
            fields_of_work,
            core_qualities,
            interests,
            ambition,
            experience,
            education_level,
            entrepreneurship_level,
        } = details;
        let Completeness { percentage, next_step } = completeness;
        Self {
            id,
            headline,
            fields_of_work: words(&fields_of_work),
            core_qualities: words(&core_qualities),
            interests: words(&interests),
            ambition,
            experience,
            education_level,
            entrepreneurship_level,
            completeness: CompletenessView { percentage, next_step },
            modified_at: id.map(|_| modified_at),
        }
    }
}
