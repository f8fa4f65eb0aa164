//! How staff comes in: what clients send and see.

use chrono::{DateTime, Utc};
use domain::OrganisationId;
use domain::exchange::staff_feeds::{StaffFeed, StaffLimits, StaffSource};
use domain::exchange::staff_mapping::{FULL_TIME_MINUTES, StaffColumn, StaffConversion, StaffField, StaffMapping};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How staff comes in: what is left out is as if it had never been set
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StaffFeedDraft {
    /// The door that leads; the other one is refused. Without it, the first one that is used leads
    leading_source: Option<StaffSource>,
    /// The columns of the files; without them, those of the service
    #[schema(min_items = 1, max_items = 19)]
    columns: Option<Vec<StaffColumnItem>>,
    /// Full-time in minutes a week, for hours that come as a part of it
    #[serde(default = "full_time")]
    #[schema(minimum = 60, maximum = 2400, default = 2160, example = 2160)]
    full_time_minutes_per_week: i64,
    /// What a file may do without somebody looking at it
    #[serde(default)]
    thresholds: StaffThresholdsItem,
}

/// A field, and the column or the fixed value that fills it
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StaffColumnItem {
    /// What is filled
    #[schema(example = "CONTRACT_HOURS")]
    field: StaffField,
    /// The name of the column; case does not matter. Of an archive: `persons.ID`, `contracts.StartDate`, `departments.Name`
    #[schema(min_length = 1, max_length = 200, example = "uren_per_week")]
    column: Option<String>,
    /// The same value for everybody, instead of a column
    #[schema(min_length = 1, max_length = 200, example = "nl")]
    fixed_value: Option<String>,
    /// How hours are read; hours a week unless said. Only of CONTRACT_HOURS
    conversion: Option<StaffConversion>,
    /// What stands in the column for who is employed; ja, true, 1 and the like unless said. Only of ACTIVE
    #[serde(default)]
    #[schema(max_items = 50)]
    active_values: Vec<StaffValueItem>,
    /// Whether a file without the column is taken too; the field then stays what it is
    #[serde(default)]
    optional: bool,
}

/// A value as it stands in a column
#[derive(Clone, Deserialize, ToSchema)]
#[schema(value_type = String, min_length = 1, max_length = 100, example = "A")]
pub struct StaffValueItem(String);

/// What a file may do without somebody looking at it
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct StaffThresholdsItem {
    /// So many of a hundred employees may leave at once
    #[schema(minimum = 0, maximum = 100, default = 5, example = 5)]
    maximum_deactivated_percent: i64,
    /// So many may always leave
    #[schema(minimum = 0, maximum = 1_000_000, default = 10, example = 10)]
    maximum_deactivated_people: i64,
    /// So many of a hundred employees may come at once
    #[schema(minimum = 0, maximum = 1000, default = 25, example = 25)]
    maximum_created_percent: i64,
    /// So many may always come
    #[schema(minimum = 0, maximum = 1_000_000, default = 10, example = 10)]
    maximum_created_people: i64,
    /// A file has at least so many of a hundred rows of the last one that was applied
    #[schema(minimum = 0, maximum = 100, default = 50, example = 50)]
    minimum_rows_percent: i64,
}

/// How the staff of an organisation comes in
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = StaffFeed)]
pub struct StaffFeedView {
    /// The organisation
    organisation_id: OrganisationId,
    /// The door that leads; nobody does yet where it is null
    leading_source: Option<StaffSource>,
    /// The columns that hold
    #[schema(max_items = 19)]
    columns: Vec<StaffColumnView>,
    /// Whether they are those of the service. For an archive these are others than for a single file
    columns_are_default: bool,
    /// Full-time in minutes a week
    #[schema(minimum = 60, maximum = 2400, example = 2160)]
    full_time_minutes_per_week: i64,
    /// What a file may do without somebody looking at it
    thresholds: StaffThresholdsView,
    /// When it last changed; null where nothing was ever set
    #[schema(example = "2027-01-31T12:00:00Z")]
    modified_at: Option<DateTime<Utc>>,
}

/// A field, and the column or the fixed value that fills it
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = StaffColumn)]
pub struct StaffColumnView {
    /// What is filled
    field: StaffField,
    /// The name of the column
    #[schema(max_length = 200, example = "uren_per_week")]
    column: Option<String>,
    /// The same value for everybody
    #[schema(max_length = 200, example = "nl")]
    fixed_value: Option<String>,
    /// How hours are read
    conversion: Option<StaffConversion>,
    /// What stands in the column for who is employed
    #[schema(max_items = 50)]
    active_values: Vec<String>,
    /// Whether a file without the column is taken too
    optional: bool,
}

/// What a file may do without somebody looking at it
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = StaffThresholds)]
pub struct StaffThresholdsView {
    /// So many of a hundred employees may leave at once
    #[schema(minimum = 0, maximum = 100, example = 5)]
    maximum_deactivated_percent: i64,
    /// So many may always leave
    #[schema(minimum = 0, maximum = 1_000_000, example = 10)]
    maximum_deactivated_people: i64,
    /// So many of a hundred employees may come at once
    #[schema(minimum = 0, maximum = 1000, example = 25)]
    maximum_created_percent: i64,
    /// So many may always come
    #[schema(minimum = 0, maximum = 1_000_000, example = 10)]
    maximum_created_people: i64,
    /// A file has at least so many of a hundred rows of the last one
    #[schema(minimum = 0, maximum = 100, example = 50)]
    minimum_rows_percent: i64,
}

fn full_time() -> i64 {
    FULL_TIME_MINUTES
}

impl StaffFeedDraft {
    pub(super) fn split(self) -> (Option<StaffSource>, Option<StaffMapping>, StaffLimits) {
        let Self { leading_source, columns, full_time_minutes_per_week, thresholds } = self;
        let of_service = full_time_minutes_per_week == FULL_TIME_MINUTES;
        // Another full-time is a mapping of its own, with the columns of the service.
        let columns = columns.map(|columns| columns.into_iter().map(StaffColumnItem::column).collect());
        let columns = columns.or_else(|| (!of_service).then(|| StaffMapping::flat().columns));
        let mapping = columns.map(|columns| StaffMapping { full_time_minutes_per_week, columns });
        (leading_source, mapping, thresholds.limits())
    }
}

impl StaffColumnItem {
    fn column(self) -> StaffColumn {
        let Self { field, column, fixed_value, conversion, active_values, optional } = self;
        let active_values = active_values.into_iter().map(|value| value.0).collect();
        StaffColumn { field, column, fixed: fixed_value, conversion, active_values, optional }
    }
}

impl Default for StaffThresholdsItem {
    fn default() -> Self {
        let StaffLimits { deactivated_percent, deactivated_people, created_percent, created_people, rows_percent } =
            StaffLimits::default();
        Self {
            maximum_deactivated_percent: deactivated_percent,
            maximum_deactivated_people: deactivated_people,
            maximum_created_percent: created_percent,
            maximum_created_people: created_people,
            minimum_rows_percent: rows_percent,
        }
    }
}

impl StaffThresholdsItem {
    fn limits(self) -> StaffLimits {
        let Self {
            maximum_deactivated_percent,
            maximum_deactivated_people,
            maximum_created_percent,
            maximum_created_people,
            minimum_rows_percent,
        } = self;
        StaffLimits {
            deactivated_percent: maximum_deactivated_percent,
            deactivated_people: maximum_deactivated_people,
            created_percent: maximum_created_percent,
            created_people: maximum_created_people,
            rows_percent: minimum_rows_percent,
        }
    }
}

impl From<StaffFeed> for StaffFeedView {
    fn from(feed: StaffFeed) -> Self {
        let StaffFeed { organisation, revision, leading, mapping, limits, created_at: _, modified_at } = feed;
        let columns_are_default = mapping.is_none();
        let StaffMapping { full_time_minutes_per_week, columns } = mapping.unwrap_or_else(StaffMapping::flat);
        Self {
            organisation_id: organisation,
            leading_source: leading,
            columns: columns.into_iter().map(StaffColumnView::from).collect(),
            columns_are_default,
            full_time_minutes_per_week,
            thresholds: limits.into(),
            modified_at: (revision > 0).then_some(modified_at),
        }
    }
}

impl From<StaffColumn> for StaffColumnView {
    fn from(column: StaffColumn) -> Self {
        let StaffColumn { field, column, fixed, conversion, active_values, optional } = column;
        Self { field, column, fixed_value: fixed, conversion, active_values, optional }
    }
}

impl From<StaffLimits> for StaffThresholdsView {
    fn from(limits: StaffLimits) -> Self {
        let StaffLimits { deactivated_percent, deactivated_people, created_percent, created_people, rows_percent } =
            limits;
        Self {
            maximum_deactivated_percent: deactivated_percent,
            maximum_deactivated_people: deactivated_people,
            maximum_created_percent: created_percent,
            maximum_created_people: created_people,
            minimum_rows_percent: rows_percent,
        }
    }
}
