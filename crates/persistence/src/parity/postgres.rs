//! The schema of PostgreSQL.

use diesel::connection::SimpleConnection as _;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Nullable, Text};

use super::Guard;
use super::found::{Column, ForeignKey, Index, Schema, Table, plain};
use crate::conn::Conn;

/// A fresh database on the server that the tests may use.
#[expect(clippy::disallowed_methods, reason = "where the server is comes from outside")]
pub(super) fn open() -> Option<(Conn, Guard)> {
    let server = std::env::var("KLUSNET_TEST_POSTGRES").ok().filter(|url| !url.is_empty());
    assert!(server.is_some() || std::env::var("KLUSNET_TEST_NEEDS_POSTGRES").is_err(), "PostgreSQL is needed here");
    let server = server?.trim_end_matches('/').to_owned();
    let id = uuid::Uuid::new_v7(uuid::Timestamp::now(uuid::NoContext)).simple().to_string();
    let name = format!("parity_{id}");
    let administer = move |sql: String| {
        let mut c = PgConnection::establish(&format!("{server}/postgres")).unwrap();
        c.batch_execute(&sql).unwrap();
        server.clone()
    };
    let server = administer(format!("CREATE DATABASE {name}"));
    let conn = Conn::open(&format!("{server}/{name}"), std::time::Duration::from_secs(5)).unwrap();
    let remove = Box::new(move || drop(administer(format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))));
    Some((conn, Guard { remove: Some(remove) }))
}

#[derive(QueryableByName)]
struct ColumnRow {
    #[diesel(sql_type = Text)]
    of: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    shape: String,
    #[diesel(sql_type = Bool)]
    required: bool,
}

#[derive(QueryableByName)]
struct KeyRow {
    #[diesel(sql_type = Text)]
    of: String,
    #[diesel(sql_type = Bool)]
    is_primary: bool,
    #[diesel(sql_type = Array<Text>)]
    own: Vec<String>,
    #[diesel(sql_type = Nullable<Text>)]
    target: Option<String>,
    #[diesel(sql_type = Nullable<Array<Text>>)]
    theirs: Option<Vec<String>>,
    #[diesel(sql_type = Text)]
    on_delete: String,
}

#[derive(QueryableByName)]
struct IndexRow {
    #[diesel(sql_type = Text)]
    of: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Bool)]
    is_unique: bool,
    #[diesel(sql_type = Array<Text>)]
    columns: Vec<String>,
    #[diesel(sql_type = Array<Bool>)]
    down: Vec<bool>,
    #[diesel(sql_type = Nullable<Text>)]
    condition: Option<String>,
}

pub(super) fn read(c: &mut PgConnection) -> Schema {
    let mut schema = Schema::new();
    let rows: Vec<ColumnRow> = diesel::sql_query(
        "SELECT t.relname::text AS of, a.attname::text AS name, format_type(a.atttypid, a.atttypmod) AS shape, a.attnotnull AS required \
         FROM pg_attribute a JOIN pg_class t ON t.oid = a.attrelid \
         WHERE t.relnamespace = 'public'::regnamespace AND t.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped \
         AND t.relname NOT LIKE '\\_\\_%'",
    )
    .load(c)
    .unwrap();
    for ColumnRow { of, name, shape, required } in rows {
        let column = Column { shape: declared(&shape).to_owned(), nullable: !required };
        schema.entry(of).or_default().columns.insert(name, column);
    }
    keys(c, &mut schema);
    indexes(c, &mut schema);
    schema
}

/// The name by which the compiler knows a type.
fn declared(shape: &str) -> &str {
    match shape {
        "uuid" => "Uid",
        "timestamp with time zone" => "Instant",
        "bigint" => "BigInt",
        "boolean" => "Bool",
        "jsonb" => "Jsonb",
        "date" => "Date",
        "text" => "Text",
        "bytea" => "Binary",
        other => other,
    }
}

fn keys(c: &mut PgConnection, schema: &mut Schema) {
    let columns = |of: &str, numbers: &str| {
        format!(
            "(SELECT array_agg(a.attname::text ORDER BY k.place) FROM unnest({numbers}) WITH ORDINALITY AS k (number, place) \
             JOIN pg_attribute a ON a.attrelid = {of} AND a.attnum = k.number)"
        )
    };
    let query = format!(
        "SELECT t.relname::text AS of, c.contype = 'p' AS is_primary, {} AS own, f.relname::text AS target, {} AS theirs, \
         CASE c.confdeltype WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL' WHEN 'r' THEN 'RESTRICT' ELSE 'NO ACTION' END AS on_delete \
         FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid LEFT JOIN pg_class f ON f.oid = c.confrelid \
         WHERE c.connamespace = 'public'::regnamespace AND c.contype IN ('p', 'f') AND t.relname NOT LIKE '\\_\\_%'",
        columns("c.conrelid", "c.conkey"),
        columns("c.confrelid", "c.confkey"),
    );
    let rows: Vec<KeyRow> = diesel::sql_query(query).load(c).unwrap();
    for KeyRow { of, is_primary, own, target, theirs, on_delete } in rows {
        let table: &mut Table = schema.get_mut(&of).unwrap();
        if is_primary {
            table.primary_key = own;
        } else {
            let (table_name, targets) = (target.unwrap(), theirs.unwrap());
            table.foreign_keys.insert(ForeignKey { columns: own, table: table_name, targets, on_delete });
        }
    }
}

fn indexes(c: &mut PgConnection, schema: &mut Schema) {
    let rows: Vec<IndexRow> = diesel::sql_query(
        "SELECT t.relname::text AS of, x.relname::text AS name, i.indisunique AS is_unique, \
         array(SELECT coalesce((SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = i.indrelid AND a.attnum = k.number), '') \
               FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS k (number, place) ORDER BY k.place) AS columns, \
         array(SELECT (o.bits & 1) = 1 FROM unnest(i.indoption::int2[]) WITH ORDINALITY AS o (bits, place) ORDER BY o.place) AS down, \
         pg_get_expr(i.indpred, i.indrelid) AS condition \
         FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid \
         WHERE t.relnamespace = 'public'::regnamespace AND NOT i.indisprimary AND t.relname NOT LIKE '\\_\\_%'",
    )
    .load(c)
    .unwrap();
    for IndexRow { of, name, is_unique, columns, down, condition } in rows {
        let index = Index {
            unique: is_unique,
            columns: columns.into_iter().zip(down).collect(),
            condition: condition.as_deref().map(plain),
        };
        schema.get_mut(&of).unwrap().indexes.insert(name, index);
    }
}
