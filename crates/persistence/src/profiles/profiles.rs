//! Profiles, with their words, networks and whom they are hidden from.

use std::collections::HashMap;

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use domain::profiles::profiles::{Profile, ProfileDetails};
use domain::profiles::visibility::Visibility;
use domain::vocabulary::{EducationLevel, SkillReference};
use domain::{NetworkId, OrganisationId, PersonId, ProfileId, fold};

use super::{offers, profile_skills, terms};
use crate::among::AmongMethods as _;
use crate::columns::{At, Key, Place, to_json};
use crate::conn::Conn;
use crate::schema::profiles::{profile_fields_of_work, profile_hidden_organisations, profile_networks, profiles};
use crate::{PersistenceError, Result, View, Work};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = profiles, treat_none_as_null = true, treat_none_as_default_value = false)]
#[diesel(check_for_backend(Sqlite, Pg))]
pub(super) struct Row {
    pub(super) id: Key,
    revision: i64,
    person_id: Key,
    headline: Option<String>,
    core_qualities: serde_json::Value,
    interests: serde_json::Value,
    ambition: Option<String>,
    experience: Option<String>,
    education_level: Option<String>,
    entrepreneurship_level: Option<String>,
    level: String,
    adviser_id: Option<Key>,
    paused_until: Option<At>,
    name_on_public_card: bool,
    created_at: At,
    modified_at: At,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = profile_fields_of_work, check_for_backend(Sqlite, Pg))]
struct FieldRow {
    profile_id: Key,
    position: i64,
    name: String,
    search_text: String,
}

/// What stands in rows of its own.
#[derive(Default)]
struct Rows {
    fields_of_work: Vec<String>,
    networks: Vec<NetworkId>,
    hidden_from: Vec<OrganisationId>,
}

/// What somebody states of education and skills, to lay beside the requirements of a klus.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StatedQualification {
    /// The level of education.
    pub education: Option<EducationLevel>,
    /// The skills, those left out that they only want to learn.
    pub skills: Vec<SkillReference>,
}

impl From<&Profile> for Row {
    fn from(profile: &Profile) -> Self {
        let Profile { id, revision, person, details, visibility, created_at, modified_at } = profile;
        let ProfileDetails {
            headline,
            fields_of_work: _, // rows of their own
            core_qualities,
            interests,
            ambition,
            experience,
            education_level,
            entrepreneurship_level,
        } = details;
        let Visibility {
            level,
            networks: _,    // rows of their own
            hidden_from: _, // rows of their own
            adviser,
            paused_until,
            name_on_public_card,
        } = visibility;
        Self {
            id: (*id).into(),
            revision: *revision,
            person_id: (*person).into(),
            headline: headline.clone(),
            core_qualities: to_json(core_qualities),
            interests: to_json(interests),
            ambition: ambition.clone(),
            experience: experience.clone(),
            education_level: education_level.map(|level| level.to_string()),
            entrepreneurship_level: entrepreneurship_level.map(|level| level.to_string()),
            level: level.to_string(),
            adviser_id: adviser.map(Key::from),
            paused_until: paused_until.map(At),
            name_on_public_card: *name_on_public_card,
            created_at: At(*created_at),
            modified_at: At(*modified_at),
        }
    }
}

impl Row {
    fn into_profile(self, rows: Rows) -> Result<Profile> {
        let Self {
            id,
            revision,
            person_id,
            headline,
            core_qualities,
            interests,
            ambition,
            experience,
            education_level,
            entrepreneurship_level,
            level,
            adviser_id,
            paused_until,
            name_on_public_card,
            created_at,
            modified_at,
        } = self;
        let Rows { fields_of_work, networks, hidden_from } = rows;
        let place = Place::new("profiles", id);
        Ok(Profile {
            id: id.to(),
            revision,
            person: person_id.to(),
            details: ProfileDetails {
                headline,
                fields_of_work,
                core_qualities: place.json("core_qualities", core_qualities)?,
                interests: place.json("interests", interests)?,
                ambition,
                experience,
                education_level: place.optional("education_level", education_level.as_deref())?,
                entrepreneurship_level: place.optional("entrepreneurship_level", entrepreneurship_level.as_deref())?,
            },
            visibility: Visibility {
                level: place.value("level", &level)?,
                networks,
                adviser: adviser_id.map(Key::to),
                hidden_from,
                paused_until: paused_until.map(|at| at.0),
                name_on_public_card,
            },
            created_at: created_at.0,
            modified_at: modified_at.0,
        })
    }
}

/// The one with this id, if there is one.
pub fn find(view: &mut View<'_>, id: ProfileId) -> Result<Option<Profile>> {
    Ok(find_many(view, &[id])?.pop())
}

/// Those of these ids that exist, in no particular order.
pub fn find_many(view: &mut View<'_>, ids: &[ProfileId]) -> Result<Vec<Profile>> {
    let keys: Vec<Key> = ids.iter().copied().map(Key::from).collect();
    let rows: Vec<Row> =
        each!(view.conn, |c| profiles::table.filter(profiles::id.among(&keys)).select(Row::as_select()).load(c))?;
    whole(view, rows)
}

/// The profile of this person, if they ever saved anything.
pub fn find_of_person(view: &mut View<'_>, person: PersonId) -> Result<Option<Profile>> {
    Ok(find_of_people(view, &[person])?.pop())
}

/// The profiles of these people, of those who ever saved anything, in no particular order.
pub fn find_of_people(view: &mut View<'_>, people: &[PersonId]) -> Result<Vec<Profile>> {
    let people: Vec<Key> = people.iter().copied().map(Key::from).collect();
    let rows: Vec<Row> = each!(view.conn, |c| profiles::table
        .filter(profiles::person_id.among(&people))
        .select(Row::as_select())
        .load(c))?;
    whole(view, rows)
}

/// What this person states of education and skills, whoever asks: show it to nobody who may not see the profile.
pub fn qualification_of(view: &mut View<'_>, person: PersonId) -> Result<StatedQualification> {
    let Some(profile) = find_of_person(view, person)? else { return Ok(StatedQualification::default()) };
    let skills = profile_skills::of_profiles(view, &[profile.id])?;
    Ok(StatedQualification {
        education: profile.details.education_level,
        skills: skills.into_iter().filter(|skill| skill.mastery.level.is_some()).map(|skill| skill.skill).collect(),
    })
}

/// Keeps a new one, at revision 1.
pub fn insert(work: &mut Work<'_>, profile: Profile) -> Result<Profile> {
    let profile = Profile { revision: 1, ..profile };
    let row = Row::from(&profile);
    each!(work.conn, |c| diesel::insert_into(profiles::table).values(&row).execute(c))?;
    keep_rows(work, &profile)?;
    Ok(profile)
}

/// Keeps a changed one, if it is still the revision that was read.
pub fn save(work: &mut Work<'_>, profile: Profile) -> Result<Profile> {
    let seen = profile.revision;
    let profile = Profile { revision: seen + 1, ..profile };
    let row = Row::from(&profile);
    let changed = each!(work.conn, |c| diesel::update(
        profiles::table.filter(profiles::id.eq(row.id)).filter(profiles::revision.eq(seen))
    )
    .set(&row)
    .execute(c))?;
    if changed != 1 {
        return Err(PersistenceError::Stale { table: "profiles", id: row.id.0 });
    }
    let key = row.id;
    each!(work.conn, |c| {
        diesel::delete(profile_fields_of_work::table.filter(profile_fields_of_work::profile_id.eq(key))).execute(c)?;
        diesel::delete(profile_networks::table.filter(profile_networks::profile_id.eq(key))).execute(c)?;
        let hidden = profile_hidden_organisations::table.filter(profile_hidden_organisations::profile_id.eq(key));
        diesel::delete(hidden).execute(c)
    })?;
    keep_rows(work, &profile)?;
    offers::keep(work, &[profile.id])?;
    Ok(profile)
}

/// The ids of the next profiles.
pub(super) fn after(conn: &mut Conn, after: Key, limit: i64) -> Result<Vec<Key>> {
    Ok(each!(conn, |c| profiles::table
        .filter(profiles::id.gt(after))
        .order(profiles::id)
        .limit(limit)
        .select(profiles::id)
        .load(c))?)
}

fn keep_rows(work: &mut Work<'_>, profile: &Profile) -> Result<()> {
    let key = Key::from(profile.id);
    let fields: Vec<FieldRow> = (0..)
        .zip(&profile.details.fields_of_work)
        .map(|(position, name)| FieldRow { profile_id: key, position, name: name.clone(), search_text: fold(name) })
        .collect();
    let networks: Vec<_> = profile
        .visibility
        .networks
        .iter()
        .map(|network| {
            (
                profile_networks::profile_id.eq(key),
                profile_networks::network_id.eq(Key::from(*network)),
                profile_networks::person_id.eq(Key::from(profile.person)),
            )
        })
        .collect();
    let hidden: Vec<_> = profile
        .visibility
        .hidden_from
        .iter()
        .map(|organisation| {
            (
                profile_hidden_organisations::profile_id.eq(key),
                profile_hidden_organisations::organisation_id.eq(Key::from(*organisation)),
            )
        })
        .collect();
    each!(work.conn, |c| {
        diesel::insert_into(profile_fields_of_work::table).values(&fields).execute(c)?;
        diesel::insert_into(profile_networks::table).values(&networks).execute(c)?;
        diesel::insert_into(profile_hidden_organisations::table).values(&hidden).execute(c)
    })?;
    terms::keep(work.conn, &[key])
}

/// Those with these keys, in no particular order.
pub(super) fn whole_of(conn: &mut Conn, keys: &[Key]) -> Result<Vec<Profile>> {
    let rows = each!(conn, |c| profiles::table.filter(profiles::id.among(keys)).select(Row::as_select()).load(c))?;
    joined(conn, rows)
}

/// The profiles of these rows, in their order.
pub(super) fn whole(view: &mut View<'_>, rows: Vec<Row>) -> Result<Vec<Profile>> {
    joined(view.conn, rows)
}

fn joined(conn: &mut Conn, rows: Vec<Row>) -> Result<Vec<Profile>> {
    let keys: Vec<Key> = rows.iter().map(|row| row.id).collect();
    let mut found: HashMap<Key, Rows> = HashMap::new();
    let fields: Vec<FieldRow> = each!(conn, |c| profile_fields_of_work::table
        .filter(profile_fields_of_work::profile_id.among(&keys))
        .order((profile_fields_of_work::profile_id, profile_fields_of_work::position))
        .select(FieldRow::as_select())
        .load(c))?;
    for FieldRow { profile_id, position: _, name, search_text: _ } in fields {
        found.entry(profile_id).or_default().fields_of_work.push(name);
    }
    let networks: Vec<(Key, Key)> = each!(conn, |c| profile_networks::table
        .filter(profile_networks::profile_id.among(&keys))
        .order((profile_networks::profile_id, profile_networks::network_id))
        .select((profile_networks::profile_id, profile_networks::network_id))
        .load(c))?;
    for (profile, network) in networks {
        found.entry(profile).or_default().networks.push(network.to());
    }
    let hidden: Vec<(Key, Key)> = each!(conn, |c| profile_hidden_organisations::table
        .filter(profile_hidden_organisations::profile_id.among(&keys))
        .order((profile_hidden_organisations::profile_id, profile_hidden_organisations::organisation_id))
        .select((profile_hidden_organisations::profile_id, profile_hidden_organisations::organisation_id))
        .load(c))?;
    for (profile, organisation) in hidden {
        found.entry(profile).or_default().hidden_from.push(organisation.to());
    }
    rows.into_iter()
        .map(|row| {
            let rows = found.remove(&row.id).unwrap_or_default();
            row.into_profile(rows)
        })
        .collect()
}
