//! Employments.

use chrono::NaiveDate;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use domain::parties::employments::{Employment, EmploymentTerms};
use domain::{EmploymentId, OrganisationId, PersonId};

use crate::among::AmongMethods as _;
use crate::columns::{At, Key};
use crate::page::newest_first;
use crate::schema::parties::employments;
use crate::{Page, PageRequest, PersistenceError, Result, View};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = employments, treat_none_as_null = true, treat_none_as_default_value = false)]
#[diesel(check_for_backend(Sqlite, Pg))]
struct Row {
    id: Key,
    revision: i64,
    person_id: Key,
    organisation_id: Key,
    unit_id: Option<Key>,
    function: String,
    contract_minutes_per_week: i64,
    working_days_per_week: i64,
    manager_id: Option<Key>,
    start_date: NaiveDate,
    end_date: Option<NaiveDate>,
    hr_external_id: Option<String>,
    created_at: At,
    modified_at: At,
}

/// Which employments are asked for; what is absent does not narrow.
#[derive(Debug, Clone, Default)]
pub struct EmploymentFilter {
    /// Only those of these organisations, and those of or under this person; all where absent.
    pub sight: Option<(Vec<OrganisationId>, PersonId)>,
    /// By whom.
    pub organisation: Option<OrganisationId>,
    /// Whose.
    pub person: Option<PersonId>,
    /// Under whom.
    pub manager: Option<PersonId>,
    /// Holding on this day.
    pub on: Option<NaiveDate>,
}

impl From<&Employment> for Row {
    fn from(employment: &Employment) -> Self {
        let Employment { id, revision, person, organisation, terms, created_at, modified_at } = employment;
        let EmploymentTerms {
            unit,
            function,
            contract_minutes_per_week,
            working_days_per_week,
            manager,
            start,
            end,
            hr_external_id,
        } = terms;
        Self {
            id: (*id).into(),
            revision: *revision,
            person_id: (*person).into(),
            organisation_id: (*organisation).into(),
            unit_id: unit.map(Key::from),
            function: function.clone(),
            contract_minutes_per_week: *contract_minutes_per_week,
            working_days_per_week: *working_days_per_week,
            manager_id: manager.map(Key::from),
            start_date: *start,
            end_date: *end,
            hr_external_id: hr_external_id.clone(),
            created_at: At(*created_at),
            modified_at: At(*modified_at),
        }
    }
}

impl TryFrom<Row> for Employment {
    type Error = PersistenceError;

    fn try_from(row: Row) -> Result<Self> {
        let Row {
            id,
            revision,
            person_id,
            organisation_id,
            unit_id,
            function,
            contract_minutes_per_week,
            working_days_per_week,
            manager_id,
            start_date,
            end_date,
            hr_external_id,
            created_at,
            modified_at,
        } = row;
        Ok(Self {
            id: id.to(),
            revision,
            person: person_id.to(),
            organisation: organisation_id.to(),
            terms: EmploymentTerms {
                unit: unit_id.map(Key::to),
                function,
                contract_minutes_per_week,
                working_days_per_week,
                manager: manager_id.map(Key::to),
                start: start_date,
                end: end_date,
                hr_external_id,
            },
            created_at: created_at.0,
            modified_at: modified_at.0,
        })
    }
}

keep!(employments, Employment, EmploymentId, Row);
keep!(many employments, Employment, Row);

/// All employments of a person, newest first.
pub fn of_person(view: &mut View<'_>, person: PersonId) -> Result<Vec<Employment>> {
    let rows: Vec<Row> = each!(view.conn, |c| employments::table
        .filter(employments::person_id.eq(Key::from(person)))
        .order(employments::id.desc())
        .select(Row::as_select())
        .load(c))?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// Those of these ids that exist, in no particular order.
pub fn find_many(view: &mut View<'_>, ids: &[EmploymentId]) -> Result<Vec<Employment>> {
    let keys: Vec<Key> = ids.iter().copied().map(Key::from).collect();
    let rows: Vec<Row> =
        each!(view.conn, |c| employments::table.filter(employments::id.among(&keys)).select(Row::as_select()).load(c))?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// The employments of these people, in no particular order.
pub fn of_people(view: &mut View<'_>, people: &[PersonId]) -> Result<Vec<Employment>> {
    let keys: Vec<Key> = people.iter().copied().map(Key::from).collect();
    let rows: Vec<Row> = each!(view.conn, |c| employments::table
        .filter(employments::person_id.among(&keys))
        .select(Row::as_select())
        .load(c))?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// The employments at an organisation that its HR system calls by one of these ids, oldest first.
pub fn by_hr_ids(view: &mut View<'_>, organisation: OrganisationId, ids: &[String]) -> Result<Vec<Employment>> {
    view.for_values(ids.len(), |view| {
        let rows: Vec<Row> = each!(view.conn, |c| employments::table
            .filter(employments::organisation_id.eq(Key::from(organisation)))
            .filter(employments::hr_external_id.among(ids))
            .order(employments::id)
            .select(Row::as_select())
            .load(c))?;
        rows.into_iter().map(TryInto::try_into).collect()
    })
}

/// The employments of which somebody is the manager.
pub fn managed_by(view: &mut View<'_>, manager: PersonId) -> Result<Vec<EmploymentId>> {
    let keys: Vec<Key> = each!(view.conn, |c| employments::table
        .filter(employments::manager_id.eq(Key::from(manager)))
        .order(employments::id)
        .select(employments::id)
        .load(c))?;
    Ok(keys.into_iter().map(Key::to).collect())
}

/// A page of employments, newest first.
pub fn list(view: &mut View<'_>, filter: &EmploymentFilter, request: &PageRequest) -> Result<Page<Employment>> {
    let sight = filter.sight.as_ref().map(|(organisations, person)| {
        (organisations.iter().copied().map(Key::from).collect::<Vec<_>>(), Key::from(*person))
    });
    let rows: Vec<Row> = each!(view.conn, |c| {
        let mut query = employments::table.select(Row::as_select()).into_boxed();
        if let Some((organisations, person)) = &sight {
            query = query.filter(
                employments::organisation_id
                    .among(organisations)
                    .or(employments::person_id.eq(person))
                    .or(employments::manager_id.eq(person).assume_not_null()),
            );
        }
        if let Some(organisation) = filter.organisation {
            query = query.filter(employments::organisation_id.eq(Key::from(organisation)));
        }
        if let Some(person) = filter.person {
            query = query.filter(employments::person_id.eq(Key::from(person)));
        }
        if let Some(manager) = filter.manager {
            query = query.filter(employments::manager_id.eq(Key::from(manager)));
        }
        if let Some(day) = filter.on {
            query = query
                .filter(employments::start_date.le(day))
                .filter(employments::end_date.is_null().or(employments::end_date.ge(day)));
        }
        newest_first!(query, request, employments::id).load(c)
    })?;
    let items = rows.into_iter().map(TryInto::try_into).collect::<Result<Vec<Employment>>>()?;
    Ok(request.page(items, |employment| (String::new(), employment.id.into())))
}
