//! What belongs to an assignment and has rows of its own. Saving an assignment replaces them.

use std::collections::{BTreeSet, HashMap};

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use domain::market::assignments::{Assignment, AssignmentState};
use domain::market::publication_rings::{PlannedRing, Ring};
use domain::vocabulary::{EducationLevel, SkillReference};
use domain::{AssignmentId, Moment, PersonId, TextEnum as _, fold};

use super::terms;
use crate::among::AmongMethods as _;
use crate::columns::{At, Key, Place, to_json};
use crate::schema::market::{
    assignment_co_owners, assignment_education_levels, assignment_interests, assignment_ring_networks,
    assignment_rings, assignment_skills, assignment_terms, assignment_texts,
};
use crate::{Result, View, Work};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = assignment_texts, treat_none_as_default_value = false)]
#[diesel(check_for_backend(Sqlite, Pg))]
pub(super) struct TextRow {
    pub(super) assignment_id: Key,
    pub(super) description: String,
    pub(super) intended_result: Option<String>,
    pub(super) deliverables: serde_json::Value,
    pub(super) planning: Option<String>,
    pub(super) location: Option<String>,
    pub(super) review_remarks: Option<String>,
    pub(super) ending_note: Option<String>,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = assignment_co_owners, treat_none_as_default_value = false)]
#[diesel(check_for_backend(Sqlite, Pg))]
struct CoOwnerRow {
    assignment_id: Key,
    place: i64,
    person_id: Key,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = assignment_rings, treat_none_as_default_value = false)]
#[diesel(check_for_backend(Sqlite, Pg))]
struct RingRow {
    assignment_id: Key,
    ring: String,
    place: i64,
    opens_at: At,
    closes_at: Option<At>,
    reason: Option<String>,
    set_by: Key,
    announce_at: Option<At>,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = assignment_ring_networks, treat_none_as_default_value = false)]
#[diesel(check_for_backend(Sqlite, Pg))]
struct RingNetworkRow {
    assignment_id: Key,
    ring: String,
    network_id: Key,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = assignment_skills, treat_none_as_default_value = false)]
#[diesel(check_for_backend(Sqlite, Pg))]
struct SkillRow {
    assignment_id: Key,
    place: i64,
    is_required: bool,
    skill_id: Option<Key>,
    label: Option<String>,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = assignment_education_levels, treat_none_as_default_value = false)]
#[diesel(check_for_backend(Sqlite, Pg))]
struct LevelRow {
    assignment_id: Key,
    level: String,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = assignment_interests, treat_none_as_default_value = false)]
#[diesel(check_for_backend(Sqlite, Pg))]
struct InterestRow {
    assignment_id: Key,
    place: i64,
    interest: String,
    interest_text: String,
}

/// Required and preferred skills.
type Skills = (Vec<SkillReference>, Vec<SkillReference>);

/// Everything that belongs to some assignments, by assignment.
#[derive(Default)]
pub(super) struct Parts {
    pub(super) texts: HashMap<Key, TextRow>,
    pub(super) co_owners: HashMap<Key, Vec<PersonId>>,
    pub(super) rings: HashMap<Key, Vec<PlannedRing>>,
    pub(super) skills: HashMap<Key, Skills>,
    pub(super) education_levels: HashMap<Key, Vec<EducationLevel>>,
    pub(super) interests: HashMap<Key, Vec<String>>,
}

/// A ring as it was kept before a change.
pub(super) struct KeptRing {
    ring: Ring,
    announce_at: Option<Moment>,
}

impl Parts {
    /// Loads what belongs to these assignments, one statement for each kind.
    pub(super) fn load(view: &mut View<'_>, keys: &[Key]) -> Result<Self> {
        let mut parts = Self::default();
        if keys.is_empty() {
            return Ok(parts);
        }
        let texts: Vec<TextRow> = each!(view.conn, |c| assignment_texts::table
            .filter(assignment_texts::assignment_id.among(keys))
            .select(TextRow::as_select())
            .load(c))?;
        parts.texts = texts.into_iter().map(|row| (row.assignment_id, row)).collect();
        let owners: Vec<CoOwnerRow> = each!(view.conn, |c| assignment_co_owners::table
            .filter(assignment_co_owners::assignment_id.among(keys))
            .order(assignment_co_owners::place)
            .select(CoOwnerRow::as_select())
            .load(c))?;
        for CoOwnerRow { assignment_id, place: _, person_id } in owners {
            parts.co_owners.entry(assignment_id).or_default().push(person_id.to());
        }
        parts.load_rings(view, keys)?;
        parts.load_wishes(view, keys)?;
        Ok(parts)
    }

    fn load_rings(&mut self, view: &mut View<'_>, keys: &[Key]) -> Result<()> {
        let rings: Vec<RingRow> = each!(view.conn, |c| assignment_rings::table
            .filter(assignment_rings::assignment_id.among(keys))
            .order(assignment_rings::place)
            .select(RingRow::as_select())
            .load(c))?;
        let naming: Vec<Key> =
            rings.iter().filter(|row| row.ring == Ring::Network.as_str()).map(|row| row.assignment_id).collect();
        let networks: Vec<RingNetworkRow> = if naming.is_empty() {
            Vec::new()
        } else {
            each!(view.conn, |c| assignment_ring_networks::table
                .filter(assignment_ring_networks::assignment_id.among(&naming))
                .order(assignment_ring_networks::network_id)
                .select(RingNetworkRow::as_select())
                .load(c))?
        };
        let mut named: HashMap<(Key, String), Vec<_>> = HashMap::new();
        for RingNetworkRow { assignment_id, ring, network_id } in networks {
            named.entry((assignment_id, ring)).or_default().push(network_id.to());
        }
        for row in rings {
            let RingRow { assignment_id, ring, place: _, opens_at, closes_at, reason, set_by, announce_at: _ } = row;
            let planned = PlannedRing {
                ring: Place::new("assignment_rings", assignment_id).value("ring", &ring)?,
                opens_at: opens_at.0,
                closes_at: closes_at.map(|at| at.0),
                networks: named.remove(&(assignment_id, ring)).unwrap_or_default(),
                reason,
                set_by: set_by.to(),
            };
            self.rings.entry(assignment_id).or_default().push(planned);
        }
        Ok(())
    }

    pub(super) fn load_wishes(&mut self, view: &mut View<'_>, keys: &[Key]) -> Result<()> {
        let skills: Vec<SkillRow> = each!(view.conn, |c| assignment_skills::table
            .filter(assignment_skills::assignment_id.among(keys))
            .order(assignment_skills::place)
            .select(SkillRow::as_select())
            .load(c))?;
        for SkillRow { assignment_id, place: _, is_required, skill_id, label } in skills {
            let skill = match (skill_id, label) {
                (Some(id), _) => SkillReference::Concept(id.to()),
                (None, label) => SkillReference::FreeText(label.unwrap_or_default()),
            };
            let (required, preferred) = self.skills.entry(assignment_id).or_default();
            if is_required { required.push(skill) } else { preferred.push(skill) }
        }
        let levels: Vec<LevelRow> = each!(view.conn, |c| assignment_education_levels::table
            .filter(assignment_education_levels::assignment_id.among(keys))
            .select(LevelRow::as_select())
            .load(c))?;
        for LevelRow { assignment_id, level } in levels {
            let level = Place::new("assignment_education_levels", assignment_id).value("level", &level)?;
            self.education_levels.entry(assignment_id).or_default().push(level);
        }
        self.education_levels.values_mut().for_each(|levels| levels.sort_unstable());
        let interests: Vec<InterestRow> = each!(view.conn, |c| assignment_interests::table
            .filter(assignment_interests::assignment_id.among(keys))
            .order(assignment_interests::place)
            .select(InterestRow::as_select())
            .load(c))?;
        for InterestRow { assignment_id, place: _, interest, interest_text: _ } in interests {
            self.interests.entry(assignment_id).or_default().push(interest);
        }
        Ok(())
    }
}

impl KeptRing {
    /// The rings of an assignment as they are kept now.
    pub(super) fn of(view: &mut View<'_>, id: AssignmentId) -> Result<Vec<Self>> {
        let rows: Vec<(String, Option<At>)> = each!(view.conn, |c| assignment_rings::table
            .filter(assignment_rings::assignment_id.eq(Key::from(id)))
            .select((assignment_rings::ring, assignment_rings::announce_at))
            .load(c))?;
        let place = Place::new("assignment_rings", id.into());
        rows.into_iter()
            .map(|(ring, at)| Ok(Self { ring: place.value("ring", &ring)?, announce_at: at.map(|at| at.0) }))
            .collect()
    }
}

/// Forgets what belongs to an assignment.
pub(super) fn clear(work: &mut Work<'_>, id: AssignmentId) -> Result<()> {
    let key = Key::from(id);
    macro_rules! clear {
        ($($table:ident)+) => {$(
            each!(work.conn, |c| diesel::delete($table::table.filter($table::assignment_id.eq(key))).execute(c))?;
        )+};
    }
    clear!(assignment_texts assignment_terms assignment_co_owners assignment_ring_networks assignment_rings);
    clear!(assignment_skills assignment_education_levels assignment_interests);
    Ok(())
}

/// Keeps what belongs to an assignment. `before` are its rings as they were, if it was published already.
pub(super) fn keep(work: &mut Work<'_>, assignment: &Assignment, before: &[KeptRing]) -> Result<()> {
    let key = Key::from(assignment.id);
    let texts = texts_of(assignment);
    each!(work.conn, |c| diesel::insert_into(assignment_texts::table).values(&texts).execute(c))?;
    let owners: Vec<_> = (0..)
        .zip(&assignment.co_owners)
        .map(|(place, person)| CoOwnerRow { assignment_id: key, place, person_id: (*person).into() })
        .collect();
    each!(work.conn, |c| diesel::insert_into(assignment_co_owners::table).values(&owners).execute(c))?;
    keep_rings(work, assignment, before)?;
    keep_wishes(work, assignment)?;
    terms::keep(work.conn, &[key])
}

fn keep_rings(work: &mut Work<'_>, assignment: &Assignment, before: &[KeptRing]) -> Result<()> {
    let (key, now) = (Key::from(assignment.id), work.now());
    let planned = assignment.plan.iter().flat_map(|plan| &plan.rings);
    let (mut rings, mut networks) = (Vec::new(), Vec::new());
    for (place, planned) in (0..).zip(planned) {
        let announce_at = is_to_announce(assignment, planned, before, now).then_some(At(planned.opens_at));
        let PlannedRing { ring, opens_at, closes_at, networks: named, reason, set_by } = planned;
        rings.push(RingRow {
            assignment_id: key,
            ring: ring.to_string(),
            place,
            opens_at: At(*opens_at),
            closes_at: closes_at.map(At),
            reason: reason.clone(),
            set_by: (*set_by).into(),
            announce_at,
        });
        let named: BTreeSet<Key> = named.iter().copied().map(Key::from).collect();
        networks.extend(named.into_iter().map(|network_id| RingNetworkRow {
            assignment_id: key,
            ring: ring.to_string(),
            network_id,
        }));
    }
    each!(work.conn, |c| diesel::insert_into(assignment_rings::table).values(&rings).execute(c))?;
    each!(work.conn, |c| diesel::insert_into(assignment_ring_networks::table).values(&networks).execute(c))?;
    Ok(())
}

/// Whether the clock still has to tell that this ring opened. What opens with the publication is told with it.
fn is_to_announce(assignment: &Assignment, planned: &PlannedRing, before: &[KeptRing], now: Moment) -> bool {
    let known = before.iter().find(|kept| kept.ring == planned.ring);
    let is_added = !before.is_empty() && known.is_none();
    let is_waiting = known.is_some_and(|kept| kept.announce_at.is_some());
    assignment.state == AssignmentState::Open && (now < planned.opens_at || is_added || is_waiting)
}

fn keep_wishes(work: &mut Work<'_>, assignment: &Assignment) -> Result<()> {
    let (key, details) = (Key::from(assignment.id), &assignment.details);
    let required = details.required_skills.iter().map(|skill| (true, skill));
    let preferred = details.preferred_skills.iter().map(|skill| (false, skill));
    let skills: Vec<_> = (0..)
        .zip(required.chain(preferred))
        .map(|(place, (is_required, skill))| {
            let (skill_id, label) = match skill {
                SkillReference::Concept(id) => (Some(Key::from(*id)), None),
                SkillReference::FreeText(label) => (None, Some(label.clone())),
            };
            SkillRow { assignment_id: key, place, is_required, skill_id, label }
        })
        .collect();
    each!(work.conn, |c| diesel::insert_into(assignment_skills::table).values(&skills).execute(c))?;
    let levels: BTreeSet<_> = details.education_levels.iter().collect();
    let levels: Vec<_> =
        levels.into_iter().map(|level| LevelRow { assignment_id: key, level: level.to_string() }).collect();
    each!(work.conn, |c| diesel::insert_into(assignment_education_levels::table).values(&levels).execute(c))?;
    let interests: Vec<_> = (0..)
        .zip(&details.interests)
        .map(|(place, interest)| InterestRow {
            assignment_id: key,
            place,
            interest: interest.clone(),
            interest_text: fold(interest),
        })
        .collect();
    each!(work.conn, |c| diesel::insert_into(assignment_interests::table).values(&interests).execute(c))?;
    Ok(())
}

fn texts_of(assignment: &Assignment) -> TextRow {
    let details = &assignment.details;
    TextRow {
        assignment_id: assignment.id.into(),
        description: details.description.clone(),
        intended_result: details.intended_result.clone(),
        deliverables: to_json(&details.deliverables),
        planning: details.planning.clone(),
        location: details.location.clone(),
        review_remarks: assignment.review_remarks.clone(),
        ending_note: assignment.ending.as_ref().and_then(|ending| ending.note.clone()),
    }
}
