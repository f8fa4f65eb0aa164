//! Tokens for SCIM: the operations.

use actix_web::web::Path;
use actix_web::{delete, get, post};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::exchange::scim_tokens::ScimToken;
use domain::{Audience, Change, EventKind, Moment, OrganisationId, PersonId, Refusal, ScimTokenId};
use persistence::exchange::scim_tokens as kept;
use persistence::parties::organisations;
use persistence::{View, Work, ledger};

use super::scim::SECRET_PREFIX;
use super::scim_token_types::{NewScimTokenView, ScimTokenDraft, ScimTokenPage, ScimTokenView};
use crate::access::Actor;
use crate::body::Body;
use crate::caller::Caller;
use crate::paging::{Paging, PagingParams};
use crate::parties::hash_of;
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// Make a token for SCIM
///
/// With it the identity system of the organisation (Entra ID, an HR suite) provisions its staff at `/scim/v2`. The
/// secret is shown this once and kept only as a hash. Two tokens are good at a time, so that one can follow the other.
/// Done by an administrator of the organisation. Since the answer holds a secret, it takes no `Idempotency-Key`.
#[utoipa::path(tag = "access", security(("bearer" = ["access:write"])),
    params(("organisationId" = OrganisationId, Path, description = "The organisation")), request_body = ScimTokenDraft, responses(
    (status = 201, description = "Made", body = NewScimTokenView),
    (status = 409, description = "Two tokens are good already"),
))]
#[post("/organisations/{organisationId}/scim-tokens")]
pub(crate) async fn create_scim_token(
    caller: Caller,
    id: Path<OrganisationId>,
    body: Body<ScimTokenDraft>,
) -> Answer<NewScimTokenView> {
    caller
        .write(move |work, actor| {
            let organisation = organisations::get(work, *id)?.id;
            actor.must_administer(work, organisation)?;
            let ScimTokenDraft { label, expires_at } = body.0.clone();
            let (token, secret) = issue(work, organisation, label, expires_at, Some(actor.person))?;
            Ok(Reply::created(&format!("/scim-tokens/{}", token.id), NewScimTokenView::of(token, secret)))
        })
        .await
}

/// List the tokens for SCIM of an organisation, newest first
///
/// For administrators of the organisation. Secrets are never shown again.
#[utoipa::path(tag = "access", security(("bearer" = ["access:read"])),
    params(("organisationId" = OrganisationId, Path, description = "The organisation"), PagingParams), responses(
    (status = 200, description = "A page of tokens", body = ScimTokenPage),
))]
#[get("/organisations/{organisationId}/scim-tokens")]
pub(crate) async fn list_scim_tokens(
    caller: Caller,
    id: Path<OrganisationId>,
    paging: Paging,
) -> Answer<ScimTokenPage> {
    caller
        .read(move |view, actor| {
            let organisation = organisations::get(view, *id)?.id;
            actor.must_administer(view, organisation)?;
            let page = kept::list(view, organisation, &paging.request)?;
            Ok(paging.reply(page.map(ScimTokenView::from), ScimTokenPage::new))
        })
        .await
}

/// Show a token for SCIM
///
/// For administrators of the organisation; to others it is not there. The secret is not shown.
#[utoipa::path(tag = "access", security(("bearer" = ["access:read"])),
    params(("scimTokenId" = ScimTokenId, Path, description = "The token")), responses(
    (status = 200, description = "The token", body = ScimTokenView),
))]
#[get("/scim-tokens/{scimTokenId}")]
pub(crate) async fn get_scim_token(caller: Caller, id: Path<ScimTokenId>) -> Answer<ScimTokenView> {
    caller.read(move |view, actor| Ok(Reply::shown(administered(view, actor, *id)?.into()))).await
}

/// Take a token for SCIM back
///
/// It is good for nothing from that moment on. Done by an administrator of the organisation.
#[utoipa::path(tag = "access", security(("bearer" = ["access:write"])),
    params(("scimTokenId" = ScimTokenId, Path, description = "The token")), responses(
    (status = 204, description = "Taken back"),
))]
#[delete("/scim-tokens/{scimTokenId}")]
pub(crate) async fn delete_scim_token(caller: Caller, id: Path<ScimTokenId>) -> Answer<()> {
    caller
        .write(move |work, actor| {
            let token = administered(work, actor, *id)?;
            kept::delete(work, token.id)?;
            announce(work, &token)?;
            Ok(Reply::done())
        })
        .await
}

/// A token of an organisation that the caller administers; to anybody else it is not there.
fn administered(view: &mut View<'_>, actor: &Actor, id: ScimTokenId) -> Result<ScimToken, Problem> {
    let token = kept::get(view, id)?;
    if actor.administers(view, token.organisation)? {
        return Ok(token);
    }
    Err(Refusal::hidden("scim token").into())
}

/// Makes a token; gives it with its secret.
pub(crate) fn issue(
    work: &mut Work<'_>,
    organisation: OrganisationId,
    label: String,
    expires_at: Moment,
    by: Option<PersonId>,
) -> Result<(ScimToken, String), Problem> {
    let others = kept::of_organisation(work, organisation)?;
    let now = work.now();
    let token = ScimToken::issue(work.id(), organisation, (label, expires_at), &others, (by, now))?;
    let secret = format!("{SECRET_PREFIX}{}", URL_SAFE_NO_PAD.encode(work.secret()));
    let token = kept::insert(work, token, &hash_of(&secret))?;
    announce(work, &token)?;
    Ok((token, secret))
}

fn announce(work: &mut Work<'_>, token: &ScimToken) -> Result<(), Problem> {
    let audiences = [Audience::Administrators(token.organisation)];
    let change = Change::new(EventKind::ScimTokenChanged, token.id).of(token.organisation).to(audiences);
    Ok(ledger::record(work, change)?)
}
