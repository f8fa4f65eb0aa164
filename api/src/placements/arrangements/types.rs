//! Mobility arrangements: what clients send and see.

use chrono::{DateTime, NaiveDate, Utc};
use domain::parties::mobility_policies::Variant;
use domain::placements::arrangements::{
    Arrangement, ArrangementAction, ArrangementSignature, ArrangementState, ArrangementTerms, LIFECYCLE, OwnCompany,
    ReturnDestination, ReturnGuarantee, Side,
};
use domain::placements::capacity::WeekRoom;
use domain::placements::variants::HourKind;
use domain::{ArrangementId, EmploymentId, MobilityPolicyId, Moment, OrganisationId, Part, PersonId, TextEnum};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::paging::page_of;

/// A new mobility arrangement, or the whole of one that is revised
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ArrangementTermsInput {
    /// The form
    pub(super) variant: Variant,
    /// The first day
    #[schema(example = "2027-03-15")]
    pub(super) start_date: NaiveDate,
    /// The last day; a full secondment has one
    #[schema(example = "2028-03-14")]
    pub(super) end_date: Option<NaiveDate>,
    /// Minutes a week that the home organisation exempts; left out where nothing is exempted
    #[serde(default)]
    #[schema(minimum = 0, maximum = 2400, example = 864)]
    pub(super) exempted_minutes_per_week: i64,
    /// Minutes a week at one's own risk, which the home organisation never charges
    #[serde(default)]
    #[schema(minimum = 0, maximum = 2400, example = 0)]
    pub(super) own_risk_minutes_per_week: i64,
    /// Contract minutes a week before they were reduced; only with HYBRID
    #[schema(minimum = 1, maximum = 2400, example = 2160)]
    pub(super) original_contract_minutes_per_week: Option<i64>,
    /// How the employee finds assignments (acquisitieplan)
    #[schema(min_length = 1, max_length = 4000, example = "Elke maand twee gesprekken met mogelijke opdrachtgevers.")]
    pub(super) acquisition_plan: Option<String>,
    /// What it does to the income; only with HYBRID
    #[schema(min_length = 1, max_length = 2000, example = "In een maand zonder klus een tiende minder.")]
    pub(super) income_effect: Option<String>,
    /// The way back
    pub(super) return_guarantee: ReturnGuaranteeItem,
    /// The own company; with SELF_EMPLOYED, and where there is one with HYBRID
    pub(super) own_company: Option<OwnCompanyItem>,
    /// The programme or pilot it belongs to
    #[schema(min_length = 1, max_length = 100, example = "Pilot ZPP 2027")]
    pub(super) programme_label: Option<String>,
}

/// A new mobility arrangement
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ArrangementDraft {
    /// The employment from which hours are exempted
    pub(super) employment_id: EmploymentId,
    /// What is to be agreed
    pub(super) terms: ArrangementTermsInput,
}

/// The way back (terugkeergarantie)
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReturnGuaranteeItem {
    /// Where to
    destination: ReturnDestination,
    /// How many weeks before, either side says that a placement ends before its time
    #[schema(minimum = 0, maximum = 26, example = 4)]
    notice_weeks: u32,
    /// Within how many weeks after the end the destination is there
    #[schema(minimum = 0, maximum = 104, example = 13)]
    term_weeks: u32,
    /// What is agreed besides
    #[schema(min_length = 1, max_length = 2000, example = "Eerst interne klussen, daarna een passende functie.")]
    text: Option<String>,
}

/// The company of somebody who works for themselves too
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OwnCompanyItem {
    /// Its name
    #[schema(min_length = 1, max_length = 200, example = "Noor Advies")]
    name: String,
    /// Its number at the Chamber of Commerce
    #[schema(pattern = "^[0-9]{8}$", max_length = 8, example = "17272727")]
    kvk_number: String,
}

/// Refusing or ending an arrangement, with the reason
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ArrangementReasonDraft {
    /// Why
    #[schema(min_length = 1, max_length = 2000, example = "Tot de zomer kunnen we niemand missen.")]
    pub(super) reason: String,
}

/// A signature under an arrangement
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ArrangementSignature)]
pub struct ArrangementSignatureView {
    /// Who signed
    by_id: PersonId,
    /// In which part
    part: Part,
    /// When
    #[schema(example = "2027-03-02T09:00:00Z")]
    signed_at: DateTime<Utc>,
}

/// A mobility arrangement (vrijstellingsafspraak), in one version
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Arrangement)]
pub struct ArrangementView {
    /// Identifies this version
    id: ArrangementId,
    /// The first version of the series; placements stand on the series
    series_id: ArrangementId,
    /// Counts from 1 in the series
    #[schema(minimum = 1, maximum = 1_000_000, example = 1)]
    version: i64,
    /// Whose it is
    person_id: PersonId,
    /// The employment from which hours are exempted
    employment_id: EmploymentId,
    /// The home organisation
    home_organisation_id: OrganisationId,
    /// The version of the mobility policy it stands under; null where the defaults of the platform hold
    policy_id: Option<MobilityPolicyId>,
    /// The form
    variant: Variant,
    /// The first day
    #[schema(example = "2027-03-15")]
    start_date: NaiveDate,
    /// The last day, where one is agreed
    #[schema(example = "2028-03-14")]
    end_date: Option<NaiveDate>,
    /// Minutes a week that the home organisation exempts
    #[schema(minimum = 0, maximum = 2400, example = 864)]
    exempted_minutes_per_week: i64,
    /// Minutes a week at one's own risk
    #[schema(minimum = 0, maximum = 2400, example = 0)]
    own_risk_minutes_per_week: i64,
    /// Contract minutes a week before they were reduced
    #[schema(minimum = 1, maximum = 2400, example = 2160)]
    original_contract_minutes_per_week: Option<i64>,
    /// How the employee finds assignments; not for finance
    #[schema(max_length = 4000, example = "Elke maand twee gesprekken met mogelijke opdrachtgevers.")]
    acquisition_plan: Option<String>,
    /// What it does to the income; not for finance
    #[schema(max_length = 2000, example = "In een maand zonder klus een tiende minder.")]
    income_effect: Option<String>,
    /// The way back
    return_guarantee: ReturnGuaranteeItem,
    /// The own company
    own_company: Option<OwnCompanyItem>,
    /// The programme or pilot it belongs to
    #[schema(max_length = 100, example = "Pilot ZPP 2027")]
    programme_label: Option<String>,
    /// Its state
    state: ArrangementState,
    /// Which side wrote it
    drafted_by: Side,
    /// The signature of the employee
    employee_signature: Option<ArrangementSignatureView>,
    /// The signature of the home organisation
    home_signature: Option<ArrangementSignatureView>,
    /// Why it was refused, or ended before its last day
    #[schema(max_length = 2000, example = "Tot de zomer kunnen we niemand missen.")]
    reason: Option<String>,
    /// The last day on which it held, where that is not the one agreed
    #[schema(example = "2027-12-31")]
    ended_date: Option<NaiveDate>,
    /// What the caller can do with it now
    #[schema(max_items = 20)]
    legal_actions: Vec<ArrangementAction>,
    /// When it was drafted
    #[schema(example = "2027-03-01T09:00:00Z")]
    created_at: DateTime<Utc>,
    /// When it last changed
    #[schema(example = "2027-03-02T09:00:00Z")]
    modified_at: DateTime<Utc>,
}

page_of!(
    /// A page of arrangements
    ArrangementPage as ArrangementPage, ArrangementView
);

/// The room of an arrangement in one ISO week (ruimte)
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ArrangementWeek)]
pub struct ArrangementWeekView {
    /// The week (ISO 8601)
    #[schema(pattern = "^[0-9]{4}-W[0-9]{2}$", max_length = 8, example = "2027-W11")]
    week: String,
    /// Its Monday
    #[schema(example = "2027-03-15")]
    monday_date: NaiveDate,
    /// Minutes exempted by the home organisation
    #[schema(minimum = 0, maximum = 2400, example = 864)]
    exempted_minutes: i64,
    /// Exempted minutes that confirmed placements take
    #[schema(minimum = 0, maximum = 100_000, example = 480)]
    exempted_used_minutes: i64,
    /// Exempted minutes that are free
    #[schema(minimum = -100_000, maximum = 2400, example = 384)]
    exempted_free_minutes: i64,
    /// Minutes at one's own risk
    #[schema(minimum = 0, maximum = 2400, example = 0)]
    own_risk_minutes: i64,
    /// Minutes at one's own risk that confirmed placements take
    #[schema(minimum = 0, maximum = 100_000, example = 0)]
    own_risk_used_minutes: i64,
    /// Minutes at one's own risk that are free
    #[schema(minimum = -100_000, maximum = 2400, example = 0)]
    own_risk_free_minutes: i64,
}

/// The room of an arrangement, week by week
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ArrangementWeekList)]
pub struct ArrangementWeekListView {
    /// The weeks, in their order
    #[schema(max_items = 104)]
    pub(super) items: Vec<ArrangementWeekView>,
}

impl From<ArrangementTermsInput> for ArrangementTerms {
    fn from(input: ArrangementTermsInput) -> Self {
        let ArrangementTermsInput {
            variant,
            start_date,
            end_date,
            exempted_minutes_per_week,
            own_risk_minutes_per_week,
            original_contract_minutes_per_week,
            acquisition_plan,
            income_effect,
            return_guarantee,
            own_company,
            programme_label,
        } = input;
        let ReturnGuaranteeItem { destination, notice_weeks, term_weeks, text } = return_guarantee;
        Self {
            variant,
            start: start_date,
            end: end_date,
            exempted_minutes_per_week,
            own_risk_minutes_per_week,
            original_contract_minutes_per_week,
            acquisition_plan,
            income_effect,
            return_guarantee: ReturnGuarantee { destination, notice_weeks, term_weeks, text },
            own_company: own_company.map(|OwnCompanyItem { name, kvk_number }| OwnCompany { name, kvk_number }),
            programme_label,
        }
    }
}

impl ArrangementView {
    /// The arrangement as it stands, for somebody with these parts; finance reads the hours and not the words.
    pub(super) fn of(arrangement: Arrangement, parts: &[Part], only_hours: bool, now: Moment) -> Self {
        let Arrangement {
            id,
            revision: _,
            series,
            version,
            person,
            employment,
            home,
            policy,
            terms,
            state,
            drafted_by,
            employee_signature,
            home_signature,
            reason,
            ended_on,
            created_at,
            modified_at,
        } = arrangement.as_of(now);
        let ArrangementTerms {
            variant,
            start,
            end,
            exempted_minutes_per_week,
            own_risk_minutes_per_week,
            original_contract_minutes_per_week,
            acquisition_plan,
            income_effect,
            return_guarantee,
            own_company,
            programme_label,
        } = terms;
        let ReturnGuarantee { destination, notice_weeks, term_weeks, text } = return_guarantee;
        let is_legal = |action: &ArrangementAction| LIFECYCLE.allows(state, *action, parts);
        Self {
            id,
            series_id: series,
            version,
            person_id: person,
            employment_id: employment,
            home_organisation_id: home,
            policy_id: policy,
            variant,
            start_date: start,
            end_date: end,
            exempted_minutes_per_week,
            own_risk_minutes_per_week,
            original_contract_minutes_per_week,
            acquisition_plan: acquisition_plan.filter(|_| !only_hours),
            income_effect: income_effect.filter(|_| !only_hours),
            return_guarantee: ReturnGuaranteeItem { destination, notice_weeks, term_weeks, text },
            own_company: own_company.map(|OwnCompany { name, kvk_number }| OwnCompanyItem { name, kvk_number }),
            programme_label,
            state,
            drafted_by,
            employee_signature: employee_signature.map(ArrangementSignatureView::from),
            home_signature: home_signature.map(ArrangementSignatureView::from),
            reason: reason.filter(|_| !only_hours),
            ended_date: ended_on,
            legal_actions: ArrangementAction::ALL.iter().copied().filter(is_legal).collect(),
            created_at,
            modified_at,
        }
    }
}

impl From<ArrangementSignature> for ArrangementSignatureView {
    fn from(signature: ArrangementSignature) -> Self {
        let ArrangementSignature { by, part, at } = signature;
        Self { by_id: by, part, signed_at: at }
    }
}

impl From<WeekRoom> for ArrangementWeekView {
    fn from(room: WeekRoom) -> Self {
        Self {
            week: room.week.to_string(),
            monday_date: room.week.monday(),
            exempted_minutes: room.exempted,
            exempted_used_minutes: room.exempted_used,
            exempted_free_minutes: room.free(HourKind::Exempted),
            own_risk_minutes: room.own_risk,
            own_risk_used_minutes: room.own_risk_used,
            own_risk_free_minutes: room.free(HourKind::OwnRisk),
        }
    }
}
