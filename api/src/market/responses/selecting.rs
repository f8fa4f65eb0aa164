//! What the client does with a response.

use actix_web::post;
use actix_web::web::Path;
use domain::ResponseId;

use super::dossier::step;
use super::types::{RejectionDraft, ResponseView};
use crate::body::{Bare, IfMatch, Post};
use crate::caller::Caller;
use crate::reply::Answer;

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
