//! Matches as clients ask for them and see them.

use std::collections::HashMap;

use domain::SkillId;
use domain::market::matching::{AspectScore, Match, MatchAspect, MatchWeights};
use domain::vocabulary::SkillReference;
use persistence::View;
use persistence::profiles::skills;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::super::assignments::views::{AskedSkillView, AssignmentView};
use super::concepts;
use crate::problem::Problem;
use crate::profiles::seen_profile_types::SeenProfileView;

/// How many matches are wanted unless it is said.
const USUAL: usize = 20;

/// How many matches, and what each aspect weighs
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase")]
pub struct MatchQuery {
    /// How many at most; 20 unless given
    #[param(nullable = false, minimum = 1, maximum = 100, example = 20)]
    limit: Option<usize>,
    /// What the aspect SKILLS weighs; 40 unless given
    #[param(nullable = false, minimum = 0, maximum = 100, example = 40)]
    skills_weight: Option<i64>,
    /// What the aspect WANTS_TO_USE weighs; 10 unless given
    #[param(nullable = false, minimum = 0, maximum = 100, example = 10)]
    wants_to_use_weight: Option<i64>,
    /// What the aspect WANTS_TO_LEARN weighs; 10 unless given
    #[param(nullable = false, minimum = 0, maximum = 100, example = 10)]
    wants_to_learn_weight: Option<i64>,
    /// What the aspect INTERESTS weighs; 15 unless given
    #[param(nullable = false, minimum = 0, maximum = 100, example = 15)]
    interests_weight: Option<i64>,
    /// What the aspect HOURS weighs; 10 unless given
    #[param(nullable = false, minimum = 0, maximum = 100, example = 10)]
    hours_weight: Option<i64>,
    /// What the aspect PERIOD weighs; 5 unless given
    #[param(nullable = false, minimum = 0, maximum = 100, example = 5)]
    period_weight: Option<i64>,
    /// What the aspect EDUCATION weighs; 5 unless given
    #[param(nullable = false, minimum = 0, maximum = 100, example = 5)]
    education_weight: Option<i64>,
    /// What the aspect WORKPLACE weighs; 5 unless given
    #[param(nullable = false, minimum = 0, maximum = 100, example = 5)]
    workplace_weight: Option<i64>,
}

impl MatchQuery {
    pub(super) fn limit(&self) -> usize {
        self.limit.unwrap_or(USUAL)
    }

    pub(super) fn weights(&self) -> Result<MatchWeights, Problem> {
        Ok(MatchWeights::chosen(|aspect| match aspect {
            MatchAspect::Skills => self.skills_weight,
            MatchAspect::WantsToUse => self.wants_to_use_weight,
            MatchAspect::WantsToLearn => self.wants_to_learn_weight,
            MatchAspect::Interests => self.interests_weight,
            MatchAspect::Hours => self.hours_weight,
            MatchAspect::Period => self.period_weight,
            MatchAspect::Education => self.education_weight,
            MatchAspect::Workplace => self.workplace_weight,
        })?)
    }
}

/// How well a klus and a person suit each other, and why
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Match)]
pub struct MatchView {
    /// The sum of weight times points over the aspects below, divided by the sum of the weights; rounded down
    #[schema(minimum = 0, maximum = 1000, example = 640)]
    score: i64,
    /// All aspects
    #[schema(min_items = 8, max_items = 8)]
    aspects: Vec<AspectView>,
    /// The skills that are asked and stated
    #[schema(max_items = 40)]
    shared_skills: Vec<AskedSkillView>,
}

/// What one aspect came to
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MatchAspectScore)]
pub struct AspectView {
    /// Which
    aspect: MatchAspect,
    /// What it weighs
    #[schema(minimum = 0, maximum = 100, example = 40)]
    weight: i64,
    /// From nothing to all that is asked
    #[schema(minimum = 0, maximum = 1000, example = 700)]
    points: i64,
    /// Whether the klus says anything about it; what it does not has no points
    #[schema(example = true)]
    is_asked: bool,
    /// Whether the person stated anything about it that is asked and that is shown to the caller; what is not has no points
    #[schema(example = true)]
    is_stated: bool,
}

/// A klus that suits the caller
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AssignmentMatch)]
pub struct AssignmentMatchView {
    /// The klus
    pub(super) assignment: AssignmentView,
    /// How well, and why
    #[serde(rename = "match")]
    pub(super) found: MatchView,
}

/// Klussen that suit the caller, the best first
#[derive(Serialize, ToSchema)]
#[schema(as = AssignmentMatchList)]
pub struct AssignmentMatchListView {
    /// The matches
    #[schema(max_items = 100)]
    pub(super) items: Vec<AssignmentMatchView>,
}

/// Somebody who suits a klus
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ProfileMatch)]
pub struct ProfileMatchView {
    /// The profile, as far as the caller may see it
    pub(super) profile: SeenProfileView,
    /// How well, and why
    #[serde(rename = "match")]
    pub(super) found: MatchView,
}

/// People who suit a klus, the best first
#[derive(Serialize, ToSchema)]
#[schema(as = ProfileMatchList)]
pub struct ProfileMatchListView {
    /// The matches
    #[schema(max_items = 100)]
    pub(super) items: Vec<ProfileMatchView>,
}

/// Matches as they are shown, in the same order.
pub(super) fn shown(view: &mut View<'_>, found: Vec<Match>) -> Result<Vec<MatchView>, Problem> {
    let concepts = concepts(found.iter().flat_map(|one| &one.shared_skills));
    let labels = skills::labels(view, &concepts)?;
    Ok(found.into_iter().map(|one| MatchView::of(one, &labels)).collect())
}

impl MatchView {
    fn of(found: Match, labels: &HashMap<SkillId, String>) -> Self {
        let Match { score, aspects, shared_skills } = found;
        let named = |skill: SkillReference| match skill {
            SkillReference::Concept(id) => {
                AskedSkillView { skill_id: Some(id), label: labels.get(&id).cloned().unwrap_or_default() }
            }
            SkillReference::FreeText(label) => AskedSkillView { skill_id: None, label },
        };
        Self {
            score,
            aspects: aspects.into_iter().map(AspectView::from).collect(),
            shared_skills: shared_skills.into_iter().map(named).collect(),
        }
    }
}

impl From<AspectScore> for AspectView {
    fn from(AspectScore { aspect, weight, points, is_asked, is_stated }: AspectScore) -> Self {
        Self { aspect, weight, points, is_asked, is_stated }
    }
}
