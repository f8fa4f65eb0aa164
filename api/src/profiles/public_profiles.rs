//! Public cards: the operations for which no token is needed.

use actix_web::get;
use actix_web::web::Path;
use domain::profiles::profiles::EntrepreneurshipLevel;
use domain::profiles::sight::Viewer;
use domain::vocabulary::EducationLevel;
use domain::{ProfileId, Refusal, SkillId};
use interchange::publishing::PublicPerson;
use persistence::profiles::profiles as kept;
use persistence::profiles::visible::{self, ProfileFilter};
use persistence::{PageRequest, View};
use serde::Deserialize;
use utoipa::IntoParams;

use super::seen;
use super::seen_profile_types::{ProfilePage, SeenProfileView};
use crate::caller::{Query, Visitor};
use crate::paging::{Paging, PagingParams};
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// Which public cards are wanted; what is left out does not narrow
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase")]
pub struct PublicProfileQuery {
    /// Words that stand on the card or in a skill, all of them: at most twelve, read as those of `GET /assignments`, so that inflections and known compounds do not matter. A word that no public card holds is taken for what is spelled nearly alike
    #[param(nullable = false, max_length = 200, example = "projectleider")]
    search: Option<String>,
    /// A field of work, whole
    #[param(nullable = false, max_length = 60, example = "ruimtelijke ordening")]
    field_of_work: Option<String>,
    /// A concept of the skill vocabulary
    #[param(nullable = false)]
    skill_id: Option<SkillId>,
    /// The level of education
    #[param(nullable = false)]
    education_level: Option<EducationLevel>,
    /// How far they are as an entrepreneurial civil servant
    #[param(nullable = false)]
    entrepreneurship_level: Option<EntrepreneurshipLevel>,
}

/// List public cards
///
/// Of people who chose V5: the business card that everybody may read, with a name where its owner put it there.
#[utoipa::path(tag = "profiles", params(PublicProfileQuery, PagingParams), responses(
    (status = 200, description = "A page of public cards", body = ProfilePage),
))]
#[get("/public-profiles")]
pub(crate) async fn list_public_profiles(
    visitor: Visitor,
    query: Query<PublicProfileQuery>,
    paging: Paging,
) -> Answer<ProfilePage> {
    visitor
        .read(move |view, _| {
            let stranger = Viewer::default();
            let page = visible::list(view, &stranger, &query.0.into(), &paging.request)?;
            let page = page.map_all(|profiles| seen::glance(view, profiles, &stranger))?;
            Ok(paging.reply(page, ProfilePage::new))
        })
        .await
}

/// Get a public card
///
/// The same for everybody, signed in or not; reading it is not logged.
#[utoipa::path(tag = "profiles", params(("profileId" = ProfileId, Path, description = "The profile")), responses(
    (status = 200, description = "The public card", body = SeenProfileView),
))]
#[get("/public-profiles/{profileId}")]
pub(crate) async fn get_public_profile(visitor: Visitor, id: Path<ProfileId>) -> Answer<SeenProfileView> {
    visitor
        .read(move |view, _| {
            let profile = kept::find(view, *id)?;
            let card = seen::glance(view, profile.into_iter().collect(), &Viewer::default())?.pop();
            Ok(Reply::shown(card.ok_or_else(|| Refusal::hidden("profile"))?))
        })
        .await
}

/// A public card for a page; nothing where it is not public, or not any more.
pub(crate) fn card(view: &mut View<'_>, id: ProfileId, public_url: &str) -> Result<Option<PublicPerson>, Problem> {
    let profile = kept::find(view, id)?;
    let card = seen::glance(view, profile.into_iter().collect(), &Viewer::default())?.pop();
    Ok(card.map(|card| card.on_a_page(public_url)))
}

/// The newest public cards, for a page.
pub(crate) fn cards(
    view: &mut View<'_>,
    query: PublicProfileQuery,
    most: u32,
    public_url: &str,
) -> Result<Vec<PublicPerson>, Problem> {
    let stranger = Viewer::default();
    let page = visible::list(view, &stranger, &query.into(), &PageRequest::first(most))?;
    let seen = seen::glance(view, page.items, &stranger)?;
    Ok(seen.into_iter().map(|card| card.on_a_page(public_url)).collect())
}

impl From<PublicProfileQuery> for ProfileFilter {
    fn from(query: PublicProfileQuery) -> Self {
        let PublicProfileQuery { search, field_of_work, skill_id, education_level, entrepreneurship_level } = query;
        let skill = skill_id;
        Self { search, field_of_work, skill, education_level, entrepreneurship_level, ..Self::default() }
    }
}
