//! How many of what a list would show have each value: what can be narrowed further, and what else there is.

use actix_web::get;
use domain::SkillId;
use domain::market::assignments::AssignmentKind;
use domain::parties::organisations::GovernmentLayer;
use domain::vocabulary::EducationLevel;
use persistence::View;
use persistence::market::assignments::{self as kept, AssignmentFacets, HOURS};
use persistence::profiles::skills;
use serde::Serialize;
use utoipa::ToSchema;

use super::read::AssignmentQuery;
use crate::caller::{Query, Visitor};
use crate::market::standing::Viewer;
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// Up to here is told exactly how many there are.
const COUNTED: u64 = 1000;

/// How many of the assignments that a list would show have each value, the commonest first; a value that none has is left out
#[derive(Serialize, ToSchema, Default)]
#[serde(rename_all = "camelCase")]
#[schema(as = AssignmentFacets)]
pub struct FacetsView {
    /// Regions, by name
    #[schema(max_items = 20)]
    regions: Vec<RegionCountView>,
    /// Kinds
    #[schema(max_items = 20)]
    kinds: Vec<KindCountView>,
    /// Minutes a week on average, from few to many; what tells no hours is left out
    #[schema(max_items = 6)]
    hours: Vec<HoursCountView>,
    /// Skills of the vocabulary that are required or preferred
    #[schema(max_items = 20)]
    skills: Vec<SkillCountView>,
    /// Layers of government
    #[schema(max_items = 20)]
    layers: Vec<LayerCountView>,
    /// Education levels; an assignment that names none suits all and counts for each
    #[schema(max_items = 4)]
    education_levels: Vec<LevelCountView>,
}

/// How many there are in a region
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AssignmentRegionCount)]
pub struct RegionCountView {
    /// The region, as it is written most: what `region` asks for
    #[schema(max_length = 120, example = "Noordoost-Brabant")]
    region: String,
    /// How many; at most 1000
    #[schema(minimum = 1, maximum = 1000, example = 12)]
    count: u64,
    /// Whether there are more
    is_capped: bool,
}

/// How many there are of a kind
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AssignmentKindCount)]
pub struct KindCountView {
    /// The kind
    kind: AssignmentKind,
    /// How many; at most 1000
    #[schema(minimum = 1, maximum = 1000, example = 12)]
    count: u64,
    /// Whether there are more
    is_capped: bool,
}

/// How many there are with so many minutes a week
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AssignmentHoursCount)]
pub struct HoursCountView {
    /// From so many minutes a week: what `minimumMinutesPerWeek` asks for
    #[schema(minimum = 0, maximum = 1921, example = 241)]
    minimum_minutes_per_week: i64,
    /// Up to and including so many: what `maximumMinutesPerWeek` asks for; null where there is no end
    #[schema(minimum = 240, maximum = 1920, example = 480)]
    maximum_minutes_per_week: Option<i64>,
    /// How many; at most 1000
    #[schema(minimum = 1, maximum = 1000, example = 12)]
    count: u64,
    /// Whether there are more
    is_capped: bool,
}

/// How many there are that ask a skill
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AssignmentSkillCount)]
pub struct SkillCountView {
    /// The skill
    skill_id: SkillId,
    /// How it is called
    #[schema(max_length = 200, example = "projectbeheer")]
    label: String,
    /// How many; at most 1000
    #[schema(minimum = 1, maximum = 1000, example = 12)]
    count: u64,
    /// Whether there are more
    is_capped: bool,
}

/// How many there are of organisations of a layer
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AssignmentLayerCount)]
pub struct LayerCountView {
    /// The layer of government
    layer: GovernmentLayer,
    /// How many; at most 1000
    #[schema(minimum = 1, maximum = 1000, example = 12)]
    count: u64,
    /// Whether there are more
    is_capped: bool,
}

/// How many there are that suit an education level
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AssignmentEducationCount)]
pub struct LevelCountView {
    /// The level
    education_level: EducationLevel,
    /// How many; at most 1000
    #[schema(minimum = 1, maximum = 1000, example = 12)]
    count: u64,
    /// Whether there are more
    is_capped: bool,
}

/// Count assignments by region, kind, hours, skill, layer and level
///
/// Of what `GET /assignments` lists to you with the same parameters, and of nothing else. What is narrowed by one of these is counted
/// as if it were not, so that the counts tell what there is instead: with `kind=TASK`, `kinds` counts all kinds and the rest only tasks.
#[utoipa::path(tag = "assignments", security((), ("bearer" = ["market:read"])), params(AssignmentQuery), responses(
    (status = 200, description = "The counts", body = FacetsView),
))]
#[get("/assignments/facets")]
pub(crate) async fn count_assignments(visitor: Visitor, query: Query<AssignmentQuery>) -> Answer<FacetsView> {
    visitor
        .read(move |view, actor| {
            let viewer = Viewer::of(view, actor)?;
            let Some(filter) = query.0.filter(view, &viewer)? else { return Ok(Reply::shown(FacetsView::default())) };
            let sought = kept::sought(view, &filter, &viewer.sight)?;
            let facets = kept::facets(view, &filter, &sought, &viewer.sight)?;
            Ok(Reply::shown(FacetsView::of(view, facets)?))
        })
        .await
}

impl FacetsView {
    fn of(view: &mut View<'_>, facets: AssignmentFacets) -> Result<Self, Problem> {
        let AssignmentFacets { regions, kinds, hours, skills, layers, education_levels } = facets;
        let named: Vec<SkillId> = skills.iter().map(|(skill, _)| *skill).collect();
        let labels = skills::labels(view, &named)?;
        let capped = |count: u64| (count.min(COUNTED), count > COUNTED);
        Ok(Self {
            regions: regions
                .into_iter()
                .map(|(region, count)| (region, capped(count)))
                .map(|(region, (count, is_capped))| RegionCountView { region, count, is_capped })
                .collect(),
            kinds: kinds
                .into_iter()
                .map(|(kind, count)| (kind, capped(count)))
                .map(|(kind, (count, is_capped))| KindCountView { kind, count, is_capped })
                .collect(),
            hours: HOURS
                .into_iter()
                .zip(hours)
                .filter(|(_, count)| *count > 0)
                .map(|((minimum_minutes_per_week, maximum_minutes_per_week), count)| {
                    let (count, is_capped) = capped(count);
                    HoursCountView { minimum_minutes_per_week, maximum_minutes_per_week, count, is_capped }
                })
                .collect(),
            skills: skills
                .into_iter()
                .filter_map(|(skill_id, count)| {
                    let (count, is_capped) = capped(count);
                    let label = labels.get(&skill_id)?.clone();
                    Some(SkillCountView { skill_id, label, count, is_capped })
                })
                .collect(),
            layers: layers
                .into_iter()
                .map(|(layer, count)| (layer, capped(count)))
                .map(|(layer, (count, is_capped))| LayerCountView { layer, count, is_capped })
                .collect(),
            education_levels: education_levels
                .into_iter()
                .map(|(level, count)| (level, capped(count)))
                .map(|(education_level, (count, is_capped))| LevelCountView { education_level, count, is_capped })
                .collect(),
        })
    }
}
