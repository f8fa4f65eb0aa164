//! Writing an arrangement, and the version that follows it.

use actix_web::web::Path;
use actix_web::{post, put};
use domain::parties::employments::Employment;
use domain::parties::role_assignments::Role;
use domain::placements::arrangements::Arrangement;
use domain::{ArrangementId, Part, Parts, Refusal};
use persistence::View;
use persistence::parties::employments;
use persistence::placements::arrangements as kept;

use super::types::{ArrangementDraft, ArrangementTermsInput, ArrangementView};
use super::{Ground, open, step, tell};
use crate::access::Actor;
use crate::body::{Body, IfMatch, Post};
use crate::caller::Caller;
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// Draft a mobility arrangement
///
/// By the employee or the manager, each for their own eyes until it is proposed. What the variant demands stands in
/// `GET /variants`; the policy of the home organisation says which variants are possible and how many days. An excluded
/// function gets the reason of the policy.
#[utoipa::path(tag = "arrangements", security(("bearer" = ["placements:write"])), request_body = ArrangementDraft, responses(
    (status = 201, description = "Drafted", body = ArrangementView),
))]
#[post("/arrangements")]
pub(crate) async fn create_arrangement(caller: Caller, post: Post<ArrangementDraft>) -> Answer<ArrangementView> {
    caller
        .post(post, |work, actor, draft| {
            let (employment, parts) = employment_of(work, actor, &draft)?;
            let ground = Ground::of(work, employment, None)?;
            let now = work.now();
            let arrangement = Arrangement::draft(work.id(), draft.terms.into(), ground.lent(), &parts, now)
                .map_err(|refusal| Problem::from(refusal).within("terms"))?;
            let arrangement = kept::insert(work, arrangement)?;
            tell(work, None, &arrangement)?;
            let (path, revision) = (format!("/arrangements/{}", arrangement.id), arrangement.revision);
            Ok(Reply::created(&path, ArrangementView::of(arrangement, &parts, false, now)).revision(revision))
        })
        .await
}

/// Draft the version that follows an arrangement
///
/// Hours never change within a version. The new one begins on a Monday; once both have signed it, the one before ends the
/// day before.
#[utoipa::path(tag = "arrangements", security(("bearer" = ["placements:write"])),
    params(("arrangementId" = ArrangementId, Path, description = "The version that it follows")),
    request_body = ArrangementTermsInput, responses(
    (status = 201, description = "Drafted", body = ArrangementView),
    (status = 409, description = "The version is not the last that both have signed, or another one waits"),
))]
#[post("/arrangements/{arrangementId}/versions")]
pub(crate) async fn create_arrangement_version(
    caller: Caller,
    id: Path<ArrangementId>,
    post: Post<ArrangementTermsInput>,
) -> Answer<ArrangementView> {
    caller
        .post(post, move |work, actor, terms| {
            let (before, standing) = open(work, actor, *id)?;
            let ground = Ground::of_arrangement(work, &before)?;
            let now = work.now();
            let next = before.draft_next(work.id(), terms.into(), ground.lent(), &standing.parts, now)?;
            let next = kept::insert(work, next)?;
            tell(work, None, &next)?;
            let (path, revision) = (format!("/arrangements/{}", next.id), next.revision);
            Ok(Reply::created(&path, ArrangementView::of(next, &standing.parts, false, now)).revision(revision))
        })
        .await
}

/// Write an arrangement anew, while it is a draft or proposed
///
/// The whole of it. What one side had signed is void, and it is a draft of who revised it.
#[utoipa::path(tag = "arrangements", security(("bearer" = ["placements:write"])),
    params(("arrangementId" = ArrangementId, Path, description = "The arrangement"), crate::body::IfMatchParam),
    request_body = ArrangementTermsInput, responses(
    (status = 200, description = "Written anew", body = ArrangementView),
    (status = 409, description = "Both have signed it, or it has ended"),
))]
#[put("/arrangements/{arrangementId}")]
pub(crate) async fn revise_arrangement(
    caller: Caller,
    id: Path<ArrangementId>,
    seen: IfMatch,
    body: Body<ArrangementTermsInput>,
) -> Answer<ArrangementView> {
    caller
        .write(move |work, actor| {
            step(work, actor, *id, &seen, |work, arrangement, parts, now| {
                let ground = Ground::of_arrangement(work, &arrangement)?;
                let before = before(work, &arrangement)?;
                Ok(arrangement.revise(body.0.clone().into(), ground.lent(), before.as_ref(), parts, now)?)
            })
        })
        .await
}

/// The version that this one follows.
pub(super) fn before(view: &mut View<'_>, arrangement: &Arrangement) -> Result<Option<Arrangement>, Problem> {
    let versions = kept::versions(view, arrangement.series)?;
    let earlier = versions.into_iter().filter(|one| one.version < arrangement.version && one.agreed_at().is_some());
    Ok(earlier.max_by_key(|one| one.version))
}

/// The employment that is named, with the parts the caller plays; to anybody else it is not there.
fn employment_of(view: &mut View<'_>, actor: &Actor, draft: &ArrangementDraft) -> Result<(Employment, Parts), Problem> {
    let unknown = || Refusal::invalid("employmentId", "must be an employment of your own, or of somebody you manage");
    let employment = employments::find(view, draft.employment_id)?.ok_or_else(unknown)?;
    let today = domain::local_date(view.now());
    if employment.terms.is_over_on(today) {
        return Err(Refusal::invalid("employmentId", "must be an employment that has not ended").into());
    }
    let part = if employment.person == actor.person {
        Part::Employee
    } else if employment.terms.manager == Some(actor.person) {
        Part::HomeManager
    } else if employment.terms.manager.is_none()
        && actor.has_role(view, Role::OrganisationAdministrator, employment.organisation)?
    {
        Part::OrganisationAdministrator
    } else {
        return Err(unknown().into());
    };
    Ok((employment, vec![part]))
}
