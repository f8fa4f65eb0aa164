//! Where a text holds what was asked.

use super::AskedWord;
use super::reading;

/// How many characters of a text are shown around what was found.
const LENGTH: usize = 160;
/// How many characters come before the first that was found.
const BEFORE: usize = 40;

/// A piece of a text, and where it holds what was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fragment {
    /// The piece, as it stands in the text.
    pub text: String,
    /// Whether the text begins before it.
    pub is_cut_before: bool,
    /// Whether the text goes on after it.
    pub is_cut_after: bool,
    /// From which character to which, the last not included; in order, none in another.
    pub marks: Vec<(usize, usize)>,
}

/// The pieces of a text that hold what was asked, in their order, at most so many.
pub fn fragments(text: &str, words: &[AskedWord], most: usize) -> Vec<Fragment> {
    let is_asked = |term: &str| words.iter().flat_map(AskedWord::spans).any(|span| span.holds(term));
    let held =
        reading::words(text).into_iter().filter(|word| reading::terms_of(word).keys().any(|term| is_asked(term)));
    // Places are counted in characters from here on: what a reader of JSON can cut by, whatever the encoding.
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let at = |byte: usize| chars.partition_point(|(at, _)| *at < byte);
    let mut places: std::iter::Peekable<_> = held.map(|word| (at(word.place.start), at(word.place.end))).peekable();
    let mut found = Vec::new();
    let mut free_from = 0;
    while let Some((first, _)) = places.peek().copied() {
        if found.len() == most {
            break;
        }
        let begin = first.saturating_sub(BEFORE).max(free_from);
        let begin = if chars.len() - begin.min(chars.len()) <= LENGTH {
            begin.min(chars.len().saturating_sub(LENGTH)).max(free_from)
        } else {
            begin
        };
        let begin = (begin..first).find(|at| *at == 0 || is_gap(&chars, at - 1)).unwrap_or(first);
        let longest = (begin + LENGTH).min(chars.len());
        let end = if longest == chars.len() {
            longest
        } else {
            (first + 1..longest).rev().find(|at| is_gap(&chars, *at)).unwrap_or(longest)
        };
        let mut marks = Vec::new();
        while let Some((from, until)) = places.next_if(|(from, _)| *from < end) {
            marks.push((from - begin, until.min(end) - begin));
        }
        let text = chars.iter().skip(begin).take(end - begin).map(|(_, c)| c).collect();
        found.push(Fragment { text, is_cut_before: begin > 0, is_cut_after: end < chars.len(), marks });
        free_from = end;
    }
    found
}

fn is_gap(chars: &[(usize, char)], at: usize) -> bool {
    chars.get(at).is_some_and(|(_, c)| c.is_whitespace())
}
