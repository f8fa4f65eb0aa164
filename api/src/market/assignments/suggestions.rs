//! What somebody may want to search, while they type.

use actix_web::get;
use domain::search::SuggestionKind;
use domain::{OrganisationId, SkillId, fold};
use persistence::View;
use persistence::market::assignments::{self as kept, Suggested};
use persistence::profiles::skills;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::caller::{Query, Visitor};
use crate::market::standing::Viewer;
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// How many of each kind are suggested at most.
const OF_EACH: usize = 5;

/// What somebody began to type
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase")]
pub struct SuggestionQuery {
    /// The beginning of a word; case and diacritics do not matter
    #[param(min_length = 2, max_length = 60, example = "proj")]
    prefix: String,
}

/// Suggestions, at most five of each kind
#[derive(Serialize, ToSchema)]
#[schema(as = SuggestionList)]
pub struct SuggestionListView {
    /// Skills, words of titles, regions and organisations, in this order
    #[schema(max_items = 20)]
    items: Vec<SuggestionView>,
}

/// Something that begins as was typed (suggestie)
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Suggestion)]
pub struct SuggestionView {
    /// What it is
    kind: SuggestionKind,
    /// How it is called
    #[schema(max_length = 200, example = "projectleider")]
    text: String,
    /// The skill, where it is one: what `skillId` asks for
    skill_id: Option<SkillId>,
    /// The organisation, where it is one: what `organisationId` asks for
    organisation_id: Option<OrganisationId>,
}

/// List what begins as was typed
///
/// Skills of the vocabulary, and what stands in open assignments that are open to you: words of titles, regions, and the
/// organisations that have them.
#[utoipa::path(tag = "assignments", security((), ("bearer" = ["market:read"])), params(SuggestionQuery), responses(
    (status = 200, description = "The suggestions", body = SuggestionListView),
))]
#[get("/suggestions")]
pub(crate) async fn list_suggestions(visitor: Visitor, query: Query<SuggestionQuery>) -> Answer<SuggestionListView> {
    visitor
        .read(move |view, actor| {
            let viewer = Viewer::of(view, actor)?;
            Ok(Reply::shown(SuggestionListView { items: suggested(view, &query.0.prefix, &viewer)? }))
        })
        .await
}

fn suggested(view: &mut View<'_>, prefix: &str, viewer: &Viewer) -> Result<Vec<SuggestionView>, Problem> {
    if fold(prefix).is_empty() {
        return Ok(Vec::new());
    }
    let of = |kind, text| SuggestionView { kind, text, skill_id: None, organisation_id: None };
    let skills = skills::beginning(view, prefix, u32::try_from(OF_EACH).unwrap_or(u32::MAX))?;
    let skills = skills
        .into_iter()
        .map(|skill| SuggestionView { skill_id: Some(skill.id), ..of(SuggestionKind::Skill, skill.label) });
    let Suggested { words, regions, organisations } = kept::suggest(view, prefix, &viewer.sight, OF_EACH)?;
    let organisations = organisations
        .into_iter()
        .map(|(id, name)| SuggestionView { organisation_id: Some(id), ..of(SuggestionKind::Organisation, name) });
    let words = words.into_iter().map(|word| of(SuggestionKind::Word, word));
    let regions = regions.into_iter().map(|region| of(SuggestionKind::Region, region));
    Ok(skills.chain(words).chain(regions).chain(organisations).collect())
}
