//! Read assignments: each caller sees those in their rings, and those they look after.

use actix_web::get;
use actix_web::web::Path;
use chrono::NaiveDate;
use domain::market::assignments::{AssignmentKind, AssignmentSort, AssignmentState, RemoteMode};
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
    /// Words that title, skills, intended result or description hold, all of them: at most twelve, as Dutch stems, so that case, diacritics, inflections, verb forms and known compounds do not matter, and what means much the same counts too; from four letters on also the beginning of a word. A word that nothing holds is taken for what is spelled nearly alike, and where nothing holds all of them, what holds some is found
    #[param(nullable = false, max_length = 200, example = "bos raad")]
    search: Option<String>,
}

/// How a list is laid out
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase")]
pub struct AssignmentLayout {
    /// The order; RELEVANCE unless given where words are searched, NEWEST elsewhere
    #[param(nullable = false)]
    sort: Option<AssignmentSort>,
    /// Whether to count all pages, up to 1000
    #[param(nullable = false)]
    include_total: Option<bool>,
}

/// List assignments, newest first
///
/// With `search` the best found first unless another order is asked: of the 1000 newest that hold all words, by where and how whole they hold them, then the latest made;
/// `highlights` of each shows where. DEADLINE puts first what closes soonest.
/// Open ones that are open to you: without a token those that are open to everybody. What you look after (as owner,
/// administrator of the organisation, or reviewer) is listed in other states too.
#[utoipa::path(tag = "assignments", security((), ("bearer" = ["market:read"])), params(AssignmentQuery, AssignmentLayout, PagingParams), responses(
    (status = 200, description = "A page of assignments", body = AssignmentPage),
))]
#[get("/assignments")]
pub(crate) async fn list_assignments(
    visitor: Visitor,
    query: Query<AssignmentQuery>,
    layout: Query<AssignmentLayout>,
    paging: Paging,
) -> Answer<AssignmentPage> {
    visitor
        .read(move |view, actor| {
            let viewer = Viewer::of(view, actor)?;
            let (page, total) = found(view, &query.0, &layout.0, &viewer, &paging.request)?;
            Ok(paging.reply(page, |items, links| AssignmentPage { items, links, total }))
        })
        .await
}

/// The page that is asked for, and how many there are in all, if that is asked too.
fn found(
    view: &mut View<'_>,
    query: &AssignmentQuery,
    layout: &AssignmentLayout,
    viewer: &Viewer,
    request: &PageRequest,
) -> Result<(Page<AssignmentView>, Option<TotalView>), Problem> {
    let (filter, is_counted) = (query.filter(view, viewer)?, layout.include_total == Some(true));
    let Some(filter) = filter else {
        let nothing = Page { items: Vec::new(), next: None, previous: None };
        return Ok((nothing, is_counted.then_some(TotalView { count: 0, is_capped: false })));
    };
    let filter = AssignmentFilter { sort: layout.sort, ..filter };
    let sought = kept::sought(view, &filter, &viewer.sight)?;
    let page = kept::list_sought(view, &filter, &sought, &viewer.sight, request)?;
    let total = if is_counted {
        let Total { count, is_capped } = kept::count(view, &filter, &sought, &viewer.sight, COUNTED)?;
        Some(TotalView { count, is_capped })
    } else {
        None
    };
    let page = page.map_all(|assignments| all_shown(view, viewer, assignments))?;
    Ok((page.map(|assignment| assignment.highlighting(sought.words())), total))
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

/// A network by invitation cannot be found by who is not admitted, not even by asking for its klussen.
fn is_hidden_network(view: &mut View<'_>, id: NetworkId, viewer: &Viewer) -> Result<bool, Problem> {
    if viewer.sight.reach.networks.contains(&id) || viewer.sight.moderates {
        return Ok(false);
    }
    let network = networks::find(view, id)?;
    Ok(network.is_some_and(|network| network.details.admission == Admission::InvitationOnly))
}

impl AssignmentQuery {
    /// What is asked for; none where that is nothing, whatever there is.
    pub(super) fn filter(&self, view: &mut View<'_>, viewer: &Viewer) -> Result<Option<AssignmentFilter>, Problem> {
        let is_of_nobody = self.mine == Some(true) && viewer.sight.person.is_none();
        let is_hidden = match self.network_id {
            Some(id) => is_hidden_network(view, id, viewer)?,
            None => false,
        };
        Ok((!is_of_nobody && !is_hidden).then(|| AssignmentFilter {
            organisation: self.organisation_id,
            network: self.network_id,
            region: self.region.clone(),
            layer: self.layer,
            scale_level: self.scale_level,
            kind: self.kind,
            skill: self.skill_id,
            education_level: self.education_level,
            minimum_minutes_per_week: self.minimum_minutes_per_week,
            maximum_minutes_per_week: self.maximum_minutes_per_week,
            starts_from: self.starts_from,
            ends_before: self.ends_before,
            charge_basis: self.charge_basis,
            remote: self.remote,
            programme_label: self.programme_label.clone(),
            state: self.state,
            owned_by: viewer.sight.person.filter(|_| self.mine == Some(true)),
            search: self.search.clone(),
            exactly: false,
            sort: None,
        }))
    }
}
