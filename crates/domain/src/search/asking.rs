//! What is asked: the words of a question, and the ways in which each of them is found.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::OnceLock;

use super::reading::{self, Word};

/// Words and phrases that mean the same to who searches.
const MEANT: &str = include_str!("meant.txt");
/// The last character there can be: what follows every term that begins alike.
const LAST: char = '\u{10ffff}';
/// From this length on, a word finds words that begin with it.
const PREFIX_FROM: usize = 4;
/// How many words a phrase has at most.
const LONGEST_PHRASE: usize = 6;
/// How many words of a question count; what follows is left out.
pub const MOST_WORDS: usize = 12;

/// What a way of finding a word is worth: the word itself, all parts of it, what is spelled nearly alike, what means the same.
const ITSELF: i64 = 8;
const ALL_PARTS: i64 = 6;
const NEARLY: i64 = 4;
const MEANS: i64 = 3;

/// Terms from the first to the last, both included.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Span {
    /// The first term, which counts double.
    pub from: String,
    /// The last term.
    pub until: String,
}

/// One way in which a word is found: by all of these at once.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Way {
    /// What has to be there.
    pub spans: Vec<Span>,
    /// How much it is worth beside other ways.
    pub worth: i64,
}

/// A word or phrase that is searched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedWord {
    /// The ways in which it is found; any of them will do.
    pub ways: Vec<Way>,
    /// The terms that were asked, to look for what is spelled nearly alike.
    pub terms: Vec<String>,
    /// What is left of it where it is found in no way: the words of a phrase, the parts of a compound.
    pub pieces: Vec<Span>,
}

impl Span {
    /// Exactly this term.
    fn exactly(term: String) -> Self {
        Self { until: term.clone(), from: term }
    }

    /// This term, and what begins with it where it is long enough.
    fn beginning(term: String) -> Self {
        let is_beginning = term.chars().count() >= PREFIX_FROM;
        let until = if is_beginning { format!("{term}{LAST}") } else { term.clone() };
        Self { from: term, until }
    }

    /// Whether it holds a term.
    pub fn holds(&self, term: &str) -> bool {
        (self.from.as_str()..=self.until.as_str()).contains(&term)
    }

    fn weight(&self, terms: &[(String, i64)]) -> i64 {
        let held = terms.iter().filter(|(term, _)| self.holds(term));
        held.map(|(term, weight)| if *term == self.from { 2 * weight } else { *weight }).max().unwrap_or_default()
    }
}

impl AskedWord {
    /// Whether these terms hold it in any way.
    pub fn is_among(&self, terms: &BTreeSet<String>) -> bool {
        let is_there = |span: &Span| terms.range(span.from.clone()..=span.until.clone()).next().is_some();
        self.ways.iter().any(|way| way.spans.iter().all(is_there))
    }

    /// How well it is found among terms with a weight: as well as by the best of its ways, which is as good as the
    /// least of what it needs. A term that is met whole counts double.
    pub fn score(&self, terms: &[(String, i64)]) -> i64 {
        let found = |way: &Way| way.worth * way.spans.iter().map(|span| span.weight(terms)).min().unwrap_or_default();
        self.ways.iter().map(found).max().unwrap_or_default()
    }

    /// All that any of its ways needs.
    pub fn spans(&self) -> impl Iterator<Item = &Span> {
        self.ways.iter().flat_map(|way| &way.spans)
    }

    /// The same word, found also by these terms, which are spelled nearly alike.
    pub fn or_nearly(mut self, terms: Vec<String>) -> Self {
        self.ways.extend(terms.into_iter().map(|term| Way { spans: vec![Span::exactly(term)], worth: NEARLY }));
        self
    }

    /// What is left of it where it is found in no way: a word for each of its pieces.
    pub fn in_pieces(self) -> Vec<Self> {
        let one = |span: Span| Self {
            terms: vec![span.from.clone()],
            ways: vec![Way { spans: vec![span], worth: MEANS }],
            pieces: Vec::new(),
        };
        self.pieces.into_iter().map(one).collect()
    }

    fn of(words: &[Word]) -> Self {
        let all = |spans: Vec<Span>, worth| Way { spans, worth };
        let terms: Vec<String> = words.iter().map(|word| reading::term(&word.word)).collect();
        let mut ways = vec![all(terms.iter().cloned().map(Span::beginning).collect(), ITSELF)];
        let mut pieces: Vec<Span> = Vec::new();
        if let [word] = words {
            let split: Vec<String> = if word.pieces.is_empty() {
                reading::parts(&word.word)
            } else {
                word.pieces.iter().map(|piece| reading::term(piece)).collect()
            };
            if !split.is_empty() {
                ways.push(all(each_once(split.iter().cloned()).map(Span::exactly).collect(), ALL_PARTS));
            }
            ways.extend(reading::doing(&word.word).map(|stem| all(vec![Span::exactly(stem)], MEANS)));
            pieces.extend(each_once(split.into_iter().chain(reading::edges(&word.word))).map(Span::exactly));
        } else {
            pieces.extend(terms.iter().cloned().map(Span::beginning));
        }
        ways.extend(meant(&key(words)).into_iter().map(|spans| Way { spans, worth: MEANS }));
        Self { ways, terms, pieces }
    }
}

/// The words of a question, in their order, each once. Words that tell nothing are left out. Words that together are a
/// known phrase are one.
pub fn asked(question: &str) -> Vec<AskedWord> {
    let words = reading::words(question);
    let mut rest: &[Word] = words.get(..MOST_WORDS.min(words.len())).unwrap_or_default();
    let mut seen = HashSet::new();
    let mut found = Vec::new();
    while !rest.is_empty() {
        let phrase = (2..=LONGEST_PHRASE.min(rest.len()))
            .rev()
            .find(|length| rest.get(..*length).is_some_and(|words| groups().contains_key(&key(words))));
        let (taken, after) = rest.split_at(phrase.unwrap_or(1));
        let word = AskedWord::of(taken);
        if seen.insert(word.terms.clone()) {
            found.push(word);
        }
        rest = after;
    }
    found
}

/// What words are known by as a phrase: their terms, of compounds those of the parts.
fn key(words: &[Word]) -> Vec<String> {
    let of = |word: &str| {
        let parts = reading::parts(word);
        if parts.is_empty() { vec![reading::term(word)] } else { parts }
    };
    let whole = |word: &Word| match word.pieces.as_slice() {
        [] => of(&word.word),
        pieces => pieces.iter().flat_map(|piece| of(piece)).collect(),
    };
    words.iter().flat_map(whole).collect()
}

/// What phrases also find: each a list of what has to be there.
type Groups = HashMap<Vec<String>, Vec<Vec<Span>>>;

fn meant(key: &[String]) -> Vec<Vec<Span>> {
    groups().get(key).cloned().unwrap_or_default()
}

fn groups() -> &'static Groups {
    static GROUPS: OnceLock<Groups> = OnceLock::new();
    GROUPS.get_or_init(|| {
        let mut groups = Groups::new();
        for line in MEANT.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let (asked, others) = line.split_once(" > ").unwrap_or((line, line));
            let finds: Vec<(Vec<String>, Vec<Vec<Span>>)> = others.split(", ").map(finding).collect();
            for phrase in asked.split(", ") {
                let (own, _) = finding(phrase);
                let found = groups.entry(own.clone()).or_default();
                for (other, ways) in &finds {
                    found.extend(
                        ways.iter().filter(|way| *other != own && !found.contains(way)).cloned().collect::<Vec<_>>(),
                    );
                }
            }
        }
        groups
    })
}

/// What a phrase is known by, and the ways in which a text holds it.
fn finding(phrase: &str) -> (Vec<String>, Vec<Vec<Span>>) {
    let words = reading::words(phrase);
    let whole: Vec<Span> = words.iter().map(|word| Span::beginning(reading::term(&word.word))).collect();
    let key = key(&words);
    let mut ways = vec![whole];
    if key.len() > words.len() {
        ways.push(each_once(key.iter().cloned()).map(Span::exactly).collect());
    }
    (key, ways)
}

fn each_once(terms: impl Iterator<Item = String>) -> impl Iterator<Item = String> {
    let mut seen = HashSet::new();
    terms.filter(move |term| seen.insert(term.clone()))
}
