use super::*;
use crate::TextEnum;
use crate::market::effort::Effort;
use crate::market::fixtures::{MANAGER, day, id, moment};
use crate::placements::arrangements::ArrangementSignature;
use crate::placements::capacity::Stretch;
use crate::placements::fixtures::{agreement, arrangement, period, placement, rate, signature};
use crate::placements::placements::PlacementState;
use crate::placements::variants::HourKind;

const CAPACITY: usize = 0;
const AGREEMENT: usize = 1;
const RETURN: usize = 2;
const MONEY: usize = 3;

/// Facts by which all four are green, to be changed where a test asks for it.
struct Facts {
    placement: Option<Placement>,
    versions: Vec<Arrangement>,
    claims: Vec<Claim>,
    agreement: Option<Agreement>,
    rate: Option<CostRate>,
}

impl Facts {
    fn green() -> Self {
        Self {
            placement: Some(planned()),
            versions: vec![arrangement(ArrangementState::Agreed, |_| {})],
            claims: Vec::new(),
            agreement: Some(agreement(AgreementState::Signed)),
            rate: Some(rate("2026-01-01", 5_000)),
        }
    }

    fn lights(&self) -> [Light; 4] {
        let facts = Gates {
            placement: self.placement.as_ref(),
            versions: &self.versions,
            claims: &self.claims,
            agreement: self.agreement.as_ref(),
            rate: self.rate.as_ref(),
            since: moment(0),
            now: moment(100),
        };
        let lights = gates(&facts);
        assert_eq!(lights, gates(&facts), "equal facts give equal lights");
        let names = [LightName::Capacity, LightName::Agreement, LightName::Return, LightName::Money];
        assert_eq!(lights.map(|light| light.name), names);
        for light in &lights {
            let nobody = light.waits_for.is_empty();
            assert_eq!(nobody, light.colour == Colour::Green, "{}: somebody can act unless it is green", light.name);
        }
        lights
    }

    fn told(&self, which: usize) -> (Colour, Why, &'static [Part]) {
        let light = self.lights()[which];
        (light.colour, light.reason, light.waits_for)
    }
}

fn planned() -> Placement {
    placement(PlacementState::Planned, |_| {})
}

fn taking(minutes: i64, start: &str, end: &str) -> Claim {
    let stretch = Stretch { period: period(start, end), effort: Effort::MinutesPerWeek(minutes) };
    Claim { hours: HourKind::Exempted, stretches: vec![stretch], until: None }
}

#[test]
fn nothing_is_green_while_nothing_is_planned() {
    let facts = Facts { placement: None, ..Facts::green() };
    for (light, waits_for) in facts.lights().iter().zip([BOTH, ALL_PARTIES, HOME, FINANCE]) {
        assert_eq!((light.colour, light.reason), (Colour::Red, Why::NotArrangedYet));
        assert_eq!((light.waits_for, light.changed_at), (waits_for, moment(0)));
    }
}

#[test]
fn all_four_are_green_when_all_is_arranged() {
    let reasons = Facts::green().lights().map(|light| (light.colour, light.reason));
    let expected = [Why::RoomFree, Why::AgreementSigned, Why::ReturnGuaranteed, Why::RateAgreed];
    assert_eq!(reasons, expected.map(|reason| (Colour::Green, reason)));
}

#[test]
fn capacity_waits_for_an_arrangement_that_both_have_signed() {
    for state in [ArrangementState::Draft, ArrangementState::Proposed] {
        let facts = Facts { versions: vec![arrangement(state, |_| {})], ..Facts::green() };
        assert_eq!(facts.told(CAPACITY), (Colour::Amber, Why::ArrangementNotAgreed, BOTH), "{state}");
        assert_eq!(facts.told(RETURN), (Colour::Amber, Why::ArrangementNotAgreed, BOTH), "{state}");
    }
    let mut withdrawn = arrangement(ArrangementState::Proposed, |_| {});
    withdrawn.state = ArrangementState::Withdrawn;
    let late = arrangement(ArrangementState::Agreed, |terms| terms.start = day("2026-09-07"));
    for versions in [vec![], vec![withdrawn], vec![late]] {
        let facts = Facts { versions, ..Facts::green() };
        assert_eq!(facts.told(CAPACITY), (Colour::Red, Why::ArrangementNotInForce, BOTH));
        assert_eq!(facts.told(RETURN).0, Colour::Amber);
    }
}

#[test]
fn an_arrangement_that_is_paused_or_ends_before_the_work_does_not_hold_for_it() {
    let paused = Facts { versions: vec![arrangement(ArrangementState::Paused, |_| {})], ..Facts::green() };
    assert_eq!(paused.told(CAPACITY), (Colour::Red, Why::ArrangementNotInForce, BOTH));
    let short = arrangement(ArrangementState::Active, |terms| terms.end = Some(day("2026-12-27")));
    let short = Facts { versions: vec![short], ..Facts::green() };
    assert_eq!(short.told(CAPACITY), (Colour::Red, Why::ArrangementNotInForce, BOTH));
}

#[test]
fn the_variant_has_to_go_with_what_the_host_pays() {
    let placement = Placement { charge_basis: ChargeBasis::OwnRate, ..planned() };
    let facts = Facts { placement: Some(placement), ..Facts::green() };
    assert_eq!(facts.told(CAPACITY), (Colour::Red, Why::VariantDoesNotFit, EMPLOYEE));
}

#[test]
fn one_minute_too_much_in_one_week_is_no_room() {
    for (minutes, colour, reason) in [(384, Colour::Green, Why::RoomFree), (385, Colour::Red, Why::NoRoom)] {
        let claims = vec![taking(minutes, "2026-12-28", "2027-02-28")];
        let told = Facts { claims, ..Facts::green() }.told(CAPACITY);
        assert_eq!((told.0, told.1), (colour, reason), "{minutes}");
    }
}

#[test]
fn short_and_unpaid_work_needs_no_agreement_and_no_money() {
    let unpaid = placement(PlacementState::Planned, |terms| {
        terms.charge_basis = ChargeBasis::None;
        terms.period = period("2026-09-01", "2026-11-30");
    });
    let facts = Facts { placement: Some(unpaid), agreement: None, rate: None, ..Facts::green() };
    assert_eq!(facts.told(AGREEMENT), (Colour::Green, Why::NoAgreementNeeded, &[][..]));
    assert_eq!(facts.told(MONEY), (Colour::Green, Why::NothingToPay, &[][..]));
}

#[test]
fn an_agreement_is_green_from_the_third_signature_on() {
    let facts = |agreement| Facts { agreement, ..Facts::green() };
    assert_eq!(facts(None).told(AGREEMENT), (Colour::Red, Why::NotArrangedYet, ALL_PARTIES));
    for state in AgreementState::ALL {
        let (colour, reason, _) = facts(Some(agreement(*state))).told(AGREEMENT);
        let expected = match state {
            AgreementState::Draft | AgreementState::Withdrawn => (Colour::Red, Why::NotArrangedYet),
            AgreementState::Proposed => (Colour::Amber, Why::AgreementNotSigned),
            AgreementState::Signed | AgreementState::Superseded => (Colour::Green, Why::AgreementSigned),
        };
        assert_eq!((colour, reason), expected, "{state}");
    }
}

#[test]
fn the_agreement_waits_for_exactly_those_who_have_not_signed() {
    let parts = |party| match party {
        Party::Employee => Part::Employee,
        Party::Home => Part::HomeManager,
        Party::Host => Part::Client,
    };
    for subset in 0..7_u32 {
        let signed = |party: &Party| subset >> (*party as u32) & 1 == 1;
        let signatures = Party::ALL.iter().copied().filter(signed).map(signature).collect();
        let proposed = Agreement { signatures, ..agreement(AgreementState::Proposed) };
        let waits_for: Vec<Part> = proposed.missing().map(parts).collect();
        let facts = Facts { agreement: Some(proposed), ..Facts::green() };
        assert_eq!(facts.told(AGREEMENT), (Colour::Amber, Why::AgreementNotSigned, &waits_for[..]));
    }
}

#[test]
fn a_bare_wage_needs_a_rate_that_is_valid_on_the_first_day() {
    let facts = Facts { rate: None, ..Facts::green() };
    assert_eq!(facts.told(MONEY), (Colour::Red, Why::RateMissing, FINANCE));
    for basis in [ChargeBasis::PublicRate, ChargeBasis::OwnRate] {
        let placement = Placement { charge_basis: basis, hourly_rate_cents: Some(9_000), ..planned() };
        let facts = Facts { placement: Some(placement), rate: None, ..Facts::green() };
        assert_eq!(facts.told(MONEY), (Colour::Green, Why::RateAgreed, &[][..]), "{basis}");
    }
    let inside = Placement { host: planned().home, ..planned() };
    let facts = Facts { placement: Some(inside), rate: None, ..Facts::green() };
    assert_eq!(facts.told(MONEY), (Colour::Green, Why::NothingToPay, &[][..]));
}

#[test]
fn each_light_is_as_old_as_what_made_it_so() {
    let mut facts = Facts::green();
    let signature = ArrangementSignature { by: id(MANAGER), part: Part::HomeManager, at: moment(11) };
    facts.versions[0].home_signature = Some(signature);
    facts.rate.as_mut().unwrap().created_at = moment(13);
    let changed_at = facts.lights().map(|light| light.changed_at);
    assert_eq!(changed_at, [moment(11), moment(9), moment(11), moment(13)]);
}
