//! A response with what surrounds it: who may know of it, how it stands, and who is told when it changes.

use std::collections::HashMap;

use domain::market::assignments::Assignment;
use domain::market::consent_requests::ConsentState;
use domain::market::responses::{Around, Response, ResponseState};
use domain::parties::role_assignments::Role;
use domain::{AssignmentId, Audience, Change, EventKind, Moment, Part, Parts, Refusal, ResponseId, TextEnum};
use persistence::market::{assignments, consent_requests, offers, responses as kept};
use persistence::{View, Work, ledger};

use super::ending::end_rest;
use super::reading::shown;
use super::types::ResponseView;
use crate::access::Actor;
use crate::body::IfMatch;
use crate::market::{consent_requests as consents, offers as offering};
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// A response, what it responds to, and the parts the caller plays in it.
#[derive(Debug)]
pub(crate) struct Dossier {
    pub(crate) response: Response,
    pub(crate) assignment: Assignment,
    pub(crate) parts: Parts,
}

impl Dossier {
    /// Opens a dossier as it is kept, for somebody who may know of it; nothing for anybody else.
    pub(crate) fn find(view: &mut View<'_>, actor: &Actor, id: ResponseId) -> Result<Option<Self>, Problem> {
        let Some(response) = kept::find(view, id)? else { return Ok(None) };
        let assignment = assignments::get(view, response.assignment)?;
        let parts = parts_in(view, actor, &response, &assignment)?;
        Ok((!parts.is_empty()).then_some(Self { response, assignment, parts }))
    }

    /// Opens a dossier as it is kept, for somebody who may know of it.
    pub(crate) fn open(view: &mut View<'_>, actor: &Actor, id: ResponseId) -> Result<Self, Problem> {
        Ok(Self::find(view, actor, id)?.ok_or_else(|| Refusal::hidden("response"))?)
    }

    /// Opens a dossier as it stands at this moment.
    pub(crate) fn read(view: &mut View<'_>, actor: &Actor, id: ResponseId) -> Result<Self, Problem> {
        let Self { response, assignment, parts } = Self::open(view, actor, id)?;
        let known = HashMap::from([(assignment.id, assignment)]);
        let mut present = at_present(view, vec![response], &known)?;
        let response = present.pop().ok_or_else(|| Refusal::hidden("response"))?;
        let assignment = known.into_values().next().ok_or_else(|| Refusal::hidden("response"))?;
        Ok(Self { response, assignment, parts })
    }

    /// Writes what the clock has not written yet.
    pub(crate) fn settle(self, work: &mut Work<'_>) -> Result<Self, Problem> {
        let response = settle(work, self.response, &self.assignment)?;
        Ok(Self { response, ..self })
    }
}

/// The parts somebody plays in a dossier; none where they may not know of it. A draft is the employee's own, and so is
/// what was never submitted. An adviser takes part when the employee shared it with them and they still advise there.
fn parts_in(
    view: &mut View<'_>,
    actor: &Actor,
    response: &Response,
    assignment: &Assignment,
) -> Result<Parts, Problem> {
    let mut parts = Parts::new();
    if response.person == actor.person {
        parts.push(Part::Employee);
    }
    let Some(home) = response.home else { return Ok(parts) };
    if assignment.is_owned_by(actor.person) {
        parts.push(Part::Client);
    }
    if kept::adviser_of(view, response.id)? == Some(actor.person)
        && actor.has_role(view, Role::MobilityAdviser, home.organisation)?
    {
        parts.push(Part::MobilityAdviser);
    }
    Ok(parts)
}

/// These responses as they stand at this moment.
pub(crate) fn at_present(
    view: &mut View<'_>,
    responses: Vec<Response>,
    assignments: &HashMap<AssignmentId, Assignment>,
) -> Result<Vec<Response>, Problem> {
    let now = view.now();
    let offered: Vec<ResponseId> =
        responses.iter().filter(|one| one.state == ResponseState::Offered).map(|one| one.id).collect();
    let under_way: Vec<ResponseId> = responses.iter().filter(|one| one.is_under_way()).map(|one| one.id).collect();
    let offers = offers::open_of(view, &offered)?;
    let consents = consent_requests::last_of(view, &under_way)?;
    let mut present = Vec::with_capacity(responses.len());
    for response in responses {
        let Some(assignment) = assignments.get(&response.assignment) else { continue };
        let around = Around {
            assignment,
            offer: offers.iter().find(|offer| offer.response == response.id),
            consent: consents.iter().find(|consent| consent.response == response.id),
        };
        present.push(response.as_of(around, now)?);
    }
    Ok(present)
}

/// Writes what the clock has not written yet of this response.
pub(crate) fn settle(work: &mut Work<'_>, response: Response, assignment: &Assignment) -> Result<Response, Problem> {
    let now = work.now();
    let offer = offers::open_of(work, &[response.id])?.pop();
    let consent = consent_requests::last_of(work, &[response.id])?.pop();
    let from = response.state;
    let next = response.as_of(Around { assignment, offer: offer.as_ref(), consent: consent.as_ref() }, now)?;
    if next.state == from {
        return Ok(next);
    }
    match (next.state, offer, consent) {
        (ResponseState::ConsentRefused, _, Some(consent)) => {
            consents::keep(work, ConsentState::Requested, consent.as_of(now))?;
        }
        (ResponseState::InConversation, Some(offer), _) => {
            offering::keep(work, &next, assignment, offer.as_of(now))?;
        }
        _ => {}
    }
    keep(work, assignment, from, next)
}

/// Keeps a changed response, ends what hangs on it where it has ended, and tells those concerned.
pub(crate) fn keep(
    work: &mut Work<'_>,
    assignment: &Assignment,
    from: ResponseState,
    response: Response,
) -> Result<Response, Problem> {
    let response = kept::save(work, response)?;
    if response.state.is_end() && !from.is_end() {
        end_rest(work, &response, assignment)?;
    }
    tell(work, assignment, Some(from), &response)?;
    Ok(response)
}

/// A response as somebody with these parts sees it, at its present revision.
pub(crate) fn show(view: &mut View<'_>, response: &Response, parts: &[Part]) -> Answer<ResponseView> {
    Ok(Reply::current(response.revision, shown(view, response, parts)?))
}

/// Takes a step with a response at the revision that was seen, and shows it.
pub(crate) fn step(
    work: &mut Work<'_>,
    actor: &Actor,
    id: ResponseId,
    seen: &IfMatch,
    decide: impl FnOnce(Response, &Assignment, &[Part], Moment) -> Result<Response, Refusal>,
) -> Answer<ResponseView> {
    let dossier = Dossier::open(work, actor, id)?;
    seen.expect(dossier.response.revision)?;
    let Dossier { response, assignment, parts } = dossier.settle(work)?;
    let (from, now) = (response.state, work.now());
    let next = decide(response, &assignment, &parts, now)?;
    let response = keep(work, &assignment, from, next)?;
    show(work, &response, &parts)
}

/// Tells those concerned that a response is there, or has changed.
pub(crate) fn tell(
    work: &mut Work<'_>,
    assignment: &Assignment,
    from: Option<ResponseState>,
    response: &Response,
) -> Result<(), Problem> {
    let moved = from != Some(response.state);
    let kind = if moved { EventKind::ResponseStateChanged } else { EventKind::ResponseChanged };
    let from = from.map(TextEnum::as_str);
    // No organisation is named: whoever reads what happened in an organisation learns nothing of responses.
    let change = Change::new(kind, response.id).to(concerned(response, assignment));
    let change = if moved { change.states(from, response.state.as_str()) } else { change };
    Ok(ledger::record(work, change)?)
}

/// Who may know of what happens in a dossier: the employee, and from its submission on the owners of the assignment.
pub(crate) fn concerned(response: &Response, assignment: &Assignment) -> Vec<Audience> {
    let mut audiences = vec![Audience::Person(response.person)];
    if response.submitted_at.is_some() {
        audiences.extend(owners(assignment));
    }
    audiences
}

/// The owners of an assignment.
pub(crate) fn owners(assignment: &Assignment) -> impl Iterator<Item = Audience> {
    [assignment.owner].into_iter().chain(assignment.co_owners.iter().copied()).map(Audience::Person)
}
