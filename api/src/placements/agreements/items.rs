//! What an agreement is made of, as clients send and see it alike.

use chrono::NaiveDate;
use domain::market::effort::{Effort, Period};
use domain::placements::capacity::Stretch;
use domain::placements::secondment_agreements::{
    ClauseGroup, Particular, Procurement, ProcurementBasis, References, Representative, VatCategory, VatTreatment,
};
use domain::{Faults, Refusal};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Who signs for an organisation
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RepresentativeItem {
    /// The name
    #[schema(min_length = 1, max_length = 200, example = "Karel van Beek")]
    name: String,
    /// The function, by which they have the mandate
    #[schema(min_length = 1, max_length = 200, example = "teammanager Ruimte")]
    function: String,
}

/// The treatment for value added tax: chosen by the parties, with its evidence
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct VatTreatmentItem {
    /// The category (EN 16931: S, E or O)
    category: VatCategory,
    /// The rate in hundredths of a per cent; where it is taxed, and only there
    #[schema(minimum = 100, maximum = 10_000, example = 2100)]
    rate_basis_points: Option<i64>,
    /// The law or approval; where it is not taxed
    #[schema(min_length = 1, max_length = 1000, example = "Besluit van 7 juni 2024, nr. 2024-13855, onderdeel 9.1")]
    legal_basis: Option<String>,
    /// What shows that it applies; where it is not taxed
    #[schema(
        min_length = 1,
        max_length = 2000,
        example = "Mobiliteitskader 2027, artikel 3: open voor alle medewerkers"
    )]
    evidence: Option<String>,
}

/// The basis under procurement law: chosen by the parties, with its evidence
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ProcurementItem {
    /// The basis
    basis: ProcurementBasis,
    /// What shows that it applies
    #[schema(min_length = 1, max_length = 2000, example = "Samenwerkingsconvenant As-50, artikel 2")]
    evidence: String,
}

/// How the host wants to find invoices back
#[derive(Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReferencesItem {
    /// The reference of the buyer (BT-10)
    #[schema(min_length = 1, max_length = 100, example = "RUIMTE-2027")]
    pub(in crate::placements) buyer_reference: Option<String>,
    /// The number of the order (BT-13)
    #[schema(min_length = 1, max_length = 100, example = "4500012345")]
    pub(in crate::placements) order_reference: Option<String>,
    /// The cost centre
    #[schema(min_length = 1, max_length = 100, example = "6210")]
    pub(in crate::placements) cost_centre: Option<String>,
}

/// What is agreed besides the template, in one clause group
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ParticularItem {
    /// Where it belongs
    group: ClauseGroup,
    /// The words
    #[schema(min_length = 1, max_length = 4000, example = "Op donderdag werkt de medewerker thuis.")]
    text: String,
}

/// The work that is added to a running placement
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ExtensionItem {
    /// The first day: the one after the last day of the placement
    #[schema(example = "2027-12-01")]
    start_date: NaiveDate,
    /// The last day
    #[schema(example = "2028-02-29")]
    end_date: NaiveDate,
    /// Minutes a week
    #[schema(minimum = 60, maximum = 2400, example = 480)]
    minutes_per_week: Option<i64>,
    /// Minutes in all, instead of those per week
    #[schema(minimum = 60, maximum = 1_000_000, example = 2880)]
    total_minutes: Option<i64>,
}

impl ExtensionItem {
    pub(super) fn stretch(self) -> Result<Stretch, Refusal> {
        let Self { start_date, end_date, minutes_per_week, total_minutes } = self;
        let mut faults = Faults::default();
        let effort = Effort::stated(minutes_per_week, total_minutes, &mut faults);
        faults.unless(effort.is_some() || total_minutes.is_some(), "minutesPerWeek", "must be given");
        faults.unless(start_date <= end_date, "endDate", "must not be before startDate");
        faults.finish()?;
        let effort = effort.ok_or_else(|| Refusal::invalid("minutesPerWeek", "must be given"))?;
        Ok(Stretch { period: Period::between(start_date, end_date)?, effort })
    }
}

/// Conversions of what reads the same in both directions, field by field.
macro_rules! both_ways {
    ($($item:ident = $thing:ident { $($field:ident),+ };)+) => {$(
        impl From<$item> for $thing {
            fn from(item: $item) -> Self {
                let $item { $($field),+ } = item;
                Self { $($field),+ }
            }
        }
        impl From<$thing> for $item {
            fn from(thing: $thing) -> Self {
                let $thing { $($field),+ } = thing;
                Self { $($field),+ }
            }
        }
    )+};
}

both_ways! {
    RepresentativeItem = Representative { name, function };
    VatTreatmentItem = VatTreatment { category, rate_basis_points, legal_basis, evidence };
    ProcurementItem = Procurement { basis, evidence };
    ReferencesItem = References { buyer_reference, order_reference, cost_centre };
    ParticularItem = Particular { group, text };
}

impl From<Stretch> for ExtensionItem {
    fn from(stretch: Stretch) -> Self {
        let Stretch { period: Period { start, end }, effort } = stretch;
        Self {
            start_date: start,
            end_date: end,
            minutes_per_week: effort.minutes_per_week(),
            total_minutes: effort.total_minutes(),
        }
    }
}
