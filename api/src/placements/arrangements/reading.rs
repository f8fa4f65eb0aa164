//! Reading arrangements, and how much room they have.

use actix_web::get;
use actix_web::web::Path;
use domain::placements::arrangements::Arrangement;
use domain::placements::capacity::room_in;
use domain::{ArrangementId, OrganisationId, Refusal, Week, local_date};
use persistence::parties::employments;
use persistence::placements::arrangements::{self as kept, Of};
use persistence::placements::placements;
use persistence::{Page, View};
use serde::Deserialize;
use utoipa::IntoParams;

use super::types::{ArrangementPage, ArrangementView, ArrangementWeekListView};
use super::{current, open};
use crate::access::Actor;
use crate::caller::{Caller, Query};
use crate::paging::{Paging, PagingParams};
use crate::placements::standing::of_arrangement;
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// The most weeks that are shown at once: two years.
const MOST_WEEKS: usize = 104;

/// Whose arrangements are wanted; your own unless given
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase")]
pub struct ArrangementQuery {
    /// Those of the people you manage
    #[param(nullable = false)]
    team: Option<bool>,
    /// Those of this home organisation and the ones below it: for its mobility advisers, administrators and finance
    #[param(nullable = false)]
    organisation_id: Option<OrganisationId>,
}

/// From which week on, and how many
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase")]
pub struct WeekQuery {
    /// The first week; this week unless given
    #[param(nullable = false, pattern = "^[0-9]{4}-W[0-9]{2}$", max_length = 8, example = "2027-W11")]
    from: Option<String>,
    /// How many weeks; 13 unless given
    #[param(nullable = false, minimum = 1, maximum = 104, example = 13)]
    weeks: Option<usize>,
}

/// List arrangements, newest first
///
/// Your own, those of the people you manage, or those of an organisation you advise or administer.
#[utoipa::path(tag = "arrangements", security(("bearer" = ["placements:read"])), params(ArrangementQuery, PagingParams), responses(
    (status = 200, description = "A page of arrangements", body = ArrangementPage),
))]
#[get("/arrangements")]
pub(crate) async fn list_arrangements(
    caller: Caller,
    query: Query<ArrangementQuery>,
    paging: Paging,
) -> Answer<ArrangementPage> {
    caller
        .read(move |view, actor| {
            let of = of_query(view, actor, &query.0)?;
            let page = kept::list(view, &of, &paging.request)?;
            let page = shown(view, actor, page)?;
            Ok(paging.reply(page, ArrangementPage::new))
        })
        .await
}

fn of_query(view: &mut View<'_>, actor: &Actor, query: &ArrangementQuery) -> Result<Of, Problem> {
    use domain::parties::role_assignments::Role;
    use persistence::parties::organisations;
    if let Some(organisation) = query.organisation_id {
        for role in [Role::MobilityAdviser, Role::OrganisationAdministrator, Role::Finance] {
            if actor.has_role(view, role, organisation)? {
                return Ok(Of::Homes(organisations::descendants(view, &[organisation])?));
            }
        }
        return Err(Refusal::forbidden("This is for mobility advisers, administrators and finance of it.").into());
    }
    if query.team == Some(true) {
        return Ok(Of::Employments(employments::managed_by(view, actor.person)?));
    }
    Ok(Of::Person(actor.person))
}

fn shown(view: &mut View<'_>, actor: &Actor, page: Page<Arrangement>) -> Result<Page<ArrangementView>, Problem> {
    let now = view.now();
    page.try_map(|arrangement| {
        let standing = of_arrangement(view, actor, &arrangement)?;
        Ok(ArrangementView::of(arrangement, &standing.parts, standing.only_hours, now))
    })
}

/// Get an arrangement
///
/// For the employee, the manager, and who advises, administers or handles money in the home organisation; finance reads
/// the hours. A draft is for the side that writes it.
#[utoipa::path(tag = "arrangements", security(("bearer" = ["placements:read"])),
    params(("arrangementId" = ArrangementId, Path, description = "The arrangement")), responses(
    (status = 200, description = "The arrangement", body = ArrangementView),
))]
#[get("/arrangements/{arrangementId}")]
pub(crate) async fn get_arrangement(caller: Caller, id: Path<ArrangementId>) -> Answer<ArrangementView> {
    caller
        .read(move |view, actor| {
            let (arrangement, standing) = open(view, actor, *id)?;
            Ok(current(arrangement, &standing, view.now()))
        })
        .await
}

/// List how much room an arrangement has, week by week
///
/// In whole minutes per ISO week: what its versions give, what confirmed placements take, what is free. A week that a
/// placement touches counts whole.
#[utoipa::path(tag = "arrangements", security(("bearer" = ["placements:read"])),
    params(("arrangementId" = ArrangementId, Path, description = "Any version of the series"), WeekQuery), responses(
    (status = 200, description = "The weeks, in their order", body = ArrangementWeekListView),
))]
#[get("/arrangements/{arrangementId}/weeks")]
pub(crate) async fn list_arrangement_weeks(
    caller: Caller,
    id: Path<ArrangementId>,
    query: Query<WeekQuery>,
) -> Answer<ArrangementWeekListView> {
    caller
        .read(move |view, actor| {
            let (arrangement, _) = open(view, actor, *id)?;
            let first = first_week(view, query.0.from.as_deref())?;
            let versions = kept::versions(view, arrangement.series)?;
            let claims = placements::claims_on(view, arrangement.series, None)?;
            let weeks = std::iter::successors(Some(first), |week| Some(week.next()));
            let weeks = weeks.take(query.0.weeks.unwrap_or(13).min(MOST_WEEKS));
            let items = weeks.map(|week| room_in(week, &versions, &claims).into()).collect();
            Ok(Reply::shown(ArrangementWeekListView { items }))
        })
        .await
}

fn first_week(view: &View<'_>, text: Option<&str>) -> Result<Week, Refusal> {
    match text {
        None => Ok(Week::of(local_date(view.now()))),
        Some(text) => Week::parse(text)
            .ok_or_else(|| Refusal::invalid("from", "must be a week of ISO 8601 that exists, such as 2027-W11")),
    }
}
