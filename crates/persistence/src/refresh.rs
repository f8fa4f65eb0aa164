//! What is kept of other rows and follows from them: kept again at start where the way of keeping it changed.

use diesel::prelude::*;

use crate::Result;
use crate::conn::Conn;
use crate::schema::profiles::reference_lists;

/// Whether what has this name was kept in this way.
fn is_current(conn: &mut Conn, list: &str, way: &str) -> Result<bool> {
    let known: Option<String> = each!(conn, |c| reference_lists::table
        .filter(reference_lists::name.eq(list))
        .select(reference_lists::digest)
        .first(c)
        .optional())?;
    Ok(known.as_deref() == Some(way))
}

fn note_current(conn: &mut Conn, list: &str, way: &str) -> Result<()> {
    each!(conn, |c| diesel::delete(reference_lists::table.filter(reference_lists::name.eq(list))).execute(c))?;
    let values = (reference_lists::name.eq(list), reference_lists::digest.eq(way));
    each!(conn, |c| diesel::insert_into(reference_lists::table).values(values).execute(c))?;
    Ok(())
}

/// Keeps everything of this name again where it was kept in another way than this, some in each transaction: what was
/// interrupted begins again, and nothing is kept twice. `some` does what follows a key and says where it ended; none
/// where there is nothing left.
pub(crate) fn refresh<K>(
    conn: &mut Conn,
    list: &str,
    way: &str,
    some: impl Fn(&mut Conn, Option<K>) -> Result<Option<K>>,
) -> Result<()> {
    if is_current(conn, list, way)? {
        return Ok(());
    }
    let mut after = None;
    loop {
        conn.begin_write()?;
        let outcome = some(conn, after.take()).and_then(|last| {
            if last.is_none() {
                note_current(conn, list, way)?;
            }
            Ok(conn.commit().map(|()| last)?)
        });
        match outcome {
            Ok(None) => return Ok(()),
            Ok(last) => after = last,
            Err(error) => {
                conn.roll_back();
                return Err(error);
            }
        }
    }
}
