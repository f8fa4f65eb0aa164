//! Profiles of others: the operations.

use actix_web::get;
use actix_web::web::Path;
use domain::profiles::profiles::EntrepreneurshipLevel;
use domain::vocabulary::EducationLevel;
use domain::{NetworkId, ProfileId, SkillId};
use persistence::profiles::profiles as kept;
use persistence::profiles::visible::{self, ProfileFilter};
use serde::Deserialize;
use utoipa::IntoParams;

use super::seen;
use super::seen_profile_types::{ProfilePage, SeenProfileView};
use crate::caller::{Caller, Query};
use crate::paging::{Paging, PagingParams};
use crate::reply::{Answer, Reply};

/// Which profiles are wanted; what is left out does not narrow
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase")]
pub struct ProfileQuery {
    /// Words that stand on the card or in a skill, all of them: at most twelve, read as those of `GET /assignments`, so that inflections and known compounds do not matter. A word that no visible profile holds is taken for what is spelled nearly alike
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
    /// A network in which they show themselves (V3) and in which the caller looks for people
    #[param(nullable = false)]
    network_id: Option<NetworkId>,
    /// Available for at least this many minutes per week, now or later; public cards do not tell
    #[param(nullable = false, minimum = 60, maximum = 2400, example = 480)]
    available_minutes_per_week: Option<i64>,
}

/// List the profiles of others that the caller may see
///
/// Clients and coordinators see cards without a name of who shows themselves in their networks (V3) or in the whole of
/// government (V4); advisers see the profiles of who chose them; everybody sees public cards (V5). Nobody is ranked: the
/// order is that of the ids, which are drawn at random. What stands in a list is not opened, so it is not in the
/// owner's log.
#[utoipa::path(tag = "profiles", security(("bearer" = ["profiles:read"])), params(ProfileQuery, PagingParams), responses(
    (status = 200, description = "A page of profiles", body = ProfilePage),
))]
#[get("/profiles")]
pub(crate) async fn list_profiles(caller: Caller, query: Query<ProfileQuery>, paging: Paging) -> Answer<ProfilePage> {
    caller
        .read(move |view, actor| {
            let viewer = seen::viewer_of(view, actor)?;
            let page = visible::list(view, &viewer, &query.0.into(), &paging.request)?;
            let page = page.map_all(|profiles| seen::glance(view, profiles, &viewer))?;
            Ok(paging.reply(page, ProfilePage::new))
        })
        .await
}

/// Get the profile of somebody
///
/// As much of it as the caller may see: `sight` tells how much and `basis` why. Opening it writes a line in the owner's log.
#[utoipa::path(tag = "profiles", security(("bearer" = ["profiles:read"])),
    params(("profileId" = ProfileId, Path, description = "The profile")), responses(
    (status = 200, description = "The profile, as far as it is shown", body = SeenProfileView),
))]
#[get("/profiles/{profileId}")]
pub(crate) async fn get_profile(caller: Caller, id: Path<ProfileId>) -> Answer<SeenProfileView> {
    caller
        // Reading it is a change of the owner's log, and is not answered unless the log holds it: hence a write.
        .write(move |work, actor| {
            let viewer = seen::viewer_of(work, actor)?;
            let profile = kept::find(work, *id)?;
            Ok(Reply::shown(seen::open(work, profile, &viewer)?))
        })
        .await
}

impl From<ProfileQuery> for ProfileFilter {
    fn from(query: ProfileQuery) -> Self {
        let ProfileQuery {
            search,
            field_of_work,
            skill_id,
            education_level,
            entrepreneurship_level,
            network_id,
            available_minutes_per_week,
        } = query;
        Self {
            search,
            field_of_work,
            skill: skill_id,
            education_level,
            entrepreneurship_level,
            network: network_id,
            available_minutes_per_week,
        }
    }
}
