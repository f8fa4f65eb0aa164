//! Reading responses: one's own, and those to one's own assignments.

use std::collections::HashMap;

use actix_web::get;
use actix_web::web::Path;
use domain::market::assignments::Assignment;
use domain::market::responses::Response;
use domain::{AssignmentId, Part, PersonId, Refusal, ResponseId};
use persistence::market::{assignments, responses as kept};
use persistence::parties::persons;
use persistence::{Page, View};
use serde::Deserialize;
use utoipa::IntoParams;

use super::dossier::{Dossier, at_present};
use super::types::{ResponsePage, ResponseView};
use crate::access::Actor;
use crate::caller::{Caller, Query};
use crate::market::standing::Viewer;
use crate::paging::{Paging, PagingParams};
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// Which of one's responses are wanted
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase")]
pub struct ResponseQuery {
    /// Those to this assignment
    #[param(nullable = false)]
    assignment_id: Option<AssignmentId>,
}

/// List your own responses
///
/// Newest first, drafts included. Those of others to your assignments: `GET /assignments/{assignmentId}/responses`.
#[utoipa::path(tag = "responses", security(("bearer" = ["market:read"])), params(ResponseQuery, PagingParams), responses(
    (status = 200, description = "A page of your responses", body = ResponsePage),
))]
#[get("/responses")]
pub(crate) async fn list_responses(
    caller: Caller,
    query: Query<ResponseQuery>,
    paging: Paging,
) -> Answer<ResponsePage> {
    caller
        .read(move |view, actor| {
            let page = kept::of_person(view, actor.person, query.0.assignment_id, &paging.request)?;
            let page = shown_all(view, page, &[Part::Employee])?;
            Ok(paging.reply(page, ResponsePage::new))
        })
        .await
}

/// List the responses to an assignment of your own
///
/// Newest first. For the owner and the co-owners; what was never submitted is not among them.
#[utoipa::path(tag = "responses", security(("bearer" = ["market:read"])),
    params(("assignmentId" = AssignmentId, Path, description = "The assignment"), PagingParams), responses(
    (status = 200, description = "A page of responses", body = ResponsePage),
))]
#[get("/assignments/{assignmentId}/responses")]
pub(crate) async fn list_assignment_responses(
    caller: Caller,
    id: Path<AssignmentId>,
    paging: Paging,
) -> Answer<ResponsePage> {
    caller
        .read(move |view, actor| {
            let assignment = owned(view, actor, *id)?;
            let page = kept::submitted_to(view, assignment.id, &paging.request)?;
            let page = shown_all(view, page, &[Part::Client])?;
            Ok(paging.reply(page, ResponsePage::new))
        })
        .await
}

/// Get a response
///
/// For the employee, the owners of the assignment once it is submitted, and the adviser the employee shared it with.
/// For everybody else there is no such response.
#[utoipa::path(tag = "responses", security(("bearer" = ["market:read"])),
    params(("responseId" = ResponseId, Path, description = "The response")), responses(
    (status = 200, description = "The response", body = ResponseView),
))]
#[get("/responses/{responseId}")]
pub(crate) async fn get_response(caller: Caller, id: Path<ResponseId>) -> Answer<ResponseView> {
    caller
        .read(move |view, actor| {
            let Dossier { response, parts, .. } = Dossier::read(view, actor, *id)?;
            Ok(Reply::current(response.revision, shown(view, &response, &parts)?))
        })
        .await
}

/// An assignment of the caller's own; to who does not see it, it is not there.
pub(in crate::market) fn owned(view: &mut View<'_>, actor: &Actor, id: AssignmentId) -> Result<Assignment, Problem> {
    let assignment = assignments::get(view, id)?;
    if assignment.is_owned_by(actor.person) {
        return Ok(assignment);
    }
    let now = view.now();
    if Viewer::of(view, Some(actor))?.sight.sees(&assignment, now) {
        return Err(Refusal::forbidden("Only the owner and the co-owners see who responded or suits it.").into());
    }
    Err(Refusal::hidden("assignment").into())
}

/// A response as somebody with these parts sees it.
pub(super) fn shown(view: &mut View<'_>, response: &Response, parts: &[Part]) -> Result<ResponseView, Problem> {
    let name = persons::get(view, response.person)?.name.full();
    let adviser = kept::adviser_of(view, response.id)?;
    Ok(ResponseView::of(response, name, adviser, parts))
}

fn shown_all(view: &mut View<'_>, page: Page<Response>, parts: &[Part]) -> Result<Page<ResponseView>, Problem> {
    let Page { items, next, previous } = page;
    let ids: Vec<AssignmentId> = items.iter().map(|response| response.assignment).collect();
    let known: HashMap<_, _> = assignments::find_many(view, &ids)?.into_iter().map(|one| (one.id, one)).collect();
    let people: Vec<PersonId> = items.iter().map(|response| response.person).collect();
    let names: HashMap<_, _> =
        persons::find_many(view, &people)?.into_iter().map(|person| (person.id, person.name.full())).collect();
    let advisers = kept::advisers_of(view, &items.iter().map(|response| response.id).collect::<Vec<_>>())?;
    let items = at_present(view, items, &known)?
        .iter()
        .map(|response| {
            let name = names.get(&response.person).cloned().unwrap_or_default();
            ResponseView::of(response, name, advisers.get(&response.id).copied(), parts)
        })
        .collect();
    Ok(Page { items, next, previous })
}
