//! What words find: as they are asked, or else as they are most likely meant; and the order of what they find.

use std::collections::HashMap;

use diesel::dsl::exists;
use diesel::prelude::*;
use domain::market::assignments::{Assignment, AssignmentState, Sight};
use domain::market::publication_rings::{Reach, Ring};
use domain::search::AskedWord;
use domain::{AssignmentId, TextEnum, fold};

use super::filter::AssignmentFilter;
use super::list::{co_owned_by, holding, inside, keys, matching, narrowed, open_now, rings_open_to};
use super::{find_many, terms};
use crate::among::AmongMethods as _;
use crate::columns::{At, Key};
use crate::schema::market::{
    assignment_education_levels, assignment_ring_networks, assignment_rings, assignment_skills, assignment_terms,
    assignments,
};
use crate::schema::parties::organisations;
use crate::{Direction, Page, PageRequest, Result, View};

/// How many that a search finds are ranked: the newest.
const RANKED: i64 = 1000;
/// How many are found at most that hold only some of the words.
const PARTLY: usize = 100;
/// How much less well than the best something may be found that holds only some of the words: a third.
const PARTLY_SHARE: i64 = 3;

/// What the words of a search find.
#[derive(Debug, Default)]
pub struct Sought {
    /// What has to be held, each word in any of its ways.
    pub(super) needed: Vec<AskedWord>,
    /// By what the order is made.
    words: Vec<AskedWord>,
    /// What alone is found, with how well, where nothing holds all words.
    pub(super) only: Option<HashMap<Key, i64>>,
}

impl Sought {
    fn all(words: Vec<AskedWord>) -> Self {
        Self { needed: words.clone(), words, only: None }
    }

    /// Whether any word is searched.
    pub(super) fn is_of_words(&self) -> bool {
        !self.words.is_empty()
    }

    /// The words as they were taken.
    pub fn words(&self) -> &[AskedWord] {
        &self.words
    }
}

/// What the words of a filter find from here. Only what the caller may see decides how they are taken, so nobody learns
/// which words are held by what they may not see.
pub fn sought(view: &mut View<'_>, filter: &AssignmentFilter, sight: &Sight) -> Result<Sought> {
    let asked = Sought::all(filter.asked());
    if !asked.is_of_words() || filter.exactly || finds(view, filter, &asked, sight)? {
        return Ok(asked);
    }
    let around = AssignmentFilter { state: filter.state, owned_by: filter.owned_by, ..AssignmentFilter::default() };
    let (mut words, mut loose) = (Vec::new(), Vec::new());
    for word in asked.words.clone() {
        if finds(view, &around, &Sought::all(vec![word.clone()]), sight)? {
            loose.push(word.clone());
            words.push(word);
            continue;
        }
        match nearly(view, &around, &word, sight)? {
            Some(nearly) => {
                loose.push(nearly.clone());
                words.push(nearly);
            }
            None => {
                loose.extend(word.clone().in_pieces());
                words.push(word);
            }
        }
    }
    let taken = Sought::all(words);
    if finds(view, filter, &taken, sight)? {
        return Ok(taken);
    }
    partly(view, filter, loose, sight).map(|found| found.unwrap_or(asked))
}

/// Whether anything is found.
fn finds(view: &mut View<'_>, filter: &AssignmentFilter, sought: &Sought, sight: &Sight) -> Result<bool> {
    let (now, co_owned) = (At(view.now()), co_owned_by(view, sight.person)?);
    let found: Option<Key> = each!(view.conn, |c| matching!(filter, sought, sight, &co_owned, now)
        .select(assignments::id)
        .first(c)
        .optional())?;
    Ok(found.is_some())
}

/// The word with what is spelled nearly alike and found from here, the nearest there is. So what the caller may not see
/// stands in nobody's way.
fn nearly(
    view: &mut View<'_>,
    filter: &AssignmentFilter,
    word: &AskedWord,
    sight: &Sight,
) -> Result<Option<AskedWord>> {
    for terms in terms::near(view, word)? {
        let nearly = word.clone().or_nearly(terms);
        if finds(view, filter, &Sought::all(vec![nearly.clone()]), sight)? {
            return Ok(Some(nearly));
        }
    }
    Ok(None)
}

/// What holds some of these words, the rarer the better; none where nothing does.
fn partly(
    view: &mut View<'_>,
    filter: &AssignmentFilter,
    words: Vec<AskedWord>,
    sight: &Sight,
) -> Result<Option<Sought>> {
    let ways = words.iter().flat_map(|word| word.ways.iter().cloned()).collect();
    let any = AskedWord { ways, terms: Vec::new(), pieces: Vec::new() };
    if any.ways.is_empty() {
        return Ok(None);
    }
    let keys = newest(view, filter, &Sought::all(vec![any]), sight)?;
    let found = view.for_values(keys.len(), |view| terms::asked_of(view, &keys, &words))?;
    let scores: HashMap<Key, Vec<i64>> =
        found.iter().map(|(key, terms)| (*key, words.iter().map(|word| word.score(terms)).collect())).collect();
    let rarities: Vec<i64> = (0..words.len())
        .map(|at| {
            let holding = scores.values().filter(|scores| scores.get(at).is_some_and(|score| *score > 0)).count();
            i64::from((scores.len() / holding.max(1)).max(1).ilog2()) + 1
        })
        .collect();
    let whole = |scores: &[i64]| scores.iter().zip(&rarities).map(|(score, rarity)| score * rarity).sum();
    let mut places: Vec<(i64, Key)> = scores.iter().map(|(key, scores)| (whole(scores), *key)).collect();
    places.sort_unstable_by(|one, other| other.cmp(one));
    let best = places.first().map(|(score, _)| *score).unwrap_or_default();
    places.truncate(PARTLY);
    let only = places.into_iter().filter(|(score, _)| score * PARTLY_SHARE >= best);
    let only: HashMap<Key, i64> = only.map(|(score, key)| (key, score)).collect();
    Ok((!only.is_empty()).then_some(Sought { needed: Vec::new(), words, only: Some(only) }))
}

fn newest(view: &mut View<'_>, filter: &AssignmentFilter, sought: &Sought, sight: &Sight) -> Result<Vec<Key>> {
    let (now, co_owned) = (At(view.now()), co_owned_by(view, sight.person)?);
    Ok(each!(view.conn, |c| matching!(filter, sought, sight, &co_owned, now)
        .select(assignments::id)
        .order((assignments::listed_at.desc(), assignments::id.desc()))
        .limit(RANKED)
        .load(c))?)
}

/// A page of what is searched, the best found first, then the latest made. The score is a whole number that Rust computes, so
/// that both databases give the same order.
pub(super) fn ranked(
    view: &mut View<'_>,
    filter: &AssignmentFilter,
    sought: &Sought,
    sight: &Sight,
    request: &PageRequest,
) -> Result<Page<Assignment>> {
    let keys = newest(view, filter, sought, sight)?;
    let scores: HashMap<Key, i64> = match &sought.only {
        Some(scores) => scores.clone(),
        None => {
            let found = view.for_values(keys.len(), |view| terms::asked_of(view, &keys, &sought.words))?;
            let score = |terms: &[(String, i64)]| sought.words.iter().map(|word| word.score(terms)).sum();
            found.iter().map(|(key, terms)| (*key, score(terms))).collect()
        }
    };
    let place_of = |key: Key| (scores.get(&key).copied().unwrap_or_default(), key);
    let mut places: Vec<(i64, Key)> = keys.into_iter().map(place_of).collect();
    places.sort_unstable_by(|one, other| other.cmp(one));
    if let Some(cursor) = &request.cursor {
        let cut = (cursor.key.parse().unwrap_or(i64::MAX), Key(cursor.id));
        match cursor.direction {
            Direction::Next => places.retain(|place| *place < cut),
            Direction::Previous => places.retain(|place| *place > cut),
        }
    }
    if request.is_backward() {
        places.reverse();
    }
    places.truncate(usize::try_from(request.fetch()).unwrap_or(usize::MAX));
    let ids: Vec<AssignmentId> = places.iter().map(|(_, key)| key.to()).collect();
    let mut found = find_many(view, &ids)?;
    found.sort_by_key(|assignment| ids.iter().position(|id| *id == assignment.id));
    Ok(request.page(found, |assignment| (place_of(assignment.id.into()).0.to_string(), assignment.id.into())))
}
