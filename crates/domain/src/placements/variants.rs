//! The forms in which somebody works elsewhere: rows of a table that decides and is published.

use crate::parties::mobility_policies::{ChargeBasis, Variant};
use crate::text_enum;

text_enum! {
    /// Whose hours somebody works elsewhere (soort uren)
    HourKind {
        Exempted = "EXEMPTED", "Hours that the home organisation exempts", "Uren die de moederorganisatie vrijstelt";
        OwnRisk = "OWN_RISK", "Hours at one's own risk, never charged by the home organisation", "Uren voor eigen risico, nooit doorbelast door de moederorganisatie";
    }
}

text_enum! {
    /// Whether a field of an arrangement has to be there
    Demand {
        Required = "REQUIRED", "Has to be there", "Moet er zijn";
        Optional = "OPTIONAL", "May be there", "Mag er zijn";
        Forbidden = "FORBIDDEN", "May not be there", "Mag er niet zijn";
    }
}

text_enum! {
    /// How many minutes a week may be exempted
    ExemptionLimit {
        DayCap = "DAY_CAP", "At most the exempted days of the policy", "Hoogstens de vrijgestelde dagen van het mobiliteitskader";
        WholeContract = "WHOLE_CONTRACT", "Exactly the contract", "Precies het contract";
        Nothing = "NOTHING", "Nothing is exempted", "Er wordt niets vrijgesteld";
    }
}

/// What a variant demands and allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VariantRules {
    /// The variant.
    pub variant: Variant,
    /// How many minutes a week may be exempted.
    pub exemption: ExemptionLimit,
    /// Hours at one's own risk.
    pub own_risk: Demand,
    /// The contract hours before they were reduced, which the contract and the own risk together do not exceed.
    pub original_contract: Demand,
    /// An end date.
    pub end_date: Demand,
    /// A plan for finding assignments.
    pub acquisition_plan: Demand,
    /// What it does to the income.
    pub income_effect: Demand,
    /// The own company.
    pub own_company: Demand,
    /// What hosts may pay for exempted hours.
    pub exempted_bases: &'static [ChargeBasis],
    /// What hosts may pay for hours at one's own risk.
    pub own_risk_bases: &'static [ChargeBasis],
    /// Whether there is an agreement of three parties even where nothing is paid and it is short.
    pub always_agreement: bool,
    /// Whether it is for work inside the own organisation, and for that only.
    pub inside: bool,
}

use ChargeBasis::{BareWage, None as Nothing, OwnRate, PublicRate};
use Demand::{Forbidden, Optional, Required};

/// The rules of every variant. A new form of contract is a row here.
pub static VARIANTS: &[&VariantRules] = &[&ZPP, &FULL_SECONDMENT, &HYBRID, &SELF_EMPLOYED, &UNPAID, &INTERNAL];

static ZPP: VariantRules = VariantRules {
    variant: Variant::Zpp,
    exemption: ExemptionLimit::DayCap,
    own_risk: Forbidden,
    original_contract: Forbidden,
    end_date: Optional,
    acquisition_plan: Required,
    income_effect: Forbidden,
    own_company: Forbidden,
    exempted_bases: &[BareWage, PublicRate, Nothing],
    own_risk_bases: &[],
    always_agreement: false,
    inside: false,
};

static FULL_SECONDMENT: VariantRules = VariantRules {
    variant: Variant::FullSecondment,
    exemption: ExemptionLimit::WholeContract,
    own_risk: Forbidden,
    original_contract: Forbidden,
    end_date: Required,
    acquisition_plan: Optional,
    income_effect: Forbidden,
    own_company: Forbidden,
    exempted_bases: &[BareWage, PublicRate, Nothing],
    own_risk_bases: &[],
    always_agreement: true,
    inside: false,
};

static HYBRID: VariantRules = VariantRules {
    variant: Variant::Hybrid,
    exemption: ExemptionLimit::DayCap,
    own_risk: Required,
    original_contract: Required,
    end_date: Optional,
    acquisition_plan: Required,
    income_effect: Required,
    own_company: Optional,
    exempted_bases: &[BareWage, Nothing],
    own_risk_bases: &[PublicRate, OwnRate],
    always_agreement: false,
    inside: false,
};

static SELF_EMPLOYED: VariantRules = VariantRules {
    variant: Variant::SelfEmployed,
    exemption: ExemptionLimit::Nothing,
    own_risk: Required,
    original_contract: Forbidden,
    end_date: Optional,
    acquisition_plan: Optional,
    income_effect: Forbidden,
    own_company: Required,
    exempted_bases: &[],
    own_risk_bases: &[PublicRate, OwnRate],
    always_agreement: false,
    inside: false,
};

static UNPAID: VariantRules = VariantRules {
    variant: Variant::Unpaid,
    exemption: ExemptionLimit::DayCap,
    own_risk: Forbidden,
    original_contract: Forbidden,
    end_date: Optional,
    acquisition_plan: Optional,
    income_effect: Forbidden,
    own_company: Forbidden,
    exempted_bases: &[Nothing],
    own_risk_bases: &[],
    always_agreement: false,
    inside: false,
};

static INTERNAL: VariantRules = VariantRules {
    variant: Variant::Internal,
    exemption: ExemptionLimit::DayCap,
    own_risk: Forbidden,
    original_contract: Forbidden,
    end_date: Optional,
    acquisition_plan: Optional,
    income_effect: Forbidden,
    own_company: Forbidden,
    exempted_bases: &[BareWage, Nothing],
    own_risk_bases: &[],
    always_agreement: false,
    inside: true,
};

impl VariantRules {
    /// The rules of a variant.
    pub fn of(variant: Variant) -> &'static Self {
        match variant {
            Variant::Zpp => &ZPP,
            Variant::FullSecondment => &FULL_SECONDMENT,
            Variant::Hybrid => &HYBRID,
            Variant::SelfEmployed => &SELF_EMPLOYED,
            Variant::Unpaid => &UNPAID,
            Variant::Internal => &INTERNAL,
        }
    }

    /// Whose hours a placement on this basis takes; none where the variant does not allow the basis.
    pub fn hours_for(&self, basis: ChargeBasis) -> Option<HourKind> {
        if self.exempted_bases.contains(&basis) {
            Some(HourKind::Exempted)
        } else if self.own_risk_bases.contains(&basis) {
            Some(HourKind::OwnRisk)
        } else {
            None
        }
    }

    /// Whether its exempted minutes count towards the cap of the policy.
    pub fn is_capped(&self) -> bool {
        self.exemption == ExemptionLimit::DayCap
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::TextEnum;

    #[test]
    fn every_variant_has_one_row() {
        for variant in Variant::ALL {
            assert_eq!(VARIANTS.iter().filter(|rules| rules.variant == *variant).count(), 1, "{variant}");
            assert_eq!(VariantRules::of(*variant).variant, *variant);
        }
        assert_eq!(VARIANTS.len(), Variant::ALL.len());
    }

    #[test]
    fn a_basis_is_paid_for_one_kind_of_hours() {
        for rules in VARIANTS {
            for basis in ChargeBasis::ALL {
                let both = rules.exempted_bases.contains(basis) && rules.own_risk_bases.contains(basis);
                assert!(!both, "{} {basis}", rules.variant);
            }
        }
    }

    /// The home organisation charges exempted hours only, and the own rate is nobody's but the employee's.
    #[test]
    fn an_own_rate_is_never_paid_for_exempted_hours_and_a_bare_wage_for_no_others() {
        for rules in VARIANTS {
            assert!(!rules.exempted_bases.contains(&OwnRate), "{}", rules.variant);
            assert!(!rules.own_risk_bases.contains(&BareWage), "{}", rules.variant);
        }
    }
}
