//! The owner's log of views.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use domain::ProfileId;
use domain::profiles::profile_views::ProfileView;

use crate::columns::{At, Key, Place};
use crate::page::newest_first;
use crate::schema::profiles::profile_views;
use crate::{Page, PageRequest, PersistenceError, Result, View, Work};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = profile_views, treat_none_as_default_value = false)]
#[diesel(check_for_backend(Sqlite, Pg))]
struct Row {
    id: Key,
    profile_id: Key,
    viewer_id: Key,
    organisation_id: Option<Key>,
    basis: String,
    viewed_at: At,
}

impl From<&ProfileView> for Row {
    fn from(seen: &ProfileView) -> Self {
        let ProfileView { id, profile, viewer, organisation, basis, viewed_at } = seen;
        Self {
            id: (*id).into(),
            profile_id: (*profile).into(),
            viewer_id: (*viewer).into(),
            organisation_id: organisation.map(Key::from),
            basis: basis.to_string(),
            viewed_at: At(*viewed_at),
        }
    }
}

impl TryFrom<Row> for ProfileView {
    type Error = PersistenceError;

    fn try_from(row: Row) -> Result<Self> {
        let Row { id, profile_id, viewer_id, organisation_id, basis, viewed_at } = row;
        let basis = Place::new("profile_views", id).value("basis", &basis)?;
        Ok(Self {
            id: id.to(),
            profile: profile_id.to(),
            viewer: viewer_id.to(),
            organisation: organisation_id.map(Key::to),
            basis,
            viewed_at: viewed_at.0,
        })
    }
}

/// Writes a line in the log.
pub fn insert(work: &mut Work<'_>, seen: &ProfileView) -> Result<()> {
    let row = Row::from(seen);
    each!(work.conn, |c| diesel::insert_into(profile_views::table).values(&row).execute(c))?;
    Ok(())
}

/// A page of the log of a profile, newest first.
pub fn list(view: &mut View<'_>, profile: ProfileId, request: &PageRequest) -> Result<Page<ProfileView>> {
    let rows: Vec<Row> = each!(view.conn, |c| {
        let query = profile_views::table
            .filter(profile_views::profile_id.eq(Key::from(profile)))
            .select(Row::as_select())
            .into_boxed();
        newest_first!(query, request, profile_views::id).load(c)
    })?;
    let items = rows.into_iter().map(TryInto::try_into).collect::<Result<Vec<ProfileView>>>()?;
    Ok(request.page(items, |seen| (String::new(), seen.id.into())))
}
