//! Reading agreements: as data, as a page, as a document.

use actix_web::get;
use actix_web::web::Path;
use domain::placements::secondment_agreements::ShownAs;
use domain::{AgreementId, PlacementId};
use persistence::View;
use persistence::placements::secondment_agreements as kept;

use super::rendering::{draft_html, draft_pdf};
use super::types::{AgreementPage, AgreementView};
use super::{as_party, facts_of, open, shown, text_of};
use crate::access::Actor;
use crate::caller::Caller;
use crate::paging::{Paging, PagingParams};
use crate::placements::placements::open as open_placement;
use crate::problem::Problem;
use crate::reply::{Answer, Download, FileContent, Reply};

/// List the versions of the agreement of a placement, newest first
#[utoipa::path(tag = "agreements", security(("bearer" = ["placements:read"])),
    params(("placementId" = PlacementId, Path, description = "The placement"), PagingParams), responses(
    (status = 200, description = "A page of versions", body = AgreementPage),
))]
#[get("/placements/{placementId}/secondment-agreements")]
pub(crate) async fn list_agreements(caller: Caller, id: Path<PlacementId>, paging: Paging) -> Answer<AgreementPage> {
    caller
        .read(move |view, actor| {
            let (placement, standing) = open_placement(view, actor, *id)?;
            let standing = as_party(view, &placement, standing)?;
            let page = kept::list(view, placement.id, &paging.request)?;
            let page = page.try_map(|agreement| shown(view, agreement, &standing.parts))?;
            Ok(paging.reply(page, AgreementPage::new))
        })
        .await
}

/// Get a version of a secondment agreement
///
/// For the parties of the placement, and from its confirmation on for administrators and finance of both organisations.
#[utoipa::path(tag = "agreements", security(("bearer" = ["placements:read"])),
    params(("secondmentAgreementId" = AgreementId, Path, description = "The version")), responses(
    (status = 200, description = "The version", body = AgreementView),
))]
#[get("/secondment-agreements/{secondmentAgreementId}")]
pub(crate) async fn get_agreement(caller: Caller, id: Path<AgreementId>) -> Answer<AgreementView> {
    caller
        .read(move |view, actor| {
            let (agreement, _, standing) = open(view, actor, *id)?;
            Ok(Reply::current(agreement.revision, shown(view, agreement, &standing.parts)?))
        })
        .await
}

/// Get a version of an agreement as a page
///
/// Once it is proposed these are the very bytes whose SHA-256 is `htmlHash`: show them, and sign with that hash.
#[utoipa::path(tag = "agreements", security(("bearer" = ["placements:read"])),
    params(("secondmentAgreementId" = AgreementId, Path, description = "The version")), responses(
    (status = 200, description = "The page", body = String, content_type = "text/html"),
))]
#[get("/secondment-agreements/{secondmentAgreementId}/html")]
pub(crate) async fn get_agreement_html(caller: Caller, id: Path<AgreementId>) -> Result<Download, Problem> {
    let bytes = caller.read(move |view, actor| rendered(view, actor, *id, ShownAs::Html)).await?;
    Ok(Download::new("text/html; charset=utf-8", "overeenkomst.html", bytes))
}

/// Get a version of an agreement as a document
///
/// PDF/A-2a. Once it is proposed these are the very bytes whose SHA-256 is `pdfHash`.
#[utoipa::path(tag = "agreements", security(("bearer" = ["placements:read"])),
    params(("secondmentAgreementId" = AgreementId, Path, description = "The version")), responses(
    (status = 200, description = "The document", body = FileContent, content_type = "application/pdf"),
))]
#[get("/secondment-agreements/{secondmentAgreementId}/pdf")]
pub(crate) async fn get_agreement_pdf(caller: Caller, id: Path<AgreementId>) -> Result<Download, Problem> {
    let bytes = caller.read(move |view, actor| rendered(view, actor, *id, ShownAs::Pdf)).await?;
    Ok(Download::new("application/pdf", "overeenkomst.pdf", bytes))
}

fn rendered(view: &mut View<'_>, actor: &Actor, id: AgreementId, form: ShownAs) -> Result<Vec<u8>, Problem> {
    let (agreement, placement, _) = open(view, actor, id)?;
    if agreement.laid_down.is_some()
        && let Some(kept) = kept::rendering(view, id, form)?
    {
        return Ok(kept);
    }
    let facts = facts_of(view, &placement)?;
    let text = text_of(view, &agreement, &placement, &facts)?;
    match form {
        ShownAs::Html => Ok(draft_html(&text, agreement.modified_at)),
        ShownAs::Pdf => draft_pdf(&text, agreement.modified_at),
    }
}
