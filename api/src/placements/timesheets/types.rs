//! Timesheets: what clients send and see.

use chrono::{DateTime, NaiveDate, Utc};
use domain::placements::timesheets::{DayEntry, LIFECYCLE, Timesheet, TimesheetAction, TimesheetLine, TimesheetState};
use domain::{Part, PersonId, PlacementId, TextEnum, TimesheetId, TimesheetLineId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::paging::page_of;

/// Hours of one day
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DayEntryItem {
    /// The day
    #[schema(example = "2027-06-01")]
    date: NaiveDate,
    /// Minutes of work; 0 only in a correction, for a day on which nothing was worked
    #[schema(minimum = 0, maximum = 1440, example = 480)]
    minutes: i64,
    /// What was done
    #[schema(min_length = 1, max_length = 500, example = "Gesprekken met bewoners")]
    note: Option<String>,
}

/// The timesheet of a week
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TimesheetDraft {
    /// The week (ISO 8601)
    #[schema(pattern = "^[0-9]{4}-W[0-9]{2}$", max_length = 8, example = "2027-W22")]
    pub(super) week: String,
    /// The days on which was worked, each at most once
    #[schema(min_items = 1, max_items = 7)]
    pub(super) lines: Vec<DayEntryItem>,
    /// Whether it is submitted at once
    #[serde(default)]
    #[schema(example = true)]
    pub(super) submit: bool,
}

/// The days of a timesheet, written anew; or the days that a correction puts right
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TimesheetLinesInput {
    /// The days, each at most once
    #[schema(min_items = 1, max_items = 7)]
    pub(super) lines: Vec<DayEntryItem>,
}

/// Rejecting a timesheet, with the reason
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TimesheetRejectionDraft {
    /// Why
    #[schema(min_length = 1, max_length = 2000, example = "Donderdag was je er niet.")]
    pub(super) reason: String,
}

/// A line of a timesheet: the hours of one day, or the reversal of those
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TimesheetLine)]
pub struct TimesheetLineView {
    /// Identifies it
    id: TimesheetLineId,
    /// The day
    #[schema(example = "2027-06-01")]
    date: NaiveDate,
    /// Minutes of work; negative in a reversal
    #[schema(minimum = -1440, maximum = 1440, example = 480)]
    minutes: i64,
    /// What was done
    #[schema(max_length = 500, example = "Gesprekken met bewoners")]
    note: Option<String>,
    /// The line that it reverses
    reverses_id: Option<TimesheetLineId>,
}

/// The hours of one placement in one ISO week (urenstaat)
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Timesheet)]
pub struct TimesheetView {
    /// Identifies it
    id: TimesheetId,
    /// The placement
    placement_id: PlacementId,
    /// The week (ISO 8601)
    #[schema(max_length = 8, example = "2027-W22")]
    week: String,
    /// Counts from 1 per placement and week: what follows the first corrects it
    #[schema(minimum = 1, maximum = 1_000_000, example = 1)]
    number: i64,
    /// Whether it corrects an earlier one
    is_correction: bool,
    /// Its lines, by day
    #[schema(max_items = 100)]
    lines: Vec<TimesheetLineView>,
    /// Its minutes, reversals subtracted
    #[schema(minimum = -100_000, maximum = 100_000, example = 480)]
    total_minutes: i64,
    /// Its state
    state: TimesheetState,
    /// Why it was rejected
    #[schema(max_length = 2000, example = "Donderdag was je er niet.")]
    rejection_reason: Option<String>,
    /// Who decided on it
    decided_by_id: Option<PersonId>,
    /// What the caller can do with it now
    #[schema(max_items = 20)]
    legal_actions: Vec<TimesheetAction>,
    /// When it was last submitted
    #[schema(example = "2027-06-04T15:00:00Z")]
    submitted_at: Option<DateTime<Utc>>,
    /// When it was decided on
    #[schema(example = "2027-06-07T09:00:00Z")]
    decided_at: Option<DateTime<Utc>>,
    /// When it was begun
    #[schema(example = "2027-06-04T15:00:00Z")]
    created_at: DateTime<Utc>,
    /// When it last changed
    #[schema(example = "2027-06-07T09:00:00Z")]
    modified_at: DateTime<Utc>,
}

page_of!(
    /// A page of timesheets
    TimesheetPage as TimesheetPage, TimesheetView
);

impl From<DayEntryItem> for DayEntry {
    fn from(item: DayEntryItem) -> Self {
        let DayEntryItem { date, minutes, note } = item;
        Self { day: date, minutes, note }
    }
}

impl TimesheetView {
    /// The timesheet for somebody with these parts; the notes are between employee and host.
    pub(super) fn of(timesheet: Timesheet, parts: &[Part]) -> Self {
        let (total_minutes, is_correction) = (timesheet.minutes(), timesheet.is_correction());
        let Timesheet {
            id,
            revision: _,
            placement,
            week,
            number,
            lines,
            state,
            rejection,
            decided_by,
            submitted_at,
            decided_at,
            created_at,
            modified_at,
        } = timesheet;
        let reads_words = parts.iter().any(|part| matches!(part, Part::Employee | Part::Client));
        let line = |line: TimesheetLine| {
            let TimesheetLine { id, day, minutes, note, reverses } = line;
            TimesheetLineView { id, date: day, minutes, note: note.filter(|_| reads_words), reverses_id: reverses }
        };
        Self {
            id,
            placement_id: placement,
            week: week.to_string(),
            number,
            is_correction,
            lines: lines.into_iter().map(line).collect(),
            total_minutes,
            state,
            rejection_reason: rejection.filter(|_| reads_words),
            decided_by_id: decided_by,
            legal_actions: TimesheetAction::ALL
                .iter()
                .copied()
                .filter(|action| LIFECYCLE.allows(state, *action, parts))
                .collect(),
            submitted_at,
            decided_at,
            created_at,
            modified_at,
        }
    }
}
