//! How words are read: what they are in a text, their stems, and the parts of compounds.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;
use std::sync::OnceLock;

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::char::is_combining_mark;

use crate::fold;

/// Words of which compounds are made.
const PARTS: &str = include_str!("parts.txt");
/// Forms of a word that differ too much for stems, a line for each.
const SAME: &str = include_str!("same.txt");
/// Verbs.
const VERBS: &str = include_str!("verbs.txt");
/// Words that tell nothing.
const STOP: &str = "de het een en of van in op te ten ter voor met aan bij naar uit om is zijn wordt worden als dat die dit deze er \
    je jij jouw wij we ons onze u uw ik hij zij ze niet ook maar dan door over tot tussen binnen s";
/// How long a term is at most, in characters.
pub(super) const LONGEST: usize = 60;
/// The shortest part of a compound.
const SHORTEST_PART: usize = 3;
/// The shortest part by which a compound is found of which the rest is not known.
const SHORTEST_EDGE: usize = 4;

/// A word of a text that tells something.
pub(super) struct Word {
    /// Where it stands, in bytes.
    pub(super) place: Range<usize>,
    /// Folded.
    pub(super) word: String,
    /// What a hyphen joins: only then with anything in it. `word` is the whole, without the hyphens.
    pub(super) pieces: Vec<String>,
}

/// The words of a text, in their order; what hyphens join is one.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut found: Vec<(Range<usize>, Vec<String>)> = Vec::new();
    for place in runs(text) {
        let word: String = fold(text.get(place.clone()).unwrap_or_default()).chars().take(LONGEST).collect();
        match found.last_mut() {
            Some((before, pieces)) if text.get(before.end..place.start) == Some("-") => {
                before.end = place.end;
                pieces.push(word);
            }
            _ => found.push((place, vec![word])),
        }
    }
    let whole = found.into_iter().map(|(place, pieces)| {
        let word: String = pieces.concat().chars().take(LONGEST).collect();
        Word { place, word, pieces: if pieces.len() > 1 { pieces } else { Vec::new() } }
    });
    whole.filter(|word| !word.word.is_empty() && !is_stopped(&word.word)).collect()
}

/// Where letters and digits stand together.
fn runs(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut begin = None;
    for (at, c) in text.char_indices() {
        let is_inside = c.is_alphanumeric() || (begin.is_some() && is_combining_mark(c));
        match (begin, is_inside) {
            (None, true) => begin = Some(at),
            (Some(from), false) => {
                found.push(from..at);
                begin = None;
            }
            _ => {}
        }
    }
    found.extend(begin.map(|from| from..text.len()));
    found
}

fn is_stopped(word: &str) -> bool {
    static STOPPED: OnceLock<HashSet<&str>> = OnceLock::new();
    STOPPED.get_or_init(|| STOP.split_whitespace().collect()).contains(word)
}

/// By which terms a word of a text is found: itself counts double, its parts once.
pub(super) fn terms_of(word: &Word) -> BTreeMap<String, i64> {
    let mut found = BTreeMap::new();
    for piece in word.pieces.iter().filter(|piece| !is_stopped(piece)) {
        found.extend(parts(piece).into_iter().chain(edges(piece)).chain([term(piece)]).map(|part| (part, 1)));
    }
    found.extend(parts(&word.word).into_iter().chain(edges(&word.word)).map(|part| (part, 1)));
    found.insert(term(&word.word), 2);
    found
}

/// The terms of words that begin so may begin with these: stems end earlier than words, and some words have the form of
/// another.
pub(super) fn beginnings(folded: &str) -> Vec<String> {
    let short = folded.chars().take(SHORTEST_PART).collect();
    let others = forms().iter().filter(|(form, _)| form.starts_with(folded)).map(|(_, first)| first.clone());
    let mut found: Vec<String> = others.chain([short]).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// The term of a folded word.
pub(super) fn term(word: &str) -> String {
    let stem = conjugated(word).unwrap_or_else(|| stem(word));
    forms().get(&stem).cloned().unwrap_or(stem)
}

/// The stems that have the form of another.
fn forms() -> &'static HashMap<String, String> {
    static FORMS: OnceLock<HashMap<String, String>> = OnceLock::new();
    FORMS.get_or_init(|| {
        let groups = SAME.lines().map(|line| line.split_whitespace().map(stem).collect::<Vec<_>>());
        groups.filter_map(|group| group.first().cloned().map(|first| (first, group))).fold(
            HashMap::new(),
            |mut forms, (first, group)| {
                forms.extend(group.into_iter().map(|form| (form, first.clone())));
                forms
            },
        )
    })
}

/// The stem of the verb of which this is a form in -t or ge-: onderzoekt, georganiseerd.
fn conjugated(word: &str) -> Option<String> {
    let own = stem(word);
    if verbs().contains(&own) || known().contains(&own) {
        return None;
    }
    let spoken = |form: &str| Some(stem(form)).filter(|stem| verbs().contains(stem));
    let present = word.strip_suffix('t').and_then(spoken);
    let past = || {
        let bare = word.strip_prefix("ge")?;
        let bare = bare.strip_suffix("en").or_else(|| bare.strip_suffix('e')).unwrap_or(bare);
        bare.strip_suffix(['d', 't']).and_then(spoken).or_else(|| spoken(bare))
    };
    present.or_else(past)
}

/// The verb stem of who does it for a living: begeleider, onderzoeker.
pub(super) fn doing(word: &str) -> Option<String> {
    let word = word.strip_suffix('s').unwrap_or(word);
    let base = word.strip_suffix("er").filter(|base| base.len() >= SHORTEST_EDGE)?;
    Some(stem(&format!("{base}en"))).filter(|stem| verbs().contains(stem))
}

fn verbs() -> &'static HashSet<String> {
    static STEMS: OnceLock<HashSet<String>> = OnceLock::new();
    STEMS.get_or_init(|| VERBS.split_whitespace().map(stem).collect())
}

/// The Snowball stem, with the endings that it leaves: subsidies and subsidie, brieven and brief.
fn stem(word: &str) -> String {
    let mut stem = Stemmer::create(Algorithm::Dutch).stem(word).into_owned();
    if stem.len() > SHORTEST_PART {
        match stem.pop() {
            Some('z') => stem.push('s'),
            Some('v') => stem.push('f'),
            Some(last) => stem.push(last),
            None => {}
        }
    }
    if stem.len() > SHORTEST_PART + 1 && ["ies", "as", "os"].iter().any(|ending| stem.ends_with(ending)) {
        stem.pop();
    }
    stem
}

/// The stems of the words of which compounds are made.
fn known() -> &'static HashSet<String> {
    static KNOWN: OnceLock<HashSet<String>> = OnceLock::new();
    KNOWN.get_or_init(|| PARTS.split_whitespace().map(stem).collect())
}

/// The terms of the parts of a compound, in their order; empty where it is none that is known.
pub(super) fn parts(word: &str) -> Vec<String> {
    split(word, true).unwrap_or_default()
}

/// The known parts at the edges of a word of which not all is known: the klimaat of a klimaatstresstest and the omgeving
/// of a werkomgeving. A text is found by them; a question has to name what it means.
pub(super) fn edges(word: &str) -> Vec<String> {
    let cuts: Vec<usize> = word.char_indices().map(|(at, _)| at).skip(SHORTEST_EDGE).collect();
    let is_edge = |part: &str| part.chars().count() >= SHORTEST_EDGE && known().contains(&stem(part));
    let whole = |cut: &usize| word.split_at_checked(*cut);
    let head = cuts.iter().rev().filter_map(whole).find(|(head, _)| is_edge(head));
    let tail = cuts.iter().filter_map(whole).find(|(_, tail)| is_edge(tail));
    let inner = head.map(|(_, rest)| edges(rest)).unwrap_or_default();
    let ends = [head.map(|(head, _)| term(head)), tail.map(|(_, tail)| term(tail))];
    ends.into_iter().flatten().chain(inner).collect()
}

/// Splits from the left, the longest part first; -s- and -en- may join two parts. A word that is known itself is split
/// too, where it can be.
fn split(word: &str, is_whole: bool) -> Option<Vec<String>> {
    if !is_whole && known().contains(&stem(word)) {
        return Some(vec![term(word)]);
    }
    let cuts: Vec<usize> = word.char_indices().map(|(at, _)| at).skip(SHORTEST_PART).collect();
    cuts.into_iter().rev().find_map(|cut| {
        let (head, tail) = word.split_at_checked(cut)?;
        if tail.len() < SHORTEST_PART || !known().contains(&stem(head)) {
            return None;
        }
        let rest = ["", "s", "en", "e"]
            .iter()
            .filter_map(|joint| tail.strip_prefix(joint))
            .filter(|rest| rest.len() >= SHORTEST_PART)
            .find_map(|rest| split(rest, false))?;
        Some(std::iter::once(term(head)).chain(rest).collect())
    })
}
