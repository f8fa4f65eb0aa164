//! Availabilities on profiles.

use chrono::NaiveDate;
use std::collections::BTreeSet;

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use domain::profiles::availabilities::{Availability, AvailabilityTerms};
use domain::{AvailabilityId, ProfileId};

use super::offers;
use crate::among::AmongMethods as _;
use crate::columns::{At, Key, Place, joined};
use crate::page::newest_first;
use crate::schema::profiles::availabilities;
use crate::{Page, PageRequest, PersistenceError, Result, View, Work};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = availabilities, treat_none_as_null = true, treat_none_as_default_value = false)]
#[diesel(check_for_backend(Sqlite, Pg))]
struct Row {
    id: Key,
    revision: i64,
    profile_id: Key,
    pattern: String,
    minutes_per_week: Option<i64>,
    weekdays: String,
    start_date: Option<NaiveDate>,
    end_date: Option<NaiveDate>,
    max_distance_kilometres: Option<i64>,
    remote: bool,
    created_at: At,
    modified_at: At,
}

impl From<&Availability> for Row {
    fn from(availability: &Availability) -> Self {
        let Availability { id, revision, profile, terms, created_at, modified_at } = availability;
        let AvailabilityTerms { pattern, minutes_per_week, weekdays, start, end, max_distance_kilometres, remote } =
            terms;
        Self {
            id: (*id).into(),
            revision: *revision,
            profile_id: (*profile).into(),
            pattern: pattern.to_string(),
            minutes_per_week: *minutes_per_week,
            weekdays: joined(weekdays),
            start_date: *start,
            end_date: *end,
            max_distance_kilometres: *max_distance_kilometres,
            remote: *remote,
            created_at: At(*created_at),
            modified_at: At(*modified_at),
        }
    }
}

impl TryFrom<Row> for Availability {
    type Error = PersistenceError;

    fn try_from(row: Row) -> Result<Self> {
        let Row {
            id,
            revision,
            profile_id,
            pattern,
            minutes_per_week,
            weekdays,
            start_date,
            end_date,
            max_distance_kilometres,
            remote,
            created_at,
            modified_at,
        } = row;
        let place = Place::new("availabilities", id);
        Ok(Self {
            id: id.to(),
            revision,
            profile: profile_id.to(),
            terms: AvailabilityTerms {
                pattern: place.value("pattern", &pattern)?,
                minutes_per_week,
                weekdays: place.values("weekdays", &weekdays)?,
                start: start_date,
                end: end_date,
                max_distance_kilometres,
                remote,
            },
            created_at: created_at.0,
            modified_at: modified_at.0,
        })
    }
}

mod kept {
    use super::*;

    keep!(availabilities, Availability, AvailabilityId, Row);
    keep!(many availabilities, Availability, Row);
}

pub use kept::{find, get};

/// Keeps a new one.
pub fn insert(work: &mut Work<'_>, availability: Availability) -> Result<Availability> {
    let availability = kept::insert(work, availability)?;
    offers::keep(work, &[availability.profile])?;
    Ok(availability)
}

/// Keeps many new ones.
pub fn insert_many(work: &mut Work<'_>, many: &[Availability]) -> Result<()> {
    kept::insert_many(work, many)?;
    let profiles: BTreeSet<ProfileId> = many.iter().map(|one| one.profile).collect();
    offers::keep(work, &profiles.into_iter().collect::<Vec<_>>())
}

/// Keeps a changed one, if it is still the revision that was read.
pub fn save(work: &mut Work<'_>, availability: Availability) -> Result<Availability> {
    let availability = kept::save(work, availability)?;
    offers::keep(work, &[availability.profile])?;
    Ok(availability)
}

/// All availabilities of these profiles, oldest first within each.
pub fn of_profiles(view: &mut View<'_>, profiles: &[ProfileId]) -> Result<Vec<Availability>> {
    let profiles: Vec<Key> = profiles.iter().copied().map(Key::from).collect();
    let rows: Vec<Row> = each!(view.conn, |c| availabilities::table
        .filter(availabilities::profile_id.among(&profiles))
        .order((availabilities::profile_id, availabilities::id))
        .select(Row::as_select())
        .load(c))?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// A page of the availabilities of a profile, newest first.
pub fn list(view: &mut View<'_>, profile: ProfileId, request: &PageRequest) -> Result<Page<Availability>> {
    let rows: Vec<Row> = each!(view.conn, |c| {
        let query = availabilities::table
            .filter(availabilities::profile_id.eq(Key::from(profile)))
            .select(Row::as_select())
            .into_boxed();
        newest_first!(query, request, availabilities::id).load(c)
    })?;
    let items = rows.into_iter().map(TryInto::try_into).collect::<Result<Vec<Availability>>>()?;
    Ok(request.page(items, |availability| (String::new(), availability.id.into())))
}

/// Takes one away.
pub fn delete(work: &mut Work<'_>, availability: &Availability) -> Result<()> {
    let key = Key::from(availability.id);
    each!(work.conn, |c| diesel::delete(availabilities::table.filter(availabilities::id.eq(key))).execute(c))?;
    offers::keep(work, &[availability.profile])
}
