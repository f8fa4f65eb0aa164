//! Roles given to people: what clients send and see.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::parties::role_assignments::{Role, RoleAssignment, Scope};
use domain::{NetworkId, OrganisationId, PersonId, Refusal, RoleAssignmentId};
use persistence::View;
use persistence::parties::persons;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::paging::page_of;
use crate::problem::Problem;

/// A role to be given: in an organisation, in a network, or on the platform when neither is named
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RoleAssignmentDraft {
    /// Who gets it
    person_id: PersonId,
    /// The role
    role: Role,
    /// The organisation in which it holds, and in those below it
    organisation_id: Option<OrganisationId>,
    /// The network in which it holds
    network_id: Option<NetworkId>,
}

/// A role given to somebody (roltoekenning)
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = RoleAssignment)]
pub struct RoleAssignmentView {
    /// Identifies it
    id: RoleAssignmentId,
    /// Who has it
    person_id: PersonId,
    /// Their whole name
    #[schema(max_length = 240, example = "Sanne de Vries")]
    person_name: String,
    /// The role
    role: Role,
    /// The organisation in which it holds, and in those below it
    organisation_id: Option<OrganisationId>,
    /// The network in which it holds
    network_id: Option<NetworkId>,
    /// Since when
    #[schema(example = "2026-11-21T09:00:00Z")]
    created_at: DateTime<Utc>,
}

page_of!(
    /// A page of roles
    RoleAssignmentPage as RoleAssignmentPage, RoleAssignmentView
);

impl RoleAssignmentDraft {
    /// Who gets which role, and where.
    pub(super) fn split(self) -> Result<(PersonId, Role, Scope), Refusal> {
        let Self { person_id, role, organisation_id, network_id } = self;
        let scope = match (organisation_id, network_id) {
            (Some(id), None) => Scope::Organisation(id),
            (None, Some(id)) => Scope::Network(id),
            (None, None) => Scope::Platform,
            (Some(_), Some(_)) => {
                return Err(Refusal::invalid("networkId", "must be left out where organisationId is given"));
            }
        };
        Ok((person_id, role, scope))
    }
}

impl RoleAssignmentView {
    /// Roles with the names of those who have them.
    pub(super) fn of_all(view: &mut View<'_>, roles: &[RoleAssignment]) -> Result<Vec<Self>, Problem> {
        let ids: Vec<PersonId> = roles.iter().map(|given| given.person).collect();
        let people = persons::find_many(view, &ids)?;
        let names: HashMap<PersonId, String> =
            people.into_iter().map(|person| (person.id, person.name.full())).collect();
        Ok(roles.iter().map(|given| Self::of(given, &names)).collect())
    }

    /// One role with the name of who has it.
    pub(super) fn one(view: &mut View<'_>, given: RoleAssignment) -> Result<Self, Problem> {
        let only = Self::of_all(view, &[given])?.pop();
        only.ok_or_else(|| Problem::internal(&"one role became none"))
    }

    fn of(given: &RoleAssignment, names: &HashMap<PersonId, String>) -> Self {
        let &RoleAssignment { id, person, role, scope, created_at } = given;
        let (organisation_id, network_id) = match scope {
            Scope::Organisation(id) => (Some(id), None),
            Scope::Network(id) => (None, Some(id)),
            Scope::Platform => (None, None),
        };
        let person_name = names.get(&person).cloned().unwrap_or_default();
        Self { id, person_id: person, person_name, role, organisation_id, network_id, created_at }
    }
}
