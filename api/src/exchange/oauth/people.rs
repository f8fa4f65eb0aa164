//! The people of an organisation, as its identity provider names them.

use domain::exchange::staff::StaffKey;
use domain::parties::persons::{PersonAction, PersonStatus};
use domain::{Change, EventKind, OrganisationId, Part, PersonId, TextEnum as _, local_date};
use persistence::exchange::staff;
use persistence::parties::{employments, persons};
use persistence::{View, Work, ledger};

use crate::problem::Problem;

/// Who signs in: the person whom the organisation employs today and knows by this key. The first sign-in makes
/// somebody who was invited active. Nobody where there is no such person, or no access: which of these is not told.
pub(crate) fn sign_in(
    work: &mut Work<'_>,
    organisation: OrganisationId,
    key: StaffKey,
    value: &str,
) -> Result<Option<PersonId>, Problem> {
    let Some(person) = known_by(work, organisation, key, value)? else { return Ok(None) };
    let today = local_date(work.now());
    let held = employments::of_person(work, person)?;
    if !held.iter().any(|one| one.organisation == organisation && one.terms.holds_on(today)) {
        return Ok(None);
    }
    let person = persons::get(work, person)?;
    let id = person.id;
    match person.status {
        PersonStatus::Closed => return Ok(None),
        PersonStatus::Active => {}
        PersonStatus::Invited => {
            let (before, now) = (person.status.as_str(), work.now());
            let person = persons::save(work, person.step(PersonAction::SignIn, &[Part::Employee], now)?)?;
            let change = Change::new(EventKind::PersonChanged, id).of(organisation);
            ledger::record(work, change.states(Some(before), person.status.as_str()))?;
        }
    }
    Ok(Some(id))
}

/// By what the HR system told; by the number on the employment where it told nothing.
fn known_by(
    view: &mut View<'_>,
    organisation: OrganisationId,
    key: StaffKey,
    value: &str,
) -> Result<Option<PersonId>, Problem> {
    if let Some(member) = staff::find_by(view, organisation, key, value)? {
        return Ok(Some(member.person).filter(|_| member.details.active && member.left_at.is_none()));
    }
    if key != StaffKey::EmployeeNumber {
        return Ok(None);
    }
    let today = local_date(view.now());
    let numbered = employments::by_hr_ids(view, organisation, &[value.to_owned()])?;
    let mut people: Vec<PersonId> =
        numbered.into_iter().filter(|one| one.terms.holds_on(today)).map(|one| one.person).collect();
    people.dedup();
    // A number that two people have says of neither who it is.
    Ok(match people.as_slice() {
        [only] => Some(*only),
        _ => None,
    })
}
