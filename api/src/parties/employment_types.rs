//! Employments: what clients send and see.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::parties::employments::{Employment, EmploymentTerms};
use domain::{EmploymentId, OrganisationId, PersonId, UnitId};
use persistence::View;
use persistence::parties::persons;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::paging::page_of;
use crate::patch::{Patched, present, set};
use crate::problem::Problem;

/// The first employment of somebody new
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FirstEmploymentItem {
    /// The organisation that employs them
    organisation_id: OrganisationId,
    /// The department
    unit_id: Option<UnitId>,
    /// The function, as the organisation names it
    #[schema(min_length = 1, max_length = 200, example = "Beleidsadviseur")]
    function: String,
    /// Contract minutes per week; full-time is 2160
    #[schema(minimum = 1, maximum = 2400, example = 2160)]
    contract_minutes_per_week: i64,
    /// Working days per week
    #[schema(minimum = 1, maximum = 7, example = 5)]
    working_days_per_week: i64,
    /// The line manager: somebody whom this organisation or one above it employs
    manager_id: Option<PersonId>,
    /// The first day
    #[schema(example = "2024-09-01")]
    start_date: NaiveDate,
    /// The last day, if it is known
    #[schema(example = "2029-08-31")]
    end_date: Option<NaiveDate>,
    /// How the HR system calls it
    #[schema(min_length = 1, max_length = 100, example = "P-004711")]
    hr_external_id: Option<String>,
}

/// A new employment of somebody who takes part already
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EmploymentDraft {
    /// Who is employed
    person_id: PersonId,
    /// The department
    unit_id: Option<UnitId>,
    /// The function, as the organisation names it
    #[schema(min_length = 1, max_length = 200, example = "Beleidsadviseur")]
    function: String,
    /// Contract minutes per week; full-time is 2160
    #[schema(minimum = 1, maximum = 2400, example = 2160)]
    contract_minutes_per_week: i64,
    /// Working days per week
    #[schema(minimum = 1, maximum = 7, example = 5)]
    working_days_per_week: i64,
    /// The line manager: somebody whom this organisation or one above it employs
    manager_id: Option<PersonId>,
    /// The first day
    #[schema(example = "2024-09-01")]
    start_date: NaiveDate,
    /// The last day, if it is known
    #[schema(example = "2029-08-31")]
    end_date: Option<NaiveDate>,
    /// How the HR system calls it
    #[schema(min_length = 1, max_length = 100, example = "P-004711")]
    hr_external_id: Option<String>,
}

/// What changes in an employment: what is left out stays, null clears
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EmploymentPatch {
    /// The department
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<UnitId>)]
    unit_id: Patched<UnitId>,
    /// The function, as the organisation names it
    #[schema(nullable = false, min_length = 1, max_length = 200, example = "Beleidsadviseur")]
    function: Option<String>,
    /// Contract minutes per week; full-time is 2160
    #[schema(nullable = false, minimum = 1, maximum = 2400, example = 2160)]
    contract_minutes_per_week: Option<i64>,
    /// Working days per week
    #[schema(nullable = false, minimum = 1, maximum = 7, example = 5)]
    working_days_per_week: Option<i64>,
    /// The line manager: somebody whom this organisation or one above it employs
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<PersonId>)]
    manager_id: Patched<PersonId>,
    /// The first day
    #[schema(nullable = false, example = "2024-09-01")]
    start_date: Option<NaiveDate>,
    /// The last day, if it is known
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<NaiveDate>, example = "2029-08-31")]
    end_date: Patched<NaiveDate>,
    /// How the HR system calls it
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 100, example = "P-004711")]
    hr_external_id: Patched<String>,
}

/// An employment (dienstverband): its organisation is the home organisation
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Employment)]
pub struct EmploymentView {
    /// Identifies it
    id: EmploymentId,
    /// Who is employed
    person_id: PersonId,
    /// Their whole name
    #[schema(max_length = 240, example = "Sanne de Vries")]
    person_name: String,
    /// By whom
    organisation_id: OrganisationId,
    /// The department
    unit_id: Option<UnitId>,
    /// The function, as the organisation names it
    #[schema(max_length = 200, example = "Beleidsadviseur")]
    function: String,
    /// Contract minutes per week; full-time is 2160
    #[schema(minimum = 1, maximum = 2400, example = 2160)]
    contract_minutes_per_week: i64,
    /// Working days per week
    #[schema(minimum = 1, maximum = 7, example = 5)]
    working_days_per_week: i64,
    /// The line manager
    manager_id: Option<PersonId>,
    /// The whole name of the line manager
    #[schema(max_length = 240, example = "Karel van Beek")]
    manager_name: Option<String>,
    /// The first day
    #[schema(example = "2024-09-01")]
    start_date: NaiveDate,
    /// The last day, if it is known
    #[schema(example = "2029-08-31")]
    end_date: Option<NaiveDate>,
    /// How the HR system calls it
    #[schema(max_length = 100, example = "P-004711")]
    hr_external_id: Option<String>,
    /// When it was recorded
    #[schema(example = "2026-11-21T09:00:00Z")]
    created_at: DateTime<Utc>,
    /// When it last changed
    #[schema(example = "2026-11-21T09:00:00Z")]
    modified_at: DateTime<Utc>,
}

page_of!(
    /// A page of employments
    EmploymentPage as EmploymentPage, EmploymentView
);

impl FirstEmploymentItem {
    /// By whom.
    pub(super) fn organisation(&self) -> OrganisationId {
        self.organisation_id
    }

    /// What is agreed.
    pub(super) fn terms(self) -> EmploymentTerms {
        let Self {
            organisation_id: _, // asked for by itself
            unit_id,
            function,
            contract_minutes_per_week,
            working_days_per_week,
            manager_id,
            start_date,
            end_date,
            hr_external_id,
        } = self;
        EmploymentTerms {
            unit: unit_id,
            function: function.trim().to_owned(),
            contract_minutes_per_week,
            working_days_per_week,
            manager: manager_id,
            start: start_date,
            end: end_date,
            hr_external_id,
        }
    }
}

impl EmploymentDraft {
    /// Who is employed.
    pub(super) fn person(&self) -> PersonId {
        self.person_id
    }

    /// What is agreed.
    pub(super) fn terms(self) -> EmploymentTerms {
        let Self {
            person_id: _, // asked for by itself
            unit_id,
            function,
            contract_minutes_per_week,
            working_days_per_week,
            manager_id,
            start_date,
            end_date,
            hr_external_id,
        } = self;
        EmploymentTerms {
            unit: unit_id,
            function: function.trim().to_owned(),
            contract_minutes_per_week,
            working_days_per_week,
            manager: manager_id,
            start: start_date,
            end: end_date,
            hr_external_id,
        }
    }
}

impl EmploymentPatch {
    /// The terms with what the patch gives.
    pub(super) fn apply(&self, mut terms: EmploymentTerms) -> EmploymentTerms {
        let Self {
            unit_id,
            function,
            contract_minutes_per_week,
            working_days_per_week,
            manager_id,
            start_date,
            end_date,
            hr_external_id,
        } = self.clone();
        set(&mut terms.unit, unit_id);
        set(&mut terms.function, function.map(|function| function.trim().to_owned()));
        set(&mut terms.contract_minutes_per_week, contract_minutes_per_week);
        set(&mut terms.working_days_per_week, working_days_per_week);
        set(&mut terms.manager, manager_id);
        set(&mut terms.start, start_date);
        set(&mut terms.end, end_date);
        set(&mut terms.hr_external_id, hr_external_id);
        terms
    }
}

impl EmploymentView {
    /// Employments with the names of the people in them.
    pub(super) fn of_all(view: &mut View<'_>, employments: Vec<Employment>) -> Result<Vec<Self>, Problem> {
        let managers = employments.iter().filter_map(|employment| employment.terms.manager);
        let ids: Vec<PersonId> = managers.chain(employments.iter().map(|employment| employment.person)).collect();
        let people = persons::find_many(view, &ids)?;
        let names: HashMap<PersonId, String> =
            people.into_iter().map(|person| (person.id, person.name.full())).collect();
        Ok(employments.into_iter().map(|employment| Self::of(employment, &names)).collect())
    }

    fn of(employment: Employment, names: &HashMap<PersonId, String>) -> Self {
        let Employment { id, revision: _, person, organisation, terms, created_at, modified_at } = employment;
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
            id,
            person_id: person,
            person_name: names.get(&person).cloned().unwrap_or_default(),
            organisation_id: organisation,
            unit_id: unit,
            function,
            contract_minutes_per_week,
            working_days_per_week,
            manager_id: manager,
            manager_name: manager.and_then(|manager| names.get(&manager).cloned()),
            start_date: start,
            end_date: end,
            hr_external_id,
            created_at,
            modified_at,
        }
    }

    /// One employment with the names of the people in it.
    pub(super) fn one(view: &mut View<'_>, employment: Employment) -> Result<Self, Problem> {
        let only = Self::of_all(view, vec![employment])?.pop();
        only.ok_or_else(|| Problem::internal(&"one employment became none"))
    }
}
