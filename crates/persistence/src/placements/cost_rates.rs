//! Cost rates: each stays, a later one follows it.

use chrono::NaiveDate;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use domain::placements::cost_rates::{CostComponents, CostRate};
use domain::{CostRateId, EmploymentId};

use crate::columns::{At, Key};
use crate::page::newest_first;
use crate::schema::placements::cost_rates;
use crate::{Page, PageRequest, PersistenceError, Result, View};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = cost_rates, treat_none_as_default_value = false)]
#[diesel(check_for_backend(Sqlite, Pg))]
struct Row {
    id: Key,
    employment_id: Key,
    valid_from: NaiveDate,
    gross_pay_cents: i64,
    choice_budget_cents: i64,
    employer_charges_cents: i64,
    other_actual_cost_cents: i64,
    other_actual_cost_description: Option<String>,
    laid_down_by_id: Key,
    created_at: At,
}

impl From<&CostRate> for Row {
    fn from(rate: &CostRate) -> Self {
        let CostRate { id, employment, valid_from, components, laid_down_by, created_at } = rate.clone();
        let CostComponents {
            gross_pay_cents,
            choice_budget_cents,
            employer_charges_cents,
            other_actual_cost_cents,
            other_actual_cost_description,
        } = components;
        Self {
            id: id.into(),
            employment_id: employment.into(),
            valid_from,
            gross_pay_cents,
            choice_budget_cents,
            employer_charges_cents,
            other_actual_cost_cents,
            other_actual_cost_description,
            laid_down_by_id: laid_down_by.into(),
            created_at: At(created_at),
        }
    }
}

impl TryFrom<Row> for CostRate {
    type Error = PersistenceError;

    fn try_from(row: Row) -> Result<Self> {
        let Row {
            id,
            employment_id,
            valid_from,
            gross_pay_cents,
            choice_budget_cents,
            employer_charges_cents,
            other_actual_cost_cents,
            other_actual_cost_description,
            laid_down_by_id,
            created_at,
        } = row;
        Ok(Self {
            id: id.to(),
            employment: employment_id.to(),
            valid_from,
            components: CostComponents {
                gross_pay_cents,
                choice_budget_cents,
                employer_charges_cents,
                other_actual_cost_cents,
                other_actual_cost_description,
            },
            laid_down_by: laid_down_by_id.to(),
            created_at: created_at.0,
        })
    }
}

keep!(once cost_rates, CostRate, CostRateId, Row);

/// All rates of an employment, the first one first.
pub fn of_employment(view: &mut View<'_>, employment: EmploymentId) -> Result<Vec<CostRate>> {
    let rows: Vec<Row> = each!(view.conn, |c| cost_rates::table
        .filter(cost_rates::employment_id.eq(Key::from(employment)))
        .order(cost_rates::valid_from)
        .select(Row::as_select())
        .load(c))?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// A page of the rates of an employment, newest first.
pub fn list(view: &mut View<'_>, employment: EmploymentId, request: &PageRequest) -> Result<Page<CostRate>> {
    let rows: Vec<Row> = each!(view.conn, |c| {
        let query = cost_rates::table
            .filter(cost_rates::employment_id.eq(Key::from(employment)))
            .select(Row::as_select())
            .into_boxed();
        newest_first!(query, request, cost_rates::id).load(c)
    })?;
    let items = rows.into_iter().map(TryInto::try_into).collect::<Result<Vec<CostRate>>>()?;
    Ok(request.page(items, |rate| (String::new(), rate.id.into())))
}
