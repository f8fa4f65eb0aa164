//! Channels are laid beside klussen that newly opened, with the eyes of everybody who works at their organisation.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use domain::exchange::channels::Channel;
use domain::market::assignments::Assignment;
use domain::market::criteria::AssignmentCriteria;
use domain::market::publication_rings::Reach;
use domain::{AssignmentId, OrganisationId};
use persistence::exchange::channels as kept;
use persistence::parties::organisations;
use persistence::{View, Work};
use uuid::Uuid;

use crate::exchange::openings::Seeker;
use crate::market::standing::reach_of_all;
use crate::problem::Problem;

impl Seeker for Channel {
    const READER: &'static str = "channels";
    type Eyes = Eyes;

    fn page(view: &mut View<'_>, after: Option<Uuid>, limit: u32) -> Result<Vec<Self>, Problem> {
        Ok(kept::after(view, after, limit)?)
    }

    fn id(&self) -> Uuid {
        self.id.into()
    }

    fn criteria(&self) -> &AssignmentCriteria {
        &self.details.criteria
    }

    fn sees(&self, view: &mut View<'_>, eyes: &mut Eyes, assignment: &Assignment) -> Result<bool, Problem> {
        eyes.see(view, self.organisation, assignment)
    }

    fn note_found(work: &mut Work<'_>, id: Uuid, assignment: AssignmentId) -> Result<(), Problem> {
        Ok(kept::hits::note_found(work, id.into(), assignment)?)
    }
}

/// What every employee of an organisation sees at one moment, each loaded once.
#[derive(Default)]
pub(in crate::exchange) struct Eyes(HashMap<OrganisationId, Option<Reach>>);

impl Eyes {
    /// Where everybody stands who works there; nothing where it takes no part any more.
    pub(super) fn reach(
        &mut self,
        view: &mut View<'_>,
        organisation: OrganisationId,
    ) -> Result<Option<&Reach>, Problem> {
        let known = match self.0.entry(organisation) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => {
                let takes_part = organisations::get(view, organisation)?.is_active();
                unknown.insert(takes_part.then(|| reach_of_all(view, organisation)).transpose()?)
            }
        };
        Ok(known.as_ref())
    }

    /// Whether a klus is open to everybody who works there.
    pub(super) fn see(
        &mut self,
        view: &mut View<'_>,
        organisation: OrganisationId,
        assignment: &Assignment,
    ) -> Result<bool, Problem> {
        let now = view.now();
        let reach = self.reach(view, organisation)?;
        Ok(reach.is_some_and(|reach| assignment.is_open(now) && assignment.is_inside(reach, now)))
    }
}
