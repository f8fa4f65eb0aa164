//! Templates of agreements: the operations.

use actix_web::web::Path;
use actix_web::{get, post};
use domain::placements::secondment_agreements::{AgreementTemplate, TemplateClause};
use domain::{AgreementTemplateId, Audience, Change, EventKind, NetworkId, Refusal};
use persistence::parties::networks;
use persistence::placements::agreement_templates as kept;
use persistence::{View, ledger};

use super::template_types::{AgreementTemplateDraft, AgreementTemplatePage, AgreementTemplateView};
use crate::access::Actor;
use crate::body::Post;
use crate::caller::Caller;
use crate::paging::{Paging, PagingParams};
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// Lay down the next version of a network's template of agreements
///
/// Done by a coordinator of the network. A version never changes: a newer one follows it, and what was drafted keeps its
/// own. Facts stand in double braces; a name that is not known is a fault, and the answer lists those that are.
#[utoipa::path(tag = "agreements", security(("bearer" = ["placements:write"])),
    params(("networkId" = NetworkId, Path, description = "The network")), request_body = AgreementTemplateDraft, responses(
    (status = 201, description = "Laid down", body = AgreementTemplateView),
))]
#[post("/networks/{networkId}/agreement-templates")]
pub(crate) async fn create_agreement_template(
    caller: Caller,
    id: Path<NetworkId>,
    post: Post<AgreementTemplateDraft>,
) -> Answer<AgreementTemplateView> {
    caller
        .post(post, move |work, actor, draft| {
            let network = known(work, actor, *id)?;
            if !actor.coordinates(network) && !actor.is_platform_administrator() {
                return Err(Refusal::forbidden("This is done by a coordinator of the network.").into());
            }
            let AgreementTemplateDraft { title, clauses } = draft;
            let clauses = clauses.into_iter().map(TemplateClause::from).collect();
            let previous = kept::newest(work, network)?;
            let template =
                AgreementTemplate::lay_down(work.id(), network, previous.as_ref(), title, clauses, work.now())?;
            let template = kept::insert(work, template)?;
            let change = Change::new(EventKind::AgreementTemplateLaidDown, template.id);
            ledger::record(work, change.to([Audience::Network(network), Audience::Coordinators(network)]))?;
            Ok(Reply::created(&format!("/agreement-templates/{}", template.id), template.into()))
        })
        .await
}

/// List the versions of a network's template, newest first
#[utoipa::path(tag = "agreements", security(("bearer" = ["placements:read"])),
    params(("networkId" = NetworkId, Path, description = "The network"), PagingParams), responses(
    (status = 200, description = "A page of versions", body = AgreementTemplatePage),
))]
#[get("/networks/{networkId}/agreement-templates")]
pub(crate) async fn list_agreement_templates(
    caller: Caller,
    id: Path<NetworkId>,
    paging: Paging,
) -> Answer<AgreementTemplatePage> {
    caller
        .read(move |view, actor| {
            let network = known(view, actor, *id)?;
            let page = kept::list(view, network, &paging.request)?;
            Ok(paging.reply(page.map(AgreementTemplateView::from), AgreementTemplatePage::new))
        })
        .await
}

/// Get a version of a template
#[utoipa::path(tag = "agreements", security(("bearer" = ["placements:read"])),
    params(("agreementTemplateId" = AgreementTemplateId, Path, description = "The version")), responses(
    (status = 200, description = "The version", body = AgreementTemplateView),
))]
#[get("/agreement-templates/{agreementTemplateId}")]
pub(crate) async fn get_agreement_template(
    caller: Caller,
    id: Path<AgreementTemplateId>,
) -> Answer<AgreementTemplateView> {
    caller
        .read(move |view, actor| {
            let template = seen(view, actor, *id)?;
            Ok(Reply::shown(template.into()))
        })
        .await
}

/// A template of a network that the caller may know of.
pub(super) fn seen(view: &mut View<'_>, actor: &Actor, id: AgreementTemplateId) -> Result<AgreementTemplate, Problem> {
    let template = kept::get(view, id)?;
    known(view, actor, template.network)
        .map_err(|problem| problem.if_missing(Refusal::hidden("agreement template")))?;
    Ok(template)
}

/// A network that the caller may know of (invariant 19).
fn known(view: &mut View<'_>, actor: &Actor, id: NetworkId) -> Result<NetworkId, Problem> {
    let network = networks::get(view, id)?;
    let is_known = !network.is_hidden() || actor.known_networks(view)?.is_none_or(|known| known.contains(&id));
    if is_known || actor.coordinates(id) { Ok(id) } else { Err(Refusal::hidden("network").into()) }
}
