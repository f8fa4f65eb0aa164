//! Tokens of identity providers: held against the keys of the provider and against what is said of it here.

use chrono::{DateTime, TimeDelta};
use domain::exchange::identity_providers::{IdentityProvider, SigningAlgorithm};
use domain::{Moment, OrganisationId};
use jsonwebtoken::{Algorithm, DecodingKey, Header, Validation};
use persistence::exchange::identity_providers as kept;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::app::App;
use crate::exchange::remote::{Remote, unavailable};
use crate::problem::{Problem, TOKEN_INVALID};

/// The largest token that is looked at.
const MOST_BYTES: usize = 16_384;
/// The longest staff key that is compared.
const MOST_KEY_CHARACTERS: usize = 256;

/// A token of an identity provider of which everything is right.
#[derive(Debug, Clone)]
pub(crate) struct VerifiedToken {
    /// The provider that issued it.
    pub(crate) provider: IdentityProvider,
    /// What the claim holds that identifies the staff member.
    pub(crate) staff_key: String,
    /// Its own identifier, if it has one.
    pub(crate) token_id: Option<String>,
    /// Until when it is taken, the difference of clocks included.
    pub(crate) expires_at: Moment,
    /// What binds an ID token to the browser that asked for it.
    pub(crate) nonce: Option<String>,
}

#[derive(Deserialize)]
struct Claims {
    iss: String,
    aud: Audience,
    exp: i64,
    iat: i64,
    nbf: Option<i64>,
    jti: Option<String>,
    nonce: Option<String>,
    #[serde(flatten)]
    others: Map<String, Value>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Many(Vec<String>),
}

/// Holds a token of somebody's provider against the providers of this organisation. It may ask the provider for its
/// keys, so it blocks, and has no place inside a transaction.
pub(crate) fn verify(app: &App, organisation: OrganisationId, token: &str) -> Result<VerifiedToken, Problem> {
    let issuer = issuer_of(token).ok_or_else(|| refused("it is no signed JWT with an issuer, of at most 16 kB"))?;
    let now = app.clock.now();
    let provider =
        app.database.read::<_, Problem>(now, |view| Ok(kept::find_by_issuer(view, organisation, &issuer)?))?;
    let provider = provider
        .filter(|provider| provider.details.enabled)
        .ok_or_else(|| refused("iss must be an identity provider that the organisation uses"))?;
    let accepted: Vec<String> = provider.accepted_audiences().map(str::to_owned).collect();
    verify_of(&app.remote, provider, token, &accepted, now)
}

/// Holds a token against one provider; for whom it may be is said by who asks.
pub(crate) fn verify_of(
    remote: &Remote,
    provider: IdentityProvider,
    token: &str,
    accepted: &[String],
    now: Moment,
) -> Result<VerifiedToken, Problem> {
    if token.len() > MOST_BYTES {
        return Err(refused("it must have at most 16 kB"));
    }
    let header = jsonwebtoken::decode_header(token).map_err(|_| refused("it is no signed JWT"))?;
    check_header(&provider, &header)?;
    let found = remote.discover(&provider.details.issuer, now).map_err(|error| unavailable(&error))?;
    let key = remote.key(&found.jwks_uri, header.kid.as_deref(), header.alg, now)?;
    let key = key.ok_or_else(|| refused("the provider has no such key for this algorithm"))?;
    let key = DecodingKey::from_jwk(&key).map_err(|_| refused("the key of the provider cannot be used"))?;
    let mut validation = Validation::new(header.alg);
    // The library would ask the machine for the time; all claims are judged below.
    validation.validate_exp = false;
    validation.validate_aud = false;
    validation.required_spec_claims.clear();
    let decoded = jsonwebtoken::decode::<Claims>(token, &key, &validation)
        .map_err(|_| refused("its signature is wrong, or it lacks one of iss, aud, exp, iat"))?;
    judge(provider, decoded.claims, accepted, now)
}

/// Who a token says it is from; nothing is proven by that.
fn issuer_of(token: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct Issuer {
        iss: String,
    }
    if token.len() > MOST_BYTES {
        return None;
    }
    jsonwebtoken::dangerous::insecure_decode::<Issuer>(token).ok().map(|decoded| decoded.claims.iss)
}

/// What a token is signed with is settled before any key is looked at.
fn check_header(provider: &IdentityProvider, header: &Header) -> Result<(), Problem> {
    let allowed = |algorithm: &SigningAlgorithm| match algorithm {
        SigningAlgorithm::Rs256 => Algorithm::RS256,
        SigningAlgorithm::Ps256 => Algorithm::PS256,
        SigningAlgorithm::Es256 => Algorithm::ES256,
    };
    if !provider.details.algorithms.iter().any(|algorithm| allowed(algorithm) == header.alg) {
        let all: Vec<String> = provider.details.algorithms.iter().map(ToString::to_string).collect();
        return Err(refused(&format!("alg must be one of: {}", all.join(", "))));
    }
    if header.crit.is_some() {
        return Err(refused("it must not have critical header parameters"));
    }
    Ok(())
}

fn judge(
    provider: IdentityProvider,
    claims: Claims,
    accepted: &[String],
    now: Moment,
) -> Result<VerifiedToken, Problem> {
    let Claims { iss, aud, exp, iat, nbf, jti, nonce, mut others } = claims;
    let (second, skew) = (now.timestamp(), provider.details.clock_skew_seconds);
    if iss != provider.details.issuer {
        return Err(refused("iss must be the issuer of the provider"));
    }
    let named = match aud {
        Audience::One(one) => vec![one],
        Audience::Many(many) => many,
    };
    if !named.iter().any(|one| accepted.contains(one)) {
        return Err(refused("aud must be an audience that the organisation accepts of the provider"));
    }
    if exp.saturating_add(skew) <= second {
        return Err(refused("it has expired"));
    }
    if iat > second + skew || nbf.is_some_and(|nbf| nbf > second + skew) {
        return Err(refused("it is not good yet"));
    }
    let claim = &provider.details.staff_claim;
    let staff_key = others.remove(claim).and_then(text_of).ok_or_else(|| {
        refused(&format!("the claim {claim} must hold a text of 1 to {MOST_KEY_CHARACTERS} characters, or a number"))
    })?;
    let expires_at = DateTime::from_timestamp(exp, 0).unwrap_or(now) + TimeDelta::seconds(skew);
    Ok(VerifiedToken { provider, staff_key, token_id: jti, expires_at, nonce })
}

/// A claim as it is compared: numbers of employees are numbers with some providers.
fn text_of(value: Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) if number.is_i64() || number.is_u64() => number.to_string(),
        _ => return None,
    };
    let is_printable = !text.chars().any(char::is_control);
    (is_printable && !text.is_empty() && text.chars().count() <= MOST_KEY_CHARACTERS).then_some(text)
}

fn refused(what: &str) -> Problem {
    Problem::new(&TOKEN_INVALID, format!("The token of the identity provider is refused: {what}."))
}
