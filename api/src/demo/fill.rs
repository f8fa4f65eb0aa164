//! Fills the demonstration database, once: who there is, a year that lies behind, and what goes on now.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::TimeDelta;
use domain::{AssignmentId, Clock, Fault, NetworkId, OrganisationId, Part, PersonId, SetClock, TextEnum as _, UnitId};
use persistence::Work;
use persistence::parties::persons;
use persistence::profiles::profiles as profiles_kept;

use super::data::{self, DemoPerson};
use super::{assignments, looking, organisations, people, profiles, responses, year};
use crate::app::App;
use crate::bootstrap;
use crate::exchange::staff_imports;
use crate::problem::Problem;

pub(super) const PEOPLE: &str = include_str!("data/people.json");
/// As an HR system writes it: a byte order mark, semicolons, decimal commas, open ends, somebody with two contracts.
const STAFF_OF_LEIDEN: &str = include_str!("data/staff-leiden.csv");

/// What was filled, by the names that the files use.
#[derive(Clone, Default)]
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

/// How long before the present the demonstration begins, so that somebody has a whole year behind them.
const BEGINS_DAYS_AGO: i64 = 420;

/// How far a database is filled.
enum Found {
    Nothing,
    All,
    Half,
    Others,
}

/// Fills the database unless it is filled; tells each step. Refuses a database that holds other people.
pub async fn fill(app: &App, progress: &(dyn Fn(&str) + Sync)) -> Result<(), Problem> {
    let everybody: Vec<DemoPerson> = data::list(PEOPLE)?;
    let refuse = |reason: &str| {
        Err(Problem::invalid(vec![Fault { name: "DATABASE_URL".to_owned(), reason: reason.to_owned() }]))
    };
    match found(app, &everybody)? {
        Found::All => {
            progress("the demonstration is filled already");
            Ok(())
        }
        Found::Half => refuse("must name a new database: this one was left before the demonstration was whole"),
        Found::Others => {
            refuse("must name a database of its own: this one holds people who are not of the demonstration")
        }
        Found::Nothing => {
            let clock = Arc::new(SetClock::at(app.clock.now() - TimeDelta::days(BEGINS_DAYS_AGO)));
            let past = Arc::new(App::open(app.settings.clone(), Arc::clone(&clock) as Arc<dyn Clock>)?);
            let parties = past.write(|work| fill_parties(work, &everybody, progress))?;
            progress("a whole year of somebody, call by call");
            year::live(&past, &clock, &parties, app.clock.now()).await?;
            progress("the staff of Leiden, from the file of its HR system");
            staff_imports::take_in(app, known(&parties.organisations, "gm0546")?, STAFF_OF_LEIDEN.as_bytes())?;
            app.write(|work| fill_present(work, &parties, &everybody, progress))
        }
    }
}

fn found(app: &App, everybody: &[DemoPerson]) -> Result<Found, Problem> {
    let first = everybody.first().map(|person| person.email.as_str()).unwrap_or_default();
    app.database.read::<_, Problem>(app.clock.now(), |view| match persons::find_by_email(view, first)? {
        Some(person) if profiles_kept::find_of_person(view, person.id)?.is_some() => Ok(Found::All),
        Some(_) => Ok(Found::Half),
        None if persons::any(view)? => Ok(Found::Others),
        None => Ok(Found::Nothing),
    })
}

/// Who there is, and has been for longer than a year.
fn fill_parties(
    work: &mut Work<'_>,
    everybody: &[DemoPerson],
    progress: &(dyn Fn(&str) + Sync),
) -> Result<Filled, Problem> {
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
    Ok(filled)
}

/// What goes on in these days.
fn fill_present(
    work: &mut Work<'_>,
    parties: &Filled,
    everybody: &[DemoPerson],
    progress: &(dyn Fn(&str) + Sync),
) -> Result<(), Problem> {
    let mut filled = parties.clone();
    progress("assignments");
    assignments::fill_assignments(work, &mut filled)?;
    progress("responses");
    responses::fill_responses(work, &filled)?;
    progress("profiles");
    profiles::fill_profiles(work, &filled, everybody)?;
    progress("a saved search and a channel");
    looking::fill_looking(work, &filled)
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
