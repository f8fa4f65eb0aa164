//! Memberships: what can be done with one.

use actix_web::post;
use actix_web::web::Path;
use domain::parties::memberships::{Membership, MembershipAction, MembershipState};
use domain::{MembershipId, Part};
use persistence::Work;
use persistence::parties::{memberships as kept, networks};

use super::membership_types::MembershipView;
use super::memberships::{announce, is_inside_parent, parts, visible};
use crate::body::{Bare, IfMatch};
use crate::caller::Caller;
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// Admit who asked for a membership
///
/// Done by a coordinator of the network.
#[utoipa::path(tag = "networks", security(("bearer" = ["parties:write"])),
    params(("membershipId" = MembershipId, Path, description = "The membership"), crate::body::IfMatchParam), responses(
    (status = 200, description = "A member", body = MembershipView),
    (status = 409, description = "It was not asked for, or there is no membership of the network above"),
))]
#[post("/memberships/{membershipId}/admissions")]
pub(crate) async fn admit_membership(
    caller: Caller,
    id: Path<MembershipId>,
    seen: IfMatch,
    post: Bare,
) -> Answer<MembershipView> {
    take(caller, *id, seen, post, MembershipAction::Admit).await
}

/// Refuse who asked for a membership
///
/// Done by a coordinator of the network.
#[utoipa::path(tag = "networks", security(("bearer" = ["parties:write"])),
    params(("membershipId" = MembershipId, Path, description = "The membership"), crate::body::IfMatchParam), responses(
    (status = 200, description = "Refused", body = MembershipView),
    (status = 409, description = "It was not asked for"),
))]
#[post("/memberships/{membershipId}/refusals")]
pub(crate) async fn refuse_membership(
    caller: Caller,
    id: Path<MembershipId>,
    seen: IfMatch,
    post: Bare,
) -> Answer<MembershipView> {
    take(caller, *id, seen, post, MembershipAction::Refuse).await
}

/// Accept the membership that was offered
///
/// Done by an administrator of the organisation, or by the person.
#[utoipa::path(tag = "networks", security(("bearer" = ["parties:write"])),
    params(("membershipId" = MembershipId, Path, description = "The membership"), crate::body::IfMatchParam), responses(
    (status = 200, description = "A member", body = MembershipView),
    (status = 409, description = "It was not offered, or there is no membership of the network above"),
))]
#[post("/memberships/{membershipId}/acceptances")]
pub(crate) async fn accept_membership(
    caller: Caller,
    id: Path<MembershipId>,
    seen: IfMatch,
    post: Bare,
) -> Answer<MembershipView> {
    take(caller, *id, seen, post, MembershipAction::Accept).await
}

/// Decline the membership that was offered
///
/// Done by an administrator of the organisation, or by the person.
#[utoipa::path(tag = "networks", security(("bearer" = ["parties:write"])),
    params(("membershipId" = MembershipId, Path, description = "The membership"), crate::body::IfMatchParam), responses(
    (status = 200, description = "Declined", body = MembershipView),
    (status = 409, description = "It was not offered"),
))]
#[post("/memberships/{membershipId}/declinations")]
pub(crate) async fn decline_membership(
    caller: Caller,
    id: Path<MembershipId>,
    seen: IfMatch,
    post: Bare,
) -> Answer<MembershipView> {
    take(caller, *id, seen, post, MembershipAction::Decline).await
}

/// End a membership
///
/// Done by an administrator of the organisation, by the person, or by a coordinator of the network, who also withdraws
/// an offer with it. Memberships of the same member in networks inside this one end with it.
#[utoipa::path(tag = "networks", security(("bearer" = ["parties:write"])),
    params(("membershipId" = MembershipId, Path, description = "The membership"), crate::body::IfMatchParam), responses(
    (status = 200, description = "Ended", body = MembershipView),
    (status = 409, description = "It was refused or ended already"),
))]
#[post("/memberships/{membershipId}/endings")]
pub(crate) async fn end_membership(
    caller: Caller,
    id: Path<MembershipId>,
    seen: IfMatch,
    post: Bare,
) -> Answer<MembershipView> {
    take(caller, *id, seen, post, MembershipAction::End).await
}

async fn take(
    caller: Caller,
    id: MembershipId,
    seen: IfMatch,
    post: Bare,
    action: MembershipAction,
) -> Answer<MembershipView> {
    caller
        .post(post, move |work, actor, ()| {
            let (before, network) = visible(work, actor, id)?;
            seen.expect(before.revision)?;
            let parts = parts(work, actor, network.id, before.member)?;
            let (from, now) = (before.state, work.now());
            let above = is_inside_parent(work, &network, before.member)?;
            let membership = before.step(action, &parts, now)?.inside(above)?;
            let membership = kept::save(work, membership)?;
            announce(work, &membership, Some(from))?;
            if membership.state == MembershipState::Ended {
                end_inside(work, &membership)?;
            }
            Ok(Reply::current(membership.revision, MembershipView::one(work, actor, membership)?))
        })
        .await
}

/// Ends what the member has in the networks inside one that it left.
fn end_inside(work: &mut Work<'_>, left: &Membership) -> Result<(), Problem> {
    let inside = networks::descendants(work, left.network)?;
    for membership in kept::open_of(work, left.member, &inside)? {
        let from = membership.state;
        let ended = membership.step(MembershipAction::End, &[Part::Service], work.now())?;
        let ended = kept::save(work, ended)?;
        announce(work, &ended, Some(from))?;
    }
    Ok(())
}
