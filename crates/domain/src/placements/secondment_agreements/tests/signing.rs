use super::*;
use crate::market::fixtures::{EMPLOYEE, MANAGER};
use crate::placements::fixtures::noon;

fn proposed() -> Agreement {
    agreement(AgreementState::Proposed)
}

fn code(result: Result<Agreement, Refusal>) -> &'static str {
    result.unwrap_err().code.name
}

#[test]
fn it_is_laid_before_the_parties_when_the_manager_goes_along_and_all_is_chosen() {
    let draft = |change: fn(&mut AgreementTerms)| Agreement {
        terms: agreement_terms(change),
        ..agreement(AgreementState::Draft)
    };
    let propose = |it: Agreement, goes_along| it.propose(laid_down(), goes_along, &[Part::Client], moment(9));
    assert_eq!(code(propose(draft(|_| {}), false)), "consent_missing");
    let open = propose(draft(|terms| (terms.vat, terms.procurement) = (None, None)), true).unwrap_err();
    let names: Vec<_> = open.faults.iter().map(|fault| fault.name.as_str()).collect();
    assert_eq!(names, ["vat", "procurement"], "both at once");
    let proposed = propose(draft(|_| {}), true).unwrap();
    assert_eq!((proposed.state, proposed.laid_down), (AgreementState::Proposed, Some(laid_down())));
}

#[test]
fn the_third_of_three_signatures_concludes_it_in_whatever_order() {
    let parties = [
        (EMPLOYEE, Part::Employee),
        (MANAGER, Part::HomeManager),
        (OWNER, Part::Client),
        (9, Part::OrganisationAdministrator),
    ];
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0], [0, 3, 2], [3, 2, 0]] {
        let mut it = proposed();
        for (turn, which) in order.into_iter().enumerate() {
            assert_eq!((it.state, it.signed_at()), (AgreementState::Proposed, None));
            let (by, part) = parties[which];
            it = it.sign(signing(by), &[part], moment(10 + turn as i64)).unwrap();
            assert_eq!(it.missing().count(), 2 - turn);
        }
        assert_eq!((it.state, it.signed_at()), (AgreementState::Signed, Some(moment(12))), "{order:?}");
        let fourth = it.sign(signing(77), &[Part::Client], moment(13));
        assert_eq!(code(fourth), "transition_not_listed");
    }
}

#[test]
fn a_signature_is_bound_to_the_text_and_to_what_was_shown() {
    let sign = |change: fn(&mut Signing)| {
        let mut signing = signing(EMPLOYEE);
        change(&mut signing);
        proposed().sign(signing, &[Part::Employee], moment(10))
    };
    assert_eq!(code(sign(|it| it.document_hash = "other".to_owned())), "document_differs");
    assert_eq!(code(sign(|it| it.shown_hash = "other".to_owned())), "document_differs");
    assert_eq!(code(sign(|it| it.shown_hash = "document".to_owned())), "document_differs", "that is the other form");
    assert_eq!(code(sign(|it| it.shown_as = ShownAs::Pdf)), "document_differs");
    let signed = sign(|it| (it.shown_as, it.shown_hash) = (ShownAs::Pdf, "document".to_owned())).unwrap();
    let signature = &signed.signatures[0];
    assert_eq!((signature.party, signature.by, signature.part), (Party::Employee, id(EMPLOYEE), Part::Employee));
    assert_eq!((signature.document_hash.as_str(), signature.at), ("text", moment(10)));
}

#[test]
fn each_party_signs_once_and_nobody_for_two() {
    let signed = proposed().sign(signing(MANAGER), &[Part::HomeManager], moment(10)).unwrap();
    let again = |by, part| code(signed.clone().sign(signing(by), &[part], moment(11)));
    assert_eq!(again(MANAGER, Part::HomeManager), "signed_already");
    assert_eq!(again(9, Part::OrganisationAdministrator), "signed_already", "both stand for the home organisation");
    assert_eq!(again(MANAGER, Part::Client), "not_allowed");
    assert_eq!(again(MANAGER, Part::Employee), "not_allowed");
}

#[test]
fn nothing_is_signed_whose_words_are_not_fixed() {
    let wordless = Agreement { laid_down: None, ..proposed() };
    assert_eq!(code(wordless.sign(signing(EMPLOYEE), &[Part::Employee], moment(10))), "placement_not_ready");
}

#[test]
fn who_changes_it_makes_void_what_was_signed() {
    let signed = proposed().sign(signing(EMPLOYEE), &[Part::Employee], moment(10)).unwrap();
    let planned = placement(PlacementState::Planned, |_| {});
    let other = || agreement_terms(|terms| terms.talks_weeks_before_end = 3);
    let revised = signed.clone().revise(other(), &planned, &[Part::Client], moment(11)).unwrap();
    assert_eq!((revised.state, revised.terms.talks_weeks_before_end), (AgreementState::Draft, 3));
    assert!(revised.signatures.is_empty() && revised.laid_down.is_none());
    let started = placement(PlacementState::Running, |_| {});
    assert!(signed.revise(other(), &started, &[Part::Client], noon("2026-10-01")).is_err());
    let done = agreement(AgreementState::Signed).revise(other(), &planned, &[Part::Client], moment(11));
    assert_eq!(code(done), "transition_not_listed", "what three have signed stays");
}

#[test]
fn nobody_else_drafts_it() {
    let planned = placement(PlacementState::Planned, |_| {});
    let on = Drafting { placement: &planned, template: None, previous: None };
    for part in Part::ALL {
        let draft = Agreement::draft(id(801), agreement_terms(|_| {}), on, &[*part], moment(0));
        assert_eq!(draft.is_ok(), BEGUN_BY.contains(part), "{part}");
    }
}
