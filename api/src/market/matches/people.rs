//! People who suit a klus.

use actix_web::get;
use actix_web::web::Path;
use domain::market::demand::Demand;
use domain::market::matching::{Match, Rarity};
use domain::profiles::offered::Offered;
use domain::profiles::sight::Viewer;
use domain::vocabulary::SkillReference;
use domain::{AssignmentId, ProfileId, SkillId};
use persistence::View;
use persistence::profiles::{nearest, offers, profiles};

use super::super::responses::reading::owned;
use super::types::{MatchQuery, ProfileMatchListView, ProfileMatchView, shown};
use super::{CONSIDERED, asked, best};
use crate::caller::{Caller, Query};
use crate::problem::Problem;
use crate::profiles::seen;
use crate::reply::{Answer, Reply};

/// List the people who suit a klus of your own
///
/// For the owner and the co-owners. People whose profile or card you may see and who state a skill of the vocabulary that the klus asks, the best
/// first. Of the 500 who share most each is laid beside the klus: the score is whole-number arithmetic over what both state, and
/// `aspects` shows all of it. Nobody is ranked by what you may not see, nobody is rejected, and who shares nothing stands in `GET /profiles` all the same.
/// What stands in a list is not opened, so it is not in the owner's log.
#[utoipa::path(tag = "matches", security(("bearer" = ["market:read", "profiles:read"])),
    params(("assignmentId" = AssignmentId, Path, description = "The assignment"), MatchQuery), responses(
    (status = 200, description = "The matches, the best first", body = ProfileMatchListView),
))]
#[get("/assignments/{assignmentId}/matches")]
pub(crate) async fn list_profile_matches(
    caller: Caller,
    id: Path<AssignmentId>,
    query: Query<MatchQuery>,
) -> Answer<ProfileMatchListView> {
    caller
        .read(move |view, actor| {
            let weights = query.0.weights()?;
            let sought = Demand::from(&owned(view, actor, *id)?.details);
            let viewer = seen::viewer_of(view, actor)?;
            let rarity = Rarity::counted(offers::counts(view, &asked(&sought))?);
            let people = candidates(view, &viewer, &asked(&sought), &rarity)?;
            let laid = |(_, offered): &(ProfileId, Offered)| Match::of(&sought, offered, &rarity, &weights);
            let (people, found) = best(people, query.0.limit(), |(id, _)| *id, laid);
            let ids: Vec<ProfileId> = people.into_iter().map(|(id, _)| id).collect();
            let mut people = profiles::find_many(view, &ids)?;
            people.sort_by_key(|profile| ids.iter().position(|id| *id == profile.id));
            let (found, people) = (shown(view, found)?, seen::glance(view, people, &viewer)?);
            let items = people.into_iter().zip(found);
            let items = items.map(|(profile, found)| ProfileMatchView { profile, found }).collect();
            Ok(Reply::shown(ProfileMatchListView { items }))
        })
        .await
}

/// The people who share most, with what they offer as far as the viewer may see it.
fn candidates(
    view: &mut View<'_>,
    viewer: &Viewer,
    asked: &[SkillId],
    rarity: &Rarity,
) -> Result<Vec<(ProfileId, Offered)>, Problem> {
    let weight = |skill: &SkillId| (*skill, rarity.of(&SkillReference::Concept(*skill)));
    let weights: Vec<(SkillId, i64)> = asked.iter().map(weight).collect();
    let ids = nearest::most(view, viewer, &weights, CONSIDERED)?;
    Ok(nearest::offered(view, viewer, &ids)?)
}
