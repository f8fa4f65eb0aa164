//! What is agreed between the three parties, and what a person has to look at before signing.

use super::clauses::ClauseGroup;
use super::wording::{dutch_date, dutch_effort, euros};
use crate::language::Language;
use crate::market::effort::Period;
use crate::parties::mobility_policies::ChargeBasis;
use crate::placements::capacity::Stretch;
use crate::placements::placements::Placement;
use crate::{Faults, Refusal, TextEnum, text_enum};

text_enum! {
    /// The category of value added tax (btw-categorie, EN 16931): chosen by the parties, never by the service
    VatCategory {
        Standard = "STANDARD", "Taxed (S)", "Belast (S)";
        Exempt = "EXEMPT", "Exempt, or approved as untaxed (E)", "Vrijgesteld, of goedgekeurd onbelast (E)";
        OutsideScope = "OUTSIDE_SCOPE", "Outside the scope of the tax (O)", "Buiten het bereik van de belasting (O)";
    }
}

text_enum! {
    /// The basis under procurement law (aanbestedingsgrond): chosen by the parties, never by the service
    ProcurementBasis {
        NoConsideration = "NO_CONSIDERATION", "No contract for pecuniary interest", "Geen overeenkomst onder bezwarende titel";
        PublicCooperation = "PUBLIC_COOPERATION", "Cooperation between contracting authorities", "Samenwerking tussen aanbestedende diensten";
        InHouse = "IN_HOUSE", "In-house award", "Inbesteding";
        BelowThreshold = "BELOW_THRESHOLD", "Below the threshold", "Onder de drempel";
        Tendered = "TENDERED", "Awarded after a procedure", "Gegund na een procedure";
        Other = "OTHER", "Another basis", "Een andere grond";
    }
}

text_enum! {
    /// What somebody should look at before an agreement is signed
    AgreementWarning {
        ExemptOverTwelveMonths = "EXEMPT_OVER_TWELVE_MONTHS", "Untaxed and longer than twelve months: the approval for labour mobility ends there", "Onbelast en langer dan twaalf maanden: daar eindigt de goedkeuring voor arbeidsmobiliteit";
        ExemptAboveWage = "EXEMPT_ABOVE_WAGE", "Untaxed at a rate that is not the bare wage cost", "Onbelast tegen een ander tarief dan de kale loonkosten";
        ValueUnknown = "VALUE_UNKNOWN", "The value is not known: no rate is valid on the first day", "De waarde is niet bekend: op de eerste dag geldt geen tarief";
    }
}

/// Who signs for an organisation, and on what ground.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Representative {
    /// The name.
    pub name: String,
    /// The function, by which they have the mandate.
    pub function: String,
}

/// The treatment for value added tax, with the evidence for it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct VatTreatment {
    /// The category.
    pub category: VatCategory,
    /// The rate in hundredths of a per cent; only where it is taxed.
    pub rate_basis_points: Option<i64>,
    /// The legal basis, in words; where it is not taxed.
    pub legal_basis: Option<String>,
    /// What shows that the basis applies.
    pub evidence: Option<String>,
}

/// The basis under procurement law, with the evidence for it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Procurement {
    /// The basis.
    pub basis: ProcurementBasis,
    /// What shows that it applies.
    pub evidence: String,
}

/// How the host wants to find an invoice back.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct References {
    /// The reference of the buyer (BT-10).
    pub buyer_reference: Option<String>,
    /// The number of the order (BT-13).
    pub order_reference: Option<String>,
    /// The cost centre.
    pub cost_centre: Option<String>,
}

/// What is agreed besides the template, in one clause group.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Particular {
    /// Where it belongs.
    pub group: ClauseGroup,
    /// The words.
    pub text: String,
}

/// What is agreed between the three parties.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct AgreementTerms {
    /// Who signs for the home organisation.
    pub home_representative: Representative,
    /// Who signs for the host organisation.
    pub host_representative: Representative,
    /// The treatment for value added tax; chosen before it is proposed.
    pub vat: Option<VatTreatment>,
    /// The basis under procurement law; chosen before it is proposed.
    pub procurement: Option<Procurement>,
    /// How many weeks before the end extension is talked about.
    pub talks_weeks_before_end: u32,
    /// How the host wants to find invoices back.
    pub references: References,
    /// What is agreed besides the template.
    pub particulars: Vec<Particular>,
    /// The work that is added: only in a version that extends a running placement.
    pub extension: Option<Stretch>,
}

/// An organisation as the text names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartyFacts {
    /// Its name.
    pub name: String,
    /// Its identifier in an official register.
    pub identifier: String,
}

/// What the text names besides the terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgreementFacts {
    /// The home organisation.
    pub home: PartyFacts,
    /// The host organisation.
    pub host: PartyFacts,
    /// The name of the employee.
    pub employee: String,
    /// The function at home.
    pub function: String,
    /// The title of the klus.
    pub title: String,
    /// What will be there when it is done.
    pub intended_result: String,
    /// The weeks of notice.
    pub notice_weeks: u32,
    /// What an hour costs, in euro cents; none where nothing is paid or no rate is known.
    pub cents_per_hour: Option<i64>,
}

impl AgreementTerms {
    pub(super) fn check(&self, placement: &Placement) -> Result<(), Refusal> {
        let mut faults = Faults::default();
        if let Some(vat) = &self.vat {
            let is_taxed = vat.category == VatCategory::Standard;
            let says = |text: &Option<String>| text.as_deref().is_some_and(|text| !text.trim().is_empty());
            let rate = "must be given where it is taxed, in hundredths of a per cent (2100), and left out elsewhere";
            let fits = match vat.rate_basis_points {
                Some(points) => is_taxed && (1..=10_000).contains(&points),
                None => !is_taxed,
            };
            faults.unless(fits, "vat.rateBasisPoints", rate);
            let basis = "must name the law or approval where it is not taxed";
            faults.unless(is_taxed || says(&vat.legal_basis), "vat.legalBasis", basis);
            let evidence = "must say what shows that the basis applies, where it is not taxed";
            faults.unless(is_taxed || says(&vat.evidence), "vat.evidence", evidence);
        }
        for (index, particular) in self.particulars.iter().enumerate() {
            let twice = self.particulars.iter().take(index).any(|one| one.group == particular.group);
            faults.unless(!twice, &format!("particulars.{index}.group"), "must name each group at most once");
        }
        if let Some(extension) = self.extension {
            let next = placement.period().end.succ_opt();
            let reason = "must be the day after the last day of the placement";
            faults.unless(next == Some(extension.period.start), "extension.startDate", reason);
            let mut inside = Faults::default();
            extension.effort.check(Some(extension.period), &mut inside);
            for fault in inside.finish().err().map(|refusal| refusal.faults).unwrap_or_default() {
                faults.add(&format!("extension.{}", fault.name), fault.reason);
            }
        }
        faults.finish()
    }

    /// The whole period, with the work that this version adds.
    pub fn period(&self, placement: &Placement) -> Period {
        let before = placement.period();
        Period { end: self.extension.map_or(before.end, |extension| extension.period.end), ..before }
    }

    /// The minutes agreed in all, with those that this version adds.
    pub fn minutes(&self, placement: &Placement) -> i64 {
        placement.agreed_minutes() + self.extension.map_or(0, Stretch::total_minutes)
    }

    /// What it is worth, in euro cents: the hours agreed at the rate on the first day.
    pub fn value_cents(&self, placement: &Placement, cents_per_hour: Option<i64>) -> Option<i64> {
        if placement.charge_basis == ChargeBasis::None {
            return Some(0);
        }
        Some(crate::placements::money::cents_for(self.minutes(placement), cents_per_hour?))
    }

    /// What somebody should look at; nothing here decides.
    pub fn warnings(&self, placement: &Placement, cents_per_hour: Option<i64>) -> Vec<AgreementWarning> {
        let period = self.period(placement);
        let is_exempt = self.vat.as_ref().is_some_and(|vat| vat.category == VatCategory::Exempt);
        let is_above_wage = matches!(placement.charge_basis, ChargeBasis::PublicRate | ChargeBasis::OwnRate);
        let year_on = period.start.checked_add_months(chrono::Months::new(12));
        [
            (is_exempt && year_on.is_some_and(|day| day <= period.end), AgreementWarning::ExemptOverTwelveMonths),
            (is_exempt && is_above_wage, AgreementWarning::ExemptAboveWage),
            (self.value_cents(placement, cents_per_hour).is_none(), AgreementWarning::ValueUnknown),
        ]
        .into_iter()
        .filter_map(|(applies, warning)| applies.then_some(warning))
        .collect()
    }

    /// What a template may name.
    pub(super) fn names(&self, placement: &Placement, facts: &AgreementFacts) -> Vec<(&'static str, String)> {
        let period = self.period(placement);
        let signs = |one: &Representative| format!("{}, {}", one.name, one.function);
        let efforts: Vec<String> = placement
            .stretches
            .iter()
            .copied()
            .chain(self.extension)
            .map(|stretch| dutch_effort(stretch.effort))
            .collect();
        let mut hours = efforts;
        hours.dedup();
        let return_date = crate::placements::placements::first_working_day_after(period.end);
        let talks = chrono::Days::new(u64::from(self.talks_weeks_before_end) * 7);
        let talks = period.end.checked_sub_days(talks).unwrap_or(period.end);
        vec![
            ("home", facts.home.name.clone()),
            ("homeIdentifier", facts.home.identifier.clone()),
            ("homeRepresentative", signs(&self.home_representative)),
            ("host", facts.host.name.clone()),
            ("hostIdentifier", facts.host.identifier.clone()),
            ("hostRepresentative", signs(&self.host_representative)),
            ("employee", facts.employee.clone()),
            ("function", facts.function.clone()),
            ("title", facts.title.clone()),
            ("intendedResult", facts.intended_result.clone()),
            ("startDate", dutch_date(period.start)),
            ("endDate", dutch_date(period.end)),
            ("hours", hours.join(", daarna ")),
            ("returnDestination", placement.return_plan.destination.label(Language::Dutch).to_lowercase()),
            ("returnDate", dutch_date(return_date)),
            ("noticeWeeks", facts.notice_weeks.to_string()),
            ("talksDate", dutch_date(talks)),
            ("rate", self.rate_in_words(placement, facts)),
            ("value", self.value_cents(placement, facts.cents_per_hour).map_or("–".to_owned(), euros)),
            ("references", self.references_in_words()),
            ("vat", self.vat.as_ref().map_or_else(|| "–".to_owned(), vat_in_words)),
            ("procurement", self.procurement.as_ref().map_or_else(|| "–".to_owned(), procurement_in_words)),
        ]
    }

    fn rate_in_words(&self, placement: &Placement, facts: &AgreementFacts) -> String {
        let per_hour = facts.cents_per_hour.map(|cents| format!("{} per uur", euros(cents)));
        match placement.charge_basis {
            ChargeBasis::None => "niets (gesloten beurs)".to_owned(),
            ChargeBasis::BareWage => match per_hour {
                Some(rate) => format!("de kale loonkosten, op de eerste dag {rate}"),
                None => "de kale loonkosten".to_owned(),
            },
            ChargeBasis::PublicRate => format!("een publiek tarief van {}", per_hour.unwrap_or_default()),
            ChargeBasis::OwnRate => format!("een eigen tarief van {}", per_hour.unwrap_or_default()),
        }
    }

    fn references_in_words(&self) -> String {
        let References { buyer_reference, order_reference, cost_centre } = &self.references;
        let said: Vec<String> = [
            ("Kenmerk van de inlener", buyer_reference),
            ("inkoopordernummer", order_reference),
            ("kostenplaats", cost_centre),
        ]
        .into_iter()
        .filter_map(|(label, value)| value.as_ref().map(|value| format!("{label}: {value}")))
        .collect();
        if said.is_empty() { String::new() } else { format!("{}.", said.join(", ")) }
    }
}

fn vat_in_words(vat: &VatTreatment) -> String {
    let basis = vat.legal_basis.clone().unwrap_or_default();
    let evidence = vat.evidence.clone().unwrap_or_default();
    match (vat.category, vat.rate_basis_points) {
        (VatCategory::Standard, Some(points)) => {
            let (whole, rest) = (points / 100, points % 100);
            let rate = if rest == 0 { whole.to_string() } else { format!("{whole},{rest:02}") };
            format!("belast met {rate} procent.")
        }
        (category, _) => format!("{}. Grond: {basis} Bewijs: {evidence}", category.label(Language::Dutch)),
    }
}

fn procurement_in_words(procurement: &Procurement) -> String {
    format!("{}. Bewijs: {}", procurement.basis.label(Language::Dutch), procurement.evidence)
}
