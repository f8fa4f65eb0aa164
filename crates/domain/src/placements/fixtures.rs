//! Things of the wing in a given state, for tests.

use chrono::NaiveDate;
use uuid::Uuid;

use super::arrangements::{
    Arrangement, ArrangementGround, ArrangementState, ArrangementTerms, ReturnDestination, ReturnGuarantee,
};
use super::charge_statements::{ChargeStatement, ChargeStatementState, Charging, Month};
use super::cost_rates::{After, CostComponents, CostRate};
use super::placements::{Placement, PlacementState, Planning};
use super::secondment_agreements::{
    Agreement, AgreementState, AgreementTerms, AgreementText, Drafting, LaidDown, Party, Procurement, ProcurementBasis,
    References, Representative, ShownAs, Signature, VatCategory, VatTreatment,
};
use super::timesheets::{DayEntry, Timesheet, TimesheetState, Writing};
use crate::market::assignments::AssignmentState;
use crate::market::effort::{Effort, Period};
use crate::market::fixtures::{EMPLOYEE, MANAGER, OWNER, assignment, day, employment, id, moment, policy, response};
use crate::market::lights::{Light, LightReason};
use crate::market::offers::{Offer, OfferState, OfferTerms};
use crate::market::responses::ResponseState;
use crate::market::signals::{Colour, LightName};
use crate::parties::mobility_policies::{ChargeBasis, Variant};
use crate::{Moment, Part, TextEnum, Week};

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

/// What three parties agree where nothing is taxed.
pub(crate) fn agreement_terms(change: impl FnOnce(&mut AgreementTerms)) -> AgreementTerms {
    let signs = |name: &str, function: &str| Representative { name: name.to_owned(), function: function.to_owned() };
    let mut terms = AgreementTerms {
        home_representative: signs("M. de Boer", "afdelingshoofd"),
        host_representative: signs("A. Smits", "directeur"),
        vat: Some(vat(VatCategory::Exempt)),
        procurement: Some(Procurement {
            basis: ProcurementBasis::PublicCooperation,
            evidence: "Het convenant van de regio".to_owned(),
        }),
        talks_weeks_before_end: 6,
        references: References::default(),
        particulars: Vec::new(),
        extension: None,
    };
    change(&mut terms);
    terms
}

pub(crate) fn vat(category: VatCategory) -> VatTreatment {
    let is_taxed = category == VatCategory::Standard;
    let words = |text: &str| (!is_taxed).then(|| text.to_owned());
    VatTreatment {
        category,
        rate_basis_points: is_taxed.then_some(2_100),
        legal_basis: words("Het besluit over arbeidsmobiliteit."),
        evidence: words("Mobiliteit staat open voor iedereen."),
    }
}

pub(crate) fn laid_down() -> LaidDown {
    let text = AgreementText {
        title: "Overeenkomst".to_owned(),
        reference: "Versie 1".to_owned(),
        facts: Vec::new(),
        articles: Vec::new(),
    };
    let (hash, html_hash, pdf_hash) = ("text".to_owned(), "page".to_owned(), "document".to_owned());
    LaidDown { text, hash, html_hash, pdf_hash, at: moment(8) }
}

pub(crate) fn signature(party: Party) -> Signature {
    let (number, part) = match party {
        Party::Employee => (EMPLOYEE, Part::Employee),
        Party::Home => (MANAGER, Part::HomeManager),
        Party::Host => (OWNER, Part::Client),
    };
    Signature {
        party,
        by: id(number),
        name: "Naam".to_owned(),
        part,
        document_hash: "text".to_owned(),
        shown_as: ShownAs::Html,
        shown_hash: "page".to_owned(),
        at: moment(9),
    }
}

/// A first version in this state, of the placement of these fixtures while it is planned.
pub(crate) fn agreement(state: AgreementState) -> Agreement {
    let placement = placement(PlacementState::Planned, |_| {});
    let on = Drafting { placement: &placement, template: None, previous: None };
    let draft = Agreement::draft(id(800), agreement_terms(|_| {}), on, &[Part::Employee], moment(7)).unwrap();
    let is_signed = matches!(state, AgreementState::Signed | AgreementState::Superseded);
    let signatures = if is_signed { Party::ALL.iter().map(|party| signature(*party)).collect() } else { Vec::new() };
    Agreement { state, laid_down: (state != AgreementState::Draft).then(laid_down), signatures, ..draft }
}

/// So many cents an hour from this day on.
pub(crate) fn rate(from: &str, cents_per_hour: i64) -> CostRate {
    let components = CostComponents {
        gross_pay_cents: cents_per_hour,
        choice_budget_cents: 0,
        employer_charges_cents: 0,
        other_actual_cost_cents: 0,
        other_actual_cost_description: None,
    };
    CostRate::lay_down(id(900), id(40), (day(from), components), After::default(), id(9), moment(0)).unwrap()
}

/// Ids one after another.
pub(crate) fn mint<T: From<Uuid>>(from: u128) -> impl FnMut() -> T {
    let mut last = from;
    move || {
        last += 1;
        id(last)
    }
}

pub(crate) fn entry(day: &str, minutes: i64) -> DayEntry {
    DayEntry { day: day.parse().unwrap(), minutes, note: None }
}

/// The week in which a day lies.
pub(crate) fn week(day: &str) -> Week {
    Week::of(day.parse().unwrap())
}

/// A timesheet in this state: a day of eight hours on Tuesday 1 September 2026.
pub(crate) fn timesheet(state: TimesheetState) -> Timesheet {
    let placement = placement(PlacementState::Running, |_| {});
    let on = Writing { placement: &placement, week: week("2026-09-01"), of_week: &[] };
    let entries = vec![entry("2026-09-01", 480)];
    let begun =
        Timesheet::begin(id(1000), on, entries, &mut mint(1100), &[Part::Employee], noon("2026-09-02")).unwrap();
    Timesheet { state, ..begun }
}

/// A statement in this state: that day, at 50 euros an hour.
pub(crate) fn statement(state: ChargeStatementState) -> ChargeStatement {
    let placement = placement(PlacementState::Running, |_| {});
    let sheet = timesheet(TimesheetState::Approved);
    let lines: Vec<_> = sheet.lines.iter().map(|line| (sheet.id, line.clone())).collect();
    let on = Charging {
        placement: &placement,
        lines: &lines,
        rates: &[rate("2026-01-01", 5_000)],
        vat: &vat(VatCategory::Standard),
        references: &References::default(),
        reversed: None,
    };
    let month = Month::of(day("2026-09-01"));
    let draft = ChargeStatement::draft(id(1200), month, on, &[Part::Finance], noon("2026-10-01")).unwrap();
    if matches!(state, ChargeStatementState::Draft) {
        return draft;
    }
    let issued = draft.issue(None, &[Part::Finance], noon("2026-10-02")).unwrap();
    ChargeStatement { state, ..issued }
}
