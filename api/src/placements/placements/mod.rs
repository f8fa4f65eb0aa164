//! Placements: the work that somebody does elsewhere, from the plan to the return.

mod due;
mod ending;
pub(super) mod lights;
mod planning;
mod reading;
mod types;

use domain::market::responses::PlacementStage;
use domain::placements::placements::{Placement, PlacementState};
use domain::{Audience, Change, EventKind, Moment, Part, PlacementId, Refusal, TextEnum};
use persistence::market::responses;
use persistence::placements::placements as kept;
use persistence::{View, Work, ledger};
use utoipa_actix_web::service_config::ServiceConfig;

pub(super) use self::due::due;
use self::reading::shown;
use self::types::PlacementView;
use super::standing::{Standing, of_placement, people_of};
use crate::access::Actor;
use crate::body::IfMatch;
use crate::market::assignments::settle_positions;
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// Registers the operations.
pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(lights::get_lights)
        .service(lights::confirm_response)
        .service(planning::create_placement)
        .service(planning::cancel_placement)
        .service(reading::list_placements)
        .service(reading::get_placement)
        .service(ending::give_notice)
        .service(ending::withdraw_notice)
        .service(ending::record_return)
        .service(ending::convert_placement);
}

/// A placement as it stands at this moment, for who may know of it; to anybody else it is not there.
pub(super) fn open(view: &mut View<'_>, actor: &Actor, id: PlacementId) -> Result<(Placement, Standing), Problem> {
    let placement = kept::get(view, id)?;
    let standing = of_placement(view, actor, &placement)?;
    if standing.is_nobody() {
        return Err(Refusal::hidden("placement").into());
    }
    let (present, _) = lights::at_present(view, placement)?;
    Ok((present, standing))
}

/// Takes a step with a placement at the revision that was seen, and shows it.
fn step(
    work: &mut Work<'_>,
    actor: &Actor,
    id: PlacementId,
    seen: &IfMatch,
    decide: impl FnOnce(&mut Work<'_>, Placement, &[Part], Moment) -> Result<Placement, Problem>,
) -> Answer<PlacementView> {
    let (placement, standing) = open(work, actor, id)?;
    seen.expect(placement.revision)?;
    let (from, now) = (placement.state, work.now());
    let placement = decide(work, placement, &standing.parts, now)?;
    let placement = keep(work, from, placement)?;
    Ok(Reply::current(placement.revision, shown(work, &placement, &standing.parts)?))
}

/// Keeps a changed placement, what follows for its response and its klus, and tells everybody concerned.
pub(super) fn keep(work: &mut Work<'_>, from: PlacementState, placement: Placement) -> Result<Placement, Problem> {
    let placement = kept::save(work, placement)?;
    follow(work, from, &placement)?;
    tell(work, Some(from), &placement)?;
    Ok(placement)
}

/// The response keeps how far its placement is, and the klus is filled, freed or done by it (invariant 14).
fn follow(work: &mut Work<'_>, from: PlacementState, placement: &Placement) -> Result<(), Problem> {
    let now = work.now();
    let stage = match placement.state {
        PlacementState::Running => Some(PlacementStage::Running),
        state if state.is_over() => Some(PlacementStage::Ended),
        _ => None,
    };
    let response = responses::get(work, placement.response)?;
    if let Some(stage) = stage.filter(|stage| response.stage.is_some_and(|known| known != *stage)) {
        responses::save(work, response.at_stage(stage, now))?;
        settle_positions(work, placement.assignment)?;
    } else if placement.state == PlacementState::Cancelled && from.stands() {
        lights::fall_away(work, response)?;
        settle_positions(work, placement.assignment)?;
    }
    Ok(())
}

/// Tells the people of a placement, and from its confirmation on the administrators of both organisations.
pub(super) fn tell(work: &mut Work<'_>, from: Option<PlacementState>, placement: &Placement) -> Result<(), Problem> {
    let moved = from != Some(placement.state);
    let kind = if moved { EventKind::PlacementStateChanged } else { EventKind::PlacementChanged };
    let change = Change::new(kind, placement.id).to(concerned(work, placement)?);
    let change = if moved { change.states(from.map(TextEnum::as_str), placement.state.as_str()) } else { change };
    Ok(ledger::record(work, change)?)
}

/// Who may know of what happens to a placement.
fn concerned(view: &mut View<'_>, placement: &Placement) -> Result<Vec<Audience>, Problem> {
    let mut audiences = people_of(view, placement)?;
    if placement.confirmed_at.is_some() {
        audiences.extend([placement.home, placement.host].map(Audience::Administrators));
    }
    Ok(audiences)
}
