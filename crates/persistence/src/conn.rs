//! One connection to either database, and the macro that compiles a statement once for each of them.

use std::time::Duration;

use diesel::connection::{AnsiTransactionManager, Connection, SimpleConnection, TransactionManager};
use diesel::pg::PgConnection;
use diesel::r2d2::R2D2Connection;
use diesel::result::{ConnectionError, ConnectionResult, Error, QueryResult};
use diesel::sqlite::SqliteConnection;

/// A native connection to one of the two databases.
pub(crate) enum Conn {
    Pg(PgConnection),
    Sqlite(SqliteConnection),
}

/// Runs one body against whichever native connection is inside.
macro_rules! each {
    ($conn:expr, |$c:ident| $body:expr) => {
        match &mut *$conn {
            $crate::conn::Conn::Pg($c) => $body,
            $crate::conn::Conn::Sqlite($c) => $body,
        }
    };
}

/// Whether this URL names a PostgreSQL server; anything else is an SQLite file.
pub fn is_postgres(url: &str) -> bool {
    url.starts_with("postgres://") || url.starts_with("postgresql://")
}

impl Conn {
    /// Opens the database of this URL. The scheme alone chooses; there is no fallback. `wait` is how long a statement
    /// waits for a lock that somebody else holds.
    pub(crate) fn open(url: &str, wait: Duration) -> ConnectionResult<Self> {
        let wait = wait.as_millis();
        if is_postgres(url) {
            let mut connection = PgConnection::establish(url)?;
            connection
                .batch_execute(&format!("SET lock_timeout = {wait}"))
                .map_err(ConnectionError::CouldntSetupConfiguration)?;
            return Ok(Self::Pg(connection));
        }
        let mut connection = SqliteConnection::establish(url.strip_prefix("sqlite://").unwrap_or(url))?;
        // The timeout comes first: switching to WAL may itself have to wait.
        connection
            .batch_execute(&format!(
                "PRAGMA busy_timeout = {wait}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -8000;"
            ))
            .map_err(ConnectionError::CouldntSetupConfiguration)?;
        Ok(Self::Sqlite(connection))
    }

    pub(crate) fn batch(&mut self, sql: &str) -> QueryResult<()> {
        each!(self, |c| c.batch_execute(sql))
    }

    /// Begins a transaction that only reads, all of it at one moment.
    pub(crate) fn begin_read(&mut self) -> QueryResult<()> {
        match self {
            Self::Pg(c) => {
                AnsiTransactionManager::begin_transaction_sql(c, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            }
            Self::Sqlite(c) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN"),
        }
    }

    /// Begins a transaction that writes. On SQLite it takes the write lock at once: a lock taken later cannot wait.
    pub(crate) fn begin_write(&mut self) -> QueryResult<()> {
        match self {
            Self::Pg(c) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN ISOLATION LEVEL SERIALIZABLE"),
            Self::Sqlite(c) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN IMMEDIATE"),
        }
    }

    pub(crate) fn commit(&mut self) -> QueryResult<()> {
        each!(self, |c| AnsiTransactionManager::commit_transaction(c))
    }

    /// Undoes the transaction. A connection on which that fails is not used again: the pool sees it is broken.
    pub(crate) fn roll_back(&mut self) {
        match each!(self, |c| AnsiTransactionManager::rollback_transaction(c)) {
            Ok(()) | Err(Error::NotInTransaction | Error::BrokenTransactionManager) => {}
            Err(error) => tracing::warn!(%error, "a transaction could not be rolled back"),
        }
    }
}

/// Makes connections for the pool.
#[derive(Debug)]
pub(crate) struct Manager {
    pub(crate) url: String,
    pub(crate) wait: Duration,
}

impl diesel::r2d2::ManageConnection for Manager {
    type Connection = Conn;
    type Error = diesel::r2d2::Error;

    fn connect(&self) -> Result<Conn, Self::Error> {
        Conn::open(&self.url, self.wait).map_err(diesel::r2d2::Error::ConnectionError)
    }

    fn is_valid(&self, conn: &mut Conn) -> Result<(), Self::Error> {
        each!(conn, |c| c.ping()).map_err(diesel::r2d2::Error::QueryError)
    }

    fn has_broken(&self, conn: &mut Conn) -> bool {
        std::thread::panicking() || each!(conn, |c| R2D2Connection::is_broken(c))
    }
}
