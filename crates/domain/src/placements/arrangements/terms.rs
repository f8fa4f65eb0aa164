//! What an arrangement says, and what variant, policy and contract demand of it.

use chrono::{Datelike, NaiveDate, Weekday};

use super::Arrangement;
use crate::parties::employments::EmploymentTerms;
use crate::parties::identifiers::{IdentifierScheme, OrganisationIdentifier};
use crate::parties::mobility_policies::{PolicyTerms, Variant};
use crate::placements::variants::{Demand, ExemptionLimit, VariantRules};
use crate::{Faults, Refusal, Week, text_enum};

text_enum! {
    /// Where somebody goes back to (terugkeerbestemming)
    ReturnDestination {
        OldFunction = "OLD_FUNCTION", "The old function", "De oude functie";
        EquivalentFunction = "EQUIVALENT_FUNCTION", "An equivalent function", "Een gelijkwaardige functie";
        InternalAssignments = "INTERNAL_ASSIGNMENTS", "Assignments inside the home organisation", "Interne klussen bij de moederorganisatie";
    }
}

/// What is agreed between employee and home organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArrangementTerms {
    /// The form.
    pub variant: Variant,
    /// The first day.
    pub start: NaiveDate,
    /// The last day, where there is one.
    pub end: Option<NaiveDate>,
    /// Minutes a week that the home organisation exempts.
    pub exempted_minutes_per_week: i64,
    /// Minutes a week at one's own risk.
    pub own_risk_minutes_per_week: i64,
    /// The contract minutes a week before they were reduced.
    pub original_contract_minutes_per_week: Option<i64>,
    /// How the employee finds assignments.
    pub acquisition_plan: Option<String>,
    /// What it does to the income.
    pub income_effect: Option<String>,
    /// The way back.
    pub return_guarantee: ReturnGuarantee,
    /// The company of the employee.
    pub own_company: Option<OwnCompany>,
    /// The programme or pilot it belongs to.
    pub programme_label: Option<String>,
}

/// The way back (terugkeergarantie).
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ReturnGuarantee {
    /// Where to.
    pub destination: ReturnDestination,
    /// How many weeks before, either side says that it ends.
    pub notice_weeks: u32,
    /// Within how many weeks after the end the destination is there.
    pub term_weeks: u32,
    /// What is agreed besides.
    pub text: Option<String>,
}

/// The company of somebody who works for themselves too.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct OwnCompany {
    /// Its name.
    pub name: String,
    /// Its number at the Chamber of Commerce.
    pub kvk_number: String,
}

/// What an arrangement is laid beside.
#[derive(Debug, Clone, Copy)]
pub struct Under<'a> {
    /// The policy.
    pub policy: &'a PolicyTerms,
    /// The employment.
    pub employment: &'a EmploymentTerms,
    /// The other arrangements of the employment that hold, without the series of this one.
    pub others: &'a [Arrangement],
}

impl ArrangementTerms {
    /// Everything that is wrong with them, at once.
    pub fn check(&self, under: Under<'_>) -> Result<(), Refusal> {
        let rules = VariantRules::of(self.variant);
        let mut faults = Faults::default();
        faults.unless(
            under.policy.allowed_variants.contains(&self.variant),
            "variant",
            "must be one of the variants that the mobility policy allows",
        );
        self.check_period(under.employment, &mut faults);
        self.check_hours(rules, under, &mut faults);
        self.check_demands(rules, &mut faults);
        faults.finish()
    }

    fn check_period(&self, employment: &EmploymentTerms, faults: &mut Faults) {
        faults.unless(self.end.is_none_or(|end| self.start <= end), "endDate", "must not be before startDate");
        let last = employment.end.unwrap_or(NaiveDate::MAX);
        faults.unless(employment.start <= self.start && self.start <= last, "startDate", "must lie in the employment");
        faults.unless(
            employment.end.is_none() || self.end.is_some_and(|end| end <= last),
            "endDate",
            "must lie in the employment, which has an end",
        );
    }

    /// In whole minutes, without division: exempted × working days is laid beside days × contract (invariant 1).
    fn check_hours(&self, rules: &VariantRules, under: Under<'_>, faults: &mut Faults) {
        let EmploymentTerms { contract_minutes_per_week: contract, working_days_per_week: days, .. } =
            *under.employment;
        let exempted = self.exempted_minutes_per_week;
        match rules.exemption {
            ExemptionLimit::Nothing => {
                faults.unless(exempted == 0, "exemptedMinutesPerWeek", "must be 0: this variant exempts nothing");
            }
            ExemptionLimit::WholeContract => faults.unless(
                exempted == contract,
                "exemptedMinutesPerWeek",
                &format!("must be the whole contract: {contract}"),
            ),
            ExemptionLimit::DayCap => {
                let allowed = i64::from(under.policy.max_exempted_days);
                let most = allowed.saturating_mul(contract).checked_div(days).unwrap_or(0);
                let taken = self.taken_beside(under.others, |other| other.rules().is_capped());
                let least = if rules.own_risk == Demand::Required { 0 } else { 1 };
                let room = match most - taken {
                    room if room < least => "wait for another arrangement to end".to_owned(),
                    room => format!("be {least} to {room} minutes"),
                };
                let reason = format!(
                    "must {room}: {allowed} of {days} working days of {contract} minutes a week, less {taken} of other arrangements"
                );
                let fits = (exempted + taken).saturating_mul(days) <= allowed.saturating_mul(contract);
                faults.unless(fits && exempted >= least, "exemptedMinutesPerWeek", &reason);
            }
        }
        let own_risk = self.own_risk_minutes_per_week;
        match rules.own_risk {
            Demand::Required => {
                faults.unless(own_risk > 0, "ownRiskMinutesPerWeek", "must be more than 0 in this variant");
            }
            Demand::Optional => {}
            Demand::Forbidden => {
                faults.unless(own_risk == 0, "ownRiskMinutesPerWeek", "must be 0: this variant has no own risk");
            }
        }
        if let Some(original) = self.original_contract_minutes_per_week {
            faults.unless(
                contract.saturating_add(own_risk) <= original,
                "ownRiskMinutesPerWeek",
                "together with the contract must not exceed originalContractMinutesPerWeek",
            );
        }
    }

    /// The most that other arrangements exempt in a week in which this one holds too.
    fn taken_beside(&self, others: &[Arrangement], counts: impl Fn(&Arrangement) -> bool) -> i64 {
        let (first, last) = (Week::of(self.start), self.end.map(Week::of));
        let touches = |other: &Arrangement, first: Week, last: Option<Week>| {
            other.last_day().is_none_or(|day| first <= Week::of(day))
                && last.is_none_or(|last| Week::of(other.terms.start) <= last)
        };
        let beside = || others.iter().filter(|other| counts(other) && touches(other, first, last));
        let taken_in = |week: Week| {
            let present = beside().filter(|other| touches(other, week, Some(week)));
            present.map(|other| other.terms.exempted_minutes_per_week).sum()
        };
        // It is most in a week in which one of them begins.
        beside().map(|other| taken_in(Week::of(other.terms.start).max(first))).max().unwrap_or(0)
    }

    fn check_demands(&self, rules: &VariantRules, faults: &mut Faults) {
        let has = |text: &Option<String>| text.as_deref().is_some_and(|text| !text.trim().is_empty());
        for (demand, is_there, field) in [
            (rules.end_date, self.end.is_some(), "endDate"),
            (rules.acquisition_plan, has(&self.acquisition_plan), "acquisitionPlan"),
            (rules.income_effect, has(&self.income_effect), "incomeEffect"),
            (rules.own_company, self.own_company.is_some(), "ownCompany"),
            (
                rules.original_contract,
                self.original_contract_minutes_per_week.is_some(),
                "originalContractMinutesPerWeek",
            ),
        ] {
            match demand {
                Demand::Required => faults.unless(is_there, field, "must be given in this variant"),
                Demand::Optional => {}
                Demand::Forbidden => faults.unless(!is_there, field, "must be left out in this variant"),
            }
        }
        if let Some(company) = &self.own_company {
            let number = OrganisationIdentifier { scheme: IdentifierScheme::Kvk, value: company.kvk_number.clone() };
            number.check("ownCompany.kvkNumber", faults);
        }
    }

    /// A later version begins on a Monday, so that a week has one number of exempted minutes.
    pub(super) fn check_follows(&self, before: &Self) -> Result<(), Refusal> {
        let mut faults = Faults::default();
        faults.unless(self.variant == before.variant, "variant", "must stay: another variant is another arrangement");
        faults.unless(self.start.weekday() == Weekday::Mon, "startDate", "must be a Monday for a later version");
        faults.unless(before.start < self.start, "startDate", "must be after the first day of the version before");
        faults.finish()
    }
}
