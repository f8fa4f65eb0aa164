//! What a plan must keep to: people inside go first, and never for long.

use super::{Origin, PlannedRing, PublicationPlan, Ring};
use crate::parties::mobility_policies::{INTERNAL_FIRST_HARD_CEILING, PolicyTerms};
use crate::parties::networks::Network;
use crate::{Faults, Moment, NetworkId, PersonId, add_working_days};

/// After the widest ring has opened there are at least this many working days to respond.
pub const WORKING_DAYS_TO_ANSWER: u32 = 5;

/// What a client asks of a publication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicationRequest {
    /// The rings, from narrow to wide.
    pub rings: Vec<RingRequest>,
    /// Until when people may respond.
    pub deadline: Moment,
    /// Who asks.
    pub set_by: PersonId,
}

/// A ring that a client asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RingRequest {
    /// The ring.
    pub ring: Ring,
    /// From when; at once where it is left out.
    pub opens_at: Option<Moment>,
    /// Until when, if a wider ring takes over before the deadline.
    pub closes_at: Option<Moment>,
    /// The networks of the ring NETWORK.
    pub networks: Vec<NetworkId>,
    /// Why it does not open at once.
    pub reason: Option<String>,
}

/// What the organisation and its networks demand of a publication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicationRules {
    /// Working days the organisation may keep a klus inside.
    pub internal_first_working_days: u32,
    /// Whether the organisation reviews klussen.
    pub review_required: bool,
    /// The networks the organisation belongs to.
    pub networks: Vec<NetworkRules>,
}

/// What one network demands of a publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NetworkRules {
    /// The network.
    pub network: NetworkId,
    /// Working days a member may keep a klus inside.
    pub internal_first_working_days: u32,
    /// Whether the network reviews klussen.
    pub review_required: bool,
}

/// Who reviews a klus; one of them is enough.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reviewers {
    /// Whether the administrators of the organisation do.
    pub organisation: bool,
    /// The networks whose coordinators do.
    pub networks: Vec<NetworkId>,
}

impl PublicationRules {
    /// The rules that follow from the policy of the organisation and the networks it belongs to.
    pub fn of(policy: &PolicyTerms, memberships: &[Network]) -> Self {
        Self {
            internal_first_working_days: policy.internal_first_working_days,
            review_required: policy.review_required,
            networks: memberships
                .iter()
                .map(|network| NetworkRules {
                    network: network.id,
                    internal_first_working_days: network.details.internal_first_ceiling_working_days,
                    review_required: network.details.review_required,
                })
                .collect(),
        }
    }

    /// The strictest ceiling, in working days: of the platform, the organisation and each network that is named.
    pub fn ceiling(&self, named: &[NetworkId]) -> u32 {
        self.of_named(named)
            .map(|rules| rules.internal_first_working_days)
            .fold(self.internal_first_working_days.min(INTERNAL_FIRST_HARD_CEILING), u32::min)
    }

    /// Whether the organisation or a named network reviews the klus before it opens.
    pub fn asks_review(&self, named: &[NetworkId]) -> bool {
        self.review_required || self.networks_ask_review(named)
    }

    /// Whether a named network reviews the klus before it opens.
    pub fn networks_ask_review(&self, named: &[NetworkId]) -> bool {
        self.of_named(named).any(|rules| rules.review_required)
    }

    /// Who is asked to review a klus that names these networks. Where only networks ask, the organisation does not
    /// approve in their place; where nobody asks any more, what still waits is the organisation's to decide.
    pub fn reviewers(&self, named: &[NetworkId]) -> Reviewers {
        let networks: Vec<_> =
            self.of_named(named).filter(|rules| rules.review_required).map(|rules| rules.network).collect();
        Reviewers { organisation: self.review_required || networks.is_empty(), networks }
    }

    fn of_named(&self, named: &[NetworkId]) -> impl Iterator<Item = &NetworkRules> {
        self.networks.iter().filter(move |rules| named.contains(&rules.network))
    }

    fn knows(&self, network: NetworkId) -> bool {
        self.networks.iter().any(|rules| rules.network == network)
    }
}

impl PublicationRequest {
    /// All networks that are named.
    pub fn networks(&self) -> Vec<NetworkId> {
        self.rings.iter().flat_map(|ring| ring.networks.iter().copied()).collect()
    }
}

impl PublicationPlan {
    /// The plan of a first publication at this moment; what is wrong with it is noted.
    pub fn lay(
        request: &PublicationRequest,
        origin: Origin,
        rules: &PublicationRules,
        now: Moment,
        faults: &mut Faults,
    ) -> Self {
        let rings = request.rings.iter().map(|ring| planned(ring, request.set_by, now)).collect();
        let plan = Self { rings };
        plan.check(request, origin, rules, now, faults);
        let limit = add_working_days(now, rules.ceiling(&request.networks()));
        plan.check_limit(limit, faults);
        plan
    }

    /// The plan after a change: openings may only come earlier and rings may only be added. What is wrong is noted.
    pub fn replan(
        &self,
        request: &PublicationRequest,
        origin: Origin,
        rules: &PublicationRules,
        running: Running,
        faults: &mut Faults,
    ) -> Self {
        let Running { published_at, deadline, now } = running;
        let mut rings = Vec::new();
        for (index, ring) in request.rings.iter().enumerate() {
            let mut next = planned(ring, request.set_by, now);
            if let Some(before) = self.rings.iter().find(|before| before.ring == next.ring) {
                let field = |name: &str| format!("rings.{index}.{name}");
                if before.opens_at <= now {
                    next = PlannedRing { opens_at: before.opens_at, reason: before.reason.clone(), ..next };
                } else if next.reason.is_none() {
                    next.reason.clone_from(&before.reason);
                }
                let reason = "must not be later than it was: nobody lengthens a running window";
                faults.unless(next.opens_at <= before.opens_at, &field("opensAt"), reason);
                let kept = before.networks.iter().all(|network| next.networks.contains(network));
                faults.unless(kept, &field("networkIds"), "must name every network that was named before");
            }
            rings.push(next);
        }
        let kept = self.rings.iter().all(|before| rings.iter().any(|next| next.ring == before.ring));
        faults.unless(kept, "rings", "must name every ring that was planned before");
        faults.unless(deadline <= request.deadline, "deadline", "must not be earlier than it was");
        let plan = Self { rings };
        plan.check(request, origin, rules, now, faults);
        // Opening at once shortens every wait, so it is never too late for it.
        let limit = add_working_days(published_at, rules.ceiling(&request.networks())).max(now);
        plan.check_limit(limit, faults);
        plan
    }

    /// The plan when it takes effect later than it was laid, as a review does: what should have opened opens now.
    pub fn taking_effect(self, now: Moment) -> Self {
        let rings = self.rings.into_iter().map(|planned| PlannedRing {
            opens_at: planned.opens_at.max(now),
            closes_at: planned.closes_at.filter(|closes_at| now < *closes_at),
            ..planned
        });
        Self { rings: rings.collect() }
    }

    /// The plan with a widest ring that lasts until this deadline.
    pub fn lasting_until(mut self, deadline: Moment) -> Self {
        if let Some(widest) = self.rings.last_mut() {
            widest.closes_at = widest.closes_at.filter(|closes_at| deadline <= *closes_at);
        }
        self
    }

    /// The earliest deadline that leaves everybody in the widest ring time to respond.
    pub fn earliest_deadline(&self) -> Option<Moment> {
        self.widest().map(|widest| add_working_days(widest.opens_at, WORKING_DAYS_TO_ANSWER))
    }

    fn check(
        &self,
        request: &PublicationRequest,
        origin: Origin,
        rules: &PublicationRules,
        now: Moment,
        faults: &mut Faults,
    ) {
        faults.unless(!self.rings.is_empty(), "rings", "must name at least one ring");
        let mut narrower: Option<&PlannedRing> = None;
        for (index, planned) in self.rings.iter().enumerate() {
            let field = |name: &str| format!("rings.{index}.{name}");
            if let Some(narrower) = narrower {
                faults.unless(narrower.ring < planned.ring, &field("ring"), "must be wider than the ring before it");
                let reason = "must not be earlier than the opening of the ring before it";
                faults.unless(narrower.opens_at <= planned.opens_at, &field("opensAt"), reason);
            }
            narrower = Some(planned);
            let reason = "must not be UNIT: the assignment names no unit";
            faults.unless(planned.ring != Ring::Unit || origin.unit.is_some(), &field("ring"), reason);
            if planned.ring == Ring::Network {
                faults.unless(!planned.networks.is_empty(), &field("networkIds"), "must name at least one network");
                let known = planned.networks.iter().all(|network| rules.knows(*network));
                faults.unless(known, &field("networkIds"), "must be networks that the organisation belongs to");
            } else {
                faults.unless(
                    planned.networks.is_empty(),
                    &field("networkIds"),
                    "must be empty unless ring is NETWORK",
                );
            }
            let explained = planned.reason.as_deref().is_some_and(|reason| !reason.trim().is_empty());
            let reason = "must say why the ring does not open at once";
            faults.unless(planned.opens_at <= now || explained, &field("reason"), reason);
            if let Some(closes_at) = planned.closes_at {
                let until = self.rings.get(index + 1).map_or(request.deadline, |wider| wider.opens_at);
                let reason =
                    "must not leave anybody outside: not before the next ring opens, the last not before the deadline";
                faults.unless(until <= closes_at && planned.opens_at < closes_at, &field("closesAt"), reason);
            }
        }
        if let Some(earliest) = self.earliest_deadline() {
            let reason = "must be at least five working days after the widest ring opens";
            faults.unless(earliest <= request.deadline, "deadline", reason);
        }
    }

    fn check_limit(&self, limit: Moment, faults: &mut Faults) {
        if let Some(widest) = self.widest()
            && limit < widest.opens_at
        {
            let field = format!("rings.{}.opensAt", self.rings.len() - 1);
            let reason = format!(
                "must be {} or earlier: the strictest internal-first window of platform, organisation and networks",
                limit.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
            );
            faults.add(&field, reason);
        }
    }
}

/// A publication that runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Running {
    /// When it was published.
    pub published_at: Moment,
    /// The deadline so far.
    pub deadline: Moment,
    /// The present moment.
    pub now: Moment,
}

/// No ring opens in the past.
fn planned(request: &RingRequest, set_by: PersonId, now: Moment) -> PlannedRing {
    PlannedRing {
        ring: request.ring,
        opens_at: request.opens_at.map_or(now, |opens_at| opens_at.max(now)),
        closes_at: request.closes_at,
        networks: request.networks.clone(),
        reason: request.reason.clone(),
        set_by,
    }
}
