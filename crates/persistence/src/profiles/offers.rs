//! What people have to offer, in a shape of its own: whoever saves a profile, a skill or an availability keeps it in the
//! same transaction. Matches find people here, so that nobody is found by what is gone.

use std::collections::HashMap;

use diesel::dsl::count_star;
use diesel::prelude::*;
use domain::profiles::offered::Offered;
use domain::profiles::profiles::Profile;
use domain::profiles::visibility::VisibilityLevel;
use domain::vocabulary::SkillReference;
use domain::{Moment, ProfileId, SkillId};
use uuid::Uuid;

use super::{availabilities, profile_skills, profiles};
use crate::among::AmongMethods as _;
use crate::columns::{Key, Place};
use crate::conn::Conn;
use crate::schema::profiles::{offered_skills, profile_offers};
use crate::weighed::Weighed;
use crate::{Result, View};

/// Under which name it is kept how offers are kept.
const LIST: &str = "profile_offers";
/// How offers are kept; a new way is a new number, and everything is kept again at the next start.
const WAY: &str = "1";
/// How many profiles are read again in one transaction.
const TOGETHER: i64 = 200;

#[derive(Insertable)]
#[diesel(table_name = profile_offers, treat_none_as_default_value = false, check_for_backend(Sqlite, Pg))]
struct OfferRow {
    profile_id: Key,
    offered: String,
}

#[derive(Insertable)]
#[diesel(table_name = offered_skills, treat_none_as_default_value = false, check_for_backend(Sqlite, Pg))]
struct SkillRow {
    skill_id: Key,
    profile_id: Key,
}

/// Keeps what these people offer, as it stands in the rows of their profiles now.
pub(super) fn keep(view: &mut View<'_>, ids: &[ProfileId]) -> Result<()> {
    let keys: Vec<Key> = ids.iter().copied().map(Key::from).collect();
    each!(view.conn, |c| {
        diesel::delete(profile_offers::table.filter(profile_offers::profile_id.among(&keys))).execute(c)?;
        diesel::delete(offered_skills::table.filter(offered_skills::profile_id.among(&keys))).execute(c)
    })?;
    let shown = profiles::find_many(view, ids)?;
    let shown: Vec<Profile> = shown.into_iter().filter(|one| one.visibility.level > VisibilityLevel::V0).collect();
    let ids: Vec<ProfileId> = shown.iter().map(|profile| profile.id).collect();
    let (mut skilled, mut available) = (HashMap::<_, Vec<_>>::new(), HashMap::<_, Vec<_>>::new());
    for skill in profile_skills::of_profiles(view, &ids)? {
        skilled.entry(skill.profile).or_default().push((skill.skill, skill.mastery));
    }
    for availability in availabilities::of_profiles(view, &ids)? {
        available.entry(availability.profile).or_default().push(availability.terms);
    }
    let (mut offers, mut skills) = (Vec::new(), Vec::new());
    for profile in shown {
        let key = Key::from(profile.id);
        let offered = Offered {
            education: profile.details.education_level,
            skills: skilled.remove(&profile.id).unwrap_or_default(),
            interests: profile.details.interests,
            availabilities: available.remove(&profile.id).unwrap_or_default(),
        };
        if profile.visibility.level >= VisibilityLevel::V3 {
            skills.extend(offered.skills.iter().filter_map(|(skill, _)| match skill {
                SkillReference::Concept(id) => Some(SkillRow { skill_id: (*id).into(), profile_id: key }),
                SkillReference::FreeText(_) => None,
            }));
        }
        let offered = serde_json::to_string(&offered).map_err(|_| Place::new("profiles", key).corrupt("offered"))?;
        offers.push(OfferRow { profile_id: key, offered });
    }
    insert_all!(view.conn, profile_offers::table, &offers)?;
    Ok(insert_all!(view.conn, offered_skills::table, &skills)?)
}

/// How many people who show themselves to clients state each of these skills; those that nobody states are left out.
pub fn counts(view: &mut View<'_>, skills: &[SkillId]) -> Result<Vec<(SkillId, i64)>> {
    let rows: Vec<(Key, i64)> = each!(view.conn, |c| offered_skills::table
        .filter(offered_skills::skill_id.among(skills.iter().copied().map(Key::from)))
        .group_by(offered_skills::skill_id)
        .select((offered_skills::skill_id, count_star()))
        .load(c))?;
    Ok(rows.into_iter().map(|(skill, count)| (skill.to(), count)).collect())
}

/// Those of everybody who shows themselves to clients whose skills weigh most together, by id where they weigh as much:
/// some, after as many as were had before.
pub(super) fn heaviest(
    view: &mut View<'_>,
    weights: &[(Key, i64)],
    limit: i64,
    before: i64,
) -> Result<Vec<(Key, i64)>> {
    let weighed = Weighed { column: offered_skills::skill_id, weights };
    Ok(each!(view.conn, |c| offered_skills::table
        .filter(offered_skills::skill_id.among(weights.iter().map(|(skill, _)| *skill)))
        .group_by(offered_skills::profile_id)
        .select((offered_skills::profile_id, weighed.clone()))
        .order((weighed.clone().desc(), offered_skills::profile_id))
        .limit(limit)
        .offset(before)
        .load(c))?)
}

/// What these people offer, in no particular order.
pub(super) fn of_profiles(view: &mut View<'_>, keys: &[Key]) -> Result<Vec<(Key, Offered)>> {
    let rows: Vec<(Key, String)> = each!(view.conn, |c| profile_offers::table
        .filter(profile_offers::profile_id.among(keys))
        .select((profile_offers::profile_id, profile_offers::offered))
        .load(c))?;
    let read = |(key, text): (Key, String)| {
        let offered = serde_json::from_str(&text).map_err(|_| Place::new("profile_offers", key).corrupt("offered"))?;
        Ok((key, offered))
    };
    rows.into_iter().map(read).collect()
}

/// Keeps all offers again where they are kept in another way than they were.
pub(crate) fn refresh(conn: &mut Conn) -> Result<()> {
    crate::refresh::refresh(conn, LIST, WAY, |conn, after| {
        let keys = profiles::after(conn, after.unwrap_or(Key(Uuid::nil())), TOGETHER)?;
        let ids: Vec<ProfileId> = keys.iter().map(|key| key.to()).collect();
        // What is kept does not depend on the moment.
        keep(&mut View::at(conn, Moment::UNIX_EPOCH), &ids)?;
        Ok(keys.last().copied())
    })
}
