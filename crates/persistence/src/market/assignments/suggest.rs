//! What somebody may want to search, from the beginning of it: only what stands in klussen that they may see.

use std::collections::{BTreeMap, BTreeSet};

use diesel::dsl::exists;
use diesel::prelude::*;
use domain::market::assignments::{AssignmentState, Sight};
use domain::market::publication_rings::{Reach, Ring};
use domain::search::{AskedWord, Span, where_beginning, words_beginning};
use domain::{OrganisationId, TextEnum, fold};

use super::filter::AssignmentFilter;
use super::list::{co_owned_by, holding, inside, keys, matching, narrowed, open_now, rings_open_to};
use super::sought::Sought;
use crate::among::AmongMethods as _;
use crate::columns::{At, Key};
use crate::schema::market::{
    assignment_education_levels, assignment_ring_networks, assignment_rings, assignment_skills, assignment_terms,
    assignments,
};
use crate::schema::parties::organisations;
use crate::{Result, View};

/// How many klussen are looked at for words of their titles: the newest.
const LOOKED_AT: i64 = 500;
/// How many ways of writing a region are looked at.
const SPELLINGS: i64 = 100;

/// What begins with what was typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Suggested {
    /// Words of titles, those of most klussen first.
    pub words: Vec<String>,
    /// Regions.
    pub regions: Vec<String>,
    /// Organisations that have klussen.
    pub organisations: Vec<(OrganisationId, String)>,
}

/// What begins so in the open klussen that are seen from here, at most so many of each kind.
pub fn suggest(view: &mut View<'_>, beginning: &str, sight: &Sight, most: usize) -> Result<Suggested> {
    let typed = fold(beginning);
    let (from, until) = (typed.clone(), format!("{typed}\u{10ffff}"));
    let (now, co_owned) = (At(view.now()), co_owned_by(view, sight.person)?);
    let filter = AssignmentFilter { state: Some(AssignmentState::Open), ..AssignmentFilter::default() };
    let (all, filter) = (Sought::default(), &filter);
    let titles: Vec<String> = each!(view.conn, |c| {
        let mut held = assignment_terms::table.select(assignment_terms::assignment_id).into_boxed();
        for Span { from, until } in where_beginning(&typed) {
            held = held.or_filter(assignment_terms::term.ge(from).and(assignment_terms::term.le(until)));
        }
        matching!(filter, &all, sight, &co_owned, now)
            .filter(assignments::id.eq_any(held))
            .select(assignments::title)
            .order((assignments::listed_at.desc(), assignments::id.desc()))
            .limit(LOOKED_AT)
            .load(c)
    })?;
    let regions: Vec<(Option<String>, Option<String>)> = each!(view.conn, |c| assignments::table
        .filter(assignments::id.eq_any(matching!(filter, &all, sight, &co_owned, now).select(assignments::id)))
        .filter(assignments::region_text.ge(&from))
        .filter(assignments::region_text.le(&until))
        .select((assignments::region_text, assignments::region))
        .distinct()
        .order(assignments::region_text)
        .limit(SPELLINGS)
        .load(c))?;
    let hosts: Vec<(Key, String)> = each!(view.conn, |c| {
        let having = matching!(filter, &all, sight, &co_owned, now).select(assignments::organisation_id);
        organisations::table
            .filter(organisations::id.eq_any(having))
            .filter(organisations::search_text.like(crate::columns::containing(&typed)).escape('\\'))
            .select((organisations::id, organisations::name))
            .order((organisations::search_text, organisations::id))
            .load(c)
    })?;
    let begins =
        |name: &str| fold(name).split(' ').any(|word| word.starts_with(&typed)) || fold(name).starts_with(&typed);
    Ok(Suggested {
        words: commonest(&titles, &typed, most),
        regions: spelled_once(regions.into_iter().filter_map(|(_, region)| region), most),
        organisations: hosts
            .into_iter()
            .filter(|(_, name)| begins(name))
            .take(most)
            .map(|(id, name)| (id.to(), name))
            .collect(),
    })
}

fn commonest(titles: &[String], typed: &str, most: usize) -> Vec<String> {
    let mut counted: BTreeMap<String, usize> = BTreeMap::new();
    for title in titles {
        let words: BTreeSet<String> = words_beginning(title, typed).into_iter().collect();
        for word in words {
            *counted.entry(word).or_default() += 1;
        }
    }
    let mut counted: Vec<(String, usize)> = counted.into_iter().collect();
    counted.sort_by(|(one, few), (other, many)| many.cmp(few).then_with(|| one.cmp(other)));
    counted.into_iter().take(most).map(|(word, _)| word).collect()
}

/// Each region once, however it is written.
fn spelled_once(names: impl Iterator<Item = String>, most: usize) -> Vec<String> {
    let mut spelled: BTreeMap<String, String> = BTreeMap::new();
    for name in names {
        let kept = spelled.entry(fold(&name)).or_insert_with(|| name.clone());
        if name < *kept {
            *kept = name;
        }
    }
    spelled.into_values().take(most).collect()
}
