//! Endorsements: given when the work is over, and shown only if the employee wants it.

mod deciding;
mod giving;
mod types;

use domain::placements::endorsements::{Endorsement, EndorsementAction, EndorsementState};
use domain::{Audience, Change, EndorsementId, EventKind, Part, Refusal, TextEnum};
use persistence::market::assignments;
use persistence::parties::{organisations, persons};
use persistence::placements::{endorsements as kept, placements};
use persistence::{View, Work, ledger};
use utoipa_actix_web::service_config::ServiceConfig;

use self::types::{Beside, EndorsementView};
use crate::access::Actor;
use crate::body::IfMatch;
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// Registers the operations.
pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(giving::create_endorsement)
        .service(giving::list_endorsements)
        .service(giving::get_endorsement)
        .service(giving::list_profile_endorsements)
        .service(deciding::show_endorsement)
        .service(deciding::hide_endorsement)
        .service(deciding::withdraw_endorsement);
}

/// An endorsement for the employee or who gave it, with their part; to anybody else it is not there.
fn open(view: &mut View<'_>, actor: &Actor, id: EndorsementId) -> Result<(Endorsement, Vec<Part>), Problem> {
    let endorsement = kept::get(view, id)?;
    let parts = endorsement.parts_of(actor.person);
    if parts.is_empty() {
        return Err(Refusal::hidden("endorsement").into());
    }
    Ok((endorsement, parts))
}

/// Takes a step with an endorsement at the revision that was seen, and shows it.
fn step(
    work: &mut Work<'_>,
    actor: &Actor,
    id: EndorsementId,
    seen: &IfMatch,
    action: EndorsementAction,
) -> Answer<EndorsementView> {
    let (endorsement, parts) = open(work, actor, id)?;
    seen.expect(endorsement.revision_for(&parts))?;
    let (from, now) = (endorsement.state, work.now());
    let endorsement = kept::save(work, endorsement.step(action, &parts, now)?)?;
    tell(work, Some(from), &endorsement)?;
    Ok(Reply::current(endorsement.revision_for(&parts), shown(work, endorsement, &parts)?))
}

/// Tells the employee, and nobody else: who gave it does not learn whether it shows.
fn tell(work: &mut Work<'_>, from: Option<EndorsementState>, endorsement: &Endorsement) -> Result<(), Problem> {
    let change = Change::new(EventKind::EndorsementStateChanged, endorsement.id)
        .to(vec![Audience::Person(endorsement.person)])
        .states(from.map(TextEnum::as_str), endorsement.state.as_str());
    Ok(ledger::record(work, change)?)
}

/// An endorsement with what it is about, as somebody with these parts sees it.
fn shown(view: &mut View<'_>, endorsement: Endorsement, parts: &[Part]) -> Result<EndorsementView, Problem> {
    let placement = placements::get(view, endorsement.placement)?;
    let beside = Beside {
        by_name: persons::get(view, endorsement.by)?.name.full(),
        title: assignments::get(view, placement.assignment)?.details.title,
        host_name: organisations::get(view, placement.host)?.details.name,
        period: placement.period(),
    };
    Ok(EndorsementView::of(endorsement, beside, parts))
}
