//! Who leaves, who comes back, and whose manager is another one.
//!
//! Whoever leaves their last employer loses access at once. The person, the portfolio and the dossiers stay theirs:
//! nothing in any feed removes them.

use domain::exchange::staff::StaffMember;
use domain::parties::employments::Employment;
use domain::parties::persons::{Person, PersonAction};
use domain::parties::role_assignments::Scope;
use domain::{Audience, Change, EventKind, Part, StaffMemberId, TextEnum as _, local_date};
use persistence::exchange::staff as kept;
use persistence::parties::{accounts, employments, persons, role_assignments, sessions};
use persistence::{View, Work, ledger};

use crate::app::App;
use crate::market::{consent_requests, responses};
use crate::problem::Problem;

/// How many are dealt with before the rest waits for the next time.
const AT_ONCE: u32 = 500;

/// Sees that a staff member has left: sessions end, responses from that employment lapse, and access closes unless
/// somebody else gives it. Not saved yet.
pub(super) fn leave(work: &mut Work<'_>, member: StaffMember) -> Result<StaffMember, Problem> {
    let now = work.now();
    sessions::revoke_all(work, member.person)?;
    let person = persons::get(work, member.person)?;
    if person.has_access() && person.claimed_at.is_none() && !has_other_access(work, &member)? {
        accounts::clear(work, person.id)?;
        step(work, &member, person, PersonAction::Close)?;
    }
    responses::leave_behind(work, member.employment)?;
    Ok(StaffMember { left_at: Some(now), ..member })
}

/// Sees that a staff member is there again. Whose access was closed signs in anew. Not saved yet.
pub(super) fn come_back(work: &mut Work<'_>, member: StaffMember) -> Result<StaffMember, Problem> {
    let person = persons::get(work, member.person)?;
    if !person.has_access() {
        step(work, &member, person, PersonAction::Reopen)?;
    }
    Ok(StaffMember { left_at: None, ..member })
}

/// Puts open consent requests to the new manager.
pub(super) fn follow_manager(work: &mut Work<'_>, before: &Employment, after: &Employment) -> Result<(), Problem> {
    if before.id == after.id && before.terms.manager != after.terms.manager {
        consent_requests::follow_manager(work, after.id)?;
    }
    Ok(())
}

/// Sees who has left because the last day of the employment is over.
pub(in crate::exchange) fn due(app: &App) -> Result<(), Problem> {
    let now = app.clock.now();
    for id in app.database.read::<_, Problem>(now, |view| Ok(kept::leaving(view, AT_ONCE)?))? {
        if let Err(problem) = app.write(|work| look_again(work, id)) {
            tracing::warn!(%problem, "that somebody left could not be dealt with; it is tried again");
        }
    }
    Ok(())
}

fn look_again(work: &mut Work<'_>, id: StaffMemberId) -> Result<(), Problem> {
    let Some(member) = kept::find(work, id)? else { return Ok(()) };
    let employment = employments::get(work, member.employment)?;
    if member.left_at.is_none() && employment.terms.is_over_on(local_date(work.now())) {
        let member = leave(work, member)?;
        kept::save(work, member)?;
    }
    Ok(())
}

/// Whether another employer, now or later, or a role that does not come of this employment gives access.
fn has_other_access(view: &mut View<'_>, member: &StaffMember) -> Result<bool, Problem> {
    let today = local_date(view.now());
    let all = employments::of_person(view, member.person)?;
    if all.iter().any(|one| one.id != member.employment && !one.terms.is_over_on(today)) {
        return Ok(true);
    }
    let stays = |scope| match scope {
        Scope::Organisation(id) => !all.iter().any(|one| one.organisation == id),
        Scope::Network(_) | Scope::Platform => true,
    };
    Ok(role_assignments::of_person(view, member.person)?.iter().any(|given| stays(given.scope)))
}

fn step(work: &mut Work<'_>, member: &StaffMember, person: Person, action: PersonAction) -> Result<(), Problem> {
    let (from, now) = (person.status, work.now());
    let person = persons::save(work, person.step(action, &[Part::Service], now)?)?;
    let audiences = [Audience::Person(person.id), Audience::Administrators(member.organisation), Audience::Platform];
    let change = Change::new(EventKind::PersonChanged, person.id);
    Ok(ledger::record(work, change.states(Some(from.as_str()), person.status.as_str()).to(audiences))?)
}
