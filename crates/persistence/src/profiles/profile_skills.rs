//! Skills on profiles.

use std::collections::{BTreeSet, HashMap};

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use domain::profiles::profile_skills::{Mastery, ProfileSkill};
use domain::vocabulary::SkillReference;
use domain::{ProfileId, ProfileSkillId, SkillId, fold};

use super::{offers, terms};
use crate::among::AmongMethods as _;
use crate::columns::{At, Key, Place};
use crate::page::newest_first;
use crate::schema::profiles::{profile_skills, skills};
use crate::{Page, PageRequest, PersistenceError, Result, View, Work};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = profile_skills, treat_none_as_default_value = false)]
#[diesel(check_for_backend(Sqlite, Pg))]
struct Row {
    id: Key,
    revision: i64,
    profile_id: Key,
    skill_id: Option<Key>,
    free_text: Option<String>,
    search_text: String,
    level: Option<String>,
    wants_to_use: bool,
    wants_to_learn: bool,
    created_at: At,
    modified_at: At,
}

impl Row {
    /// `search_text` is the folded label of the concept, or the folded free text.
    fn of(skill: &ProfileSkill, search_text: String) -> Self {
        let ProfileSkill { id, revision, profile, skill, mastery, created_at, modified_at } = skill;
        let Mastery { level, wants_to_use, wants_to_learn } = mastery;
        let (skill_id, free_text) = match skill {
            SkillReference::Concept(id) => (Some(Key::from(*id)), None),
            SkillReference::FreeText(text) => (None, Some(text.clone())),
        };
        Self {
            id: (*id).into(),
            revision: *revision,
            profile_id: (*profile).into(),
            skill_id,
            free_text,
            search_text,
            level: level.map(|level| level.to_string()),
            wants_to_use: *wants_to_use,
            wants_to_learn: *wants_to_learn,
            created_at: At(*created_at),
            modified_at: At(*modified_at),
        }
    }
}

impl TryFrom<Row> for ProfileSkill {
    type Error = PersistenceError;

    fn try_from(row: Row) -> Result<Self> {
        let Row {
            id,
            revision,
            profile_id,
            skill_id,
            free_text,
            search_text: _, // follows from the skill
            level,
            wants_to_use,
            wants_to_learn,
            created_at,
            modified_at,
        } = row;
        let place = Place::new("profile_skills", id);
        let skill = match (skill_id, free_text) {
            (Some(id), None) => SkillReference::Concept(id.to()),
            (None, Some(text)) => SkillReference::FreeText(text),
            _ => return Err(place.corrupt("skill_id")),
        };
        let level = place.optional("level", level.as_deref())?;
        Ok(Self {
            id: id.to(),
            revision,
            profile: profile_id.to(),
            skill,
            mastery: Mastery { level, wants_to_use, wants_to_learn },
            created_at: created_at.0,
            modified_at: modified_at.0,
        })
    }
}

keep!(@find profile_skills, ProfileSkill, ProfileSkillId, Row);

/// All skills of these profiles, oldest first within each.
pub fn of_profiles(view: &mut View<'_>, profiles: &[ProfileId]) -> Result<Vec<ProfileSkill>> {
    let profiles: Vec<Key> = profiles.iter().copied().map(Key::from).collect();
    let rows: Vec<Row> = each!(view.conn, |c| profile_skills::table
        .filter(profile_skills::profile_id.among(&profiles))
        .order((profile_skills::profile_id, profile_skills::id))
        .select(Row::as_select())
        .load(c))?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// A page of the skills of a profile, newest first.
pub fn list(view: &mut View<'_>, profile: ProfileId, request: &PageRequest) -> Result<Page<ProfileSkill>> {
    let rows: Vec<Row> = each!(view.conn, |c| {
        let query = profile_skills::table
            .filter(profile_skills::profile_id.eq(Key::from(profile)))
            .select(Row::as_select())
            .into_boxed();
        newest_first!(query, request, profile_skills::id).load(c)
    })?;
    let items = rows.into_iter().map(TryInto::try_into).collect::<Result<Vec<ProfileSkill>>>()?;
    Ok(request.page(items, |skill| (String::new(), skill.id.into())))
}

/// Keeps a new one.
pub fn insert(work: &mut Work<'_>, skill: ProfileSkill) -> Result<ProfileSkill> {
    let search_text = match &skill.skill {
        SkillReference::Concept(id) => label_of(work, *id)?,
        SkillReference::FreeText(text) => fold(text),
    };
    let row = Row::of(&skill, search_text);
    each!(work.conn, |c| diesel::insert_into(profile_skills::table).values(&row).execute(c))?;
    offers::keep(work, &[skill.profile])?;
    terms::keep(work.conn, &[row.profile_id])?;
    Ok(skill)
}

/// Keeps many new ones.
pub fn insert_many(work: &mut Work<'_>, many: &[ProfileSkill]) -> Result<()> {
    let concept =
        |one: &ProfileSkill| if let SkillReference::Concept(id) = one.skill { Some(Key::from(id)) } else { None };
    let keys: BTreeSet<Key> = many.iter().filter_map(concept).collect();
    let labels: Vec<(Key, String)> = each!(work.conn, |c| skills::table
        .filter(skills::id.among(&keys))
        .select((skills::id, skills::sort_text))
        .load(c))?;
    let labels: HashMap<Key, String> = labels.into_iter().collect();
    let row = |one: &ProfileSkill| {
        let search_text = match &one.skill {
            SkillReference::Concept(id) => labels.get(&Key::from(*id)).cloned().unwrap_or_default(),
            SkillReference::FreeText(text) => fold(text),
        };
        Row::of(one, search_text)
    };
    let rows: Vec<Row> = many.iter().map(row).collect();
    insert_all!(work.conn, profile_skills::table, &rows)?;
    let profiles: BTreeSet<ProfileId> = many.iter().map(|one| one.profile).collect();
    offers::keep(work, &profiles.into_iter().collect::<Vec<_>>())
}

/// Keeps a changed one, if it is still the revision that was read. Which skill it is never changes.
pub fn save(work: &mut Work<'_>, skill: ProfileSkill) -> Result<ProfileSkill> {
    let seen = skill.revision;
    let skill = ProfileSkill { revision: seen + 1, ..skill };
    let key = Key::from(skill.id);
    let Mastery { level, wants_to_use, wants_to_learn } = skill.mastery;
    let changed = each!(work.conn, |c| diesel::update(
        profile_skills::table.filter(profile_skills::id.eq(key)).filter(profile_skills::revision.eq(seen))
    )
    .set((
        profile_skills::revision.eq(skill.revision),
        profile_skills::level.eq(level.map(|level| level.to_string())),
        profile_skills::wants_to_use.eq(wants_to_use),
        profile_skills::wants_to_learn.eq(wants_to_learn),
        profile_skills::modified_at.eq(At(skill.modified_at)),
    ))
    .execute(c))?;
    if changed != 1 {
        return Err(PersistenceError::Stale { table: "profile_skills", id: key.0 });
    }
    offers::keep(work, &[skill.profile])?;
    Ok(skill)
}

/// Takes one away.
pub fn delete(work: &mut Work<'_>, skill: &ProfileSkill) -> Result<()> {
    let key = Key::from(skill.id);
    each!(work.conn, |c| diesel::delete(profile_skills::table.filter(profile_skills::id.eq(key))).execute(c))?;
    terms::keep(work.conn, &[Key::from(skill.profile)])?;
    offers::keep(work, &[skill.profile])
}

fn label_of(view: &mut View<'_>, id: SkillId) -> Result<String> {
    Ok(each!(view.conn, |c| skills::table.filter(skills::id.eq(Key::from(id))).select(skills::sort_text).first(c))?)
}
