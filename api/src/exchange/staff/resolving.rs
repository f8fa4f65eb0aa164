//! What the names in a feed stand for: departments are units, managers are people, and somebody who was registered by
//! hand is not registered again.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::exchange::staff::{StaffDetails, StaffMember};
use domain::parties::employments::Employment;
use domain::parties::persons::{Person, folded_address};
use domain::parties::units::Unit;
use domain::{Audience, Change, EventKind, OrganisationId, PersonId, StaffMemberId, UnitId, fold, local_date};
use persistence::exchange::staff as kept;
use persistence::parties::{employments, persons, units};
use persistence::{View, Work, ledger};
use uuid::Uuid;

use crate::problem::Problem;

/// The units that these departments are; those that do not exist yet are added.
pub(super) fn units_of<'a>(
    work: &mut Work<'_>,
    organisation: OrganisationId,
    departments: impl Iterator<Item = &'a str>,
) -> Result<HashMap<String, UnitId>, Problem> {
    let mut wanted: HashMap<String, &str> = HashMap::new();
    for department in departments.filter(|department| !department.trim().is_empty()) {
        wanted.entry(fold(department)).or_insert(department);
    }
    if wanted.is_empty() {
        return Ok(HashMap::new());
    }
    let names: Vec<String> = wanted.keys().cloned().collect();
    let mut found = HashMap::new();
    for unit in units::by_names(work, organisation, &names)? {
        found.entry(fold(&unit.name)).or_insert(unit.id);
    }
    let mut missing: Vec<_> = wanted.into_iter().filter(|(name, _)| !found.contains_key(name)).collect();
    missing.sort_unstable();
    for (name, department) in missing {
        let unit = Unit::add(work.id(), organisation, department.trim().to_owned(), None, work.now());
        let unit = units::insert(work, unit)?;
        let change = Change::new(EventKind::UnitChanged, unit.id).of(organisation);
        ledger::record(work, change.to([Audience::Organisation(organisation)]))?;
        found.insert(name, unit.id);
    }
    Ok(found)
}

/// Who is meant by the references to managers.
#[derive(Default)]
pub(super) struct Managers(HashMap<String, PersonId>);

impl Managers {
    /// Those of the staff of the organisation that these references mean. `numbered` are all whom they mean by number.
    pub(super) fn load(
        view: &mut View<'_>,
        organisation: OrganisationId,
        references: &[&str],
        numbered: &[StaffMember],
    ) -> Result<Self, Problem> {
        let ids: Vec<StaffMemberId> =
            references.iter().filter_map(|reference| Uuid::parse_str(reference).ok()).map(Into::into).collect();
        let mut managers = Self::default();
        let by_id = if ids.is_empty() { Vec::new() } else { kept::by_ids(view, organisation, &ids)? };
        numbered.iter().chain(&by_id).for_each(|member| managers.add(member));
        Ok(managers)
    }

    /// Takes up somebody whom references may mean.
    pub(super) fn add(&mut self, member: &StaffMember) {
        for reference in references_to(member) {
            self.0.insert(reference, member.person);
        }
    }

    /// The person that a reference means, where that is known.
    pub(super) fn find(&self, reference: Option<&str>) -> Option<PersonId> {
        reference.and_then(|reference| self.0.get(reference).or_else(|| self.0.get(&reference.to_lowercase()))).copied()
    }
}

/// What others may call a staff member who is their manager.
pub(super) fn references_to(member: &StaffMember) -> Vec<String> {
    member.details.employee_number.iter().cloned().chain([member.id.to_string()]).collect()
}

/// Somebody whom the organisation employs already, registered by hand.
pub(super) struct Known {
    pub(super) person: Person,
    pub(super) employment: Employment,
}

/// Those of whom a feed tells for the first time and whom the organisation registered already, each with the present
/// or latest employment there; in the order of what is told. Somebody is recognised by the employee number, or by the
/// address they sign in with (`by_address` are all who sign in with one that is told); at other organisations nobody is looked for. Who left and has made the account their own,
/// or works elsewhere by now, is not taken back by a feed: they say themselves that they are the same person.
pub(super) fn known(
    view: &mut View<'_>,
    organisation: OrganisationId,
    told: &[&StaffDetails],
    by_address: &[Person],
) -> Result<Vec<Option<Known>>, Problem> {
    let numbers: Vec<String> = told.iter().filter_map(|details| number_of(details)).collect();
    let by_number = employments::by_hr_ids(view, organisation, &numbers)?;
    let people: Vec<PersonId> =
        by_number.iter().map(|one| one.person).chain(by_address.iter().map(|one| one.id)).collect();
    if people.is_empty() {
        return Ok(told.iter().map(|_| None).collect());
    }
    let today = local_date(view.now());
    let employments = employments::of_people(view, &people)?;
    let mut people: HashMap<PersonId, Person> = persons::find_many(view, &people)?
        .into_iter()
        .filter(|person| !is_gone(person, &employments, organisation, today))
        .map(|person| (person.id, person))
        .collect();
    let mut all: Vec<Employment> =
        employments.into_iter().filter(|employment| employment.organisation == organisation).collect();
    all.sort_by_key(|employment| employment.terms.start);
    let candidates: Vec<PersonId> = people.keys().copied().collect();
    for member in kept::of_people(view, organisation, &candidates)? {
        // Whoever is on the staff already is somebody else, or known by another number.
        people.remove(&member.person);
    }
    let mut found = Vec::new();
    for details in told {
        let number = number_of(details);
        let numbered = by_number.iter().filter(|one| number.is_some() && one.terms.hr_external_id == number);
        let address = address_of(details);
        let addressed = by_address.iter().filter(|person| address.is_some() && person.email == address);
        let candidates: Vec<PersonId> =
            numbered.map(|one| one.person).chain(addressed.map(|person| person.id)).collect();
        found.push(candidates.into_iter().find_map(|id| {
            let there = || all.iter().filter(|employment| employment.person == id);
            let employment = there().find(|one| one.terms.holds_on(today)).or_else(|| there().next_back())?.clone();
            Some(Known { person: people.remove(&id)?, employment })
        }));
    }
    Ok(found)
}

/// Whether somebody who left the organisation works elsewhere by now, or has made the account their own.
fn is_gone(person: &Person, employments: &[Employment], organisation: OrganisationId, today: NaiveDate) -> bool {
    let works = |here: bool| {
        employments.iter().any(|one| {
            one.person == person.id && (one.organisation == organisation) == here && !one.terms.is_over_on(today)
        })
    };
    !works(true) && (person.claimed_at.is_some() || works(false))
}

/// Whether somebody left the organisation for good, as far as a feed may decide.
pub(super) fn has_gone_on(
    view: &mut View<'_>,
    organisation: OrganisationId,
    person: PersonId,
) -> Result<bool, Problem> {
    let today = local_date(view.now());
    let employments = employments::of_person(view, person)?;
    Ok(is_gone(&persons::get(view, person)?, &employments, organisation, today))
}

fn number_of(details: &StaffDetails) -> Option<String> {
    details.employee_number.clone().or_else(|| details.external_id.clone())
}

/// The address somebody would sign in with.
pub(super) fn address_of(details: &StaffDetails) -> Option<String> {
    details.email.as_deref().map(folded_address).filter(|address| !address.is_empty())
}
