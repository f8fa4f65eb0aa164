//! Signatures of messages to receivers (Standard Webhooks 1.0): HMAC-SHA256 (`v1`) and ed25519 (`v1a`).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signer as _, SigningKey};
use hmac::{Hmac, Mac as _};
use sha2::Sha256;

/// What signs.
#[derive(Clone, Copy)]
pub struct SignatureKey<'k> {
    /// The secret that the receiver has too.
    pub secret: &'k [u8; 32],
    /// The seed of the pair of which the receiver has the public half.
    pub seed: &'k [u8; 32],
}

impl SignatureKey<'_> {
    /// The secret as it is given to the receiver.
    pub fn secret_text(self) -> String {
        format!("whsec_{}", STANDARD.encode(self.secret))
    }

    /// The public key as it is given to the receiver.
    pub fn public_text(self) -> String {
        format!("whpk_{}", STANDARD.encode(SigningKey::from_bytes(self.seed).verifying_key()))
    }
}

/// A key made ready to sign many messages.
pub struct Signer {
    shared: Hmac<Sha256>,
    paired: SigningKey,
}

impl Signer {
    /// Makes a key ready. HMAC takes keys of any length, so there always is one.
    pub fn of(key: SignatureKey<'_>) -> Option<Self> {
        let shared = Hmac::<Sha256>::new_from_slice(key.secret).ok()?;
        Some(Self { shared, paired: SigningKey::from_bytes(key.seed) })
    }

    fn sign(&self, signed: &[u8]) -> [String; 2] {
        let mut shared = self.shared.clone();
        shared.update(signed);
        let paired = self.paired.sign(signed).to_bytes();
        [format!("v1,{}", STANDARD.encode(shared.finalize().into_bytes())), format!("v1a,{}", STANDARD.encode(paired))]
    }
}

/// The signatures of a message by each of these, as they stand in the header `webhook-signature`. What is signed is the
/// id, the moment in seconds and the body, to the byte.
pub fn signatures<'s>(signers: impl IntoIterator<Item = &'s Signer>, id: &str, timestamp: i64, body: &[u8]) -> String {
    let mut signed = format!("{id}.{timestamp}.").into_bytes();
    signed.extend_from_slice(body);
    let each = signers.into_iter().flat_map(|signer| signer.sign(&signed));
    each.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use ed25519_dalek::{Signature, VerifyingKey};

    use super::*;

    #[test]
    fn a_known_message_has_its_known_signature() {
        // The vector was checked with the library of Standard Webhooks for Python.
        let secret: [u8; 32] =
            STANDARD.decode("a2x1c3Nlbi10ZXN0LXNlY3JldC0wMTIzNDU2Nzg5QUI=").unwrap().try_into().unwrap();
        let body = br#"{"type":"klus.gepubliceerd","timestamp":"2026-11-21T09:00:00Z","data":{"id":"0b8c4c5e-8d7e-4c0e-9a2a-000000000001"}}"#;
        let key = SignatureKey { secret: &secret, seed: &[7; 32] };
        let told = signatures(&Signer::of(key), "msg_01JD7Z0000000000000000KLUS", 1_795_251_600, body);
        assert!(told.starts_with("v1,4iLmX6cGFf22sKAXJEkf+w42UwJ7cKQvd5aEbv6sviw= v1a,"), "{told}");
        assert_eq!(key.secret_text(), "whsec_a2x1c3Nlbi10ZXN0LXNlY3JldC0wMTIzNDU2Nzg5QUI=");
    }

    #[test]
    fn the_public_key_verifies_what_the_pair_signed() {
        let key = SignatureKey { secret: &[1; 32], seed: &[7; 32] };
        let told = signatures(&Signer::of(key), "msg_1", 5, b"{}");
        let signature = told.split(' ').find_map(|one| one.strip_prefix("v1a,")).unwrap();
        let signature = Signature::from_slice(&STANDARD.decode(signature).unwrap()).unwrap();
        let public = STANDARD.decode(key.public_text().strip_prefix("whpk_").unwrap()).unwrap();
        let public = VerifyingKey::from_bytes(&public.try_into().unwrap()).unwrap();
        assert!(public.verify_strict(b"msg_1.5.{}", &signature).is_ok());
        assert!(public.verify_strict(b"msg_1.6.{}", &signature).is_err());
    }

    #[test]
    fn each_key_signs() {
        let keys = [[1; 32], [2; 32]];
        let signers: Vec<_> =
            keys.iter().filter_map(|key| Signer::of(SignatureKey { secret: key, seed: key })).collect();
        assert_eq!(signatures(&signers, "msg_1", 5, b"{}").split(' ').count(), 4);
    }
}
