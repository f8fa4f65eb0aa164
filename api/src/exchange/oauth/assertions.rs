//! Assertions by which clients prove who they are (RFC 7523): JWTs that they sign, each good for one use.

use actix_web::web::Data;
use chrono::{DateTime, TimeDelta};
use domain::exchange::oauth_clients::OAuthClient;
use domain::exchange::public_keys::PublicKey;
use domain::{Moment, OAuthClientId};
use jsonwebtoken::jwk::{Jwk, KeyAlgorithm};
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use persistence::exchange::oauth_clients;
use serde::Deserialize;

use super::errors::OAuthError;
use crate::app::App;
use crate::problem::Problem;

/// What assertions may be signed with: never with a shared secret.
pub(crate) const ALGORITHMS: [Algorithm; 3] = [Algorithm::RS256, Algorithm::PS256, Algorithm::ES256];
/// How far ahead an assertion may expire.
const MINUTES_AHEAD: i64 = 5;
/// By how much the clocks of others may differ.
const SKEW_SECONDS: i64 = 30;
/// The largest token that is looked at.
pub(crate) const MOST_BYTES: usize = 16_384;
/// An id of at least 128 bits has at least so many characters.
const ID_CHARACTERS: std::ops::RangeInclusive<usize> = 16..=200;

/// An assertion of which everything is right; whether it was used before is asked where it is used.
#[derive(Debug, Clone)]
pub(crate) struct Assertion {
    /// Its own identifier.
    pub(crate) id: String,
    /// Until when it would be good.
    pub(crate) expires_at: Moment,
}

#[derive(Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    aud: Audience,
    exp: i64,
    nbf: Option<i64>,
    iat: Option<i64>,
    jti: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Many(Vec<String>),
}

/// Who an assertion says it is about; nothing is proven by that.
pub(crate) fn subject_of(token: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct Subject {
        sub: String,
    }
    if token.len() > MOST_BYTES {
        return None;
    }
    let claims = jsonwebtoken::dangerous::insecure_decode::<Subject>(token).ok()?.claims;
    Some(claims.sub)
}

/// Holds an assertion against the keys of the client. What is wrong with it is told only to who signed it.
pub(crate) async fn verify(
    app: &Data<App>,
    client: Option<OAuthClientId>,
    token: &str,
) -> Result<Result<Assertion, OAuthError>, OAuthError> {
    let Some(id) = client else { return Ok(Err(OAuthError::unproven())) };
    let now = app.clock.now();
    let find = move |app: &App| app.database.read(now, |view| Ok::<_, Problem>(oauth_clients::find(view, id)?));
    let Some(client) = app.blocking(find).await? else { return Ok(Err(OAuthError::unproven())) };
    let Ok(header) = jsonwebtoken::decode_header(token) else { return Ok(Err(OAuthError::unproven())) };
    if !ALGORITHMS.contains(&header.alg) {
        return Ok(Err(OAuthError::client("An assertion is signed with RS256, PS256 or ES256.")));
    }
    let Some(key) = key_of(app, &client, header.kid.as_deref(), header.alg).await? else {
        return Ok(Err(OAuthError::unproven()));
    };
    let Some(claims) = decode(token, header.alg, &key) else { return Ok(Err(OAuthError::unproven())) };
    Ok(judge(claims, &client.id.to_string(), &audiences(app), now))
}

/// The key of the client that the assertion names; where it names none, the only one there is.
async fn key_of(
    app: &Data<App>,
    client: &OAuthClient,
    kid: Option<&str>,
    algorithm: Algorithm,
) -> Result<Option<Jwk>, OAuthError> {
    if let Some(address) = client.details.jwks_uri.clone() {
        let (kid, now) = (kid.map(str::to_owned), app.clock.now());
        let find = move |app: &App| app.remote.key(&address, kid.as_deref(), algorithm, now);
        return Ok(app.blocking(find).await?);
    }
    let keys: &[PublicKey] = client.details.jwks.as_deref().unwrap_or_default();
    let found = match (kid, keys) {
        (Some(kid), keys) => keys.iter().find(|key| key.kid == kid),
        (None, [only]) => Some(only),
        (None, _) => None,
    };
    let found = found.map(|key| serde_json::to_value(key).and_then(serde_json::from_value)).transpose();
    Ok(found.map_err(|error| Problem::internal(&error))?)
}

/// The claims, if this key signed them.
fn decode(token: &str, algorithm: Algorithm, key: &Jwk) -> Option<Claims> {
    if key.common.key_algorithm.is_some_and(|own| own != KeyAlgorithm::from(algorithm)) {
        return None;
    }
    let key = DecodingKey::from_jwk(key).ok()?;
    let mut validation = Validation::new(algorithm);
    // The library would ask the machine for the time; all claims are judged below.
    validation.validate_exp = false;
    validation.validate_aud = false;
    validation.required_spec_claims.clear();
    jsonwebtoken::decode::<Claims>(token, &key, &validation).ok().map(|decoded| decoded.claims)
}

fn audiences(app: &App) -> [String; 2] {
    let issuer = app.tokens.issuer().to_owned();
    [format!("{issuer}/oauth/token"), issuer]
}

fn judge(claims: Claims, client: &str, audiences: &[String], now: Moment) -> Result<Assertion, OAuthError> {
    let Claims { iss, sub, aud, exp, nbf, iat, jti } = claims;
    let refuse = |what: &str| Err(OAuthError::client(format!("The assertion is signed well, but {what}.")));
    if iss != client || sub != client {
        return refuse("iss and sub must both be the client id");
    }
    let named = match aud {
        Audience::One(one) => vec![one],
        Audience::Many(many) => many,
    };
    if !named.iter().any(|one| audiences.contains(one)) {
        return refuse(&format!("aud must be {}", audiences.join(" or ")));
    }
    let (second, skew) = (now.timestamp(), SKEW_SECONDS);
    if exp.saturating_add(skew) <= second {
        return refuse("it has expired");
    }
    if exp > second + MINUTES_AHEAD * 60 + skew {
        return refuse(&format!("exp must be at most {MINUTES_AHEAD} minutes ahead"));
    }
    if nbf.is_some_and(|nbf| nbf > second + skew) || iat.is_some_and(|iat| iat > second + skew) {
        return refuse("it is not good yet");
    }
    let Some(id) = jti.filter(|id| ID_CHARACTERS.contains(&id.len())) else {
        return refuse("jti must have 16 to 200 characters, new each time");
    };
    let expires_at = DateTime::from_timestamp(exp, 0).unwrap_or(now) + TimeDelta::seconds(skew);
    Ok(Assertion { id, expires_at })
}
