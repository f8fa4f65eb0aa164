//! Profiles that somebody may see: the rule of `domain::profiles::sight`, said in SQL, so that lists, pages and counts
//! hold nothing else. A test lays the two side by side.

use diesel::prelude::*;
use domain::parties::memberships::MembershipState;
use domain::parties::persons::PersonStatus;
use domain::profiles::profiles::{EntrepreneurshipLevel, Profile};
use domain::profiles::sight::Viewer;
use domain::profiles::visibility::VisibilityLevel;
use domain::search::{self, AskedWord};
use domain::vocabulary::EducationLevel;
use domain::{NetworkId, OrganisationId, SkillId, TextEnum, fold, local_date};

use super::profiles::{Row, whole};
use super::{terms, viewers};
use crate::among::AmongMethods as _;
use crate::columns::{At, Key};
use crate::page::newest_first;
use crate::schema::parties::{employments, memberships, persons};
use crate::schema::profiles::{
    availabilities, profile_fields_of_work, profile_hidden_organisations, profile_networks, profile_skills,
    profile_terms, profiles,
};
use crate::{Page, PageRequest, Result, View};

/// Which profiles are asked for; what is absent does not narrow.
#[derive(Debug, Clone, Default)]
pub struct ProfileFilter {
    /// Words that stand on the card or in a skill, all of them.
    pub search: Option<String>,
    /// A field of work, whole.
    pub field_of_work: Option<String>,
    /// A concept of the skill vocabulary.
    pub skill: Option<SkillId>,
    /// The level of education.
    pub education_level: Option<EducationLevel>,
    /// How far they are as an entrepreneurial civil servant.
    pub entrepreneurship_level: Option<EntrepreneurshipLevel>,
    /// A network in which they show themselves (V3), and in which the viewer looks for people.
    pub network: Option<NetworkId>,
    /// At least this many minutes per week, today or later.
    pub available_minutes_per_week: Option<i64>,
}

/// A viewer, as values for a statement.
pub(super) struct Eyes {
    pub(super) person: Option<Key>,
    /// Whose choice as an adviser counts: the viewer, if they have the role.
    pub(super) advises: Vec<Option<Key>>,
    pub(super) looks_for_people: bool,
    pub(super) organisations: Vec<Key>,
    /// The networks in which they look for people, each with its organisations.
    pub(super) places: Vec<(Key, Vec<Key>)>,
    pub(super) manages: Vec<Key>,
    pub(super) responders: Vec<Key>,
}

impl Eyes {
    pub(super) fn of(view: &mut View<'_>, viewer: &Viewer) -> Result<Self> {
        let Viewer {
            person,
            organisation: _, // only for the log
            organisations,
            looks_for_people,
            networks,
            is_mobility_adviser,
            is_platform_administrator,
            manages,
            responders,
        } = viewer;
        let person = person.map(Key::from);
        let networks: Vec<Key> = networks.iter().copied().map(Key::from).collect();
        Ok(Self {
            person,
            advises: person.filter(|_| *is_mobility_adviser).map(Some).into_iter().collect(),
            looks_for_people: *looks_for_people && !is_platform_administrator,
            organisations: organisations.iter().copied().map(Key::from).collect(),
            places: viewers::places_in(view, &networks)?,
            manages: manages.iter().copied().map(Key::from).collect(),
            responders: responders.iter().copied().map(Key::from).collect(),
        })
    }
}

/// The profiles that show themselves in one of these networks, of people who belong to it today. `places` holds each
/// network with its organisations.
macro_rules! showing_in {
    ($places:expr, $today:expr) => {{
        let nowhere: [Key; 0] = [];
        let mut query = profile_networks::table
            .filter(profile_networks::network_id.among(nowhere))
            .select(profile_networks::profile_id)
            .into_boxed();
        for (network, places) in $places {
            let employed = employments::table
                .filter(employments::organisation_id.among(places))
                .filter(employments::start_date.le($today))
                .filter(employments::end_date.is_null().or(employments::end_date.ge($today)))
                .select(employments::person_id);
            let members = memberships::table
                .filter(memberships::network_id.eq(*network))
                .filter(memberships::state.eq(MembershipState::Active.as_str()))
                .filter(memberships::person_id.is_not_null())
                .select(memberships::person_id.assume_not_null());
            let belongs = profile_networks::person_id.eq_any(employed).or(profile_networks::person_id.eq_any(members));
            query = query.or_filter(profile_networks::network_id.eq(*network).and(belongs));
        }
        query
    }};
}

/// Narrows a boxed query on profiles to those of other people that these eyes may see.
macro_rules! seen_by {
    ($query:expr, $eyes:expr, $now:expr, $today:expr) => {{
        let eyes: &Eyes = $eyes;
        let closed = persons::table.filter(persons::status.eq(PersonStatus::Closed.as_str())).select(persons::id);
        let hidden_from_me = profile_hidden_organisations::table
            .filter(profile_hidden_organisations::organisation_id.among(&eyes.organisations))
            .select(profile_hidden_organisations::profile_id);
        let hides =
            profile_hidden_organisations::table.filter(profile_hidden_organisations::profile_id.eq(profiles::id));
        let in_my_networks = showing_in!(&eyes.places, $today);
        let responded =
            profiles::level.ge(VisibilityLevel::V2.as_str()).and(profiles::person_id.among(&eyes.responders));
        let advised = profiles::level.ge(VisibilityLevel::V1.as_str()).and(profiles::adviser_id.among(&eyes.advises));
        let card = profiles::level
            .ge(VisibilityLevel::V4.as_str())
            .or(profiles::level.eq(VisibilityLevel::V3.as_str()).and(profiles::id.eq_any(in_my_networks)))
            .and(profiles::person_id.not_among(&eyes.manages))
            .and(eyes.looks_for_people.into_sql::<diesel::sql_types::Bool>());
        let public = profiles::level.eq(VisibilityLevel::V5.as_str()).and(diesel::dsl::not(diesel::dsl::exists(hides)));
        let shown = profiles::id.ne_all(hidden_from_me).and(card.or(public));
        let query = $query
            .filter(profiles::paused_until.is_null().or(profiles::paused_until.le(At($now))))
            .filter(profiles::person_id.ne_all(closed))
            .filter(responded.or(advised).or(shown));
        match eyes.person {
            Some(person) => query.filter(profiles::person_id.ne(person)),
            None => query,
        }
    }};
}

/// Of profiles that these eyes may see: whether they see more than the public card.
macro_rules! more_than_public {
    ($eyes:expr) => {{
        let eyes: &Eyes = $eyes;
        let is_client = profiles::person_id
            .not_among(&eyes.manages)
            .and(eyes.looks_for_people.into_sql::<diesel::sql_types::Bool>());
        profiles::level
            .ne(VisibilityLevel::V5.as_str())
            .or(profiles::person_id.among(&eyes.responders))
            .or(profiles::adviser_id.among(&eyes.advises))
            .or(is_client)
    }};
}

pub(super) use {more_than_public, seen_by, showing_in};

/// Narrows a boxed query to profiles that hold each of these words in any of its ways.
macro_rules! holding {
    ($query:expr, $words:expr) => {{
        let (mut query, words): (_, &[AskedWord]) = ($query, $words);
        for word in words {
            let mut holding = profile_terms::table.select(profile_terms::profile_id).into_boxed();
            for way in &word.ways {
                let mut spans = way.spans.iter();
                let Some(first) = spans.next() else { continue };
                let mut rest = None;
                for span in spans {
                    let held = profile_terms::table
                        .select(profile_terms::profile_id)
                        .filter(profile_terms::term.ge(span.from.clone()))
                        .filter(profile_terms::term.le(span.until.clone()))
                        .into_boxed();
                    rest = Some(match rest.take() {
                        Some(inner) => held.filter(profile_terms::profile_id.eq_any(inner)),
                        None => held,
                    });
                }
                // Each way begins with a range of the index: where one did not, all terms there are would be read.
                let begun = profile_terms::term.ge(first.from.clone()).and(profile_terms::term.le(first.until.clone()));
                holding = match rest {
                    Some(rest) => holding.or_filter(begun.and(profile_terms::profile_id.eq_any(rest))),
                    None => holding.or_filter(begun),
                };
            }
            query = query.filter(profiles::id.eq_any(holding));
        }
        query
    }};
}

/// The words as they are taken: one that no profile holds that these eyes see is taken for what is spelled nearly alike and
/// stands on one that they do. So what they may not see has no part in it.
fn taken(view: &mut View<'_>, eyes: &Eyes, words: Vec<AskedWord>) -> Result<Vec<AskedWord>> {
    let mut taken = Vec::new();
    for word in words {
        let mut found = word.clone();
        if !finds(view, eyes, std::slice::from_ref(&word))? {
            for near in terms::near(view, &word)? {
                let nearly = word.clone().or_nearly(near);
                if finds(view, eyes, std::slice::from_ref(&nearly))? {
                    found = nearly;
                    break;
                }
            }
        }
        taken.push(found);
    }
    Ok(taken)
}

/// Whether these eyes see any profile that holds all of these words.
fn finds(view: &mut View<'_>, eyes: &Eyes, words: &[AskedWord]) -> Result<bool> {
    let (now, today) = (view.now(), local_date(view.now()));
    let found: Option<Key> = each!(view.conn, |c| {
        let seen = seen_by!(profiles::table.select(profiles::id).into_boxed(), eyes, now, today);
        holding!(seen, words).first(c).optional()
    })?;
    Ok(found.is_some())
}

/// A page of the profiles of other people that a viewer may see. The order is that of the ids, which are drawn at
/// random: nobody stands before another for a reason.
pub fn list(
    view: &mut View<'_>,
    viewer: &Viewer,
    filter: &ProfileFilter,
    request: &PageRequest,
) -> Result<Page<Profile>> {
    let eyes = Eyes::of(view, viewer)?;
    let words = taken(view, &eyes, search::asked(filter.search.as_deref().unwrap_or_default()))?;
    let (now, today) = (view.now(), local_date(view.now()));
    let rows: Vec<Row> = each!(view.conn, |c| {
        let query = profiles::table.select(Row::as_select()).into_boxed();
        let query = seen_by!(query, &eyes, now, today);
        let mut query = holding!(query, &words);
        if let Some(field) = &filter.field_of_work {
            let working = profile_fields_of_work::table
                .filter(profile_fields_of_work::search_text.eq(fold(field)))
                .select(profile_fields_of_work::profile_id);
            query = query.filter(profiles::id.eq_any(working));
        }
        if let Some(skill) = filter.skill {
            let skilled = profile_skills::table
                .filter(profile_skills::skill_id.eq(Key::from(skill)))
                .select(profile_skills::profile_id);
            query = query.filter(profiles::id.eq_any(skilled));
        }
        if let Some(level) = filter.education_level {
            query = query.filter(profiles::education_level.eq(level.as_str()));
        }
        if let Some(level) = filter.entrepreneurship_level {
            query = query.filter(profiles::entrepreneurship_level.eq(level.as_str()));
        }
        if let Some(network) = filter.network {
            // Only of a network in which the viewer looks for people: of others nobody tells who shows themselves there.
            let mine = eyes.places.iter().filter(|(one, _)| *one == Key::from(network));
            let showing = showing_in!(mine.map(|(one, places)| (one, places)), today);
            query = query.filter(profiles::id.eq_any(showing));
        }
        if let Some(minutes) = filter.available_minutes_per_week {
            // The public card does not show it, so the filter must not tell it.
            query = query.filter(more_than_public!(&eyes));
            let available = availabilities::table
                .filter(availabilities::minutes_per_week.ge(minutes))
                .filter(availabilities::end_date.is_null().or(availabilities::end_date.ge(today)))
                .select(availabilities::profile_id);
            query = query.filter(profiles::id.eq_any(available));
        }
        newest_first!(query, request, profiles::id).load(c)
    })?;
    let found = whole(view, rows)?;
    Ok(request.page(found, |profile| (String::new(), profile.id.into())))
}

/// How many people of an organisation, and of those below it, show themselves in a network, as far as the one who asks may know: not those who
/// hide from an organisation of theirs, and not their own team.
pub fn count_visible_people(
    view: &mut View<'_>,
    network: NetworkId,
    organisation: OrganisationId,
    asker: &Viewer,
) -> Result<u32> {
    let eyes = Eyes::of(view, asker)?;
    let below = viewers::places_below(view, organisation)?;
    let places = viewers::places_in(view, &[Key::from(network)])?;
    let (now, today) = (view.now(), local_date(view.now()));
    let count: i64 = each!(view.conn, |c| {
        let employed = employments::table
            .filter(employments::organisation_id.among(&below))
            .filter(employments::start_date.le(today))
            .filter(employments::end_date.is_null().or(employments::end_date.ge(today)))
            .select(employments::person_id);
        let closed = persons::table.filter(persons::status.eq(PersonStatus::Closed.as_str())).select(persons::id);
        let hidden = profile_hidden_organisations::table
            .filter(profile_hidden_organisations::organisation_id.among(&eyes.organisations))
            .select(profile_hidden_organisations::profile_id);
        let showing = showing_in!(&places, today);
        let in_network = profiles::level.eq(VisibilityLevel::V3.as_str()).and(profiles::id.eq_any(showing));
        profiles::table
            .filter(profiles::person_id.eq_any(employed))
            .filter(profiles::person_id.ne_all(closed))
            .filter(profiles::person_id.not_among(&eyes.manages))
            .filter(profiles::id.ne_all(hidden))
            .filter(profiles::paused_until.is_null().or(profiles::paused_until.le(At(now))))
            .filter(profiles::level.ge(VisibilityLevel::V4.as_str()).or(in_network))
            .count()
            .get_result(c)
    })?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}
