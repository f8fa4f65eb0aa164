//! Why the domain says no, without a word of HTTP.

use crate::code::{Code, INPUT_INVALID, NOT_ALLOWED, NOT_FOUND};
use crate::lifecycle::Legal;

/// The kinds of refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The input breaks a rule; sent again unchanged it is refused again.
    Invalid,
    /// The caller may see the thing and may not do this with it.
    Forbidden,
    /// The caller may not know of the thing: it answers as if it were not there.
    Hidden,
    /// The state of the thing forbids it.
    Conflict,
}

/// A refusal: the rule that was broken and what is allowed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}: {detail}", code.name)]
pub struct Refusal {
    /// The reason.
    pub code: &'static Code,
    /// What is wrong here and what is allowed, for the developer who reads it.
    pub detail: String,
    /// The faults per field; all of them at once.
    pub faults: Vec<Fault>,
    /// The transitions that are possible instead.
    pub legal: Vec<Legal>,
}

impl Refusal {
    /// The caller may see it, and may not do this.
    pub fn forbidden(detail: impl Into<String>) -> Self {
        NOT_ALLOWED.refuse(detail)
    }

    /// The caller may not know of it.
    pub fn hidden(noun: &str) -> Self {
        NOT_FOUND.refuse(format!("There is no {noun} with this id that you may know of."))
    }

    /// The same, naming the field it is about.
    #[must_use]
    pub fn naming(mut self, field: &str, reason: impl Into<String>) -> Self {
        self.faults.push(Fault { name: field.to_owned(), reason: reason.into() });
        self
    }

    /// One field is at fault.
    pub fn invalid(field: &str, reason: impl Into<String>) -> Self {
        let mut faults = Faults::default();
        faults.add(field, reason);
        faults.into_refusal()
    }
}

/// What is wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The field as the client named it: `period.start`, `requiredSkills.0.level`.
    pub name: String,
    /// What is allowed, as a sentence with "must".
    pub reason: String,
}

/// Collects what is wrong, so that a client hears all of it at once.
#[derive(Debug, Default)]
pub struct Faults(Vec<Fault>);

impl Faults {
    /// Notes a fault.
    pub fn add(&mut self, field: &str, reason: impl Into<String>) {
        self.0.push(Fault { name: field.to_owned(), reason: reason.into() });
    }

    /// Notes a fault unless the rule holds.
    pub fn unless(&mut self, holds: bool, field: &str, reason: &str) {
        if !holds {
            self.add(field, reason);
        }
    }

    /// Nothing was wrong, or a refusal with everything that was.
    pub fn finish(self) -> Result<(), Refusal> {
        if self.0.is_empty() { Ok(()) } else { Err(self.into_refusal()) }
    }

    /// The outcome, unless something was wrong before; where the outcome names faults too, all of them at once.
    pub fn and<T>(mut self, outcome: Result<T, Refusal>) -> Result<T, Refusal> {
        match outcome {
            Err(refusal) if refusal.faults.is_empty() => Err(refusal),
            Err(refusal) => {
                for fault in refusal.faults {
                    if !self.0.contains(&fault) {
                        self.0.push(fault);
                    }
                }
                Err(self.into_refusal())
            }
            Ok(value) => self.finish().map(|()| value),
        }
    }

    fn into_refusal(self) -> Refusal {
        let names: Vec<&str> = self.0.iter().map(|fault| fault.name.as_str()).collect();
        let detail = format!("See invalidParams for what is allowed: {}.", names.join(", "));
        Refusal { faults: self.0, ..INPUT_INVALID.refuse(detail) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_found_in_two_places_are_told_together() {
        let faults = |fields: &[&str]| {
            let mut faults = Faults::default();
            fields.iter().for_each(|field| faults.add(field, "must be something else"));
            faults
        };
        let names = |refusal: Refusal| refusal.faults.into_iter().map(|fault| fault.name).collect::<Vec<_>>();
        assert_eq!(faults(&[]).and(Ok(7)), Ok(7));
        assert_eq!(names(faults(&["a"]).and(Ok(7)).unwrap_err()), ["a"]);
        let later: Result<(), _> = faults(&["b", "a"]).finish();
        assert_eq!(names(faults(&["a"]).and(later).unwrap_err()), ["a", "b"]);
        let other: Result<(), _> = Err(Refusal::forbidden("No."));
        assert_eq!(faults(&["a"]).and(other.clone()), other, "who may not do it hears only that");
    }
}
