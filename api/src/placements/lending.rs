//! The lender's ledger: hours and euros lent and received, organisation by organisation.

use actix_web::get;
use actix_web::web::Path;
use chrono::{Datelike, NaiveDate};
use domain::market::effort::Period;
use domain::parties::role_assignments::Role;
use domain::{OrganisationId, Refusal, local_date};
use persistence::View;
use persistence::parties::organisations;
use persistence::placements::lending::{Lending, ledger};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::caller::{Caller, Query};
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// Over which days
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase")]
pub struct LendingQuery {
    /// The first day; the first of this year unless given
    #[param(nullable = false, example = "2027-01-01")]
    from_date: Option<NaiveDate>,
    /// The last day; today unless given
    #[param(nullable = false, example = "2027-12-31")]
    until_date: Option<NaiveDate>,
}

/// What an organisation lent to another one, and received from it
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = LendingEntry)]
pub struct LendingEntryView {
    /// The other organisation
    organisation_id: OrganisationId,
    /// Its name
    #[schema(max_length = 200, example = "Gemeente Uden")]
    name: String,
    /// Approved minutes lent to it
    #[schema(minimum = -1_000_000_000, maximum = 1_000_000_000, example = 28_800)]
    lent_minutes: i64,
    /// Approved minutes received from it
    #[schema(minimum = -1_000_000_000, maximum = 1_000_000_000, example = 0)]
    received_minutes: i64,
    /// Euro cents issued to it, without tax
    #[schema(minimum = -1_000_000_000_000_i64, maximum = 1_000_000_000_000_i64, example = 2_400_000)]
    lent_cents: i64,
    /// Euro cents issued by it, without tax
    #[schema(minimum = -1_000_000_000_000_i64, maximum = 1_000_000_000_000_i64, example = 0)]
    received_cents: i64,
}

/// The ledger of an organisation that lends and borrows people
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = LendingLedger)]
pub struct LendingLedgerView {
    /// The first day
    #[schema(example = "2027-01-01")]
    from_date: NaiveDate,
    /// The last day
    #[schema(example = "2027-12-31")]
    until_date: NaiveDate,
    /// One entry for each other organisation, by name
    #[schema(max_items = 10_000)]
    items: Vec<LendingEntryView>,
    /// All of them together
    total: LendingTotalView,
}

/// All entries together
#[derive(Default, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = LendingTotal)]
pub struct LendingTotalView {
    /// Approved minutes lent
    #[schema(minimum = -1_000_000_000, maximum = 1_000_000_000, example = 28_800)]
    lent_minutes: i64,
    /// Approved minutes received
    #[schema(minimum = -1_000_000_000, maximum = 1_000_000_000, example = 0)]
    received_minutes: i64,
    /// Euro cents issued, without tax
    #[schema(minimum = -1_000_000_000_000_i64, maximum = 1_000_000_000_000_i64, example = 2_400_000)]
    lent_cents: i64,
    /// Euro cents received as statements, without tax
    #[schema(minimum = -1_000_000_000_000_i64, maximum = 1_000_000_000_000_i64, example = 0)]
    received_cents: i64,
}

/// Get the lender's ledger of an organisation
///
/// Hours that hosts approved and euros that were issued, on the days asked for, by the other organisation. For its
/// administrators and finance.
#[utoipa::path(tag = "charges", security(("bearer" = ["charges:read"])),
    params(("organisationId" = OrganisationId, Path, description = "The organisation"), LendingQuery), responses(
    (status = 200, description = "The ledger", body = LendingLedgerView),
))]
#[get("/organisations/{organisationId}/lending-ledger")]
pub(crate) async fn get_lending_ledger(
    caller: Caller,
    id: Path<OrganisationId>,
    query: Query<LendingQuery>,
) -> Answer<LendingLedgerView> {
    caller
        .read(move |view, actor| {
            let organisation = organisations::get(view, *id)?.id;
            let is_finance = actor.has_role(view, Role::Finance, organisation)?;
            if !is_finance && !actor.has_role(view, Role::OrganisationAdministrator, organisation)? {
                return Err(Refusal::forbidden("This is for administrators and finance of the organisation.").into());
            }
            let period = query.0.period(local_date(view.now()))?;
            Ok(Reply::shown(LendingLedgerView::of(view, organisation, period)?))
        })
        .await
}

impl LendingQuery {
    fn period(&self, today: NaiveDate) -> Result<Period, Refusal> {
        let first = today.with_ordinal(1).unwrap_or(today);
        let (from, until) = (self.from_date.unwrap_or(first), self.until_date.unwrap_or(today));
        Period::between(from, until).map_err(|_| Refusal::invalid("untilDate", "must not be before fromDate"))
    }
}

impl LendingLedgerView {
    fn of(view: &mut View<'_>, organisation: OrganisationId, period: Period) -> Result<Self, Problem> {
        let entries = ledger(view, organisation, period)?;
        let others: Vec<OrganisationId> = entries.keys().copied().collect();
        let mut named = organisations::find_many(view, &others)?;
        named.sort_by(|one, other| (&one.details.name, one.id).cmp(&(&other.details.name, other.id)));
        let items = named.into_iter().filter_map(|other| {
            let lending = entries.get(&other.id)?;
            Some(LendingEntryView::of(other.id, other.details.name, *lending))
        });
        let items: Vec<_> = items.collect();
        let total = LendingTotalView::of(&items);
        Ok(Self { from_date: period.start, until_date: period.end, items, total })
    }
}

impl LendingEntryView {
    fn of(organisation_id: OrganisationId, name: String, lending: Lending) -> Self {
        let Lending { minutes_lent, minutes_received, cents_lent, cents_received } = lending;
        Self {
            organisation_id,
            name,
            lent_minutes: minutes_lent,
            received_minutes: minutes_received,
            lent_cents: cents_lent,
            received_cents: cents_received,
        }
    }
}

impl LendingTotalView {
    fn of(items: &[LendingEntryView]) -> Self {
        items.iter().fold(Self::default(), |sum, item| Self {
            lent_minutes: sum.lent_minutes + item.lent_minutes,
            received_minutes: sum.received_minutes + item.received_minutes,
            lent_cents: sum.lent_cents + item.lent_cents,
            received_cents: sum.received_cents + item.received_cents,
        })
    }
}
