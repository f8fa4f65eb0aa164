//! Lifecycles as data: the rows that the API publishes are the rows that decide.

use crate::code::{NOT_ALLOWED, TRANSITION_NOT_LISTED};
use crate::{Part, Refusal, TextEnum};

/// One row: who may take it from which state to which, under which condition, with which effect.
#[derive(Debug)]
pub struct Transition<S: 'static, A: 'static> {
    /// The state before.
    pub from: S,
    /// What is done.
    pub action: A,
    /// The state after.
    pub to: S,
    /// Who may do it.
    pub by: &'static [Part],
    /// What else must hold; empty where nothing else.
    pub guard: &'static str,
    /// What it causes besides the state; empty where nothing.
    pub effect: &'static str,
}

/// All rows of one kind of thing.
#[derive(Debug)]
pub struct Lifecycle<S: 'static, A: 'static> {
    /// The noun, in the plural: the path segment of the thing.
    pub name: &'static str,
    /// The states a new one may have.
    pub initial: &'static [S],
    /// The rows.
    pub rows: &'static [Transition<S, A>],
}

/// A row of a table, in one line.
pub(crate) const fn row<S, A>(
    from: S,
    action: A,
    to: S,
    by: &'static [Part],
    guard: &'static str,
    effect: &'static str,
) -> Transition<S, A> {
    Transition { from, action, to, by, guard, effect }
}

/// Whether one of these parts may begin such a thing: what a table says of the first state.
pub(crate) fn may_begin(noun: &str, by: &[Part], parts: &[Part]) -> Result<(), Refusal> {
    if by.iter().any(|part| parts.contains(part)) {
        return Ok(());
    }
    let by: Vec<&str> = by.iter().map(|part| part.as_str()).collect();
    Err(NOT_ALLOWED.refuse(format!("A new {noun} is made by: {}.", by.join(", "))))
}

/// A transition that is possible from the present state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Legal {
    /// What can be done.
    pub action: &'static str,
    /// Where it leads.
    pub to: &'static str,
}

impl<S: TextEnum, A: TextEnum> Lifecycle<S, A> {
    /// The state after `action`, if a row lists it for one of these parts.
    pub fn step(&self, from: S, action: A, parts: &[Part]) -> Result<S, Refusal> {
        let mut rows = self.rows.iter().filter(|row| row.from == from && row.action == action).peekable();
        if rows.peek().is_none() {
            return Err(self.not_listed(from, action));
        }
        rows.find(|row| row.by.iter().any(|part| parts.contains(part))).map(|row| row.to).ok_or_else(|| {
            let by: Vec<&str> = self.rows_of(from, action).flat_map(|row| row.by).map(|part| part.as_str()).collect();
            NOT_ALLOWED.refuse(format!("{} is done by: {}.", action.as_str(), by.join(", ")))
        })
    }

    /// Whether this action is listed from this state for one of these parts.
    pub fn allows(&self, from: S, action: A, parts: &[Part]) -> bool {
        self.rows_of(from, action).any(|row| row.by.iter().any(|part| parts.contains(part)))
    }

    /// The rows without their types, to publish them.
    pub fn describe(&self) -> LifecycleDescription {
        LifecycleDescription {
            name: self.name,
            states: S::ALL.iter().map(|state| state.as_str()).collect(),
            initial: self.initial.iter().map(|state| state.as_str()).collect(),
            transitions: self
                .rows
                .iter()
                .map(|row| TransitionDescription {
                    from: row.from.as_str(),
                    action: row.action.as_str(),
                    to: row.to.as_str(),
                    by: row.by,
                    guard: row.guard,
                    effect: row.effect,
                })
                .collect(),
        }
    }

    fn rows_of(&self, from: S, action: A) -> impl Iterator<Item = &'static Transition<S, A>> {
        self.rows.iter().filter(move |row| row.from == from && row.action == action)
    }

    fn not_listed(&self, from: S, action: A) -> Refusal {
        let legal: Vec<Legal> = self
            .rows
            .iter()
            .filter(|row| row.from == from)
            .map(|row| Legal { action: row.action.as_str(), to: row.to.as_str() })
            .collect();
        let detail =
            format!("{} is not possible from {}; legalTransitions lists what is.", action.as_str(), from.as_str());
        Refusal { legal, ..TRANSITION_NOT_LISTED.refuse(detail) }
    }
}

/// A lifecycle without its types.
#[derive(Debug, Clone)]
pub struct LifecycleDescription {
    /// The noun, in the plural.
    pub name: &'static str,
    /// All states.
    pub states: Vec<&'static str>,
    /// The states a new one may have.
    pub initial: Vec<&'static str>,
    /// The rows.
    pub transitions: Vec<TransitionDescription>,
}

/// A row without its types.
#[derive(Debug, Clone)]
pub struct TransitionDescription {
    /// The state before.
    pub from: &'static str,
    /// What is done.
    pub action: &'static str,
    /// The state after.
    pub to: &'static str,
    /// Who may do it.
    pub by: &'static [Part],
    /// What else must hold.
    pub guard: &'static str,
    /// What it causes besides the state.
    pub effect: &'static str,
}
