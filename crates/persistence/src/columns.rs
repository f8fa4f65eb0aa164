//! The only place that knows how identifiers, moments and closed lists look in each database.

use chrono::{DateTime, Utc};
use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::pg::Pg;
use diesel::query_builder::QueryId;
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types::SqlType;
use diesel::sqlite::Sqlite;
use domain::{Identifier, Moment, TextEnum};
use uuid::Uuid;

use crate::{PersistenceError, Result};

/// `uuid` in PostgreSQL, a BLOB of 16 bytes in SQLite; both sort alike.
#[derive(Debug, Clone, Copy, Default, SqlType, QueryId)]
#[diesel(postgres_type(oid = 2950, array_oid = 2951), sqlite_type(name = "Binary"))]
pub struct Uid;
impl diesel::sql_types::SqlOrd for Uid {}

/// `timestamptz` in PostgreSQL, microseconds since 1970 in SQLite.
#[derive(Debug, Clone, Copy, Default, SqlType, QueryId)]
#[diesel(postgres_type(oid = 1184, array_oid = 1185), sqlite_type(name = "Long"))]
pub struct Instant;
impl diesel::sql_types::SqlOrd for Instant {}

/// A stored identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, AsExpression, FromSqlRow)]
#[diesel(sql_type = Uid)]
pub(crate) struct Key(pub(crate) Uuid);

impl<I: Identifier> From<I> for Key {
    fn from(id: I) -> Self {
        Self(id.into())
    }
}

impl Key {
    pub(crate) fn to<I: Identifier>(self) -> I {
        I::from(self.0)
    }
}

/// A stored moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, AsExpression, FromSqlRow)]
#[diesel(sql_type = Instant)]
pub(crate) struct At(pub(crate) Moment);

impl FromSql<Uid, Sqlite> for Key {
    fn from_sql(mut value: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        Ok(Self(Uuid::from_slice(value.read_blob())?))
    }
}

impl ToSql<Uid, Sqlite> for Key {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.0.as_bytes().as_slice());
        Ok(IsNull::No)
    }
}

impl FromSql<Uid, Pg> for Key {
    fn from_sql(value: <Pg as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        FromSql::<diesel::sql_types::Uuid, Pg>::from_sql(value).map(Self)
    }
}

impl ToSql<Uid, Pg> for Key {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        ToSql::<diesel::sql_types::Uuid, Pg>::to_sql(&self.0, out)
    }
}

impl FromSql<Instant, Sqlite> for At {
    fn from_sql(value: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        let micros = <i64 as FromSql<diesel::sql_types::BigInt, Sqlite>>::from_sql(value)?;
        DateTime::from_timestamp_micros(micros).map(Self).ok_or_else(|| "a moment out of range".into())
    }
}

impl ToSql<Instant, Sqlite> for At {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.0.timestamp_micros());
        Ok(IsNull::No)
    }
}

impl FromSql<Instant, Pg> for At {
    fn from_sql(value: <Pg as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        <DateTime<Utc> as FromSql<diesel::sql_types::Timestamptz, Pg>>::from_sql(value).map(Self)
    }
}

impl ToSql<Instant, Pg> for At {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        ToSql::<diesel::sql_types::Timestamptz, Pg>::to_sql(&self.0, &mut out.reborrow())
    }
}

/// Where a stored value stands, to name it when it makes no sense.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub(crate) table: &'static str,
    pub(crate) id: Uuid,
}

impl Place {
    pub(crate) fn new(table: &'static str, id: Key) -> Self {
        Self { table, id: id.0 }
    }

    pub(crate) fn corrupt(self, column: &'static str) -> PersistenceError {
        PersistenceError::Corrupt { table: self.table, column, id: self.id }
    }

    /// The value of a closed list.
    pub(crate) fn value<T: TextEnum>(self, column: &'static str, text: &str) -> Result<T> {
        T::parse(text).ok_or_else(|| self.corrupt(column))
    }

    /// The value of a closed list, where there is one.
    pub(crate) fn optional<T: TextEnum>(self, column: &'static str, text: Option<&str>) -> Result<Option<T>> {
        text.map(|text| self.value(column, text)).transpose()
    }

    /// The values of a closed list that stand in one column, separated by spaces.
    pub(crate) fn values<T: TextEnum>(self, column: &'static str, text: &str) -> Result<Vec<T>> {
        text.split_whitespace().map(|word| self.value(column, word)).collect()
    }

    /// A count that never is negative.
    pub(crate) fn count(self, column: &'static str, number: i64) -> Result<u32> {
        u32::try_from(number).map_err(|_| self.corrupt(column))
    }

    /// What stands in a JSON column.
    pub(crate) fn json<T: serde::de::DeserializeOwned>(
        self,
        column: &'static str,
        value: serde_json::Value,
    ) -> Result<T> {
        serde_json::from_value(value).map_err(|_| self.corrupt(column))
    }

    /// What stands in a JSON column, where something does.
    pub(crate) fn optional_json<T: serde::de::DeserializeOwned>(
        self,
        column: &'static str,
        value: Option<serde_json::Value>,
    ) -> Result<Option<T>> {
        value.map(|value| self.json(column, value)).transpose()
    }
}

/// Values of a closed list as one column, separated by spaces.
pub(crate) fn joined<T: TextEnum>(values: &[T]) -> String {
    values.iter().map(|value| value.as_str()).collect::<Vec<_>>().join(" ")
}

/// A value for a JSON column. What is stored has no maps with odd keys and no unserialisable number.
pub(crate) fn to_json<T: serde::Serialize>(value: &T) -> serde_json::Value {
    serde_json::to_value(value).unwrap_or_default()
}

/// A pattern for `LIKE … ESCAPE '\'` that finds this folded word anywhere.
pub(crate) fn containing(word: &str) -> String {
    let mut pattern = String::with_capacity(word.len() + 2);
    pattern.push('%');
    for c in word.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}
