mod clauses;
mod signing;
mod terms;
mod words;

use super::*;
use crate::market::fixtures::{OWNER, id, moment};
use crate::placements::fixtures::{agreement, agreement_terms, laid_down, placement, signature};
use crate::placements::placements::PlacementState;
use crate::tables::walk;
use crate::{Refusal, TextEnum};

/// What somebody sends who saw the page.
pub(super) fn signing(by: u128) -> Signing {
    Signing {
        by: id(by),
        name: "Naam".to_owned(),
        document_hash: "text".to_owned(),
        shown_as: ShownAs::Html,
        shown_hash: "page".to_owned(),
    }
}

pub(super) fn facts() -> AgreementFacts {
    let party = |name: &str, identifier: &str| PartyFacts { name: name.to_owned(), identifier: identifier.to_owned() };
    AgreementFacts {
        home: party("Gemeente Maashorst", "OIN 00000001812345678000"),
        host: party("Waterschap Aa en Maas", "OIN 00000001887654321000"),
        employee: "Noor Verbeek".to_owned(),
        function: "Adviseur groen".to_owned(),
        title: "Een plan voor het stadsbos".to_owned(),
        intended_result: "Een plan waar de raad over kan besluiten.".to_owned(),
        notice_weeks: 4,
        cents_per_hour: Some(5_000),
    }
}

/// A thing in this state for which every guard holds, whoever acts.
fn decide(state: AgreementState, action: AgreementAction, parts: &[Part]) -> Result<AgreementState, Refusal> {
    let planned = placement(PlacementState::Planned, |_| {});
    let now = moment(20);
    let mut it = agreement(state);
    let after = match action {
        AgreementAction::Revise => it.revise(agreement_terms(|_| {}), &planned, parts, now)?,
        AgreementAction::Propose => it.propose(laid_down(), true, parts, now)?,
        AgreementAction::Sign => it.sign(signing(99), parts, now)?,
        AgreementAction::Conclude => {
            let state = LIFECYCLE.step(it.state, action, parts)?;
            it.signatures = vec![signature(Party::Employee), signature(Party::Home)];
            let concluded = it.sign(signing(OWNER), &[Part::Client], now)?;
            assert_eq!(concluded.state, state, "the third signature concludes it");
            concluded
        }
        AgreementAction::Withdraw => it.withdraw(parts, now)?,
        AgreementAction::Supersede => {
            LIFECYCLE.step(it.state, action, parts)?;
            it.supersede(now)?
        }
    };
    Ok(after.state)
}

#[test]
fn every_pair_of_state_and_action_answers_as_the_table_says() {
    walk(&LIFECYCLE, decide);
}
