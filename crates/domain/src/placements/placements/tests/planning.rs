use super::*;
use crate::market::assignments::{Assignment, AssignmentState};
use crate::market::effort::Effort;
use crate::market::fixtures::{HOME, HOST, assignment, response};
use crate::market::offers::{Offer, OfferState, OfferTerms};
use crate::market::responses::{Response, ResponseState};
use crate::parties::mobility_policies::{ChargeBasis, Variant};
use crate::placements::arrangements::{Arrangement, ArrangementTerms, OwnCompany};
use crate::placements::fixtures::offer;

/// What is known, to be changed where a test asks for it.
struct Known {
    response: Response,
    klus: Assignment,
    offer: Offer,
    arrangement: Arrangement,
    has_placement: bool,
}

impl Known {
    fn new(variant: Variant, change: impl FnOnce(&mut OfferTerms)) -> Self {
        Self {
            response: response(ResponseState::Accepted),
            klus: assignment(AssignmentState::Open),
            offer: offer(change),
            arrangement: arrangement(ArrangementState::Agreed, |terms| of_variant(variant, terms)),
            has_placement: false,
        }
    }

    fn inside(self) -> Self {
        Self { klus: Assignment { organisation: id(HOME), ..self.klus }, ..self }
    }

    fn plan(&self, parts: &[Part]) -> Result<Placement, Refusal> {
        let on = Planning {
            response: &self.response,
            assignment: &self.klus,
            offer: &self.offer,
            arrangement: &self.arrangement,
            has_placement: self.has_placement,
        };
        Placement::plan(id(700), on, parts, noon("2026-08-01"))
    }

    fn refusal(&self) -> &'static str {
        self.plan(&[Part::Employee]).unwrap_err().code.name
    }

    fn is_light(&self) -> bool {
        self.plan(&[Part::Employee]).unwrap().light_flow
    }
}

fn of_variant(variant: Variant, terms: &mut ArrangementTerms) {
    terms.variant = variant;
    match variant {
        Variant::Zpp | Variant::Unpaid | Variant::Internal => {}
        Variant::FullSecondment => {
            terms.exempted_minutes_per_week = 2160;
            terms.end = Some(day("2027-08-31"));
        }
        Variant::Hybrid => {
            terms.own_risk_minutes_per_week = 240;
            terms.original_contract_minutes_per_week = Some(2400);
            terms.income_effect = Some("Een tiende minder".to_owned());
        }
        Variant::SelfEmployed => {
            terms.exempted_minutes_per_week = 0;
            terms.own_risk_minutes_per_week = 480;
            terms.own_company = Some(OwnCompany { name: "Noor".to_owned(), kvk_number: "17272727".to_owned() });
        }
    }
}

fn zpp() -> Known {
    Known::new(Variant::Zpp, |_| {})
}

#[test]
fn it_says_what_the_offer_says_and_where_somebody_goes_back_to() {
    let planned = zpp().plan(&[Part::Employee]).unwrap();
    assert_eq!((planned.home, planned.host), (id(HOME), id(HOST)));
    assert_eq!((planned.employment, planned.arrangement), (id(40), id(600)));
    assert_eq!((planned.agreed_minutes(), planned.last_day()), (18 * 480, day("2026-12-31")));
    assert_eq!(planned.state, PlacementState::Planned);
    assert!(planned.is_charged() && planned.has_timesheets() && !planned.light_flow);
    // The first of January is a holiday, the second and third are a weekend.
    let plan = ReturnPlan { destination: ReturnDestination::InternalAssignments, date: day("2027-01-04") };
    assert_eq!(planned.return_plan, plan);
}

#[test]
fn nobody_but_the_employee_plans_it() {
    for part in <Part as crate::TextEnum>::ALL {
        let planned = zpp().plan(&[*part]).map_err(|refusal| refusal.code.name);
        match part {
            Part::Employee => assert!(planned.is_ok()),
            _ => assert_eq!(planned, Err("not_allowed"), "{part}"),
        }
    }
}

#[test]
fn it_is_planned_after_an_offer_was_accepted_and_not_before() {
    for state in [OfferState::Open, OfferState::Declined, OfferState::Withdrawn, OfferState::Lapsed] {
        let known = zpp();
        let offer = Offer { state, ..known.offer.clone() };
        assert_eq!(Known { offer, ..known }.refusal(), "placement_not_ready", "{state}");
    }
    for state in [ResponseState::Offered, ResponseState::Confirmed, ResponseState::Withdrawn] {
        assert_eq!(Known { response: response(state), ..zpp() }.refusal(), "placement_not_ready", "{state}");
    }
    let known = zpp();
    let of_another = Offer { response: id(201), ..known.offer.clone() };
    assert_eq!(Known { offer: of_another, ..known }.refusal(), "placement_not_ready");
}

#[test]
fn a_dossier_has_one_placement_at_a_time() {
    assert_eq!(Known { has_placement: true, ..zpp() }.refusal(), "placement_exists");
}

#[test]
fn it_stands_on_an_arrangement_of_the_employment_that_was_responded_from() {
    let known = zpp();
    let others = Arrangement { person: id(EMPLOYEE + 1), ..known.arrangement.clone() };
    let elsewhere = Arrangement { employment: id(41), ..known.arrangement.clone() };
    for arrangement in [others, elsewhere] {
        let refusal = Known { arrangement, ..zpp() }.plan(&[Part::Employee]).unwrap_err();
        assert_eq!(refusal.faults[0].name, "arrangementId");
    }
}

#[test]
fn it_does_not_stand_on_an_arrangement_that_is_over() {
    for state in [ArrangementState::Ended, ArrangementState::Refused, ArrangementState::Withdrawn] {
        let known = zpp();
        let arrangement = Arrangement { state, ..known.arrangement.clone() };
        assert_eq!(Known { arrangement, ..known }.refusal(), "arrangement_not_agreed", "{state}");
    }
    let known = zpp();
    let over = Arrangement { ended_on: Some(day("2026-07-31")), ..known.arrangement.clone() };
    assert_eq!(Known { arrangement: over, ..known }.refusal(), "arrangement_not_agreed");
    let draft = Known { arrangement: arrangement(ArrangementState::Draft, |_| {}), ..zpp() };
    assert!(draft.plan(&[Part::Employee]).is_ok(), "it can be arranged beside the placement");
}

#[test]
fn the_variant_says_what_a_host_may_pay_and_for_whose_hours() {
    for variant in <Variant as crate::TextEnum>::ALL {
        for basis in <ChargeBasis as crate::TextEnum>::ALL {
            let known = Known::new(*variant, |terms| terms.charge_basis = *basis);
            let hours = known.arrangement.rules().hours_for(*basis);
            let inside_only = *variant == Variant::Internal;
            let label = format!("{variant} {basis}");
            let elsewhere = known.plan(&[Part::Employee]).map(|planned| planned.hours);
            match hours.filter(|_| !inside_only) {
                Some(hours) => assert_eq!(elsewhere, Ok(hours), "{label}"),
                None => assert_eq!(elsewhere.unwrap_err().code.name, "basis_not_allowed", "{label}"),
            }
            let inside = known.inside().plan(&[Part::Employee]);
            assert_eq!(inside.as_ref().ok().map(|planned| planned.hours), hours, "{label}");
            if let Ok(inside) = inside {
                assert!(inside.light_flow && !inside.is_charged() && !inside.has_timesheets(), "{label}");
            }
        }
    }
}

#[test]
fn unpaid_work_of_about_three_months_and_a_day_a_week_stays_informal_and_no_more() {
    let unpaid = |end: &str, effort: Effort| {
        Known::new(Variant::Unpaid, |terms| {
            terms.charge_basis = ChargeBasis::None;
            terms.period = period("2026-09-01", end);
            terms.effort = effort;
        })
    };
    let day_a_week = Effort::MinutesPerWeek(480);
    // The ninety-second day from 1 September is 1 December, and these days touch fourteen weeks.
    assert!(unpaid("2026-12-01", day_a_week).is_light());
    assert!(!unpaid("2026-12-02", day_a_week).is_light());
    assert!(!unpaid("2026-12-01", Effort::MinutesPerWeek(481)).is_light());
    assert!(unpaid("2026-12-01", Effort::TotalMinutes(14 * 480)).is_light());
    assert!(!unpaid("2026-12-01", Effort::TotalMinutes(14 * 480 + 1)).is_light());
    let paid = Known::new(Variant::Zpp, |terms| terms.period = period("2026-09-01", "2026-09-30"));
    assert!(!paid.is_light());
    assert!(Known::new(Variant::Internal, |_| {}).inside().is_light());
}

#[test]
fn a_full_secondment_has_an_agreement_even_where_it_is_short_and_unpaid() {
    let known = Known::new(Variant::FullSecondment, |terms| {
        terms.charge_basis = ChargeBasis::None;
        terms.period = period("2026-09-01", "2026-09-30");
    });
    assert!(!known.is_light());
}

#[test]
fn it_is_not_confirmed_unless_all_ten_lights_are_green_at_once() {
    let planned = placement(PlacementState::Planned, |_| {});
    let confirm = |lights: &_| planned.clone().confirm(lights, &[Part::Client], noon("2026-08-01"));
    for dark in 0..10 {
        for colour in [Colour::Amber, Colour::Red] {
            let mut lights = ten(Colour::Green);
            lights[dark].colour = colour;
            assert_eq!(confirm(&lights).unwrap_err().code.name, "not_all_green", "{}", lights[dark].name);
        }
    }
    let confirmed = confirm(&ten(Colour::Green)).unwrap();
    assert_eq!((confirmed.state, confirmed.confirmed_at), (PlacementState::Confirmed, Some(noon("2026-08-01"))));
}
