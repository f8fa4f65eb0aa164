//! Drafting a version of an agreement, and writing it anew.

use actix_web::web::Path;
use actix_web::{post, put};
use domain::placements::secondment_agreements::{Agreement, AgreementTemplate, Drafting};
use domain::{AgreementId, PlacementId, Refusal};
use persistence::View;
use persistence::placements::secondment_agreements as kept;

use super::templates::seen;
use super::types::{AgreementDraft, AgreementView};
use super::{as_party, shown, step, tell};
use crate::access::Actor;
use crate::body::{Body, IfMatch, Post};
use crate::caller::Caller;
use crate::placements::placements::open;
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// Draft a version of the secondment agreement of a placement
///
/// By any of its parties: the first one while the placement is planned, a later one to extend it while it runs. Hours,
/// period and rate are those of the placement; the treatment of VAT and of procurement is chosen here, with its evidence,
/// and never decided by the service. Inside one organisation there is no such agreement.
#[utoipa::path(tag = "agreements", security(("bearer" = ["placements:write"])),
    params(("placementId" = PlacementId, Path, description = "The placement")), request_body = AgreementDraft, responses(
    (status = 201, description = "Drafted", body = AgreementView),
    (status = 409, description = "None is needed, another version waits, or the placement is not that far"),
))]
#[post("/placements/{placementId}/secondment-agreements")]
pub(crate) async fn create_agreement(
    caller: Caller,
    id: Path<PlacementId>,
    post: Post<AgreementDraft>,
) -> Answer<AgreementView> {
    caller
        .post(post, move |work, actor, draft| {
            let (placement, standing) = open(work, actor, *id)?;
            let standing = as_party(work, &placement, standing)?;
            let template = chosen(work, actor, &draft)?;
            let versions = kept::versions(work, placement.id)?;
            let on = Drafting { placement: &placement, template: template.as_ref(), previous: versions.last() };
            let agreement = Agreement::draft(work.id(), draft.terms()?, on, &standing.parts, work.now())?;
            let agreement = kept::insert(work, agreement)?;
            tell(work, None, &agreement)?;
            let (path, revision) = (format!("/secondment-agreements/{}", agreement.id), agreement.revision);
            Ok(Reply::created(&path, shown(work, agreement, &standing.parts)?).revision(revision))
        })
        .await
}

/// Write a version of an agreement anew, while not all have signed it
///
/// The whole of it. It is a draft again, and what was signed is void.
#[utoipa::path(tag = "agreements", security(("bearer" = ["placements:write"])),
    params(("secondmentAgreementId" = AgreementId, Path, description = "The version"), crate::body::IfMatchParam),
    request_body = AgreementDraft, responses(
    (status = 200, description = "Written anew", body = AgreementView),
    (status = 409, description = "All have signed it, or it was withdrawn"),
))]
#[put("/secondment-agreements/{secondmentAgreementId}")]
pub(crate) async fn revise_agreement(
    caller: Caller,
    id: Path<AgreementId>,
    seen: IfMatch,
    body: Body<AgreementDraft>,
) -> Answer<AgreementView> {
    caller
        .write(move |work, actor| {
            step(work, actor, *id, &seen, |work, agreement, placement, parts| {
                let template = chosen(work, actor, &body.0)?;
                let now = work.now();
                let revised = agreement.revise(body.0.clone().terms()?, placement, parts, now)?;
                Ok(Agreement { template: template.map(|template| template.id), ..revised })
            })
        })
        .await
}

fn chosen(view: &mut View<'_>, actor: &Actor, draft: &AgreementDraft) -> Result<Option<AgreementTemplate>, Problem> {
    let Some(id) = draft.template_id else { return Ok(None) };
    let reason = "must be a version of the template of a network that you know of";
    let template =
        seen(view, actor, id).map_err(|problem| problem.if_missing(Refusal::invalid("templateId", reason)))?;
    Ok(Some(template))
}
