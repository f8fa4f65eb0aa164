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
                "validFrom must be {} or later, the first day of version {}.",
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
