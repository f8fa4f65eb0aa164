//! Laying an agreement before its parties, and their signatures.

use actix_web::post;
use actix_web::web::Path;
use domain::AgreementId;
use domain::placements::capacity::{Stretch, check_room};
use domain::placements::placements::Placement;
use domain::placements::secondment_agreements::{Agreement, AgreementState, AgreementText, LaidDown, Signing};
use persistence::Work;
use persistence::parties::persons;
use persistence::placements::{arrangements, placements, secondment_agreements as kept};

use super::rendering::{fixed, sha256};
use super::types::{AgreementSignatureDraft, AgreementView};
use super::{facts_of, step, tell, template_of};
use crate::body::{Bare, IfMatch, Post};
use crate::caller::Caller;
use crate::placements::placements::keep;
use crate::placements::standing::manager_goes_along;
use crate::problem::Problem;
use crate::reply::Answer;

/// Lay an agreement before its parties
///
/// Its words are fixed from then on, and so are their hash and what is shown (HTML and PDF/A). The manager has to go along
/// (S4), and the treatment of VAT and of procurement has to be chosen.
#[utoipa::path(tag = "agreements", security(("bearer" = ["placements:write"])),
    params(("secondmentAgreementId" = AgreementId, Path, description = "The version"), crate::body::IfMatchParam), responses(
    (status = 200, description = "All parties are asked to sign", body = AgreementView),
))]
#[post("/secondment-agreements/{secondmentAgreementId}/proposals")]
pub(crate) async fn propose_agreement(
    caller: Caller,
    id: Path<AgreementId>,
    seen: IfMatch,
    post: Bare,
) -> Answer<AgreementView> {
    caller
        .post(post, move |work, actor, ()| {
            step(work, actor, *id, &seen, |work, agreement, placement, parts| {
                let goes_along = manager_goes_along(work, placement)?;
                agreement.check_proposable(goes_along, parts)?;
                let (template, facts) = (template_of(work, &agreement)?, facts_of(work, placement)?);
                let text = agreement.words(placement, template.as_ref(), &facts);
                let laid_down = lay_down(work, &agreement, text)?;
                Ok(agreement.propose(laid_down, goes_along, parts, work.now())?)
            })
        })
        .await
}

/// Fixes the words, and keeps what is shown of them.
fn lay_down(work: &mut Work<'_>, agreement: &Agreement, text: AgreementText) -> Result<LaidDown, Problem> {
    let now = work.now();
    let [(html, html_hash), (pdf, pdf_hash)] = fixed(&text, now)?;
    for (form, content) in [html, pdf] {
        kept::keep_rendering(work, agreement.id, form, &content)?;
    }
    let hash = sha256(text.canonical().as_bytes());
    Ok(LaidDown { text, hash, html_hash, pdf_hash, at: now })
}

/// Sign an agreement
///
/// Each party once, and nobody for two: the employee, the client for the host, the manager for the home organisation (an
/// administrator where there is no manager). The signature is bound to the text and to what was shown: send both hashes. With
/// the third signature it is concluded (G2), and a version that extends takes effect.
#[utoipa::path(tag = "agreements", security(("bearer" = ["placements:write"])),
    params(("secondmentAgreementId" = AgreementId, Path, description = "The version"), crate::body::IfMatchParam),
    request_body = AgreementSignatureDraft, responses(
    (status = 200, description = "Signed; SIGNED when it was the third", body = AgreementView),
    (status = 409, description = "It is not proposed, this party has signed, or it is not what was shown"),
))]
#[post("/secondment-agreements/{secondmentAgreementId}/signatures")]
pub(crate) async fn sign_agreement(
    caller: Caller,
    id: Path<AgreementId>,
    seen: IfMatch,
    post: Post<AgreementSignatureDraft>,
) -> Answer<AgreementView> {
    caller
        .post(post, move |work, actor, draft| {
            step(work, actor, *id, &seen, |work, agreement, _, parts| {
                let AgreementSignatureDraft { document_hash, shown_as, shown_hash } = draft;
                let name = persons::get(work, actor.person)?.name.full();
                let signing = Signing { by: actor.person, name, document_hash, shown_as, shown_hash };
                let signed = agreement.sign(signing, parts, work.now())?;
                if signed.state == AgreementState::Signed {
                    conclude(work, &signed)?;
                }
                Ok(signed)
            })
        })
        .await
}

/// What a concluded version changes: the one before is superseded, the placement follows what was agreed.
fn conclude(work: &mut Work<'_>, signed: &Agreement) -> Result<(), Problem> {
    let now = work.now();
    for earlier in kept::versions(work, signed.placement)? {
        if earlier.id != signed.id && earlier.state == AgreementState::Signed {
            let superseded = kept::save(work, earlier.supersede(now)?)?;
            tell(work, Some(AgreementState::Signed), &superseded)?;
        }
    }
    let placement = placements::get(work, signed.placement)?;
    let from = placement.state;
    let placement = match signed.terms.extension {
        Some(added) => extended(work, placement, added)?,
        None => placement,
    };
    keep(work, from, placement.talking(signed.terms.talks_weeks_before_end))?;
    Ok(())
}

/// The placement with the work that was added, if the arrangement has room for it in every week.
fn extended(work: &mut Work<'_>, placement: Placement, added: Stretch) -> Result<Placement, Problem> {
    let extended = placement.extend(added, work.now())?;
    let versions = arrangements::versions(work, extended.arrangement)?;
    let mut claims = placements::claims_on(work, extended.arrangement, Some(extended.id))?;
    claims.push(extended.claim());
    check_room(&versions, &claims)?;
    Ok(extended)
}

/// Withdraw a version of an agreement before all have signed it
///
/// By any party. Another version can be drafted then.
#[utoipa::path(tag = "agreements", security(("bearer" = ["placements:write"])),
    params(("secondmentAgreementId" = AgreementId, Path, description = "The version"), crate::body::IfMatchParam), responses(
    (status = 200, description = "Withdrawn", body = AgreementView),
))]
#[post("/secondment-agreements/{secondmentAgreementId}/withdrawals")]
pub(crate) async fn withdraw_agreement(
    caller: Caller,
    id: Path<AgreementId>,
    seen: IfMatch,
    post: Bare,
) -> Answer<AgreementView> {
    caller
        .post(post, move |work, actor, ()| {
            step(work, actor, *id, &seen, |work, it, _, parts| {
                let now = work.now();
                Ok(it.withdraw(parts, now)?)
            })
        })
        .await
}
