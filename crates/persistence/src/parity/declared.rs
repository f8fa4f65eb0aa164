//! The tables as `table!` declares them, read from the sources.

use std::path::Path;

use super::found::{Column, Schema, Table};

pub(super) fn read() -> Schema {
    let mut schema = Schema::new();
    for entry in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/schema")).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        for block in text.split("table! {").skip(1) {
            let block = block.split("\n}").next().unwrap();
            let (name, table) = table_of(block);
            schema.insert(name, table);
        }
    }
    schema
}

fn table_of(block: &str) -> (String, Table) {
    let mut lines = block.lines().map(str::trim).skip_while(|line| !line.ends_with(") {"));
    let (name, key) = lines.next().unwrap().trim_end_matches(") {").split_once(" (").unwrap();
    let primary_key = key.split(',').map(|column| column.trim().to_owned()).collect();
    let mut table = Table { primary_key, ..Table::default() };
    for line in lines {
        let Some((column, shape)) = line.trim_end_matches(',').split_once(" -> ") else { continue };
        let inner = shape.strip_prefix("Nullable<").and_then(|shape| shape.strip_suffix('>'));
        let nullable = inner.is_some();
        table.columns.insert(column.to_owned(), Column { shape: inner.unwrap_or(shape).to_owned(), nullable });
    }
    (name.to_owned(), table)
}
