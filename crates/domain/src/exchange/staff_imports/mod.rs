//! Staff imports: one staff file, from what it would do to what it did.

mod deciding;
mod lifecycle;
mod planning;
#[cfg(test)]
mod tests;

pub use deciding::Against;
pub use lifecycle::{LIFECYCLE, StaffImportAction, StaffImportState};
pub use planning::{Item, Plan, RowResult, plan, settle};

use super::staff_feeds::StaffLimits;
use super::staff_mapping::StaffField;
use crate::{Moment, OrganisationId, PersonId, StaffImportId, text_enum};

text_enum! {
    /// Whether a staff file is applied
    StaffImportMode {
        DryRun = "DRY_RUN", "Only tell what would happen", "Alleen vertellen wat er zou gebeuren";
        Apply = "APPLY", "Apply it", "Overnemen";
    }
}

text_enum! {
    /// What a row of a staff file does
    StaffRowOutcome {
        Create = "CREATE", "Somebody new", "Een nieuwe medewerker";
        Update = "UPDATE", "Somebody changes", "Een medewerker wijzigt";
        Deactivate = "DEACTIVATE", "Somebody leaves: the file says so, or they are missing from it", "Een medewerker vertrekt: dat staat in het bestand, of er staat niets meer";
        Reactivate = "REACTIVATE", "Somebody comes back", "Een medewerker komt terug";
        Unchanged = "UNCHANGED", "Nothing", "Niets";
        Rejected = "REJECTED", "The row is not taken, and nothing happens to whom it is about", "De rij is niet overgenomen, en er gebeurt niets met wie het betreft";
    }
}

text_enum! {
    /// What a staff file does more of than is allowed unseen
    StaffThreshold {
        Deactivations = "DEACTIVATIONS", "More people leave than is allowed unseen", "Er vertrekken meer mensen dan ongezien mag";
        Creations = "CREATIONS", "More people come than is allowed unseen", "Er komen meer mensen dan ongezien mag";
    }
}

/// How long a file waits for somebody to decide.
pub const DAYS_TO_DECIDE: i64 = 14;
/// How long the results of a file can be read.
pub const DAYS_OF_RESULTS: i64 = 30;
/// How often a chunk is tried.
pub const MOST_ATTEMPTS: i64 = 20;

/// A staff file that came in.
#[derive(Debug, Clone, PartialEq)]
pub struct StaffImport {
    /// Identifies it.
    pub id: StaffImportId,
    /// Counts its changes.
    pub revision: i64,
    /// Whose staff.
    pub organisation: OrganisationId,
    /// Whether it is applied.
    pub mode: StaffImportMode,
    /// Its state.
    pub state: StaffImportState,
    /// What tells the same file again, read in the same way.
    pub fingerprint: String,
    /// When the HR system made it.
    pub generated_at: Option<Moment>,
    /// Whether it was said to be the first one.
    pub first_load: bool,
    /// The fields that it speaks of.
    pub fields: Vec<StaffField>,
    /// How many rows it has.
    pub rows: i64,
    /// How many employees there were.
    pub employees_before: i64,
    /// What was too much at once.
    pub limits: StaffLimits,
    /// What it would do.
    pub planned: Outcomes,
    /// What it did.
    pub applied: Outcomes,
    /// In how many chunks it is applied.
    pub chunks: i64,
    /// How many of them are.
    pub chunks_applied: i64,
    /// Who sent it; nobody where a system did so for itself.
    pub submitted_by: Option<PersonId>,
    /// Who decided.
    pub decided_by: Option<PersonId>,
    /// When.
    pub decided_at: Option<Moment>,
    /// Why it was rejected.
    pub reason: Option<String>,
    /// How often the present chunk was tried.
    pub attempts: i64,
    /// Until when somebody works on it.
    pub leased_until: Option<Moment>,
    /// When it was over.
    pub finished_at: Option<Moment>,
    /// Until when its results can be read.
    pub results_until: Moment,
    /// When it came in.
    pub created_at: Moment,
    /// When it last changed.
    pub modified_at: Moment,
}

/// How many rows did what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct Outcomes {
    /// Somebody new.
    pub create: i64,
    /// Somebody changes.
    pub update: i64,
    /// Somebody leaves.
    pub deactivate: i64,
    /// Somebody comes back.
    pub reactivate: i64,
    /// Nothing.
    pub unchanged: i64,
    /// Not taken.
    pub rejected: i64,
}

impl Outcomes {
    /// Counts these rows.
    pub fn of(results: &[RowResult]) -> Self {
        let mut counted = Self::default();
        for result in results {
            *counted.place(result.outcome) += 1;
        }
        counted
    }

    /// How many rows did this.
    pub fn count(&self, outcome: StaffRowOutcome) -> i64 {
        let mut copy = *self;
        *copy.place(outcome)
    }

    /// The rows that have nothing to do.
    #[must_use]
    pub fn idle(self) -> Self {
        Self { unchanged: self.unchanged, rejected: self.rejected, ..Self::default() }
    }

    fn place(&mut self, outcome: StaffRowOutcome) -> &mut i64 {
        match outcome {
            StaffRowOutcome::Create => &mut self.create,
            StaffRowOutcome::Update => &mut self.update,
            StaffRowOutcome::Deactivate => &mut self.deactivate,
            StaffRowOutcome::Reactivate => &mut self.reactivate,
            StaffRowOutcome::Unchanged => &mut self.unchanged,
            StaffRowOutcome::Rejected => &mut self.rejected,
        }
    }

    /// Both together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            create: self.create + other.create,
            update: self.update + other.update,
            deactivate: self.deactivate + other.deactivate,
            reactivate: self.reactivate + other.reactivate,
            unchanged: self.unchanged + other.unchanged,
            rejected: self.rejected + other.rejected,
        }
    }
}
