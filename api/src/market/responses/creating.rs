//! Beginning and submitting a response: only the employee does (invariant 9), only inside an opened ring (12).

use actix_web::post;
use actix_web::web::Path;
use domain::market::assignments::Assignment;
use domain::market::responses::{Answering, HomeSituation, Response, ResponseChannel, ResponseDraft as NewResponse};
use domain::parties::employments::Employment;
use domain::{AssignmentId, EmploymentId, Part, Refusal, ResponseId, local_date};
use persistence::Work;
use persistence::market::{assignments, responses as kept};
use persistence::parties::{mobility_policies, organisations};

use super::dossier::{Dossier, keep, settle, tell};
use super::reading::shown;
use super::types::{ResponseDraft, ResponseView, SubmissionDraft};
use crate::access::Actor;
use crate::body::{IfMatch, Post};
use crate::caller::Caller;
use crate::market::standing::reach_of;
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

const EMPLOYEE: &[Part] = &[Part::Employee];

/// Respond to an assignment
///
/// A draft that only you see, or with `submit` a response that the client has at once. Nobody has to allow it first:
/// consent is asked later, when you choose. To somebody who stands outside the opened rings there is no assignment.
#[utoipa::path(tag = "responses", security(("bearer" = ["market:write"])),
    params(("assignmentId" = AssignmentId, Path, description = "The assignment")),
    request_body = ResponseDraft, responses(
    (status = 201, description = "Begun, and submitted if you asked so", body = ResponseView),
    (status = 409, description = "The assignment is not open, or you responded already"),
))]
#[post("/assignments/{assignmentId}/responses")]
pub(crate) async fn create_response(
    caller: Caller,
    id: Path<AssignmentId>,
    post: Post<ResponseDraft>,
) -> Answer<ResponseView> {
    caller
        .post(post, move |work, actor, draft| {
            let assignment = assignments::get(work, *id)?;
            let reach = reach_of(work, actor)?;
            let has_live_response = has_live_response(work, actor, &assignment, None)?;
            let on = Answering { assignment: &assignment, reach: &reach, has_live_response };
            let content = draft.content()?;
            let begun = NewResponse { person: actor.person, content, channel: ResponseChannel::Own };
            let response = Response::begin(work.id(), begun, on, EMPLOYEE, work.now())?;
            let response =
                if draft.submit { submitted(work, actor, response, on, draft.employment_id)? } else { response };
            let response = kept::insert(work, response)?;
            tell(work, &assignment, None, &response)?;
            let path = format!("/responses/{}", response.id);
            Ok(Reply::created(&path, shown(work, &response, EMPLOYEE)?).revision(response.revision))
        })
        .await
}

/// Submit a response
///
/// From then on the client sees it. The version of your organisation's mobility policy that is in force stays the one
/// of this dossier.
#[utoipa::path(tag = "responses", security(("bearer" = ["market:write"])),
    params(("responseId" = ResponseId, Path, description = "The response"), crate::body::IfMatchParam),
    request_body = SubmissionDraft, responses(
    (status = 200, description = "Submitted", body = ResponseView),
    (status = 409, description = "It is no draft, the assignment is not open, or you responded already"),
))]
#[post("/responses/{responseId}/submissions")]
pub(crate) async fn submit_response(
    caller: Caller,
    id: Path<ResponseId>,
    seen: IfMatch,
    post: Post<SubmissionDraft>,
) -> Answer<ResponseView> {
    caller
        .post(post, move |work, actor, draft| {
            let dossier = Dossier::open(work, actor, *id)?;
            seen.expect(dossier.response.revision)?;
            let Dossier { response, assignment, parts } = dossier.settle(work)?;
            let reach = reach_of(work, actor)?;
            let has_live_response = has_live_response(work, actor, &assignment, Some(response.id))?;
            let on = Answering { assignment: &assignment, reach: &reach, has_live_response };
            let from = response.state;
            let response = submitted_as(work, actor, response, on, draft.employment_id, &parts)?;
            let response = keep(work, &assignment, from, response)?;
            Ok(Reply::current(response.revision, shown(work, &response, &parts)?))
        })
        .await
}

/// Agree to have a response reopened
///
/// What the client offered: the response is submitted again, and its lights start from what was said before.
#[utoipa::path(tag = "responses", security(("bearer" = ["market:write"])),
    params(("responseId" = ResponseId, Path, description = "The response"), crate::body::IfMatchParam), responses(
    (status = 200, description = "Submitted again", body = ResponseView),
    (status = 409, description = "No reopening was offered, the assignment is not open, or you responded anew"),
))]
#[post("/responses/{responseId}/reopening-acceptances")]
pub(crate) async fn accept_response_reopening(
    caller: Caller,
    id: Path<ResponseId>,
    seen: IfMatch,
    post: crate::body::Bare,
) -> Answer<ResponseView> {
    caller
        .post(post, move |work, actor, ()| {
            let Dossier { response, assignment, parts } = Dossier::open(work, actor, *id)?;
            seen.expect(response.revision)?;
            let reach = reach_of(work, actor)?;
            let has_live_response = has_live_response(work, actor, &assignment, Some(response.id))?;
            let on = Answering { assignment: &assignment, reach: &reach, has_live_response };
            let from = response.state;
            let response = response.accept_reopening(on, &parts, work.now())?;
            let response = keep(work, &assignment, from, response)?;
            Ok(Reply::current(response.revision, shown(work, &response, &parts)?))
        })
        .await
}

/// Whether the caller has a live response to the assignment besides this one, seen in the transaction that decides.
fn has_live_response(
    work: &mut Work<'_>,
    actor: &Actor,
    assignment: &Assignment,
    beside: Option<ResponseId>,
) -> Result<bool, Problem> {
    let Some(live) = kept::find_live(work, assignment.id, actor.person)? else { return Ok(false) };
    if Some(live.id) == beside {
        return Ok(false);
    }
    Ok(settle(work, live, assignment)?.is_live())
}

fn submitted(
    work: &mut Work<'_>,
    actor: &Actor,
    response: Response,
    on: Answering<'_>,
    employment: Option<EmploymentId>,
) -> Result<Response, Problem> {
    submitted_as(work, actor, response, on, employment, EMPLOYEE)
}

fn submitted_as(
    work: &mut Work<'_>,
    actor: &Actor,
    response: Response,
    on: Answering<'_>,
    employment: Option<EmploymentId>,
    parts: &[Part],
) -> Result<Response, Problem> {
    let now = work.now();
    let employment = employment_of(actor, employment)?;
    let policy = mobility_policies::current(work, employment.organisation, local_date(now))?.policy;
    let host = organisations::get(work, on.assignment.organisation)?;
    let home = HomeSituation { employment, policy: policy.as_ref(), host: &host };
    Ok(response.submit(on, home, parts, now)?)
}

/// The employment that is named, or the only one there is.
fn employment_of(actor: &Actor, named: Option<EmploymentId>) -> Result<&Employment, Refusal> {
    let reason = match (named, actor.employments.as_slice()) {
        (None, [only]) => return Ok(only),
        (None, []) => "must be an employment of your own that holds today: you have none",
        (None, _) => "must be given: you have more than one employment",
        (Some(_), _) => "must be an employment of your own that holds today",
    };
    actor
        .employments
        .iter()
        .find(|employment| Some(employment.id) == named)
        .ok_or_else(|| Refusal::invalid("employmentId", reason))
}
