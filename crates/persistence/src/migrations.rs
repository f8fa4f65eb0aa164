//! The schema of each database, in steps that can be undone.

use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use crate::conn::Conn;
use crate::{PersistenceError, Result};

const SQLITE: EmbeddedMigrations = embed_migrations!("../../migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("../../migrations/postgres");

/// Runs what has not run yet and names it, and loads the reference data that changed. Several instances may start at
/// once: on PostgreSQL one of them does it, on SQLite the second finds it done.
pub(crate) fn run(conn: &mut Conn) -> Result<Vec<String>> {
    const LOCK: &str = "SELECT pg_advisory_lock(4202611)";
    const UNLOCK: &str = "SELECT pg_advisory_unlock(4202611)";
    let is_postgres = matches!(conn, Conn::Pg(_));
    if is_postgres {
        conn.batch(LOCK)?;
    }
    let outcome = match conn {
        Conn::Pg(c) => c.run_pending_migrations(POSTGRES).map(|ran| names(&ran)),
        Conn::Sqlite(c) => c.run_pending_migrations(SQLITE).map(|ran| names(&ran)),
    }
    .map_err(|error| PersistenceError::Database(error.to_string()))
    .and_then(|ran| {
        crate::profiles::skills::load(conn)?;
        crate::profiles::refresh_offers(conn)?;
        crate::market::assignments::refresh_terms(conn)?;
        crate::profiles::refresh_terms(conn)?;
        Ok(ran)
    });
    if is_postgres {
        conn.batch(UNLOCK)?;
    }
    outcome
}

fn names(versions: &[diesel::migration::MigrationVersion<'_>]) -> Vec<String> {
    versions.iter().map(ToString::to_string).collect()
}

/// Undoes everything and does it again: for the test that every step can be undone.
#[cfg(test)]
pub(crate) fn redo_all(conn: &mut Conn) -> Result<()> {
    let fault = |error: Box<dyn std::error::Error + Send + Sync>| PersistenceError::Database(error.to_string());
    match conn {
        Conn::Pg(c) => {
            c.revert_all_migrations(POSTGRES).map_err(fault)?;
            c.run_pending_migrations(POSTGRES).map_err(fault)?;
        }
        Conn::Sqlite(c) => {
            c.revert_all_migrations(SQLITE).map_err(fault)?;
            c.run_pending_migrations(SQLITE).map_err(fault)?;
        }
    }
    Ok(())
}
