//! Access tokens: JWTs signed with RS256, good for a quarter of an hour.

use std::sync::{PoisonError, RwLock};

use actix_web::web::Data;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use domain::{Moment, PersonId, SessionId};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use persistence::exchange::signing_keys::{self, SigningKey};
use persistence::{Database, Mint, View, Work};
use rsa::pkcs8::{DecodePrivateKey as _, EncodePrivateKey as _, LineEnding};
use rsa::traits::PublicKeyParts as _;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::app::App;
use crate::problem::Problem;

/// How long an access token is good.
pub const ACCESS_MINUTES: i64 = 15;
/// Who tokens are for, and which client got them.
const AUDIENCE: &str = "klusnet";
const LOCAL_CLIENT: &str = "klusnet-local";
const KEY_BITS: usize = 2048;

/// All scopes, with what they allow in English and in Dutch.
pub const SCOPES: &[(&str, [&str; 2])] = &[
    (
        "parties:read",
        ["read organisations, networks, people and roles", "organisaties, netwerken, mensen en rollen lezen"],
    ),
    (
        "parties:write",
        ["change organisations, networks, people and roles", "organisaties, netwerken, mensen en rollen wijzigen"],
    ),
    ("profiles:read", ["read profiles", "profielen lezen"]),
    ("profiles:write", ["change the own profile", "het eigen profiel wijzigen"]),
    ("market:read", ["read klussen, responses and their dossiers", "klussen, reacties en hun dossiers lezen"]),
    (
        "market:write",
        [
            "publish, respond, consent, talk, offer and accept",
            "plaatsen, reageren, toestemmen, kennismaken, aanbieden en aannemen",
        ],
    ),
    (
        "placements:read",
        ["read arrangements, placements, agreements and hours", "afspraken, plaatsingen, overeenkomsten en uren lezen"],
    ),
    (
        "placements:write",
        [
            "arrange, sign, write and approve hours, end and evaluate",
            "afspreken, tekenen, uren schrijven en goedkeuren, beëindigen en evalueren",
        ],
    ),
    ("charges:read", ["read cost rates and charge statements", "loonkostentarieven en doorbelastingen lezen"]),
    (
        "charges:write",
        [
            "lay down cost rates, charge, accept and dispute",
            "tarieven vastleggen, doorbelasten, accepteren en betwisten",
        ],
    ),
    ("events:read", ["read events", "gebeurtenissen lezen"]),
    (
        "staff:read",
        ["read the staff as the HR system told it", "het personeel lezen zoals het personeelssysteem het aanlevert"],
    ),
    ("staff:write", ["hand in the staff of the own organisation", "het personeel van de eigen organisatie aanleveren"]),
];

/// What an access token says (RFC 9068, NL GOV profile for OAuth).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Claims {
    iss: String,
    sub: uuid::Uuid,
    aud: String,
    azp: String,
    iat: i64,
    exp: i64,
    jti: uuid::Uuid,
    sid: uuid::Uuid,
    scope: String,
}

impl Claims {
    /// The session the token came of.
    pub fn session(&self) -> SessionId {
        self.sid.into()
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
    /// Who.
    pub person: PersonId,
    /// In which session.
    pub session: SessionId,
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
        Ok(Self { issuer, keys: RwLock::new(keys) })
    }

    /// Signs a token for what is granted.
    pub fn sign(&self, grant: &Grant<'_>, now: Moment, good_for: TimeDelta) -> Result<Signed, Problem> {
        let expires_at = now + good_for;
        let claims = Claims {
            iss: self.issuer.clone(),
            sub: grant.person.into(),
            aud: AUDIENCE.to_owned(),
            azp: LOCAL_CLIENT.to_owned(),
            iat: now.timestamp(),
            exp: expires_at.timestamp(),
            jti: grant.token,
            sid: grant.session.into(),
            scope: grant.scope.to_owned(),
        };
        let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
        let key = keys.first().ok_or_else(|| Problem::internal(&"there is no signing key"))?;
        let mut header = Header::new(Algorithm::RS256);
        header.typ = Some("at+jwt".to_owned());
        header.kid = Some(key.kid.clone());
        let token = jsonwebtoken::encode(&header, &claims, &key.encoding).map_err(|error| Problem::internal(&error))?;
        Ok(Signed { token, expires_at })
    }

    /// The claims of a token, if it is ours and still good. An unknown key is looked up once: another instance may
    /// have made it.
    pub async fn verify(&self, app: &Data<App>, token: &str) -> Result<Option<Claims>, Problem> {
        let now = app.clock.now();
        match self.check(token, now) {
            Checked::Good(claims) => Ok(Some(claims)),
            Checked::Bad => Ok(None),
            Checked::UnknownKey => {
                app.blocking(|app| app.tokens.refresh(app)).await?;
                Ok(match self.check(token, now) {
                    Checked::Good(claims) => Some(claims),
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
        *self.keys.write().unwrap_or_else(PoisonError::into_inner) = keys;
        Ok(())
    }

    fn check(&self, token: &str, now: Moment) -> Checked {
        let Ok(header) = jsonwebtoken::decode_header(token) else { return Checked::Bad };
        let (Some(kid), Algorithm::RS256) = (header.kid, header.alg) else { return Checked::Bad };
        let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
        let Some(key) = keys.iter().find(|key| key.kid == kid) else { return Checked::UnknownKey };
        let mut validation = Validation::new(Algorithm::RS256);
        validation.set_audience(&[AUDIENCE]);
        validation.set_issuer(&[&self.issuer]);
        // The library would ask the machine for the time; the clock of the service decides.
        validation.validate_exp = false;
        match jsonwebtoken::decode::<Claims>(token, &key.decoding, &validation) {
            Ok(decoded) if now.timestamp() < decoded.claims.exp => Checked::Good(decoded.claims),
            _ => Checked::Bad,
        }
    }

    /// The public keys (RFC 7517).
    pub fn jwks(&self) -> Value {
        let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
        json!({"keys": keys.iter().map(|key| key.public.clone()).collect::<Vec<_>>()})
    }
}

enum Checked {
    Good(Claims),
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
    if newest.created_at + TimeDelta::minutes(2 * ACCESS_MINUTES) <= work.now() {
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
