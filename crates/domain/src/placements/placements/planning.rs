//! From an accepted offer to a placement that can be confirmed.

use super::{BEGUN_BY, LIFECYCLE, Placement, PlacementAction, PlacementState, ReturnPlan, first_working_day_after};
use crate::lifecycle::may_begin;
use crate::market::assignments::Assignment;
use crate::market::codes::NOT_ALL_GREEN;
use crate::market::lights::{Light, all_green};
use crate::market::offers::{Offer, OfferState};
use crate::market::responses::{Response, ResponseState};
use crate::parties::mobility_policies::ChargeBasis;
use crate::placements::arrangements::Arrangement;
use crate::placements::capacity::Stretch;
use crate::placements::codes::{ARRANGEMENT_NOT_AGREED, BASIS_NOT_ALLOWED, PLACEMENT_EXISTS, PLACEMENT_NOT_READY};
use crate::{Moment, Part, PlacementId, Refusal};

/// Unpaid work of at most this many days needs no agreement: about three months.
pub const LIGHT_FLOW_MOST_DAYS: u32 = 92;

/// Unpaid work of at most this many minutes a week needs no agreement: a day.
pub const LIGHT_FLOW_MOST_MINUTES_PER_WEEK: i64 = 480;

/// So many weeks before the end it is talked about what comes after it, unless an agreement says otherwise.
pub const USUAL_TALKS_WEEKS: u32 = 8;

/// What is known when a placement is planned.
#[derive(Debug, Clone, Copy)]
pub struct Planning<'a> {
    /// The dossier.
    pub response: &'a Response,
    /// The klus.
    pub assignment: &'a Assignment,
    /// The offer that was accepted.
    pub offer: &'a Offer,
    /// The version of the arrangement that holds on the first day, or the last one there is.
    pub arrangement: &'a Arrangement,
    /// Whether the dossier has a placement that was not cancelled.
    pub has_placement: bool,
}

impl Placement {
    /// Plans a placement: the employee chooses the arrangement it stands on.
    pub fn plan(id: PlacementId, on: Planning<'_>, parts: &[Part], now: Moment) -> Result<Self, Refusal> {
        may_begin("placement", BEGUN_BY, parts)?;
        let Planning { response, assignment, offer, arrangement, has_placement } = on;
        let accepted = offer.state == OfferState::Accepted && offer.response == response.id;
        let Some(home) = response.home.filter(|_| accepted && response.state == ResponseState::Accepted) else {
            return Err(PLACEMENT_NOT_READY.refuse("A placement is planned after an offer was accepted."));
        };
        if has_placement {
            return Err(PLACEMENT_EXISTS.refuse("Cancel that one first to plan another."));
        }
        if arrangement.person != response.person || arrangement.employment != home.employment {
            return Err(Refusal::invalid(
                "arrangementId",
                "must be an arrangement of the employment that you responded from",
            ));
        }
        if arrangement.clone().as_of(now).state.is_end() {
            return Err(ARRANGEMENT_NOT_AGREED.refuse("Choose an arrangement that has not ended."));
        }
        let (rules, basis) = (arrangement.rules(), offer.terms.charge_basis);
        let is_internal = assignment.is_internal_for(home.organisation);
        let hours = rules.hours_for(basis).filter(|_| is_internal || !rules.inside).ok_or_else(|| {
            BASIS_NOT_ALLOWED.refuse(format!(
                "The variant {} does not go with {basis}{}: see GET /variants.",
                rules.variant,
                if is_internal { "" } else { " at another organisation" }
            ))
        })?;
        let stretch = Stretch { period: offer.terms.period, effort: offer.terms.effort };
        let is_light = is_internal || (is_light(stretch, basis) && !rules.always_agreement);
        Ok(Self {
            id,
            revision: 1,
            response: response.id,
            assignment: assignment.id,
            offer: offer.id,
            person: response.person,
            employment: home.employment,
            home: home.organisation,
            host: assignment.organisation,
            arrangement: arrangement.series,
            hours,
            stretches: vec![stretch],
            charge_basis: basis,
            hourly_rate_cents: offer.terms.hourly_rate_cents,
            light_flow: is_light,
            return_plan: ReturnPlan {
                destination: arrangement.terms.return_guarantee.destination,
                date: first_working_day_after(stretch.period.end),
            },
            talks_weeks: USUAL_TALKS_WEEKS,
            state: PlacementState::Planned,
            notice: None,
            cancelled: None,
            returned: None,
            converted: None,
            confirmed_at: None,
            risk_told_at: None,
            talks_told_at: None,
            created_at: now,
            modified_at: now,
        })
    }

    /// Confirms it in the transaction that confirms its response (invariant 15).
    pub fn confirm(self, lights: &[Light; 10], parts: &[Part], now: Moment) -> Result<Self, Refusal> {
        let state = LIFECYCLE.step(self.state, PlacementAction::Confirm, parts)?;
        if !all_green(lights) {
            return Err(NOT_ALL_GREEN.refuse("All ten lights must be green at once."));
        }
        Ok(Self { state, confirmed_at: Some(now), modified_at: now, ..self })
    }
}

/// Whether work is short and unpaid, so that it stays informal (O07).
fn is_light(stretch: Stretch, basis: ChargeBasis) -> bool {
    let per_week = stretch.effort.average_minutes_per_week(Some(stretch.period));
    basis == ChargeBasis::None
        && stretch.period.days() <= LIGHT_FLOW_MOST_DAYS
        && per_week.is_some_and(|minutes| minutes <= LIGHT_FLOW_MOST_MINUTES_PER_WEEK)
}
