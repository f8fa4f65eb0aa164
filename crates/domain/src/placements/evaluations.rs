//! Evaluations: what a placement brought, seen by each of the three parties.

use super::codes::{EVALUATION_EXISTS, PLACEMENT_NOT_READY};
use super::placements::Placement;
use super::secondment_agreements::Party;
use crate::lifecycle::may_begin;
use crate::{EvaluationId, Moment, Part, PersonId, PlacementId, Refusal, text_enum};

text_enum! {
    /// Whether the intended result was reached
    ResultReached {
        Fully = "FULLY", "Fully", "Helemaal";
        Partly = "PARTLY", "Partly", "Deels";
        NotReached = "NOT_REACHED", "Not reached", "Niet bereikt";
    }
}

/// What one party makes of a placement (evaluatie). It stays as it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evaluation {
    /// Identifies it.
    pub id: EvaluationId,
    /// The placement.
    pub placement: PlacementId,
    /// Whose view it is.
    pub party: Party,
    /// Who gave it.
    pub by: PersonId,
    /// What they say.
    pub content: EvaluationContent,
    /// When.
    pub created_at: Moment,
}

/// What a party says of a placement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvaluationContent {
    /// Whether the intended result was reached.
    pub result: ResultReached,
    /// What was learned.
    pub learned: Option<String>,
    /// What comes back to the home organisation.
    pub brought_back: Option<String>,
    /// What it did to the department that lent somebody.
    pub effect_on_department: Option<String>,
    /// Whether the department needed somebody instead.
    pub backfill_needed: Option<bool>,
}

/// Who evaluates: each party to the placement.
pub const GIVEN_BY: &[Part] = &[Part::Employee, Part::Client, Part::HomeManager];

/// Who gives an evaluation, beside those that were given.
#[derive(Debug, Clone, Copy)]
pub struct Giving<'a> {
    /// Who gives it.
    pub by: PersonId,
    /// Those that are there.
    pub given: &'a [Evaluation],
}

impl Evaluation {
    /// A party says what it makes of a placement that is over.
    pub fn give(
        id: EvaluationId,
        placement: &Placement,
        content: EvaluationContent,
        giving: Giving<'_>,
        parts: &[Part],
        now: Moment,
    ) -> Result<Self, Refusal> {
        may_begin("evaluation", GIVEN_BY, parts)?;
        if !placement.clone().as_of(now).state.is_over() {
            return Err(PLACEMENT_NOT_READY.refuse("A placement is evaluated when the work is over."));
        }
        let party = if parts.contains(&Part::Employee) {
            Party::Employee
        } else if parts.contains(&Part::Client) {
            Party::Host
        } else {
            Party::Home
        };
        if giving.given.iter().any(|evaluation| evaluation.party == party) {
            return Err(EVALUATION_EXISTS.refuse("Each party gives one evaluation, and it stays."));
        }
        Ok(Self { id, placement: placement.id, party, by: giving.by, content, created_at: now })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::TextEnum;
    use crate::market::fixtures::{EMPLOYEE, id};
    use crate::placements::fixtures::{noon, placement};
    use crate::placements::placements::PlacementState;

    fn give(state: PlacementState, given: &[Evaluation], parts: &[Part], now: &str) -> Result<Evaluation, Refusal> {
        let content = EvaluationContent {
            result: ResultReached::Fully,
            learned: Some("Hoe een raad beslist".to_owned()),
            brought_back: None,
            effect_on_department: None,
            backfill_needed: None,
        };
        let giving = Giving { by: id(EMPLOYEE), given };
        Evaluation::give(id(1300), &placement(state, |_| {}), content, giving, parts, noon(now))
    }

    #[test]
    fn each_party_evaluates_once_and_nobody_else_does() {
        for part in Part::ALL {
            let given = give(PlacementState::Returned, &[], &[*part], "2027-01-05");
            let party = match part {
                Part::Employee => Party::Employee,
                Part::Client => Party::Host,
                Part::HomeManager => Party::Home,
                _ => {
                    assert_eq!(given.unwrap_err().code.name, "not_allowed", "{part}");
                    continue;
                }
            };
            let given = given.unwrap();
            assert_eq!((given.party, given.placement), (party, id(700)));
            let again = give(PlacementState::Returned, std::slice::from_ref(&given), &[*part], "2027-01-05");
            assert_eq!(again.unwrap_err().code.name, "evaluation_exists", "{part}");
            let other = if party == Party::Host { Part::Employee } else { Part::Client };
            assert!(give(PlacementState::Returned, &[given], &[other], "2027-01-05").is_ok());
        }
    }

    #[test]
    fn a_placement_is_evaluated_when_the_work_is_over() {
        for state in PlacementState::ALL {
            let given = give(*state, &[], &[Part::Employee], "2026-10-01");
            match given {
                Ok(_) => assert!(state.is_over(), "{state}"),
                Err(refusal) => assert_eq!((state.is_over(), refusal.code.name), (false, "placement_not_ready")),
            }
        }
        let past_its_last_day = give(PlacementState::Running, &[], &[Part::Employee], "2027-01-01");
        assert!(past_its_last_day.is_ok(), "also when the clock has not run");
    }
}
