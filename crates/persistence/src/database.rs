//! The pool of connections, and the two kinds of transaction: a view that reads, a work that writes.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use diesel::r2d2::{Pool, PooledConnection};
use domain::{Moment, OAuthClientId, PersonId};

use crate::conn::{Conn, Manager, is_postgres};
use crate::{Mint, PersistenceError, Result, migrations};

/// How often a write is tried when other writes are in the way.
const TRIES: u32 = 12;
/// How many values a plan may be kept for.
const FEW: usize = 50;
/// How long to wait for the first connection.
const START_WAIT: Duration = Duration::from_secs(10);
/// How long to wait while another instance migrates.
const MIGRATION_WAIT: Duration = Duration::from_secs(300);

/// The database, by a pool of connections.
#[derive(Clone)]
pub struct Database {
    pool: Pool<Manager>,
    url: String,
    wait: Duration,
    writes: Arc<AtomicU64>,
}

impl std::fmt::Debug for Database {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if self.is_postgres() { "PostgreSQL" } else { "SQLite" })
    }
}

/// Reads, all of it at one moment.
pub struct View<'c> {
    pub(crate) conn: &'c mut Conn,
    now: Moment,
}

/// Changes things, all of them or none.
pub struct Work<'c> {
    view: View<'c>,
    mint: &'c Mint,
    /// Who does it; nobody when the clock does.
    pub actor: Option<PersonId>,
    /// The client through which it is done, or that does it by itself.
    pub client: Option<OAuthClientId>,
}

/// How busy the pool is.
#[derive(Debug, Clone, Copy)]
pub struct PoolState {
    /// Connections that are open.
    pub open: u32,
    /// Connections that wait for work.
    pub idle: u32,
}

/// Tells a caller's error whether trying again can help.
pub trait Contention {
    /// Whether another transaction was in the way.
    fn is_contended(&self) -> bool;
}

impl Contention for PersistenceError {
    fn is_contended(&self) -> bool {
        matches!(self, Self::Contended)
    }
}

impl<'c> View<'c> {
    /// A view on a connection on which a transaction was begun.
    pub(crate) fn at(conn: &'c mut Conn, now: Moment) -> Self {
        Self { conn, now }
    }
    /// The moment at which this happens.
    pub fn now(&self) -> Moment {
        self.now
    }

    /// Looks for this many values. PostgreSQL keeps a plan for ten of them, which reads a whole table for hundreds: for
    /// many it plans anew. Not for longer than that: the checks of foreign keys would be planned anew for each row.
    pub(crate) fn for_values<T>(&mut self, count: usize, body: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        if count <= FEW || matches!(self.conn, Conn::Sqlite(_)) {
            return body(self);
        }
        self.conn.batch("SET LOCAL plan_cache_mode = force_custom_plan")?;
        let found = body(self)?;
        self.conn.batch("SET LOCAL plan_cache_mode = auto")?;
        Ok(found)
    }
}

impl<'c> Deref for Work<'c> {
    type Target = View<'c>;
    fn deref(&self) -> &View<'c> {
        &self.view
    }
}

impl<'c> DerefMut for Work<'c> {
    fn deref_mut(&mut self) -> &mut View<'c> {
        &mut self.view
    }
}

impl Work<'_> {
    /// A new identifier.
    pub fn id<I: From<uuid::Uuid>>(&self) -> I {
        self.mint.id(self.now)
    }

    /// A new identifier that tells nothing, not even when it was made.
    pub fn blind_id<I: From<uuid::Uuid>>(&self) -> I {
        self.mint.blind_id()
    }

    /// A new secret of 256 bits.
    pub fn secret(&self) -> [u8; 32] {
        self.mint.secret()
    }
}

impl Database {
    /// Opens a pool of `size` connections and makes sure that one can be had. `wait` is how long anything waits for a
    /// connection, and a statement for a lock.
    pub fn open(url: &str, size: u32, wait: Duration) -> Result<Self> {
        if !is_postgres(url) {
            // A file that cannot be opened now cannot be opened in a moment either: say so at once.
            Conn::open(url, wait).map_err(|error| PersistenceError::Unavailable(error.to_string()))?;
        }
        let pool = Pool::builder()
            .max_size(size)
            .min_idle(Some(1))
            .test_on_check_out(false)
            .connection_timeout(wait)
            .error_handler(Box::new(diesel::r2d2::LoggingErrorHandler))
            .build_unchecked(Manager { url: url.to_owned(), wait });
        // The first connection may take longer than any later one.
        pool.get_timeout(wait.max(START_WAIT)).map_err(|error| PersistenceError::Unavailable(error.to_string()))?;
        Ok(Self { pool, url: url.to_owned(), wait, writes: Arc::default() })
    }

    /// Whether it is PostgreSQL; SQLite otherwise.
    pub fn is_postgres(&self) -> bool {
        is_postgres(&self.url)
    }

    /// How busy the pool is.
    pub fn pool_state(&self) -> PoolState {
        let state = self.pool.state();
        PoolState { open: state.connections, idle: state.idle_connections }
    }

    /// Brings the schema up to date; says which migrations ran.
    pub fn migrate(&self) -> Result<Vec<String>> {
        // A connection of its own: another instance may be migrating, and that is worth a longer wait.
        let conn = Conn::open(&self.url, MIGRATION_WAIT);
        migrations::run(&mut conn.map_err(|error| PersistenceError::Unavailable(error.to_string()))?)
    }

    /// Writes a consistent copy of the embedded database to a new file, while others go on reading and writing.
    pub fn back_up(&self, file: &str) -> Result<()> {
        let mut conn = self.connection()?;
        match &mut *conn {
            Conn::Pg(_) => Err(PersistenceError::Database("PostgreSQL is backed up with pg_dump".to_owned())),
            Conn::Sqlite(c) => {
                use diesel::RunQueryDsl as _;
                diesel::sql_query("VACUUM INTO ?").bind::<diesel::sql_types::Text, _>(file).execute(c)?;
                Ok(())
            }
        }
    }

    /// Whether a statement can be run now.
    pub fn ping(&self) -> Result<()> {
        Ok(self.connection()?.batch("SELECT 1")?)
    }

    /// Reads at one moment. The error may be the caller's own.
    pub fn read<T, E: From<PersistenceError>>(
        &self,
        now: Moment,
        body: impl FnOnce(&mut View<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let mut conn = self.connection()?;
        if conn.begin_read().is_err() {
            // It may have been ended while it was idle: then another one is as good.
            self.reopen(&mut conn)?;
            conn.begin_read().map_err(PersistenceError::from)?;
        }
        let outcome = body(&mut View { conn: &mut conn, now });
        conn.roll_back();
        outcome
    }

    /// Writes, all or nothing. When other writes were in the way `body` runs again from the start, so it must not
    /// do anything that a rollback cannot undo.
    pub fn write<T, E: From<PersistenceError> + Contention>(
        &self,
        mint: &Mint,
        now: Moment,
        body: impl Fn(&mut Work<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let outcome = persist(&mut *self.lively()?, mint, now, body);
        self.count_write();
        outcome
    }

    /// Writes while nobody else, in whichever process, writes in this same way. Only then does it read what is there,
    /// so it sees all that the one before it did.
    pub fn write_alone<T, E: From<PersistenceError> + Contention>(
        &self,
        mint: &Mint,
        now: Moment,
        body: impl Fn(&mut Work<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let mut conn = self.lively()?;
        // The embedded database has one writer at a time as it is. A lock taken within the transaction would come
        // too late: what the transaction sees is settled by its first statement.
        let is_postgres = self.is_postgres();
        if is_postgres {
            conn.batch("SELECT pg_advisory_lock(4202612)").map_err(PersistenceError::from)?;
        }
        let outcome = persist(&mut conn, mint, now, body);
        self.count_write();
        if is_postgres && let Err(error) = conn.batch("SELECT pg_advisory_unlock(4202612)") {
            // With the connection the lock is gone too.
            tracing::warn!(%error, "a lock could not be given back");
        }
        outcome
    }

    /// How many writes this process has ended. Whoever finds the same number again knows that it changed nothing in
    /// between; others may have.
    pub fn writes(&self) -> u64 {
        self.writes.load(Ordering::SeqCst)
    }

    fn count_write(&self) {
        self.writes.fetch_add(1, Ordering::SeqCst);
    }

    /// A connection that was not ended while it was idle.
    fn lively(&self) -> Result<PooledConnection<Manager>> {
        let mut conn = self.connection()?;
        if self.is_postgres() && conn.batch("SELECT 1").is_err() {
            self.reopen(&mut conn)?;
        }
        Ok(conn)
    }

    fn reopen(&self, conn: &mut Conn) -> Result<()> {
        *conn = Conn::open(&self.url, self.wait).map_err(|error| PersistenceError::Unavailable(error.to_string()))?;
        Ok(())
    }

    fn connection(&self) -> Result<PooledConnection<Manager>> {
        self.pool.get().map_err(|error| PersistenceError::Unavailable(error.to_string()))
    }
}

/// Tries until no other write is in the way, or often enough.
fn persist<T, E: From<PersistenceError> + Contention>(
    conn: &mut Conn,
    mint: &Mint,
    now: Moment,
    body: impl Fn(&mut Work<'_>) -> std::result::Result<T, E>,
) -> std::result::Result<T, E> {
    let mut tries = 0;
    loop {
        tries += 1;
        match attempt(conn, mint, now, &body) {
            Err(error) if error.is_contended() && tries < TRIES => {
                // Growing, uneven pauses: writers that met once should not meet again.
                let spread = u64::from(mint.secret().first().copied().unwrap_or_default());
                std::thread::sleep(Duration::from_micros(u64::from(tries) * 500 + spread * u64::from(tries) * 20));
            }
            outcome => return outcome,
        }
    }
}

fn attempt<T, E: From<PersistenceError>>(
    conn: &mut Conn,
    mint: &Mint,
    now: Moment,
    body: impl Fn(&mut Work<'_>) -> std::result::Result<T, E>,
) -> std::result::Result<T, E> {
    conn.begin_write().map_err(PersistenceError::from)?;
    let outcome = body(&mut Work { view: View { conn, now }, mint, actor: None, client: None });
    match outcome {
        Ok(value) => match conn.commit() {
            Ok(()) => Ok(value),
            Err(error) => {
                conn.roll_back();
                Err(PersistenceError::from(error).into())
            }
        },
        Err(error) => {
            conn.roll_back();
            Err(error)
        }
    }
}
