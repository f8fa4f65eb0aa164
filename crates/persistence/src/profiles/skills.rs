//! The skill vocabulary: reference data that every installation has, loaded when the file changed.

use std::collections::HashMap;
use std::sync::OnceLock;

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use domain::profiles::skills::{Skill, SkillKind, id_of};
use domain::{SkillId, TextEnum, fold};
use uuid::Uuid;

use crate::among::AmongMethods as _;
use crate::columns::{Key, Place, containing, to_json};
use crate::conn::Conn;
use crate::page::by_text;
use crate::schema::profiles::{reference_lists, skills};
use crate::{Page, PageRequest, PersistenceError, Result, View};

const FILE: &str = include_str!("../../data/skills.csv");
/// Under this name the digest of the file is kept.
const LIST: &str = "skills";
/// So many rows in one statement: SQLite takes 32,766 values.
const ROWS_AT_ONCE: usize = 1000;

#[derive(Queryable, Selectable, Insertable, AsChangeset, Clone, PartialEq)]
#[diesel(table_name = skills, check_for_backend(Sqlite, Pg))]
struct Row {
    id: Key,
    uri: String,
    label: String,
    alternative_labels: serde_json::Value,
    kind: String,
    sort_text: String,
    search_text: String,
}

/// Which skills are asked for; what is absent does not narrow.
#[derive(Debug, Clone, Default)]
pub struct SkillFilter {
    /// Words that the label or another label holds.
    pub search: Option<String>,
    /// The kind.
    pub kind: Option<SkillKind>,
}

impl From<&Skill> for Row {
    fn from(skill: &Skill) -> Self {
        let Skill { id, uri, label, alternative_labels, kind } = skill;
        let labels: Vec<&str> = [label].into_iter().chain(alternative_labels).map(String::as_str).collect();
        Self {
            id: (*id).into(),
            uri: uri.clone(),
            label: label.clone(),
            alternative_labels: to_json(alternative_labels),
            kind: kind.to_string(),
            sort_text: fold(label),
            search_text: fold(&labels.join(" ")),
        }
    }
}

impl TryFrom<Row> for Skill {
    type Error = PersistenceError;

    fn try_from(row: Row) -> Result<Self> {
        let Row { id, uri, label, alternative_labels, kind, sort_text: _, search_text: _ } = row;
        let place = Place::new("skills", id);
        Ok(Self {
            id: id.to(),
            uri,
            label,
            alternative_labels: place.json("alternative_labels", alternative_labels)?,
            kind: place.value("kind", &kind)?,
        })
    }
}

keep!(@find skills, Skill, SkillId, Row);

/// A page of skills by label.
pub fn list(view: &mut View<'_>, filter: &SkillFilter, request: &PageRequest) -> Result<Page<Skill>> {
    let rows: Vec<Row> = each!(view.conn, |c| {
        let mut query = skills::table.select(Row::as_select()).into_boxed();
        for word in fold(filter.search.as_deref().unwrap_or_default()).split_whitespace() {
            query = query.filter(skills::search_text.like(containing(word)).escape('\\'));
        }
        if let Some(kind) = filter.kind {
            query = query.filter(skills::kind.eq(kind.as_str()));
        }
        by_text!(query, request, skills::sort_text, skills::id).load(c)
    })?;
    let found = rows.into_iter().map(TryInto::try_into).collect::<Result<Vec<Skill>>>()?;
    Ok(request.page(found, |skill| (fold(&skill.label), skill.id.into())))
}

/// Skills of which a label begins so, or a word of one: those with the shortest way there first, at most so many.
pub fn beginning(view: &mut View<'_>, typed: &str, most: u32) -> Result<Vec<Skill>> {
    let typed = fold(typed);
    let inner = containing(&format!(" {typed}"));
    let (most, until) = (i64::from(most), format!("{typed}\u{10ffff}"));
    let rows: Vec<Row> = each!(view.conn, |c| skills::table
        .filter(skills::sort_text.ge(&typed).and(skills::sort_text.le(&until)))
        .order((skills::sort_text, skills::id))
        .limit(most)
        .select(Row::as_select())
        .load(c))?;
    let left = most - i64::try_from(rows.len()).unwrap_or(most);
    let others: Vec<Row> = each!(view.conn, |c| skills::table
        .filter(skills::search_text.like(&inner).escape('\\'))
        .filter(skills::id.ne_all(rows.iter().map(|row| row.id)))
        .order((skills::sort_text, skills::id))
        .limit(left)
        .select(Row::as_select())
        .load(c))?;
    rows.into_iter().chain(others).map(TryInto::try_into).collect()
}

/// The labels of those of these skills that exist.
pub fn labels(view: &mut View<'_>, ids: &[SkillId]) -> Result<HashMap<SkillId, String>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let keys: Vec<Key> = ids.iter().copied().map(Key::from).collect();
    let rows: Vec<(Key, String)> = each!(view.conn, |c| skills::table
        .filter(skills::id.among(&keys))
        .select((skills::id, skills::label))
        .load(c))?;
    Ok(rows.into_iter().map(|(id, label)| (id.to(), label)).collect())
}

/// Loads the vocabulary unless the database has this very file already. A concept that left the file stays: profiles
/// may hold it.
pub(crate) fn load(conn: &mut Conn) -> Result<()> {
    if digest_of(conn)?.as_deref() == Some(file_digest()) {
        return Ok(());
    }
    conn.begin_write()?;
    let outcome = fill(conn).and_then(|()| Ok(conn.commit()?));
    if outcome.is_err() {
        conn.roll_back();
    }
    outcome
}

fn digest_of(conn: &mut Conn) -> Result<Option<String>> {
    Ok(each!(conn, |c| reference_lists::table
        .filter(reference_lists::name.eq(LIST))
        .select(reference_lists::digest)
        .first(c)
        .optional())?)
}

fn file_digest() -> &'static str {
    static DIGEST: OnceLock<String> = OnceLock::new();
    DIGEST.get_or_init(|| Uuid::new_v5(&Uuid::NAMESPACE_OID, FILE.as_bytes()).to_string())
}

fn fill(conn: &mut Conn) -> Result<()> {
    // Another instance may have done it while this one waited for its turn.
    let digest = digest_of(conn)?;
    if digest.as_deref() == Some(file_digest()) {
        return Ok(());
    }
    let known: Vec<Row> = each!(conn, |c| skills::table.select(Row::as_select()).load(c))?;
    let known: HashMap<Key, Row> = known.into_iter().map(|row| (row.id, row)).collect();
    let (mut added, mut changed) = (Vec::new(), Vec::new());
    for row in read(FILE)?.iter().map(Row::from) {
        match known.get(&row.id) {
            None => added.push(row),
            Some(before) if *before != row => changed.push(row),
            Some(_) => {}
        }
    }
    for rows in added.chunks(ROWS_AT_ONCE) {
        each!(conn, |c| diesel::insert_into(skills::table).values(rows).execute(c))?;
    }
    for row in &changed {
        each!(conn, |c| diesel::update(skills::table.filter(skills::id.eq(row.id))).set(row).execute(c))?;
    }
    each!(conn, |c| diesel::delete(reference_lists::table.filter(reference_lists::name.eq(LIST))).execute(c))?;
    let values = (reference_lists::name.eq(LIST), reference_lists::digest.eq(file_digest()));
    each!(conn, |c| diesel::insert_into(reference_lists::table).values(values).execute(c))?;
    Ok(())
}

/// The concepts in the file: address, label, other labels separated by `|`, kind.
fn read(file: &str) -> Result<Vec<Skill>> {
    let fault = |what: &dyn std::fmt::Display| PersistenceError::Database(format!("data/skills.csv: {what}"));
    let mut concepts = Vec::new();
    for record in csv::Reader::from_reader(file.as_bytes()).deserialize() {
        let (uri, label, others, kind): (String, String, String, String) = record.map_err(|error| fault(&error))?;
        concepts.push(Skill {
            id: id_of(&uri),
            kind: SkillKind::parse(&kind).ok_or_else(|| fault(&kind))?,
            uri,
            label,
            alternative_labels: others.split('|').filter(|other| !other.is_empty()).map(str::to_owned).collect(),
        });
    }
    Ok(concepts)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn the_file_holds_each_concept_once_with_a_label() {
        let concepts = read(FILE).unwrap();
        assert_eq!(concepts.len(), 3573);
        assert_eq!(concepts.iter().map(|skill| skill.id).collect::<HashSet<_>>().len(), 3573);
        assert!(concepts.iter().all(|skill| !skill.label.trim().is_empty()));
        let longest = concepts.iter().map(|skill| skill.label.chars().count()).max().unwrap();
        assert!(longest <= 200, "the document says that a label has at most 200 characters: {longest}");
        let most = concepts.iter().map(|skill| skill.alternative_labels.len()).max().unwrap();
        assert!(most <= 100, "the document says that there are at most 100 other labels: {most}");
    }
}
