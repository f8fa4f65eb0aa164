//! Mobility policies: what clients send and see.

use chrono::{DateTime, NaiveDate, Utc};
use domain::parties::mobility_policies::{
    ChargeBasis, ConsentSilence, ExcludedFunction, MobilityPolicy, PolicyBasis, PolicyInForce, PolicyTerms, Variant,
};
use domain::{MobilityPolicyId, OrganisationId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::paging::page_of;

/// A function that the scheme does not suit
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ExcludedFunctionItem)]
pub struct ExcludedFunctionItem {
    /// The function, as employments name it
    #[schema(min_length = 1, max_length = 200, example = "Griffier")]
    function: String,
    /// Why it is excluded
    #[schema(min_length = 1, max_length = 1000, example = "De griffier staat alleen in dienst van de raad.")]
    reason: String,
}

/// The next version of a mobility policy; what is left out is as the platform's default
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MobilityPolicyDraft {
    /// The first day on which it holds: not before that of the version it follows
    #[schema(example = "2027-04-01")]
    valid_from_date: NaiveDate,
    /// What it says, in a few sentences
    #[schema(min_length = 1, max_length = 4000, example = "Iedere medewerker mag twee dagen per week elders werken.")]
    summary: String,
    /// At most this many days a week are exempted; 2 unless given
    #[schema(nullable = false, minimum = 1, maximum = 2, example = 2)]
    max_exempted_days: Option<u32>,
    /// Working days a manager has to answer a consent request; 5 unless given
    #[schema(nullable = false, minimum = 1, maximum = 20, example = 5)]
    consent_term_working_days: Option<u32>,
    /// What silence of a manager means; never a grant, and ESCALATE unless given
    #[schema(nullable = false)]
    consent_silence: Option<ConsentSilence>,
    /// Working days a klus may stay inside before wider rings open; 0 unless given
    #[schema(nullable = false, minimum = 0, maximum = 10, example = 0)]
    internal_first_working_days: Option<u32>,
    /// Functions the scheme does not suit
    #[serde(default)]
    #[schema(max_items = 200)]
    excluded_functions: Vec<ExcludedFunctionItem>,
    /// The variants that are allowed; ZPP, UNPAID and INTERNAL unless given
    #[schema(nullable = false, max_items = 6)]
    allowed_variants: Option<Vec<Variant>>,
    /// What the host pays unless agreed otherwise; BARE_WAGE unless given
    #[schema(nullable = false)]
    default_charge_basis: Option<ChargeBasis>,
    /// Whether people may work for private hosts; false unless given
    #[schema(nullable = false)]
    private_hosts_allowed: Option<bool>,
    /// Whether mobility is open to all employees (evidence for the VAT approval); true unless given
    #[schema(nullable = false)]
    open_to_all_employees: Option<bool>,
    /// Whether a klus inside the organisation needs the manager's consent too; true unless given
    #[schema(nullable = false)]
    internal_consent_required: Option<bool>,
    /// Whether klussen are reviewed before they are published; false unless given
    #[schema(nullable = false)]
    review_required: Option<bool>,
    /// Where the whole text stands
    #[schema(
        format = "uri",
        pattern = "^https://",
        max_length = 400,
        example = "https://oss.example/mobiliteitskader"
    )]
    text_url: Option<String>,
}

/// What a mobility policy says
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PolicyTerms)]
pub struct PolicyTermsView {
    /// The first day on which it holds
    #[schema(example = "2027-04-01")]
    valid_from_date: NaiveDate,
    /// What it says, in a few sentences
    #[schema(max_length = 4000, example = "Iedere medewerker mag twee dagen per week elders werken.")]
    summary: String,
    /// At most this many days a week are exempted
    #[schema(minimum = 1, maximum = 2, example = 2)]
    max_exempted_days: u32,
    /// Working days a manager has to answer a consent request
    #[schema(minimum = 1, maximum = 20, example = 5)]
    consent_term_working_days: u32,
    /// What silence of a manager means; never a grant
    consent_silence: ConsentSilence,
    /// Working days a klus may stay inside before wider rings open
    #[schema(minimum = 0, maximum = 10, example = 0)]
    internal_first_working_days: u32,
    /// Functions the scheme does not suit
    #[schema(max_items = 200)]
    excluded_functions: Vec<ExcludedFunctionItem>,
    /// The variants that are allowed
    #[schema(max_items = 6)]
    allowed_variants: Vec<Variant>,
    /// What the host pays unless agreed otherwise
    default_charge_basis: ChargeBasis,
    /// Whether people may work for private hosts
    private_hosts_allowed: bool,
    /// Whether mobility is open to all employees (evidence for the VAT approval)
    open_to_all_employees: bool,
    /// Whether a klus inside the organisation needs the manager's consent too
    internal_consent_required: bool,
    /// Whether klussen are reviewed before they are published
    review_required: bool,
    /// Where the whole text stands
    #[schema(format = "uri", max_length = 400, example = "https://oss.example/mobiliteitskader")]
    text_url: Option<String>,
}

/// One version of what an organisation allows its people (mobiliteitskader); it never changes
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MobilityPolicy)]
pub struct MobilityPolicyView {
    /// Identifies this version
    id: MobilityPolicyId,
    /// The organisation that laid it down
    organisation_id: OrganisationId,
    /// Counts from 1 per organisation
    #[schema(minimum = 1, maximum = 1_000_000, example = 2)]
    version: i64,
    /// What it says
    terms: PolicyTermsView,
    /// When it was laid down
    #[schema(example = "2026-11-21T09:00:00Z")]
    created_at: DateTime<Utc>,
}

/// What holds for an organisation today
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = CurrentMobilityPolicy)]
pub struct CurrentMobilityPolicyView {
    /// The organisation for which it holds
    organisation_id: OrganisationId,
    /// Where the terms come from
    basis: PolicyBasis,
    /// The version that was laid down; null where the defaults of the platform hold
    mobility_policy_id: Option<MobilityPolicyId>,
    /// The number of that version; null where the defaults of the platform hold
    #[schema(minimum = 1, maximum = 1_000_000, example = 2)]
    version: Option<i64>,
    /// The organisation that laid it down; null where the defaults of the platform hold
    laid_down_by_id: Option<OrganisationId>,
    /// What it says
    terms: PolicyTermsView,
}

page_of!(
    /// A page of versions of a mobility policy
    MobilityPolicyPage as MobilityPolicyPage, MobilityPolicyView
);

impl From<MobilityPolicyDraft> for PolicyTerms {
    fn from(draft: MobilityPolicyDraft) -> Self {
        let MobilityPolicyDraft {
            valid_from_date,
            summary,
            max_exempted_days,
            consent_term_working_days,
            consent_silence,
            internal_first_working_days,
            excluded_functions,
            allowed_variants,
            default_charge_basis,
            private_hosts_allowed,
            open_to_all_employees,
            internal_consent_required,
            review_required,
            text_url,
        } = draft;
        let default = Self::platform_default(valid_from_date);
        Self {
            valid_from: valid_from_date,
            summary,
            max_exempted_days: max_exempted_days.unwrap_or(default.max_exempted_days),
            consent_term_working_days: consent_term_working_days.unwrap_or(default.consent_term_working_days),
            silence: consent_silence.unwrap_or(default.silence),
            internal_first_working_days: internal_first_working_days.unwrap_or(default.internal_first_working_days),
            excluded_functions: excluded_functions.into_iter().map(ExcludedFunction::from).collect(),
            allowed_variants: allowed_variants.unwrap_or(default.allowed_variants),
            default_charge_basis: default_charge_basis.unwrap_or(default.default_charge_basis),
            private_hosts_allowed: private_hosts_allowed.unwrap_or(default.private_hosts_allowed),
            open_to_all_employees: open_to_all_employees.unwrap_or(default.open_to_all_employees),
            internal_consent_required: internal_consent_required.unwrap_or(default.internal_consent_required),
            review_required: review_required.unwrap_or(default.review_required),
            text_url,
        }
    }
}

impl From<PolicyTerms> for PolicyTermsView {
    fn from(terms: PolicyTerms) -> Self {
        let PolicyTerms {
            valid_from,
            summary,
            max_exempted_days,
            consent_term_working_days,
            silence,
            internal_first_working_days,
            excluded_functions,
            allowed_variants,
            default_charge_basis,
            private_hosts_allowed,
            open_to_all_employees,
            internal_consent_required,
            review_required,
            text_url,
        } = terms;
        Self {
            valid_from_date: valid_from,
            summary,
            max_exempted_days,
            consent_term_working_days,
            consent_silence: silence,
            internal_first_working_days,
            excluded_functions: excluded_functions.into_iter().map(ExcludedFunctionItem::from).collect(),
            allowed_variants,
            default_charge_basis,
            private_hosts_allowed,
            open_to_all_employees,
            internal_consent_required,
            review_required,
            text_url,
        }
    }
}

impl From<MobilityPolicy> for MobilityPolicyView {
    fn from(policy: MobilityPolicy) -> Self {
        let MobilityPolicy { id, organisation, version, terms, created_at } = policy;
        Self { id, organisation_id: organisation, version, terms: terms.into(), created_at }
    }
}

impl CurrentMobilityPolicyView {
    /// What holds for this organisation.
    pub(super) fn of(organisation: OrganisationId, current: PolicyInForce) -> Self {
        let PolicyInForce { basis, policy, terms } = current;
        Self {
            organisation_id: organisation,
            basis,
            mobility_policy_id: policy.as_ref().map(|policy| policy.id),
            version: policy.as_ref().map(|policy| policy.version),
            laid_down_by_id: policy.as_ref().map(|policy| policy.organisation),
            terms: terms.into(),
        }
    }
}

impl From<ExcludedFunctionItem> for ExcludedFunction {
    fn from(item: ExcludedFunctionItem) -> Self {
        let ExcludedFunctionItem { function, reason } = item;
        Self { function, reason }
    }
}

impl From<ExcludedFunction> for ExcludedFunctionItem {
    fn from(excluded: ExcludedFunction) -> Self {
        let ExcludedFunction { function, reason } = excluded;
        Self { function, reason }
    }
}
