//! Availability on the own profile: the operations.

use actix_web::web::Path;
use actix_web::{delete, get, patch, post};
use domain::AvailabilityId;
use domain::profiles::availabilities::Availability;
use persistence::View;
use persistence::profiles::availabilities as kept;

use super::availability_types::{AvailabilityDraft, AvailabilityPage, AvailabilityPatch, AvailabilityView};
use super::own;
use crate::access::Actor;
use crate::body::{Body, IfMatch, Post};
use crate::caller::Caller;
use crate::paging::{Paging, PagingParams};
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// Put an availability on the own profile
///
/// A day a week, some hours a week, a block of months, or now and then; at most 20.
#[utoipa::path(tag = "profiles", security(("bearer" = ["profiles:write"])), request_body = AvailabilityDraft, responses(
    (status = 201, description = "Added", body = AvailabilityView),
    (status = 409, description = "The profile is full"),
))]
#[post("/profile/availabilities")]
pub(crate) async fn add_availability(caller: Caller, post: Post<AvailabilityDraft>) -> Answer<AvailabilityView> {
    caller
        .post(post, |work, actor, draft| {
            let profile = own::ensure(work, actor)?;
            let others = kept::of_profiles(work, &[profile.id])?.len();
            let availability = Availability::add(work.id(), profile.id, draft.into(), others, work.now())?;
            let availability = kept::insert(work, availability)?;
            own::announce(work, profile.id, actor)?;
            let path = format!("/profile/availabilities/{}", availability.id);
            Ok(Reply::created(&path, AvailabilityView::from(&availability)).revision(availability.revision))
        })
        .await
}

/// List the availabilities on the own profile, newest first
#[utoipa::path(tag = "profiles", security(("bearer" = ["profiles:read"])), params(PagingParams), responses(
    (status = 200, description = "A page of availabilities", body = AvailabilityPage),
))]
#[get("/profile/availabilities")]
pub(crate) async fn list_availabilities(caller: Caller, paging: Paging) -> Answer<AvailabilityPage> {
    caller
        .read(move |view, actor| {
            let profile = own::find(view, actor)?;
            let page = kept::list(view, profile.id, &paging.request)?;
            Ok(paging.reply(page.map(|availability| AvailabilityView::from(&availability)), AvailabilityPage::new))
        })
        .await
}

/// Get an availability on the own profile
#[utoipa::path(tag = "profiles", security(("bearer" = ["profiles:read"])),
    params(("availabilityId" = AvailabilityId, Path, description = "The availability on the own profile")), responses(
    (status = 200, description = "The availability", body = AvailabilityView),
))]
#[get("/profile/availabilities/{availabilityId}")]
pub(crate) async fn get_availability(caller: Caller, id: Path<AvailabilityId>) -> Answer<AvailabilityView> {
    caller
        .read(move |view, actor| {
            let availability = own_availability(view, actor, *id)?;
            Ok(Reply::current(availability.revision, AvailabilityView::from(&availability)))
        })
        .await
}

/// Change an availability on the own profile
///
/// A merge patch: what is left out stays, null clears.
#[utoipa::path(tag = "profiles", security(("bearer" = ["profiles:write"])), params(
    ("availabilityId" = AvailabilityId, Path, description = "The availability on the own profile"), crate::body::IfMatchParam),
    request_body = AvailabilityPatch, responses((status = 200, description = "Changed", body = AvailabilityView)))]
#[patch("/profile/availabilities/{availabilityId}")]
pub(crate) async fn revise_availability(
    caller: Caller,
    id: Path<AvailabilityId>,
    seen: IfMatch,
    body: Body<AvailabilityPatch>,
) -> Answer<AvailabilityView> {
    caller
        .write(move |work, actor| {
            let availability = own_availability(work, actor, *id)?;
            seen.expect(availability.revision)?;
            let terms = body.0.apply(availability.terms.clone());
            let availability = availability.revise(terms, work.now())?;
            let availability = kept::save(work, availability)?;
            own::announce(work, availability.profile, actor)?;
            Ok(Reply::current(availability.revision, AvailabilityView::from(&availability)))
        })
        .await
}

/// Remove an availability from the own profile
#[utoipa::path(tag = "profiles", security(("bearer" = ["profiles:write"])), params(
    ("availabilityId" = AvailabilityId, Path, description = "The availability on the own profile"), crate::body::IfMatchParam),
    responses((status = 204, description = "Removed")))]
#[delete("/profile/availabilities/{availabilityId}")]
pub(crate) async fn delete_availability(caller: Caller, id: Path<AvailabilityId>, seen: IfMatch) -> Answer<()> {
    caller
        .write(move |work, actor| {
            let availability = own_availability(work, actor, *id)?;
            seen.expect(availability.revision)?;
            kept::delete(work, &availability)?;
            own::announce(work, availability.profile, actor)?;
            Ok(Reply::done())
        })
        .await
}

fn own_availability(view: &mut View<'_>, actor: &Actor, id: AvailabilityId) -> Result<Availability, Problem> {
    let own = own::find(view, actor)?;
    let availability = kept::find(view, id)?.ok_or_else(|| domain::Refusal::hidden("availability"))?;
    own::must_be_on(&own, availability.profile, "availability")?;
    Ok(availability)
}
