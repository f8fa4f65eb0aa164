//! What the client does with a response.

use actix_web::post;
use actix_web::web::Path;
use domain::ResponseId;
use persistence::market::responses as kept;

use super::dossier::{Dossier, keep, step};
use super::lights::lights_of;
use super::reading::shown;
use super::types::{RejectionDraft, ResponseView};
use crate::body::{Bare, IfMatch, Post};
use crate::caller::Caller;
use crate::reply::{Answer, Reply};

/// Take a response into consideration
#[utoipa::path(tag = "responses", security(("bearer" = ["market:write"])),
    params(("responseId" = ResponseId, Path, description = "The response"), crate::body::IfMatchParam), responses(
    (status = 200, description = "In review; the employee is told", body = ResponseView),
    (status = 409, description = "It is not SUBMITTED"),
))]
#[post("/responses/{responseId}/considerations")]
pub(crate) async fn consider_response(
    caller: Caller,
    id: Path<ResponseId>,
    seen: IfMatch,
    post: Bare,
) -> Answer<ResponseView> {
    caller
        .post(post, move |work, actor, ()| {
            step(work, actor, *id, &seen, |response, _, parts, now| response.consider(parts, now))
        })
        .await
}

/// Invite for a conversation
///
/// From then on both can plan conversations: `POST /responses/{responseId}/conversations`.
#[utoipa::path(tag = "responses", security(("bearer" = ["market:write"])),
    params(("responseId" = ResponseId, Path, description = "The response"), crate::body::IfMatchParam), responses(
    (status = 200, description = "In conversation; the employee is told", body = ResponseView),
    (status = 409, description = "It is not IN_REVIEW"),
))]
#[post("/responses/{responseId}/talk-invitations")]
pub(crate) async fn invite_to_talk(
    caller: Caller,
    id: Path<ResponseId>,
    seen: IfMatch,
    post: Bare,
) -> Answer<ResponseView> {
    caller
        .post(post, move |work, actor, ()| {
            step(work, actor, *id, &seen, |response, _, parts, now| response.invite_to_talk(parts, now))
        })
        .await
}

/// Not select a response
///
/// With a coded reason that the employee is told. What hangs on the response ends with it.
#[utoipa::path(tag = "responses", security(("bearer" = ["market:write"])),
    params(("responseId" = ResponseId, Path, description = "The response"), crate::body::IfMatchParam),
    request_body = RejectionDraft, responses(
    (status = 200, description = "Not selected; the employee is told", body = ResponseView),
    (status = 409, description = "An offer is open, or it has ended already"),
))]
#[post("/responses/{responseId}/rejections")]
pub(crate) async fn reject_response(
    caller: Caller,
    id: Path<ResponseId>,
    seen: IfMatch,
    post: Post<RejectionDraft>,
) -> Answer<ResponseView> {
    caller
        .post(post, move |work, actor, draft| {
            step(work, actor, *id, &seen, |response, _, parts, now| {
                response.not_select(draft.reason, draft.note, parts, now)
            })
        })
        .await
}

/// Offer to reopen a response
///
/// Nothing changes until the employee agrees: `POST /responses/{responseId}/reopening-acceptances`.
#[utoipa::path(tag = "responses", security(("bearer" = ["market:write"])),
    params(("responseId" = ResponseId, Path, description = "The response"), crate::body::IfMatchParam), responses(
    (status = 200, description = "Offered; the employee is told", body = ResponseView),
    (status = 409, description = "It is not NOT_SELECTED, or the assignment is not open"),
))]
#[post("/responses/{responseId}/reopening-offers")]
pub(crate) async fn offer_response_reopening(
    caller: Caller,
    id: Path<ResponseId>,
    seen: IfMatch,
    post: Bare,
) -> Answer<ResponseView> {
    caller
        .post(post, move |work, actor, ()| {
            step(work, actor, *id, &seen, |response, assignment, parts, now| {
                response.offer_reopening(assignment, parts, now)
            })
        })
        .await
}

/// Confirm a response
///
/// All ten lights have to be green in the same transaction, and a position free. Refused, it names every light that
/// is not green and who can act; `GET /responses/{responseId}/lights` shows them as data.
#[utoipa::path(tag = "responses", security(("bearer" = ["market:write"])),
    params(("responseId" = ResponseId, Path, description = "The response"), crate::body::IfMatchParam), responses(
    (status = 200, description = "Confirmed", body = ResponseView),
    (status = 409, description = "Not every light is green, no position is free, or it is not ACCEPTED"),
))]
#[post("/responses/{responseId}/confirmations")]
pub(crate) async fn confirm_response(
    caller: Caller,
    id: Path<ResponseId>,
    seen: IfMatch,
    post: Bare,
) -> Answer<ResponseView> {
    caller
        .post(post, move |work, actor, ()| {
            let dossier = Dossier::open(work, actor, *id)?;
            seen.expect(dossier.response.revision)?;
            let dossier = dossier.settle(work)?;
            let lights = lights_of(work, &dossier)?;
            let Dossier { response, assignment, parts } = dossier;
            let taken = kept::placements_of_assignment(work, assignment.id)?;
            let (from, now) = (response.state, work.now());
            let response = response.confirm(&assignment, taken, &lights, &parts, now)?;
            let response = keep(work, &assignment, from, response)?;
            Ok(Reply::current(response.revision, shown(work, &response, &parts)?))
        })
        .await
}
