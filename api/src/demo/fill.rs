//! Fills the demonstration database, once: all of it or nothing.

use std::collections::HashMap;

use domain::{AssignmentId, Fault, NetworkId, OrganisationId, Part, PersonId, TextEnum as _, UnitId};
use persistence::Work;
use persistence::parties::persons;

use super::data::{self, DemoPerson};
use super::{assignments, organisations, people, profiles, responses};
use crate::app::App;
use crate::bootstrap;
use crate::problem::Problem;

pub(super) const PEOPLE: &str = include_str!("data/people.json");

/// What was filled, by the names that the files use.
#[derive(Default)]
pub(super) struct Filled {
    pub(super) organisations: HashMap<String, OrganisationId>,
    pub(super) units: HashMap<String, UnitId>,
    pub(super) people: HashMap<String, PersonId>,
    pub(super) networks: HashMap<String, NetworkId>,
    pub(super) assignments: HashMap<String, AssignmentId>,
}

/// Somebody who can sign in to the demonstration.
pub(super) struct Account {
    pub(super) name: String,
    pub(super) email: String,
    /// The roles that were given or follow from facts, each with its scope.
    pub(super) roles: Vec<(&'static str, Option<String>)>,
}

/// Fills the database unless it is filled; tells each step. Refuses a database that holds other people.
pub fn fill(app: &App, progress: &(dyn Fn(&str) + Sync)) -> Result<(), Problem> {
    let everybody: Vec<DemoPerson> = data::list(PEOPLE)?;
    let first = everybody.first().map(|person| person.email.clone()).unwrap_or_default();
    let now = app.clock.now();
    let (is_filled, has_others) = app
        .database
        .read::<_, Problem>(now, |view| Ok((persons::find_by_email(view, &first)?.is_some(), persons::any(view)?)))?;
    if is_filled {
        progress("the demonstration is filled already");
        return Ok(());
    }
    if has_others {
        let reason =
            "must name a database of its own: this one holds people who are not of the demonstration".to_owned();
        return Err(Problem::invalid(vec![Fault { name: "DATABASE_URL".to_owned(), reason }]));
    }
    app.write(|work| fill_all(work, &everybody, progress))
}

fn fill_all(work: &mut Work<'_>, everybody: &[DemoPerson], progress: &(dyn Fn(&str) + Sync)) -> Result<(), Problem> {
    let mut filled = Filled::default();
    progress("municipalities, provinces and water boards");
    organisations::fill_organisations(work, &mut filled)?;
    organisations::fill_units(work, &mut filled)?;
    progress("people, employments, managers");
    people::fill_people(work, &mut filled, everybody)?;
    organisations::fill_policies(work, &filled)?;
    progress("networks and memberships");
    organisations::fill_networks(work, &mut filled)?;
    people::fill_roles(work, &filled, everybody)?;
    progress("profiles");
    profiles::fill_profiles(work, &filled, everybody)?;
    progress("assignments");
    assignments::fill_assignments(work, &mut filled)?;
    progress("responses");
    responses::fill_responses(work, &filled)
}

/// Who can sign in: everybody of the demonstration, those with roles first and the plain employees after them.
pub(super) fn accounts() -> Result<Vec<Account>, Problem> {
    let everybody: Vec<DemoPerson> = data::list(PEOPLE)?;
    let managers: Vec<&String> = everybody.iter().filter_map(|person| person.manager.as_ref()).collect();
    let mut accounts = Vec::new();
    for person in &everybody {
        let name = people::name_of(person).full();
        let mut roles: Vec<_> = person.roles.iter().map(|given| (given.role.as_str(), given.scope.clone())).collect();
        let home = Some(person.organisation.clone());
        if managers.contains(&&person.key) {
            roles.push(("LINE_MANAGER", home));
        } else if roles.is_empty() {
            roles.push((Part::Employee.as_str(), home));
        }
        accounts.push(Account { name, email: person.email.clone(), roles });
    }
    Ok(accounts)
}

/// Sets one password for all of them; tells who they are.
pub(super) fn set_passwords(work: &mut Work<'_>, accounts: &[Account], hash: &str) -> Result<Vec<PersonId>, Problem> {
    accounts
        .iter()
        .map(|account| {
            let person = persons::find_by_email(work, &account.email)?;
            let person = person.ok_or_else(|| Problem::internal(&"somebody of the demonstration is not there"))?;
            bootstrap::set_password(work, person.id, Some(hash.to_owned()))?;
            Ok(person.id)
        })
        .collect()
}

/// What a file names must have been filled before.
pub(super) fn known<T: Copy>(things: &HashMap<String, T>, key: &str) -> Result<T, Problem> {
    things
        .get(key)
        .copied()
        .ok_or_else(|| Problem::internal(&format!("the demonstration names {key}, which it has not")))
}
