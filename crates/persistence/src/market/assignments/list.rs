//! Lists of assignments: who sees what is decided in the statement, so that pages and totals are true.

use diesel::dsl::exists;
use diesel::prelude::*;
use domain::market::assignments::{Assignment, AssignmentSort, AssignmentState, Sight};
use domain::market::publication_rings::{Reach, Ring};
use domain::search::AskedWord;
use domain::{AssignmentId, Identifier, PersonId, SkillId, TextEnum, fold};

use super::filter::AssignmentFilter;
use super::row::{Row, listed_at};
use super::sought::{Sought, ranked, sought};
use super::whole;
use crate::among::AmongMethods as _;
use crate::columns::{At, Instant, Key};
use crate::page::{by_moment, by_soonest, moment_key};
use crate::schema::market::{
    assignment_co_owners, assignment_education_levels, assignment_interests, assignment_ring_networks,
    assignment_rings, assignment_skills, assignment_terms, assignments,
};
use crate::schema::parties::organisations;
use crate::{Page, PageRequest, Result, View};

/// Later than every deadline: where those stand that have none.
const NEVER: At = At(chrono::DateTime::<chrono::Utc>::MAX_UTC);

#[diesel::declare_sql_function]
extern "SQL" {
    /// The first, or else the second.
    fn coalesce(first: diesel::sql_types::Nullable<Instant>, second: Instant) -> Instant;
}

/// How many there are, counted up to a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Total {
    /// How many were counted.
    pub count: u32,
    /// Whether there are more.
    pub is_capped: bool,
}

macro_rules! open_now {
    ($now:expr) => {
        assignments::state.eq(AssignmentState::Open.as_str()).and(assignments::deadline.gt($now))
    };
}

/// Whether a ring is open now that admits somebody of this reach: the statement of `Assignment::is_inside`.
macro_rules! inside {
    ($reach:expr, $now:expr) => {{
        let (reach, now): (&Reach, At) = ($reach, $now);
        let named = assignment_ring_networks::table
            .filter(assignment_ring_networks::assignment_id.eq(assignment_rings::assignment_id))
            .filter(assignment_ring_networks::ring.eq(assignment_rings::ring))
            .filter(assignment_ring_networks::network_id.among(keys(&reach.networks)));
        let of_the_organisation = assignment_rings::ring
            .ne(Ring::Unit.as_str())
            .and(assignments::organisation_id.among(keys(&reach.organisations)));
        let open = assignment_rings::table
            .filter(assignment_rings::assignment_id.eq(assignments::id))
            .filter(assignment_rings::opens_at.le(now))
            .filter(assignment_rings::closes_at.is_null().or(assignment_rings::closes_at.gt(now)))
            .filter(
                assignment_rings::ring
                    .among(rings_open_to(reach))
                    .or(of_the_organisation)
                    .or(assignments::unit_id.among(keys(&reach.units)))
                    .or(exists(named)),
            );
        assignments::published_at.is_not_null().and(exists(open))
    }};
}

macro_rules! narrowed {
    ($query:expr, $filter:expr) => {{
        let (mut query, filter) = ($query, $filter);
        if let Some(organisation) = filter.organisation {
            query = query.filter(assignments::organisation_id.eq(Key::from(organisation)));
        }
        if let Some(network) = filter.network {
            let named = assignment_ring_networks::table
                .filter(assignment_ring_networks::assignment_id.eq(assignments::id))
                .filter(assignment_ring_networks::network_id.eq(Key::from(network)));
            query = query.filter(exists(named));
        }
        if let Some(region) = &filter.region {
            query = query.filter(assignments::region_text.eq(fold(region)));
        }
        if let Some(layer) = filter.layer {
            let of_layer =
                organisations::table.filter(organisations::layer.eq(layer.as_str())).select(organisations::id);
            query = query.filter(assignments::organisation_id.eq_any(of_layer));
        }
        if let Some(scale_level) = filter.scale_level {
            query = query.filter(assignments::scale_level.eq(scale_level.as_str()));
        }
        if let Some(kind) = filter.kind {
            query = query.filter(assignments::kind.eq(kind.as_str()));
        }
        if let Some(skill) = filter.skill {
            let asked = assignment_skills::table
                .filter(assignment_skills::assignment_id.eq(assignments::id))
                .filter(assignment_skills::skill_id.eq(Key::from(skill)));
            query = query.filter(exists(asked));
        }
        if let Some(level) = filter.education_level {
            let any = assignment_education_levels::table
                .filter(assignment_education_levels::assignment_id.eq(assignments::id));
            let this = any.filter(assignment_education_levels::level.eq(level.as_str()));
            query = query.filter(exists(this).or(diesel::dsl::not(exists(any))));
        }
        if let Some(minutes) = filter.minimum_minutes_per_week {
            query = query.filter(assignments::weekly_minutes.ge(minutes));
        }
        if let Some(minutes) = filter.maximum_minutes_per_week {
            query = query.filter(assignments::weekly_minutes.le(minutes));
        }
        if let Some(day) = filter.starts_from {
            query = query.filter(assignments::start_date.ge(day));
        }
        if let Some(day) = filter.ends_before {
            query = query.filter(assignments::end_date.le(day));
        }
        if let Some(basis) = filter.charge_basis {
            query = query.filter(assignments::charge_basis.eq(basis.as_str()));
        }
        if let Some(remote) = filter.remote {
            query = query.filter(assignments::remote.eq(remote.as_str()));
        }
        if let Some(label) = &filter.programme_label {
            query = query.filter(assignments::programme_text.eq(fold(label)));
        }
        query
    }};
}

/// Narrows a boxed query to klussen that hold each of these words in any of its ways.
macro_rules! holding {
    ($query:expr, $words:expr) => {{
        let (mut query, words): (_, &[AskedWord]) = ($query, $words);
        for word in words {
            let mut holding = assignment_terms::table.select(assignment_terms::assignment_id).into_boxed();
            for way in &word.ways {
                let mut spans = way.spans.iter();
                let Some(first) = spans.next() else { continue };
                let mut rest = None;
                for span in spans {
                    let held = assignment_terms::table
                        .select(assignment_terms::assignment_id)
                        .filter(assignment_terms::term.ge(span.from.clone()))
                        .filter(assignment_terms::term.le(span.until.clone()))
                        .into_boxed();
                    rest = Some(match rest.take() {
                        Some(inner) => held.filter(assignment_terms::assignment_id.eq_any(inner)),
                        None => held,
                    });
                }
                // Each way begins with a range of the index: where one did not, all terms there are would be read.
                let begun =
                    assignment_terms::term.ge(first.from.clone()).and(assignment_terms::term.le(first.until.clone()));
                holding = match rest {
                    Some(rest) => holding.or_filter(begun.and(assignment_terms::assignment_id.eq_any(rest))),
                    None => holding.or_filter(begun),
                };
            }
            query = query.filter(assignments::id.eq_any(holding));
        }
        query
    }};
}

/// The boxed query of everything that is asked for and may be seen, not yet ordered.
macro_rules! matching {
    ($filter:expr, $sought:expr, $sight:expr, $co_owned:expr, $now:expr) => {{
        let (filter, sought, sight, now): (&AssignmentFilter, &Sought, &Sight, At) = ($filter, $sought, $sight, $now);
        let co_owned: &[Key] = $co_owned;
        let is_open = filter.is_of_open_ones();
        let mut query = assignments::table.into_boxed();
        if !sight.moderates {
            query = if is_open {
                query.filter(inside!(&sight.reach, now))
            } else {
                query.filter(assignments::id.among(Vec::<Key>::new()))
            };
            if let Some(person) = sight.person {
                query = query.or_filter(assignments::owner_id.eq(Key::from(person)));
                query = query.or_filter(assignments::id.among(co_owned));
            }
            if !sight.administers.is_empty() {
                query = query.or_filter(assignments::organisation_id.among(keys(&sight.administers)));
            }
            if !is_open && !sight.coordinates.is_empty() {
                let named = assignment_ring_networks::table
                    .filter(assignment_ring_networks::assignment_id.eq(assignments::id))
                    .filter(assignment_ring_networks::network_id.among(keys(&sight.coordinates)));
                let in_review = assignments::state.eq(AssignmentState::InReview.as_str());
                query = query.or_filter(in_review.and(exists(named)));
            }
        }
        if let Some(person) = filter.owned_by {
            let own = assignments::owner_id.eq(Key::from(person));
            query = query.filter(own.or(assignments::id.among(co_owned)));
        }
        let is_past = assignments::deadline.le(now).assume_not_null();
        query = match filter.state {
            Some(AssignmentState::Open) => query.filter(open_now!(now)),
            None if is_open => query.filter(open_now!(now)),
            None => query,
            Some(AssignmentState::Closed) => {
                let overdue = assignments::state.eq(AssignmentState::Open.as_str()).and(is_past);
                query.filter(assignments::state.eq(AssignmentState::Closed.as_str()).or(overdue))
            }
            Some(state) => query.filter(assignments::state.eq(state.as_str())),
        };
        if let Some(only) = &sought.only {
            query = query.filter(assignments::id.eq_any(only.keys().copied()));
        }
        narrowed!(holding!(query, &sought.needed), filter)
    }};
}
pub(super) use {holding, inside, matching, narrowed, open_now};

/// A page of assignments: what is asked for, as far as it is seen from here.
pub fn list(
    view: &mut View<'_>,
    filter: &AssignmentFilter,
    sight: &Sight,
    request: &PageRequest,
) -> Result<Page<Assignment>> {
    let sought = sought(view, filter, sight)?;
    list_sought(view, filter, &sought, sight, request)
}

/// A page of assignments, where it is known already what the words find.
pub fn list_sought(
    view: &mut View<'_>,
    filter: &AssignmentFilter,
    sought: &Sought,
    sight: &Sight,
    request: &PageRequest,
) -> Result<Page<Assignment>> {
    let sort = match filter.sort {
        None | Some(AssignmentSort::Relevance) if sought.is_of_words() => {
            return ranked(view, filter, sought, sight, request);
        }
        sort => sort,
    };
    let (now, co_owned) = (At(view.now()), co_owned_by(view, sight.person)?);
    let rows: Vec<Row> = each!(view.conn, |c| {
        let query = matching!(filter, sought, sight, &co_owned, now).select(Row::as_select());
        if sort == Some(AssignmentSort::Deadline) {
            by_soonest!(query, request, coalesce(assignments::deadline, NEVER), assignments::id).load(c)
        } else {
            by_moment!(query, request, assignments::listed_at, assignments::id).load(c)
        }
    })?;
    let found = whole(view, rows)?;
    let place = |assignment: &Assignment| match sort {
        Some(AssignmentSort::Deadline) => assignment.deadline.map_or(NEVER, At),
        _ => listed_at(assignment),
    };
    Ok(request.page(found, |assignment| (moment_key(place(assignment)), assignment.id.into())))
}

/// What open klussen within a reach share with somebody: each skill of theirs that a klus asks, and each klus that speaks
/// to one of these interests (folded). Those of their own are left out.
pub fn sharing(
    view: &mut View<'_>,
    person: Option<PersonId>,
    reach: &Reach,
    skills: &[SkillId],
    interests: &[String],
) -> Result<(Vec<(AssignmentId, SkillId)>, Vec<AssignmentId>)> {
    let (now, skills, own) = (At(view.now()), keys(skills), person.map(Key::from));
    let co_owned = co_owned_by(view, person)?;
    let sight = Sight { reach: reach.clone(), ..Sight::default() };
    let (filter, sought) = (AssignmentFilter::default(), Sought::default());
    macro_rules! open_to_them {
        () => {
            matching!(&filter, &sought, &sight, &[], now)
                .filter(assignments::owner_id.not_among(own))
                .filter(assignments::id.not_among(&co_owned))
                .select(assignments::id)
        };
    }
    let skilled: Vec<(Key, Option<Key>)> = each!(view.conn, |c| assignment_skills::table
        .filter(assignment_skills::skill_id.among(skills.iter().copied().map(Some)))
        .filter(assignment_skills::assignment_id.eq_any(open_to_them!()))
        .select((assignment_skills::assignment_id, assignment_skills::skill_id))
        .load(c))?;
    let interesting: Vec<Key> = each!(view.conn, |c| assignment_interests::table
        .filter(assignment_interests::interest_text.among(interests))
        .filter(assignment_interests::assignment_id.eq_any(open_to_them!()))
        .select(assignment_interests::assignment_id)
        .load(c))?;
    let skilled = skilled.into_iter().filter_map(|(id, skill)| Some((id.to(), skill?.to())));
    Ok((skilled.collect(), interesting.into_iter().map(Key::to).collect()))
}

/// How many there are of what a list would show, counted up to a limit.
pub fn count(
    view: &mut View<'_>,
    filter: &AssignmentFilter,
    sought: &Sought,
    sight: &Sight,
    limit: u32,
) -> Result<Total> {
    let (now, co_owned) = (At(view.now()), co_owned_by(view, sight.person)?);
    let ids: Vec<Key> = each!(view.conn, |c| matching!(filter, sought, sight, &co_owned, now)
        .select(assignments::id)
        .limit(i64::from(limit) + 1)
        .load(c))?;
    let counted = u32::try_from(ids.len()).unwrap_or(u32::MAX);
    Ok(Total { count: counted.min(limit), is_capped: counted > limit })
}

/// The rings that admit somebody of this reach to a klus of whatever organisation.
pub(super) fn rings_open_to(reach: &Reach) -> Vec<&'static str> {
    let is_connected = reach.federated || !reach.networks.is_empty();
    [(Ring::Federation, is_connected), (Ring::AllGovernment, is_connected || reach.civil_servant), (Ring::Public, true)]
        .into_iter()
        .filter_map(|(ring, admits)| admits.then_some(ring.as_str()))
        .collect()
}

pub(super) fn co_owned_by(view: &mut View<'_>, person: Option<PersonId>) -> Result<Vec<Key>> {
    let Some(person) = person else { return Ok(Vec::new()) };
    Ok(each!(view.conn, |c| assignment_co_owners::table
        .filter(assignment_co_owners::person_id.eq(Key::from(person)))
        .select(assignment_co_owners::assignment_id)
        .load(c))?)
}

pub(super) fn keys<I: Identifier>(ids: &[I]) -> Vec<Key> {
    ids.iter().copied().map(Key::from).collect()
}
