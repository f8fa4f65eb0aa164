//! Klussen that suit the caller.

use actix_web::get;
use domain::market::demand::Demand;
use domain::market::matching::{Match, Rarity};
use domain::profiles::offered::Offered;
use domain::profiles::profiles::Profile;
use domain::profiles::sight;
use domain::{AssignmentId, fold};
use persistence::View;
use persistence::market::assignments as kept;
use persistence::profiles::profiles;

use super::super::assignments::show::all_shown;
use super::types::{AssignmentMatchListView, AssignmentMatchView, MatchQuery, shown};
use super::{best, nearest, stated};
use crate::access::Actor;
use crate::caller::{Caller, Query};
use crate::market::standing::Viewer;
use crate::problem::Problem;
use crate::profiles::seen;
use crate::reply::{Answer, Reply};

/// List the klussen that suit you
///
/// Open klussen in your rings that ask a skill of the vocabulary that stands on your profile, or speak to an interest on it, the best first. Of the 500 that share most
/// each is laid beside your profile: the score is whole-number arithmetic over what both state, and `aspects` shows all of it. Whatever the level
/// of your visibility, only you see this. What shares nothing, or ranks low, stands in `GET /assignments` all the same.
#[utoipa::path(tag = "matches", security(("bearer" = ["market:read", "profiles:read"])), params(MatchQuery), responses(
    (status = 200, description = "The matches, the best first", body = AssignmentMatchListView),
))]
#[get("/profile/matches")]
pub(crate) async fn list_assignment_matches(
    caller: Caller,
    query: Query<MatchQuery>,
) -> Answer<AssignmentMatchListView> {
    caller
        .read(move |view, actor| {
            let weights = query.0.weights()?;
            let viewer = Viewer::of(view, Some(actor))?;
            let own = own(view, actor)?;
            let (klussen, rarity) = candidates(view, &viewer, &own)?;
            let laid = |(_, sought): &(AssignmentId, Demand)| Match::of(sought, &own, &rarity, &weights);
            let (klussen, found) = best(klussen, query.0.limit(), |(id, _)| *id, laid);
            let ids: Vec<AssignmentId> = klussen.into_iter().map(|(id, _)| id).collect();
            let mut klussen = kept::find_many(view, &ids)?;
            klussen.sort_by_key(|klus| ids.iter().position(|id| *id == klus.id));
            let (found, klussen) = (shown(view, found)?, all_shown(view, &viewer, klussen)?);
            let items = klussen.into_iter().zip(found);
            let items = items.map(|(assignment, found)| AssignmentMatchView { assignment, found }).collect();
            Ok(Reply::shown(AssignmentMatchListView { items }))
        })
        .await
}

/// What the caller has to offer.
fn own(view: &mut View<'_>, actor: &Actor) -> Result<Offered, Problem> {
    let profile: Vec<Profile> = profiles::find_of_person(view, actor.person)?.into_iter().collect();
    let oneself = sight::Viewer { person: Some(actor.person), ..sight::Viewer::default() };
    let offered = seen::offered(view, profile, &oneself)?.pop();
    Ok(offered.map(|(_, offered)| offered).unwrap_or_default())
}

/// What the klussen ask that share most with somebody and that they may respond to.
fn candidates(
    view: &mut View<'_>,
    viewer: &Viewer,
    own: &Offered,
) -> Result<(Vec<(AssignmentId, Demand)>, Rarity), Problem> {
    if !viewer.is_employed {
        return Ok((Vec::new(), Rarity::default()));
    }
    let interests: Vec<String> = own.interests.iter().map(|interest| fold(interest)).collect();
    let (skilled, interesting) = kept::sharing(view, viewer.sight.person, &viewer.reach, &stated(own), &interests)?;
    let rarity = Rarity::among(skilled.iter().map(|(_, skill)| *skill));
    Ok((kept::demands(view, &nearest(&skilled, &interesting, &rarity))?, rarity))
}
