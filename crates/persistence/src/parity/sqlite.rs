//! The schema of the embedded database.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text};
use diesel::sqlite::SqliteConnection;

use super::Guard;
use super::found::{Column, ForeignKey, Index, Schema, Table, plain};
use crate::conn::Conn;

/// What a declared type is stored as.
pub(super) fn storage_of(shape: &str) -> &str {
    match shape {
        "Uid" | "Jsonb" | "Binary" => "BLOB",
        "BigInt" | "Bool" | "Instant" => "INTEGER",
        "Text" | "Date" => "TEXT",
        other => other,
    }
}

pub(super) fn open() -> (Conn, Guard) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("parity.sqlite");
    let conn = Conn::open(file.to_str().unwrap(), std::time::Duration::from_secs(5)).unwrap();
    (conn, Guard { remove: Some(Box::new(|| drop(folder))) })
}

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Nullable<Text>)]
    sql: Option<String>,
}

#[derive(QueryableByName)]
struct ColumnRow {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    shape: String,
    #[diesel(sql_type = BigInt)]
    required: i64,
    #[diesel(sql_type = BigInt)]
    pk: i64,
}

#[derive(QueryableByName)]
struct KeyRow {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = Text)]
    target: String,
    #[diesel(sql_type = Text)]
    own: String,
    #[diesel(sql_type = Text)]
    theirs: String,
    #[diesel(sql_type = Text)]
    on_delete: String,
}

#[derive(QueryableByName)]
struct IndexRow {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = BigInt)]
    is_unique: i64,
    #[diesel(sql_type = Text)]
    origin: String,
}

#[derive(QueryableByName)]
struct PartRow {
    #[diesel(sql_type = Nullable<Text>)]
    name: Option<String>,
    #[diesel(sql_type = BigInt)]
    down: i64,
}

pub(super) fn read(c: &mut SqliteConnection) -> Schema {
    let query = "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '\\_\\_%' ESCAPE '\\'";
    let tables: Vec<Name> = diesel::sql_query(query).load(c).unwrap();
    tables
        .into_iter()
        .map(|table| {
            let sql = table.sql.unwrap();
            assert!(sql.trim_end().ends_with("STRICT"), "{} is not STRICT", table.name);
            let read = table_of(c, &table.name);
            (table.name, read)
        })
        .collect()
}

fn table_of(c: &mut SqliteConnection, name: &str) -> Table {
    let columns: Vec<ColumnRow> =
        diesel::sql_query("SELECT name, type AS shape, \"notnull\" AS required, pk FROM pragma_table_info(?)")
            .bind::<Text, _>(name)
            .load(c)
            .unwrap();
    let mut key: Vec<_> = columns.iter().filter(|column| column.pk > 0).collect();
    key.sort_by_key(|column| column.pk);
    let mut table = Table { primary_key: key.iter().map(|column| column.name.clone()).collect(), ..Table::default() };
    for ColumnRow { name, shape, required, .. } in columns {
        table.columns.insert(name, Column { shape, nullable: required == 0 });
    }
    foreign_keys(c, name, &mut table);
    indexes(c, name, &mut table);
    table
}

fn foreign_keys(c: &mut SqliteConnection, name: &str, table: &mut Table) {
    let rows: Vec<KeyRow> = diesel::sql_query(
        "SELECT id, \"table\" AS target, \"from\" AS own, \"to\" AS theirs, on_delete FROM pragma_foreign_key_list(?) ORDER BY id, seq",
    )
    .bind::<Text, _>(name)
    .load(c)
    .unwrap();
    for rows in rows.chunk_by(|one, next| one.id == next.id) {
        table.foreign_keys.insert(ForeignKey {
            columns: rows.iter().map(|row| row.own.clone()).collect(),
            table: rows[0].target.clone(),
            targets: rows.iter().map(|row| row.theirs.clone()).collect(),
            on_delete: rows[0].on_delete.clone(),
        });
    }
}

fn indexes(c: &mut SqliteConnection, name: &str, table: &mut Table) {
    let rows: Vec<IndexRow> =
        diesel::sql_query("SELECT name, \"unique\" AS is_unique, origin FROM pragma_index_list(?)")
            .bind::<Text, _>(name)
            .load(c)
            .unwrap();
    for IndexRow { name, is_unique, origin } in rows.into_iter().filter(|row| row.origin != "pk") {
        assert_eq!(origin, "c", "{name}: a unique rule is an index with a name");
        let parts: Vec<PartRow> =
            diesel::sql_query("SELECT name, \"desc\" AS down FROM pragma_index_xinfo(?) WHERE key = 1 ORDER BY seqno")
                .bind::<Text, _>(&name)
                .load(c)
                .unwrap();
        let sql: Vec<Name> = diesel::sql_query("SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND name = ?")
            .bind::<Text, _>(&name)
            .load(c)
            .unwrap();
        let sql = sql[0].sql.clone().unwrap();
        let index = Index {
            unique: is_unique == 1,
            columns: parts.into_iter().map(|part| (part.name.unwrap_or_default(), part.down == 1)).collect(),
            condition: sql.split_once(" WHERE ").map(|(_, condition)| plain(condition)),
        };
        table.indexes.insert(name, index);
    }
}
