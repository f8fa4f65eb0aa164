//! OAuth clients: what administrators send and see.

use chrono::{DateTime, Utc};
use domain::exchange::oauth_clients::{
    MACHINE_SCOPES, OAuthClient, OAuthClientDetails, OAuthClientKind, OAuthGrant, OAuthSecret,
};
use domain::exchange::public_keys::PublicKey;
use domain::{Faults, OAuthClientId, OAuthSecretId, OrganisationId, Refusal};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::paging::page_of;
use crate::patch::{Patched, present, set};
use crate::tokens::is_scope;

/// A public key (JSON Web Key): RSA of 2048 to 4096 bits, or on the curve P-256
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = PublicKeyItem)]
pub struct PublicKeyItem {
    /// RSA or EC
    #[schema(min_length = 2, max_length = 3, pattern = "^(RSA|EC)$", example = "EC")]
    kty: String,
    /// Its name, which tokens carry; another one for each key
    #[schema(min_length = 1, max_length = 200, example = "2027-01")]
    kid: String,
    /// The algorithm it signs with, if it is only one: RS256 or PS256 for RSA, ES256 for EC
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 10, example = "ES256")]
    alg: Option<String>,
    /// What it is for: sig
    #[serde(rename = "use", skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 3, pattern = "^sig$", example = "sig")]
    usage: Option<String>,
    /// The modulus of an RSA key, in base64url
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 700)]
    n: Option<String>,
    /// The exponent of an RSA key, in base64url
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 10)]
    e: Option<String>,
    /// The curve of an EC key: P-256
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 10, example = "P-256")]
    crv: Option<String>,
    /// A coordinate of an EC key, in base64url
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 43, example = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU")]
    x: Option<String>,
    /// The other coordinate of an EC key, in base64url
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 43, example = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0")]
    y: Option<String>,
    /// The certificate chain (PKIoverheid), kept and shown; what counts is that the key was registered
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 5)]
    x5c: Vec<Certificate>,
}

/// A certificate in base64 (DER)
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = CertificateItem, max_length = 8000, example = "MIIDQjCCAiqgAwIBAgIGATz…")]
pub struct Certificate(String);

/// Public keys (JSON Web Key Set); never a private one
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = PublicKeySetItem)]
pub struct PublicKeySetItem {
    /// The keys
    #[schema(min_items = 1, max_items = 10)]
    keys: Vec<PublicKeyItem>,
}

/// A new client
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OAuthClientDraft {
    /// How people call it; they see it when they are asked for consent
    #[schema(min_length = 1, max_length = 120, example = "Intranet van Oss")]
    name: String,
    /// What it is for
    #[schema(min_length = 1, max_length = 1000, example = "De klussenpagina op het intranet")]
    description: Option<String>,
    /// Whether it can keep a secret; CONFIDENTIAL unless given, and it never changes
    #[schema(nullable = false)]
    kind: Option<OAuthClientKind>,
    /// How it gets tokens; one way per client, and it never changes
    grant_type: OAuthGrant,
    /// Where the browser may go back to, compared to the letter: https, or http on the machine itself. For AUTHORIZATION_CODE only
    #[serde(default)]
    #[schema(max_items = 10)]
    redirect_uris: Vec<RedirectUri>,
    /// What its tokens may allow at most (`GET /scopes`); for CLIENT_CREDENTIALS only events:read, staff:read and staff:write
    #[schema(min_items = 1, max_items = 40)]
    scopes: Vec<ScopeName>,
    /// Its public keys, to prove itself by private_key_jwt
    jwks: Option<PublicKeySetItem>,
    /// Where its public keys are, instead of jwks: then it can change them by itself
    #[schema(min_length = 1, max_length = 400, example = "https://intranet.oss.example/.well-known/jwks.json")]
    jwks_uri: Option<String>,
}

/// What changes in a client: what is left out stays, null clears
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OAuthClientPatch {
    /// How people call it
    #[schema(nullable = false, min_length = 1, max_length = 120, example = "Intranet van Oss")]
    name: Option<String>,
    /// What it is for
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 1000, example = "De klussenpagina op het intranet")]
    description: Patched<String>,
    /// Where the browser may go back to; all of them
    #[schema(nullable = false, max_items = 10)]
    redirect_uris: Option<Vec<RedirectUri>>,
    /// What its tokens may allow at most; all of it
    #[schema(nullable = false, min_items = 1, max_items = 40)]
    scopes: Option<Vec<ScopeName>>,
    /// Its public keys; all of them
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<PublicKeySetItem>)]
    jwks: Patched<PublicKeySetItem>,
    /// Where its public keys are, instead of jwks
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 400, example = "https://intranet.oss.example/.well-known/jwks.json")]
    jwks_uri: Patched<String>,
    /// Whether it gets nothing any more; its tokens are worth nothing at once
    #[schema(nullable = false)]
    disabled: Option<bool>,
}

/// An address the browser may go back to
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = RedirectUriItem, min_length = 1, max_length = 400, example = "https://intranet.oss.example/klussen/terug")]
pub struct RedirectUri(String);

/// The name of a scope
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = ScopeNameItem, min_length = 1, max_length = 80, example = "staff:read")]
pub struct ScopeName(String);

/// A system of an organisation that gets tokens (client)
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = OAuthClient)]
pub struct OAuthClientView {
    /// Identifies it: the `client_id` of OAuth
    id: OAuthClientId,
    /// Whose it is: it acts for this organisation and its people only
    organisation_id: OrganisationId,
    /// How people call it
    #[schema(max_length = 120, example = "Intranet van Oss")]
    name: String,
    /// What it is for
    #[schema(max_length = 1000, example = "De klussenpagina op het intranet")]
    description: Option<String>,
    /// Whether it can keep a secret
    kind: OAuthClientKind,
    /// How it gets tokens
    grant_type: OAuthGrant,
    /// Where the browser may go back to
    #[schema(max_items = 10)]
    redirect_uris: Vec<RedirectUri>,
    /// What its tokens may allow at most
    #[schema(max_items = 40)]
    scopes: Vec<ScopeName>,
    /// Its public keys
    jwks: Option<PublicKeySetItem>,
    /// Where its public keys are
    #[schema(max_length = 400, example = "https://intranet.oss.example/.well-known/jwks.json")]
    jwks_uri: Option<String>,
    /// Whether it gets nothing any more
    disabled: bool,
    /// When it was registered
    #[schema(example = "2027-01-04T09:00:00Z")]
    created_at: DateTime<Utc>,
    /// When it last changed
    #[schema(example = "2027-01-04T09:00:00Z")]
    modified_at: DateTime<Utc>,
}

page_of!(
    /// A page of clients
    OAuthClientPage as OAuthClientPage, OAuthClientView
);

/// A new secret
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OAuthSecretDraft {
    /// How many days it is good; 180 unless given
    #[schema(nullable = false, minimum = 1, maximum = 366, example = 180)]
    pub(super) valid_for_days: Option<i64>,
}

/// A secret of a client, without the secret itself
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = OAuthSecret)]
pub struct OAuthSecretView {
    /// Identifies it; this is not the secret
    id: OAuthSecretId,
    /// The client
    client_id: OAuthClientId,
    /// When it was made
    #[schema(example = "2027-01-04T09:00:00Z")]
    created_at: DateTime<Utc>,
    /// Until when it is good
    #[schema(example = "2027-07-03T09:00:00Z")]
    expires_at: DateTime<Utc>,
}

/// The secrets of a client, newest first
#[derive(Serialize, ToSchema)]
#[schema(as = OAuthSecretList)]
pub struct OAuthSecretListView {
    /// The secrets
    #[schema(max_items = 100)]
    pub(super) items: Vec<OAuthSecretView>,
}

/// A new secret of a client: it is shown only here
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = OAuthSecretShown)]
pub struct OAuthSecretShownView {
    /// Identifies it; this is not the secret
    pub(super) id: OAuthSecretId,
    /// The client: the `client_id` of OAuth
    pub(super) client_id: OAuthClientId,
    /// The secret: keep it where only the client can read it
    #[schema(max_length = 100, example = "Zk2Q…")]
    pub(super) client_secret: String,
    /// Until when it is good
    #[schema(example = "2027-07-03T09:00:00Z")]
    pub(super) expires_at: DateTime<Utc>,
}

impl OAuthClientDraft {
    /// The kind, the grant and what is said of it.
    pub(super) fn split(self) -> Result<((OAuthClientKind, OAuthGrant), OAuthClientDetails), Refusal> {
        let Self { name, description, kind, grant_type, redirect_uris, scopes, jwks, jwks_uri } = self;
        let kind = kind.unwrap_or(OAuthClientKind::Confidential);
        let details = OAuthClientDetails {
            name: name.trim().to_owned(),
            description: description.map(|text| text.trim().to_owned()),
            redirect_uris: redirect_uris.into_iter().map(|uri| uri.0).collect(),
            scopes: scopes_of(scopes, grant_type)?,
            jwks: jwks.map(keys_of),
            jwks_uri,
            disabled: false,
        };
        Ok(((kind, grant_type), details))
    }
}

impl OAuthClientPatch {
    /// What is said of the client, with what the patch gives.
    pub(super) fn apply(self, client: &OAuthClient) -> Result<OAuthClientDetails, Refusal> {
        let Self { name, description, redirect_uris, scopes, jwks, jwks_uri, disabled } = self;
        let mut details = client.details.clone();
        set(&mut details.name, name.map(|name| name.trim().to_owned()));
        set(&mut details.description, description.map(|text| text.map(|text| text.trim().to_owned())));
        set(&mut details.redirect_uris, redirect_uris.map(|uris| uris.into_iter().map(|uri| uri.0).collect()));
        set(&mut details.scopes, scopes.map(|scopes| scopes_of(scopes, client.grant)).transpose()?);
        set(&mut details.jwks, jwks.map(|jwks| jwks.map(keys_of)));
        set(&mut details.jwks_uri, jwks_uri);
        set(&mut details.disabled, disabled);
        Ok(details)
    }
}

/// Each once; one that there is not is a fault.
fn scopes_of(names: Vec<ScopeName>, grant: OAuthGrant) -> Result<Vec<String>, Refusal> {
    let mut faults = Faults::default();
    let mut scopes: Vec<String> = Vec::new();
    for (place, ScopeName(name)) in names.into_iter().enumerate() {
        if !is_scope(&name) {
            let reason = match grant {
                OAuthGrant::ClientCredentials => format!("must be one of: {}", MACHINE_SCOPES.join(", ")),
                _ => "must be a scope that GET /scopes lists".to_owned(),
            };
            faults.add(&format!("scopes.{place}"), reason);
        } else if !scopes.contains(&name) {
            scopes.push(name);
        }
    }
    faults.finish().map(|()| scopes)
}

fn keys_of(set: PublicKeySetItem) -> Vec<PublicKey> {
    let key = |item: PublicKeyItem| {
        // Every key here signs: that it says so again is not kept.
        let PublicKeyItem { kty, kid, alg, usage: _, n, e, crv, x, y, x5c } = item;
        PublicKey { kty, kid, alg, n, e, crv, x, y, x5c: x5c.into_iter().map(|certificate| certificate.0).collect() }
    };
    set.keys.into_iter().map(key).collect()
}

fn set_of(keys: Vec<PublicKey>) -> PublicKeySetItem {
    let item = |key: PublicKey| {
        let PublicKey { kty, kid, alg, n, e, crv, x, y, x5c } = key;
        let (usage, x5c) = (Some("sig".to_owned()), x5c.into_iter().map(Certificate).collect());
        PublicKeyItem { kty, kid, alg, usage, n, e, crv, x, y, x5c }
    };
    PublicKeySetItem { keys: keys.into_iter().map(item).collect() }
}

impl From<OAuthClient> for OAuthClientView {
    fn from(client: OAuthClient) -> Self {
        let OAuthClient { id, revision: _, organisation, kind, grant, details, created_at, modified_at } = client;
        let OAuthClientDetails { name, description, redirect_uris, scopes, jwks, jwks_uri, disabled } = details;
        Self {
            id,
            organisation_id: organisation,
            name,
            description,
            kind,
            grant_type: grant,
            redirect_uris: redirect_uris.into_iter().map(RedirectUri).collect(),
            scopes: scopes.into_iter().map(ScopeName).collect(),
            jwks: jwks.map(set_of),
            jwks_uri,
            disabled,
            created_at,
            modified_at,
        }
    }
}

impl From<OAuthSecret> for OAuthSecretView {
    fn from(secret: OAuthSecret) -> Self {
        let OAuthSecret { id, client, hash: _, created_at, expires_at } = secret;
        Self { id, client_id: client, created_at, expires_at }
    }
}
