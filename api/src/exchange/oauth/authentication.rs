//! Who asks: a client proves itself by a signed assertion or a secret; a public client only names itself.

use actix_web::HttpRequest;
use actix_web::http::header::AUTHORIZATION;
use actix_web::web::Data;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::exchange::oauth_clients::{OAuthClient, OAuthClientKind};
use domain::{OAuthClientId, OAuthSecretId};
use persistence::Work;
use persistence::exchange::{oauth_clients, spent_tokens};
use uuid::Uuid;

use super::assertions::{self, Assertion};
use super::errors::OAuthError;
use super::form::Form;
use crate::app::App;
use crate::attempts::{self, PER_ACCOUNT, PER_ADDRESS, Subjects, address_of};
use crate::clients::is_usable;
use crate::contract::percent_decoded;
use crate::parties::hash_of;
use crate::problem::Problem;

const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// A client that proved who it is.
#[derive(Debug, Clone)]
pub(crate) struct Authenticated {
    /// The client, as it was when it did.
    pub(crate) client: OAuthClient,
    /// The secret it did so with, if it was one.
    pub(crate) secret: Option<OAuthSecretId>,
}

/// What a client presents as proof.
#[derive(Debug, Clone)]
enum Proof {
    Nothing,
    Secret(String),
    Assertion(Result<Assertion, OAuthError>),
}

/// The client that sent this form, if it proves who it is. Failures are counted.
pub(crate) async fn authenticate(
    app: &Data<App>,
    request: &HttpRequest,
    form: &Form,
) -> Result<Authenticated, OAuthError> {
    let (named, proof) = presented(request, form)?;
    // As it was given out, to the letter: other ways of writing it would be counted apart.
    let id = named.parse::<Uuid>().ok().filter(|id| id.to_string() == named).map(OAuthClientId::from);
    let subjects = subjects(&named, &address_of(request, &app.settings.trusted_proxies));
    let proof = match proof {
        Presented::Nothing => Proof::Nothing,
        Presented::Secret(secret) => Proof::Secret(hash_of(&secret)),
        Presented::Assertion(token) => Proof::Assertion(assertions::verify(app, id, &token).await?),
    };
    app.blocking(move |app| app.write(|work| judge(work, id, &proof, &subjects))).await?
}

/// A failure is an outcome that stands, as its count must.
fn judge(
    work: &mut Work<'_>,
    id: Option<OAuthClientId>,
    proof: &Proof,
    subjects: &Subjects,
) -> Result<Result<Authenticated, OAuthError>, Problem> {
    if let Some(wait) = attempts::wait_of(work, subjects)? {
        return Ok(Err(OAuthError::too_many(wait)));
    }
    let outcome = prove(work, id, proof)?;
    if outcome.is_err() {
        attempts::note(work, subjects)?;
    }
    Ok(outcome)
}

fn prove(
    work: &mut Work<'_>,
    id: Option<OAuthClientId>,
    proof: &Proof,
) -> Result<Result<Authenticated, OAuthError>, Problem> {
    let Some(id) = id else { return Ok(Err(OAuthError::unproven())) };
    let Some(client) = oauth_clients::find(work, id)? else { return Ok(Err(OAuthError::unproven())) };
    if !is_usable(work, &client)? {
        return Ok(Err(OAuthError::unproven()));
    }
    let now = work.now();
    Ok(match (proof, client.kind) {
        (Proof::Nothing, OAuthClientKind::Public) => Ok(Authenticated { client, secret: None }),
        (Proof::Secret(hash), OAuthClientKind::Confidential) => {
            let found = oauth_clients::find_secret(work, client.id, hash)?.filter(|secret| secret.is_good_at(now));
            let proven = found.map(|secret| Authenticated { client, secret: Some(secret.id) });
            proven.ok_or_else(OAuthError::unproven)
        }
        (Proof::Assertion(Ok(assertion)), OAuthClientKind::Confidential) => {
            let issuer = format!("client:{}", client.id);
            if spent_tokens::use_up(work, &issuer, &hash_of(&assertion.id), assertion.expires_at)? {
                Ok(Authenticated { client, secret: None })
            } else {
                Err(OAuthError::client("The assertion was used before: its jti must be new each time."))
            }
        }
        (Proof::Assertion(Err(error)), OAuthClientKind::Confidential) => Err(error.clone()),
        _ => Err(OAuthError::unproven()),
    })
}

enum Presented {
    Nothing,
    Secret(String),
    Assertion(String),
}

/// Which client says it is there, and by what.
fn presented(request: &HttpRequest, form: &Form) -> Result<(String, Presented), OAuthError> {
    let basic = basic_of(request)?;
    let assertion = assertion_of(form)?;
    let ways = [basic.is_some(), assertion.is_some(), form.get("client_secret").is_some()];
    if ways.into_iter().filter(|given| *given).count() > 1 {
        return Err(OAuthError::request("A client proves itself in one way at a time."));
    }
    let (id, presented) = if let Some((id, secret)) = basic {
        (id, Presented::Secret(secret))
    } else if let Some((id, token)) = assertion {
        (id, Presented::Assertion(token))
    } else {
        let id = form.get("client_id").ok_or_else(|| OAuthError::client("The client must prove who it is."))?;
        let secret = form.get("client_secret");
        (id.to_owned(), secret.map_or(Presented::Nothing, |secret| Presented::Secret(secret.to_owned())))
    };
    if form.get("client_id").is_some_and(|named| named != id) {
        return Err(OAuthError::request("client_id must be the client that proves itself."));
    }
    Ok((id, presented))
}

/// Client id and secret of the header; both are encoded as in a form (RFC 6749, 2.3.1).
fn basic_of(request: &HttpRequest) -> Result<Option<(String, String)>, OAuthError> {
    let Some(header) = request.headers().get(AUTHORIZATION) else { return Ok(None) };
    let read = || {
        let (scheme, text) = header.to_str().ok()?.split_once(' ')?;
        let text = String::from_utf8(STANDARD.decode(text.trim()).ok()?).ok()?;
        let (id, secret) = text.split_once(':')?;
        let decoded = |text: &str| percent_decoded(&text.replace('+', " "));
        scheme.eq_ignore_ascii_case("basic").then(|| (decoded(id), decoded(secret)))
    };
    read().map(Some).ok_or_else(|| OAuthError::client("Authorization must be Basic, with client id and secret."))
}

fn assertion_of(form: &Form) -> Result<Option<(String, String)>, OAuthError> {
    let Some(token) = form.get("client_assertion") else { return Ok(None) };
    if form.need("client_assertion_type")? != ASSERTION_TYPE {
        return Err(OAuthError::request(format!("client_assertion_type must be {ASSERTION_TYPE}.")));
    }
    let id =
        assertions::subject_of(token).ok_or_else(|| OAuthError::client("client_assertion must be a signed JWT."))?;
    Ok(Some((id, token.to_owned())))
}

/// Per client and address, so that nobody who knows the id of a client shuts it out from elsewhere.
fn subjects(client: &str, address: &str) -> Subjects {
    let client = format!("client:{}@{address}", hash_of(client));
    vec![(client, PER_ACCOUNT), (format!("address:{address}"), PER_ADDRESS)]
}
