//! Where a caller stands in the market: which rings they are in, what they look after, which parts they play.

use std::collections::BTreeSet;

use domain::market::assignments::{Assignment, AssignmentAction, AssignmentState, LIFECYCLE, Sight};
use domain::market::publication_rings::{PublicationRules, Reach};
use domain::parties::mobility_policies::PolicyTerms;
use domain::parties::role_assignments::{Role, Scope, in_force};
use domain::{Moment, NetworkId, OrganisationId, Part, PersonId, TextEnum, local_date};
use persistence::View;
use persistence::market::assignments::networks_of;
use persistence::parties::{
    employments, memberships, mobility_policies, networks, organisations, role_assignments, units,
};

use crate::access::Actor;
use crate::problem::Problem;

/// Somebody who looks at the market; the default is a stranger without a token.
#[derive(Debug, Clone, Default)]
pub(crate) struct Viewer {
    /// What they see.
    pub(crate) sight: Sight,
    /// Where they stand as an employee: the rings in which they may respond.
    pub(crate) reach: Reach,
    /// Whether they work somewhere today.
    pub(crate) is_employed: bool,
}

impl Viewer {
    /// Loads where this caller stands at the moment of reading.
    pub(crate) fn of(view: &mut View<'_>, actor: Option<&Actor>) -> Result<Self, Problem> {
        let Some(actor) = actor else { return Ok(Self::default()) };
        let reach = reach_of(view, actor)?;
        let scopes = |role| actor.roles.iter().filter(move |given| given.role == role).map(|given| given.scope);
        let administered: Vec<OrganisationId> = scopes(Role::OrganisationAdministrator)
            .filter_map(|scope| if let Scope::Organisation(id) = scope { Some(id) } else { None })
            .collect();
        let coordinates: Vec<NetworkId> = actor.coordinated().collect();
        let mut seen = reach.clone();
        seen.networks.extend(coordinates.iter().filter(|network| !reach.networks.contains(network)));
        let sight = Sight {
            person: Some(actor.person),
            reach: seen,
            administers: organisations::descendants(view, &administered)?,
            coordinates,
            moderates: actor.is_platform_administrator(),
        };
        Ok(Self { sight, reach, is_employed: !actor.employments.is_empty() })
    }

    /// Whether this klus is open to them at this moment.
    pub(crate) fn may_respond(&self, assignment: &Assignment, now: Moment) -> bool {
        self.is_employed
            && assignment.is_open(now)
            && assignment.is_inside(&self.reach, now)
            && !self.sight.person.is_some_and(|person| assignment.is_owned_by(person))
    }

    /// The parts they play with regard to a klus, apart from its review.
    pub(crate) fn parts(&self, assignment: &Assignment) -> Vec<Part> {
        let sight = &self.sight;
        let is_owner = sight.person.is_some_and(|person| assignment.is_owned_by(person));
        [
            (is_owner, Part::Client),
            (sight.administers.contains(&assignment.organisation), Part::OrganisationAdministrator),
            (sight.moderates, Part::PlatformAdministrator),
        ]
        .into_iter()
        .filter_map(|(plays, part)| plays.then_some(part))
        .collect()
    }

    /// The parts they play in the review of a klus, under the rules of its organisation.
    pub(crate) fn reviewing_parts(&self, assignment: &Assignment, rules: &PublicationRules) -> Vec<Part> {
        let named: Vec<NetworkId> = assignment.plan.iter().flat_map(|plan| plan.networks()).collect();
        let asked = rules.reviewers(&named);
        let mut parts = Vec::new();
        if asked.organisation && self.sight.administers.contains(&assignment.organisation) {
            parts.push(Part::OrganisationAdministrator);
        }
        if asked.networks.iter().any(|network| self.sight.coordinates.contains(network)) {
            parts.push(Part::NetworkCoordinator);
        }
        parts
    }

    /// What they can do with a klus in its present state. The rules are those of its organisation, where it is in review.
    pub(crate) fn legal_actions(
        &self,
        assignment: &Assignment,
        rules: Option<&PublicationRules>,
        now: Moment,
    ) -> Vec<AssignmentAction> {
        let parts = self.parts(assignment);
        let reviewing = rules.map(|rules| self.reviewing_parts(assignment, rules)).unwrap_or_default();
        let state = assignment.state_at(now);
        let is_legal = |action: &AssignmentAction| {
            let is_review = matches!(action, AssignmentAction::Approve | AssignmentAction::Return);
            LIFECYCLE.allows(state, *action, if is_review { &reviewing } else { &parts })
        };
        AssignmentAction::ALL.iter().copied().filter(is_legal).collect()
    }

    /// Whether they may have to review a klus, so that it takes the rules to know.
    pub(crate) fn may_review(&self, assignment: &Assignment) -> bool {
        assignment.state == AssignmentState::InReview
            && (!self.sight.coordinates.is_empty() || self.sight.administers.contains(&assignment.organisation))
    }
}

/// Where an employee stands, seen from the rings. Only employments that hold today count.
pub(crate) fn reach_of(view: &mut View<'_>, actor: &Actor) -> Result<Reach, Problem> {
    let employers: BTreeSet<OrganisationId> = actor.employers().collect();
    let employers: Vec<OrganisationId> = employers.into_iter().collect();
    let mut above: BTreeSet<_> = BTreeSet::new();
    for unit in actor.employments.iter().filter_map(|employment| employment.terms.unit) {
        above.extend(units::ancestors(view, unit)?);
    }
    let upwards = actor.employers_and_above(view)?;
    let networks = memberships::active_networks_of(view, &upwards, actor.person)?;
    Ok(Reach { units: above.into_iter().collect(), networks, ..reach_in(view, &employers, upwards)? })
}

/// Where every employee of an organisation stands, whichever their unit and whatever they belong to in person.
pub(crate) fn reach_of_all(view: &mut View<'_>, organisation: OrganisationId) -> Result<Reach, Problem> {
    let concern = organisations::ancestors(view, organisation)?;
    Ok(Reach { networks: networks_of(view, &concern)?, ..reach_in(view, &[organisation], concern)? })
}

/// `upwards` are the employers and all above them.
fn reach_in(view: &mut View<'_>, employers: &[OrganisationId], upwards: Vec<OrganisationId>) -> Result<Reach, Problem> {
    let below = organisations::descendants(view, employers)?;
    let concern: BTreeSet<OrganisationId> = below.into_iter().chain(upwards).collect();
    Ok(Reach {
        organisations: concern.into_iter().collect(),
        units: Vec::new(),
        networks: Vec::new(),
        federated: false,
        civil_servant: organisations::any_in_government(view, employers)?,
    })
}

/// What the policy of an organisation and the networks it belongs to demand of a publication today.
pub(crate) fn rules_of(view: &mut View<'_>, organisation: OrganisationId) -> Result<PublicationRules, Problem> {
    let policy = terms_of(view, organisation)?;
    let concern = organisations::ancestors(view, organisation)?;
    let ids = networks_of(view, &concern)?;
    Ok(PublicationRules::of(&policy, &networks::find_many(view, &ids)?))
}

/// The terms that hold in an organisation today.
pub(crate) fn terms_of(view: &mut View<'_>, organisation: OrganisationId) -> Result<PolicyTerms, Problem> {
    let today = local_date(view.now());
    Ok(mobility_policies::current(view, organisation, today)?.terms)
}

/// Whether somebody may own klussen of this organisation: its clients, and who administers it.
pub(crate) fn may_own(view: &mut View<'_>, person: PersonId, organisation: OrganisationId) -> Result<bool, Problem> {
    let today = local_date(view.now());
    let employments = employments::of_person(view, person)?;
    let roles = in_force(role_assignments::of_person(view, person)?, &employments, today);
    let above = organisations::ancestors(view, organisation)?;
    Ok(roles.iter().any(|given| {
        matches!(given.role, Role::Client | Role::OrganisationAdministrator)
            && matches!(given.scope, Scope::Organisation(id) if above.contains(&id))
    }))
}
