//! Things of the wing in a given state, for tests.

use chrono::NaiveDate;

use super::arrangements::{
    Arrangement, ArrangementGround, ArrangementState, ArrangementTerms, ReturnDestination, ReturnGuarantee,
};
use super::placements::{Placement, PlacementState, Planning};
use crate::market::assignments::AssignmentState;
use crate::market::effort::{Effort, Period};
use crate::market::fixtures::{EMPLOYEE, MANAGER, assignment, day, employment, id, moment, policy, response};
use crate::market::lights::{Light, LightReason};
use crate::market::offers::{Offer, OfferState, OfferTerms};
use crate::market::responses::ResponseState;
use crate::market::signals::{Colour, LightName};
use crate::parties::mobility_policies::{ChargeBasis, Variant};
use crate::{Moment, Part, TextEnum};

/// Terms that fit the employment and the policy of the market's fixtures: two days of 36 hours in five days.
pub(crate) fn terms(change: impl FnOnce(&mut ArrangementTerms)) -> ArrangementTerms {
    let mut terms = ArrangementTerms {
        variant: Variant::Zpp,
        start: day("2026-08-31"),
        end: None,
        exempted_minutes_per_week: 864,
        own_risk_minutes_per_week: 0,
        original_contract_minutes_per_week: None,
        acquisition_plan: Some("Elke maand twee gesprekken".to_owned()),
        income_effect: None,
        return_guarantee: ReturnGuarantee {
            destination: ReturnDestination::InternalAssignments,
            notice_weeks: 4,
            term_weeks: 13,
            text: None,
        },
        own_company: None,
        programme_label: None,
    };
    change(&mut terms);
    terms
}

/// An arrangement in this state, drafted by the employee at moment 0.
pub(crate) fn arrangement(state: ArrangementState, change: impl FnOnce(&mut ArrangementTerms)) -> Arrangement {
    let (employment, policy) = (employment(), policy(|policy| policy.allowed_variants = Variant::ALL.to_vec()));
    let ground = ArrangementGround { employment: &employment, policy: Some(&policy), others: &[], has_pending: false };
    let employee = &[Part::Employee];
    let draft = Arrangement::draft(id(600), terms(change), ground, employee, moment(0)).unwrap();
    if state == ArrangementState::Draft {
        return draft;
    }
    let proposed = draft.propose(id(EMPLOYEE), ground, employee, moment(1)).unwrap();
    if state == ArrangementState::Proposed {
        return proposed;
    }
    let agreed = proposed.sign(id(MANAGER), ground, &[Part::HomeManager], moment(2)).unwrap();
    Arrangement { state, ..agreed }
}

/// An accepted offer of a day a week in the period of the market's fixtures.
pub(crate) fn offer(change: impl FnOnce(&mut OfferTerms)) -> Offer {
    let mut terms = OfferTerms {
        effort: Effort::MinutesPerWeek(480),
        period: crate::market::fixtures::period(),
        charge_basis: ChargeBasis::BareWage,
        hourly_rate_cents: None,
        valid_until: moment(500),
    };
    change(&mut terms);
    Offer {
        id: id(500),
        revision: 2,
        response: id(200),
        made_by: id(10),
        terms,
        state: OfferState::Accepted,
        decline_reason: None,
        note: None,
        ended_at: Some(moment(5)),
        created_at: moment(4),
        modified_at: moment(5),
    }
}

/// A placement in this state: from 1 September to 31 December 2026, a day a week, unless the offer says otherwise.
pub(crate) fn placement(state: PlacementState, change: impl FnOnce(&mut OfferTerms)) -> Placement {
    let (response, klus) = (response(ResponseState::Accepted), assignment(AssignmentState::Open));
    let (offer, arrangement) = (offer(change), arrangement(ArrangementState::Agreed, |_| {}));
    let on = Planning {
        response: &response,
        assignment: &klus,
        offer: &offer,
        arrangement: &arrangement,
        has_placement: false,
    };
    let planned = Placement::plan(id(700), on, &[Part::Employee], moment(6)).unwrap();
    let confirmed_at = state.takes_hours().then_some(moment(7));
    Placement { state, confirmed_at, ..planned }
}

/// Ten lights of one colour.
pub(crate) fn ten(colour: Colour) -> [Light; 10] {
    let mut names = LightName::ALL.iter();
    std::array::from_fn(|_| Light {
        name: *names.next().unwrap(),
        colour,
        reason: LightReason::NotArrangedYet,
        waits_for: &[],
        changed_at: moment(0),
    })
}

/// Noon on a day.
pub(crate) fn noon(text: &str) -> Moment {
    format!("{text}T12:00:00Z").parse().unwrap()
}

pub(crate) fn period(start: &str, end: &str) -> Period {
    let parse = |text: &str| text.parse::<NaiveDate>().unwrap();
    Period::between(parse(start), parse(end)).unwrap()
}
