//! What the home organisation does: grant, refuse, revoke, answer a conflict of interest.

use actix_web::post;
use actix_web::web::Path;
use domain::market::consent_requests::ConsentRequest;
use domain::{ConsentRequestId, Part};
use persistence::Work;

use super::reading::shown;
use super::types::{ConsentRefusalDraft, ConsentRequestView, ConsentRevocationDraft, GrantDraft};
use super::{dossier_of, keep, open, step};
use crate::body::{IfMatch, Post};
use crate::caller::Caller;
use crate::market::responses::dossier::{self, Dossier, settle};
use crate::market::responses::light_types::{LightView, SignalDraft};
use crate::market::responses::lights::say;
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// Grant consent
///
/// The manager, within the term; after that a mobility adviser or an administrator of the home organisation. With
/// conditions it counts when the employee has accepted them.
#[utoipa::path(tag = "responses", security(("bearer" = ["market:write"])),
    params(("consentRequestId" = ConsentRequestId, Path, description = "The consent request"), crate::body::IfMatchParam),
    request_body = GrantDraft, responses(
    (status = 200, description = "Granted; the employee is told", body = ConsentRequestView),
    (status = 409, description = "It was decided on or withdrawn already"),
))]
#[post("/consent-requests/{consentRequestId}/grants")]
pub(crate) async fn grant_consent(
    caller: Caller,
    id: Path<ConsentRequestId>,
    seen: IfMatch,
    post: Post<GrantDraft>,
) -> Answer<ConsentRequestView> {
    caller
        .post(post, move |work, actor, draft| {
            let by = actor.person;
            step(work, actor, *id, &seen, |consent, parts, now| consent.grant(by, draft.conditions, parts, now))
        })
        .await
}

/// Refuse consent
///
/// With a coded reason and in words, for the employee to read. The response ends by it.
#[utoipa::path(tag = "responses", security(("bearer" = ["market:write"])),
    params(("consentRequestId" = ConsentRequestId, Path, description = "The consent request"), crate::body::IfMatchParam),
    request_body = ConsentRefusalDraft, responses(
    (status = 200, description = "Refused; the employee is told", body = ConsentRequestView),
    (status = 409, description = "It was decided on or withdrawn already"),
))]
#[post("/consent-requests/{consentRequestId}/refusals")]
pub(crate) async fn refuse_consent(
    caller: Caller,
    id: Path<ConsentRequestId>,
    seen: IfMatch,
    post: Post<ConsentRefusalDraft>,
) -> Answer<ConsentRequestView> {
    caller
        .post(post, move |work, actor, draft| {
            let (consent, parts) = open(work, actor, *id)?;
            seen.expect(consent.revision)?;
            let now = work.now();
            let from = consent.clone().as_of(now).state;
            let consent = consent.refuse(actor.person, draft.reason, draft.text, &parts, now)?;
            let consent = keep(work, from, consent)?;
            end_response(work, &consent, &parts)?;
            Ok(Reply::current(consent.revision, shown(work, &consent, &parts)?))
        })
        .await
}

/// Revoke consent
///
/// Only before the first day of the period, in words for the employee to read. The response stands; its light S4
/// turns red.
#[utoipa::path(tag = "responses", security(("bearer" = ["market:write"])),
    params(("consentRequestId" = ConsentRequestId, Path, description = "The consent request"), crate::body::IfMatchParam),
    request_body = ConsentRevocationDraft, responses(
    (status = 200, description = "Revoked; the employee is told", body = ConsentRequestView),
    (status = 409, description = "It was not granted, or the period has started"),
))]
#[post("/consent-requests/{consentRequestId}/revocations")]
pub(crate) async fn revoke_consent(
    caller: Caller,
    id: Path<ConsentRequestId>,
    seen: IfMatch,
    post: Post<ConsentRevocationDraft>,
) -> Answer<ConsentRequestView> {
    caller
        .post(post, move |work, actor, draft| {
            let by = actor.person;
            step(work, actor, *id, &seen, |consent, parts, now| consent.revoke(by, draft.text, parts, now))
        })
        .await
}

/// Answer a conflict of interest, or confirm a talk
///
/// The home organisation's side of the lights: who decides on the request says how a declared conflict of interest is
/// handled (G4), an adviser to whom it was escalated that they talked with the employee (S2). Nothing else of the
/// dossier is shown.
#[utoipa::path(tag = "responses", security(("bearer" = ["market:write"])),
    params(("consentRequestId" = ConsentRequestId, Path, description = "The consent request")),
    request_body = SignalDraft, responses(
    (status = 200, description = "Said; the light as it is now", body = LightView),
    (status = 409, description = "The response has ended"),
))]
#[post("/consent-requests/{consentRequestId}/signals")]
pub(crate) async fn set_consent_signal(
    caller: Caller,
    id: Path<ConsentRequestId>,
    post: Post<SignalDraft>,
) -> Answer<LightView> {
    caller
        .post(post, move |work, actor, draft| {
            let (consent, parts) = open(work, actor, *id)?;
            let (response, assignment) = dossier_of(work, &consent)?;
            let dossier = Dossier { response, assignment, parts }.settle(work)?;
            let light = say(work, actor.person, &dossier, draft)?;
            Ok(Reply::shown(LightView::of(&light, &dossier.parts)))
        })
        .await
}

/// A refused request ends its response, in the part of whoever refused; a confirmed one stands, and its placement stays
/// blocked.
fn end_response(work: &mut Work<'_>, consent: &ConsentRequest, parts: &[Part]) -> Result<(), Problem> {
    let (response, assignment) = dossier_of(work, consent)?;
    let response = settle(work, response, &assignment)?;
    if response.waits_to_start() {
        return Ok(());
    }
    let from = response.state;
    let response = response.refuse_consent(parts, work.now())?;
    dossier::keep(work, &assignment, from, response)?;
    Ok(())
}
