//! Access tokens: JWTs signed with RS256, good for a quarter of an hour.

mod scopes;

use std::sync::{Arc, PoisonError, RwLock};

use actix_web::web::Data;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use domain::{Moment, OAuthClientId, OAuthSecretId, PersonId, SessionId};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use persistence::exchange::signing_keys::{self, SigningKey};
use persistence::{Database, Mint, View, Work};
use quick_cache::sync::Cache;
use rsa::pkcs8::{DecodePrivateKey as _, EncodePrivateKey as _, LineEnding};
use rsa::traits::PublicKeyParts as _;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

pub use self::scopes::{SCOPES, all_scopes, is_scope};
use crate::app::App;
use crate::problem::Problem;

/// How long an access token is good.
pub const ACCESS_MINUTES: i64 = 15;
/// How long an access token is good that a client got by its own credentials or by token exchange: no token is good for
/// longer.
pub const CLIENT_MINUTES: i64 = 60;
/// Who tokens are for, and which client got them.
pub const AUDIENCE: &str = "klusnet";
const LOCAL_CLIENT: &str = "klusnet-local";
const KEY_BITS: usize = 2048;
/// How many tokens are remembered whose signature was found good: reading one again costs as much as the rest of a request.
const REMEMBERED: usize = 4096;

/// What an access token is, in its header (RFC 9068): nothing else that these keys sign is taken for one.
const ACCESS_TOKEN: &str = "at+jwt";

/// What an access token says (RFC 9068, NL GOV profile for OAuth).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Claims {
    iss: String,
    sub: uuid::Uuid,
    aud: String,
    azp: String,
    client_id: String,
    iat: i64,
    exp: i64,
    jti: uuid::Uuid,
    /// The session; absent where a client got the token for itself.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    sid: Option<uuid::Uuid>,
    /// Who acts for the person (RFC 8693, 4.1).
    #[serde(skip_serializing_if = "Option::is_none", default)]
    act: Option<Act>,
    /// The secret the client proved itself with: the token ends with it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    cred: Option<uuid::Uuid>,
    scope: String,
}

/// Who acts for somebody else.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Act {
    sub: OAuthClientId,
}

/// Whose a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bearer {
    /// A person, in this session.
    Person(SessionId),
    /// A client, by itself.
    Client(OAuthClientId),
}

impl Claims {
    /// Whose it is.
    pub fn bearer(&self) -> Bearer {
        match self.sid {
            Some(session) => Bearer::Person(session.into()),
            None => Bearer::Client(self.sub.into()),
        }
    }

    /// The person it is about, where it is about one.
    pub fn subject(&self) -> PersonId {
        self.sub.into()
    }

    /// The client that got it; none where somebody signed in here.
    pub fn client(&self) -> Option<OAuthClientId> {
        self.azp.parse::<uuid::Uuid>().ok().map(OAuthClientId::from)
    }

    /// The secret with which the client proved itself, if it did so with one.
    pub fn secret(&self) -> Option<OAuthSecretId> {
        self.cred.map(OAuthSecretId::from)
    }

    /// Its own identifier.
    pub fn token(&self) -> uuid::Uuid {
        self.jti
    }

    /// The second at which it is worth nothing any more.
    pub fn expires(&self) -> i64 {
        self.exp
    }

    /// Whether it is still good by its own account.
    pub fn is_good_at(&self, now: Moment) -> bool {
        now.timestamp() < self.exp
    }

    /// What the token allows.
    pub fn scopes(&self) -> impl Iterator<Item = &str> {
        self.scope.split(' ')
    }
}

/// The keys of the service.
pub struct Tokens {
    issuer: String,
    keys: RwLock<Vec<Key>>,
    /// Tokens that one of these keys signed, with what they say; whether they are still good is asked each time.
    signed: Cache<String, Arc<Claims>>,
}

struct Key {
    kid: String,
    encoding: EncodingKey,
    decoding: DecodingKey,
    public: Value,
}

/// What a token is to say.
#[derive(Debug, Clone, Copy)]
pub struct Grant<'a> {
    /// Whose it is: a person, or a client by itself.
    pub subject: uuid::Uuid,
    /// In which session; none for a client by itself.
    pub session: Option<SessionId>,
    /// The client that gets it; none where somebody signs in here.
    pub client: Option<OAuthClientId>,
    /// The secret with which the client proved itself.
    pub secret: Option<OAuthSecretId>,
    /// Whether the client acts for the person.
    pub is_delegated: bool,
    /// With which scopes.
    pub scope: &'a str,
    /// The identifier of the token.
    pub token: uuid::Uuid,
}

/// A signed token and until when it is good.
#[derive(Debug, Clone)]
pub struct Signed {
    /// The token.
    pub token: String,
    /// Until when it is good.
    pub expires_at: Moment,
}

impl Tokens {
    /// Loads the keys; makes the first one where there is none.
    pub fn load(database: &Database, mint: &Mint, now: Moment, issuer: String) -> Result<Self, Problem> {
        let stored = database.write::<_, Problem>(mint, now, |work| {
            let keys = signing_keys::current(work)?;
            if keys.is_empty() { Ok(vec![add_key(work)?]) } else { Ok(keys) }
        })?;
        let keys = stored.iter().map(Key::of).collect::<Result<_, _>>()?;
        Ok(Self { issuer, keys: RwLock::new(keys), signed: Cache::new(REMEMBERED) })
    }

    /// Who signs them.
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// Signs a token for what is granted.
    pub fn sign(&self, grant: &Grant<'_>, now: Moment, good_for: TimeDelta) -> Result<Signed, Problem> {
        let expires_at = now + good_for;
        let client = grant.client.map_or_else(|| LOCAL_CLIENT.to_owned(), |client| client.to_string());
        let claims = Claims {
            iss: self.issuer.clone(),
            sub: grant.subject,
            aud: AUDIENCE.to_owned(),
            azp: client.clone(),
            client_id: client,
            iat: now.timestamp(),
            exp: expires_at.timestamp(),
            jti: grant.token,
            sid: grant.session.map(Into::into),
            act: grant.client.filter(|_| grant.is_delegated).map(|sub| Act { sub }),
            cred: grant.secret.map(Into::into),
            scope: grant.scope.to_owned(),
        };
        Ok(Signed { token: self.sign_as(ACCESS_TOKEN, &claims)?, expires_at })
    }

    /// Signs any claims, as a token of this type.
    pub fn sign_as(&self, kind: &str, claims: &impl Serialize) -> Result<String, Problem> {
        let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
        let key = keys.first().ok_or_else(|| Problem::internal(&"there is no signing key"))?;
        let mut header = Header::new(Algorithm::RS256);
        header.typ = Some(kind.to_owned());
        header.kid = Some(key.kid.clone());
        jsonwebtoken::encode(&header, claims, &key.encoding).map_err(|error| Problem::internal(&error))
    }

    /// The claims of a token, if it is ours and still good. An unknown key is looked up once: another instance may
    /// have made it.
    pub async fn verify(&self, app: &Data<App>, token: &str) -> Result<Option<Arc<Claims>>, Problem> {
        let now = app.clock.now();
        Ok(self.read(app, token).await?.filter(|claims| claims.is_good_at(now)))
    }

    /// The same, without looking up a key that is not known here.
    pub fn verify_early(&self, token: &str, now: Moment) -> Option<Arc<Claims>> {
        let Checked::Ours(claims) = self.check(token) else { return None };
        claims.is_good_at(now).then_some(claims)
    }

    /// The claims of a token, if it is ours, also when it has expired.
    pub async fn read(&self, app: &Data<App>, token: &str) -> Result<Option<Arc<Claims>>, Problem> {
        match self.check(token) {
            Checked::Ours(claims) => Ok(Some(claims)),
            Checked::Bad => Ok(None),
            Checked::UnknownKey => {
                app.blocking(|app| app.tokens.refresh(app)).await?;
                Ok(match self.check(token) {
                    Checked::Ours(claims) => Some(claims),
                    Checked::Bad | Checked::UnknownKey => None,
                })
            }
        }
    }

    /// Takes up the keys as they are kept now: another instance, or a command, may have made or retired one.
    pub fn refresh(&self, app: &App) -> Result<(), Problem> {
        let read = |view: &mut View<'_>| Ok(signing_keys::current(view)?);
        let stored: Vec<SigningKey> = app.database.read::<_, Problem>(app.clock.now(), read)?;
        let known = self.keys.read().unwrap_or_else(PoisonError::into_inner);
        if known.iter().map(|key| &key.kid).eq(stored.iter().map(|key| &key.kid)) {
            return Ok(());
        }
        drop(known);
        let keys: Vec<Key> = stored.iter().map(Key::of).collect::<Result<_, _>>()?;
        let mut known = self.keys.write().unwrap_or_else(PoisonError::into_inner);
        *known = keys;
        // What a retired key signed is signed by nobody; nothing is remembered in between, as the keys are held.
        self.signed.clear();
        Ok(())
    }

    fn check(&self, token: &str) -> Checked {
        if let Some(claims) = self.signed.get(token) {
            return Checked::Ours(claims);
        }
        let Ok(header) = jsonwebtoken::decode_header(token) else { return Checked::Bad };
        if header.typ.as_deref() != Some(ACCESS_TOKEN) {
            return Checked::Bad;
        }
        let (Some(kid), Algorithm::RS256) = (header.kid, header.alg) else { return Checked::Bad };
        let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
        let Some(key) = keys.iter().find(|key| key.kid == kid) else { return Checked::UnknownKey };
        let mut validation = Validation::new(Algorithm::RS256);
        validation.set_audience(&[AUDIENCE]);
        validation.set_issuer(&[&self.issuer]);
        // The library would ask the machine for the time; the clock of the service decides.
        validation.validate_exp = false;
        match jsonwebtoken::decode::<Claims>(token, &key.decoding, &validation) {
            Ok(decoded) => {
                let claims = Arc::new(decoded.claims);
                self.signed.insert(token.to_owned(), Arc::clone(&claims));
                Checked::Ours(claims)
            }
            Err(_) => Checked::Bad,
        }
    }

    /// The public keys (RFC 7517).
    pub fn jwks(&self) -> Value {
        let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
        json!({"keys": keys.iter().map(|key| key.public.clone()).collect::<Vec<_>>()})
    }
}

enum Checked {
    Ours(Arc<Claims>),
    Bad,
    UnknownKey,
}

impl Key {
    fn of(stored: &SigningKey) -> Result<Self, Problem> {
        let private =
            rsa::RsaPrivateKey::from_pkcs8_pem(&stored.private_key).map_err(|error| Problem::internal(&error))?;
        let (n, e) = (private.n().to_bytes_be(), private.e().to_bytes_be());
        let (n, e) = (URL_SAFE_NO_PAD.encode(n), URL_SAFE_NO_PAD.encode(e));
        let public = json!({"kty": "RSA", "use": "sig", "alg": "RS256", "kid": stored.kid, "n": n, "e": e});
        let encoding =
            EncodingKey::from_rsa_pem(stored.private_key.as_bytes()).map_err(|error| Problem::internal(&error))?;
        let decoding = DecodingKey::from_rsa_components(&n, &e).map_err(|error| Problem::internal(&error))?;
        Ok(Self { kid: stored.kid.clone(), encoding, decoding, public })
    }
}

/// Retires the keys before the present one, once no token that they signed can still be good.
pub fn retire_old_keys(work: &mut Work<'_>) -> Result<(), Problem> {
    let keys = signing_keys::current(work)?;
    let [newest, _, ..] = keys.as_slice() else { return Ok(()) };
    // Other instances go on signing with the old key until they have seen the new one.
    if newest.created_at + TimeDelta::minutes(2 * CLIENT_MINUTES) <= work.now() {
        let retired = signing_keys::retire_before(work, newest.created_at)?;
        tracing::info!(retired, "retired the keys before the present one");
    }
    Ok(())
}

/// Makes a key and adds it; from then on it signs.
pub fn add_key(work: &mut Work<'_>) -> Result<SigningKey, Problem> {
    let private =
        rsa::RsaPrivateKey::new(&mut rsa::rand_core::OsRng, KEY_BITS).map_err(|error| Problem::internal(&error))?;
    let pem = private.to_pkcs8_pem(LineEnding::LF).map_err(|error| Problem::internal(&error))?;
    let kid: uuid::Uuid = work.id();
    let key = SigningKey { kid: kid.simple().to_string(), private_key: pem.to_string(), created_at: work.now() };
    signing_keys::insert(work, &key)?;
    Ok(key)
}
