//! People who suit a klus.

use actix_web::get;
use actix_web::web::Path;
use domain::market::matching::{Match, Rarity};
use domain::profiles::offered::Offered;
use domain::profiles::profiles::Profile;
use domain::profiles::sight::Viewer;
use domain::{AssignmentId, SkillId};
use persistence::View;
use persistence::profiles::{profiles, visible};

use super::super::responses::reading::owned;
use super::types::{MatchQuery, ProfileMatchListView, ProfileMatchView, shown};
use super::{asked, best, nearest};
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
            let klus = owned(view, actor, *id)?;
            let viewer = seen::viewer_of(view, actor)?;
            let (people, rarity) = candidates(view, &viewer, &asked(&klus.details))?;
            let laid = |(_, offered): &(Profile, Offered)| Match::of(&klus.details, offered, &rarity, &weights);
            let (people, found) = best(people, query.0.limit(), |(profile, _)| profile.id, laid);
            let people = people.into_iter().map(|(profile, _)| profile).collect();
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
) -> Result<(Vec<(Profile, Offered)>, Rarity), Problem> {
    let shared = visible::sharing(view, viewer, asked)?;
    let rarity = Rarity::among(shared.iter().map(|(_, skill)| *skill));
    let people = profiles::find_many(view, &nearest(&shared, &[], &rarity))?;
    Ok((seen::offered(view, people, viewer)?, rarity))
}
