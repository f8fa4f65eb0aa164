//! That memory failed, and how.

use diesel::result::{DatabaseErrorKind, Error};
use uuid::Uuid;

/// What can go wrong with what is kept.
#[derive(Debug, thiserror::Error)]
pub enum PersistenceError {
    /// There is no such thing.
    #[error("there is no {noun} {id}")]
    NotFound {
        /// The noun, in the singular.
        noun: &'static str,
        /// The id that was asked for.
        id: Uuid,
    },
    /// It changed since it was read.
    #[error("{table} {id} has another revision by now")]
    Stale {
        /// The table.
        table: &'static str,
        /// Which row.
        id: Uuid,
    },
    /// A unique value is there already.
    #[error("a value that must be unique is there already: {0}")]
    Duplicate(String),
    /// A stored value makes no sense.
    #[error("{table}.{column} of {id} makes no sense")]
    Corrupt {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// Which row.
        id: Uuid,
    },
    /// Another transaction was in the way, also after several tries.
    #[error("other changes were in the way")]
    Contended,
    /// The database cannot be used now: gone, locked, full or busy.
    #[error("the database cannot be used now: {0}")]
    Unavailable(String),
    /// Any other fault of the database.
    #[error("the database failed: {0}")]
    Database(String),
}

impl From<Error> for PersistenceError {
    fn from(error: Error) -> Self {
        match error {
            Error::DatabaseError(kind, info) => {
                let message = info.message().to_owned();
                match kind {
                    DatabaseErrorKind::UniqueViolation => Self::Duplicate(message),
                    DatabaseErrorKind::SerializationFailure => Self::Contended,
                    DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand => {
                        Self::Unavailable(message)
                    }
                    _ if message.contains("deadlock detected") => Self::Contended,
                    _ if is_trouble(&message) => Self::Unavailable(message),
                    _ => Self::Database(message),
                }
            }
            Error::BrokenTransactionManager => {
                Self::Unavailable("the connection broke within a transaction".to_owned())
            }
            other => Self::Database(other.to_string()),
        }
    }
}

/// Diesel gives no SQLSTATE and no SQLite result code: the texts of both databases that mean "not now".
fn is_trouble(message: &str) -> bool {
    [
        "database is locked",
        "database table is locked",
        "database or disk is full",
        "disk I/O error",
        "unable to open database file",
        "attempt to write a readonly database",
        "No space left on device",
        "server closed the connection",
        "terminating connection",
        "the database system is",
        "no connection to the server",
        "could not connect",
        "connection to server",
        "too many clients",
        "canceling statement due to",
        "cannot execute INSERT in a read-only transaction",
        "cannot execute UPDATE in a read-only transaction",
    ]
    .iter()
    .any(|text| message.contains(text))
}
