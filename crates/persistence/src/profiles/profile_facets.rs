//! How many of the profiles that somebody may see have each value, told so that it leads to nobody.

use std::collections::BTreeMap;

use diesel::dsl::count_star;
use diesel::prelude::*;
use domain::parties::memberships::MembershipState;
use domain::parties::persons::PersonStatus;
use domain::profiles::profiles::EntrepreneurshipLevel;
use domain::profiles::sight::Viewer;
use domain::profiles::visibility::VisibilityLevel;
use domain::vocabulary::EducationLevel;
use domain::{SkillId, TextEnum, local_date};

use super::visible::{Eyes, seen_by, showing_in};
use crate::among::AmongMethods as _;
use crate::columns::{At, Key};
use crate::schema::parties::{employments, memberships, persons};
use crate::schema::profiles::{
    profile_fields_of_work, profile_hidden_organisations, profile_networks, profile_skills, profiles,
};
use crate::{Result, View};

/// Counts are told in steps of so many, rounded down: fewer are not told at all.
pub const STEP: u64 = 5;
/// How many values of a kind are told at most: the commonest.
const MOST: i64 = 20;

/// How many there are with each value, in steps, the commonest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProfileFacets {
    /// All that are seen.
    pub total: u64,
    /// Skills of the vocabulary.
    pub skills: Vec<(SkillId, u64)>,
    /// Fields of work.
    pub fields_of_work: Vec<(String, u64)>,
    /// Levels of education.
    pub education_levels: Vec<(EducationLevel, u64)>,
    /// How far they are as entrepreneurial civil servants.
    pub entrepreneurship_levels: Vec<(EntrepreneurshipLevel, u64)>,
}

/// Counts the profiles of other people that a viewer may see. Nothing narrows it, so no two counts can be subtracted.
pub fn facets(view: &mut View<'_>, viewer: &Viewer) -> Result<ProfileFacets> {
    let eyes = &Eyes::of(view, viewer)?;
    let (now, today) = (view.now(), local_date(view.now()));
    macro_rules! seen {
        () => {
            seen_by!(profiles::table.select(profiles::id).into_boxed(), eyes, now, today)
        };
    }
    each!(view.conn, |c| {
        let total: i64 = profiles::table.filter(profiles::id.eq_any(seen!())).count().get_result(c)?;
        let skills: Vec<(Option<Key>, i64)> = profile_skills::table
            .filter(profile_skills::profile_id.eq_any(seen!()))
            .filter(profile_skills::skill_id.is_not_null())
            .group_by(profile_skills::skill_id)
            .select((profile_skills::skill_id, count_star()))
            .order((count_star().desc(), profile_skills::skill_id.asc()))
            .limit(MOST)
            .load(c)?;
        let fields: Vec<(String, String, i64)> = profile_fields_of_work::table
            .filter(profile_fields_of_work::profile_id.eq_any(seen!()))
            .group_by((profile_fields_of_work::search_text, profile_fields_of_work::name))
            .select((profile_fields_of_work::search_text, profile_fields_of_work::name, count_star()))
            .load(c)?;
        let educations: Vec<(Option<String>, i64)> = profiles::table
            .filter(profiles::id.eq_any(seen!()))
            .group_by(profiles::education_level)
            .select((profiles::education_level, count_star()))
            .load(c)?;
        let levels: Vec<(Option<String>, i64)> = profiles::table
            .filter(profiles::id.eq_any(seen!()))
            .group_by(profiles::entrepreneurship_level)
            .select((profiles::entrepreneurship_level, count_star()))
            .load(c)?;
        Ok(ProfileFacets {
            total: stepped(total),
            skills: told(skills.into_iter().filter_map(|(skill, count)| Some((skill?.to(), count)))),
            fields_of_work: spelled_once(fields),
            education_levels: told(listed(educations)),
            entrepreneurship_levels: told(listed(levels)),
        })
    })
}

fn stepped(count: i64) -> u64 {
    let count = u64::try_from(count).unwrap_or_default();
    count - count % STEP
}

/// What may be told, the commonest first; equals by their value, so that the order tells no more than the counts.
fn told<T: Ord>(counts: impl Iterator<Item = (T, i64)>) -> Vec<(T, u64)> {
    let mut told: Vec<(T, u64)> = counts.map(|(value, count)| (value, stepped(count))).collect();
    told.retain(|(_, count)| *count > 0);
    told.sort_by(|(one, few), (other, many)| many.cmp(few).then_with(|| one.cmp(other)));
    told
}

fn listed<T: TextEnum>(rows: Vec<(Option<String>, i64)>) -> impl Iterator<Item = (T, i64)> {
    rows.into_iter().filter_map(|(text, count)| Some((T::parse(&text?)?, count)))
}

/// Fields of work, however each is written: as it is written by five, or else in lower case, for a way of writing can be
/// somebody's own.
fn spelled_once(rows: Vec<(String, String, i64)>) -> Vec<(String, u64)> {
    let mut fields: BTreeMap<String, (i64, Vec<(i64, String)>)> = BTreeMap::new();
    for (folded, name, count) in rows {
        let (all, names) = fields.entry(folded).or_default();
        *all += count;
        names.push((count, name));
    }
    let named = fields.into_iter().map(|(folded, (all, mut names))| {
        names.sort_by(|(few, one), (many, other)| many.cmp(few).then_with(|| one.cmp(other)));
        let name = names.into_iter().next().filter(|(count, _)| stepped(*count) > 0);
        (name.map_or(folded, |(_, name)| name), all)
    });
    let mut told = told(named);
    told.truncate(usize::try_from(MOST).unwrap_or(usize::MAX));
    told
}
