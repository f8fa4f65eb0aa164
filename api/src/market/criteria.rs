//! Criteria of klussen as clients send and see them, wherever they are kept.

use chrono::NaiveDate;
use domain::market::assignments::{AssignmentKind, RemoteMode};
use domain::market::criteria::AssignmentCriteria;
use domain::parties::mobility_policies::ChargeBasis;
use domain::parties::networks::ScaleLevel;
use domain::parties::organisations::GovernmentLayer;
use domain::vocabulary::EducationLevel;
use domain::{NetworkId, OrganisationId, SkillId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Which klussen are meant, by the same criteria as `GET /assignments`; what is left out does not narrow
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AssignmentCriteriaItem {
    /// The organisation that has the work
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    organisation_id: Option<OrganisationId>,
    /// A network that a ring names
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    network_id: Option<NetworkId>,
    /// The region by name; case and diacritics do not matter
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, min_length = 1, max_length = 120, example = "Noordoost-Brabant")]
    region: Option<String>,
    /// The layer of government of the organisation
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    layer: Option<GovernmentLayer>,
    /// The scale on which it works
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    scale_level: Option<ScaleLevel>,
    /// The kind
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    kind: Option<AssignmentKind>,
    /// A skill of the vocabulary that is required or preferred
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    skill_id: Option<SkillId>,
    /// An education level that it suits; one that names no level suits all
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    education_level: Option<EducationLevel>,
    /// At least so many minutes a week, on average over the period
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 1_000_000, example = 60)]
    minimum_minutes_per_week: Option<i64>,
    /// At most so many minutes a week, on average over the period
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 1_000_000, example = 960)]
    maximum_minutes_per_week: Option<i64>,
    /// Beginning on this day or later
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "2027-04-01")]
    starts_from: Option<NaiveDate>,
    /// Ending on this day or earlier
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "2027-12-31")]
    ends_before: Option<NaiveDate>,
    /// What the host pays
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    charge_basis: Option<ChargeBasis>,
    /// Where the work is done
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    remote: Option<RemoteMode>,
    /// The programme it belongs to; case and diacritics do not matter
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, min_length = 1, max_length = 120, example = "Proeftuin zpp Brabant")]
    programme_label: Option<String>,
    /// Words that title, skills, intended result or description hold, all of them: at most twelve, as Dutch stems, so that case, diacritics, inflections and known compounds do not matter
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, min_length = 1, max_length = 200, example = "bos raad")]
    search: Option<String>,
}

macro_rules! same_fields {
    ($from:ident => $to:ident, $value:expr, $($one:ident = $other:ident),+) => {{
        let $from { $($other),+ } = $value;
        $to { $($one: $other),+ }
    }};
}

impl From<AssignmentCriteriaItem> for AssignmentCriteria {
    fn from(item: AssignmentCriteriaItem) -> Self {
        same_fields!(
            AssignmentCriteriaItem => Self, item,
            organisation = organisation_id, network = network_id, region = region, layer = layer,
            scale_level = scale_level, kind = kind, skill = skill_id, education_level = education_level,
            minimum_minutes_per_week = minimum_minutes_per_week, maximum_minutes_per_week = maximum_minutes_per_week,
            starts_from = starts_from, ends_before = ends_before, charge_basis = charge_basis, remote = remote,
            programme_label = programme_label, search = search
        )
    }
}

impl From<AssignmentCriteria> for AssignmentCriteriaItem {
    fn from(criteria: AssignmentCriteria) -> Self {
        same_fields!(
            AssignmentCriteria => Self, criteria,
            organisation_id = organisation, network_id = network, region = region, layer = layer,
            scale_level = scale_level, kind = kind, skill_id = skill, education_level = education_level,
            minimum_minutes_per_week = minimum_minutes_per_week, maximum_minutes_per_week = maximum_minutes_per_week,
            starts_from = starts_from, ends_before = ends_before, charge_basis = charge_basis, remote = remote,
            programme_label = programme_label, search = search
        )
    }
}
