//! What members of a network promised, and what they did: always computed, never typed in (invariant 18).

use std::collections::HashMap;

use actix_web::get;
use actix_web::web::Path;
use domain::parties::memberships::{Member, Membership, MembershipState, Pledge};
use domain::parties::networks::{Admission, Network};
use domain::{NetworkId, OrganisationId, Refusal};
use persistence::View;
use persistence::market::assignments::count_published;
use persistence::parties::memberships::{self, MembershipFilter};
use persistence::parties::{networks, organisations};
use persistence::profiles::{viewers, visible};
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::Actor;
use crate::caller::Caller;
use crate::market::standing::Viewer;
use crate::paging::{Paging, PagingParams, page_of};
use crate::problem::Problem;
use crate::reply::Answer;

/// What a member organisation promised a network, and what it did (toezegging)
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Pledge)]
pub struct PledgeView {
    /// The member
    organisation_id: OrganisationId,
    /// Its name
    #[schema(max_length = 200, example = "Gemeente Oss")]
    organisation_name: String,
    /// Klussen promised
    #[schema(minimum = 0, maximum = 1_000_000, example = 1)]
    minimum_assignments: u32,
    /// Klussen that it opened to the network or wider; what was cancelled does not count
    #[schema(minimum = 0, maximum = 4_294_967_295_u64, example = 2)]
    published_assignments: u32,
    /// Whether enough klussen were published
    are_assignments_met: bool,
    /// People promised
    #[schema(minimum = 0, maximum = 1_000_000, example = 1)]
    minimum_people: u32,
    /// People who show themselves in the network, as far as you may know; null for who administers the member: nobody
    /// learns from it who of their own people looks around
    #[schema(minimum = 0, maximum = 4_294_967_295_u64, example = 3)]
    visible_people: Option<u32>,
    /// Whether enough people are visible; null where their number is
    are_people_met: Option<bool>,
    /// Whether the whole pledge is met; null where the number of people is
    is_met: Option<bool>,
}

page_of!(
    /// A page of pledges
    PledgePage as PledgePage, PledgeView
);

/// List what the members of a network promised and did
///
/// For the coordinators of the network and the administrators of the platform. An administrator of a member sees the
/// klussen of their own organisation, and nothing of its people.
#[utoipa::path(tag = "networks", security(("bearer" = ["market:read"])),
    params(("networkId" = NetworkId, Path, description = "The network"), PagingParams), responses(
    (status = 200, description = "A page of pledges", body = PledgePage),
))]
#[get("/networks/{networkId}/pledges")]
pub(crate) async fn list_network_pledges(caller: Caller, id: Path<NetworkId>, paging: Paging) -> Answer<PledgePage> {
    caller
        .read(move |view, actor| {
            let viewer = Viewer::of(view, Some(actor))?;
            let known = actor.known_networks(view)?;
            let network = networks::find(view, *id)?.filter(|network| may_know(network, known.as_deref()));
            let network = network.ok_or_else(|| Refusal::hidden("network"))?;
            let sees_all = actor.coordinates(network.id) || actor.is_platform_administrator();
            if !sees_all && viewer.sight.administers.is_empty() {
                let detail = "Pledges are for the coordinators of the network and the administrators of its members.";
                return Err(Refusal::forbidden(detail).into());
            }
            let filter = MembershipFilter {
                own: (!sees_all).then(|| (viewer.sight.administers.clone(), actor.person)),
                network: Some(network.id),
                state: Some(MembershipState::Active),
                ..MembershipFilter::default()
            };
            let page = memberships::list(view, &filter, &paging.request)?;
            let page = page.map_all(|members| pledges(view, actor, &network, &members, sees_all))?;
            Ok(paging.reply(page, PledgePage::new))
        })
        .await
}

/// Whether somebody who knows these networks by invitation, or all of them, may know of this one.
fn may_know(network: &Network, known: Option<&[NetworkId]>) -> bool {
    let is_open = network.details.admission != Admission::InvitationOnly;
    is_open || known.is_none_or(|known| known.contains(&network.id))
}

/// The pledges of those members that are organisations; people promise nothing.
fn pledges(
    view: &mut View<'_>,
    actor: &Actor,
    network: &Network,
    members: &[Membership],
    counts_people: bool,
) -> Result<Vec<PledgeView>, Problem> {
    let organisation = |membership: &Membership| match membership.member {
        Member::Organisation(id) => Some(id),
        Member::Person(_) => None,
    };
    let ids: Vec<OrganisationId> = members.iter().filter_map(organisation).collect();
    let names: HashMap<_, _> =
        organisations::find_many(view, &ids)?.into_iter().map(|one| (one.id, one.details.name)).collect();
    let published = count_published(view, network.id, &ids)?;
    let employers: Vec<OrganisationId> = actor.employers().collect();
    let asker = viewers::of(view, actor.person, &employers, &actor.roles)?;
    ids.into_iter()
        .map(|id| {
            let visible = counts_people.then(|| visible::count_visible_people(view, network.id, id, &asker));
            let visible = visible.transpose()?;
            let pledge = Pledge {
                minimum_people: network.details.pledge_minimum_people,
                minimum_assignments: network.details.pledge_minimum_assignments,
                visible_people: visible.unwrap_or_default(),
                published_assignments: published.get(&id).copied().unwrap_or_default(),
            };
            Ok(PledgeView {
                organisation_id: id,
                organisation_name: names.get(&id).cloned().unwrap_or_default(),
                minimum_assignments: pledge.minimum_assignments,
                published_assignments: pledge.published_assignments,
                are_assignments_met: pledge.assignments_met(),
                minimum_people: pledge.minimum_people,
                visible_people: visible,
                are_people_met: visible.map(|_| pledge.people_met()),
                is_met: visible.map(|_| pledge.is_met()),
            })
        })
        .collect()
}
