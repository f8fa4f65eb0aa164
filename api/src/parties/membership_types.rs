//! Memberships: what clients send and see.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::parties::memberships::{Member, Membership, MembershipState};
use domain::parties::organisations::OrganisationKind;
use domain::{MembershipId, NetworkId, OrganisationId, PersonId, Refusal};
use persistence::View;
use persistence::parties::{organisations, persons};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::access::Actor;
use crate::paging::page_of;
use crate::problem::Problem;

/// Who is to be a member: an organisation, or a person in a network by invitation only
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MembershipDraft {
    /// An organisation, with all its people and the organisations below it
    #[schema(example = "01935b7e-8a3c-7c4e-9a51-3d2f6b8e0c17")]
    organisation_id: Option<OrganisationId>,
    /// A person; only in networks by invitation only
    person_id: Option<PersonId>,
}

/// A membership of a network (deelname)
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Membership)]
pub struct MembershipView {
    /// Identifies it
    id: MembershipId,
    /// The network
    network_id: NetworkId,
    /// The organisation whose membership it is; null for a person
    organisation_id: Option<OrganisationId>,
    /// The person whose membership it is; null for an organisation
    person_id: Option<PersonId>,
    /// The name of the organisation or of the person; that of a person only once they are a member
    #[schema(max_length = 240, example = "Gemeente Oss")]
    member_name: Option<String>,
    /// What kind of organisation it is; null for a person
    organisation_kind: Option<OrganisationKind>,
    /// Its state
    state: MembershipState,
    /// When it became active, if it did
    #[schema(example = "2026-11-21T09:00:00Z")]
    joined_at: Option<DateTime<Utc>>,
    /// When it was asked for or offered
    #[schema(example = "2026-11-21T09:00:00Z")]
    created_at: DateTime<Utc>,
    /// When it last changed
    #[schema(example = "2026-11-21T09:00:00Z")]
    modified_at: DateTime<Utc>,
}

page_of!(
    /// A page of memberships
    MembershipPage as MembershipPage, MembershipView
);

impl MembershipDraft {
    /// Whose membership it is to be.
    pub(super) fn member(&self) -> Result<Member, Refusal> {
        let Self { organisation_id, person_id } = self;
        match (organisation_id, person_id) {
            (Some(id), None) => Ok(Member::Organisation(*id)),
            (None, Some(id)) => Ok(Member::Person(*id)),
            _ => Err(Refusal::invalid("organisationId", "must be given, or else personId, and not both")),
        }
    }
}

impl MembershipView {
    /// Memberships with the names of the members.
    pub(super) fn of_all(view: &mut View<'_>, actor: &Actor, all: Vec<Membership>) -> Result<Vec<Self>, Problem> {
        let (mut employers, mut people) = (Vec::new(), Vec::new());
        for membership in &all {
            match membership.member {
                Member::Organisation(id) => employers.push(id),
                Member::Person(id) if id == actor.person || membership.state == MembershipState::Active => {
                    people.push(id);
                }
                Member::Person(_) => {}
            }
        }
        let employers = organisations::find_many(view, &employers)?;
        let employers: HashMap<OrganisationId, (String, OrganisationKind)> =
            employers.into_iter().map(|one| (one.id, (one.details.name, one.details.kind))).collect();
        let people: HashMap<PersonId, String> =
            persons::find_many(view, &people)?.into_iter().map(|one| (one.id, one.name.full())).collect();
        Ok(all
            .into_iter()
            .map(|membership| {
                let (name, kind) = match membership.member {
                    Member::Organisation(id) => employers.get(&id).cloned().unzip(),
                    Member::Person(id) => (people.get(&id).cloned(), None),
                };
                Self::of(&membership, name, kind)
            })
            .collect())
    }

    /// One membership with the name of the member.
    pub(super) fn one(view: &mut View<'_>, actor: &Actor, membership: Membership) -> Result<Self, Problem> {
        let only = Self::of_all(view, actor, vec![membership])?.pop();
        only.ok_or_else(|| Problem::internal(&"one membership became none"))
    }

    fn of(membership: &Membership, member_name: Option<String>, organisation_kind: Option<OrganisationKind>) -> Self {
        let &Membership { id, revision: _, network, member, state, since, created_at, modified_at } = membership;
        let (organisation_id, person_id) = match member {
            Member::Organisation(id) => (Some(id), None),
            Member::Person(id) => (None, Some(id)),
        };
        Self {
            id,
            network_id: network,
            organisation_id,
            person_id,
            member_name,
            organisation_kind,
            state,
            joined_at: since,
            created_at,
            modified_at,
        }
    }
}
