//! The demonstration data as they stand in the files beside this one.

use domain::parties::mobility_policies::{ChargeBasis, ConsentSilence, ExcludedFunction, Variant};
use domain::parties::networks::{Admission, NetworkKind, ScaleLevel};
use domain::parties::role_assignments::Role;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::problem::Problem;

/// A municipality, province or water board: code, CBS code, name, and what the list knows besides.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PublicBody {
    pub(super) code: String,
    pub(super) cbs_code: String,
    pub(super) name: String,
    pub(super) tooi_uri: String,
    #[serde(default)]
    pub(super) seat: Option<String>,
    #[serde(default)]
    pub(super) province_code: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct DemoNetwork {
    pub(super) key: String,
    pub(super) name: String,
    pub(super) kind: NetworkKind,
    pub(super) scale_level: ScaleLevel,
    pub(super) admission: Admission,
    pub(super) regions: Vec<String>,
    pub(super) parent: Option<String>,
    pub(super) pledge_minimum_people: u32,
    pub(super) pledge_minimum_assignments: u32,
    pub(super) internal_first_ceiling_working_days: u32,
    pub(super) public_rate_ceiling_cents: Option<i64>,
    pub(super) programme_label: Option<String>,
    pub(super) review_required: bool,
    pub(super) description: String,
    pub(super) members: Vec<String>,
    pub(super) member_people: Vec<String>,
    pub(super) coordinator: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct DemoUnit {
    pub(super) organisation: String,
    pub(super) key: String,
    pub(super) name: String,
    pub(super) parent: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct DemoPolicy {
    pub(super) organisation: String,
    #[expect(dead_code, reason = "the name of the text it stands for; the policy itself has none")]
    title: String,
    pub(super) summary: String,
    pub(super) max_exempted_days: u32,
    pub(super) consent_term_working_days: u32,
    pub(super) silence: ConsentSilence,
    pub(super) internal_first_window_working_days: u32,
    pub(super) excluded_functions: Vec<ExcludedFunction>,
    pub(super) allowed_variants: Vec<Variant>,
    pub(super) default_charge_basis: ChargeBasis,
    pub(super) private_hosts_allowed: bool,
    pub(super) open_to_all_employees: bool,
    pub(super) internal_consent_required: bool,
    pub(super) commitment_statement: Option<String>,
    pub(super) text_url: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct DemoPerson {
    pub(super) key: String,
    pub(super) name: DemoName,
    pub(super) email: String,
    pub(super) organisation: String,
    pub(super) unit: Option<String>,
    pub(super) function: String,
    pub(super) contract_minutes_per_week: i64,
    pub(super) working_days_per_week: i64,
    pub(super) manager: Option<String>,
    pub(super) roles: Vec<DemoRole>,
    pub(super) profile: Option<DemoProfile>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DemoName {
    pub(super) given: String,
    pub(super) infix: Option<String>,
    pub(super) family: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DemoRole {
    pub(super) role: Role,
    pub(super) scope: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct DemoProfile {
    pub(super) headline: String,
    pub(super) fields_of_work: Vec<String>,
    pub(super) core_qualities: Vec<String>,
    pub(super) interests: Vec<String>,
    pub(super) ambition: String,
    pub(super) education_level: domain::vocabulary::EducationLevel,
    pub(super) entrepreneurship_level: domain::profiles::profiles::EntrepreneurshipLevel,
    pub(super) experience: String,
    pub(super) visibility: domain::profiles::visibility::VisibilityLevel,
    pub(super) networks: Vec<String>,
    pub(super) hidden_from_own_organisation: bool,
    pub(super) skills: Vec<DemoSkill>,
    pub(super) availability: Vec<DemoAvailability>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct DemoSkill {
    pub(super) uri: Option<String>,
    pub(super) label: String,
    pub(super) level: domain::profiles::profile_skills::SkillLevel,
    pub(super) wants_to_use: bool,
    pub(super) wants_to_learn: bool,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct DemoAvailability {
    pub(super) pattern: domain::profiles::availabilities::AvailabilityPattern,
    pub(super) minutes_per_week: i64,
    pub(super) weekdays: Vec<domain::Weekday>,
    pub(super) starts_in_days: u64,
    pub(super) duration_weeks: u64,
    pub(super) max_distance_kilometres: Option<i64>,
    pub(super) remote: bool,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct DemoAssignment {
    pub(super) key: String,
    pub(super) organisation: String,
    pub(super) unit: Option<String>,
    pub(super) owner: String,
    pub(super) kind: domain::market::assignments::AssignmentKind,
    pub(super) title: String,
    pub(super) description: String,
    pub(super) intended_result: String,
    pub(super) deliverables: Vec<String>,
    pub(super) planning: String,
    pub(super) minutes_per_week: Option<i64>,
    pub(super) total_minutes: Option<i64>,
    pub(super) starts_in_days: u64,
    pub(super) duration_weeks: u64,
    pub(super) positions: u32,
    pub(super) scale_level: ScaleLevel,
    pub(super) region: String,
    pub(super) location: String,
    pub(super) remote: domain::market::assignments::RemoteMode,
    pub(super) required_skills: Vec<DemoSkillName>,
    pub(super) preferred_skills: Vec<DemoSkillName>,
    pub(super) education_levels: Vec<domain::vocabulary::EducationLevel>,
    pub(super) interests: Vec<String>,
    pub(super) charge_basis: ChargeBasis,
    pub(super) would_be_hired_externally: Option<DemoHire>,
    pub(super) programme_label: Option<String>,
    pub(super) deadline_in_days: u64,
    pub(super) state: domain::market::assignments::AssignmentState,
    pub(super) ring: domain::market::publication_rings::Ring,
    pub(super) networks: Vec<String>,
    pub(super) internal_first_working_days: u32,
    pub(super) delay_reason: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DemoSkillName {
    pub(super) uri: Option<String>,
    pub(super) label: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct DemoHire {
    pub(super) hours: i64,
    pub(super) hourly_rate_cents: i64,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct DemoResponse {
    pub(super) assignment: String,
    pub(super) person: String,
    pub(super) motivation: String,
    pub(super) learning_goal: String,
    pub(super) minutes_per_week_offered: i64,
    pub(super) state: domain::market::responses::ResponseState,
    pub(super) consent: Option<DemoConsent>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct DemoConsent {
    pub(super) conditions: Option<String>,
    pub(super) state: domain::market::consent_requests::ConsentState,
}

/// Reads a list of the demonstration.
pub(super) fn list<T: DeserializeOwned>(text: &str) -> Result<Vec<T>, Problem> {
    serde_json::from_str(text).map_err(|error| Problem::internal(&error))
}

/// Reads a table of the demonstration.
pub(super) fn table<T: DeserializeOwned>(text: &str) -> Result<Vec<T>, Problem> {
    csv::Reader::from_reader(text.as_bytes())
        .deserialize()
        .collect::<Result<_, _>>()
        .map_err(|error| Problem::internal(&error))
}
