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

    fn into_refusal(self) -> Refusal {
        let names: Vec<&str> = self.0.iter().map(|fault| fault.name.as_str()).collect();
        let detail = format!("See invalidParams for what is allowed: {}.", names.join(", "));
        Refusal { faults: self.0, ..INPUT_INVALID.refuse(detail) }
    }
}
