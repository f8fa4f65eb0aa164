//! What is spelled nearly alike.

/// From this length on, a letter may differ; from `TWO_FROM` on, two.
const ONE_FROM: usize = 4;
const TWO_FROM: usize = 8;
/// How many terms of one distance stand in for one at most.
const MOST: usize = 100;

/// Between which terms those stand that can be near: they begin with the same letter. None where a word is too short to
/// be taken for another.
pub fn where_near(term: &str) -> Option<(String, String)> {
    let first = term.chars().next().filter(|_| term.chars().count() >= ONE_FROM)?;
    Some((first.to_string(), format!("{first}\u{10ffff}")))
}

/// Those of these terms that are spelled nearly alike: first those where a letter is more, less, other or exchanged with
/// the next, then, for long words, those where two are.
pub fn near(asked: &str, terms: impl IntoIterator<Item = String>) -> Vec<Vec<String>> {
    let length = asked.chars().count();
    let limit = if length >= TWO_FROM { 2 } else { usize::from(length >= ONE_FROM) };
    let mut found = vec![Vec::new(); limit];
    for term in terms {
        if term.chars().count().abs_diff(length) > limit {
            continue;
        }
        let distance = strsim::osa_distance(asked, &term);
        if let Some(group) = distance.checked_sub(1).and_then(|at| found.get_mut(at)).filter(|group| group.len() < MOST)
        {
            group.push(term);
        }
    }
    found.retain(|group| !group.is_empty());
    found
}
