//! When a response ends, what hangs on it ends with it; when an assignment ends, so do its responses (invariant 17).

use domain::market::assignments::Assignment;
use domain::market::codes::ALREADY_STARTED;
use domain::market::consent_requests::ConsentState;
use domain::market::conversations::ConversationState;
use domain::market::responses::{LapseReason, Response};
use domain::{EmploymentId, Part};
use persistence::Work;
use persistence::market::{assignments, consent_requests, conversations, offers, responses as kept};

use super::dossier::{keep, settle};
use crate::market::{consent_requests as consents, conversations as talks, offers as offering};
use crate::problem::Problem;

const SERVICE: &[Part] = &[Part::Service];

/// Ends the offer, the consent request and the planned conversations of a response that has ended.
pub(super) fn end_rest(work: &mut Work<'_>, response: &Response, assignment: &Assignment) -> Result<(), Problem> {
    let now = work.now();
    for offer in offers::open_of(work, &[response.id])? {
        let offer = offer.end_with(response, SERVICE, now)?;
        offering::keep(work, response, assignment, offer)?;
    }
    for consent in consent_requests::last_of(work, &[response.id])? {
        let from = consent.clone().as_of(now).state;
        if from.is_pending() || from == ConsentState::Granted {
            match consent.withdraw(SERVICE, now) {
                Ok(withdrawn) => consents::keep(work, from, withdrawn)?,
                // From the first day of the period on, what was granted stands.
                Err(refusal) if refusal.code == &ALREADY_STARTED => continue,
                Err(refusal) => return Err(refusal.into()),
            };
        }
    }
    for conversation in conversations::of_response(work, response.id)? {
        if conversation.state == ConversationState::Planned {
            let conversation = conversation.cancel(SERVICE, now)?;
            talks::keep(work, response, assignment, conversation)?;
        }
    }
    Ok(())
}

/// Lets the responses lapse that were submitted from an employment which is over.
pub(crate) fn leave_behind(work: &mut Work<'_>, employment: EmploymentId) -> Result<(), Problem> {
    for response in kept::open_of_employment(work, employment)? {
        let assignment = assignments::get(work, response.assignment)?;
        let response = settle(work, response, &assignment)?;
        if response.is_under_way() {
            let (from, now) = (response.state, work.now());
            keep(work, &assignment, from, response.lapse(LapseReason::EmploymentEnded, SERVICE, now)?)?;
        }
    }
    Ok(())
}

/// Keeps the responses that lapsed because their assignment ended: what hangs on them ends, and everybody is told.
pub(crate) fn keep_lapsed(work: &mut Work<'_>, assignment: &Assignment, lapsed: Vec<Response>) -> Result<(), Problem> {
    let before = kept::open_of_assignment(work, assignment.id)?;
    for response in lapsed {
        let from = before.iter().find(|one| one.id == response.id).map_or(response.state, |one| one.state);
        keep(work, assignment, from, response)?;
    }
    Ok(())
}
