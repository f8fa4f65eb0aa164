//! Cost rates: what an hour of somebody costs the home organisation, and nothing on top of it.

use chrono::NaiveDate;

use super::codes::RATE_NOT_LATER;
use crate::{CostRateId, EmploymentId, Faults, Moment, PersonId, Refusal};

/// What an hour of an employment costs (loonkostentarief), from a day on. It never changes; a later one follows it. There
/// is no field for a margin (invariant 4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CostRate {
    /// Identifies it.
    pub id: CostRateId,
    /// The employment.
    pub employment: EmploymentId,
    /// The first day on which it is valid.
    pub valid_from: NaiveDate,
    /// What it is made of.
    pub components: CostComponents,
    /// Who laid it down.
    pub laid_down_by: PersonId,
    /// When.
    pub created_at: Moment,
}

/// What an hour is made of, each in euro cents an hour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CostComponents {
    /// Gross pay (brutoloon).
    pub gross_pay_cents: i64,
    /// Individual choice budget (IKB).
    pub choice_budget_cents: i64,
    /// Employer charges (werkgeverslasten).
    pub employer_charges_cents: i64,
    /// Other cost that was really made.
    pub other_actual_cost_cents: i64,
    /// What the other cost is.
    pub other_actual_cost_description: Option<String>,
}

impl CostComponents {
    /// All components together.
    pub fn cents_per_hour(&self) -> i64 {
        let Self { gross_pay_cents, choice_budget_cents, employer_charges_cents, other_actual_cost_cents, .. } = self;
        [gross_pay_cents, choice_budget_cents, employer_charges_cents, other_actual_cost_cents]
            .into_iter()
            .fold(0, |sum, cents| sum.saturating_add(*cents))
    }
}

/// What a new rate has to come after.
#[derive(Debug, Clone, Copy, Default)]
pub struct After<'a> {
    /// The last rate there is.
    pub last: Option<&'a CostRate>,
    /// The last day that was charged.
    pub charged_until: Option<NaiveDate>,
}

impl CostRate {
    /// Lays down a rate that follows the last one. Days that were charged already keep the rate they had.
    pub fn lay_down(
        id: CostRateId,
        employment: EmploymentId,
        terms: (NaiveDate, CostComponents),
        after: After<'_>,
        laid_down_by: PersonId,
        now: Moment,
    ) -> Result<Self, Refusal> {
        let (valid_from, components) = terms;
        let mut faults = Faults::default();
        faults.unless(components.gross_pay_cents > 0, "grossPayCents", "must be more than 0");
        let described = components.other_actual_cost_description.as_deref().is_some_and(|text| !text.trim().is_empty());
        faults.unless(
            described == (components.other_actual_cost_cents > 0),
            "otherActualCostDescription",
            "must say what the other actual cost is, and be left out where there is none",
        );
        faults.finish()?;
        let earliest = after.last.map(|last| last.valid_from).max(after.charged_until);
        if earliest.is_some_and(|earliest| valid_from <= earliest) {
            let after = earliest.map(|day| day.to_string()).unwrap_or_default();
            return Err(RATE_NOT_LATER.refuse(format!("validFromDate must be after {after}.")));
        }
        Ok(Self { id, employment, valid_from, components, laid_down_by, created_at: now })
    }
}

/// The rate that is valid on a day, among all rates of one employment.
pub fn rate_on(rates: &[CostRate], day: NaiveDate) -> Option<&CostRate> {
    rates.iter().filter(|rate| rate.valid_from <= day).max_by_key(|rate| rate.valid_from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::market::fixtures::{day, id, moment};

    fn components(gross: i64, other: i64, description: Option<&str>) -> CostComponents {
        CostComponents {
            gross_pay_cents: gross,
            choice_budget_cents: 700,
            employer_charges_cents: 1_050,
            other_actual_cost_cents: other,
            other_actual_cost_description: description.map(str::to_owned),
        }
    }

    fn lay_down(from: &str, last: Option<&CostRate>, charged: Option<&str>) -> Result<CostRate, Refusal> {
        let terms = (day(from), components(3_500, 0, None));
        let after = After { last, charged_until: charged.map(day) };
        CostRate::lay_down(id(1), id(40), terms, after, id(9), moment(0))
    }

    #[test]
    fn an_hour_costs_its_components_and_nothing_else() {
        assert_eq!(components(3_500, 0, None).cents_per_hour(), 5_250);
        assert_eq!(components(3_500, 25, Some("Reiskosten")).cents_per_hour(), 5_275);
    }

    #[test]
    fn a_rate_follows_the_last_one_and_leaves_charged_days_alone() {
        let first = lay_down("2026-01-01", None, None).unwrap();
        assert!(lay_down("2026-07-01", Some(&first), Some("2026-06-30")).is_ok());
        for (from, charged) in [("2026-01-01", None), ("2025-12-31", None), ("2026-06-30", Some("2026-06-30"))] {
            let refusal = lay_down(from, Some(&first), charged).unwrap_err();
            assert_eq!(refusal.code.name, "rate_not_later", "{from}");
        }
        let second = CostRate { valid_from: day("2026-07-01"), ..first.clone() };
        let rates = [second.clone(), first.clone()];
        assert_eq!(rate_on(&rates, day("2026-06-30")), Some(&first));
        assert_eq!(rate_on(&rates, day("2026-07-01")), Some(&second));
        assert_eq!(rate_on(&rates, day("2025-12-31")), None);
    }

    #[test]
    fn other_cost_says_what_it_is() {
        for (other, description) in [(25, None), (25, Some(" ")), (0, Some("Opslag"))] {
            let terms = (day("2026-01-01"), components(3_500, other, description));
            let refusal = CostRate::lay_down(id(1), id(40), terms, After::default(), id(9), moment(0)).unwrap_err();
            assert_eq!(refusal.faults[0].name, "otherActualCostDescription");
        }
    }
}
