//! The terms by which things are found: what both klussen and profiles need of them.

use diesel::prelude::*;
use diesel::sql_types::Text;

use crate::Result;
use crate::conn::Conn;

/// How words are read; a new way is a new number, and everything is read again at the next start.
pub(crate) const WAY: &str = "2";

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
