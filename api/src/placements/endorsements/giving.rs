//! Giving endorsements, and reading them.

use actix_web::web::Path;
use actix_web::{get, post};
use domain::placements::endorsements::{Endorsement, Endorsing};
use domain::profiles::sight::Sight;
use domain::{EndorsementId, PlacementId, ProfileId, Refusal};
use persistence::placements::endorsements as kept;
use persistence::profiles::profiles;

use super::types::{EndorsementDraft, EndorsementListView, EndorsementPage, EndorsementView};
use super::{open, shown, tell};
use crate::body::Post;
use crate::caller::Caller;
use crate::paging::Paging;
use crate::placements::placements::open as open_placement;
use crate::profiles::seen;
use crate::reply::{Answer, Reply};

/// Endorse an employee
///
/// By the client or the manager at home, once, when the work is over. The employee decides whether it shows on the profile;
/// who gave it does not learn that, and can withdraw it.
#[utoipa::path(tag = "placements", security(("bearer" = ["placements:write"])),
    params(("placementId" = PlacementId, Path, description = "The placement")), request_body = EndorsementDraft, responses(
    (status = 201, description = "Given; the employee is told", body = EndorsementView),
    (status = 409, description = "The work is not over, or there is one of yours already"),
))]
#[post("/placements/{placementId}/endorsements")]
pub(crate) async fn create_endorsement(
    caller: Caller,
    id: Path<PlacementId>,
    post: Post<EndorsementDraft>,
) -> Answer<EndorsementView> {
    caller
        .post(post, move |work, actor, draft| {
            let (placement, standing) = open_placement(work, actor, *id)?;
            let given = kept::of_placement(work, placement.id)?;
            let endorsing = Endorsing { by: actor.person, given: &given };
            let (id, now) = (work.id(), work.now());
            let endorsement = Endorsement::give(id, &placement, draft.text, endorsing, &standing.parts, now)?;
            let endorsement = kept::insert(work, endorsement)?;
            tell(work, None, &endorsement)?;
            let parts = endorsement.parts_of(actor.person);
            let (path, revision) = (format!("/endorsements/{}", endorsement.id), endorsement.revision);
            Ok(Reply::created(&path, shown(work, endorsement, &parts)?).revision(revision))
        })
        .await
}

/// List the endorsements of a placement
///
/// All of them for the employee; to anybody else the ones they gave.
#[utoipa::path(tag = "placements", security(("bearer" = ["placements:read"])),
    params(("placementId" = PlacementId, Path, description = "The placement")), responses(
    (status = 200, description = "Those the caller has to do with", body = EndorsementListView),
))]
#[get("/placements/{placementId}/endorsements")]
pub(crate) async fn list_endorsements(caller: Caller, id: Path<PlacementId>) -> Answer<EndorsementListView> {
    caller
        .read(move |view, actor| {
            let (placement, _) = open_placement(view, actor, *id)?;
            let mut items = Vec::new();
            for endorsement in kept::of_placement(view, placement.id)? {
                let parts = endorsement.parts_of(actor.person);
                if !parts.is_empty() {
                    items.push(shown(view, endorsement, &parts)?);
                }
            }
            Ok(Reply::shown(EndorsementListView { items }))
        })
        .await
}

/// Get an endorsement
///
/// For the employee and who gave it.
#[utoipa::path(tag = "placements", security(("bearer" = ["placements:read"])),
    params(("endorsementId" = EndorsementId, Path, description = "The endorsement")), responses(
    (status = 200, description = "The endorsement", body = EndorsementView),
))]
#[get("/endorsements/{endorsementId}")]
pub(crate) async fn get_endorsement(caller: Caller, id: Path<EndorsementId>) -> Answer<EndorsementView> {
    caller
        .read(move |view, actor| {
            let (endorsement, parts) = open(view, actor, *id)?;
            Ok(Reply::current(endorsement.revision_for(&parts), shown(view, endorsement, &parts)?))
        })
        .await
}

/// List the endorsements on a profile, newest first
///
/// Those that the employee shows, for who may see the profile with its name: a card has none, for they would tell whose
/// it is. Reading them writes a line in the owner's log, as opening the profile does.
#[utoipa::path(tag = "profiles", security(("bearer" = ["profiles:read"])),
    params(("profileId" = ProfileId, Path, description = "The profile"), crate::paging::PagingParams), responses(
    (status = 200, description = "A page of endorsements", body = EndorsementPage),
))]
#[get("/profiles/{profileId}/endorsements")]
pub(crate) async fn list_profile_endorsements(
    caller: Caller,
    id: Path<ProfileId>,
    paging: Paging,
) -> Answer<EndorsementPage> {
    caller
        // Reading it is a change of the owner's log: hence a write.
        .write(move |work, actor| {
            let viewer = seen::viewer_of(work, actor)?;
            let profile = profiles::find(work, *id)?;
            let person = profile.as_ref().map(|profile| profile.person);
            let sight = seen::open(work, profile, &viewer)?.sight();
            let person = person.filter(|_| sight == Sight::WholeProfile);
            let person =
                person.ok_or_else(|| Refusal::forbidden("A card has no endorsements: they would name its owner."))?;
            let page = kept::shown_of(work, person, &paging.request)?;
            let page = page.try_map(|endorsement| shown(work, endorsement, &[]))?;
            Ok(paging.reply(page, EndorsementPage::new))
        })
        .await
}
