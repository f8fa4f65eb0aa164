//! Timesheets: the employee writes hours by ISO week, the host approves them, corrections reverse lines.

mod lifecycle;
#[cfg(test)]
mod tests;

pub use lifecycle::{BEGUN_BY, LIFECYCLE, READ_BY, TimesheetAction, TimesheetState};

use chrono::NaiveDate;

use super::codes::{NO_ROOM, NO_TIMESHEET_DUTY, NOTHING_TO_CORRECT, OWN_HOURS, TIMESHEET_EXISTS};
use super::placements::{Placement, PlacementState};
use crate::lifecycle::may_begin;
use crate::{Faults, Moment, Part, PersonId, PlacementId, Refusal, TimesheetId, TimesheetLineId, Week, local_date};

/// A day has this many minutes.
pub const MOST_MINUTES_PER_DAY: i64 = 1440;

/// Hours of one placement in one ISO week (urenstaat). In SETU: Timecard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timesheet {
    /// Identifies it.
    pub id: TimesheetId,
    /// Counts its changes.
    pub revision: i64,
    /// The placement.
    pub placement: PlacementId,
    /// The week.
    pub week: Week,
    /// Counts from 1 per placement and week: what follows the first corrects it.
    pub number: i64,
    /// Its lines, by day.
    pub lines: Vec<TimesheetLine>,
    /// Its state.
    pub state: TimesheetState,
    /// Why it was rejected.
    pub rejection: Option<String>,
    /// Who decided on it.
    pub decided_by: Option<PersonId>,
    /// When it was last submitted.
    pub submitted_at: Option<Moment>,
    /// When it was decided on.
    pub decided_at: Option<Moment>,
    /// When it was begun.
    pub created_at: Moment,
    /// When it last changed.
    pub modified_at: Moment,
}

/// The hours of one day, or the reversal of those.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimesheetLine {
    /// Identifies it.
    pub id: TimesheetLineId,
    /// The day.
    pub day: NaiveDate,
    /// Minutes of work; negative in a reversal.
    pub minutes: i64,
    /// What was done.
    pub note: Option<String>,
    /// The line that it reverses.
    pub reverses: Option<TimesheetLineId>,
}

/// The hours of a day as the employee writes them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayEntry {
    /// The day.
    pub day: NaiveDate,
    /// Minutes of work; 0 only in a correction, for a day on which nothing was worked.
    pub minutes: i64,
    /// What was done.
    pub note: Option<String>,
}

/// What the hours are laid beside when they are submitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    /// Minutes that the arrangement gives in this week.
    pub week: i64,
    /// Minutes of other timesheets on the arrangement in this week.
    pub week_taken: i64,
    /// Minutes of other timesheets of the placement, in all weeks.
    pub placement_taken: i64,
}

/// For what hours are written.
#[derive(Debug, Clone, Copy)]
pub struct Writing<'a> {
    /// The placement.
    pub placement: &'a Placement,
    /// The week.
    pub week: Week,
    /// The other timesheets of the placement in this week.
    pub of_week: &'a [Timesheet],
}

impl Timesheet {
    /// Begins the timesheet of a week.
    pub fn begin(
        id: TimesheetId,
        on: Writing<'_>,
        entries: Vec<DayEntry>,
        line_ids: &mut dyn FnMut() -> TimesheetLineId,
        parts: &[Part],
        now: Moment,
    ) -> Result<Self, Refusal> {
        may_begin("timesheet", BEGUN_BY, parts)?;
        let Writing { placement, week, of_week } = on;
        check_duty(placement, now)?;
        if !of_week.is_empty() {
            return Err(TIMESHEET_EXISTS.refuse("Revise it while it is open; correct it once it is approved."));
        }
        check_entries(placement, week, &entries, 1)?;
        let lines = written(entries, line_ids);
        Ok(Self::new(id, placement, week, 1, lines, now))
    }

    /// Begins a correction: the lines of the days named are reversed, and what was really worked stands instead.
    pub fn correct(
        id: TimesheetId,
        on: Writing<'_>,
        entries: Vec<DayEntry>,
        line_ids: &mut dyn FnMut() -> TimesheetLineId,
        parts: &[Part],
        now: Moment,
    ) -> Result<Self, Refusal> {
        may_begin("timesheet", BEGUN_BY, parts)?;
        let Writing { placement, week, of_week } = on;
        let Some(last) = of_week.iter().max_by_key(|sheet| sheet.number) else {
            return Err(NOTHING_TO_CORRECT.refuse("There is no timesheet of this week."));
        };
        if of_week.iter().any(|sheet| sheet.state.is_pending()) {
            return Err(
                NOTHING_TO_CORRECT.refuse("Finish the timesheet that is not approved yet; it can still be revised.")
            );
        }
        check_entries(placement, week, &entries, 0)?;
        let lines = reversing(of_week, entries, line_ids);
        if lines.is_empty() {
            return Err(NOTHING_TO_CORRECT.refuse("The days named stand as they are written here."));
        }
        Ok(Self::new(id, placement, week, last.number + 1, lines, now))
    }

    fn new(
        id: TimesheetId,
        placement: &Placement,
        week: Week,
        number: i64,
        lines: Vec<TimesheetLine>,
        now: Moment,
    ) -> Self {
        Self {
            id,
            revision: 1,
            placement: placement.id,
            week,
            number,
            lines,
            state: TimesheetState::Open,
            rejection: None,
            decided_by: None,
            submitted_at: None,
            decided_at: None,
            created_at: now,
            modified_at: now,
        }
    }

    /// Writes its days anew.
    pub fn revise(
        self,
        on: Writing<'_>,
        entries: Vec<DayEntry>,
        line_ids: &mut dyn FnMut() -> TimesheetLineId,
        parts: &[Part],
        now: Moment,
    ) -> Result<Self, Refusal> {
        let state = LIFECYCLE.step(self.state, TimesheetAction::Revise, parts)?;
        check_entries(on.placement, self.week, &entries, i64::from(!self.is_correction()))?;
        let lines =
            if self.is_correction() { reversing(on.of_week, entries, line_ids) } else { written(entries, line_ids) };
        Ok(Self { state, lines, rejection: None, modified_at: now, ..self })
    }

    /// Lays it before the host.
    pub fn submit(
        self,
        placement: &Placement,
        allowance: Allowance,
        parts: &[Part],
        now: Moment,
    ) -> Result<Self, Refusal> {
        let state = LIFECYCLE.step(self.state, TimesheetAction::Submit, parts)?;
        if self.lines.iter().any(|line| line.day > local_date(now)) {
            return Err(Refusal::invalid("lines", "must name no day to come"));
        }
        if self.lines.is_empty() {
            return Err(Refusal::invalid("lines", "must name at least one day"));
        }
        let minutes = self.minutes();
        let Allowance { week, week_taken, placement_taken } = allowance;
        if minutes > 0 && week_taken + minutes > week {
            return Err(NO_ROOM.refuse(format!(
                "In {} the arrangement gives {week} minutes and {week_taken} are written elsewhere: {minutes} more do not fit.",
                self.week
            )));
        }
        let agreed = placement.agreed_minutes();
        if minutes > 0 && placement_taken + minutes > agreed {
            return Err(NO_ROOM.refuse(format!(
                "{agreed} minutes are agreed for the placement and {placement_taken} are written: {minutes} more do not fit."
            )));
        }
        Ok(Self { state, submitted_at: Some(now), modified_at: now, ..self })
    }

    /// Takes it back before the host decides.
    pub fn recall(self, parts: &[Part], now: Moment) -> Result<Self, Refusal> {
        let state = LIFECYCLE.step(self.state, TimesheetAction::Recall, parts)?;
        Ok(Self { state, modified_at: now, ..self })
    }

    /// The host approves; nobody their own (invariant 6).
    pub fn approve(self, by: PersonId, worker: PersonId, parts: &[Part], now: Moment) -> Result<Self, Refusal> {
        let state = LIFECYCLE.step(self.state, TimesheetAction::Approve, parts)?;
        check_others(by, worker)?;
        Ok(Self { state, decided_by: Some(by), decided_at: Some(now), modified_at: now, ..self })
    }

    /// The host rejects it, and says why.
    pub fn reject(
        self,
        reason: String,
        by: PersonId,
        worker: PersonId,
        parts: &[Part],
        now: Moment,
    ) -> Result<Self, Refusal> {
        let state = LIFECYCLE.step(self.state, TimesheetAction::Reject, parts)?;
        check_others(by, worker)?;
        Ok(Self {
            state,
            rejection: Some(reason),
            decided_by: Some(by),
            decided_at: Some(now),
            modified_at: now,
            ..self
        })
    }

    /// Notes that all of its lines stand in statements.
    pub fn charge(self, now: Moment) -> Result<Self, Refusal> {
        let state = LIFECYCLE.step(self.state, TimesheetAction::Charge, &[Part::Service])?;
        Ok(Self { state, modified_at: now, ..self })
    }

    /// Notes that a line does not stand in a statement any more.
    pub fn uncharge(self, now: Moment) -> Result<Self, Refusal> {
        let state = LIFECYCLE.step(self.state, TimesheetAction::Uncharge, &[Part::Service])?;
        Ok(Self { state, modified_at: now, ..self })
    }

    /// Whether it corrects an earlier one.
    pub fn is_correction(&self) -> bool {
        self.number > 1
    }

    /// Its minutes, reversals subtracted.
    pub fn minutes(&self) -> i64 {
        self.lines.iter().map(|line| line.minutes).sum()
    }
}

/// The lines that stand: written in a timesheet that is settled, and reversed by none.
pub fn standing(of_week: &[Timesheet]) -> impl Iterator<Item = &TimesheetLine> {
    let settled = || of_week.iter().filter(|sheet| sheet.state.is_settled()).flat_map(|sheet| &sheet.lines);
    settled().filter(move |line| line.reverses.is_none() && !settled().any(|other| other.reverses == Some(line.id)))
}

fn written(entries: Vec<DayEntry>, line_ids: &mut dyn FnMut() -> TimesheetLineId) -> Vec<TimesheetLine> {
    let mut entries = entries;
    entries.sort_by_key(|entry| entry.day);
    entries
        .into_iter()
        .map(|DayEntry { day, minutes, note }| TimesheetLine { id: line_ids(), day, minutes, note, reverses: None })
        .collect()
}

/// Reversals of what stands on the days named where it differs, and the days as they really were.
fn reversing(
    settled: &[Timesheet],
    entries: Vec<DayEntry>,
    line_ids: &mut dyn FnMut() -> TimesheetLineId,
) -> Vec<TimesheetLine> {
    let mut entries = entries;
    entries.sort_by_key(|entry| entry.day);
    let mut lines = Vec::new();
    for DayEntry { day, minutes, note } in entries {
        let before: Vec<&TimesheetLine> = standing(settled).filter(|line| line.day == day).collect();
        if before.iter().map(|line| line.minutes).sum::<i64>() == minutes {
            continue;
        }
        for line in before {
            let reverses = Some(line.id);
            lines.push(TimesheetLine { id: line_ids(), day, minutes: -line.minutes, note: None, reverses });
        }
        if minutes > 0 {
            lines.push(TimesheetLine { id: line_ids(), day, minutes, note, reverses: None });
        }
    }
    lines
}

fn check_duty(placement: &Placement, now: Moment) -> Result<(), Refusal> {
    if !placement.has_timesheets() {
        return Err(NO_TIMESHEET_DUTY.refuse("Nothing is paid for this work, or it stays inside one organisation."));
    }
    let state = placement.clone().as_of(now).state;
    if !(state == PlacementState::Running || state.is_over()) {
        return Err(NO_TIMESHEET_DUTY.refuse("Hours are written from the first day of the placement on."));
    }
    Ok(())
}

fn check_others(by: PersonId, worker: PersonId) -> Result<(), Refusal> {
    if by == worker {
        return Err(OWN_HOURS.refuse("Somebody else of the host organisation decides on them."));
    }
    Ok(())
}

fn check_entries(placement: &Placement, week: Week, entries: &[DayEntry], least: i64) -> Result<(), Refusal> {
    let (first, last) = (placement.period().start, placement.last_day());
    let mut faults = Faults::default();
    for (index, entry) in entries.iter().enumerate() {
        let field = |name: &str| format!("lines.{index}.{name}");
        // What was approved before an appointment made its day fall outside can still be taken back.
        let taken_back = least == 0 && entry.minutes == 0;
        let in_placement = first <= entry.day && entry.day <= last;
        let inside = week.contains(entry.day) && (in_placement || taken_back);
        let reason = format!("must lie in {week} and in the placement, {first} to {last}");
        faults.unless(inside, &field("date"), &reason);
        let twice = entries.iter().take(index).any(|other| other.day == entry.day);
        faults.unless(!twice, &field("date"), "must name each day at most once");
        let reason = format!("must be {least} to {MOST_MINUTES_PER_DAY}");
        faults.unless((least..=MOST_MINUTES_PER_DAY).contains(&entry.minutes), &field("minutes"), &reason);
    }
    faults.finish()
}
