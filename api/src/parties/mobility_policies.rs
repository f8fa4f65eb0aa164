//! Mobility policies: the operations.

use actix_web::web::Path;
use actix_web::{get, post};
use domain::parties::mobility_policies::MobilityPolicy;
use domain::{Audience, Change, EventKind, MobilityPolicyId, OrganisationId, local_date};
use persistence::ledger;
use persistence::parties::{mobility_policies as kept, organisations};

use super::mobility_policy_types::{
    CurrentMobilityPolicyView, MobilityPolicyDraft, MobilityPolicyPage, MobilityPolicyView,
};
use crate::body::Post;
use crate::caller::Caller;
use crate::paging::{Paging, PagingParams};
use crate::reply::{Answer, Reply};

/// Lay down the next version of a mobility policy
///
/// Done by an administrator of the organisation. A version never changes: a newer one follows it. What began under a
/// version keeps it.
#[utoipa::path(tag = "organisations", security(("bearer" = ["parties:write"])),
    params(("organisationId" = OrganisationId, Path, description = "The organisation")),
    request_body = MobilityPolicyDraft, responses(
    (status = 201, description = "Laid down", body = MobilityPolicyView),
    (status = 409, description = "It would begin before the version it follows"),
))]
#[post("/organisations/{organisationId}/mobility-policies")]
pub(crate) async fn create_mobility_policy(
    caller: Caller,
    id: Path<OrganisationId>,
    post: Post<MobilityPolicyDraft>,
) -> Answer<MobilityPolicyView> {
    caller
        .post(post, move |work, actor, draft| {
            let organisation = organisations::get(work, *id)?.id;
            actor.must_administer(work, organisation)?;
            let previous = kept::newest(work, organisation)?;
            let (id, now) = (work.id(), work.now());
            let policy = MobilityPolicy::lay_down(id, organisation, previous.as_ref(), draft.into(), now)?;
            let policy = kept::insert(work, policy)?;
            let change = Change::new(EventKind::MobilityPolicyLaidDown, policy.id).of(organisation);
            ledger::record(work, change.to([Audience::Organisation(organisation)]))?;
            Ok(Reply::created(&format!("/mobility-policies/{}", policy.id), policy.into()))
        })
        .await
}

/// List the versions of a mobility policy, newest first
#[utoipa::path(tag = "organisations", security(("bearer" = ["parties:read"])),
    params(("organisationId" = OrganisationId, Path, description = "The organisation"), PagingParams), responses(
    (status = 200, description = "A page of versions", body = MobilityPolicyPage),
))]
#[get("/organisations/{organisationId}/mobility-policies")]
pub(crate) async fn list_mobility_policies(
    caller: Caller,
    id: Path<OrganisationId>,
    paging: Paging,
) -> Answer<MobilityPolicyPage> {
    caller
        .read(move |view, _| {
            let organisation = organisations::get(view, *id)?.id;
            let page = kept::list(view, organisation, &paging.request)?;
            Ok(paging.reply(page.map(MobilityPolicyView::from), MobilityPolicyPage::new))
        })
        .await
}

/// Show what holds for an organisation today
///
/// The newest version that has begun; where the organisation laid down nothing, that of the nearest organisation above
/// it; where none of them did, the defaults of the platform.
#[utoipa::path(tag = "organisations", security(("bearer" = ["parties:read"])),
    params(("organisationId" = OrganisationId, Path, description = "The organisation")), responses(
    (status = 200, description = "What holds", body = CurrentMobilityPolicyView),
))]
#[get("/organisations/{organisationId}/current-mobility-policy")]
pub(crate) async fn get_current_mobility_policy(
    caller: Caller,
    id: Path<OrganisationId>,
) -> Answer<CurrentMobilityPolicyView> {
    caller
        .read(move |view, _| {
            let organisation = organisations::get(view, *id)?.id;
            let today = local_date(view.now());
            let current = kept::current(view, organisation, today)?;
            Ok(Reply::shown(CurrentMobilityPolicyView::of(organisation, current)))
        })
        .await
}

/// Show a version of a mobility policy
///
/// Also one that newer versions have followed.
#[utoipa::path(tag = "organisations", security(("bearer" = ["parties:read"])),
    params(("mobilityPolicyId" = MobilityPolicyId, Path, description = "The version")), responses(
    (status = 200, description = "The version", body = MobilityPolicyView),
))]
#[get("/mobility-policies/{mobilityPolicyId}")]
pub(crate) async fn get_mobility_policy(caller: Caller, id: Path<MobilityPolicyId>) -> Answer<MobilityPolicyView> {
    caller.read(move |view, _| Ok(Reply::shown(kept::get(view, *id)?.into()))).await
}
