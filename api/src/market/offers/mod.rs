//! Offers: the client says for how long and on what basis, and the employee says yes once more.

mod operations;
mod types;

use domain::market::assignments::Assignment;
use domain::market::offers::{Offer, OfferState};
use domain::market::responses::Response;
use domain::{Change, EventKind, Moment, OfferId, Part, Refusal, TextEnum};
use persistence::market::offers as kept;
use persistence::{View, Work, ledger};
use utoipa_actix_web::service_config::ServiceConfig;

use self::types::OfferView;
use super::responses::dossier::{self, Dossier, concerned};
use crate::access::Actor;
use crate::body::IfMatch;
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// Registers the operations.
pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(operations::create_offer)
        .service(operations::list_offers)
        .service(operations::get_offer)
        .service(operations::accept_offer)
        .service(operations::decline_offer)
        .service(operations::withdraw_offer);
}

/// An offer with its dossier, for those in the dossier; to anybody else it is not there.
fn open(view: &mut View<'_>, actor: &Actor, id: OfferId) -> Result<(Offer, Dossier), Problem> {
    let offer = kept::get(view, id)?;
    let dossier = Dossier::find(view, actor, offer.response)?.ok_or_else(|| Refusal::hidden("offer"))?;
    Ok((offer, dossier))
}

/// Takes a step with an offer at the revision that was seen, keeps what becomes of the response, and shows the offer.
fn step(
    work: &mut Work<'_>,
    actor: &Actor,
    id: OfferId,
    seen: &IfMatch,
    decide: impl FnOnce(Offer, Response, &[Part], Moment) -> Result<(Offer, Response), Refusal>,
) -> Answer<OfferView> {
    let (offer, Dossier { response, assignment, parts }) = open(work, actor, id)?;
    seen.expect(offer.revision)?;
    let from = response.state;
    let (offer, response) = decide(offer, response, &parts, work.now())?;
    let offer = keep(work, &response, &assignment, offer)?;
    dossier::keep(work, &assignment, from, response)?;
    Ok(Reply::current(offer.revision, OfferView::from(offer)))
}

/// Keeps an offer that has ended, and tells those in the dossier.
pub(super) fn keep(
    work: &mut Work<'_>,
    response: &Response,
    assignment: &Assignment,
    offer: Offer,
) -> Result<Offer, Problem> {
    let offer = kept::save(work, offer)?;
    tell(work, response, assignment, Some(OfferState::Open), &offer)?;
    Ok(offer)
}

fn tell(
    work: &mut Work<'_>,
    response: &Response,
    assignment: &Assignment,
    from: Option<OfferState>,
    offer: &Offer,
) -> Result<(), Problem> {
    let change = Change::new(EventKind::OfferStateChanged, offer.id);
    let change = change.states(from.map(TextEnum::as_str), offer.state.as_str());
    Ok(ledger::record(work, change.to(concerned(response, assignment)))?)
}
