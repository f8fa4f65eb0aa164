//! Lays saved searches beside klussen that newly opened. The work follows what happened: a page of openings with a page
//! of searches at a time, each once, by whichever instance.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use domain::market::assignments::Assignment;
use domain::market::criteria::Findable;
use domain::{AssignmentId, EventKind, PersonId, SavedSearchId};
use persistence::View;
use persistence::exchange::outbox::{self, Reader};
use persistence::exchange::saved_searches as kept;
use persistence::market::assignments;

use crate::access::Actor;
use crate::app::App;
use crate::market::standing::Viewer;
use crate::problem::Problem;

/// The name under which it is kept how far this has come.
const READER: &str = "saved-searches";
/// How many openings are looked at together.
const OPENINGS: u32 = 50;
/// How many searches are laid beside them in one step.
const SEARCHES: u32 = 500;
/// How many events are passed over in one step.
const STRETCH: i64 = 5000;
/// How many steps are made at once; what is left is done the next time.
const STEPS: usize = 20;

/// What opens a klus to more people.
const OPENING: &[EventKind] = &[EventKind::AssignmentPublished, EventKind::AssignmentRingOpened];

/// What one step comes to.
struct Step {
    from: Reader,
    to: Reader,
    found: Vec<(SavedSearchId, AssignmentId)>,
}

/// Looks at what has opened since the last time.
pub(super) fn due(app: &App) -> Result<(), Problem> {
    for _ in 0..STEPS {
        let Some(step) = app.database.read(app.clock.now(), next)? else { return Ok(()) };
        app.write(|work| {
            if step.from.advance(work, READER, step.to)? {
                for (search, assignment) in &step.found {
                    kept::note_found(work, *search, *assignment)?;
                }
            }
            Ok(())
        })?;
    }
    Ok(())
}

fn next(view: &mut View<'_>) -> Result<Option<Step>, Problem> {
    let from = Reader::of(view, READER)?;
    let is_under_way = from.position < from.until;
    let last = if is_under_way { from.until } else { outbox::last_position(view)?.min(from.position + STRETCH) };
    if last <= from.position {
        return Ok(None);
    }
    let openings = outbox::between(view, from.position, last, OPENING, OPENINGS)?;
    let is_full = openings.len() == usize::try_from(OPENINGS).unwrap_or(usize::MAX);
    let until = openings.last().filter(|_| is_full && !is_under_way).map_or(last, |opening| opening.position);
    let mut ids: Vec<AssignmentId> = openings.iter().map(|opening| opening.subject_id.into()).collect();
    ids.sort_unstable();
    ids.dedup();
    let now = view.now();
    let open: Vec<Findable> =
        assignments::findable(view, &ids)?.into_iter().filter(|found| found.assignment.is_open(now)).collect();
    let done = Reader { position: until, until, after: None };
    if open.is_empty() {
        return Ok(Some(Step { from, to: done, found: Vec::new() }));
    }
    let searches = kept::alerting_after(view, from.after, SEARCHES)?;
    let is_last = searches.len() < usize::try_from(SEARCHES).unwrap_or(usize::MAX);
    let after = searches.last().filter(|_| !is_last).map(|search| search.id.into());
    let to = if is_last { done } else { Reader { position: from.position, until, after } };
    let mut found = Vec::new();
    let mut eyes = Eyes::default();
    for search in searches {
        for it in open.iter().filter(|it| search.details.criteria.fits(it)) {
            if eyes.see(view, search.person, &it.assignment)? {
                found.push((search.id, it.assignment.id));
            }
        }
    }
    Ok(Some(Step { from, to, found }))
}

/// What people see at one moment, each loaded once.
#[derive(Default)]
pub(super) struct Eyes(HashMap<PersonId, Option<Viewer>>);

impl Eyes {
    /// Whether a klus is open to somebody who does not own it.
    pub(super) fn see(
        &mut self,
        view: &mut View<'_>,
        person: PersonId,
        assignment: &Assignment,
    ) -> Result<bool, Problem> {
        let viewer = match self.0.entry(person) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => {
                let actor = Actor::of_person(view, person)?;
                unknown.insert(actor.map(|actor| Viewer::of(view, Some(&actor))).transpose()?)
            }
        };
        let now = view.now();
        let Some(viewer) = viewer else { return Ok(false) };
        Ok(assignment.is_open(now) && viewer.sight.sees(assignment, now) && !assignment.is_owned_by(person))
    }
}
