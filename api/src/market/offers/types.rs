//! Offers: what clients send and see.

use chrono::{DateTime, NaiveDate, Utc};
use domain::market::assignments::Assignment;
use domain::market::effort::{Effort, Period};
use domain::market::offers::{Offer, OfferState, OfferTerms};
use domain::market::responses::{DeclineReason, Response};
use domain::parties::mobility_policies::ChargeBasis;
use domain::{Faults, OfferId, PersonId, Refusal, ResponseId, truncate};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::market::responses::types::usual_effort;
use crate::paging::page_of;

/// A new offer; hours, period and charge basis are those of the response or the assignment where they are left out
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OfferDraft {
    /// The minutes a week
    #[schema(minimum = 60, maximum = 2400, example = 480)]
    minutes_per_week: Option<i64>,
    /// The minutes in all, instead of those per week
    #[schema(minimum = 60, maximum = 1_000_000, example = 2880)]
    total_minutes: Option<i64>,
    /// The first day
    #[schema(example = "2027-04-01")]
    start_date: Option<NaiveDate>,
    /// The last day
    #[schema(example = "2027-09-30")]
    end_date: Option<NaiveDate>,
    /// What the host pays
    charge_basis: Option<ChargeBasis>,
    /// What an hour costs, in euro cents; given with PUBLIC_RATE and OWN_RATE, left out otherwise
    #[schema(minimum = 1, maximum = 100_000, example = 5200)]
    hourly_rate_cents: Option<i64>,
    /// Until when the employee can answer
    #[schema(example = "2027-03-15T17:00:00Z")]
    valid_until: DateTime<Utc>,
}

/// Declining an offer; it never counts against anybody
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DeclinationDraft {
    /// Why
    pub(super) reason: DeclineReason,
    /// What you want to tell the client with it; needed where the reason is OTHER
    #[schema(min_length = 1, max_length = 2000, example = "Woensdag is mijn vrije dag.")]
    pub(super) note: Option<String>,
}

/// An offer (aanbod) to somebody who responded
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Offer)]
pub struct OfferView {
    /// Identifies it
    id: OfferId,
    /// The response it is made to
    response_id: ResponseId,
    /// Who made it
    made_by_id: PersonId,
    /// The minutes a week; null where they are offered in all
    #[schema(minimum = 60, maximum = 2400, example = 480)]
    minutes_per_week: Option<i64>,
    /// The minutes in all; null where they are offered per week
    #[schema(minimum = 60, maximum = 1_000_000, example = 2880)]
    total_minutes: Option<i64>,
    /// The first day
    #[schema(example = "2027-04-01")]
    start_date: NaiveDate,
    /// The last day
    #[schema(example = "2027-09-30")]
    end_date: NaiveDate,
    /// What the host pays
    charge_basis: ChargeBasis,
    /// What an hour costs, in euro cents; only with PUBLIC_RATE and OWN_RATE
    #[schema(minimum = 1, maximum = 100_000, example = 5200)]
    hourly_rate_cents: Option<i64>,
    /// Until when the employee can answer
    #[schema(example = "2027-03-15T17:00:00Z")]
    valid_until: DateTime<Utc>,
    /// Its state
    state: OfferState,
    /// Why it was declined
    decline_reason: Option<DeclineReason>,
    /// What the employee added to that
    #[schema(max_length = 2000, example = "Woensdag is mijn vrije dag.")]
    note: Option<String>,
    /// When it was accepted, declined or withdrawn, or lapsed
    #[schema(example = "2027-03-12T09:00:00Z")]
    ended_at: Option<DateTime<Utc>>,
    /// When it was made
    #[schema(example = "2027-03-10T09:00:00Z")]
    created_at: DateTime<Utc>,
    /// When it last changed
    #[schema(example = "2027-03-12T09:00:00Z")]
    modified_at: DateTime<Utc>,
}

page_of!(
    /// A page of offers
    OfferPage as OfferPage, OfferView
);

impl OfferDraft {
    /// What is offered.
    pub(super) fn terms(&self, response: &Response, assignment: &Assignment) -> Result<OfferTerms, Refusal> {
        let Self {
            minutes_per_week,
            total_minutes,
            start_date,
            end_date,
            charge_basis,
            hourly_rate_cents,
            valid_until,
        } = self;
        let mut faults = Faults::default();
        let stated = Effort::stated(*minutes_per_week, *total_minutes, &mut faults);
        let effort = stated.or_else(|| usual_effort(response, assignment));
        let start = start_date.or(assignment.details.start_date);
        let end = end_date.or(assignment.details.end_date);
        faults.unless(effort.is_some(), "minutesPerWeek", "must be given: the assignment says no hours");
        faults.unless(start.is_some(), "startDate", "must be given: the assignment says no period");
        faults.unless(end.is_some(), "endDate", "must be given: the assignment says no period");
        faults.finish()?;
        let (Some(effort), Some(start), Some(end)) = (effort, start, end) else {
            return Err(Refusal::invalid("minutesPerWeek", "must be given"));
        };
        Ok(OfferTerms {
            effort,
            period: Period::between(start, end)?,
            charge_basis: charge_basis.unwrap_or(assignment.details.charge_basis),
            hourly_rate_cents: *hourly_rate_cents,
            valid_until: truncate(*valid_until),
        })
    }
}

impl From<Offer> for OfferView {
    fn from(offer: Offer) -> Self {
        let Offer {
            id,
            revision: _,
            response,
            made_by,
            terms,
            state,
            decline_reason,
            note,
            ended_at,
            created_at,
            modified_at,
        } = offer;
        let OfferTerms { effort, period, charge_basis, hourly_rate_cents, valid_until } = terms;
        Self {
            id,
            response_id: response,
            made_by_id: made_by,
            minutes_per_week: effort.minutes_per_week(),
            total_minutes: effort.total_minutes(),
            start_date: period.start,
            end_date: period.end,
            charge_basis,
            hourly_rate_cents,
            valid_until,
            state,
            decline_reason,
            note,
            ended_at,
            created_at,
            modified_at,
        }
    }
}
