//! Availability on the own profile: what clients send and see.

use chrono::{DateTime, NaiveDate, Utc};
use domain::profiles::availabilities::{Availability, AvailabilityPattern, AvailabilityTerms};
use domain::{AvailabilityId, Weekday};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::paging::page_of;
use crate::patch::{Patched, present, set};

/// When one is available
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AvailabilityDraft {
    /// The shape
    pattern: AvailabilityPattern,
    /// Minutes per week; may be left out only for AD_HOC
    #[schema(minimum = 60, maximum = 2400, example = 480)]
    minutes_per_week: Option<i64>,
    /// On which days; any day where empty
    #[serde(default)]
    #[schema(max_items = 7)]
    weekdays: Vec<Weekday>,
    /// From which day; needed for BLOCK_OF_MONTHS
    #[schema(example = "2027-04-01")]
    start_date: Option<NaiveDate>,
    /// Until which day, that day included; needed for BLOCK_OF_MONTHS
    #[schema(example = "2027-10-01")]
    end_date: Option<NaiveDate>,
    /// How far from home, in kilometres
    #[schema(minimum = 0, maximum = 1000, example = 30)]
    max_distance_kilometres: Option<i64>,
    /// Whether it can be done from elsewhere
    #[serde(default)]
    #[schema(example = true)]
    remote: bool,
}

/// What changes in an availability: what is left out stays, null clears
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AvailabilityPatch {
    /// The shape
    #[schema(nullable = false)]
    pattern: Option<AvailabilityPattern>,
    /// Minutes per week
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<i64>, minimum = 60, maximum = 2400, example = 480)]
    minutes_per_week: Patched<i64>,
    /// On which days; any day where empty
    #[schema(nullable = false, max_items = 7)]
    weekdays: Option<Vec<Weekday>>,
    /// From which day
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<NaiveDate>, example = "2027-04-01")]
    start_date: Patched<NaiveDate>,
    /// Until which day, that day included
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<NaiveDate>, example = "2027-10-01")]
    end_date: Patched<NaiveDate>,
    /// How far from home, in kilometres
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<i64>, minimum = 0, maximum = 1000, example = 30)]
    max_distance_kilometres: Patched<i64>,
    /// Whether it can be done from elsewhere
    #[schema(nullable = false, example = true)]
    remote: Option<bool>,
}

/// When somebody is available (beschikbaarheid)
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Availability)]
pub struct AvailabilityView {
    /// Identifies it
    id: AvailabilityId,
    /// The shape
    pattern: AvailabilityPattern,
    /// Minutes per week
    #[schema(minimum = 60, maximum = 2400, example = 480)]
    minutes_per_week: Option<i64>,
    /// On which days; any day where empty
    #[schema(max_items = 7)]
    weekdays: Vec<Weekday>,
    /// From which day
    #[schema(example = "2027-04-01")]
    start_date: Option<NaiveDate>,
    /// Until which day, that day included
    #[schema(example = "2027-10-01")]
    end_date: Option<NaiveDate>,
    /// How far from home, in kilometres
    #[schema(minimum = 0, maximum = 1000, example = 30)]
    max_distance_kilometres: Option<i64>,
    /// Whether it can be done from elsewhere
    #[schema(example = true)]
    remote: bool,
    /// When it was added
    #[schema(example = "2026-11-21T09:00:00Z")]
    created_at: DateTime<Utc>,
    /// When it last changed
    #[schema(example = "2026-11-21T09:00:00Z")]
    modified_at: DateTime<Utc>,
}

page_of!(
    /// A page of availabilities
    AvailabilityPage as AvailabilityPage, AvailabilityView
);

impl From<AvailabilityDraft> for AvailabilityTerms {
    fn from(draft: AvailabilityDraft) -> Self {
        let AvailabilityDraft {
            pattern,
            minutes_per_week,
            weekdays,
            start_date,
            end_date,
            max_distance_kilometres,
            remote,
        } = draft;
        Self { pattern, minutes_per_week, weekdays, start: start_date, end: end_date, max_distance_kilometres, remote }
    }
}

impl AvailabilityPatch {
    /// The terms with what the patch gives.
    pub(super) fn apply(&self, mut terms: AvailabilityTerms) -> AvailabilityTerms {
        let Self { pattern, minutes_per_week, weekdays, start_date, end_date, max_distance_kilometres, remote } =
            self.clone();
        set(&mut terms.pattern, pattern);
        set(&mut terms.minutes_per_week, minutes_per_week);
        set(&mut terms.weekdays, weekdays);
        set(&mut terms.start, start_date);
        set(&mut terms.end, end_date);
        set(&mut terms.max_distance_kilometres, max_distance_kilometres);
        set(&mut terms.remote, remote);
        terms
    }
}

impl From<&Availability> for AvailabilityView {
    fn from(availability: &Availability) -> Self {
        let Availability { id, revision: _, profile: _, terms, created_at, modified_at } = availability.clone();
        let AvailabilityTerms { pattern, minutes_per_week, weekdays, start, end, max_distance_kilometres, remote } =
            terms;
        Self {
            id,
            pattern,
            minutes_per_week,
            weekdays,
            start_date: start,
            end_date: end,
            max_distance_kilometres,
            remote,
            created_at,
            modified_at,
        }
    }
}
