//! Staff members, as the HR systems of their organisations tell of them.

use chrono::NaiveDate;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use domain::exchange::staff::{StaffDetails, StaffKey, StaffMember};
use domain::parties::persons::PersonName;
use domain::{OrganisationId, PersonId, StaffMemberId, local_date};

use crate::among::AmongMethods as _;
use crate::columns::{At, Key, Place};
use crate::schema::parties::employments;
use crate::schema::staff::staff_members;
use crate::{PersistenceError, Result, View, Work};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = staff_members, treat_none_as_null = true, treat_none_as_default_value = false)]
#[diesel(check_for_backend(Sqlite, Pg))]
struct Row {
    id: Key,
    revision: i64,
    organisation_id: Key,
    person_id: Key,
    employment_id: Key,
    employee_number: Option<String>,
    external_id: Option<String>,
    user_name: Option<String>,
    user_name_key: Option<String>,
    given_name: String,
    infix: Option<String>,
    family_name: String,
    email: Option<String>,
    email_key: Option<String>,
    language: String,
    function: Option<String>,
    department: Option<String>,
    cost_center: Option<String>,
    manager: Option<String>,
    contract_minutes_per_week: Option<i64>,
    working_days_per_week: Option<i64>,
    start_date: Option<NaiveDate>,
    end_date: Option<NaiveDate>,
    active: bool,
    sent: Option<String>,
    inactive_since: Option<NaiveDate>,
    left_at: Option<At>,
    created_at: At,
    modified_at: At,
}

impl From<&StaffMember> for Row {
    fn from(member: &StaffMember) -> Self {
        let StaffMember {
            id,
            revision,
            organisation,
            person,
            employment,
            details,
            inactive_since,
            left_at,
            created_at,
            modified_at,
        } = member;
        let (user_name_key, email_key) = (details.key(StaffKey::UserName), details.key(StaffKey::Email));
        let StaffDetails {
            employee_number,
            external_id,
            user_name,
            name: PersonName { given, infix, family },
            email,
            language,
            function,
            department,
            cost_center,
            manager,
            contract_minutes_per_week,
            working_days_per_week,
            start,
            end,
            active,
            sent,
        } = details.clone();
        Self {
            id: (*id).into(),
            revision: *revision,
            organisation_id: (*organisation).into(),
            person_id: (*person).into(),
            employment_id: (*employment).into(),
            employee_number,
            external_id,
            user_name,
            user_name_key,
            given_name: given,
            infix,
            family_name: family,
            email,
            email_key,
            language: language.to_string(),
            function,
            department,
            cost_center,
            manager,
            contract_minutes_per_week,
            working_days_per_week,
            start_date: start,
            end_date: end,
            active,
            sent,
            inactive_since: *inactive_since,
            left_at: left_at.map(At),
            created_at: At(*created_at),
            modified_at: At(*modified_at),
        }
    }
}

impl TryFrom<Row> for StaffMember {
    type Error = PersistenceError;

    fn try_from(row: Row) -> Result<Self> {
        let Row {
            id,
            revision,
            organisation_id,
            person_id,
            employment_id,
            employee_number,
            external_id,
            user_name,
            user_name_key: _, // follows from the user name
            given_name,
            infix,
            family_name,
            email,
            email_key: _, // follows from the address
            language,
            function,
            department,
            cost_center,
            manager,
            contract_minutes_per_week,
            working_days_per_week,
            start_date,
            end_date,
            active,
            sent,
            inactive_since,
            left_at,
            created_at,
            modified_at,
        } = row;
        let language = Place::new("staff_members", id).value("language", &language)?;
        Ok(Self {
            id: id.to(),
            revision,
            organisation: organisation_id.to(),
            person: person_id.to(),
            employment: employment_id.to(),
            details: StaffDetails {
                employee_number,
                external_id,
                user_name,
                name: PersonName { given: given_name, infix, family: family_name },
                email,
                language,
                function,
                department,
                cost_center,
                manager,
                contract_minutes_per_week,
                working_days_per_week,
                start: start_date,
                end: end_date,
                active,
                sent,
            },
            inactive_since,
            left_at: left_at.map(|at| at.0),
            created_at: created_at.0,
            modified_at: modified_at.0,
        })
    }
}

keep!(staff_members, StaffMember, StaffMemberId, Row);
keep!(many staff_members, StaffMember, Row);

/// The rows of this query as staff members, ordered by id.
macro_rules! loaded {
    ($view:expr, $query:expr) => {{
        let rows: Vec<Row> = each!($view.conn, |c| $query.order(staff_members::id).select(Row::as_select()).load(c))?;
        rows.into_iter().map(TryInto::try_into).collect::<Result<Vec<StaffMember>>>()
    }};
}

/// Those of one organisation.
macro_rules! within {
    ($organisation:expr) => {
        staff_members::table.filter(staff_members::organisation_id.eq(Key::from($organisation)))
    };
}

/// The staff member of this organisation with this id, if there is one.
pub fn find_within(
    view: &mut View<'_>,
    organisation: OrganisationId,
    id: StaffMemberId,
) -> Result<Option<StaffMember>> {
    Ok(find(view, id)?.filter(|member| member.organisation == organisation))
}

/// The staff members of an organisation that have one of these values as this key.
pub fn by_key(
    view: &mut View<'_>,
    organisation: OrganisationId,
    key: StaffKey,
    values: &[String],
) -> Result<Vec<StaffMember>> {
    if values.is_empty() {
        return Ok(Vec::new());
    }
    let values: Vec<String> = values.iter().map(|value| key.comparable(value)).collect();
    view.for_values(values.len(), |view| match key {
        StaffKey::EmployeeNumber => {
            loaded!(view, within!(organisation).filter(staff_members::employee_number.among(&values)))
        }
        StaffKey::ExternalId => {
            loaded!(view, within!(organisation).filter(staff_members::external_id.among(&values)))
        }
        StaffKey::UserName => {
            loaded!(view, within!(organisation).filter(staff_members::user_name_key.among(&values)))
        }
        StaffKey::Email => loaded!(view, within!(organisation).filter(staff_members::email_key.among(&values))),
    })
}

/// The one staff member of an organisation with this key, if there is one; of several with an address the oldest.
pub fn find_by(
    view: &mut View<'_>,
    organisation: OrganisationId,
    key: StaffKey,
    value: &str,
) -> Result<Option<StaffMember>> {
    Ok(by_key(view, organisation, key, &[value.to_owned()])?.into_iter().next())
}

/// Those of these ids that are on the staff of the organisation.
pub fn by_ids(view: &mut View<'_>, organisation: OrganisationId, ids: &[StaffMemberId]) -> Result<Vec<StaffMember>> {
    let keys: Vec<Key> = ids.iter().copied().map(Key::from).collect();
    loaded!(view, within!(organisation).filter(staff_members::id.among(&keys)))
}

/// Those of whom one of these references says that it is their manager.
pub fn led_by(view: &mut View<'_>, organisation: OrganisationId, references: &[String]) -> Result<Vec<StaffMember>> {
    if references.is_empty() {
        return Ok(Vec::new());
    }
    view.for_values(references.len(), |view| {
        loaded!(view, within!(organisation).filter(staff_members::manager.among(references)))
    })
}

/// The staff of an organisation in the order of their ids, after this one.
pub fn of_organisation(
    view: &mut View<'_>,
    organisation: OrganisationId,
    after: Option<StaffMemberId>,
    limit: u32,
) -> Result<Vec<StaffMember>> {
    let after = Key(after.map_or(uuid::Uuid::nil(), Into::into));
    loaded!(view, within!(organisation).filter(staff_members::id.gt(after)).limit(i64::from(limit)))
}

/// How many are on the staff of an organisation, also those that are not active any more.
pub fn count(view: &mut View<'_>, organisation: OrganisationId) -> Result<i64> {
    Ok(each!(view.conn, |c| within!(organisation).count().get_result(c))?)
}

/// What an organisation knows of these people.
pub fn of_people(view: &mut View<'_>, organisation: OrganisationId, people: &[PersonId]) -> Result<Vec<StaffMember>> {
    let keys: Vec<Key> = people.iter().copied().map(Key::from).collect();
    loaded!(view, within!(organisation).filter(staff_members::person_id.among(&keys)))
}

/// Those whose employment is over and who were not seen to have left yet.
pub fn leaving(view: &mut View<'_>, limit: u32) -> Result<Vec<StaffMemberId>> {
    let today = local_date(view.now());
    let over = employments::table.filter(employments::end_date.lt(today)).select(employments::id);
    let keys: Vec<Key> = each!(view.conn, |c| staff_members::table
        .filter(staff_members::left_at.is_null())
        .filter(staff_members::employment_id.eq_any(over))
        .order(staff_members::id)
        .limit(i64::from(limit))
        .select(staff_members::id)
        .load(c))?;
    Ok(keys.into_iter().map(Key::to).collect())
}

/// Lets everything that organisations know of one person be of another.
pub fn move_to(work: &mut Work<'_>, from: PersonId, to: PersonId) -> Result<()> {
    each!(work.conn, |c| diesel::update(staff_members::table.filter(staff_members::person_id.eq(Key::from(from))))
        .set(staff_members::person_id.eq(Key::from(to)))
        .execute(c))?;
    Ok(())
}

/// Forgets what an HR system told of somebody; person and employment stay.
pub fn delete(work: &mut Work<'_>, id: StaffMemberId) -> Result<()> {
    each!(work.conn, |c| diesel::delete(staff_members::table.filter(staff_members::id.eq(Key::from(id)))).execute(c))?;
    Ok(())
}
