//! The forms in which somebody works elsewhere: the very rows that the service decides by.

use actix_web::get;
use domain::parties::mobility_policies::{ChargeBasis, Variant};
use domain::placements::variants::{Demand, ExemptionLimit, VARIANTS, VariantRules};
use domain::{Language, TextEnum};
use serde::Serialize;
use utoipa::ToSchema;

use crate::caller::{Speaks, Visitor};
use crate::reply::{Answer, Reply};

/// What a variant demands and allows
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = VariantRules)]
pub struct VariantRulesView {
    /// The variant
    variant: Variant,
    /// What it is called, in the language of the caller
    #[schema(max_length = 200, example = "Zelfstandig publieke professional (zpp'er)")]
    label: &'static str,
    /// How many minutes a week may be exempted
    exemption: ExemptionLimit,
    /// Hours at one's own risk
    own_risk: Demand,
    /// The contract hours before they were reduced
    original_contract: Demand,
    /// An end that is agreed beforehand
    fixed_end: Demand,
    /// A plan for finding assignments
    acquisition_plan: Demand,
    /// What it does to the income
    income_effect: Demand,
    /// The own company
    own_company: Demand,
    /// What hosts may pay for exempted hours
    #[schema(max_items = 10)]
    exempted_bases: &'static [ChargeBasis],
    /// What hosts may pay for hours at one's own risk, which the home organisation never charges
    #[schema(max_items = 10)]
    own_risk_bases: &'static [ChargeBasis],
    /// Whether there is an agreement of three parties even where nothing is paid and it is short
    always_agreement: bool,
    /// Whether it is for work inside the own organisation only
    only_inside: bool,
}

impl VariantRulesView {
    fn of(rules: &VariantRules, language: Language) -> Self {
        let VariantRules {
            variant,
            exemption,
            own_risk,
            original_contract,
            end_date,
            acquisition_plan,
            income_effect,
            own_company,
            exempted_bases,
            own_risk_bases,
            always_agreement,
            inside,
        } = *rules;
        Self {
            variant,
            label: variant.label(language),
            exemption,
            own_risk,
            original_contract,
            fixed_end: end_date,
            acquisition_plan,
            income_effect,
            own_company,
            exempted_bases,
            own_risk_bases,
            always_agreement,
            only_inside: inside,
        }
    }
}

/// The rules of all variants
#[derive(Serialize, ToSchema)]
#[schema(as = VariantRulesList)]
pub struct VariantRulesListView {
    /// One for each variant
    #[schema(max_items = 100)]
    items: Vec<VariantRulesView>,
}

/// List the variants in which somebody works elsewhere
///
/// What each demands of an arrangement, and what hosts may pay: the very rows that the service decides by.
#[utoipa::path(tag = "reference", responses((status = 200, description = "All variants", body = VariantRulesListView)))]
#[get("/variants")]
pub(crate) async fn list_variants(_visitor: Visitor, speaks: Speaks) -> Answer<VariantRulesListView> {
    let items = VARIANTS.iter().map(|rules| VariantRulesView::of(rules, speaks.0));
    Ok(Reply::shown(VariantRulesListView { items: items.collect() }).spoken(speaks.0))
}
