//! The terms by which klussen are found, made from what is kept of them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use domain::search::{self, AskedWord, Span};
use uuid::Uuid;

use crate::among::AmongMethods as _;
use crate::columns::Key;
use crate::conn::Conn;
use crate::schema::market::{assignment_skills, assignment_terms, assignment_texts, assignments};
use crate::schema::profiles::skills;
use crate::{Result, View, terms};

/// Under which name it is kept how words were read.
const LIST: &str = "assignment_terms";
/// How many klussen are read again in one transaction.
const TOGETHER: i64 = 200;
/// How much a term counts in the title, a skill, the result and the description.
const WEIGHTS: [i64; 4] = [8, 4, 2, 1];

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = assignment_terms, treat_none_as_default_value = false, check_for_backend(Sqlite, Pg))]
struct TermRow {
    assignment_id: Key,
    term: String,
    weight: i64,
}

/// The title, the description and the result of a klus.
type Texts = (Key, String, String, Option<String>);

/// Keeps the terms of these klussen, which have none, from the rows that they have.
pub(super) fn keep(conn: &mut Conn, keys: &[Key]) -> Result<()> {
    let texts: Vec<Texts> = each!(conn, |c| assignments::table
        .inner_join(assignment_texts::table.on(assignment_texts::assignment_id.eq(assignments::id)))
        .filter(assignments::id.among(keys))
        .select((assignments::id, assignments::title, assignment_texts::description, assignment_texts::intended_result))
        .load(c))?;
    let asked: Vec<(Key, Option<Key>, Option<String>)> = each!(conn, |c| assignment_skills::table
        .filter(assignment_skills::assignment_id.among(keys))
        .select((assignment_skills::assignment_id, assignment_skills::skill_id, assignment_skills::label))
        .load(c))?;
    let concepts: BTreeSet<Key> = asked.iter().filter_map(|(_, skill, _)| *skill).collect();
    // All labels of a concept, the alternative ones too: by each of them it is found.
    let labels: Vec<(Key, String)> = each!(conn, |c| skills::table
        .filter(skills::id.among(&concepts))
        .select((skills::id, skills::search_text))
        .load(c))?;
    let labels: HashMap<Key, String> = labels.into_iter().collect();
    let mut skilled: HashMap<Key, Vec<String>> = HashMap::new();
    for (assignment, skill, label) in asked {
        let label = skill.and_then(|skill| labels.get(&skill).cloned()).or(label);
        skilled.entry(assignment).or_default().extend(label);
    }
    let rows: Vec<TermRow> = texts
        .into_iter()
        .flat_map(|(key, title, description, result)| {
            let skills = skilled.remove(&key).unwrap_or_default().join(" ");
            weighed([&title, &skills, result.as_deref().unwrap_or_default(), &description])
                .into_iter()
                .map(move |(term, weight)| TermRow { assignment_id: key, term, weight })
        })
        .collect();
    Ok(insert_all!(conn, assignment_terms::table, &rows)?)
}

/// The terms of some texts; a term counts as much as all the texts that hold it, however often they do: as a word twice as
/// much as in one.
fn weighed(texts: [&str; 4]) -> BTreeMap<String, i64> {
    let mut found = BTreeMap::new();
    for (text, weight) in texts.into_iter().zip(WEIGHTS) {
        for (term, whole) in search::weighed(text) {
            *found.entry(term).or_default() += weight * whole;
        }
    }
    found
}

/// The terms of each of these klussen.
pub(super) fn of(view: &mut View<'_>, keys: &[Key]) -> Result<HashMap<Key, BTreeSet<String>>> {
    let rows: Vec<TermRow> = each!(view.conn, |c| assignment_terms::table
        .filter(assignment_terms::assignment_id.among(keys))
        .select(TermRow::as_select())
        .load(c))?;
    let mut found: HashMap<Key, BTreeSet<String>> = HashMap::new();
    for TermRow { assignment_id, term, weight: _ } in rows {
        found.entry(assignment_id).or_default().insert(term);
    }
    Ok(found)
}

/// The terms of each of these klussen that these words ask for, with their weights.
pub(super) fn asked_of(
    view: &mut View<'_>,
    keys: &[Key],
    words: &[AskedWord],
) -> Result<HashMap<Key, Vec<(String, i64)>>> {
    let rows: Vec<TermRow> = each!(view.conn, |c| {
        let mut named = assignment_terms::table.select(TermRow::as_select()).into_boxed();
        for Span { from, until } in words.iter().flat_map(AskedWord::spans) {
            named = named.or_filter(assignment_terms::term.ge(from).and(assignment_terms::term.le(until)));
        }
        named.filter(assignment_terms::assignment_id.among(keys)).load(c)
    })?;
    let mut terms: HashMap<Key, Vec<(String, i64)>> = HashMap::new();
    for TermRow { assignment_id, term, weight } in rows {
        terms.entry(assignment_id).or_default().push((term, weight));
    }
    Ok(terms)
}

/// The terms that are kept and spelled nearly like that of a word, in the order of how nearly.
pub(super) fn near(view: &mut View<'_>, word: &AskedWord) -> Result<Vec<Vec<String>>> {
    let [term] = word.terms.as_slice() else { return Ok(Vec::new()) };
    let Some((from, until)) = search::where_near(term) else { return Ok(Vec::new()) };
    Ok(search::near(term, terms::known(view.conn, "assignment_terms", &from, &until)?))
}

/// Reads all klussen again where words are read in another way than they were.
pub(crate) fn refresh(conn: &mut Conn) -> Result<()> {
    crate::refresh::refresh(conn, LIST, terms::WAY, |conn, after| {
        let keys: Vec<Key> = each!(conn, |c| assignments::table
            .filter(assignments::id.gt(after.unwrap_or(Key(Uuid::nil()))))
            .order(assignments::id)
            .limit(TOGETHER)
            .select(assignments::id)
            .load(c))?;
        let old = assignment_terms::table.filter(assignment_terms::assignment_id.among(&keys));
        each!(conn, |c| diesel::delete(old).execute(c))?;
        keep(conn, &keys)?;
        Ok(keys.last().copied())
    })
}
