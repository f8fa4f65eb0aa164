//! Issuing, accepting, disputing and paying statements.

use actix_web::post;
use actix_web::web::Path;
use domain::ChargeStatementId;
use domain::placements::charge_statements::ChargeStatement;
use persistence::placements::charge_statements as kept;

use super::invoicing::lay_down;
use super::types::{ChargeStatementView, DisputeDraft, PaymentDraft};
use super::{keep, note_charged, open, step};
use crate::body::{Bare, IfMatch, Post};
use crate::caller::Caller;
use crate::reply::{Answer, Reply};

/// Issue a charge statement
///
/// By finance of the home organisation. It gets the next number of the issuer, without gaps, and is never changed again; its
/// documents (`/ubl`, `/pdf`, `/setu`) are made now. What is missing for them is named: an address, an identifier (OIN or KvK), an
/// account (IBAN).
#[utoipa::path(tag = "charges", security(("bearer" = ["charges:write"])),
    params(("chargeStatementId" = ChargeStatementId, Path, description = "The statement"), crate::body::IfMatchParam), responses(
    (status = 200, description = "Issued; the host is told", body = ChargeStatementView),
    (status = 409, description = "It is not a draft, or something that an invoice needs is not known"),
))]
#[post("/charge-statements/{chargeStatementId}/issuances")]
pub(crate) async fn issue_charge_statement(
    caller: Caller,
    id: Path<ChargeStatementId>,
    seen: IfMatch,
    post: Bare,
) -> Answer<ChargeStatementView> {
    caller
        .post(post, move |work, actor, ()| {
            step(work, actor, *id, &seen, |work, it, parts, now| {
                let last = kept::last_number(work, it.issuer)?;
                let issued = it.issue(last, parts, now)?;
                lay_down(work, &issued)?;
                Ok(issued)
            })
        })
        .await
}

/// Discard a draft of a charge statement
///
/// By finance of the home organisation. Its hours can be charged again.
#[utoipa::path(tag = "charges", security(("bearer" = ["charges:write"])),
    params(("chargeStatementId" = ChargeStatementId, Path, description = "The statement"), crate::body::IfMatchParam), responses(
    (status = 200, description = "Discarded", body = ChargeStatementView),
))]
#[post("/charge-statements/{chargeStatementId}/discards")]
pub(crate) async fn discard_charge_statement(
    caller: Caller,
    id: Path<ChargeStatementId>,
    seen: IfMatch,
    post: Bare,
) -> Answer<ChargeStatementView> {
    caller
        .post(post, move |work, actor, ()| {
            let (statement, standing) = open(work, actor, *id)?;
            seen.expect(statement.revision)?;
            let (from, lines, now) = (statement.state, statement.lines.clone(), work.now());
            let discarded = keep(work, from, statement.discard(&standing.parts, now)?)?;
            note_charged(work, &ChargeStatement { lines, ..discarded.clone() })?;
            Ok(Reply::current(discarded.revision, ChargeStatementView::of(discarded, &standing.parts)))
        })
        .await
}

/// Accept a charge statement
///
/// By finance of the host organisation; also one that was disputed.
#[utoipa::path(tag = "charges", security(("bearer" = ["charges:write"])),
    params(("chargeStatementId" = ChargeStatementId, Path, description = "The statement"), crate::body::IfMatchParam), responses(
    (status = 200, description = "Accepted", body = ChargeStatementView),
))]
#[post("/charge-statements/{chargeStatementId}/acceptances")]
pub(crate) async fn accept_charge_statement(
    caller: Caller,
    id: Path<ChargeStatementId>,
    seen: IfMatch,
    post: Bare,
) -> Answer<ChargeStatementView> {
    caller
        .post(post, move |work, actor, ()| {
            step(work, actor, *id, &seen, |_, it, parts, now| Ok(it.accept(parts, now)?))
        })
        .await
}

/// Dispute a charge statement
///
/// By finance of the host organisation, with a reason. What is wrong is corrected in the hours and credited by a
/// counter-statement; then it is accepted.
#[utoipa::path(tag = "charges", security(("bearer" = ["charges:write"])),
    params(("chargeStatementId" = ChargeStatementId, Path, description = "The statement"), crate::body::IfMatchParam),
    request_body = DisputeDraft, responses(
    (status = 200, description = "Disputed; the home organisation is told", body = ChargeStatementView),
))]
#[post("/charge-statements/{chargeStatementId}/disputes")]
pub(crate) async fn dispute_charge_statement(
    caller: Caller,
    id: Path<ChargeStatementId>,
    seen: IfMatch,
    post: Post<DisputeDraft>,
) -> Answer<ChargeStatementView> {
    caller
        .post(post, move |work, actor, draft| {
            step(work, actor, *id, &seen, |_, it, parts, now| Ok(it.dispute(draft.reason, parts, now)?))
        })
        .await
}

/// Record that a charge statement was paid
///
/// By finance of the home organisation.
#[utoipa::path(tag = "charges", security(("bearer" = ["charges:write"])),
    params(("chargeStatementId" = ChargeStatementId, Path, description = "The statement"), crate::body::IfMatchParam),
    request_body = PaymentDraft, responses(
    (status = 200, description = "Paid", body = ChargeStatementView),
))]
#[post("/charge-statements/{chargeStatementId}/payments")]
pub(crate) async fn pay_charge_statement(
    caller: Caller,
    id: Path<ChargeStatementId>,
    seen: IfMatch,
    post: Post<PaymentDraft>,
) -> Answer<ChargeStatementView> {
    caller
        .post(post, move |work, actor, draft| {
            step(work, actor, *id, &seen, |_, it, parts, now| Ok(it.pay(draft.paid_date, parts, now)?))
        })
        .await
}
