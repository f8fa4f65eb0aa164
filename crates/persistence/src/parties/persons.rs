//! People.

use chrono::NaiveDate;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use domain::parties::persons::{Person, PersonName, folded_address};
use domain::{OrganisationId, PersonId, fold};

use crate::among::AmongMethods as _;
use crate::columns::{At, Key, Place, containing};
use crate::page::by_text;
use crate::schema::parties::{employments, persons};
use crate::{Page, PageRequest, PersistenceError, Result, View};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = persons, treat_none_as_null = true, treat_none_as_default_value = false)]
#[diesel(check_for_backend(Sqlite, Pg))]
struct Row {
    id: Key,
    revision: i64,
    given_name: String,
    infix: Option<String>,
    family_name: String,
    search_text: String,
    email: Option<String>,
    language: String,
    status: String,
    claimed_at: Option<At>,
    created_at: At,
    modified_at: At,
}

impl From<&Person> for Row {
    fn from(person: &Person) -> Self {
        let Person { id, revision, name, email, language, status, claimed_at, created_at, modified_at } = person;
        let PersonName { given, infix, family } = name;
        Self {
            id: (*id).into(),
            revision: *revision,
            given_name: given.clone(),
            infix: infix.clone(),
            family_name: family.clone(),
            search_text: order_text(name),
            email: email.clone(),
            language: language.to_string(),
            status: status.to_string(),
            claimed_at: claimed_at.map(At),
            created_at: At(*created_at),
            modified_at: At(*modified_at),
        }
    }
}

impl TryFrom<Row> for Person {
    type Error = PersistenceError;

    fn try_from(row: Row) -> Result<Self> {
        let Row {
            id,
            revision,
            given_name,
            infix,
            family_name,
            search_text: _, // follows from the name
            email,
            language,
            status,
            claimed_at,
            created_at,
            modified_at,
        } = row;
        let place = Place::new("persons", id);
        Ok(Self {
            id: id.to(),
            revision,
            name: PersonName { given: given_name, infix, family: family_name },
            email,
            language: place.value("language", &language)?,
            status: place.value("status", &status)?,
            claimed_at: claimed_at.map(|at| at.0),
            created_at: created_at.0,
            modified_at: modified_at.0,
        })
    }
}

/// The Dutch order: family name first, what stands between last.
fn order_text(name: &PersonName) -> String {
    fold(&format!("{}, {} {}", name.family, name.given, name.infix.as_deref().unwrap_or_default()))
}

keep!(persons, Person, PersonId, Row);
keep!(many persons, Person, Row);

/// The one with this e-mail address, if there is one.
pub fn find_by_email(view: &mut View<'_>, email: &str) -> Result<Option<Person>> {
    let email = folded_address(email);
    let row: Option<Row> = each!(view.conn, |c| persons::table
        .filter(persons::email.eq(&email))
        .select(Row::as_select())
        .first(c)
        .optional())?;
    row.map(TryInto::try_into).transpose()
}

/// Those who have one of these e-mail addresses, in lower case.
pub fn by_emails(view: &mut View<'_>, emails: &[String]) -> Result<Vec<Person>> {
    view.for_values(emails.len(), |view| {
        let rows: Vec<Row> =
            each!(view.conn, |c| persons::table.filter(persons::email.among(emails)).select(Row::as_select()).load(c))?;
        rows.into_iter().map(TryInto::try_into).collect()
    })
}

/// Those of these ids that exist, in no particular order.
pub fn find_many(view: &mut View<'_>, ids: &[PersonId]) -> Result<Vec<Person>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let keys: Vec<Key> = ids.iter().copied().map(Key::from).collect();
    let rows: Vec<Row> =
        each!(view.conn, |c| persons::table.filter(persons::id.among(&keys)).select(Row::as_select()).load(c))?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// Which people are asked for.
#[derive(Debug, Clone)]
pub struct PersonFilter {
    /// Only those for whom one of these organisations answers, and `own`; everybody where absent.
    pub within: Option<Vec<OrganisationId>>,
    /// Who asks: they always know themselves.
    pub own: PersonId,
    /// Only those for whom this organisation answers.
    pub organisation: Option<OrganisationId>,
    /// Words that the name holds.
    pub search: Option<String>,
    /// The day on which employments are looked at.
    pub day: NaiveDate,
}

/// Those for whom one of these organisations answers, as `domain::parties::employments::answering` says.
macro_rules! answered_for_by {
    ($organisations:expr, $day:expr) => {{
        let present = || employments::end_date.is_null().or(employments::end_date.ge($day));
        let ever = || employments::table.filter(employments::organisation_id.among($organisations));
        let employed = persons::id.eq_any(ever().filter(present()).select(employments::person_id));
        let anywhere = employments::table.filter(employments::person_id.eq(persons::id)).filter(present());
        let formerly = persons::id.eq_any(ever().select(employments::person_id));
        employed.or(formerly.and(persons::claimed_at.is_null()).and(diesel::dsl::not(diesel::dsl::exists(anywhere))))
    }};
}

/// A page of people by name.
pub fn list(view: &mut View<'_>, filter: &PersonFilter, request: &PageRequest) -> Result<Page<Person>> {
    let keys = |ids: &[OrganisationId]| ids.iter().copied().map(Key::from).collect::<Vec<_>>();
    let within = filter.within.as_deref().map(keys);
    let one = filter.organisation.map(|id| keys(&[id]));
    let rows: Vec<Row> = each!(view.conn, |c| {
        let mut query = persons::table.select(Row::as_select()).into_boxed();
        if let Some(within) = &within {
            query = query.filter(answered_for_by!(within, filter.day).or(persons::id.eq(Key::from(filter.own))));
        }
        if let Some(one) = &one {
            query = query.filter(answered_for_by!(one, filter.day));
        }
        for word in fold(filter.search.as_deref().unwrap_or_default()).split_whitespace() {
            query = query.filter(persons::search_text.like(containing(word)).escape('\\'));
        }
        by_text!(query, request, persons::search_text, persons::id).load(c)
    })?;
    let people = rows.into_iter().map(TryInto::try_into).collect::<Result<Vec<Person>>>()?;
    Ok(request.page(people, |person| (order_text(&person.name), person.id.into())))
}

/// Whether anybody is registered.
pub fn any(view: &mut View<'_>) -> Result<bool> {
    Ok(each!(view.conn, |c| diesel::select(diesel::dsl::exists(persons::table.select(persons::id))).get_result(c))?)
}
