use super::*;
use crate::TextEnum;
use crate::market::fixtures::{EMPLOYEE, OWNER, id};
use crate::placements::fixtures::{noon, placement};
use crate::placements::placements::PlacementState;

fn give(state: PlacementState, by: u128, given: &[Endorsement], parts: &[Part]) -> Result<Endorsement, Refusal> {
    let endorsing = Endorsing { by: id(by), given };
    let text = "Een genoegen om mee te werken.".to_owned();
    Endorsement::give(id(1400), &placement(state, |_| {}), text, endorsing, parts, noon("2026-10-01"))
}

#[test]
fn those_who_saw_the_work_endorse_once_when_it_is_over() {
    for part in Part::ALL {
        let given = give(PlacementState::Returned, OWNER, &[], &[*part]);
        let Ok(given) = given else {
            assert!(!BEGUN_BY.contains(part), "{part}");
            continue;
        };
        assert_eq!((given.part, given.state), (*part, EndorsementState::Offered));
        let again = give(PlacementState::Returned, OWNER, std::slice::from_ref(&given), &[*part]);
        assert_eq!(again.unwrap_err().code.name, "endorsement_exists");
        let withdrawn = given.step(EndorsementAction::Withdraw, &[*part], noon("2026-10-02")).unwrap();
        assert!(give(PlacementState::Returned, OWNER, &[withdrawn], &[*part]).is_ok());
    }
    for state in PlacementState::ALL {
        let given = give(*state, OWNER, &[], &[Part::Client]);
        assert_eq!(given.is_ok(), state.is_over(), "{state}");
    }
    assert_eq!(give(PlacementState::Returned, EMPLOYEE, &[], &[Part::Client]).unwrap_err().code.name, "not_allowed");
}

#[test]
fn the_employee_alone_decides_whether_it_shows_and_the_writer_does_not_learn_it() {
    let offered = give(PlacementState::Returned, OWNER, &[], &[Part::Client]).unwrap();
    assert_eq!(offered.parts_of(id(EMPLOYEE)), [Part::Employee]);
    assert_eq!(offered.parts_of(id(OWNER)), [Part::Client]);
    assert!(offered.parts_of(id(99)).is_empty());
    let step = |it: &Endorsement, action, part| it.clone().step(action, &[part], noon("2026-10-02"));
    let (shown, hidden) = (
        step(&offered, EndorsementAction::Show, Part::Employee).unwrap(),
        step(&offered, EndorsementAction::Hide, Part::Employee).unwrap(),
    );
    for it in [&offered, &shown, &hidden] {
        assert_eq!(it.state_for(&[Part::Employee]), Some(it.state));
        assert_eq!((it.state_for(&[Part::Client]), it.revision_for(&[Part::Client])), (None, 1));
        assert!(step(it, EndorsementAction::Show, Part::Client).is_err());
        assert!(step(it, EndorsementAction::Withdraw, Part::Employee).is_err());
        let withdrawn = step(it, EndorsementAction::Withdraw, Part::Client).unwrap();
        assert_eq!(withdrawn.state_for(&[Part::Client]), Some(EndorsementState::Withdrawn));
    }
    assert_eq!(step(&hidden, EndorsementAction::Show, Part::Employee).unwrap().state, EndorsementState::Shown);
    assert_eq!(step(&shown, EndorsementAction::Hide, Part::Employee).unwrap().state, EndorsementState::Hidden);
}
