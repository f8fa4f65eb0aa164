//! Cost rates: what an hour of an employment costs, and nothing on top of it.

use actix_web::web::Path;
use actix_web::{get, post};
use chrono::{DateTime, NaiveDate, Utc};
use domain::parties::employments::Employment;
use domain::parties::role_assignments::Role;
use domain::placements::cost_rates::{After, CostComponents, CostRate};
use domain::{Audience, Change, CostRateId, EmploymentId, EventKind, PersonId, Refusal};
use persistence::parties::employments;
use persistence::placements::{charge_statements, cost_rates as kept};
use persistence::{View, ledger};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::standing::finance_of;
use crate::access::Actor;
use crate::body::Post;
use crate::caller::Caller;
use crate::paging::{Paging, PagingParams, page_of};
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// What an hour of an employment costs, from a day on; there is no field for a margin
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CostRateDraft {
    /// The first day on which it is valid: after that of the rate before, and after the last day that was charged
    #[schema(example = "2027-01-01")]
    valid_from_date: NaiveDate,
    /// Gross pay (brutoloon), in euro cents an hour
    #[schema(minimum = 1, maximum = 1_000_000, example = 3500)]
    gross_pay_cents: i64,
    /// Individual choice budget (IKB), in euro cents an hour
    #[serde(default)]
    #[schema(minimum = 0, maximum = 1_000_000, example = 600)]
    choice_budget_cents: i64,
    /// Employer charges (werkgeverslasten), in euro cents an hour
    #[serde(default)]
    #[schema(minimum = 0, maximum = 1_000_000, example = 900)]
    employer_charges_cents: i64,
    /// Other cost that is really made, in euro cents an hour
    #[serde(default)]
    #[schema(minimum = 0, maximum = 1_000_000, example = 0)]
    other_actual_cost_cents: i64,
    /// What the other cost is; needed where there is any
    #[schema(min_length = 1, max_length = 500, example = "Reiskosten volgens de cao")]
    other_actual_cost_description: Option<String>,
}

/// What an hour of an employment costs (loonkostentarief), from a day on; it never changes
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = CostRate)]
pub struct CostRateView {
    /// Identifies it
    id: CostRateId,
    /// The employment
    employment_id: EmploymentId,
    /// The first day on which it is valid
    #[schema(example = "2027-01-01")]
    valid_from_date: NaiveDate,
    /// Gross pay, in euro cents an hour
    #[schema(minimum = 1, maximum = 1_000_000, example = 3500)]
    gross_pay_cents: i64,
    /// Individual choice budget, in euro cents an hour
    #[schema(minimum = 0, maximum = 1_000_000, example = 600)]
    choice_budget_cents: i64,
    /// Employer charges, in euro cents an hour
    #[schema(minimum = 0, maximum = 1_000_000, example = 900)]
    employer_charges_cents: i64,
    /// Other cost that is really made, in euro cents an hour
    #[schema(minimum = 0, maximum = 1_000_000, example = 0)]
    other_actual_cost_cents: i64,
    /// What the other cost is
    #[schema(max_length = 500, example = "Reiskosten volgens de cao")]
    other_actual_cost_description: Option<String>,
    /// All components together: what an hour is charged at
    #[schema(minimum = 1, maximum = 4_000_000, example = 5000)]
    cents_per_hour: i64,
    /// Who laid it down
    laid_down_by_id: PersonId,
    /// When
    #[schema(example = "2027-01-04T09:00:00Z")]
    created_at: DateTime<Utc>,
}

page_of!(
    /// A page of cost rates
    CostRatePage as CostRatePage, CostRateView
);

/// Lay down a cost rate
///
/// Done by finance of the home organisation, out of its components; there is no field for a margin. A rate never changes:
/// a later one follows it. Days that were charged keep the rate they had.
#[utoipa::path(tag = "charges", security(("bearer" = ["charges:write"])),
    params(("employmentId" = EmploymentId, Path, description = "The employment")), request_body = CostRateDraft, responses(
    (status = 201, description = "Laid down", body = CostRateView),
    (status = 409, description = "A rate that is valid later, or days charged already, are there"),
))]
#[post("/employments/{employmentId}/cost-rates")]
pub(crate) async fn create_cost_rate(
    caller: Caller,
    id: Path<EmploymentId>,
    post: Post<CostRateDraft>,
) -> Answer<CostRateView> {
    caller
        .post(post, move |work, actor, draft| {
            let employment = readable(work, actor, *id)?;
            if !actor.has_role(work, Role::Finance, employment.organisation)? {
                return Err(Refusal::forbidden("This is done by finance of the home organisation.").into());
            }
            let rates = kept::of_employment(work, employment.id)?;
            let charged_until = charge_statements::charged_until(work, employment.id)?;
            let after = After { last: rates.last(), charged_until };
            let (terms, now) = (draft.terms(), work.now());
            let rate = CostRate::lay_down(work.id(), employment.id, terms, after, actor.person, now)?;
            let rate = kept::insert(work, rate)?;
            let mut audiences = finance_of(work, employment.organisation)?;
            audiences.push(Audience::Person(employment.person));
            ledger::record(work, Change::new(EventKind::CostRateLaidDown, rate.id).to(audiences))?;
            Ok(Reply::created(&format!("/cost-rates/{}", rate.id), rate.into()))
        })
        .await
}

/// List the cost rates of an employment, newest first
///
/// For the employee, and administrators and finance of the home organisation. What an hour costs a host stands in its statements.
#[utoipa::path(tag = "charges", security(("bearer" = ["charges:read"])),
    params(("employmentId" = EmploymentId, Path, description = "The employment"), PagingParams), responses(
    (status = 200, description = "A page of cost rates", body = CostRatePage),
))]
#[get("/employments/{employmentId}/cost-rates")]
pub(crate) async fn list_cost_rates(caller: Caller, id: Path<EmploymentId>, paging: Paging) -> Answer<CostRatePage> {
    caller
        .read(move |view, actor| {
            let employment = readable(view, actor, *id)?;
            let page = kept::list(view, employment.id, &paging.request)?;
            Ok(paging.reply(page.map(CostRateView::from), CostRatePage::new))
        })
        .await
}

/// Get a cost rate
#[utoipa::path(tag = "charges", security(("bearer" = ["charges:read"])),
    params(("costRateId" = CostRateId, Path, description = "The cost rate")), responses(
    (status = 200, description = "The cost rate", body = CostRateView),
))]
#[get("/cost-rates/{costRateId}")]
pub(crate) async fn get_cost_rate(caller: Caller, id: Path<CostRateId>) -> Answer<CostRateView> {
    caller
        .read(move |view, actor| {
            let rate = kept::get(view, *id)?;
            readable(view, actor, rate.employment)
                .map_err(|problem| problem.if_missing(Refusal::hidden("cost rate")))?;
            Ok(Reply::shown(rate.into()))
        })
        .await
}

/// An employment of which the caller may read the rates: their own, or as finance or administrator of the home organisation.
/// To anybody else it is not there.
fn readable(view: &mut View<'_>, actor: &Actor, id: EmploymentId) -> Result<Employment, Problem> {
    let employment = employments::get(view, id)?;
    let mut reads = employment.person == actor.person;
    for role in [Role::Finance, Role::OrganisationAdministrator] {
        reads |= actor.has_role(view, role, employment.organisation)?;
    }
    if reads {
        return Ok(employment);
    }
    Err(Refusal::hidden("employment").into())
}

impl CostRateDraft {
    fn terms(self) -> (NaiveDate, CostComponents) {
        let Self {
            valid_from_date,
            gross_pay_cents,
            choice_budget_cents,
            employer_charges_cents,
            other_actual_cost_cents,
            other_actual_cost_description,
        } = self;
        let components = CostComponents {
            gross_pay_cents,
            choice_budget_cents,
            employer_charges_cents,
            other_actual_cost_cents,
            other_actual_cost_description,
        };
        (valid_from_date, components)
    }
}

impl From<CostRate> for CostRateView {
    fn from(rate: CostRate) -> Self {
        let cents_per_hour = rate.components.cents_per_hour();
        let CostRate { id, employment, valid_from, components, laid_down_by, created_at } = rate;
        let CostComponents {
            gross_pay_cents,
            choice_budget_cents,
            employer_charges_cents,
            other_actual_cost_cents,
            other_actual_cost_description,
        } = components;
        Self {
            id,
            employment_id: employment,
            valid_from_date: valid_from,
            gross_pay_cents,
            choice_budget_cents,
            employer_charges_cents,
            other_actual_cost_cents,
            other_actual_cost_description,
            cents_per_hour,
            laid_down_by_id: laid_down_by,
            created_at,
        }
    }
}
