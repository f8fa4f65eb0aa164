//! Rows, queries and transactions on SQLite or PostgreSQL; runs the migrations.
//!
//! Every statement is written once and compiled for both databases by [`each!`]. A [`View`] reads one consistent
//! moment; a [`Work`] changes things, all of them or none. Whoever holds only a `View` cannot write.

#[macro_use]
mod conn;
mod among;
mod columns;
mod database;
mod error;
mod migrations;
mod mint;
mod page;
#[macro_use]
mod keep;
mod refresh;
mod schema;
mod terms;
mod weighed;

#[cfg(test)]
mod parity;

pub mod exchange;
pub mod ledger;
pub mod market;
pub mod parties;
pub mod placements;
pub mod profiles;

pub use conn::is_postgres;
pub use database::{Contention, Database, PoolState, View, Work};
pub use error::PersistenceError;
pub use mint::Mint;
pub use page::{Cursor, Direction, Page, PageRequest};

/// What every function here returns.
pub type Result<T> = std::result::Result<T, PersistenceError>;
