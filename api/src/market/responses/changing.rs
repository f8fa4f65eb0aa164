//! What the employee changes in a response: its text, whether it stands, and who advises on it.

use actix_web::web::Path;
use actix_web::{patch, post, put};
use domain::parties::role_assignments::{Role, in_force};
use domain::{Audience, Change, EventKind, OrganisationId, Part, PersonId, Refusal, ResponseId, local_date};
use persistence::market::responses as kept;
use persistence::parties::{employments, organisations, role_assignments};
use persistence::{View, Work, ledger};

use super::dossier::{Dossier, step};
use super::reading::shown;
use super::types::{AdviserShareInput, ResponsePatch, ResponseView, ResponseWithdrawalDraft};
use crate::access::Actor;
use crate::body::{Body, IfMatch, Post};
use crate::caller::Caller;
use crate::market::consent_requests::holds;
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// Change what a response says
///
/// A merge patch: what is left out stays, null clears. Until the client takes it into consideration.
#[utoipa::path(tag = "responses", security(("bearer" = ["market:write"])),
    params(("responseId" = ResponseId, Path, description = "The response"), crate::body::IfMatchParam),
    request_body = ResponsePatch, responses(
    (status = 200, description = "Changed", body = ResponseView),
    (status = 409, description = "The client has taken it into consideration, or it has ended"),
))]
#[patch("/responses/{responseId}")]
pub(crate) async fn revise_response(
    caller: Caller,
    id: Path<ResponseId>,
    seen: IfMatch,
    body: Body<ResponsePatch>,
) -> Answer<ResponseView> {
    caller
        .write(move |work, actor| {
            step(work, actor, *id, &seen, |response, assignment, parts, now| {
                let content = body.0.apply(response.content.clone())?;
                response.revise(content, assignment, parts, now)
            })
        })
        .await
}

/// Withdraw a response
///
/// At any moment before it is confirmed; nobody asks why. Its offer, consent request and planned conversations end
/// with it.
#[utoipa::path(tag = "responses", security(("bearer" = ["market:write"])),
    params(("responseId" = ResponseId, Path, description = "The response"), crate::body::IfMatchParam),
    request_body = ResponseWithdrawalDraft, responses(
    (status = 200, description = "Withdrawn", body = ResponseView),
    (status = 409, description = "It has ended already"),
))]
#[post("/responses/{responseId}/withdrawals")]
pub(crate) async fn withdraw_response(
    caller: Caller,
    id: Path<ResponseId>,
    seen: IfMatch,
    post: Post<ResponseWithdrawalDraft>,
) -> Answer<ResponseView> {
    caller
        .post(post, move |work, actor, draft| {
            step(work, actor, *id, &seen, |response, _, parts, now| response.withdraw(draft.note, parts, now))
        })
        .await
}

/// Share a response with a mobility adviser
///
/// The adviser you choose sees this dossier and can confirm that you talked about what is possible (S2). Choose
/// nobody to end it. Your manager and the client do not hear of it.
#[utoipa::path(tag = "responses", security(("bearer" = ["market:write"])),
    params(("responseId" = ResponseId, Path, description = "The response"), crate::body::IfMatchParam),
    request_body = AdviserShareInput, responses((status = 200, description = "Shared", body = ResponseView)))]
#[put("/responses/{responseId}/adviser")]
pub(crate) async fn share_response(
    caller: Caller,
    id: Path<ResponseId>,
    seen: IfMatch,
    body: Body<AdviserShareInput>,
) -> Answer<ResponseView> {
    caller
        .write(move |work, actor| {
            let Dossier { response, parts, .. } = Dossier::open(work, actor, *id)?;
            if !parts.contains(&Part::Employee) {
                return Err(Refusal::forbidden("Only the employee shares their response.").into());
            }
            seen.expect(response.revision)?;
            let home = response.home.map(|home| home.organisation);
            check_adviser(work, actor, home, body.0.adviser_id)?;
            let response = kept::save(work, response)?;
            kept::share(work, response.id, body.0.adviser_id)?;
            tell_adviser(work, response.id, actor.person, body.0.adviser_id)?;
            Ok(Reply::current(response.revision, shown(work, &response, &parts)?))
        })
        .await
}

/// An adviser advises at the home organisation, or above it.
fn check_adviser(
    view: &mut View<'_>,
    actor: &Actor,
    home: Option<OrganisationId>,
    adviser: Option<PersonId>,
) -> Result<(), Problem> {
    let Some(adviser) = adviser else { return Ok(()) };
    let Some(home) = home else {
        return Err(Refusal::invalid("adviserId", "must be null until the response is submitted").into());
    };
    let (roles, employments) = (role_assignments::of_person(view, adviser)?, employments::of_person(view, adviser)?);
    let roles = in_force(roles, &employments, local_date(view.now()));
    let fits = holds(&roles, Role::MobilityAdviser, &organisations::ancestors(view, home)?);
    if fits && adviser != actor.person {
        return Ok(());
    }
    let reason = "must be somebody else with the role MOBILITY_ADVISER in the organisation you responded from";
    Err(Refusal::invalid("adviserId", reason).into())
}

fn tell_adviser(
    work: &mut Work<'_>,
    id: ResponseId,
    employee: PersonId,
    adviser: Option<PersonId>,
) -> Result<(), Problem> {
    let audiences = [employee].into_iter().chain(adviser).map(Audience::Person);
    Ok(ledger::record(work, Change::new(EventKind::ResponseChanged, id).to(audiences))?)
}
