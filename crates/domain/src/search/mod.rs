//! How words are searched: the same terms for a text and for a question, whatever the database.
//!
//! A word is folded, stemmed as Dutch and brought to one form where forms differ too much for stems (adviseur, advies).
//! A compound of known parts yields its parts too: projectleider holds project and leider.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::OnceLock;

use rust_stemmers::{Algorithm, Stemmer};

use crate::fold;

/// Words of which compounds are made, one a line.
const PARTS: &str = include_str!("parts.txt");
/// Words that mean the same to who searches, a line for each group.
const SAME: &str = include_str!("same.txt");
/// Words that tell nothing.
const STOP: &str = "de het een en of van in op te ten ter voor met aan bij naar uit om is zijn wordt worden als dat die dit deze er \
    je jij jouw wij we ons onze u uw ik hij zij ze niet ook maar dan door over tot tussen binnen";
/// The last character there can be: what follows every term that begins alike.
const LAST: char = '\u{10ffff}';
/// How long a term is at most, in characters.
const LONGEST: usize = 60;
/// From this length on, a word finds words that begin with it.
const PREFIX_FROM: usize = 4;
/// The shortest part of a compound.
const SHORTEST_PART: usize = 3;
/// The shortest part by which a compound is found of which the rest is not known.
const SHORTEST_EDGE: usize = 4;

/// How many words of a question count; what follows is left out.
pub const MOST_WORDS: usize = 12;

/// A word that is searched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedWord {
    /// The first term that it finds; all from here to `until` are found.
    pub from: String,
    /// The last term that it finds.
    pub until: String,
    /// The terms that, all together, are found in its stead; empty where it is no compound.
    pub parts: Vec<String>,
}

impl AskedWord {
    /// Whether these terms hold it, or all of its parts.
    pub fn is_among(&self, terms: &BTreeSet<String>) -> bool {
        let is_whole = terms.range(self.from.clone()..=self.until.clone()).next().is_some();
        is_whole || (!self.parts.is_empty() && self.parts.iter().all(|part| terms.contains(part)))
    }

    /// How well it is found among terms with a weight: the whole word counts double, parts as the least of them does.
    pub fn score<'t>(&self, terms: impl Iterator<Item = (&'t str, i64)>) -> i64 {
        let (mut whole, mut begun) = (0, 0);
        let mut parts = vec![0; self.parts.len()];
        for (term, weight) in terms {
            if term == self.from {
                whole = whole.max(weight);
            } else if (self.from.as_str()..=self.until.as_str()).contains(&term) {
                begun = begun.max(weight);
            }
            for (part, found) in self.parts.iter().zip(&mut parts) {
                if part == term {
                    *found = weight.max(*found);
                }
            }
        }
        (2 * whole).max(begun).max(parts.into_iter().min().unwrap_or_default())
    }
}

/// The words of a question, in their order, each once. Words that tell nothing are left out.
pub fn asked(question: &str) -> Vec<AskedWord> {
    let mut seen = HashSet::new();
    words(question)
        .map(|word| {
            let from = term(&word);
            let is_beginning = from.chars().count() >= PREFIX_FROM;
            let until = if is_beginning { format!("{from}{LAST}") } else { from.clone() };
            AskedWord { from, until, parts: parts(&word) }
        })
        .filter(|word| seen.insert(word.from.clone()))
        .take(MOST_WORDS)
        .collect()
}

/// The terms of a text.
pub fn terms(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for word in words(text) {
        found.extend(parts(&word));
        found.extend(edges(&word));
        found.insert(term(&word));
    }
    found
}

fn words(text: &str) -> impl Iterator<Item = String> {
    static STOPPED: OnceLock<HashSet<&str>> = OnceLock::new();
    let stopped = STOPPED.get_or_init(|| STOP.split_whitespace().collect());
    let folded = fold(text);
    let all: Vec<String> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && !stopped.contains(word))
        .map(|word| word.chars().take(LONGEST).collect())
        .collect();
    all.into_iter()
}

/// The term of a folded word.
fn term(word: &str) -> String {
    static FORMS: OnceLock<HashMap<String, String>> = OnceLock::new();
    let forms = FORMS.get_or_init(|| {
        let groups = SAME.lines().map(|line| line.split_whitespace().map(stem).collect::<Vec<_>>());
        groups.filter_map(|group| group.first().cloned().map(|first| (first, group))).fold(
            HashMap::new(),
            |mut forms, (first, group)| {
                forms.extend(group.into_iter().map(|form| (form, first.clone())));
                forms
            },
        )
    });
    let stem = stem(word);
    forms.get(&stem).cloned().unwrap_or(stem)
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

/// The terms of the parts of a compound; empty where it is none that is known.
fn parts(word: &str) -> Vec<String> {
    let mut split = split(word, known()).unwrap_or_default();
    if split.len() < 2 {
        return Vec::new();
    }
    split.sort_unstable();
    split.dedup();
    split
}

/// The known parts at the edges of a word of which not all is known: the klimaat of a klimaatstresstest and the omgeving
/// of a werkomgeving. A text is found by them; a question has to name what it means.
fn edges(word: &str) -> Vec<String> {
    let cuts: Vec<usize> = word.char_indices().map(|(at, _)| at).skip(SHORTEST_EDGE).collect();
    let is_edge = |part: &str| part.chars().count() >= SHORTEST_EDGE && known().contains(&stem(part));
    let whole = |cut: &usize| word.split_at_checked(*cut);
    let head = cuts.iter().rev().filter_map(whole).find(|(head, _)| is_edge(head));
    let tail = cuts.iter().filter_map(whole).find(|(_, tail)| is_edge(tail));
    let inner = head.map(|(_, rest)| edges(rest)).unwrap_or_default();
    let ends = [head.map(|(head, _)| term(head)), tail.map(|(_, tail)| term(tail))];
    ends.into_iter().flatten().chain(inner).collect()
}

/// Splits from the left, the longest part first; -s- and -en- may join two parts.
fn split(word: &str, known: &HashSet<String>) -> Option<Vec<String>> {
    if known.contains(&stem(word)) {
        return Some(vec![term(word)]);
    }
    let cuts: Vec<usize> = word.char_indices().map(|(at, _)| at).skip(SHORTEST_PART).collect();
    cuts.into_iter().rev().find_map(|cut| {
        let (head, tail) = word.split_at_checked(cut)?;
        if tail.len() < SHORTEST_PART || !known.contains(&stem(head)) {
            return None;
        }
        let rest = ["", "s", "en", "e"]
            .iter()
            .filter_map(|joint| tail.strip_prefix(joint))
            .filter(|rest| rest.len() >= SHORTEST_PART)
            .find_map(|rest| split(rest, known))?;
        Some(std::iter::once(term(head)).chain(rest).collect())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn finds(question: &str, text: &str) -> bool {
        let terms = terms(text);
        asked(question).iter().all(|word| word.is_among(&terms))
    }

    #[test]
    fn a_compound_finds_its_parts_and_a_part_finds_its_compounds() {
        for (question, text) in [
            ("projectleider", "Leider van het project"),
            ("leider", "Wij zoeken een projectleider"),
            ("subsidieadviseur", "Advies over subsidies"),
            ("vergunning", "Een omgevingsvergunning op tijd"),
            ("beleidsmedewerker", "Medewerker beleid"),
            ("gemeenteraad", "De raad van de gemeente"),
            ("informatiebeveiliging", "beveiliging van informatie"),
        ] {
            assert!(finds(question, text), "{question} in {text}: {:?} {:?}", asked(question), terms(text));
        }
        assert!(!finds("projectleider", "Een project zonder wie het leidt"));
        assert!(!finds("subsidieadviseur", "Advies over water"));
    }

    #[test]
    fn a_known_part_finds_compounds_of_which_the_rest_is_not_known() {
        for (question, text) in [
            ("klimaat", "Klimaatstresstest vertalen"),
            ("omgeving", "Een prettige werkomgeving"),
            ("water", "De afvalwaterzuivering in Den Bosch"),
        ] {
            assert!(finds(question, text), "{question} in {text}: {:?} {:?}", asked(question), terms(text));
        }
        assert!(!finds("klimaatstresstest", "Het klimaat verandert"), "a question has to be met whole");
    }

    #[test]
    fn inflections_diacritics_and_beginnings_do_not_matter() {
        for (question, text) in [
            ("subsidie", "Subsidies aanvragen"),
            ("brieven", "Een brief in gewone taal"),
            ("CREËREN", "creeren"),
            ("onderhand", "Onderhandelen"),
            ("vergunningen", "Een vergunning"),
            ("huizen", "een huis"),
            ("adviezen", "een advies"),
        ] {
            assert!(finds(question, text), "{question} in {text}: {:?} {:?}", asked(question), terms(text));
        }
        assert!(!finds("bos", "bosje bloemen"), "short words are found whole");
    }

    #[test]
    fn a_whole_word_counts_more_than_its_parts() {
        let word = asked("projectleider").remove(0);
        let whole = word.score([("projectleider", 8)].into_iter());
        let parts = word.score([("project", 8), ("leid", 1)].into_iter());
        assert_eq!((whole, parts, word.score([("project", 8)].into_iter())), (16, 1, 0));
    }

    #[test]
    fn questions_are_bounded_and_hold_no_syntax() {
        let long = (0..50).map(|number| format!("w{number}x")).collect::<Vec<_>>().join(" ");
        assert_eq!(asked(&long).len(), MOST_WORDS);
        assert!(asked("\"* : <-> %_'").is_empty() && asked("de van het").is_empty());
        assert!(terms(&"a".repeat(500)).iter().all(|term| term.chars().count() <= LONGEST));
    }
}
