//! How the staff of each organisation comes in.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use domain::OrganisationId;
use domain::exchange::staff_feeds::StaffFeed;

use crate::columns::{At, Key, Place, to_json};
use crate::schema::exchange_files::staff_feeds;
use crate::{PersistenceError, Result, View, Work};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = staff_feeds, treat_none_as_null = true, treat_none_as_default_value = false)]
#[diesel(check_for_backend(Sqlite, Pg))]
struct Row {
    organisation_id: Key,
    revision: i64,
    leading_source: Option<String>,
    mapping: Option<serde_json::Value>,
    limits: serde_json::Value,
    created_at: At,
    modified_at: At,
}

impl From<&StaffFeed> for Row {
    fn from(feed: &StaffFeed) -> Self {
        let StaffFeed { organisation, revision, leading, mapping, limits, created_at, modified_at } = feed;
        Self {
            organisation_id: (*organisation).into(),
            revision: *revision,
            leading_source: leading.map(|source| source.to_string()),
            mapping: mapping.as_ref().map(to_json),
            limits: to_json(limits),
            created_at: At(*created_at),
            modified_at: At(*modified_at),
        }
    }
}

impl TryFrom<Row> for StaffFeed {
    type Error = PersistenceError;

    fn try_from(row: Row) -> Result<Self> {
        let Row { organisation_id, revision, leading_source, mapping, limits, created_at, modified_at } = row;
        let place = Place::new("staff_feeds", organisation_id);
        Ok(Self {
            organisation: organisation_id.to(),
            revision,
            leading: place.optional("leading_source", leading_source.as_deref())?,
            mapping: place.optional_json("mapping", mapping)?,
            limits: place.json("limits", limits)?,
            created_at: created_at.0,
            modified_at: modified_at.0,
        })
    }
}

/// The settings of an organisation; those that hold where nothing was ever set.
pub fn of(view: &mut View<'_>, organisation: OrganisationId) -> Result<StaffFeed> {
    let key = Key::from(organisation);
    let row: Option<Row> = each!(view.conn, |c| staff_feeds::table
        .filter(staff_feeds::organisation_id.eq(key))
        .select(Row::as_select())
        .first(c)
        .optional())?;
    match row {
        Some(row) => row.try_into(),
        None => Ok(StaffFeed::unset(organisation, view.now())),
    }
}

/// Keeps changed settings, if they are still those that were read.
pub fn save(work: &mut Work<'_>, feed: StaffFeed) -> Result<StaffFeed> {
    let seen = feed.revision;
    let feed = StaffFeed { revision: seen + 1, ..feed };
    let (row, key) = (Row::from(&feed), Key::from(feed.organisation));
    let changed = if seen == 0 {
        each!(work.conn, |c| diesel::insert_into(staff_feeds::table).values(&row).execute(c))?
    } else {
        let here =
            staff_feeds::table.filter(staff_feeds::organisation_id.eq(key)).filter(staff_feeds::revision.eq(seen));
        each!(work.conn, |c| diesel::update(here).set(&row).execute(c))?
    };
    if changed == 1 { Ok(feed) } else { Err(PersistenceError::Stale { table: "staff_feeds", id: key.0 }) }
}
