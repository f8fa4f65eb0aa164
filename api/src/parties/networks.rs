//! Networks: the operations.

use actix_web::web::Path;
use actix_web::{get, patch, post};
use domain::parties::networks::{Network, NetworkDetails, NetworkKind, ScaleLevel, Surroundings};
use domain::parties::role_assignments::{Role, RoleAssignment, Scope};
use domain::{Audience, Change, EventKind, NetworkId, Refusal};
use persistence::parties::networks::{self as kept, NetworkFilter};
use persistence::parties::{memberships, role_assignments};
use persistence::{View, Work, ledger};
use serde::Deserialize;
use utoipa::IntoParams;

use super::memberships::takes_part;
use super::network_types::{NetworkDraft, NetworkPage, NetworkPatch, NetworkView};
use crate::access::Actor;
use crate::body::{Body, IfMatch, Post};
use crate::caller::{Caller, Query};
use crate::paging::{Paging, PagingParams};
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// Which networks are wanted; what is left out does not narrow
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase")]
pub struct NetworkQuery {
    /// Words that the name holds; case and diacritics do not matter
    #[param(nullable = false, max_length = 200, example = "brabant")]
    search: Option<String>,
    /// What holds it together
    #[param(nullable = false)]
    kind: Option<NetworkKind>,
    /// The network above
    #[param(nullable = false)]
    parent_id: Option<NetworkId>,
    /// The scale on which it works
    #[param(nullable = false)]
    scale_level: Option<ScaleLevel>,
    /// A region it spans, by its whole name; case and diacritics do not matter
    #[param(nullable = false, max_length = 100, example = "Noord-Brabant")]
    region: Option<String>,
    /// True: only those that you coordinate or that you are a member of, yourself or through your employer
    #[param(nullable = false)]
    mine: Option<bool>,
}

/// Found a network
///
/// Done by an administrator of the platform; one inside another network by a coordinator of that, who then coordinates
/// the new one too. Each network has rules of its own.
#[utoipa::path(tag = "networks", security(("bearer" = ["parties:write"])), request_body = NetworkDraft, responses(
    (status = 201, description = "Founded", body = NetworkView),
))]
#[post("/networks")]
pub(crate) async fn create_network(caller: Caller, post: Post<NetworkDraft>) -> Answer<NetworkView> {
    caller
        .post(post, |work, actor, draft| {
            let details = NetworkDetails::from(draft);
            may_found_in(work, actor, details.parent)?;
            let surroundings = surroundings(work, None, details.parent)?;
            let network = Network::found(work.id(), details, &surroundings, work.now())?;
            let network = kept::insert(work, network)?;
            announce(work, EventKind::NetworkFounded, &network)?;
            if !actor.is_platform_administrator() {
                give_coordination(work, actor, network.id)?;
            }
            let (path, revision) = (format!("/networks/{}", network.id), network.revision);
            Ok(Reply::created(&path, NetworkView::one(work, network)?).revision(revision))
        })
        .await
}

/// List networks by name
///
/// Networks by invitation only are listed to their members, to who is invited, to their coordinators and to
/// administrators of the platform.
#[utoipa::path(tag = "networks", security(("bearer" = ["parties:read"])), params(NetworkQuery, PagingParams), responses(
    (status = 200, description = "A page of networks", body = NetworkPage),
))]
#[get("/networks")]
pub(crate) async fn list_networks(caller: Caller, query: Query<NetworkQuery>, paging: Paging) -> Answer<NetworkPage> {
    caller
        .read(move |view, actor| {
            let NetworkQuery { search, kind, parent_id, scale_level, region, mine } = query.0;
            let known = actor.known_networks(view)?;
            let among = if mine == Some(true) { Some(own(view, actor)?) } else { None };
            let filter = NetworkFilter { known, among, search, kind, scale_level, region, parent: parent_id };
            let page = kept::list(view, &filter, &paging.request)?;
            let page = page.map_all(|items| NetworkView::of_all(view, items))?;
            Ok(paging.reply(page, NetworkPage::new))
        })
        .await
}

/// Show a network
#[utoipa::path(tag = "networks", security(("bearer" = ["parties:read"])),
    params(("networkId" = NetworkId, Path, description = "The network")), responses(
    (status = 200, description = "The network", body = NetworkView),
))]
#[get("/networks/{networkId}")]
pub(crate) async fn get_network(caller: Caller, id: Path<NetworkId>) -> Answer<NetworkView> {
    caller
        .read(move |view, actor| {
            let network = visible(view, actor, *id)?;
            Ok(Reply::current(network.revision, NetworkView::one(view, network)?))
        })
        .await
}

/// Change a network
///
/// A merge patch: what is left out stays, null clears. Done by a coordinator of the network. It gets another parent
/// only from who coordinates that too, and only when all its members are members of it.
#[utoipa::path(tag = "networks", security(("bearer" = ["parties:write"])),
    params(("networkId" = NetworkId, Path, description = "The network"), crate::body::IfMatchParam),
    request_body = NetworkPatch, responses(
    (status = 200, description = "Changed", body = NetworkView),
    (status = 409, description = "The parent is impossible"),
))]
#[patch("/networks/{networkId}")]
pub(crate) async fn revise_network(
    caller: Caller,
    id: Path<NetworkId>,
    seen: IfMatch,
    body: Body<NetworkPatch>,
) -> Answer<NetworkView> {
    caller
        .write(move |work, actor| {
            let network = visible(work, actor, *id)?;
            must_coordinate(work, actor, network.id)?;
            seen.expect(network.revision)?;
            let details = body.0.apply(network.details.clone());
            let moved = details.parent.filter(|parent| network.details.parent != Some(*parent));
            moved.map_or(Ok(()), |parent| may_found_in(work, actor, Some(parent)))?;
            let strangers = moved.map_or(Ok(0), |parent| strangers(work, network.id, parent))?;
            let surroundings = surroundings(work, Some(network.id), details.parent)?;
            let network = kept::save(work, network.revise(details, &surroundings, strangers, work.now())?)?;
            announce(work, EventKind::NetworkRevised, &network)?;
            Ok(Reply::current(network.revision, NetworkView::one(work, network)?))
        })
        .await
}

/// The network with this id, if there is one that the caller may know of.
pub(super) fn find_visible(view: &mut View<'_>, actor: &Actor, id: NetworkId) -> Result<Option<Network>, Problem> {
    let Some(network) = kept::find(view, id)? else { return Ok(None) };
    if !network.is_hidden() {
        return Ok(Some(network));
    }
    let known = actor.known_networks(view)?;
    Ok(known.is_none_or(|known| known.contains(&id)).then_some(network))
}

/// The network with this id; as if it were not there where the caller may not know of it.
pub(super) fn visible(view: &mut View<'_>, actor: &Actor, id: NetworkId) -> Result<Network, Problem> {
    find_visible(view, actor, id)?.ok_or_else(|| Refusal::hidden("network").into())
}

fn must_coordinate(view: &mut View<'_>, actor: &Actor, id: NetworkId) -> Result<(), Problem> {
    if actor.may_give(view, Scope::Network(id))? {
        return Ok(());
    }
    Err(Refusal::forbidden("This is done by a coordinator of the network.").into())
}

fn may_found_in(view: &mut View<'_>, actor: &Actor, parent: Option<NetworkId>) -> Result<(), Problem> {
    let Some(parent) = parent else { return actor.must_administer_platform() };
    if find_visible(view, actor, parent)?.is_none() {
        return Err(Refusal::invalid("parentId", "must be the id of a network you may know of").into());
    }
    if actor.may_give(view, Scope::Network(parent))? {
        return Ok(());
    }
    Err(Refusal::forbidden("This is done by a coordinator of the network named by parentId.").into())
}

fn surroundings(
    view: &mut View<'_>,
    id: Option<NetworkId>,
    parent: Option<NetworkId>,
) -> Result<Surroundings, Problem> {
    let ancestors = parent.map_or(Ok(Vec::new()), |parent| kept::ancestors(view, parent))?;
    let parent = parent.map(|parent| kept::get(view, parent)).transpose()?;
    let below = id.map_or(Ok(Vec::new()), |id| kept::children(view, id))?;
    Ok(Surroundings {
        ancestors,
        parent_admission: parent.map(|parent| parent.details.admission),
        below: below.into_iter().map(|network| network.details.admission).collect(),
    })
}

/// How many members of a network are not members of what is to become its parent.
fn strangers(view: &mut View<'_>, id: NetworkId, parent: NetworkId) -> Result<usize, Problem> {
    let above = memberships::active_members_of(view, parent)?;
    let mut strangers = 0;
    for member in memberships::active_members_of(view, id)? {
        let inside = above.contains(&member) || takes_part(view, parent, member)?;
        strangers += usize::from(!inside);
    }
    Ok(strangers)
}

fn own(view: &mut View<'_>, actor: &Actor) -> Result<Vec<NetworkId>, Problem> {
    let mut networks = actor.active_networks(view)?;
    networks.extend(actor.coordinated());
    Ok(networks)
}

/// A network that is founded has somebody who coordinates it.
fn give_coordination(work: &mut Work<'_>, actor: &Actor, id: NetworkId) -> Result<(), Problem> {
    let scope = Scope::Network(id);
    let given = RoleAssignment::give(work.id(), actor.person, Role::NetworkCoordinator, scope, work.now())?;
    let given = role_assignments::insert(work, given)?;
    super::role_assignments::announce(work, EventKind::RoleGiven, &given)
}

/// A hidden network is announced to those who may know of it.
fn announce(work: &mut Work<'_>, kind: EventKind, network: &Network) -> Result<(), Problem> {
    let change = Change::new(kind, network.id);
    let change = if network.is_hidden() {
        change.to([Audience::Network(network.id), Audience::Coordinators(network.id), Audience::Platform])
    } else {
        change.to([Audience::CivilServants])
    };
    Ok(ledger::record(work, change)?)
}
