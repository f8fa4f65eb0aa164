//! Mobility arrangements, version by version.

use chrono::NaiveDate;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use domain::placements::arrangements::{Arrangement, ArrangementState, ArrangementTerms};
use domain::{ArrangementId, EmploymentId, OrganisationId, PersonId, TextEnum, local_date};

use crate::among::AmongMethods as _;
use crate::columns::{At, Key, Place, to_json};
use crate::page::newest_first;
use crate::schema::placements::arrangements;
use crate::{Page, PageRequest, PersistenceError, Result, View};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = arrangements, treat_none_as_null = true, treat_none_as_default_value = false)]
#[diesel(check_for_backend(Sqlite, Pg))]
struct Row {
    id: Key,
    revision: i64,
    series_id: Key,
    version: i64,
    person_id: Key,
    employment_id: Key,
    home_organisation_id: Key,
    policy_id: Option<Key>,
    variant: String,
    start_date: NaiveDate,
    end_date: Option<NaiveDate>,
    exempted_minutes_per_week: i64,
    own_risk_minutes_per_week: i64,
    original_contract_minutes_per_week: Option<i64>,
    acquisition_plan: Option<String>,
    income_effect: Option<String>,
    return_guarantee: serde_json::Value,
    own_company: Option<serde_json::Value>,
    programme_label: Option<String>,
    state: String,
    drafted_by: String,
    employee_signature: Option<serde_json::Value>,
    home_signature: Option<serde_json::Value>,
    reason: Option<String>,
    ended_on: Option<NaiveDate>,
    created_at: At,
    modified_at: At,
}

impl From<&Arrangement> for Row {
    fn from(arrangement: &Arrangement) -> Self {
        let Arrangement {
            id,
            revision,
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
        } = arrangement.clone();
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
        Self {
            id: id.into(),
            revision,
            series_id: series.into(),
            version,
            person_id: person.into(),
            employment_id: employment.into(),
            home_organisation_id: home.into(),
            policy_id: policy.map(Key::from),
            variant: variant.to_string(),
            start_date: start,
            end_date: end,
            exempted_minutes_per_week,
            own_risk_minutes_per_week,
            original_contract_minutes_per_week,
            acquisition_plan,
            income_effect,
            return_guarantee: to_json(&return_guarantee),
            own_company: own_company.as_ref().map(to_json),
            programme_label,
            state: state.to_string(),
            drafted_by: drafted_by.to_string(),
            employee_signature: employee_signature.as_ref().map(to_json),
            home_signature: home_signature.as_ref().map(to_json),
            reason,
            ended_on,
            created_at: At(created_at),
            modified_at: At(modified_at),
        }
    }
}

impl TryFrom<Row> for Arrangement {
    type Error = PersistenceError;

    fn try_from(row: Row) -> Result<Self> {
        let Row {
            id,
            revision,
            series_id,
            version,
            person_id,
            employment_id,
            home_organisation_id,
            policy_id,
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
            state,
            drafted_by,
            employee_signature,
            home_signature,
            reason,
            ended_on,
            created_at,
            modified_at,
        } = row;
        let place = Place::new("arrangements", id);
        Ok(Self {
            id: id.to(),
            revision,
            series: series_id.to(),
            version,
            person: person_id.to(),
            employment: employment_id.to(),
            home: home_organisation_id.to(),
            policy: policy_id.map(Key::to),
            terms: ArrangementTerms {
                variant: place.value("variant", &variant)?,
                start: start_date,
                end: end_date,
                exempted_minutes_per_week,
                own_risk_minutes_per_week,
                original_contract_minutes_per_week,
                acquisition_plan,
                income_effect,
                return_guarantee: place.json("return_guarantee", return_guarantee)?,
                own_company: place.optional_json("own_company", own_company)?,
                programme_label,
            },
            state: place.value("state", &state)?,
            drafted_by: place.value("drafted_by", &drafted_by)?,
            employee_signature: place.optional_json("employee_signature", employee_signature)?,
            home_signature: place.optional_json("home_signature", home_signature)?,
            reason,
            ended_on,
            created_at: created_at.0,
            modified_at: modified_at.0,
        })
    }
}

keep!(arrangements, Arrangement, ArrangementId, Row);

/// Which arrangements are asked for: of a person, or of a home organisation and those below it.
#[derive(Debug, Clone)]
pub enum Of {
    /// Whose they are.
    Person(PersonId),
    /// The employments they are for.
    Employments(Vec<EmploymentId>),
    /// The organisations that exempt hours.
    Homes(Vec<OrganisationId>),
}

/// A page of arrangements, newest first. What one side drafts is not among those of the other.
pub fn list(view: &mut View<'_>, of: &Of, request: &PageRequest) -> Result<Page<Arrangement>> {
    let draft = ArrangementState::Draft.as_str();
    let rows: Vec<Row> = each!(view.conn, |c| {
        let query = arrangements::table.select(Row::as_select()).into_boxed();
        let query = match of {
            Of::Person(person) => query
                .filter(arrangements::person_id.eq(Key::from(*person)))
                .filter(arrangements::state.ne(draft).or(arrangements::drafted_by.eq("EMPLOYEE"))),
            Of::Employments(employments) => {
                let keys: Vec<Key> = employments.iter().copied().map(Key::from).collect();
                query
                    .filter(arrangements::employment_id.among(keys))
                    .filter(arrangements::state.ne(draft).or(arrangements::drafted_by.eq("HOME")))
            }
            Of::Homes(homes) => {
                let keys: Vec<Key> = homes.iter().copied().map(Key::from).collect();
                query.filter(arrangements::home_organisation_id.among(keys)).filter(arrangements::state.ne(draft))
            }
        };
        newest_first!(query, request, arrangements::id).load(c)
    })?;
    let items = rows.into_iter().map(TryInto::try_into).collect::<Result<Vec<Arrangement>>>()?;
    Ok(request.page(items, |arrangement| (String::new(), arrangement.id.into())))
}

/// All versions of a series, the first one first.
pub fn versions(view: &mut View<'_>, series: ArrangementId) -> Result<Vec<Arrangement>> {
    let rows: Vec<Row> = each!(view.conn, |c| arrangements::table
        .filter(arrangements::series_id.eq(Key::from(series)))
        .order((arrangements::version, arrangements::id))
        .select(Row::as_select())
        .load(c))?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// The arrangements of an employment that both have signed and that have not ended, without those of one series.
pub fn standing_beside(
    view: &mut View<'_>,
    employment: EmploymentId,
    series: Option<ArrangementId>,
) -> Result<Vec<Arrangement>> {
    let rows: Vec<Row> = each!(view.conn, |c| arrangements::table
        .filter(arrangements::employment_id.eq(Key::from(employment)))
        .filter(arrangements::state.among(["AGREED", "ACTIVE", "PAUSED"]))
        .order(arrangements::id)
        .select(Row::as_select())
        .load(c))?;
    let all = rows.into_iter().map(TryInto::try_into).collect::<Result<Vec<Arrangement>>>()?;
    Ok(all.into_iter().filter(|one| Some(one.series) != series).collect())
}

/// The arrangements whose state the calendar has changed: their first day has come, or their last day is over.
pub fn due(view: &mut View<'_>, limit: u32) -> Result<Vec<ArrangementId>> {
    let today = local_date(view.now());
    let keys: Vec<Key> = each!(view.conn, |c| arrangements::table
        .filter(
            arrangements::state.eq("AGREED").and(arrangements::start_date.le(today)).or(arrangements::state
                .among(["AGREED", "ACTIVE", "PAUSED"])
                .and(arrangements::end_date.lt(today).or(arrangements::ended_on.lt(today)),)),
        )
        .order(arrangements::id)
        .limit(i64::from(limit))
        .select(arrangements::id)
        .load(c))?;
    Ok(keys.into_iter().map(Key::to).collect())
}
