//! Both schemas migrated, and held against each other and against the tables that the compiler knows.

mod declared;
mod found;
mod postgres;
mod sqlite;

use std::collections::{BTreeMap, BTreeSet};

use diesel::RunQueryDsl as _;

use crate::conn::Conn;
use crate::migrations;
use found::{Schema, Table};

/// The schemas as they are after all migrations; PostgreSQL's where a server is known.
fn migrated(kind: Kind) -> Option<(Conn, Guard)> {
    let (mut conn, guard) = match kind {
        Kind::Sqlite => sqlite::open(),
        Kind::Postgres => postgres::open()?,
    };
    migrations::run(&mut conn).unwrap();
    Some((conn, guard))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Sqlite,
    Postgres,
}

/// Removes the database when the test is over.
struct Guard {
    remove: Option<Box<dyn FnOnce()>>,
}

impl Drop for Guard {
    fn drop(&mut self) {
        if let Some(remove) = self.remove.take() {
            remove();
        }
    }
}

fn read(conn: &mut Conn) -> Schema {
    match conn {
        Conn::Pg(c) => postgres::read(c),
        Conn::Sqlite(c) => sqlite::read(c),
    }
}

/// Both kinds, as far as they can be had.
fn databases() -> Vec<(Kind, Conn, Guard)> {
    let kinds = [Kind::Sqlite, Kind::Postgres];
    kinds.into_iter().filter_map(|kind| migrated(kind).map(|(conn, guard)| (kind, conn, guard))).collect()
}

#[test]
fn the_compiler_knows_the_tables_as_they_are() {
    let declared = declared::read();
    for (kind, mut conn, _guard) in databases() {
        let schema = read(&mut conn);
        let names = |schema: &Schema| schema.keys().cloned().collect::<BTreeSet<_>>();
        assert_eq!(names(&schema), names(&declared));
        for (name, table) in &declared {
            let found = &schema[name];
            let columns = |table: &Table| -> BTreeMap<String, (String, bool)> {
                let all = table.columns.iter();
                all.map(|(name, column)| {
                    let shape = if kind == Kind::Sqlite { sqlite::storage_of(&column.shape) } else { &column.shape };
                    (name.clone(), (shape.to_owned(), column.nullable))
                })
                .collect()
            };
            assert_eq!(columns(found), columns(table), "{name}");
            let keys = |table: &Table| table.primary_key.iter().cloned().collect::<BTreeSet<_>>();
            assert_eq!(keys(found), keys(table), "the primary key of {name}");
        }
    }
}

#[test]
fn both_databases_have_the_same_keys_and_indexes() {
    let Some((mut pg, _pg_guard)) = migrated(Kind::Postgres) else { return };
    let (mut lite, _lite_guard) = migrated(Kind::Sqlite).unwrap();
    let (pg, lite) = (read(&mut pg), read(&mut lite));
    for (name, table) in &pg {
        let other = &lite[name];
        assert_eq!(table.primary_key, other.primary_key, "the primary key of {name}");
        assert_eq!(table.foreign_keys, other.foreign_keys, "the foreign keys of {name}");
        assert_eq!(table.indexes, other.indexes, "the indexes of {name}");
    }
}

#[test]
fn both_databases_check_the_same() {
    let checks = |dialect: &str| {
        let mut all = BTreeMap::new();
        let folder = format!("{}/../../migrations/{dialect}", env!("CARGO_MANIFEST_DIR"));
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let text = std::fs::read_to_string(path.join("up.sql")).unwrap();
            all.insert(path.file_name().unwrap().to_owned(), found::checks(&text));
        }
        all
    };
    assert_eq!(checks("postgres"), checks("sqlite"));
}

#[test]
fn every_foreign_key_has_an_index_that_begins_with_it() {
    let (mut conn, _guard) = migrated(Kind::Sqlite).unwrap();
    let mut missing = Vec::new();
    for (name, table) in read(&mut conn) {
        for key in &table.foreign_keys {
            let begins = |columns: &[String]| columns.starts_with(&key.columns);
            let by_index = table.indexes.values().any(|index| {
                let names: Vec<String> = index.columns.iter().map(|(name, _)| name.clone()).collect();
                begins(&names)
            });
            if !by_index && !begins(&table.primary_key) {
                missing.push(format!("{name} ({})", key.columns.join(", ")));
            }
        }
    }
    assert!(missing.is_empty(), "no index for: {}", missing.join("; "));
}

#[test]
fn every_migration_can_be_undone_and_done_again() {
    for (_, mut conn, _guard) in databases() {
        let before = read(&mut conn);
        migrations::redo_all(&mut conn).unwrap();
        assert_eq!(read(&mut conn), before);
        assert!(migrations::run(&mut conn).unwrap().is_empty(), "nothing is left to do");
    }
}

#[test]
fn every_table_can_be_selected_from_as_declared() {
    for (_, mut conn, _guard) in databases() {
        for (name, table) in declared::read() {
            let columns = table.columns.keys().cloned().collect::<Vec<_>>().join(", ");
            let query = format!("SELECT {columns} FROM {name}");
            each!(&mut conn, |c| diesel::sql_query(query).execute(c)).unwrap();
        }
    }
}
