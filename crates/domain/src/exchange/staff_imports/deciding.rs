//! Whether a file is taken, waits for somebody, or is applied.

use super::{
    DAYS_OF_RESULTS, DAYS_TO_DECIDE, LIFECYCLE, MOST_ATTEMPTS, Outcomes, Plan, StaffImport, StaffImportAction as Do,
    StaffImportMode as Mode, StaffImportState as Is, StaffThreshold,
};
use crate::exchange::codes::{
    STAFF_CHANGED_SINCE, STAFF_FILE_OLDER, STAFF_FILE_REPEATED, STAFF_FILE_SHRUNK, STAFF_IMPORT_NOT_FIRST,
    STAFF_IMPORT_UNDER_WAY,
};
use crate::{Moment, Part, PersonId, Refusal};
use chrono::TimeDelta;

/// How far the clock of another system may be ahead.
const CLOCK_SKEW: TimeDelta = TimeDelta::minutes(5);

/// The imports that a new one is held against.
#[derive(Debug, Clone, Copy, Default)]
pub struct Against<'i> {
    /// The last one that was applied.
    pub applied: Option<&'i StaffImport>,
    /// The one that is under way or waits.
    pub open: Option<&'i StaffImport>,
}

impl StaffImport {
    /// Holds a new file against those before it: it is not the same again, not older, not much smaller, and nothing else
    /// is being applied. `self` is what it would become.
    pub fn receive(self, against: Against<'_>, now: Moment) -> Result<Self, Refusal> {
        if self.generated_at.is_some_and(|made| made > now + CLOCK_SKEW) {
            return Err(Refusal::invalid("generatedAt", "must not lie in the future"));
        }
        if self.mode == Mode::Apply
            && let Some(open) = against.open.filter(|open| open.state == Is::Applying)
        {
            let detail = format!("Import {} is being applied: wait until it is finished.", open.id);
            return Err(STAFF_IMPORT_UNDER_WAY.refuse(detail));
        }
        let Some(last) = against.applied else { return Ok(self) };
        if self.first_load {
            let detail = format!("firstLoad must be false: import {} was applied before.", last.id);
            return Err(STAFF_IMPORT_NOT_FIRST.refuse(detail));
        }
        match (self.generated_at, last.generated_at) {
            (None, Some(_)) => {
                return Err(Refusal::invalid(
                    "generatedAt",
                    "must be given: it was given with the last file that was applied",
                ));
            }
            (Some(made), Some(before)) if made < before => {
                let detail = format!(
                    "The file of import {} was made at {}: send one that was made later.",
                    last.id,
                    before.to_rfc3339()
                );
                return Err(STAFF_FILE_OLDER.refuse(detail));
            }
            _ => {}
        }
        let is_later = self.generated_at.is_some() && self.generated_at > last.generated_at;
        if self.mode == Mode::Apply && self.fingerprint == last.fingerprint && !is_later {
            let detail = format!(
                "Import {} applied this very file: send a newer one, or say with generatedAt that it was made anew.",
                last.id
            );
            return Err(STAFF_FILE_REPEATED.refuse(detail));
        }
        let least = self.limits.rows(last.rows);
        if self.rows < least {
            let detail = format!(
                "The file has {} rows and the last one that was applied had {}: there must be at least {least}. An administrator can set minimumRowsPercent of the staff-feed.",
                self.rows, last.rows
            );
            return Err(STAFF_FILE_SHRUNK.refuse(detail));
        }
        Ok(self)
    }

    /// Takes up what the file does: it was only tried, waits for somebody, is to be applied, or has nothing to do.
    #[must_use]
    pub fn planned(self, plan: &Plan, chunks: i64, now: Moment) -> Self {
        let mut import = Self { planned: plan.outcomes, employees_before: plan.employees, chunks, ..self };
        import.state = match import.mode {
            Mode::DryRun => Is::Checked,
            Mode::Apply if !import.exceeded().is_empty() => Is::AwaitingApproval,
            Mode::Apply if chunks == 0 => Is::Applied,
            Mode::Apply => Is::Applying,
        };
        if matches!(import.state, Is::Applying | Is::Applied) {
            import.applied = import.planned.idle();
        }
        if matches!(import.state, Is::Checked | Is::Applied) {
            import.finished_at = Some(now);
        }
        let days = if import.state == Is::AwaitingApproval { DAYS_TO_DECIDE } else { 0 };
        import.results_until = now + TimeDelta::days(DAYS_OF_RESULTS + days);
        import
    }

    /// What the file does more of than is allowed unseen.
    pub fn exceeded(&self) -> Vec<StaffThreshold> {
        let many = [
            (StaffThreshold::Deactivations, self.planned.deactivate > self.limits.deactivations(self.employees_before)),
            (
                StaffThreshold::Creations,
                !self.first_load && self.planned.create > self.limits.creations(self.employees_before),
            ),
        ];
        many.into_iter().filter(|(_, is_exceeded)| *is_exceeded).map(|(threshold, _)| threshold).collect()
    }

    /// An administrator lets it be applied as it was shown. The staff may be another one by now: what it does to that is
    /// `plan`, and it may not do more than was shown.
    pub fn approve(self, plan: &Plan, chunks: i64, by: PersonId, parts: &[Part], now: Moment) -> Result<Self, Refusal> {
        let state = LIFECYCLE.step(self.state, Do::Approve, parts)?;
        let (seen, found) = (self.planned, plan.outcomes);
        if found.deactivate > seen.deactivate || found.create > seen.create {
            return Err(STAFF_CHANGED_SINCE.refuse(format!(
                "It would now let {} people go and {} come, instead of {} and {}: reject it and send a new file.",
                found.deactivate, found.create, seen.deactivate, seen.create
            )));
        }
        let import = Self { state, planned: found, applied: found.idle(), chunks, ..self };
        let import = Self { decided_by: Some(by), decided_at: Some(now), modified_at: now, ..import };
        if chunks == 0 { import.finish(now) } else { Ok(import) }
    }

    /// An administrator does not let it be applied.
    pub fn reject(self, reason: Option<String>, by: PersonId, parts: &[Part], now: Moment) -> Result<Self, Refusal> {
        let import = self.over(Do::Reject, parts, now)?;
        Ok(Self { reason, decided_by: Some(by), decided_at: Some(now), ..import })
    }

    /// A newer file is taken.
    pub fn supersede(self, now: Moment) -> Result<Self, Refusal> {
        self.over(Do::Supersede, &[Part::Service], now)
    }

    /// Nobody decided in time.
    pub fn expire(self, now: Moment) -> Result<Self, Refusal> {
        self.over(Do::Expire, &[Part::Clock], now)
    }

    /// Whether it waited long enough.
    pub fn is_expired(&self, now: Moment) -> bool {
        self.state == Is::AwaitingApproval && self.created_at + TimeDelta::days(DAYS_TO_DECIDE) <= now
    }

    /// Everything was applied.
    pub fn finish(self, now: Moment) -> Result<Self, Refusal> {
        self.over(Do::Finish, &[Part::Service], now)
    }

    /// A chunk was applied: its rows did what they did.
    pub fn applied_chunk(self, did: Outcomes, now: Moment) -> Result<Self, Refusal> {
        let import = Self {
            applied: self.applied.and(did),
            chunks_applied: self.chunks_applied + 1,
            attempts: 0,
            modified_at: now,
            ..self
        };
        if import.chunks_applied >= import.chunks { import.finish(now) } else { Ok(import) }
    }

    /// A chunk could not be applied. It is tried again, each time a little later, and given up in the end.
    pub fn stumbled(self, now: Moment) -> Result<Self, Refusal> {
        let attempts = self.attempts + 1;
        let pause = TimeDelta::seconds(5 * attempts * attempts);
        let import = Self { attempts, leased_until: Some(now + pause), modified_at: now, ..self };
        if attempts < MOST_ATTEMPTS { Ok(import) } else { import.over(Do::Fail, &[Part::Service], now) }
    }

    fn over(self, action: Do, parts: &[Part], now: Moment) -> Result<Self, Refusal> {
        let state = LIFECYCLE.step(self.state, action, parts)?;
        let results_until = now + TimeDelta::days(DAYS_OF_RESULTS);
        Ok(Self { state, finished_at: Some(now), leased_until: None, results_until, modified_at: now, ..self })
    }
}
