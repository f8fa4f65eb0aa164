//! Codes: given to the portal through the browser, and exchanged by it for tokens, once.

use actix_web::web::Data;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use domain::PersonId;
use domain::exchange::oauth_clients::OAuthGrant;
use domain::exchange::sign_ins::{AuthorizationCode, CODE_SECONDS, SignInRequest};
use domain::parties::persons::PersonStatus;
use persistence::Work;
use persistence::exchange::{client_consents, sign_ins};
use persistence::parties::{persons, sessions as kept};
use sha2::{Digest as _, Sha256};

use super::browser::secret;
use crate::app::App;
use crate::exchange::oauth::authentication::Authenticated;
use crate::exchange::oauth::errors::OAuthError;
use crate::exchange::oauth::form::Form;
use crate::exchange::oauth::sessions::{self, Opening};
use crate::exchange::oauth::tokens::{TokenAnswer, check_target, must_use};
use crate::parties::hash_of;
use crate::problem::Problem;

/// A verifier has from 43 to 128 of these characters (RFC 7636, 4.1).
const VERIFIER_CHARACTERS: std::ops::RangeInclusive<usize> = 43..=128;

/// Gives a code for what was asked and consented to.
pub(super) fn give(
    app: &App,
    work: &mut Work<'_>,
    request: &SignInRequest,
    person: PersonId,
) -> Result<String, Problem> {
    let code = secret(app);
    let (hash, expires_at) = (hash_of(&code), work.now() + TimeDelta::seconds(CODE_SECONDS));
    let kept = AuthorizationCode { hash, request: request.clone(), person, expires_at, session: None };
    sign_ins::insert_code(work, kept)?;
    Ok(code)
}

/// What a portal shows for a code.
struct Shown {
    hash: String,
    redirect_uri: String,
    challenge: String,
}

/// Issues the first tokens of a session (RFC 6749, 4.1.3).
pub(crate) async fn issue(app: &Data<App>, client: Authenticated, form: &Form) -> Result<TokenAnswer, OAuthError> {
    must_use(&client, OAuthGrant::AuthorizationCode)?;
    check_target(app, form)?;
    let verifier = form.need("code_verifier")?;
    let is_verifier = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
    if !VERIFIER_CHARACTERS.contains(&verifier.len()) || !verifier.bytes().all(is_verifier) {
        return Err(OAuthError::request("code_verifier must have 43 to 128 characters (RFC 7636, 4.1)."));
    }
    let shown = Shown {
        hash: hash_of(form.need("code")?),
        redirect_uri: form.need("redirect_uri")?.to_owned(),
        challenge: URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes())),
    };
    app.blocking(move |app| app.write(|work| exchange(app, work, &client, &shown))).await?
}

/// A refusal is an outcome that stands, as the end of the session must.
fn exchange(
    app: &App,
    work: &mut Work<'_>,
    client: &Authenticated,
    shown: &Shown,
) -> Result<Result<TokenAnswer, OAuthError>, Problem> {
    let wrong = "The code is not good, or not any more, or belongs to another client, redirect_uri or code_verifier.";
    let refuse = || Ok(Err(OAuthError::grant(wrong)));
    let Some(code) = sign_ins::find_code(work, &shown.hash)? else { return refuse() };
    let AuthorizationCode { hash, request, person, expires_at, session } = code;
    if request.client != client.client.id {
        return refuse();
    }
    if let Some(session) = session {
        // Somebody else may have it: what it gave ends.
        kept::revoke(work, session)?;
        return refuse();
    }
    let fits = request.redirect_uri == shown.redirect_uri && request.challenge == shown.challenge;
    let has_access = persons::get(work, person)?.status == PersonStatus::Active;
    let consent = client_consents::find_of(work, person, client.client.id)?;
    let consents = consent.is_some_and(|consent| consent.covers(&request.scope));
    if !fits || work.now() >= expires_at || !has_access || !consents {
        return refuse();
    }
    let opening = Opening { person, scope: &request.scope, only_for: None, is_delegated: false };
    let (session, answer) = sessions::open(app, work, client, opening)?;
    sign_ins::use_code(work, &hash, session.id)?;
    Ok(Ok(answer))
}
