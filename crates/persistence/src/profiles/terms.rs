//! The terms by which profiles are found: those of what every card shows, and of nothing that a card withholds.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;
use domain::search::{self, AskedWord};
use uuid::Uuid;

use super::profiles::whole_of;
use crate::among::AmongMethods as _;
use crate::columns::Key;
use crate::conn::Conn;
use crate::schema::profiles::{profile_skills, profile_terms, profiles, skills};
use crate::terms;
use crate::{Result, View};

/// Under which name it is kept how words were read.
const LIST: &str = "profile_terms";
/// How many profiles are read again in one transaction.
const TOGETHER: i64 = 200;

#[derive(Insertable)]
#[diesel(table_name = profile_terms, treat_none_as_default_value = false)]
struct TermRow {
    profile_id: Key,
    term: String,
}

/// Keeps the terms of these profiles anew, from the rows that they have.
pub(super) fn keep(conn: &mut Conn, keys: &[Key]) -> Result<()> {
    each!(conn, |c| diesel::delete(profile_terms::table.filter(profile_terms::profile_id.among(keys))).execute(c))?;
    let mut found: BTreeMap<Key, BTreeSet<String>> = BTreeMap::new();
    for profile in whole_of(conn, keys)? {
        let texts = profile.details.searched();
        found.entry(profile.id.into()).or_default().extend(texts.into_iter().flat_map(search::terms));
    }
    let held: Vec<(Key, Option<Key>, Option<String>)> = each!(conn, |c| profile_skills::table
        .filter(profile_skills::profile_id.among(keys))
        .select((profile_skills::profile_id, profile_skills::skill_id, profile_skills::free_text))
        .load(c))?;
    let concepts: BTreeSet<Key> = held.iter().filter_map(|(_, skill, _)| *skill).collect();
    // All labels of a concept, the alternative ones too: by each of them it is found.
    let labels: Vec<(Key, String)> = each!(conn, |c| skills::table
        .filter(skills::id.eq_any(&concepts))
        .select((skills::id, skills::search_text))
        .load(c))?;
    let labels: BTreeMap<Key, String> = labels.into_iter().collect();
    for (profile, skill, words) in held {
        let text = skill.and_then(|skill| labels.get(&skill)).or(words.as_ref());
        found.entry(profile).or_default().extend(text.into_iter().flat_map(|text| search::terms(text)));
    }
    let rows: Vec<TermRow> = found
        .into_iter()
        .flat_map(|(profile_id, terms)| terms.into_iter().map(move |term| TermRow { profile_id, term }))
        .collect();
    Ok(insert_all!(conn, profile_terms::table, &rows)?)
}

/// The terms that are kept and spelled nearly like that of a word, in the order of how nearly.
pub(super) fn near(view: &mut View<'_>, word: &AskedWord) -> Result<Vec<Vec<String>>> {
    let [term] = word.terms.as_slice() else { return Ok(Vec::new()) };
    let Some((from, until)) = search::where_near(term) else { return Ok(Vec::new()) };
    Ok(search::near(term, terms::known(view.conn, "profile_terms", &from, &until)?))
}

/// Reads all profiles again where words are read in another way than they were.
pub(crate) fn refresh(conn: &mut Conn) -> Result<()> {
    crate::refresh::refresh(conn, LIST, terms::WAY, |conn, after| {
        let keys: Vec<Key> = each!(conn, |c| profiles::table
            .filter(profiles::id.gt(after.unwrap_or(Key(Uuid::nil()))))
            .order(profiles::id)
            .limit(TOGETHER)
            .select(profiles::id)
            .load(c))?;
        keep(conn, &keys)?;
        Ok(keys.last().copied())
    })
}
