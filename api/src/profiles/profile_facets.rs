//! How many of the profiles that somebody may see have each value.

use actix_web::get;
use domain::SkillId;
use domain::profiles::profiles::EntrepreneurshipLevel;
use domain::vocabulary::EducationLevel;
use persistence::View;
use persistence::profiles::profile_facets::{self as kept, ProfileFacets};
use persistence::profiles::skills;
use serde::Serialize;
use utoipa::ToSchema;

use super::seen;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// How many of the profiles that the caller may see have each value, the commonest first. Every count is rounded down to a multiple of five, and a value that fewer than five have is left out
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ProfileFacets)]
pub struct ProfileFacetsView {
    /// How many there are in all
    #[schema(minimum = 0, maximum = 10_000_000, example = 45)]
    total: u64,
    /// Skills of the vocabulary
    #[schema(max_items = 20)]
    skills: Vec<ProfileSkillCountView>,
    /// Fields of work (werkvelden)
    #[schema(max_items = 20)]
    fields_of_work: Vec<FieldOfWorkCountView>,
    /// Levels of education
    #[schema(max_items = 4)]
    education_levels: Vec<ProfileEducationCountView>,
    /// How far they are as entrepreneurial civil servants
    #[schema(max_items = 10)]
    entrepreneurship_levels: Vec<EntrepreneurshipCountView>,
}

/// How many have a skill
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ProfileSkillCount)]
pub struct ProfileSkillCountView {
    /// The skill
    skill_id: SkillId,
    /// How it is called
    #[schema(max_length = 200, example = "projectbeheer")]
    label: String,
    /// How many, rounded down to a multiple of five
    #[schema(minimum = 5, maximum = 10_000_000, example = 10)]
    count: u64,
}

/// How many name a field of work
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = FieldOfWorkCount)]
pub struct FieldOfWorkCountView {
    /// The field of work
    #[schema(max_length = 60, example = "ruimtelijke ordening")]
    field_of_work: String,
    /// How many, rounded down to a multiple of five
    #[schema(minimum = 5, maximum = 10_000_000, example = 10)]
    count: u64,
}

/// How many have a level of education
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ProfileEducationCount)]
pub struct ProfileEducationCountView {
    /// The level
    education_level: EducationLevel,
    /// How many, rounded down to a multiple of five
    #[schema(minimum = 5, maximum = 10_000_000, example = 10)]
    count: u64,
}

/// How many are so far as entrepreneurial civil servants
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = EntrepreneurshipCount)]
pub struct EntrepreneurshipCountView {
    /// The level
    entrepreneurship_level: EntrepreneurshipLevel,
    /// How many, rounded down to a multiple of five
    #[schema(minimum = 5, maximum = 10_000_000, example = 10)]
    count: u64,
}

/// Count the profiles that the caller may see by skill, field of work and level
///
/// Of those that `GET /profiles` lists without a filter. There is nothing to narrow it by, and counts come in fives, so that
/// no two of them can be subtracted to learn of one person.
#[utoipa::path(tag = "profiles", security(("bearer" = ["profiles:read"])), responses(
    (status = 200, description = "The counts", body = ProfileFacetsView),
))]
#[get("/profiles/facets")]
pub(crate) async fn count_profiles(caller: Caller) -> Answer<ProfileFacetsView> {
    caller
        .read(move |view, actor| {
            let viewer = seen::viewer_of(view, actor)?;
            let facets = kept::facets(view, &viewer)?;
            Ok(Reply::shown(ProfileFacetsView::of(view, facets)?))
        })
        .await
}

impl ProfileFacetsView {
    fn of(view: &mut View<'_>, facets: ProfileFacets) -> Result<Self, Problem> {
        let ProfileFacets { total, skills, fields_of_work, education_levels, entrepreneurship_levels } = facets;
        let named: Vec<SkillId> = skills.iter().map(|(skill, _)| *skill).collect();
        let labels = skills::labels(view, &named)?;
        let skilled = |(skill_id, count): (SkillId, u64)| {
            Some(ProfileSkillCountView { skill_id, label: labels.get(&skill_id)?.clone(), count })
        };
        let fields = fields_of_work.into_iter();
        let educations = education_levels.into_iter();
        let entrepreneurs = entrepreneurship_levels.into_iter();
        Ok(Self {
            total,
            skills: skills.into_iter().filter_map(skilled).collect(),
            fields_of_work: fields
                .map(|(field_of_work, count)| FieldOfWorkCountView { field_of_work, count })
                .collect(),
            education_levels: educations
                .map(|(education_level, count)| ProfileEducationCountView { education_level, count })
                .collect(),
            entrepreneurship_levels: entrepreneurs
                .map(|(entrepreneurship_level, count)| EntrepreneurshipCountView { entrepreneurship_level, count })
                .collect(),
        })
    }
}
