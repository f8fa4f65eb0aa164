//! Matches: klussen that suit somebody, and people who suit a klus, with the reasons.
//!
//! Whoever shares nothing is no match, and stands in the lists all the same. What is shared is looked for in the database,
//! within what the caller may see; the arithmetic is `domain::market::matching`.

mod klussen;
mod people;
mod types;

use std::collections::HashMap;
use std::hash::Hash;

use domain::SkillId;
use domain::market::demand::Demand;
use domain::market::matching::{Match, Rarity};
use domain::profiles::offered::Offered;
use domain::vocabulary::SkillReference;
use utoipa_actix_web::service_config::ServiceConfig;

/// So many are laid beside each other in full: those who share most.
const CONSIDERED: usize = 500;

/// Registers the operations.
pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(klussen::list_assignment_matches).service(people::list_profile_matches);
}

/// The ids of those who share most, by rarity, at most as many as are considered; equals stand by id.
fn nearest<T: Copy + Eq + Hash + Ord>(shared: &[(T, SkillId)], others: &[T], rarity: &Rarity) -> Vec<T> {
    let mut sums: HashMap<T, i64> = HashMap::new();
    for (id, skill) in shared {
        *sums.entry(*id).or_default() += rarity.of(&SkillReference::Concept(*skill));
    }
    for id in others {
        *sums.entry(*id).or_default() += 1;
    }
    let mut ids: Vec<(T, i64)> = sums.into_iter().collect();
    ids.sort_unstable_by_key(|(id, sum)| (-sum, *id));
    ids.into_iter().take(CONSIDERED).map(|(id, _)| id).collect()
}

/// The best of these, each with its match; equals stand by id.
fn best<T, I: Ord>(
    things: Vec<T>,
    limit: usize,
    id: impl Fn(&T) -> I,
    laid: impl Fn(&T) -> Match,
) -> (Vec<T>, Vec<Match>) {
    let laid = |thing: T| {
        let found = laid(&thing);
        (thing, found)
    };
    let mut ranked: Vec<(T, Match)> = things.into_iter().map(laid).collect();
    ranked.sort_by_key(|(thing, found)| (-found.score, id(thing)));
    ranked.truncate(limit);
    ranked.into_iter().unzip()
}

/// The concepts of the vocabulary that a klus asks.
fn asked(sought: &Demand) -> Vec<SkillId> {
    concepts(sought.skills())
}

/// The concepts of the vocabulary that stand on a profile.
fn stated(offered: &Offered) -> Vec<SkillId> {
    concepts(offered.skills.iter().map(|(skill, _)| skill))
}

fn concepts<'s>(skills: impl Iterator<Item = &'s SkillReference>) -> Vec<SkillId> {
    let concept = |skill: &SkillReference| if let SkillReference::Concept(id) = skill { Some(*id) } else { None };
    skills.filter_map(concept).collect()
}
