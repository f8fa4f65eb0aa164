//! Walks a whole table: every state, every action, every part.

use crate::code::{NOT_ALLOWED, TRANSITION_NOT_LISTED};
use crate::{Lifecycle, Part, Refusal, TextEnum};

/// Asserts for all triples that the decision answers as the rows say. `decide` makes a thing in that state for which
/// every guard holds, takes the action with these parts, and returns the state after.
pub(crate) fn walk<S, A>(lifecycle: &Lifecycle<S, A>, decide: impl Fn(S, A, &[Part]) -> Result<S, Refusal>)
where
    S: TextEnum + std::fmt::Debug,
    A: TextEnum,
{
    for state in S::ALL {
        for action in A::ALL {
            let rows: Vec<_> =
                lifecycle.rows.iter().filter(|row| row.from == *state && row.action == *action).collect();
            assert!(rows.len() <= 1, "{} {}: one row for each pair", state.as_str(), action.as_str());
            for part in Part::ALL {
                let label = format!("{} {} {}", state.as_str(), action.as_str(), part.as_str());
                let result = decide(*state, *action, &[*part]);
                match rows.first() {
                    Some(row) if row.by.contains(part) => {
                        assert_eq!(result.map_err(|refusal| refusal.to_string()), Ok(row.to), "{label}");
                    }
                    Some(_) => assert_eq!(result.unwrap_err().code, &NOT_ALLOWED, "{label}"),
                    None => {
                        let refusal = result.unwrap_err();
                        assert_eq!(refusal.code, &TRANSITION_NOT_LISTED, "{label}");
                        let legal: Vec<_> = refusal.legal.iter().map(|legal| (legal.action, legal.to)).collect();
                        let listed: Vec<_> = lifecycle
                            .rows
                            .iter()
                            .filter(|row| row.from == *state)
                            .map(|row| (row.action.as_str(), row.to.as_str()))
                            .collect();
                        assert_eq!(legal, listed, "{label}");
                    }
                }
            }
        }
    }
    for state in S::ALL {
        let reached = lifecycle.initial.contains(state) || lifecycle.rows.iter().any(|row| row.to == *state);
        assert!(reached, "{}: no row leads to it", state.as_str());
    }
}
