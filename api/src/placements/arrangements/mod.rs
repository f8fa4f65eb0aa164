//! Mobility arrangements: employee and home organisation agree on hours elsewhere, and on the way back.

mod agreeing;
mod drafting;
mod reading;
mod types;

use domain::parties::employments::Employment;
use domain::parties::mobility_policies::MobilityPolicy;
use domain::placements::arrangements::{Arrangement, ArrangementGround, ArrangementState, Side};
use domain::{ArrangementId, Audience, Change, EventKind, Moment, Part, Refusal, TextEnum};
use persistence::parties::{employments, mobility_policies};
use persistence::placements::arrangements as kept;
use persistence::{View, Work, ledger};
use utoipa_actix_web::service_config::ServiceConfig;

use self::types::ArrangementView;
use super::standing::{Standing, of_arrangement};
use crate::access::Actor;
use crate::body::IfMatch;
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// Registers the operations.
pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(drafting::create_arrangement)
        .service(drafting::create_arrangement_version)
        .service(drafting::revise_arrangement)
        .service(reading::list_arrangements)
        .service(reading::get_arrangement)
        .service(reading::list_arrangement_weeks)
        .service(agreeing::propose_arrangement)
        .service(agreeing::sign_arrangement)
        .service(agreeing::refuse_arrangement)
        .service(agreeing::withdraw_arrangement)
        .service(agreeing::pause_arrangement)
        .service(agreeing::resume_arrangement)
        .service(agreeing::end_arrangement);
}

/// An arrangement for who may know of it; to anybody else it is not there. A draft is for the side that writes it.
fn open(view: &mut View<'_>, actor: &Actor, id: ArrangementId) -> Result<(Arrangement, Standing), Problem> {
    let arrangement = kept::get(view, id)?;
    let standing = of_arrangement(view, actor, &arrangement)?;
    let is_draft = arrangement.state == ArrangementState::Draft;
    let wrote_it = !standing.parts.is_empty() && Side::of(&standing.parts) == arrangement.drafted_by;
    if standing.is_nobody() || (is_draft && !wrote_it) {
        return Err(Refusal::hidden("arrangement").into());
    }
    Ok((arrangement, standing))
}

/// What an arrangement of this employment stands under.
struct Ground {
    employment: Employment,
    policy: Option<MobilityPolicy>,
    others: Vec<Arrangement>,
    has_pending: bool,
}

impl Ground {
    /// Loads it for a series that is there, or for one that begins: the policy stays the one it began under.
    fn of(view: &mut View<'_>, employment: Employment, series: Option<&Arrangement>) -> Result<Self, Problem> {
        let policy = match series {
            Some(first) => first.policy.map(|policy| mobility_policies::get(view, policy)).transpose()?,
            None => {
                let today = domain::local_date(view.now());
                mobility_policies::current(view, employment.organisation, today)?.policy
            }
        };
        let others = kept::standing_beside(view, employment.id, series.map(|one| one.series))?;
        let has_pending = match series {
            Some(one) => kept::versions(view, one.series)?
                .iter()
                .any(|version| matches!(version.state, ArrangementState::Draft | ArrangementState::Proposed)),
            None => false,
        };
        Ok(Self { employment, policy, others, has_pending })
    }

    fn of_arrangement(view: &mut View<'_>, arrangement: &Arrangement) -> Result<Self, Problem> {
        let employment = employments::get(view, arrangement.employment)?;
        Self::of(view, employment, Some(arrangement))
    }

    fn lent(&self) -> ArrangementGround<'_> {
        ArrangementGround {
            employment: &self.employment,
            policy: self.policy.as_ref(),
            others: &self.others,
            has_pending: self.has_pending,
        }
    }
}

/// Takes a step with an arrangement at the revision that was seen, and shows it.
fn step(
    work: &mut Work<'_>,
    actor: &Actor,
    id: ArrangementId,
    seen: &IfMatch,
    decide: impl FnOnce(&mut Work<'_>, Arrangement, &[Part], Moment) -> Result<Arrangement, Problem>,
) -> Answer<ArrangementView> {
    let (arrangement, standing) = open(work, actor, id)?;
    seen.expect(arrangement.revision)?;
    let now = work.now();
    let from = arrangement.clone().as_of(now).state;
    let arrangement = decide(work, arrangement, &standing.parts, now)?;
    let arrangement = keep(work, from, arrangement)?;
    Ok(current(arrangement, &standing, now))
}

fn current(arrangement: Arrangement, standing: &Standing, now: Moment) -> Reply<ArrangementView> {
    let revision = arrangement.revision;
    Reply::current(revision, ArrangementView::of(arrangement, &standing.parts, standing.only_hours, now))
}

/// Keeps a changed arrangement, and tells both sides.
fn keep(work: &mut Work<'_>, from: ArrangementState, arrangement: Arrangement) -> Result<Arrangement, Problem> {
    let arrangement = kept::save(work, arrangement)?;
    tell(work, Some(from), &arrangement)?;
    Ok(arrangement)
}

/// Tells who may know of it: of a draft only the side that writes it.
fn tell(work: &mut Work<'_>, from: Option<ArrangementState>, arrangement: &Arrangement) -> Result<(), Problem> {
    let manager = employments::get(work, arrangement.employment)?.terms.manager;
    let is_draft =
        arrangement.state == ArrangementState::Draft && from.is_none_or(|from| from == ArrangementState::Draft);
    let mut audiences = Vec::new();
    if !is_draft || arrangement.drafted_by == Side::Employee {
        audiences.push(Audience::Person(arrangement.person));
    }
    if !is_draft || arrangement.drafted_by == Side::Home {
        audiences.push(manager.map_or(Audience::Administrators(arrangement.home), Audience::Person));
    }
    let moved = from != Some(arrangement.state);
    let kind = if moved { EventKind::ArrangementStateChanged } else { EventKind::ArrangementChanged };
    let change = Change::new(kind, arrangement.id).to(audiences);
    let change = if moved { change.states(from.map(TextEnum::as_str), arrangement.state.as_str()) } else { change };
    Ok(ledger::record(work, change)?)
}

/// Writes what the calendar has changed, in a transaction that looks again.
pub(super) fn settle(work: &mut Work<'_>, id: ArrangementId) -> Result<(), Problem> {
    let arrangement = kept::get(work, id)?;
    let (from, present) = (arrangement.state, arrangement.as_of(work.now()));
    if present.state != from {
        keep(work, from, present)?;
    }
    Ok(())
}
