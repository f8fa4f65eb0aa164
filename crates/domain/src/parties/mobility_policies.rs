//! Mobility policies: what an organisation allows its people, in versions that stay.

use chrono::NaiveDate;

use crate::{Faults, MobilityPolicyId, Moment, OrganisationId, Refusal, text_enum};

/// No organisation may keep a klus inside longer than this many working days.
pub const INTERNAL_FIRST_HARD_CEILING: u32 = 10;

text_enum! {
    /// What happens when a manager does not answer a consent request within the term (zwijgen)
    ConsentSilence {
        Escalate = "ESCALATE", "The mobility adviser decides", "De mobiliteitsadviseur beslist";
        Refuse = "REFUSE", "Counts as refused", "Geldt als geweigerd";
    }
}

text_enum! {
    /// Where the terms come from that hold for an organisation
    PolicyBasis {
        Own = "OWN", "Laid down by the organisation itself", "Door de organisatie zelf vastgelegd";
        Inherited = "INHERITED", "Laid down by an organisation above it", "Door een bovenliggende organisatie vastgelegd";
        PlatformDefault = "PLATFORM_DEFAULT", "Nothing laid down: the defaults of the platform", "Niets vastgelegd: de standaard van het platform";
    }
}

text_enum! {
    /// A form in which somebody works elsewhere (variant)
    Variant {
        Zpp = "ZPP", "Independent public professional", "Zelfstandig publieke professional (zpp'er)";
        FullSecondment = "FULL_SECONDMENT", "Full secondment", "Volledige detachering";
        Hybrid = "HYBRID", "Hybrid: fewer contract hours, own risk", "Hybride: minder contracturen, eigen risico";
        SelfEmployed = "SELF_EMPLOYED", "Self-employed beside the job", "Zelfstandige naast de baan";
        Unpaid = "UNPAID", "Unpaid", "Belangeloos";
        Internal = "INTERNAL", "Inside the own organisation", "Binnen de eigen organisatie";
    }
}

text_enum! {
    /// What the host pays (doorbelastingsgrondslag)
    ChargeBasis {
        BareWage = "BARE_WAGE", "Bare wage cost", "Kale loonkosten";
        PublicRate = "PUBLIC_RATE", "Public rate", "Publiek tarief";
        OwnRate = "OWN_RATE", "Own rate", "Eigen tarief";
        None = "NONE", "Nothing: closed purse", "Niets: gesloten beurs";
    }
}

/// A function that the scheme does not suit.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ExcludedFunction {
    /// The function as employments name it.
    pub function: String,
    /// Why it is excluded.
    pub reason: String,
}

/// One version of what an organisation allows (mobiliteitskader). It never changes; a newer version follows it.
#[derive(Debug, Clone, PartialEq)]
pub struct MobilityPolicy {
    /// Identifies this version.
    pub id: MobilityPolicyId,
    /// The organisation whose policy it is.
    pub organisation: OrganisationId,
    /// Counts from 1 per organisation.
    pub version: i64,
    /// What it says.
    pub terms: PolicyTerms,
    /// When it was laid down.
    pub created_at: Moment,
}

/// The terms of a policy.
#[derive(Debug, Clone, PartialEq)]
pub struct PolicyTerms {
    /// The first day on which it holds.
    pub valid_from: NaiveDate,
    /// What it says, in a few sentences.
    pub summary: String,
    /// At most this many days a week are exempted (1 or 2).
    pub max_exempted_days: u32,
    /// Working days a manager has to answer a consent request.
    pub consent_term_working_days: u32,
    /// What silence means; never a grant.
    pub silence: ConsentSilence,
    /// Working days a klus may stay inside before wider rings open.
    pub internal_first_working_days: u32,
    /// Functions the scheme does not suit.
    pub excluded_functions: Vec<ExcludedFunction>,
    /// The variants that are allowed.
    pub allowed_variants: Vec<Variant>,
    /// What the host pays unless agreed otherwise.
    pub default_charge_basis: ChargeBasis,
    /// Whether people may work for private hosts.
    pub private_hosts_allowed: bool,
    /// Whether mobility is open to all employees (evidence for the VAT approval).
    pub open_to_all_employees: bool,
    /// Whether a klus inside the organisation needs the manager's consent too.
    pub internal_consent_required: bool,
    /// Whether klussen are reviewed before they are published.
    pub review_required: bool,
    /// Where the whole text stands.
    pub text_url: Option<String>,
}

impl PolicyTerms {
    /// The terms of an organisation that has laid down nothing yet: the platform's defaults.
    pub fn platform_default(valid_from: NaiveDate) -> Self {
        Self {
            valid_from,
            summary: "Nothing laid down yet: the defaults of the platform hold.".to_owned(),
            max_exempted_days: 2,
            consent_term_working_days: 5,
            silence: ConsentSilence::Escalate,
            internal_first_working_days: 0,
            excluded_functions: Vec::new(),
            allowed_variants: vec![Variant::Zpp, Variant::Unpaid, Variant::Internal],
            default_charge_basis: ChargeBasis::BareWage,
            private_hosts_allowed: false,
            open_to_all_employees: true,
            internal_consent_required: true,
            review_required: false,
            text_url: None,
        }
    }

    /// The reason why this function is excluded, if it is. Case does not matter.
    pub fn exclusion(&self, function: &str) -> Option<&ExcludedFunction> {
        let wanted = function.trim().to_lowercase();
        self.excluded_functions.iter().find(|excluded| excluded.function.trim().to_lowercase() == wanted)
    }
}

impl MobilityPolicy {
    /// Lays down the next version. It cannot begin before its predecessor.
    pub fn lay_down(
        id: MobilityPolicyId,
        organisation: OrganisationId,
        previous: Option<&Self>,
        terms: PolicyTerms,
        now: Moment,
    ) -> Result<Self, Refusal> {
        let mut faults = Faults::default();
        let twice =
            |(index, variant): (usize, &Variant)| terms.allowed_variants.iter().take(index).any(|one| one == variant);
        faults.unless(
            !terms.allowed_variants.iter().enumerate().any(twice),
            "allowedVariants",
            "must name each variant at most once",
        );
        faults.unless((1..=2).contains(&terms.max_exempted_days), "maxExemptedDays", "must be 1 or 2");
        faults.unless(
            terms.internal_first_working_days <= INTERNAL_FIRST_HARD_CEILING,
            "internalFirstWorkingDays",
            "must be at most 10 working days, the ceiling of the platform",
        );
        faults.finish()?;
        if let Some(previous) = previous
            && previous.terms.valid_from > terms.valid_from
        {
            let detail = format!(
                "validFromDate must be {} or later, the first day of version {}.",
                previous.terms.valid_from, previous.version
            );
            return Err(super::codes::POLICY_NOT_LATER.refuse(detail));
        }
        Ok(Self {
            id,
            organisation,
            version: previous.map_or(1, |previous| previous.version + 1),
            terms,
            created_at: now,
        })
    }
}

/// What holds for an organisation on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct PolicyInForce {
    /// Where the terms come from.
    pub basis: PolicyBasis,
    /// The version that was laid down, if one was.
    pub policy: Option<MobilityPolicy>,
    /// The terms.
    pub terms: PolicyTerms,
}

impl PolicyInForce {
    /// What holds for `organisation` on a day, given the version that it or the nearest organisation above laid down.
    pub fn of(organisation: OrganisationId, policy: Option<MobilityPolicy>, day: NaiveDate) -> Self {
        let basis = match &policy {
            Some(policy) if policy.organisation == organisation => PolicyBasis::Own,
            Some(_) => PolicyBasis::Inherited,
            None => PolicyBasis::PlatformDefault,
        };
        let terms = policy.as_ref().map_or_else(|| PolicyTerms::platform_default(day), |policy| policy.terms.clone());
        Self { basis, policy, terms }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn lay_down(previous: Option<&MobilityPolicy>, terms: PolicyTerms) -> Result<MobilityPolicy, Refusal> {
        let now = "2027-03-01T09:00:00Z".parse().unwrap();
        MobilityPolicy::lay_down(Uuid::from_u128(1).into(), Uuid::from_u128(7).into(), previous, terms, now)
    }

    fn terms(day: &str) -> PolicyTerms {
        PolicyTerms::platform_default(day.parse().unwrap())
    }

    #[test]
    fn versions_count_up_and_none_begins_before_the_one_it_follows() {
        let first = lay_down(None, terms("2027-03-01")).unwrap();
        let second = lay_down(Some(&first), terms("2027-03-01")).unwrap();
        assert_eq!((first.version, second.version), (1, 2));
        assert_eq!(lay_down(Some(&second), terms("2027-02-28")).unwrap_err().code.name, "policy_not_later");
    }

    #[test]
    fn a_policy_stays_within_the_limits_of_the_platform() {
        let late = PolicyTerms { internal_first_working_days: 11, ..terms("2027-03-01") };
        let much = PolicyTerms { max_exempted_days: 3, ..terms("2027-03-01") };
        let twice = PolicyTerms { allowed_variants: vec![Variant::Zpp, Variant::Zpp], ..terms("2027-03-01") };
        for (terms, field) in
            [(late, "internalFirstWorkingDays"), (much, "maxExemptedDays"), (twice, "allowedVariants")]
        {
            assert_eq!(lay_down(None, terms).unwrap_err().faults[0].name, field);
        }
    }

    #[test]
    fn what_holds_is_the_own_policy_else_one_from_above_else_the_default() {
        let policy = lay_down(None, terms("2027-03-01")).unwrap();
        let day = "2027-03-01".parse().unwrap();
        let of =
            |organisation: u128, policy| PolicyInForce::of(Uuid::from_u128(organisation).into(), policy, day).basis;
        assert_eq!(of(7, Some(policy.clone())), PolicyBasis::Own);
        assert_eq!(of(8, Some(policy)), PolicyBasis::Inherited);
        assert_eq!(of(7, None), PolicyBasis::PlatformDefault);
    }

    #[test]
    fn an_excluded_function_is_found_whatever_its_case() {
        let excluded = ExcludedFunction { function: "Griffier".to_owned(), reason: "Onafhankelijk".to_owned() };
        let terms = PolicyTerms { excluded_functions: vec![excluded], ..terms("2027-03-01") };
        assert!(terms.exclusion(" griffier ").is_some() && terms.exclusion("Adviseur").is_none());
    }
}
