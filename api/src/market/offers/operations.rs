//! Offers: the operations.

use actix_web::web::Path;
use actix_web::{get, post};
use domain::market::assignments::Assignment;
use domain::market::offers::{Offer, OfferGround};
use domain::{OfferId, ResponseId};
use persistence::View;
use persistence::market::offers as kept;
use persistence::parties::networks;

use super::types::{DeclinationDraft, OfferDraft, OfferPage, OfferView};
use super::{open, step, tell};
use crate::body::{Bare, IfMatch, Post};
use crate::caller::Caller;
use crate::market::responses::dossier::{self, Dossier};
use crate::paging::{Paging, PagingParams};
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// Make an offer
///
/// One at a time, after a conversation; the response becomes OFFERED. A public rate stays under the ceiling of the
/// networks in which the assignment was published.
#[utoipa::path(tag = "responses", security(("bearer" = ["market:write"])),
    params(("responseId" = ResponseId, Path, description = "The response")),
    request_body = OfferDraft, responses(
    (status = 201, description = "Made; the employee is told", body = OfferView),
    (status = 409, description = "There is an open offer, or the response is not IN_CONVERSATION"),
))]
#[post("/responses/{responseId}/offers")]
pub(crate) async fn create_offer(caller: Caller, id: Path<ResponseId>, post: Post<OfferDraft>) -> Answer<OfferView> {
    caller
        .post(post, move |work, actor, draft| {
            let Dossier { response, assignment, parts } = Dossier::open(work, actor, *id)?.settle(work)?;
            let ground = OfferGround {
                made_by: actor.person,
                has_open_offer: !kept::open_of(work, &[response.id])?.is_empty(),
                public_rate_ceiling_cents: public_rate_ceiling(work, &assignment)?,
            };
            let terms = draft.terms(&response, &assignment)?;
            let from = response.state;
            let (offer, response) = Offer::make(work.id(), terms, ground, response, &parts, work.now())?;
            let offer = kept::insert(work, offer)?;
            tell(work, &response, &assignment, None, &offer)?;
            dossier::keep(work, &assignment, from, response)?;
            let (path, revision) = (format!("/offers/{}", offer.id), offer.revision);
            Ok(Reply::created(&path, OfferView::from(offer)).revision(revision))
        })
        .await
}

/// List the offers to a response
///
/// Newest first.
#[utoipa::path(tag = "responses", security(("bearer" = ["market:read"])),
    params(("responseId" = ResponseId, Path, description = "The response"), PagingParams), responses(
    (status = 200, description = "A page of offers", body = OfferPage),
))]
#[get("/responses/{responseId}/offers")]
pub(crate) async fn list_offers(caller: Caller, id: Path<ResponseId>, paging: Paging) -> Answer<OfferPage> {
    caller
        .read(move |view, actor| {
            let Dossier { response, .. } = Dossier::open(view, actor, *id)?;
            let now = view.now();
            let page = kept::list(view, response.id, &paging.request)?;
            Ok(paging.reply(page.map(|offer| OfferView::from(offer.as_of(now))), OfferPage::new))
        })
        .await
}

/// Get an offer
#[utoipa::path(tag = "responses", security(("bearer" = ["market:read"])),
    params(("offerId" = OfferId, Path, description = "The offer")), responses(
    (status = 200, description = "The offer", body = OfferView),
))]
#[get("/offers/{offerId}")]
pub(crate) async fn get_offer(caller: Caller, id: Path<OfferId>) -> Answer<OfferView> {
    caller
        .read(move |view, actor| {
            let (offer, _) = open(view, actor, *id)?;
            Ok(Reply::current(offer.revision, OfferView::from(offer.as_of(view.now()))))
        })
        .await
}

/// Accept an offer
///
/// The employee says once more to be willing (S1); the response becomes ACCEPTED.
#[utoipa::path(tag = "responses", security(("bearer" = ["market:write"])),
    params(("offerId" = OfferId, Path, description = "The offer"), crate::body::IfMatchParam), responses(
    (status = 200, description = "Accepted; the client is told", body = OfferView),
    (status = 409, description = "It was answered or withdrawn already, or has lapsed"),
))]
#[post("/offers/{offerId}/acceptances")]
pub(crate) async fn accept_offer(caller: Caller, id: Path<OfferId>, seen: IfMatch, post: Bare) -> Answer<OfferView> {
    caller
        .post(post, move |work, actor, ()| {
            step(work, actor, *id, &seen, |offer, response, parts, now| offer.accept(response, parts, now))
        })
        .await
}

/// Decline an offer
///
/// With a coded reason, and without any penalty. The response ends by it.
#[utoipa::path(tag = "responses", security(("bearer" = ["market:write"])),
    params(("offerId" = OfferId, Path, description = "The offer"), crate::body::IfMatchParam),
    request_body = DeclinationDraft, responses(
    (status = 200, description = "Declined; the client is told", body = OfferView),
    (status = 409, description = "It was answered or withdrawn already, or has lapsed"),
))]
#[post("/offers/{offerId}/declinations")]
pub(crate) async fn decline_offer(
    caller: Caller,
    id: Path<OfferId>,
    seen: IfMatch,
    post: Post<DeclinationDraft>,
) -> Answer<OfferView> {
    caller
        .post(post, move |work, actor, draft| {
            step(work, actor, *id, &seen, |offer, response, parts, now| {
                offer.decline(draft.reason, draft.note, response, parts, now)
            })
        })
        .await
}

/// Withdraw an offer
///
/// The response goes back to IN_CONVERSATION; another offer is possible.
#[utoipa::path(tag = "responses", security(("bearer" = ["market:write"])),
    params(("offerId" = OfferId, Path, description = "The offer"), crate::body::IfMatchParam), responses(
    (status = 200, description = "Withdrawn; the employee is told", body = OfferView),
    (status = 409, description = "It was answered or withdrawn already, or has lapsed"),
))]
#[post("/offers/{offerId}/withdrawals")]
pub(crate) async fn withdraw_offer(caller: Caller, id: Path<OfferId>, seen: IfMatch, post: Bare) -> Answer<OfferView> {
    caller
        .post(post, move |work, actor, ()| {
            step(work, actor, *id, &seen, |offer, response, parts, now| offer.withdraw(response, parts, now))
        })
        .await
}

/// The lowest ceiling for a public rate among the networks in which the assignment was published.
fn public_rate_ceiling(view: &mut View<'_>, assignment: &Assignment) -> Result<Option<i64>, Problem> {
    let named: Vec<_> = assignment.plan.iter().flat_map(|plan| plan.networks()).collect();
    let networks = networks::find_many(view, &named)?;
    Ok(networks.iter().filter_map(|network| network.details.public_rate_ceiling_cents).min())
}
