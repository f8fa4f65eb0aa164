//! What happens in dossiers at its time: reminders, silence, offers and drafts that lapse. Each is a transaction of
//! its own that looks again whether it is due.

use domain::market::consent_requests::{ConsentDue, ConsentState};
use domain::{ConsentRequestId, Part, ResponseId};
use persistence::Work;
use persistence::market::{assignments, consent_requests, offers, responses as kept};

use super::dossier::settle;
use super::ending::leave_behind;
use crate::app::App;
use crate::market::consent_requests as consents;
use crate::problem::Problem;

/// How much is done of each kind before the rest waits for the next time.
const AT_ONCE: u32 = 500;

/// Does what is due in dossiers. One that cannot be done does not keep the others from it.
pub(crate) fn due(app: &App) -> Result<(), Problem> {
    let now = app.clock.now();
    let (left, astray) = app.database.read::<_, Problem>(now, |view| {
        Ok((kept::left_behind(view, AT_ONCE)?, consent_requests::astray(view, AT_ONCE)?))
    })?;
    for employment in left {
        tried(app.write(|work| leave_behind(work, employment)));
    }
    for employment in astray {
        tried(app.write(|work| consents::follow_manager(work, employment)));
    }
    let (waiting, overdue) = app.database.read::<_, Problem>(now, |view| {
        let mut overdue = offers::overdue(view, AT_ONCE)?;
        overdue.extend(kept::overdue_drafts(view, AT_ONCE)?);
        Ok((consent_requests::waiting(view, AT_ONCE)?, overdue))
    })?;
    for id in waiting {
        tried(app.write(|work| tend(work, id)));
    }
    for id in overdue {
        tried(app.write(|work| settle_kept(work, id)));
    }
    Ok(())
}

fn tried(outcome: Result<(), Problem>) {
    if let Err(problem) = outcome {
        tracing::warn!(%problem, "what is due in a dossier could not be done; it is tried again");
    }
}

fn settle_kept(work: &mut Work<'_>, id: ResponseId) -> Result<(), Problem> {
    let response = kept::get(work, id)?;
    let assignment = assignments::get(work, response.assignment)?;
    settle(work, response, &assignment)?;
    Ok(())
}

/// Reminds of a consent request, passes it on, or lets silence refuse it.
fn tend(work: &mut Work<'_>, id: ConsentRequestId) -> Result<(), Problem> {
    let now = work.now();
    let consent = consent_requests::get(work, id)?;
    let from = consent.state;
    match consent.due(now) {
        None => {}
        Some(ConsentDue::Remind) => consents::remind(work, consent.remind(&[Part::Clock], now)?)?,
        Some(ConsentDue::Escalate) if from == ConsentState::Expired => {
            consents::keep(work, from, consent.escalate(&[Part::Clock], now)?)?;
        }
        Some(ConsentDue::Escalate) => {
            consents::keep(work, from, consent.as_of(now))?;
        }
        Some(ConsentDue::Refuse) => {
            settle_kept(work, consent.response)?;
            // A response that had ended already takes nothing along.
            let consent = consent_requests::get(work, id)?;
            if consent.due(now).is_some() {
                consents::keep(work, from, consent.as_of(now))?;
            }
        }
    }
    Ok(())
}
