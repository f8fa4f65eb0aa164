//! The invented people of the demonstration.

use chrono::TimeDelta;
use domain::local_date;
use domain::parties::employments::{Employment, EmploymentTerms};
use domain::parties::persons::{PersonName, PersonStatus};
use domain::parties::role_assignments::{Role, RoleAssignment, Scope};
use persistence::Work;
use persistence::parties::{employments, role_assignments};

use super::data::{self, DemoNetwork, DemoPerson, DemoRole};
use super::fill::{Filled, known};
use crate::bootstrap;
use crate::problem::Problem;

const NETWORKS: &str = include_str!("data/networks.json");

pub(super) fn name_of(person: &DemoPerson) -> PersonName {
    let name = &person.name;
    PersonName { given: name.given.clone(), infix: name.infix.clone(), family: name.family.clone() }
}

pub(super) fn fill_people(work: &mut Work<'_>, filled: &mut Filled, everybody: &[DemoPerson]) -> Result<(), Problem> {
    for demo in everybody {
        let person = bootstrap::add_person(work, name_of(demo), demo.email.clone(), PersonStatus::Active)?;
        filled.people.insert(demo.key.clone(), person.id);
    }
    let start = local_date(work.now() - TimeDelta::days(900));
    for demo in everybody {
        let terms = EmploymentTerms {
            unit: demo.unit.as_ref().map(|unit| known(&filled.units, unit)).transpose()?,
            function: demo.function.clone(),
            contract_minutes_per_week: demo.contract_minutes_per_week,
            working_days_per_week: demo.working_days_per_week,
            manager: demo.manager.as_ref().map(|manager| known(&filled.people, manager)).transpose()?,
            start,
            end: None,
            hr_external_id: None,
        };
        let (person, organisation) =
            (known(&filled.people, &demo.key)?, known(&filled.organisations, &demo.organisation)?);
        let employment = Employment::record(work.id(), person, organisation, terms, work.now())?;
        employments::insert(work, employment)?;
    }
    Ok(())
}

pub(super) fn fill_roles(work: &mut Work<'_>, filled: &Filled, everybody: &[DemoPerson]) -> Result<(), Problem> {
    let mut given: Vec<(String, Role, Scope)> = Vec::new();
    for demo in everybody {
        for role in &demo.roles {
            given.push((demo.key.clone(), role.role, scope_of(filled, role)?));
        }
    }
    for network in data::list::<DemoNetwork>(NETWORKS)? {
        let scope = Scope::Network(known(&filled.networks, &network.key)?);
        let role = (network.coordinator, Role::NetworkCoordinator, scope);
        if !given.contains(&role) {
            given.push(role);
        }
    }
    for (key, role, scope) in given {
        let role = RoleAssignment::give(work.id(), known(&filled.people, &key)?, role, scope, work.now())?;
        role_assignments::insert(work, role)?;
    }
    Ok(())
}

fn scope_of(filled: &Filled, role: &DemoRole) -> Result<Scope, Problem> {
    match (&role.scope, role.role) {
        (None, _) => Ok(Scope::Platform),
        (Some(key), Role::NetworkCoordinator) => Ok(Scope::Network(known(&filled.networks, key)?)),
        (Some(code), _) => Ok(Scope::Organisation(known(&filled.organisations, code)?)),
    }
}
