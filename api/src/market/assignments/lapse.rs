//! Responses that get their outcome because the assignment ended.

use domain::market::assignments::Assignment;
use domain::market::responses::Response;
use domain::{Audience, Change, EventKind, TextEnum};
use persistence::market::responses;
use persistence::{Work, ledger};

use crate::problem::Problem;

/// Keeps the outcome of everybody who responded, and tells each of them.
pub(super) fn keep_lapsed(work: &mut Work<'_>, assignment: &Assignment, lapsed: Vec<Response>) -> Result<(), Problem> {
    let owners: Vec<Audience> =
        assignment.co_owners.iter().copied().chain([assignment.owner]).map(Audience::Person).collect();
    for response in lapsed {
        let was_submitted = response.submitted_at.is_some();
        let response = responses::save(work, response)?;
        let mut audiences = vec![Audience::Person(response.person)];
        // A draft is the employee's own: its owners never knew of it.
        audiences.extend(owners.iter().copied().filter(|_| was_submitted));
        let change = Change::new(EventKind::ResponseStateChanged, response.id).of(assignment.organisation);
        ledger::record(work, change.states(None, response.state.as_str()).to(audiences))?;
    }
    Ok(())
}
