//! The klussen of the demonstration.

use chrono::TimeDelta;
use domain::market::assignments::{
    Assignment, AssignmentDetails, AssignmentDraft, AssignmentState, CancellationReason, ExternalHireEstimate,
    PlacementTally,
};
use domain::market::effort::Effort;
use domain::market::publication_rings::{PublicationRequest, PublicationRules, Ring, RingRequest};
use domain::vocabulary::SkillReference;
use domain::{Moment, Part, add_working_days, local_date};
use persistence::Work;
use persistence::market::assignments as kept;
use persistence::parties::{memberships, mobility_policies, networks};

use super::data::{self, DemoAssignment, DemoSkillName};
use super::fill::{Filled, known};
use crate::problem::Problem;

const ASSIGNMENTS: &str = include_str!("data/assignments.json");

/// Klussen were published on the days before the demonstration, not all at once.
const SPREAD_DAYS: i64 = 6;

pub(super) fn fill_assignments(work: &mut Work<'_>, filled: &mut Filled) -> Result<(), Problem> {
    for (index, demo) in data::list::<DemoAssignment>(ASSIGNMENTS)?.into_iter().enumerate() {
        let index = i64::try_from(index).unwrap_or_default();
        let moment = work.now() - TimeDelta::days(index % SPREAD_DAYS) - TimeDelta::minutes(index * 7);
        let assignment = assignment(work, filled, &demo, moment)?;
        filled.assignments.insert(demo.key, kept::insert(work, assignment)?.id);
    }
    Ok(())
}

fn assignment(
    work: &mut Work<'_>,
    filled: &Filled,
    demo: &DemoAssignment,
    moment: Moment,
) -> Result<Assignment, Problem> {
    let organisation = known(&filled.organisations, &demo.organisation)?;
    let owner = known(&filled.people, &demo.owner)?;
    let draft = AssignmentDraft {
        organisation,
        unit: demo.unit.as_ref().map(|unit| known(&filled.units, unit)).transpose()?,
        owner,
        co_owners: Vec::new(),
        details: details(demo, moment),
    };
    let client = [Part::Client];
    let assignment = Assignment::draft(work.id(), draft, &client, moment)?;
    if demo.state == AssignmentState::Draft {
        return Ok(assignment);
    }
    let today = local_date(work.now());
    let terms = mobility_policies::current(work, organisation, today)?.terms;
    let joined = memberships::active_networks_of(work, &[organisation], owner)?;
    let joined = networks::find_many(work, &joined)?;
    let rules = PublicationRules::of(&terms, &joined);
    let request = request(filled, demo, owner, moment)?;
    let assignment = if rules.asks_review(&request.networks()) {
        let reviewer = [Part::NetworkCoordinator];
        assignment.submit_for_review(&request, &rules, &client, moment)?.approve(&reviewer, moment)?
    } else {
        assignment.publish(&request, &rules, &client, moment)?
    };
    match demo.state {
        AssignmentState::Closed => Ok(assignment.close(&client, moment + TimeDelta::hours(3))?),
        AssignmentState::Cancelled => {
            let why = (CancellationReason::NoLongerNeeded, None);
            let later = moment + TimeDelta::hours(3);
            Ok(assignment.cancel(why, PlacementTally::default(), Vec::new(), &client, later)?.assignment)
        }
        _ => Ok(assignment),
    }
}

fn request(
    filled: &Filled,
    demo: &DemoAssignment,
    owner: domain::PersonId,
    moment: Moment,
) -> Result<PublicationRequest, Problem> {
    let networks = demo.networks.iter().map(|key| known(&filled.networks, key)).collect::<Result<Vec<_>, _>>()?;
    let ring = |ring, opens_at, reason: Option<String>| RingRequest {
        ring,
        opens_at,
        closes_at: None,
        networks: if ring == Ring::Network { networks.clone() } else { Vec::new() },
        reason,
    };
    let mut rings = Vec::new();
    let mut opens_at = None;
    if demo.internal_first_working_days > 0 {
        rings.push(ring(Ring::Organisation, None, None));
        opens_at = Some(add_working_days(moment, demo.internal_first_working_days));
    }
    rings.push(ring(demo.ring, opens_at, demo.delay_reason.clone()));
    let days = i64::try_from(demo.deadline_in_days).unwrap_or(14);
    Ok(PublicationRequest { rings, deadline: moment + TimeDelta::days(days + SPREAD_DAYS), set_by: owner })
}

fn details(demo: &DemoAssignment, moment: Moment) -> AssignmentDetails {
    let effort = demo.minutes_per_week.map(Effort::MinutesPerWeek).or(demo.total_minutes.map(Effort::TotalMinutes));
    let start = local_date(moment) + chrono::Days::new(demo.starts_in_days);
    AssignmentDetails {
        kind: demo.kind,
        title: demo.title.clone(),
        description: demo.description.clone(),
        intended_result: Some(demo.intended_result.clone()),
        deliverables: demo.deliverables.clone(),
        planning: Some(demo.planning.clone()),
        effort,
        start_date: Some(start),
        end_date: Some(start + chrono::Days::new((demo.duration_weeks * 7).max(1) - 1)),
        positions: demo.positions,
        scale_level: demo.scale_level,
        region: Some(demo.region.clone()),
        location: Some(demo.location.clone()),
        remote: demo.remote,
        required_skills: demo.required_skills.iter().map(skill).collect(),
        preferred_skills: demo.preferred_skills.iter().map(skill).collect(),
        education_levels: demo.education_levels.clone(),
        interests: demo.interests.clone(),
        charge_basis: demo.charge_basis,
        external_hire: demo
            .would_be_hired_externally
            .as_ref()
            .map(|hire| ExternalHireEstimate { minutes: hire.hours * 60, hourly_rate_cents: hire.hourly_rate_cents }),
        programme_label: demo.programme_label.clone(),
    }
}

pub(super) fn skill(named: &DemoSkillName) -> SkillReference {
    match &named.uri {
        Some(uri) => SkillReference::Concept(domain::profiles::skills::id_of(uri)),
        None => SkillReference::FreeText(named.label.clone()),
    }
}
