//! What is spelled nearly alike.

/// From this length on, a letter may differ; from `TWO_FROM` on, two.
const ONE_FROM: usize = 4;
const TWO_FROM: usize = 8;
/// How many terms stand in for one at most.
const MOST: usize = 8;

/// Between which terms those stand that can be near: they begin with the same letter. None where a word is too short to
/// be taken for another.
pub fn where_near(term: &str) -> Option<(String, String)> {
    let first = term.chars().next().filter(|_| term.chars().count() >= ONE_FROM)?;
    Some((first.to_string(), format!("{first}\u{10ffff}")))
}

/// Those of these terms that are spelled most alike: a letter more, less, other or two exchanged, in long words twice.
pub fn near(asked: &str, terms: impl IntoIterator<Item = String>) -> Vec<String> {
    let length = asked.chars().count();
    let limit = if length >= TWO_FROM { 2 } else { usize::from(length >= ONE_FROM) };
    let mut found: Vec<(usize, String)> = terms
        .into_iter()
        .filter(|term| term.chars().count().abs_diff(length) <= limit && term.as_str() != asked)
        .map(|term| (strsim::osa_distance(asked, &term), term))
        .filter(|(distance, _)| *distance <= limit)
        .collect();
    found.sort_unstable();
    let best = found.first().map(|(distance, _)| *distance);
    found.into_iter().filter(|(distance, _)| Some(*distance) == best).map(|(_, term)| term).take(MOST).collect()
}
