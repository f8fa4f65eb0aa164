//! Assignments as a caller sees them, with the names of what they refer to.

use std::collections::HashMap;
use std::hash::Hash;

use domain::market::assignments::{Assignment, AssignmentDetails, Ending};
use domain::market::effort::Effort;
use domain::market::publication_rings::{PlannedRing, PublicationChannel, PublicationRules, Ring};
use domain::parties::networks::{Admission, Network};
use domain::vocabulary::SkillReference;
use domain::{Moment, NetworkId, OrganisationId, PersonId, SkillId};
use persistence::View;
use persistence::parties::organisations::Named;
use persistence::parties::{networks, organisations, persons};
use persistence::profiles::skills;

use super::drafts::ExternalHireItem;
use super::views::{
    AskedSkillView, AssignmentView, EndingView, HostView, NamedNetworkView, OwnerView, PlannedRingView, YoursView,
};
use crate::market::standing::{Viewer, rules_of};
use crate::problem::Problem;

/// What assignments refer to, loaded for all of them at once.
struct Around<'v> {
    viewer: &'v Viewer,
    now: Moment,
    hosts: HashMap<OrganisationId, HostView>,
    owners: HashMap<PersonId, OwnerView>,
    networks: HashMap<NetworkId, Network>,
    labels: HashMap<SkillId, String>,
    rules: HashMap<OrganisationId, PublicationRules>,
}

/// One assignment as this caller sees it.
pub(crate) fn shown(view: &mut View<'_>, viewer: &Viewer, assignment: Assignment) -> Result<AssignmentView, Problem> {
    let shown = all_shown(view, viewer, vec![assignment])?;
    shown.into_iter().next().ok_or_else(|| Problem::internal(&"an assignment that is not shown"))
}

/// Assignments as this caller sees them, in the same order.
pub(crate) fn all_shown(
    view: &mut View<'_>,
    viewer: &Viewer,
    assignments: Vec<Assignment>,
) -> Result<Vec<AssignmentView>, Problem> {
    let around = Around::load(view, viewer, &assignments)?;
    assignments.into_iter().map(|assignment| around.show(assignment)).collect()
}

impl<'v> Around<'v> {
    fn load(view: &mut View<'_>, viewer: &'v Viewer, assignments: &[Assignment]) -> Result<Self, Problem> {
        let hosts = organisations::named(view, &distinct(assignments.iter().map(|one| one.organisation)))?;
        let people = assignments.iter().filter(|_| viewer.sight.person.is_some());
        let people = people.flat_map(|one| one.co_owners.iter().copied().chain([one.owner]));
        let owners = persons::find_many(view, &distinct(people))?;
        let named = assignments.iter().flat_map(|one| one.plan.iter().flat_map(|plan| plan.networks()));
        let networks = networks::find_many(view, &distinct(named))?;
        let labels = skills::labels(view, &distinct(assignments.iter().flat_map(concepts)))?;
        let mut rules = HashMap::new();
        for organisation in
            distinct(assignments.iter().filter(|one| viewer.may_review(one)).map(|one| one.organisation))
        {
            rules.insert(organisation, rules_of(view, organisation)?);
        }
        Ok(Self {
            viewer,
            now: view.now(),
            hosts: hosts
                .into_iter()
                .map(|Named { id, name, kind, layer }| (id, HostView { id, name, kind, layer }))
                .collect(),
            owners: owners
                .into_iter()
                .map(|person| (person.id, OwnerView { id: person.id, name: person.name.full() }))
                .collect(),
            networks: networks.into_iter().map(|network| (network.id, network)).collect(),
            labels,
            rules,
        })
    }

    fn show(&self, assignment: Assignment) -> Result<AssignmentView, Problem> {
        let now = self.now;
        let yours = self.yours(&assignment);
        let looks_after = self.viewer.sight.looks_after(&assignment);
        let rings = self.rings(&assignment, looks_after);
        let average_minutes_per_week =
            assignment.details.effort.and_then(|effort| effort.average_minutes_per_week(assignment.period()));
        let Assignment {
            id,
            revision: _, // in the ETag
            organisation,
            unit,
            owner,
            co_owners,
            details,
            state,
            deadline,
            plan,
            published_at,
            closed_at,
            review_remarks,
            ending,
            created_at,
            modified_at,
        } = assignment.as_of(now);
        let AssignmentDetails {
            kind,
            title,
            description,
            intended_result,
            deliverables,
            planning,
            effort,
            start_date,
            end_date,
            positions,
            scale_level,
            region,
            location,
            remote,
            required_skills,
            preferred_skills,
            education_levels,
            interests,
            charge_basis,
            external_hire,
            programme_label,
        } = details;
        let open_ring = plan.as_ref().and_then(|plan| plan.open_ring(now));
        let host = self.hosts.get(&organisation).cloned();
        Ok(AssignmentView {
            id,
            organisation: host.ok_or_else(|| Problem::internal(&"an assignment without its organisation"))?,
            unit_id: unit,
            owner: self.owners.get(&owner).cloned(),
            co_owners: co_owners.iter().filter_map(|person| self.owners.get(person).cloned()).collect(),
            kind,
            title,
            description,
            intended_result,
            deliverables,
            planning,
            minutes_per_week: effort.and_then(Effort::minutes_per_week),
            total_minutes: effort.and_then(Effort::total_minutes),
            average_minutes_per_week,
            start_date,
            end_date,
            positions,
            scale_level,
            region,
            location,
            remote,
            required_skills: self.skills(required_skills),
            preferred_skills: self.skills(preferred_skills),
            education_levels,
            interests,
            charge_basis,
            external_hire: external_hire.filter(|_| looks_after).map(ExternalHireItem::from),
            programme_label,
            state,
            channel: published_at.map(|_| open_ring.map_or(PublicationChannel::Internal, Ring::channel)),
            rings,
            deadline,
            published_at,
            closed_at,
            review_remarks: review_remarks.filter(|_| looks_after),
            ending: ending.map(EndingView::from),
            yours,
            created_at,
            modified_at,
            highlights: None,
        })
    }

    fn yours(&self, assignment: &Assignment) -> YoursView {
        let viewer = self.viewer;
        let rules = self.rules.get(&assignment.organisation).filter(|_| viewer.may_review(assignment));
        YoursView {
            is_owner: viewer.sight.person.is_some_and(|person| assignment.is_owned_by(person)),
            may_respond: viewer.may_respond(assignment, self.now),
            legal_actions: viewer.legal_actions(assignment, rules, self.now),
        }
    }

    /// The rings as this caller may know of them: networks by invitation do not appear to who is not admitted
    /// (invariant 19), nor does a ring of which nothing else is left.
    fn rings(&self, assignment: &Assignment, looks_after: bool) -> Vec<PlannedRingView> {
        let published = assignment.published_at.is_some() && assignment.is_open(self.now);
        let planned = assignment.plan.iter().flat_map(|plan| &plan.rings);
        planned
            .filter_map(|planned| {
                let networks: Vec<_> = planned.networks.iter().filter_map(|id| self.named(*id, looks_after)).collect();
                let is_hidden = networks.is_empty() && !planned.networks.is_empty();
                let PlannedRing { ring, opens_at, closes_at, networks: _, reason, set_by: _ } = planned.clone();
                (!is_hidden).then_some(PlannedRingView {
                    ring,
                    channel: ring.channel(),
                    opens_at,
                    closes_at,
                    is_open: published && planned.is_open(self.now),
                    networks,
                    reason,
                })
            })
            .collect()
    }

    fn named(&self, id: NetworkId, looks_after: bool) -> Option<NamedNetworkView> {
        let network = self.networks.get(&id)?;
        let is_known = looks_after
            || network.details.admission != Admission::InvitationOnly
            || self.viewer.sight.reach.networks.contains(&id);
        is_known.then(|| NamedNetworkView { id, name: network.details.name.clone() })
    }

    fn skills(&self, skills: Vec<SkillReference>) -> Vec<AskedSkillView> {
        skills
            .into_iter()
            .map(|skill| match skill {
                SkillReference::Concept(id) => {
                    AskedSkillView { skill_id: Some(id), label: self.labels.get(&id).cloned().unwrap_or_default() }
                }
                SkillReference::FreeText(label) => AskedSkillView { skill_id: None, label },
            })
            .collect()
    }
}

/// The concepts of the vocabulary that an assignment asks for.
pub(super) fn concepts(assignment: &Assignment) -> impl Iterator<Item = SkillId> {
    let details = &assignment.details;
    details.required_skills.iter().chain(&details.preferred_skills).filter_map(|skill| match skill {
        SkillReference::Concept(id) => Some(*id),
        SkillReference::FreeText(_) => None,
    })
}

fn distinct<T: Ord + Eq + Hash>(all: impl Iterator<Item = T>) -> Vec<T> {
    all.collect::<std::collections::BTreeSet<_>>().into_iter().collect()
}

impl From<Ending> for EndingView {
    fn from(ending: Ending) -> Self {
        let Ending { reason, note, at } = ending;
        Self { reason: reason.as_str(), note, ended_at: at }
    }
}
