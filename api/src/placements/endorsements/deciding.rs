//! The employee decides whether an endorsement shows; who gave it may take it back.

use actix_web::post;
use actix_web::web::Path;
use domain::EndorsementId;
use domain::placements::endorsements::EndorsementAction;

use super::step;
use super::types::EndorsementView;
use crate::body::{Bare, IfMatch};
use crate::caller::Caller;
use crate::reply::Answer;

/// Show an endorsement on the profile
///
/// By the employee. Who sees the profile with its name sees it.
#[utoipa::path(tag = "placements", security(("bearer" = ["placements:write"])),
    params(("endorsementId" = EndorsementId, Path, description = "The endorsement"), crate::body::IfMatchParam), responses(
    (status = 200, description = "Shown", body = EndorsementView),
))]
#[post("/endorsements/{endorsementId}/showings")]
pub(crate) async fn show_endorsement(
    caller: Caller,
    id: Path<EndorsementId>,
    seen: IfMatch,
    post: Bare,
) -> Answer<EndorsementView> {
    caller.post(post, move |work, actor, ()| step(work, actor, *id, &seen, EndorsementAction::Show)).await
}

/// Hide an endorsement
///
/// By the employee, at any time.
#[utoipa::path(tag = "placements", security(("bearer" = ["placements:write"])),
    params(("endorsementId" = EndorsementId, Path, description = "The endorsement"), crate::body::IfMatchParam), responses(
    (status = 200, description = "Hidden", body = EndorsementView),
))]
#[post("/endorsements/{endorsementId}/hidings")]
pub(crate) async fn hide_endorsement(
    caller: Caller,
    id: Path<EndorsementId>,
    seen: IfMatch,
    post: Bare,
) -> Answer<EndorsementView> {
    caller.post(post, move |work, actor, ()| step(work, actor, *id, &seen, EndorsementAction::Hide)).await
}

/// Withdraw an endorsement
///
/// By who gave it. It shows nowhere any more, and another can be given.
#[utoipa::path(tag = "placements", security(("bearer" = ["placements:write"])),
    params(("endorsementId" = EndorsementId, Path, description = "The endorsement"), crate::body::IfMatchParam), responses(
    (status = 200, description = "Withdrawn", body = EndorsementView),
))]
#[post("/endorsements/{endorsementId}/withdrawals")]
pub(crate) async fn withdraw_endorsement(
    caller: Caller,
    id: Path<EndorsementId>,
    seen: IfMatch,
    post: Bare,
) -> Answer<EndorsementView> {
    caller.post(post, move |work, actor, ()| step(work, actor, *id, &seen, EndorsementAction::Withdraw)).await
}
