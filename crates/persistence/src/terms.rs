//! The terms by which things are found: what both klussen and profiles need of them.

use diesel::prelude::*;
use diesel::sql_types::Text;

use crate::Result;
use crate::conn::Conn;
use crate::schema::profiles::reference_lists;

/// How words are read; a new way is a new number, and everything is read again at the next start.
const WAY: &str = "2";

/// How words were read when the terms under this name were kept.
pub(crate) fn is_current(conn: &mut Conn, list: &str) -> Result<bool> {
    let way: Option<String> = each!(conn, |c| reference_lists::table
        .filter(reference_lists::name.eq(list))
        .select(reference_lists::digest)
        .first(c)
        .optional())?;
    Ok(way.as_deref() == Some(WAY))
}

fn note_current(conn: &mut Conn, list: &str) -> Result<()> {
    each!(conn, |c| diesel::delete(reference_lists::table.filter(reference_lists::name.eq(list))).execute(c))?;
    let values = (reference_lists::name.eq(list), reference_lists::digest.eq(WAY));
    each!(conn, |c| diesel::insert_into(reference_lists::table).values(values).execute(c))?;
    Ok(())
}

/// Reads everything again where words are read in another way than they were, some in each transaction: what was
/// interrupted begins again, and nothing is kept twice. `some` reads what follows a key and says where it ended; none
/// where there is nothing left.
pub(crate) fn refresh<K>(
    conn: &mut Conn,
    list: &str,
    some: impl Fn(&mut Conn, Option<K>) -> Result<Option<K>>,
) -> Result<()> {
    if is_current(conn, list)? {
        return Ok(());
    }
    let mut after = None;
    loop {
        conn.begin_write()?;
        let outcome = some(conn, after.take()).and_then(|last| {
            if last.is_none() {
                note_current(conn, list)?;
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

#[derive(QueryableByName)]
struct KnownTerm {
    #[diesel(sql_type = Text)]
    term: String,
}

/// The terms that are kept in a table between two, each once: it leaps from one to the next through the index.
pub(crate) fn known(conn: &mut Conn, table: &'static str, from: &str, until: &str) -> Result<Vec<String>> {
    let leaping = format!(
        "WITH RECURSIVE known(term) AS (SELECT min(term) FROM {table} WHERE term >= $1 UNION ALL \
         SELECT (SELECT min(term) FROM {table} WHERE term > known.term) FROM known WHERE known.term <= $2) \
         SELECT term FROM known WHERE term <= $2"
    );
    let rows: Vec<KnownTerm> =
        each!(conn, |c| diesel::sql_query(leaping).bind::<Text, _>(from).bind::<Text, _>(until).load(c))?;
    Ok(rows.into_iter().map(|row| row.term).collect())
}
