//! What every kept thing needs, written once: find, get, insert, save.

/// How many rows one statement inserts.
pub(crate) const TOGETHER: usize = 100;

/// Inserts rows the way each database takes them quickest: many by a copy, or by statements for always as many rows,
/// which stay prepared.
macro_rules! insert_all {
    ($conn:expr, $table:expr, $rows:expr) => {
        match &mut *$conn {
            $crate::conn::Conn::Pg(c) if $rows.len() > 1 => {
                diesel::copy_from($table).from_insertable($rows).execute(c).map(drop)
            }
            conn => {
                let (many, rest) = $rows.as_chunks::<{ $crate::keep::TOGETHER }>();
                many.iter()
                    .try_for_each(|rows| each!(conn, |c| diesel::insert_into($table).values(rows).execute(c)).map(drop))
                    .and_then(|()| {
                        rest.iter().try_for_each(|row| {
                            each!(conn, |c| diesel::insert_into($table).values(row).execute(c)).map(drop)
                        })
                    })
            }
        }
    };
}

/// Declares `find`, `get`, `insert` and `save` for a thing that is kept as one row. `save` counts the revision up and
/// fails as stale when somebody else did so first. The row needs `From<&Thing>` and `TryInto<Thing>`.
macro_rules! keep {
    ($table:ident, $thing:ty, $id:ty, $row:ty) => {
        keep!(@find $table, $thing, $id, $row);

        /// Keeps a new one.
        pub fn insert(work: &mut $crate::Work<'_>, thing: $thing) -> $crate::Result<$thing> {
            let row = <$row>::from(&thing);
            each!(work.conn, |c| diesel::insert_into($table::table).values(&row).execute(c))?;
            Ok(thing)
        }

        /// Keeps a changed one, if it is still the revision that was read.
        pub fn save(work: &mut $crate::Work<'_>, thing: $thing) -> $crate::Result<$thing> {
            let seen = thing.revision;
            let thing = { let mut thing = thing; thing.revision = seen + 1; thing };
            let row = <$row>::from(&thing);
            let key = $crate::columns::Key::from(thing.id);
            let changed = each!(work.conn, |c| diesel::update(
                $table::table.filter($table::id.eq(key)).filter($table::revision.eq(seen))
            )
            .set(&row)
            .execute(c))?;
            if changed == 1 {
                Ok(thing)
            } else {
                Err($crate::PersistenceError::Stale { table: stringify!($table), id: key.0 })
            }
        }
    };
    (many $table:ident, $thing:ty, $row:ty) => {
        /// Keeps many new ones.
        pub fn insert_many(work: &mut $crate::Work<'_>, things: &[$thing]) -> $crate::Result<()> {
            let rows: Vec<$row> = things.iter().map(<$row>::from).collect();
            Ok(insert_all!(work.conn, $table::table, &rows)?)
        }
    };
    (once $table:ident, $thing:ty, $id:ty, $row:ty) => {
        keep!(@find $table, $thing, $id, $row);

        /// Keeps a new one; it never changes.
        pub fn insert(work: &mut $crate::Work<'_>, thing: $thing) -> $crate::Result<$thing> {
            let row = <$row>::from(&thing);
            each!(work.conn, |c| diesel::insert_into($table::table).values(&row).execute(c))?;
            Ok(thing)
        }
    };
    (@find $table:ident, $thing:ty, $id:ty, $row:ty) => {
        /// The one with this id, if there is one.
        pub fn find(view: &mut $crate::View<'_>, id: $id) -> $crate::Result<Option<$thing>> {
            let key = $crate::columns::Key::from(id);
            let row: Option<$row> = each!(view.conn, |c| $table::table
                .filter($table::id.eq(key))
                .select(<$row>::as_select())
                .first(c)
                .optional())?;
            row.map(TryInto::try_into).transpose()
        }

        /// The one with this id.
        pub fn get(view: &mut $crate::View<'_>, id: $id) -> $crate::Result<$thing> {
            find(view, id)?.ok_or($crate::PersistenceError::NotFound {
                noun: <$id as domain::Identifier>::NOUN,
                id: id.into(),
            })
        }
    };
}
