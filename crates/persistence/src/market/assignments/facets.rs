//! How many of what a list would show have each value: one statement for each kind of value.

use std::collections::BTreeMap;

use diesel::dsl::{count_star, exists};
use diesel::prelude::*;
use domain::market::assignments::{AssignmentKind, AssignmentState, Sight};
use domain::market::publication_rings::{Reach, Ring};
use domain::parties::organisations::GovernmentLayer;
use domain::search::AskedWord;
use domain::vocabulary::EducationLevel;
use domain::{SkillId, TextEnum, fold};

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

/// How many values of a kind are told at most: the commonest.
const MOST: usize = 20;
/// How many regions are looked at: they are written in several ways.
const REGIONS: i64 = 500;
/// Minutes a week: from and up to and including.
pub const HOURS: [(i64, Option<i64>); 6] =
    [(0, Some(240)), (241, Some(480)), (481, Some(960)), (961, Some(1440)), (1441, Some(1920)), (1921, None)];

/// How many there are with each value, the commonest first. What is narrowed by a value is counted as if it were not: so
/// the other values can be chosen in its stead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssignmentFacets {
    /// Regions, by name.
    pub regions: Vec<(String, u64)>,
    /// Kinds.
    pub kinds: Vec<(AssignmentKind, u64)>,
    /// Minutes a week, in the order of `HOURS`.
    pub hours: Vec<u64>,
    /// Skills of the vocabulary.
    pub skills: Vec<(SkillId, u64)>,
    /// Layers of government.
    pub layers: Vec<(GovernmentLayer, u64)>,
    /// Education levels; what names none suits all, and counts for each.
    pub education_levels: Vec<(EducationLevel, u64)>,
}

/// What is seen from here.
struct Seen<'a> {
    sought: &'a Sought,
    sight: &'a Sight,
    co_owned: Vec<Key>,
    now: At,
}

/// Counts what a list would show by region, kind, hours, skill, layer and level.
pub fn facets(
    view: &mut View<'_>,
    filter: &AssignmentFilter,
    sought: &Sought,
    sight: &Sight,
) -> Result<AssignmentFacets> {
    let seen = Seen { sought, sight, co_owned: co_owned_by(view, sight.person)?, now: At(view.now()) };
    let without = |change: fn(&mut AssignmentFilter)| {
        let mut filter = filter.clone();
        change(&mut filter);
        filter
    };
    Ok(AssignmentFacets {
        regions: seen.regions(view, &without(|filter| filter.region = None))?,
        kinds: seen.kinds(view, &without(|filter| filter.kind = None))?,
        hours: seen.hours(
            view,
            &without(|filter| {
                filter.minimum_minutes_per_week = None;
                filter.maximum_minutes_per_week = None;
            }),
        )?,
        skills: seen.skills(view, &without(|filter| filter.skill = None))?,
        layers: seen.layers(view, &without(|filter| filter.layer = None))?,
        education_levels: seen.education_levels(view, &without(|filter| filter.education_level = None))?,
    })
}

/// The ids of what is seen, as a query within another.
macro_rules! ids {
    ($seen:expr, $filter:expr) => {
        matching!($filter, $seen.sought, $seen.sight, &$seen.co_owned, $seen.now).select(assignments::id)
    };
}

impl Seen<'_> {
    fn regions(&self, view: &mut View<'_>, filter: &AssignmentFilter) -> Result<Vec<(String, u64)>> {
        let rows: Vec<(Option<String>, i64)> = each!(view.conn, |c| assignments::table
            .filter(assignments::id.eq_any(ids!(self, filter)))
            .filter(assignments::region.is_not_null())
            .group_by(assignments::region)
            .select((assignments::region, count_star()))
            .order(count_star().desc())
            .limit(REGIONS)
            .load(c))?;
        // Written in several ways it is one region still, and has the name that is written most.
        let mut spelled: BTreeMap<String, Vec<(i64, String)>> = BTreeMap::new();
        for (region, count) in rows {
            let region = region.unwrap_or_default();
            spelled.entry(fold(&region)).or_default().push((count, region));
        }
        let whole = spelled.into_values().filter_map(|mut names| {
            let count = names.iter().map(|(count, _)| *count).sum();
            names.sort_by(|(one, name), (other, another)| other.cmp(one).then_with(|| name.cmp(another)));
            names.into_iter().next().map(|(_, name)| (name, count))
        });
        Ok(commonest(whole.collect(), |one, other| fold(one).cmp(&fold(other))))
    }

    fn kinds(&self, view: &mut View<'_>, filter: &AssignmentFilter) -> Result<Vec<(AssignmentKind, u64)>> {
        let rows: Vec<(String, i64)> = each!(view.conn, |c| assignments::table
            .filter(assignments::id.eq_any(ids!(self, filter)))
            .group_by(assignments::kind)
            .select((assignments::kind, count_star()))
            .load(c))?;
        Ok(commonest(listed(rows), Ord::cmp))
    }

    fn hours(&self, view: &mut View<'_>, filter: &AssignmentFilter) -> Result<Vec<u64>> {
        let rows: Vec<(Option<i64>, i64)> = each!(view.conn, |c| assignments::table
            .filter(assignments::id.eq_any(ids!(self, filter)))
            .group_by(assignments::weekly_minutes)
            .select((assignments::weekly_minutes, count_star()))
            .load(c))?;
        let inside = |(from, until): (i64, Option<i64>)| {
            let held = rows.iter().filter(move |(minutes, _)| {
                minutes.is_some_and(|minutes| minutes >= from && until.is_none_or(|until| minutes <= until))
            });
            whole(held.map(|(_, count)| count).sum())
        };
        Ok(HOURS.into_iter().map(inside).collect())
    }

    fn skills(&self, view: &mut View<'_>, filter: &AssignmentFilter) -> Result<Vec<(SkillId, u64)>> {
        let rows: Vec<(Option<Key>, i64)> = each!(view.conn, |c| assignment_skills::table
            .filter(assignment_skills::assignment_id.eq_any(ids!(self, filter)))
            .filter(assignment_skills::skill_id.is_not_null())
            .group_by(assignment_skills::skill_id)
            .select((assignment_skills::skill_id, count_star()))
            .order((count_star().desc(), assignment_skills::skill_id.asc()))
            .limit(i64::try_from(MOST).unwrap_or(i64::MAX))
            .load(c))?;
        Ok(rows.into_iter().filter_map(|(skill, count)| Some((skill?.to(), whole(count)))).collect())
    }

    fn layers(&self, view: &mut View<'_>, filter: &AssignmentFilter) -> Result<Vec<(GovernmentLayer, u64)>> {
        let rows: Vec<(String, i64)> = each!(view.conn, |c| assignments::table
            .inner_join(organisations::table.on(organisations::id.eq(assignments::organisation_id)))
            .filter(assignments::id.eq_any(ids!(self, filter)))
            .group_by(organisations::layer)
            .select((organisations::layer, count_star()))
            .load(c))?;
        Ok(commonest(listed(rows), Ord::cmp))
    }

    fn education_levels(&self, view: &mut View<'_>, filter: &AssignmentFilter) -> Result<Vec<(EducationLevel, u64)>> {
        let named: Vec<(String, i64)> = each!(view.conn, |c| assignment_education_levels::table
            .filter(assignment_education_levels::assignment_id.eq_any(ids!(self, filter)))
            .group_by(assignment_education_levels::level)
            .select((assignment_education_levels::level, count_star()))
            .load(c))?;
        let of_all: i64 = each!(view.conn, |c| assignments::table
            .filter(assignments::id.eq_any(ids!(self, filter)))
            .filter(
                assignments::id
                    .ne_all(assignment_education_levels::table.select(assignment_education_levels::assignment_id))
            )
            .count()
            .get_result(c))?;
        let named: BTreeMap<EducationLevel, i64> = listed(named).into_iter().collect();
        let counts = EducationLevel::ALL
            .iter()
            .map(|level| (*level, named.get(level).copied().unwrap_or_default() + of_all))
            .filter(|(_, count)| *count > 0);
        Ok(commonest(counts.collect(), Ord::cmp))
    }
}

fn listed<T: TextEnum>(rows: Vec<(String, i64)>) -> Vec<(T, i64)> {
    rows.into_iter().filter_map(|(text, count)| Some((T::parse(&text)?, count))).collect()
}

/// The commonest first, of equals as they are ordered.
fn commonest<T>(mut counts: Vec<(T, i64)>, order: impl Fn(&T, &T) -> std::cmp::Ordering) -> Vec<(T, u64)> {
    counts.sort_by(|(one, few), (other, many)| many.cmp(few).then_with(|| order(one, other)));
    counts.truncate(MOST);
    counts.into_iter().map(|(value, count)| (value, whole(count))).collect()
}

fn whole(count: i64) -> u64 {
    u64::try_from(count).unwrap_or_default()
}
