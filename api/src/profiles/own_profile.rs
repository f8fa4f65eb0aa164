//! The own profile: the operations.

use actix_web::{get, patch};
use domain::profiles::completeness::Completeness;
use domain::profiles::profiles::Profile;
use persistence::View;
use persistence::profiles::{availabilities, profile_skills};

use super::own;
use super::own_profile_types::{OwnProfileView, ProfilePatch};
use crate::body::{Body, IfMatch};
use crate::caller::Caller;
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// Get the own profile
///
/// It exists for everybody: empty until something was saved, and at visibility V2. `completeness` tells what would add
/// most; it never stands in the way of anything.
#[utoipa::path(tag = "profiles", security(("bearer" = ["profiles:read"])), responses(
    (status = 200, description = "The own profile", body = OwnProfileView),
))]
#[get("/profile")]
pub(crate) async fn get_own_profile(caller: Caller) -> Answer<OwnProfileView> {
    caller
        .read(|view, actor| {
            let profile = own::find(view, actor)?;
            reply(view, &profile)
        })
        .await
}

/// Change the own profile
///
/// A merge patch: what is left out stays, null clears. Nobody but the owner can do it: there is no operation by which
/// somebody else could. `headline`, `fieldsOfWork`, `coreQualities`, `interests` and `experience` also stand on the card that is
/// shown without a name, so they must name neither the owner nor an employer; `ambition` is only seen with the name.
#[utoipa::path(tag = "profiles", security(("bearer" = ["profiles:write"])), params(crate::body::IfMatchParam),
    request_body = ProfilePatch, responses((status = 200, description = "Changed", body = OwnProfileView)))]
#[patch("/profile")]
pub(crate) async fn revise_own_profile(
    caller: Caller,
    seen: IfMatch,
    body: Body<ProfilePatch>,
) -> Answer<OwnProfileView> {
    caller
        .write(move |work, actor| {
            let profile = own::find(work, actor)?;
            seen.expect(profile.revision)?;
            let details = body.0.apply(profile.details.clone());
            let telling = own::telling_names(work, actor)?;
            let profile = profile.revise(details, &telling, work.now())?;
            let profile = own::keep(work, profile)?;
            own::announce(work, profile.id, actor)?;
            reply(work, &profile)
        })
        .await
}

fn reply(view: &mut View<'_>, profile: &Profile) -> Result<Reply<OwnProfileView>, Problem> {
    let has_skills = !profile_skills::of_profiles(view, &[profile.id])?.is_empty();
    let has_availability = !availabilities::of_profiles(view, &[profile.id])?.is_empty();
    let completeness = Completeness::of(&profile.details, has_skills, has_availability);
    Ok(Reply::current(profile.revision, OwnProfileView::of(profile, completeness)))
}
