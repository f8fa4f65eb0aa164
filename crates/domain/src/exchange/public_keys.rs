//! Public keys of other systems, as RFC 7517 writes them.

use serde::{Deserialize, Serialize};

use crate::Faults;

/// A modulus of 2048 and of 4096 bits, in characters of base64url.
const RSA_CHARACTERS: std::ops::RangeInclusive<usize> = 342..=683;
/// A coordinate of P-256, in characters of base64url.
const P256_CHARACTERS: usize = 43;

/// A public key: RSA from 2048 to 4096 bits, or on the curve P-256.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicKey {
    /// The family: `RSA` or `EC`.
    pub kty: String,
    /// Its name, which tokens carry.
    pub kid: String,
    /// What it signs with, if it signs with one algorithm only.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub alg: Option<String>,
    /// The modulus of an RSA key.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub n: Option<String>,
    /// The exponent of an RSA key.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub e: Option<String>,
    /// The curve of an EC key.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub crv: Option<String>,
    /// A coordinate of an EC key.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub x: Option<String>,
    /// The other coordinate.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub y: Option<String>,
    /// The certificate chain, if there is one.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub x5c: Vec<String>,
}

/// Notes everything that is wrong with these keys; `field` is where they stand.
pub fn check(keys: &[PublicKey], field: &str, faults: &mut Faults) {
    faults.unless(!keys.is_empty(), field, "must hold at least one key");
    for (place, key) in keys.iter().enumerate() {
        let at = |member: &str| format!("{field}.{place}.{member}");
        let others = keys.iter().take(place);
        faults.unless(others.into_iter().all(|other| other.kid != key.kid), &at("kid"), "must differ from other keys");
        let algorithms: &[&str] = match key.kty.as_str() {
            "RSA" => {
                let n = key.n.as_deref().is_some_and(|n| is_base64url(n) && RSA_CHARACTERS.contains(&n.len()));
                faults.unless(n, &at("n"), "must be the modulus of a key of 2048 to 4096 bits, in base64url");
                let e = key.e.as_deref().is_some_and(|e| is_base64url(e) && (4..=6).contains(&e.len()));
                faults.unless(e, &at("e"), "must be the exponent in base64url: AQAB");
                &["RS256", "PS256"]
            }
            "EC" => {
                faults.unless(key.crv.as_deref() == Some("P-256"), &at("crv"), "must be P-256");
                for (member, value) in [("x", &key.x), ("y", &key.y)] {
                    let fits = value.as_deref().is_some_and(|text| is_base64url(text) && text.len() == P256_CHARACTERS);
                    faults.unless(fits, &at(member), "must be a coordinate of 32 bytes in base64url");
                }
                &["ES256"]
            }
            _ => {
                faults.add(&at("kty"), "must be RSA or EC");
                continue;
            }
        };
        let fits = key.alg.as_deref().is_none_or(|alg| algorithms.contains(&alg));
        faults.unless(fits, &at("alg"), &format!("must be one of: {}", algorithms.join(", ")));
    }
}

fn is_base64url(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rsa() -> PublicKey {
        PublicKey {
            kty: "RSA".to_owned(),
            kid: "a".to_owned(),
            alg: None,
            n: Some("x".repeat(342)),
            e: Some("AQAB".to_owned()),
            crv: None,
            x: None,
            y: None,
            x5c: Vec::new(),
        }
    }

    fn named(keys: &[PublicKey]) -> Vec<String> {
        let mut faults = Faults::default();
        check(keys, "jwks.keys", &mut faults);
        faults.finish().err().into_iter().flat_map(|refusal| refusal.faults).map(|fault| fault.name).collect()
    }

    #[test]
    fn only_keys_that_are_strong_enough_are_taken() {
        let coordinate = Some("y".repeat(43));
        let ec = PublicKey {
            kty: "EC".to_owned(),
            kid: "b".to_owned(),
            crv: Some("P-256".to_owned()),
            x: coordinate.clone(),
            y: coordinate,
            alg: Some("ES256".to_owned()),
            n: None,
            e: None,
            ..rsa()
        };
        assert!(named(&[rsa(), ec.clone()]).is_empty());
        assert_eq!(named(&[]), ["jwks.keys"]);
        assert_eq!(named(&[PublicKey { n: Some("x".repeat(171)), ..rsa() }]), ["jwks.keys.0.n"]);
        assert_eq!(named(&[PublicKey { alg: Some("HS256".to_owned()), ..rsa() }]), ["jwks.keys.0.alg"]);
        assert_eq!(named(&[PublicKey { kty: "oct".to_owned(), ..rsa() }]), ["jwks.keys.0.kty"]);
        assert_eq!(named(&[PublicKey { crv: Some("P-521".to_owned()), ..ec }]), ["jwks.keys.0.crv"]);
        assert_eq!(named(&[rsa(), rsa()]), ["jwks.keys.1.kid"]);
    }
}
