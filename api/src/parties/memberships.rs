//! Memberships: asking for one, offering one, showing them.

use actix_web::web::Path;
use actix_web::{get, post};
use domain::parties::codes::ALREADY_MEMBER;
use domain::parties::memberships::{Member, Membership, MembershipState};
use domain::parties::networks::Network;
use domain::parties::organisations::OrganisationStatus;
use domain::{
    Audience, Change, EventKind, MembershipId, NetworkId, OrganisationId, Part, Parts, PersonId, Refusal, TextEnum,
    local_date,
};
use persistence::parties::memberships::{self as kept, MembershipFilter, MembershipSight};
use persistence::parties::{employments, networks, organisations, persons};
use persistence::{View, Work, ledger};
use serde::Deserialize;
use utoipa::IntoParams;

use super::membership_types::{MembershipDraft, MembershipPage, MembershipView};
use super::networks::visible as visible_network;
use crate::access::{Actor, Reach};
use crate::body::Post;
use crate::caller::{Caller, Query};
use crate::paging::{Paging, PagingParams};
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// Which memberships of a network are wanted; what is left out does not narrow
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase")]
pub struct NetworkMembershipQuery {
    /// In this state
    #[param(nullable = false)]
    state: Option<MembershipState>,
    /// Of this organisation
    #[param(nullable = false)]
    organisation_id: Option<OrganisationId>,
    /// Of this person
    #[param(nullable = false)]
    person_id: Option<PersonId>,
}

/// Which of your memberships are wanted; what is left out does not narrow
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase")]
pub struct MembershipQuery {
    /// In this state
    #[param(nullable = false)]
    state: Option<MembershipState>,
    /// Of this network
    #[param(nullable = false)]
    network_id: Option<NetworkId>,
    /// Of this organisation
    #[param(nullable = false)]
    organisation_id: Option<OrganisationId>,
}

/// Ask for a membership of a network, or offer one
///
/// An administrator of an organisation asks: in an open network it is a member at once, in one by organisation when a
/// coordinator admits it. A coordinator offers: the member accepts. Inside another network one must be a member of
/// that first.
#[utoipa::path(tag = "networks", security(("bearer" = ["parties:write"])),
    params(("networkId" = NetworkId, Path, description = "The network")), request_body = MembershipDraft, responses(
    (status = 201, description = "Asked for, offered, or active at once: see state", body = MembershipView),
    (status = 409, description = "There is a membership already, or none of the network above"),
))]
#[post("/networks/{networkId}/memberships")]
pub(crate) async fn create_membership(
    caller: Caller,
    id: Path<NetworkId>,
    post: Post<MembershipDraft>,
) -> Answer<MembershipView> {
    caller
        .post(post, move |work, actor, draft| {
            let network = visible_network(work, actor, *id)?;
            let member = draft.member()?;
            check_member(work, member)?;
            let (id, parts, now) = (work.id(), parts(work, actor, network.id, member)?, work.now());
            let membership = Membership::begin(id, network.id, network.details.admission, member, &parts, now)?;
            check_none_open(work, member, network.id)?;
            let membership = membership.inside(is_inside_parent(work, &network, member)?)?;
            let membership = kept::insert(work, membership)?;
            announce(work, &membership, None)?;
            let (path, revision) = (format!("/memberships/{}", membership.id), membership.revision);
            Ok(Reply::created(&path, MembershipView::one(work, actor, membership)?).revision(revision))
        })
        .await
}

/// List the memberships of a network, newest first
///
/// Its members. To its coordinators, and to whom they concern, also those that were asked for, offered, refused or
/// ended.
#[utoipa::path(tag = "networks", security(("bearer" = ["parties:read"])),
    params(("networkId" = NetworkId, Path, description = "The network"), NetworkMembershipQuery, PagingParams), responses(
    (status = 200, description = "A page of memberships", body = MembershipPage),
))]
#[get("/networks/{networkId}/memberships")]
pub(crate) async fn list_network_memberships(
    caller: Caller,
    id: Path<NetworkId>,
    query: Query<NetworkMembershipQuery>,
    paging: Paging,
) -> Answer<MembershipPage> {
    caller
        .read(move |view, actor| {
            let network = Some(visible_network(view, actor, *id)?.id);
            let NetworkMembershipQuery { state, organisation_id, person_id } = query.0;
            let (sight, organisation, person) = (sight(view, actor)?, organisation_id, person_id);
            let filter = MembershipFilter { sight, own: None, network, organisation, person, state };
            list(view, actor, &filter, &paging)
        })
        .await
}

/// List your memberships, newest first
///
/// Those of the organisations that you administer and your own.
#[utoipa::path(tag = "networks", security(("bearer" = ["parties:read"])), params(MembershipQuery, PagingParams), responses(
    (status = 200, description = "A page of memberships", body = MembershipPage),
))]
#[get("/memberships")]
pub(crate) async fn list_memberships(
    caller: Caller,
    query: Query<MembershipQuery>,
    paging: Paging,
) -> Answer<MembershipPage> {
    caller
        .read(move |view, actor| {
            let MembershipQuery { state, network_id, organisation_id } = query.0;
            let own = match actor.administered(view)? {
                Reach::Everywhere => None,
                Reach::Organisations(organisations) => Some((organisations, actor.person)),
            };
            let filter = MembershipFilter {
                own,
                network: network_id,
                organisation: organisation_id,
                state,
                ..MembershipFilter::default()
            };
            list(view, actor, &filter, &paging)
        })
        .await
}

/// Show a membership
#[utoipa::path(tag = "networks", security(("bearer" = ["parties:read"])),
    params(("membershipId" = MembershipId, Path, description = "The membership")), responses(
    (status = 200, description = "The membership", body = MembershipView),
))]
#[get("/memberships/{membershipId}")]
pub(crate) async fn get_membership(caller: Caller, id: Path<MembershipId>) -> Answer<MembershipView> {
    caller
        .read(move |view, actor| {
            let (membership, _) = visible(view, actor, *id)?;
            Ok(Reply::current(membership.revision, MembershipView::one(view, actor, membership)?))
        })
        .await
}

/// The membership with this id and its network; as if it were not there where the caller may not know of it.
pub(super) fn visible(view: &mut View<'_>, actor: &Actor, id: MembershipId) -> Result<(Membership, Network), Problem> {
    let membership = kept::get(view, id)?;
    let network = networks::get(view, membership.network)?;
    let sight = sight(view, actor)?;
    if sight.is_none_or(|sight| sight.covers(&membership, network.details.admission)) {
        Ok((membership, network))
    } else {
        Err(Refusal::hidden("membership").into())
    }
}

/// The parts the caller plays with regard to a membership of this member.
pub(super) fn parts(view: &mut View<'_>, actor: &Actor, network: NetworkId, member: Member) -> Result<Parts, Problem> {
    let mut parts = Parts::new();
    if actor.coordinates(network) || actor.is_platform_administrator() {
        parts.push(Part::NetworkCoordinator);
    }
    match member {
        Member::Organisation(id) if actor.administers(view, id)? => parts.push(Part::OrganisationAdministrator),
        Member::Person(id) if id == actor.person => parts.push(Part::Employee),
        _ => {}
    }
    Ok(parts)
}

/// Whether the member belongs to the network above; nothing where there is none.
pub(super) fn is_inside_parent(
    view: &mut View<'_>,
    network: &Network,
    member: Member,
) -> Result<Option<bool>, Problem> {
    network.details.parent.map(|parent| takes_part(view, parent, member)).transpose()
}

/// Whether the member belongs to a network: itself, or through an organisation above it or that employs them today.
pub(super) fn takes_part(view: &mut View<'_>, network: NetworkId, member: Member) -> Result<bool, Problem> {
    let (employers, person) = match member {
        Member::Organisation(id) => (vec![id], None),
        Member::Person(id) => {
            let today = local_date(view.now());
            let all = employments::of_person(view, id)?;
            let present = all.iter().filter(|employment| employment.terms.holds_on(today));
            (present.map(|employment| employment.organisation).collect(), Some(id))
        }
    };
    let mut around = Vec::new();
    for employer in employers {
        around.extend(organisations::ancestors(view, employer)?);
    }
    Ok(kept::is_active_in(view, network, &around, person)?)
}

/// To the coordinators and the member; to the other members when it becomes active.
pub(super) fn announce(
    work: &mut Work<'_>,
    membership: &Membership,
    from: Option<MembershipState>,
) -> Result<(), Problem> {
    let change = Change::new(EventKind::MembershipChanged, membership.id)
        .states(from.map(TextEnum::as_str), membership.state.as_str())
        .to([Audience::Coordinators(membership.network)]);
    let change = match membership.member {
        Member::Organisation(id) => change.of(id).to([Audience::Administrators(id)]),
        Member::Person(id) => change.to([Audience::Person(id)]),
    };
    let is_member = membership.state == MembershipState::Active;
    Ok(ledger::record(work, change.to(is_member.then_some(Audience::Network(membership.network))))?)
}

fn check_member(view: &mut View<'_>, member: Member) -> Result<(), Problem> {
    match member {
        Member::Organisation(id) => {
            let organisation = organisations::find(view, id)?;
            if organisation.is_none_or(|one| one.status != OrganisationStatus::Active) {
                let reason = "must be the id of an organisation that takes part";
                return Err(Refusal::invalid("organisationId", reason).into());
            }
        }
        Member::Person(id) => {
            if persons::find(view, id)?.is_none_or(|person| !person.has_access()) {
                return Err(Refusal::invalid("personId", "must be the id of a person who takes part").into());
            }
        }
    }
    Ok(())
}

fn check_none_open(view: &mut View<'_>, member: Member, network: NetworkId) -> Result<(), Problem> {
    match kept::open_of(view, member, &[network])?.first() {
        Some(open) => Err(ALREADY_MEMBER.refuse(format!("It is membership {}: {}.", open.id, open.state)).into()),
        None => Ok(()),
    }
}

/// What the caller may know of; nothing where it is all.
fn sight(view: &mut View<'_>, actor: &Actor) -> Result<Option<MembershipSight>, Problem> {
    let Reach::Organisations(organisations) = actor.administered(view)? else { return Ok(None) };
    let mut among = actor.active_networks(view)?;
    among.extend(kept::active_networks_of(view, &organisations, actor.person)?);
    Ok(Some(MembershipSight { person: actor.person, organisations, coordinated: actor.coordinated().collect(), among }))
}

fn list(view: &mut View<'_>, actor: &Actor, filter: &MembershipFilter, paging: &Paging) -> Answer<MembershipPage> {
    let page = kept::list(view, filter, &paging.request)?;
    let page = page.map_all(|items| MembershipView::of_all(view, actor, items))?;
    Ok(paging.reply(page, MembershipPage::new))
}
