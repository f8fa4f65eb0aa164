//! Read assignments: each caller sees those in their rings, and those they look after.

use actix_web::get;
use actix_web::web::Path;
use chrono::NaiveDate;
use domain::market::assignments::{Assignment, AssignmentKind, AssignmentState, RemoteMode};
use domain::parties::mobility_policies::ChargeBasis;
use domain::parties::networks::{Admission, ScaleLevel};
use domain::parties::organisations::GovernmentLayer;
use domain::vocabulary::EducationLevel;
use domain::{AssignmentId, NetworkId, OrganisationId, SkillId};
use persistence::market::assignments::{self as kept, AssignmentFilter, Total};
use persistence::parties::networks;
use persistence::{Page, PageRequest, View};
use serde::Deserialize;
use utoipa::IntoParams;

use super::get_seen;
use super::show::{all_shown, shown};
use super::views::{AssignmentPage, AssignmentView, TotalView};
use crate::caller::{Query, Visitor};
use crate::market::standing::Viewer;
use crate::paging::{Paging, PagingParams};
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// A total is counted up to here.
const COUNTED: u32 = 1000;

/// Which assignments are wanted; what is left out does not narrow
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase")]
pub struct AssignmentQuery {
    /// The organisation that has the work
    #[param(nullable = false)]
    organisation_id: Option<OrganisationId>,
    /// A network that a ring names
    #[param(nullable = false)]
    network_id: Option<NetworkId>,
    /// The region by name; case and diacritics do not matter
    #[param(nullable = false, max_length = 120, example = "Noordoost-Brabant")]
    region: Option<String>,
    /// The layer of government of the organisation
    #[param(nullable = false)]
    layer: Option<GovernmentLayer>,
    /// The scale on which it works
    #[param(nullable = false)]
    scale_level: Option<ScaleLevel>,
    /// The kind
    #[param(nullable = false)]
    kind: Option<AssignmentKind>,
    /// A skill of the vocabulary that is required or preferred
    #[param(nullable = false)]
    skill_id: Option<SkillId>,
    /// An education level that it suits; one that names no level suits all
    #[param(nullable = false)]
    education_level: Option<EducationLevel>,
    /// At least so many minutes a week, on average over the period
    #[param(nullable = false, minimum = 0, maximum = 1_000_000, example = 60)]
    minimum_minutes_per_week: Option<i64>,
    /// At most so many minutes a week, on average over the period
    #[param(nullable = false, minimum = 0, maximum = 1_000_000, example = 960)]
    maximum_minutes_per_week: Option<i64>,
    /// Beginning on this day or later
    #[param(nullable = false, example = "2027-04-01")]
    starts_from: Option<NaiveDate>,
    /// Ending on this day or earlier
    #[param(nullable = false, example = "2027-12-31")]
    ends_before: Option<NaiveDate>,
    /// What the host pays
    #[param(nullable = false)]
    charge_basis: Option<ChargeBasis>,
    /// Where the work is done
    #[param(nullable = false)]
    remote: Option<RemoteMode>,
    /// The programme it belongs to; case and diacritics do not matter
    #[param(nullable = false, max_length = 120, example = "Proeftuin zpp Brabant")]
    programme_label: Option<String>,
    /// The state; OPEN unless given or `mine`. Other states are listed only as far as you look after the assignments
    #[param(nullable = false)]
    state: Option<AssignmentState>,
    /// Only those that you own, in any state unless one is given
    #[param(nullable = false)]
    mine: Option<bool>,
    /// Words that title, skills, intended result or description hold, all of them: at most twelve, as Dutch stems, so that case, diacritics, inflections and known compounds do not matter; from four letters on also the beginning of a word
    #[param(nullable = false, max_length = 200, example = "bos raad")]
    search: Option<String>,
    /// Whether to count all pages, up to 1000
    #[param(nullable = false)]
    include_total: Option<bool>,
}

/// List assignments, newest first
///
/// With `search` the best found first: of the 1000 newest that hold all words, by where and how whole they hold them, then the latest made.
/// Open ones that are open to you: without a token those that are open to everybody. What you look after (as owner,
/// administrator of the organisation, or reviewer) is listed in other states too.
#[utoipa::path(tag = "assignments", security((), ("bearer" = ["market:read"])), params(AssignmentQuery, PagingParams), responses(
    (status = 200, description = "A page of assignments", body = AssignmentPage),
))]
#[get("/assignments")]
pub(crate) async fn list_assignments(
    visitor: Visitor,
    query: Query<AssignmentQuery>,
    paging: Paging,
) -> Answer<AssignmentPage> {
    visitor
        .read(move |view, actor| {
            let viewer = Viewer::of(view, actor)?;
            let (page, total) = found(view, &query.0, &viewer, &paging.request)?;
            let page = page.map_all(|assignments| all_shown(view, &viewer, assignments))?;
            let total = total.map(|Total { count, is_capped }| TotalView { count, is_capped });
            Ok(paging.reply(page, |items, links| AssignmentPage { items, links, total }))
        })
        .await
}

/// The page that is asked for, and how many there are in all, if that is asked too.
fn found(
    view: &mut View<'_>,
    query: &AssignmentQuery,
    viewer: &Viewer,
    request: &PageRequest,
) -> Result<(Page<Assignment>, Option<Total>), Problem> {
    let (filter, is_counted) = (filter_of(query, viewer), query.include_total == Some(true));
    if is_of_nobody(query, viewer) || names_hidden_network(view, query, viewer)? {
        let nothing = Page { items: Vec::new(), next: None, previous: None };
        return Ok((nothing, is_counted.then_some(Total { count: 0, is_capped: false })));
    }
    let page = kept::list(view, &filter, &viewer.sight, request)?;
    let total = if is_counted { Some(kept::count(view, &filter, &viewer.sight, COUNTED)?) } else { None };
    Ok((page, total))
}

/// Get an assignment
///
/// One that is not open to you, and that you do not look after, is as absent as one that never was.
#[utoipa::path(tag = "assignments", security((), ("bearer" = ["market:read"])),
    params(("assignmentId" = AssignmentId, Path, description = "The assignment")), responses(
    (status = 200, description = "The assignment", body = AssignmentView),
))]
#[get("/assignments/{assignmentId}")]
pub(crate) async fn get_assignment(visitor: Visitor, id: Path<AssignmentId>) -> Answer<AssignmentView> {
    visitor
        .read(move |view, actor| {
            let viewer = Viewer::of(view, actor)?;
            let assignment = get_seen(view, &viewer, *id)?;
            Ok(Reply::current(assignment.revision, shown(view, &viewer, assignment)?))
        })
        .await
}

/// Whether the caller asks for their own without being anybody.
fn is_of_nobody(query: &AssignmentQuery, viewer: &Viewer) -> bool {
    query.mine == Some(true) && viewer.sight.person.is_none()
}

/// A network by invitation cannot be found by who is not admitted, not even by asking for its klussen.
fn names_hidden_network(view: &mut View<'_>, query: &AssignmentQuery, viewer: &Viewer) -> Result<bool, Problem> {
    let Some(id) = query.network_id.filter(|id| !viewer.sight.reach.networks.contains(id)) else { return Ok(false) };
    let by_invitation =
        networks::find(view, id)?.is_some_and(|network| network.details.admission == Admission::InvitationOnly);
    Ok(by_invitation && !viewer.sight.moderates)
}

fn filter_of(query: &AssignmentQuery, viewer: &Viewer) -> AssignmentFilter {
    AssignmentFilter {
        organisation: query.organisation_id,
        network: query.network_id,
        region: query.region.clone(),
        layer: query.layer,
        scale_level: query.scale_level,
        kind: query.kind,
        skill: query.skill_id,
        education_level: query.education_level,
        minimum_minutes_per_week: query.minimum_minutes_per_week,
        maximum_minutes_per_week: query.maximum_minutes_per_week,
        starts_from: query.starts_from,
        ends_before: query.ends_before,
        charge_basis: query.charge_basis,
        remote: query.remote,
        programme_label: query.programme_label.clone(),
        state: query.state,
        owned_by: viewer.sight.person.filter(|_| query.mine == Some(true)),
        search: query.search.clone(),
    }
}
