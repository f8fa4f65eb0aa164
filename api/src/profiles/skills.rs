//! The skill vocabulary: the operations.

use actix_web::get;
use actix_web::web::Path;
use domain::profiles::skills::{Skill, SkillKind};
use domain::{Refusal, SkillId};
use persistence::profiles::skills::{self as kept, SkillFilter};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::caller::{Query, Visitor};
use crate::paging::{Paging, PagingParams, page_of};
use crate::reply::{Answer, Reply};

/// Which skills are wanted; what is left out does not narrow
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase")]
pub struct SkillQuery {
    /// Words that stand anywhere in the label or another label; case and diacritics do not matter
    #[param(nullable = false, max_length = 200, example = "onderhandel")]
    search: Option<String>,
    /// The kind of concept
    #[param(nullable = false)]
    kind: Option<SkillKind>,
}

/// A concept of the skill vocabulary (vaardigheid)
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Skill)]
pub struct SkillView {
    /// Identifies it: the UUID v5 of the address, the same in every installation
    id: SkillId,
    /// Its address in ESCO
    #[schema(
        format = "uri",
        max_length = 200,
        example = "http://data.europa.eu/esco/skill/f1a08ec9-32d2-4e52-ba4a-66e049019be8"
    )]
    uri: String,
    /// What it is called, in Dutch
    #[schema(max_length = 200, example = "Albanees")]
    label: String,
    /// What it is called as well, in Dutch
    #[schema(max_items = 100, example = json!(["Albanese taal"]))]
    alternative_labels: Vec<String>,
    /// What kind of concept it is
    kind: SkillKind,
}

page_of!(
    /// A page of skills
    SkillPage as SkillPage, SkillView
);

/// List skills by label
///
/// The vocabulary of skills that profiles and klussen share, with Dutch labels. This service uses the ESCO
/// classification of the European Commission.
#[utoipa::path(tag = "profiles", params(SkillQuery, PagingParams), responses(
    (status = 200, description = "A page of skills", body = SkillPage),
))]
#[get("/skills")]
pub(crate) async fn list_skills(visitor: Visitor, query: Query<SkillQuery>, paging: Paging) -> Answer<SkillPage> {
    visitor
        .read(move |view, _| {
            let SkillQuery { search, kind } = query.0;
            let page = kept::list(view, &SkillFilter { search, kind }, &paging.request)?;
            Ok(paging.reply(page.map(SkillView::from), SkillPage::new))
        })
        .await
}

/// Get a skill
///
/// This service uses the ESCO classification of the European Commission.
#[utoipa::path(tag = "profiles", params(("skillId" = SkillId, Path, description = "The skill")), responses(
    (status = 200, description = "The skill", body = SkillView),
))]
#[get("/skills/{skillId}")]
pub(crate) async fn get_skill(visitor: Visitor, id: Path<SkillId>) -> Answer<SkillView> {
    visitor
        .read(move |view, _| {
            let skill = kept::find(view, *id)?.ok_or_else(|| Refusal::hidden("skill"))?;
            Ok(Reply::shown(skill.into()))
        })
        .await
}

impl From<Skill> for SkillView {
    fn from(skill: Skill) -> Self {
        let Skill { id, uri, label, alternative_labels, kind } = skill;
        Self { id, uri, label, alternative_labels, kind }
    }
}
