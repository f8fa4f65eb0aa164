//! The authorisation server as clients use it: forms, keys of their own, assertions. Every answer is held against the
//! document of the authorisation server.

use std::sync::{Mutex, OnceLock, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use rsa::RsaPrivateKey;
use rsa::pkcs8::{EncodePrivateKey as _, EncodePublicKey as _, LineEnding};
use rsa::traits::PublicKeyParts as _;
use serde_json::{Value, json};

use crate::document::Document;
use crate::{Answer, Client, Service};

/// A client assertion is such a one.
const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// A key pair of a system or a provider.
#[derive(Clone)]
pub struct Key {
    /// Its name in tokens.
    pub kid: String,
    private: String,
    public: String,
    /// The public half (RFC 7517).
    pub jwk: Value,
}

impl Key {
    /// The key of this number; made once, as that takes a while.
    pub fn rsa(number: usize) -> Self {
        static MADE: OnceLock<Mutex<Vec<Key>>> = OnceLock::new();
        let mut made = MADE.get_or_init(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner);
        while made.len() <= number {
            let kid = format!("key-{}", made.len());
            made.push(Self::make(kid));
        }
        made[number].clone()
    }

    fn make(kid: String) -> Self {
        let private = RsaPrivateKey::new(&mut rsa::rand_core::OsRng, 2048).unwrap();
        let encoded = |number: &rsa::BigUint| URL_SAFE_NO_PAD.encode(number.to_bytes_be());
        let jwk = json!({"kty": "RSA", "kid": kid, "n": encoded(private.n()), "e": encoded(private.e())});
        Self {
            kid,
            public: private.to_public_key().to_public_key_pem(LineEnding::LF).unwrap(),
            private: private.to_pkcs8_pem(LineEnding::LF).unwrap().to_string(),
            jwk,
        }
    }

    /// A token with these claims, signed with RS256.
    pub fn sign(&self, claims: &Value) -> String {
        self.sign_as(Algorithm::RS256, &self.kid, claims)
    }

    /// A token with these claims, signed with this algorithm under this name.
    pub fn sign_as(&self, algorithm: Algorithm, kid: &str, claims: &Value) -> String {
        let header = Header { kid: Some(kid.to_owned()), ..Header::new(algorithm) };
        let key = EncodingKey::from_rsa_pem(self.private.as_bytes()).unwrap();
        jsonwebtoken::encode(&header, claims, &key).unwrap()
    }

    /// A token whose shared secret is the public key (algorithm confusion).
    pub fn confused(&self, claims: &Value) -> String {
        let header = Header { kid: Some(self.kid.clone()), ..Header::new(Algorithm::HS256) };
        jsonwebtoken::encode(&header, claims, &EncodingKey::from_secret(self.public.as_bytes())).unwrap()
    }

    /// A token that nobody signed.
    pub fn unsigned(&self, claims: &Value) -> String {
        let header = json!({"alg": "none", "typ": "JWT", "kid": self.kid});
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        format!("{}.{}.", part(&header), part(claims))
    }
}

/// The authorisation server of a service.
pub struct OAuth<'s> {
    service: &'s Service,
    client: Client,
}

impl<'s> OAuth<'s> {
    /// That of this service.
    pub fn of(service: &'s Service) -> Self {
        Self { service, client: service.anonymous() }
    }

    /// With one more header.
    #[must_use]
    pub fn with(&self, name: &str, value: &str) -> Self {
        Self { service: self.service, client: self.client.with(name, value) }
    }

    /// Reads.
    pub fn get(&self, path: &str) -> Answer {
        checked("GET", path, self.client.get(&format!("{}{path}", self.service.root())))
    }

    /// Sends a form.
    pub fn post(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        self.post_text(path, "application/x-www-form-urlencoded", &encoded(form))
    }

    /// Sends any text.
    pub fn post_text(&self, path: &str, media_type: &str, text: &str) -> Answer {
        let address = format!("{}{path}", self.service.root());
        checked("POST", path, self.client.send_text("POST", &address, Some((media_type, text))))
    }

    /// Asks for a token.
    pub fn token(&self, form: &[(&str, &str)]) -> Answer {
        self.post("/oauth/token", form)
    }

    /// What an assertion of this client says now, under an id of its own.
    pub fn assertion_claims(&self, client: &str) -> Value {
        let now = domain::Clock::now(&*self.service.clock).timestamp();
        let jti = uuid::Uuid::from_u128(next());
        json!({"iss": client, "sub": client, "aud": "https://klusnet.test/oauth/token", "iat": now, "exp": now + 60, "jti": jti})
    }

    /// Asks for a token with this assertion.
    pub fn assert(&self, assertion: &str, form: &[(&str, &str)]) -> Answer {
        let proof = [("client_assertion_type", ASSERTION_TYPE), ("client_assertion", assertion)];
        self.token(&[form, &proof].concat())
    }
}

impl Answer {
    /// Fails the test unless it is an error of OAuth with this status and name.
    #[track_caller]
    pub fn fails(self, status: u16, error: &str) -> Self {
        assert_eq!((self.status, self.body["error"].as_str()), (status, Some(error)), "{}", self.text);
        self
    }
}

/// What a token says; nothing is checked.
pub fn claims_of(token: &str) -> Value {
    let part = token.split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

fn checked(method: &str, path: &str, answer: Answer) -> Answer {
    let operation = Document::oauth().find(method, path).unwrap_or_else(|| panic!("{method} {path} is not documented"));
    operation.check(answer.status, &answer.headers, &answer.text);
    answer
}

fn encoded(form: &[(&str, &str)]) -> String {
    let text = |text: &str| percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string();
    form.iter().map(|(name, value)| format!("{}={}", text(name), text(value))).collect::<Vec<_>>().join("&")
}

/// Another number each time.
fn next() -> u128 {
    use std::sync::atomic::{AtomicU64, Ordering};
    static LAST: AtomicU64 = AtomicU64::new(1);
    u128::from(LAST.fetch_add(1, Ordering::Relaxed))
}
