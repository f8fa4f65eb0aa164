//! People whose skills suit, of those that a viewer may see.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;
use domain::parties::memberships::MembershipState;
use domain::parties::persons::PersonStatus;
use domain::profiles::offered::Offered;
use domain::profiles::sight::Viewer;
use domain::profiles::visibility::VisibilityLevel;
use domain::{ProfileId, SkillId, TextEnum, local_date};

use super::offers;
use super::visible::{Eyes, more_than_public, seen_by, showing_in};
use crate::among::AmongMethods as _;
use crate::columns::{At, Key};
use crate::schema::parties::{employments, memberships, persons};
use crate::schema::profiles::{profile_hidden_organisations, profile_networks, profile_skills, profiles};
use crate::{Result, View};

/// How often more are looked at where many of those found are shown to others only.
const TURNS: i64 = 5;

/// The profiles of other people that a viewer may see whose skills weigh most together, at most so many; by id where they
/// weigh as much.
pub fn most(view: &mut View<'_>, viewer: &Viewer, weights: &[(SkillId, i64)], limit: usize) -> Result<Vec<ProfileId>> {
    if weights.is_empty() {
        return Ok(Vec::new());
    }
    let eyes = Eyes::of(view, viewer)?;
    let weights: Vec<(Key, i64)> = weights.iter().map(|(skill, weight)| (Key::from(*skill), *weight)).collect();
    let mut found = confided(view, &eyes, &weights)?;
    let at_once = i64::try_from(2 * limit).unwrap_or(i64::MAX);
    for turn in 0..TURNS {
        let some = offers::heaviest(view, &weights, at_once, turn * at_once)?;
        let is_last = some.len() < 2 * limit;
        // Who shows themselves to clients shows themselves to some of them only: the rule decides.
        let keys: Vec<Key> = some.iter().map(|(key, _)| *key).collect();
        let seen: HashSet<Key> = among_seen(view, &eyes, &keys)?.into_iter().collect();
        found.extend(some.into_iter().filter(|(key, _)| seen.contains(key)));
        if is_last || found.len() >= limit {
            break;
        }
    }
    found.sort_unstable_by_key(|(key, weight)| (-weight, *key));
    found.dedup();
    found.truncate(limit);
    Ok(found.into_iter().map(|(key, _)| key.to()).collect())
}

fn among_seen(view: &mut View<'_>, eyes: &Eyes, keys: &[Key]) -> Result<Vec<Key>> {
    let (now, today) = (view.now(), local_date(view.now()));
    Ok(each!(view.conn, |c| {
        let query = profiles::table.filter(profiles::id.among(keys)).select(profiles::id).into_boxed();
        seen_by!(query, eyes, now, today).load(c)
    })?)
}

/// What the skills weigh of those who confide in the viewer, and perhaps in no client.
fn confided(view: &mut View<'_>, eyes: &Eyes, weights: &[(Key, i64)]) -> Result<Vec<(Key, i64)>> {
    if eyes.advises.is_empty() && eyes.responders.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<(Key, Option<Key>)> = each!(view.conn, |c| profile_skills::table
        .inner_join(profiles::table.on(profiles::id.eq(profile_skills::profile_id)))
        .filter(profile_skills::skill_id.among(weights.iter().map(|(skill, _)| Some(*skill))))
        .filter(
            profiles::adviser_id
                .among(&eyes.advises)
                .or(profiles::person_id.nullable().among(eyes.responders.iter().copied().map(Some)))
        )
        .select((profiles::id, profile_skills::skill_id))
        .load(c))?;
    let weights: HashMap<Key, i64> = weights.iter().copied().collect();
    let mut sums: HashMap<Key, i64> = HashMap::new();
    for (profile, skill) in rows {
        *sums.entry(profile).or_default() += skill.and_then(|skill| weights.get(&skill)).copied().unwrap_or_default();
    }
    let keys: Vec<Key> = sums.keys().copied().collect();
    let seen = among_seen(view, eyes, &keys)?;
    Ok(seen.into_iter().filter_map(|key| Some((key, *sums.get(&key)?))).collect())
}

/// What these people, whom the viewer may see, offer as far as it is shown to them; in the same order.
pub fn offered(view: &mut View<'_>, viewer: &Viewer, ids: &[ProfileId]) -> Result<Vec<(ProfileId, Offered)>> {
    let eyes = Eyes::of(view, viewer)?;
    let keys: Vec<Key> = ids.iter().copied().map(Key::from).collect();
    let mut offers: HashMap<Key, Offered> = offers::of_profiles(view, &keys)?.into_iter().collect();
    let more: HashSet<Key> = each!(view.conn, |c| {
        let query = profiles::table.filter(profiles::id.among(&keys)).select(profiles::id).into_boxed();
        query.filter(more_than_public!(&eyes)).load::<Key>(c)
    })?
    .into_iter()
    .collect();
    let offered = keys.into_iter().filter_map(|key| {
        let offered = offers.remove(&key)?;
        // The public card does not tell when somebody is available.
        let availabilities = if more.contains(&key) { offered.availabilities } else { Vec::new() };
        Some((key.to(), Offered { availabilities, ..offered }))
    });
    Ok(offered.collect())
}
