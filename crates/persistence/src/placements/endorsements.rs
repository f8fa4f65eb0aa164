//! Endorsements of employees, by placement and by employee.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use domain::placements::endorsements::{Endorsement, EndorsementState};
use domain::{EndorsementId, PersonId, PlacementId, TextEnum};

use crate::columns::{At, Key, Place};
use crate::page::newest_first;
use crate::schema::placements::endorsements;
use crate::{Page, PageRequest, PersistenceError, Result, View};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = endorsements, treat_none_as_null = true, treat_none_as_default_value = false)]
#[diesel(check_for_backend(Sqlite, Pg))]
struct Row {
    id: Key,
    revision: i64,
    placement_id: Key,
    person_id: Key,
    by_id: Key,
    part: String,
    text: String,
    state: String,
    created_at: At,
    modified_at: At,
}

impl From<&Endorsement> for Row {
    fn from(endorsement: &Endorsement) -> Self {
        let Endorsement { id, revision, placement, person, by, part, text, state, created_at, modified_at } =
            endorsement.clone();
        Self {
            id: id.into(),
            revision,
            placement_id: placement.into(),
            person_id: person.into(),
            by_id: by.into(),
            part: part.to_string(),
            text,
            state: state.to_string(),
            created_at: At(created_at),
            modified_at: At(modified_at),
        }
    }
}

impl TryFrom<Row> for Endorsement {
    type Error = PersistenceError;

    fn try_from(row: Row) -> Result<Self> {
        let Row { id, revision, placement_id, person_id, by_id, part, text, state, created_at, modified_at } = row;
        let place = Place::new("endorsements", id);
        Ok(Self {
            id: id.to(),
            revision,
            placement: placement_id.to(),
            person: person_id.to(),
            by: by_id.to(),
            part: place.value("part", &part)?,
            text,
            state: place.value("state", &state)?,
            created_at: created_at.0,
            modified_at: modified_at.0,
        })
    }
}

keep!(endorsements, Endorsement, EndorsementId, Row);

/// The endorsements of a placement, in the order in which they were given.
pub fn of_placement(view: &mut View<'_>, placement: PlacementId) -> Result<Vec<Endorsement>> {
    let rows: Vec<Row> = each!(view.conn, |c| endorsements::table
        .filter(endorsements::placement_id.eq(Key::from(placement)))
        .order(endorsements::id)
        .select(Row::as_select())
        .load(c))?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// The endorsements that somebody shows, newest first.
pub fn shown_of(view: &mut View<'_>, person: PersonId, request: &PageRequest) -> Result<Page<Endorsement>> {
    let rows: Vec<Row> = each!(view.conn, |c| {
        let query = endorsements::table
            .filter(endorsements::person_id.eq(Key::from(person)))
            .filter(endorsements::state.eq(EndorsementState::Shown.as_str()))
            .select(Row::as_select())
            .into_boxed();
        newest_first!(query, request, endorsements::id).load(c)
    })?;
    let items = rows.into_iter().map(TryInto::try_into).collect::<Result<Vec<Endorsement>>>()?;
    Ok(request.page(items, |endorsement| (String::new(), endorsement.id.into())))
}
