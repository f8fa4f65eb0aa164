//! Who hears of a klus: nobody hears of one that they could not see.

use domain::market::assignments::{Assignment, AssignmentState};
use domain::market::publication_rings::{PlannedRing, Ring};
use domain::{Audience, Change, EventKind, NetworkId, TextEnum};
use persistence::market::assignments as kept;
use persistence::{View, Work, ledger};

use crate::problem::Problem;

/// Tells of a change to who looks after the klus, and to everybody in a ring that is open.
pub(super) fn changed(
    work: &mut Work<'_>,
    kind: EventKind,
    before: AssignmentState,
    assignment: &Assignment,
) -> Result<(), Problem> {
    let mut audiences = keepers(assignment);
    audiences.extend(people_in_open_rings(work, assignment)?);
    tell(work, kind, Some(before), assignment, audiences)
}

/// Tells of a klus that nobody but its keepers sees yet.
pub(super) fn kept_inside(
    work: &mut Work<'_>,
    kind: EventKind,
    before: Option<AssignmentState>,
    assignment: &Assignment,
) -> Result<(), Problem> {
    tell(work, kind, before, assignment, keepers(assignment))
}

/// Tells of a klus that waits for a review.
pub(super) fn submitted(
    work: &mut Work<'_>,
    before: Option<AssignmentState>,
    assignment: &Assignment,
    reviewing: &[NetworkId],
) -> Result<(), Problem> {
    let mut audiences = keepers(assignment);
    audiences.extend(reviewing.iter().map(|network| Audience::Coordinators(*network)));
    tell(work, EventKind::AssignmentStateChanged, before, assignment, audiences)
}

/// Tells of a klus that opened: to everybody in a ring that opened with it.
pub(super) fn published(
    work: &mut Work<'_>,
    before: Option<AssignmentState>,
    assignment: &Assignment,
) -> Result<(), Problem> {
    let mut audiences = keepers(assignment);
    audiences.extend(people_in_open_rings(work, assignment)?);
    tell(work, EventKind::AssignmentPublished, before, assignment, audiences)
}

/// Tells that a wider ring opened: to everybody in it.
pub(super) fn ring_opened(work: &mut Work<'_>, assignment: &Assignment, planned: &PlannedRing) -> Result<(), Problem> {
    let mut audiences = keepers(assignment);
    audiences.extend(people_in(work, assignment, planned)?);
    let change = Change::new(EventKind::AssignmentRingOpened, assignment.id).of(assignment.organisation).to(audiences);
    Ok(ledger::record(work, change)?)
}

fn tell(
    work: &mut Work<'_>,
    kind: EventKind,
    before: Option<AssignmentState>,
    assignment: &Assignment,
    audiences: Vec<Audience>,
) -> Result<(), Problem> {
    let (from, to) = (before.map(TextEnum::as_str), assignment.state.as_str());
    let change = Change::new(kind, assignment.id).of(assignment.organisation).states(from, to).to(audiences);
    Ok(ledger::record(work, change)?)
}

/// Who looks after a klus in every state.
fn keepers(assignment: &Assignment) -> Vec<Audience> {
    let owners = assignment.co_owners.iter().copied().chain([assignment.owner]).map(Audience::Person);
    owners.chain([Audience::Administrators(assignment.organisation)]).collect()
}

fn people_in_open_rings(view: &mut View<'_>, assignment: &Assignment) -> Result<Vec<Audience>, Problem> {
    let now = view.now();
    let mut audiences = Vec::new();
    if assignment.published_at.is_some() {
        for planned in assignment.plan.iter().flat_map(|plan| &plan.rings).filter(|planned| planned.is_open(now)) {
            audiences.extend(people_in(view, assignment, planned)?);
        }
    }
    Ok(audiences)
}

/// Everybody whom a ring admits and an audience names: a wider ring holds everybody in the narrower ones. An audience of
/// an organisation holds the people of the organisations below it; those above it see the klus without hearing of it,
/// as their audience would reach the sister organisations too.
fn people_in(view: &mut View<'_>, assignment: &Assignment, planned: &PlannedRing) -> Result<Vec<Audience>, Problem> {
    let mut audiences: Vec<Audience> = assignment.unit.map(Audience::Unit).into_iter().collect();
    audiences.extend((planned.ring >= Ring::Organisation).then_some(Audience::Organisation(assignment.organisation)));
    let mut networks = planned.networks.clone();
    if planned.ring >= Ring::Federation {
        networks.extend(kept::connected_networks(view)?);
    }
    let members =
        networks.into_iter().flat_map(|network| [Audience::Network(network), Audience::Coordinators(network)]);
    audiences.extend(members);
    audiences.extend((planned.ring >= Ring::AllGovernment).then_some(Audience::CivilServants));
    audiences.extend((planned.ring == Ring::Public).then_some(Audience::Everyone));
    Ok(audiences)
}
