//! Saved searches are laid beside klussen that newly opened.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use domain::exchange::saved_searches::SavedSearch;
use domain::market::assignments::Assignment;
use domain::market::criteria::AssignmentCriteria;
use domain::{AssignmentId, PersonId};
use persistence::exchange::saved_searches as kept;
use persistence::{View, Work};
use uuid::Uuid;

use crate::access::Actor;
use crate::exchange::openings::Seeker;
use crate::market::standing::Viewer;
use crate::problem::Problem;

impl Seeker for SavedSearch {
    const READER: &'static str = "saved-searches";
    type Eyes = Eyes;

    fn page(view: &mut View<'_>, after: Option<Uuid>, limit: u32) -> Result<Vec<Self>, Problem> {
        Ok(kept::alerting_after(view, after, limit)?)
    }

    fn id(&self) -> Uuid {
        self.id.into()
    }

    fn criteria(&self) -> &AssignmentCriteria {
        &self.details.criteria
    }

    fn sees(&self, view: &mut View<'_>, eyes: &mut Eyes, assignment: &Assignment) -> Result<bool, Problem> {
        eyes.see(view, self.person, assignment)
    }

    fn note_found(work: &mut Work<'_>, id: Uuid, assignment: AssignmentId) -> Result<(), Problem> {
        Ok(kept::note_found(work, id.into(), assignment)?)
    }
}

/// What people see at one moment, each loaded once.
#[derive(Default)]
pub(in crate::exchange) struct Eyes(HashMap<PersonId, Option<Viewer>>);

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
