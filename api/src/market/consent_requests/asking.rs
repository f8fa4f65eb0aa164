//! What the employee does: ask, accept conditions, withdraw.

use actix_web::post;
use actix_web::web::Path;
use domain::market::codes::RESPONSE_NOT_READY;
use domain::market::consent_requests::{AskingConsent, ConsentRequest, ConsentState};
use domain::{ConsentRequestId, ResponseId};
use persistence::Work;
use persistence::market::consent_requests as kept;
use persistence::parties::{employments, mobility_policies};

use super::reading::shown;
use super::types::{ConsentRequestDraft, ConsentRequestView};
use super::{step, tell};
use crate::body::{Bare, IfMatch, Post};
use crate::caller::Caller;
use crate::market::responses::dossier::Dossier;
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// Ask consent
///
/// Only the employee does, when they choose. The manager of the employment you responded from sees the hours, the
/// period, the host, the title and the intended result, and nothing else of the response; the mobility adviser does
/// where no manager is known. What is left out is what the response or the assignment says.
#[utoipa::path(tag = "responses", security(("bearer" = ["market:write"])),
    params(("responseId" = ResponseId, Path, description = "The response")),
    request_body = ConsentRequestDraft, responses(
    (status = 201, description = "Asked", body = ConsentRequestView),
    (status = 409, description = "It was asked already, is not needed, or the response is not under way"),
))]
#[post("/responses/{responseId}/consent-requests")]
pub(crate) async fn create_consent_request(
    caller: Caller,
    id: Path<ResponseId>,
    post: Post<ConsentRequestDraft>,
) -> Answer<ConsentRequestView> {
    caller
        .post(post, move |work, actor, draft| {
            let dossier = Dossier::open(work, actor, *id)?.settle(work)?;
            let consent = asked(work, &dossier, &draft)?;
            let consent = kept::insert(work, consent)?;
            tell(work, None, &consent)?;
            let path = format!("/consent-requests/{}", consent.id);
            Ok(Reply::created(&path, shown(work, &consent, &dossier.parts)?).revision(consent.revision))
        })
        .await
}

/// Accept the conditions of a consent
#[utoipa::path(tag = "responses", security(("bearer" = ["market:write"])),
    params(("consentRequestId" = ConsentRequestId, Path, description = "The consent request"), crate::body::IfMatchParam),
    responses(
    (status = 200, description = "Accepted: the consent is granted", body = ConsentRequestView),
    (status = 409, description = "There are no conditions to accept"),
))]
#[post("/consent-requests/{consentRequestId}/condition-acceptances")]
pub(crate) async fn accept_consent_conditions(
    caller: Caller,
    id: Path<ConsentRequestId>,
    seen: IfMatch,
    post: Bare,
) -> Answer<ConsentRequestView> {
    caller
        .post(post, move |work, actor, ()| {
            step(work, actor, *id, &seen, |consent, parts, now| consent.accept_conditions(parts, now))
        })
        .await
}

/// Withdraw a consent request
///
/// Also a consent that was granted, until the period starts. The response stands; consent can be asked anew.
#[utoipa::path(tag = "responses", security(("bearer" = ["market:write"])),
    params(("consentRequestId" = ConsentRequestId, Path, description = "The consent request"), crate::body::IfMatchParam),
    responses(
    (status = 200, description = "Withdrawn", body = ConsentRequestView),
    (status = 409, description = "It was refused, revoked or withdrawn already, or the period has started"),
))]
#[post("/consent-requests/{consentRequestId}/withdrawals")]
pub(crate) async fn withdraw_consent_request(
    caller: Caller,
    id: Path<ConsentRequestId>,
    seen: IfMatch,
    post: Bare,
) -> Answer<ConsentRequestView> {
    caller
        .post(post, move |work, actor, ()| {
            step(work, actor, *id, &seen, |consent, parts, now| consent.withdraw(parts, now))
        })
        .await
}

fn asked(work: &mut Work<'_>, dossier: &Dossier, draft: &ConsentRequestDraft) -> Result<ConsentRequest, Problem> {
    let now = work.now();
    let Dossier { response, assignment, parts } = dossier;
    let employment = match response.home {
        Some(home) => employments::get(work, home.employment)?,
        None => return Err(RESPONSE_NOT_READY.refuse("Submit the response first, then ask consent.").into()),
    };
    let policy = response.home.and_then(|home| home.policy);
    let policy = policy.map(|policy| mobility_policies::get(work, policy)).transpose()?;
    let standing = |consent: &ConsentRequest| {
        let state = consent.clone().as_of(now).state;
        state.is_pending() || state == ConsentState::Granted
    };
    let on = AskingConsent {
        response,
        assignment,
        employment: &employment,
        policy: policy.as_ref(),
        has_request: kept::last_of(work, &[response.id])?.iter().any(standing),
    };
    let terms = draft.terms(response, assignment)?;
    Ok(ConsentRequest::ask(work.id(), terms, on, parts, now)?)
}
