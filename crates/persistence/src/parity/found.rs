//! A schema in a form that does not depend on where it was read.

use std::collections::{BTreeMap, BTreeSet};

/// The tables by name.
pub(super) type Schema = BTreeMap<String, Table>;

/// A table.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Table {
    pub(super) columns: BTreeMap<String, Column>,
    pub(super) primary_key: Vec<String>,
    pub(super) foreign_keys: BTreeSet<ForeignKey>,
    pub(super) indexes: BTreeMap<String, Index>,
}

/// A column: its type, and whether it may be empty.
#[derive(Debug, PartialEq)]
pub(super) struct Column {
    pub(super) shape: String,
    pub(super) nullable: bool,
}

/// A foreign key.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ForeignKey {
    pub(super) columns: Vec<String>,
    pub(super) table: String,
    pub(super) targets: Vec<String>,
    pub(super) on_delete: String,
}

/// An index: its columns with whether they go down, and the rows it is for.
#[derive(Debug, PartialEq)]
pub(super) struct Index {
    pub(super) unique: bool,
    pub(super) columns: Vec<(String, bool)>,
    pub(super) condition: Option<String>,
}

/// A condition without what the databases write differently: brackets, casts, `IN` and truth.
pub(super) fn plain(condition: &str) -> String {
    let mut text = condition.to_lowercase().replace("::text", "").replace("::bpchar", "");
    for (there, here) in
        [("= any (array[", "in ("), ("<> all (array[", "not in ("), ("= true", "= 1"), ("= false", "= 0")]
    {
        text = text.replace(there, here);
    }
    let text: String = text.chars().filter(|c| !matches!(c, '(' | ')' | '[' | ']' | '"')).collect();
    text.replace(',', " , ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The conditions after `CHECK` and `CONSTRAINT … CHECK`, in order, as they stand in the text.
pub(super) fn checks(sql: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = sql;
    while let Some((_, after)) = rest.split_once("CHECK") {
        let mut depth = 0;
        let end = after.find(|c| {
            depth += i32::from(c == '(') - i32::from(c == ')');
            c == ')' && depth == 0
        });
        let (condition, after) = after.split_at(end.unwrap());
        found.push(plain(condition));
        rest = after;
    }
    found
}

#[test]
fn conditions_that_mean_the_same_read_the_same() {
    assert_eq!(
        plain("((state)::text = ANY (ARRAY['OPEN'::text, 'CLOSED'::text]))"),
        plain("state IN ('OPEN', 'CLOSED')")
    );
    assert_eq!(plain("(position IS NULL)"), plain("position IS NULL"));
    assert_eq!(plain("(active = true)"), plain("active = 1"));
    assert_ne!(plain("a IS NULL"), plain("b IS NULL"));
    assert_eq!(checks("a text CHECK (length(a) > 0), CHECK ((a = 'x') OR b)").len(), 2);
}
