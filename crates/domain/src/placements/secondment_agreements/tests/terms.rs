use super::*;
use crate::market::effort::Effort;
use crate::parties::mobility_policies::ChargeBasis;
use crate::placements::capacity::Stretch;
use crate::placements::fixtures::{noon, period, vat};
use crate::placements::placements::Placement;

fn faults_of(change: impl FnOnce(&mut AgreementTerms)) -> Vec<String> {
    let checked = agreement_terms(change).check(&placement(PlacementState::Running, |_| {}));
    let faults = checked.err().map(|refusal| refusal.faults).unwrap_or_default();
    faults.into_iter().map(|fault| fault.name).collect()
}

fn vat_faults(category: VatCategory, change: impl FnOnce(&mut VatTreatment)) -> Vec<String> {
    let mut treatment = vat(category);
    change(&mut treatment);
    faults_of(|terms| terms.vat = Some(treatment))
}

pub(super) fn extension(start: &str, end: &str) -> Stretch {
    Stretch { period: period(start, end), effort: Effort::MinutesPerWeek(480) }
}

#[test]
fn what_is_taxed_has_a_rate_and_what_is_not_has_a_basis_and_its_evidence() {
    for category in VatCategory::ALL {
        assert!(vat_faults(*category, |_| {}).is_empty(), "{category}");
    }
    assert!(faults_of(|terms| terms.vat = None).is_empty(), "it may be chosen later");
    assert_eq!(vat_faults(VatCategory::Standard, |vat| vat.rate_basis_points = None), ["vat.rateBasisPoints"]);
    for category in [VatCategory::Exempt, VatCategory::OutsideScope] {
        assert_eq!(vat_faults(category, |vat| vat.rate_basis_points = Some(0)), ["vat.rateBasisPoints"]);
        assert_eq!(vat_faults(category, |vat| vat.legal_basis = None), ["vat.legalBasis"]);
        assert_eq!(vat_faults(category, |vat| vat.evidence = Some(" ".to_owned())), ["vat.evidence"]);
    }
}

#[test]
fn a_rate_of_tax_is_more_than_nothing_and_at_most_the_whole() {
    for (points, fits) in [(-2_100, false), (0, false), (1, true), (10_000, true), (10_001, false)] {
        let faults = vat_faults(VatCategory::Standard, |vat| vat.rate_basis_points = Some(points));
        assert_eq!(faults.is_empty(), fits, "{points}: {faults:?}");
    }
}

#[test]
fn each_group_has_one_particular_at_most() {
    let particular = |group| Particular { group, text: "Op dinsdag.".to_owned() };
    let groups = [ClauseGroup::Place, ClauseGroup::Costs, ClauseGroup::Place];
    let faults = faults_of(|terms| terms.particulars = groups.map(particular).to_vec());
    assert_eq!(faults, ["particulars.2.group"]);
}

#[test]
fn an_extension_begins_the_day_after_the_last_and_is_work_as_in_an_offer() {
    let faults = |start: &str, minutes| {
        let stretch = Stretch { effort: Effort::MinutesPerWeek(minutes), ..extension(start, "2027-02-28") };
        faults_of(|terms| terms.extension = Some(stretch))
    };
    assert!(faults("2027-01-01", 480).is_empty());
    assert_eq!(faults("2027-01-02", 480), ["extension.startDate"]);
    assert_eq!(faults("2026-12-31", 480), ["extension.startDate"]);
    assert_eq!(faults("2027-01-01", 59).len(), 1);
}

#[test]
fn its_value_is_the_hours_agreed_at_the_rate_of_the_first_day() {
    let planned = placement(PlacementState::Planned, |_| {});
    let terms = agreement_terms(|_| {});
    assert_eq!(terms.value_cents(&planned, Some(4_321)), Some(18 * 8 * 4_321));
    assert_eq!(terms.value_cents(&planned, None), None);
    let unpaid = Placement { charge_basis: ChargeBasis::None, ..planned.clone() };
    assert_eq!(terms.value_cents(&unpaid, None), Some(0));
    let longer = agreement_terms(|terms| terms.extension = Some(extension("2027-01-01", "2027-01-10")));
    assert_eq!(longer.minutes(&planned), (18 + 2) * 480);
    assert_eq!(longer.value_cents(&planned, Some(6_000)), Some(20 * 8 * 6_000));
}

#[test]
fn what_is_untaxed_for_more_than_twelve_months_is_pointed_out() {
    let warnings = |end: &str, category| {
        let it = placement(PlacementState::Planned, |terms| terms.period = period("2026-09-01", end));
        agreement_terms(|terms| terms.vat = Some(vat(category))).warnings(&it, Some(5_000))
    };
    assert!(warnings("2027-08-31", VatCategory::Exempt).is_empty(), "twelve months to the day");
    assert_eq!(warnings("2027-09-01", VatCategory::Exempt), [AgreementWarning::ExemptOverTwelveMonths]);
    assert!(warnings("2027-09-01", VatCategory::Standard).is_empty());
    let it = placement(PlacementState::Running, |_| {});
    let longer = |end: &str| {
        agreement_terms(|terms| terms.extension = Some(extension("2027-01-01", end))).warnings(&it, Some(5_000))
    };
    assert!(longer("2027-08-31").is_empty());
    assert_eq!(longer("2027-09-01"), [AgreementWarning::ExemptOverTwelveMonths], "an extension counts along");
}

#[test]
fn what_is_untaxed_at_more_than_the_wage_is_pointed_out() {
    let warnings = |basis, category| {
        let it = Placement { charge_basis: basis, ..placement(PlacementState::Planned, |_| {}) };
        agreement_terms(|terms| terms.vat = Some(vat(category))).warnings(&it, Some(5_000))
    };
    for basis in [ChargeBasis::PublicRate, ChargeBasis::OwnRate] {
        assert_eq!(warnings(basis, VatCategory::Exempt), [AgreementWarning::ExemptAboveWage], "{basis}");
        assert!(warnings(basis, VatCategory::Standard).is_empty(), "{basis}");
    }
    for basis in [ChargeBasis::BareWage, ChargeBasis::None] {
        assert!(warnings(basis, VatCategory::Exempt).is_empty(), "{basis} is not above the wage");
    }
    let unknown = agreement_terms(|_| {}).warnings(&placement(PlacementState::Planned, |_| {}), None);
    assert_eq!(unknown, [AgreementWarning::ValueUnknown]);
}

#[test]
fn the_first_version_is_made_before_the_start_and_a_later_one_extends_what_runs() {
    let more = || agreement_terms(|terms| terms.extension = Some(extension("2027-01-01", "2027-02-28")));
    let signed = agreement(AgreementState::Signed);
    let draft = |state, terms, previous: Option<&Agreement>, now: &str| {
        let placement = placement(state, |_| {});
        let on = Drafting { placement: &placement, template: None, previous };
        Agreement::draft(id(801), terms, on, &[Part::Client], noon(now)).map(|it| it.version)
    };
    let refused = |result: Result<i64, Refusal>| {
        let refusal = result.unwrap_err();
        refusal.faults.first().map_or(refusal.code.name.to_owned(), |fault| fault.name.clone())
    };
    use PlacementState::{Confirmed, Planned, Running};
    assert_eq!(draft(Planned, agreement_terms(|_| {}), None, "2026-08-01"), Ok(1));
    assert_eq!(refused(draft(Planned, more(), None, "2026-08-01")), "extension");
    assert_eq!(draft(Running, more(), Some(&signed), "2026-12-01"), Ok(2));
    assert_eq!(draft(Running, more(), None, "2026-12-01"), Ok(1), "unpaid work that outgrows the light flow");
    assert_eq!(refused(draft(Running, agreement_terms(|_| {}), Some(&signed), "2026-12-01")), "extension");
    assert_eq!(refused(draft(Running, more(), Some(&signed), "2027-01-01")), "placement_not_ready");
    assert_eq!(refused(draft(Planned, agreement_terms(|_| {}), Some(&signed), "2026-08-01")), "placement_not_ready");
    for state in PlacementState::ALL.iter().filter(|state| !matches!(state, Planned | Running)) {
        assert_eq!(refused(draft(*state, more(), Some(&signed), "2026-12-01")), "placement_not_ready", "{state}");
    }
    assert_eq!(refused(draft(Confirmed, agreement_terms(|_| {}), None, "2026-08-01")), "placement_not_ready");
}

#[test]
fn one_version_waits_for_signatures_at_a_time() {
    let running = placement(PlacementState::Running, |_| {});
    let terms = || agreement_terms(|terms| terms.extension = Some(extension("2027-01-01", "2027-02-28")));
    for state in AgreementState::ALL {
        let previous = agreement(*state);
        let on = Drafting { placement: &running, template: None, previous: Some(&previous) };
        let draft = Agreement::draft(id(801), terms(), on, &[Part::Client], noon("2026-12-01"));
        match state {
            AgreementState::Signed => assert!(draft.is_ok()),
            _ => assert_eq!(draft.unwrap_err().code.name, "agreement_pending", "{state}"),
        }
    }
}

#[test]
fn work_inside_one_organisation_has_no_agreement_of_three_parties() {
    let planned = placement(PlacementState::Planned, |_| {});
    let inside = Placement { host: planned.home, light_flow: true, ..planned.clone() };
    let light = Placement { light_flow: true, ..planned };
    let draft = |placement: &Placement| {
        let on = Drafting { placement, template: None, previous: None };
        Agreement::draft(id(801), agreement_terms(|_| {}), on, &[Part::Client], moment(0))
    };
    assert_eq!(draft(&inside).unwrap_err().code.name, "light_flow");
    assert!(draft(&light).is_ok(), "who wants one may have one");
}
