//! Klusnet as relying party of an identity provider (OIDC NLGOV): code, PKCE S256, nonce and state of 256 bits each.
//!
//! Everything here may ask the provider, so it blocks, and has no place inside a transaction.

use chrono::TimeDelta;
use domain::exchange::identity_providers::{IdentityProvider, ProviderAuthentication, SigningAlgorithm};
use domain::exchange::oauth_clients::check_address;
use domain::exchange::sign_ins::SignIn;
use openidconnect::core::{CoreAuthenticationFlow, CoreClient, CoreJsonWebKeySet, CoreJwsSigningAlgorithm};
use openidconnect::{
    AuthType, AuthUrl, AuthorizationCode, ClientId, ClientSecret, CsrfToken, IssuerUrl, LoginHint, Nonce,
    PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RequestTokenError, Scope, TokenResponse as _, TokenUrl,
};
use serde_json::json;

use super::browser::secret;
use crate::app::App;
use crate::exchange::identity_providers::verify::{VerifiedToken, verify_of};
use crate::exchange::remote::{Discovered, unavailable};
use crate::problem::{Problem, TOKEN_INVALID};

const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
/// How long an assertion of ours is good.
const ASSERTION_SECONDS: i64 = 60;

/// A sign-in that can begin.
pub(super) struct Begun {
    /// Where the browser is sent.
    pub(super) address: String,
    /// What the provider must send back with it.
    pub(super) state: String,
    /// What the ID token must hold.
    pub(super) nonce: String,
    /// What proves that it was us who began.
    pub(super) verifier: String,
}

/// Makes the address to which the browser is sent.
pub(super) fn begin(app: &App, provider: &IdentityProvider, hint: Option<&str>) -> Result<Begun, Problem> {
    let found = discover(app, provider)?;
    let [state, nonce, verifier] = [secret(app), secret(app), secret(app)];
    let challenge = PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(verifier.clone()));
    let address = address_of(&found.authorization_endpoint)?;
    let address = AuthUrl::new(address).map_err(|error| Problem::internal(&error))?;
    let client = CoreClient::new(
        ClientId::new(provider.details.client_id.clone()),
        issuer(provider)?,
        CoreJsonWebKeySet::new(Vec::new()),
    )
    .set_auth_uri(address)
    .set_redirect_uri(callback(app)?);
    let (ours, its) = (CsrfToken::new(state.clone()), Nonce::new(nonce.clone()));
    let mut request = client
        .authorize_url(CoreAuthenticationFlow::AuthorizationCode, move || ours, move || its)
        .add_scope(Scope::new("profile".to_owned()))
        .set_pkce_challenge(challenge);
    if let Some(hint) = hint {
        request = request.set_login_hint(LoginHint::new(hint.to_owned()));
    }
    let (url, _, _) = request.url();
    Ok(Begun { address: url.to_string(), state, nonce, verifier })
}

/// Exchanges the code of the provider and hears who it is.
pub(super) fn finish(
    app: &App,
    provider: &IdentityProvider,
    sign_in: &SignIn,
    code: &str,
) -> Result<VerifiedToken, Problem> {
    let found = discover(app, provider)?;
    let details = &provider.details;
    let endpoint = address_of(&found.token_endpoint)?;
    let mut client = CoreClient::new(
        ClientId::new(details.client_id.clone()),
        issuer(provider)?,
        CoreJsonWebKeySet::new(Vec::new()),
    )
    .set_redirect_uri(callback(app)?);
    client = match (&details.authentication, &details.client_secret) {
        (ProviderAuthentication::ClientSecret, Some(secret)) => {
            client.set_client_secret(ClientSecret::new(secret.clone()))
        }
        _ => client.set_auth_type(AuthType::RequestBody),
    };
    let client = client.set_token_uri(TokenUrl::new(endpoint.clone()).map_err(|error| Problem::internal(&error))?);
    let mut request = client
        .exchange_code(AuthorizationCode::new(code.to_owned()))
        .set_pkce_verifier(PkceCodeVerifier::new(sign_in.verifier.clone()));
    if details.authentication == ProviderAuthentication::PrivateKeyJwt {
        request = request
            .add_extra_param("client_assertion_type", ASSERTION_TYPE)
            .add_extra_param("client_assertion", assertion(app, &details.client_id, &endpoint)?);
    }
    let answer = request.request(&|request| app.remote.fetcher.send(request)).map_err(|error| match error {
        RequestTokenError::Request(error) => unavailable(&error),
        RequestTokenError::ServerResponse(answer) => {
            refused(&format!("its token endpoint answers {}", answer.error().as_ref()))
        }
        _ => refused("its token endpoint answers something else than tokens"),
    })?;
    let id_token = answer.id_token().ok_or_else(|| refused("it gives no ID token"))?;
    let now = app.clock.now();
    let own = [details.client_id.clone()];
    let verified = verify_of(&app.remote, provider.clone(), &id_token.to_string(), &own, now)?;
    if verified.nonce.as_deref() != Some(sign_in.nonce.as_str()) {
        return Err(refused("its ID token is of another sign-in: the nonce differs"));
    }
    check_by_library(app, provider, &found, sign_in, id_token)?;
    Ok(verified)
}

/// What OpenID Connect demands besides, by the library: the nonce, no other audience, one signature.
fn check_by_library(
    app: &App,
    provider: &IdentityProvider,
    found: &Discovered,
    sign_in: &SignIn,
    id_token: &openidconnect::core::CoreIdToken,
) -> Result<(), Problem> {
    let now = app.clock.now();
    let keys = app.remote.keys_at(&found.jwks_uri, now, |_| true)?;
    let keys: CoreJsonWebKeySet =
        serde_json::from_value(json!({"keys": &*keys})).map_err(|error| Problem::internal(&error))?;
    let client = CoreClient::new(ClientId::new(provider.details.client_id.clone()), issuer(provider)?, keys);
    let allowed = provider.details.algorithms.iter().map(|algorithm| match algorithm {
        SigningAlgorithm::Rs256 => CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
        SigningAlgorithm::Ps256 => CoreJwsSigningAlgorithm::RsaSsaPssSha256,
        SigningAlgorithm::Es256 => CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    });
    let late = now - TimeDelta::seconds(provider.details.clock_skew_seconds);
    let verifier = client.id_token_verifier().set_allowed_algs(allowed).set_time_fn(move || late);
    id_token
        .claims(&verifier, &Nonce::new(sign_in.nonce.clone()))
        .map(drop)
        .map_err(|error| refused(&format!("its ID token is not good: {error}")))
}

/// What proves to the provider that it is us (RFC 7523).
fn assertion(app: &App, client_id: &str, endpoint: &str) -> Result<String, Problem> {
    let now = app.clock.now().timestamp();
    let claims = json!({"iss": client_id, "sub": client_id, "aud": endpoint, "jti": secret(app), "iat": now, "exp": now + ASSERTION_SECONDS});
    app.tokens.sign_as("JWT", &claims)
}

fn discover(app: &App, provider: &IdentityProvider) -> Result<std::sync::Arc<Discovered>, Problem> {
    app.remote.discover(&provider.details.issuer, app.clock.now()).map_err(|error| unavailable(&error))
}

fn address_of(endpoint: &str) -> Result<String, Problem> {
    check_address(endpoint).map_err(refused)?;
    Ok(endpoint.to_owned())
}

fn issuer(provider: &IdentityProvider) -> Result<IssuerUrl, Problem> {
    IssuerUrl::new(provider.details.issuer.clone()).map_err(|error| Problem::internal(&error))
}

fn callback(app: &App) -> Result<RedirectUrl, Problem> {
    RedirectUrl::new(format!("{}/oauth/callback", app.tokens.issuer())).map_err(|error| Problem::internal(&error))
}

fn refused(what: &str) -> Problem {
    Problem::new(&TOKEN_INVALID, format!("Signing in at the identity provider failed: {what}."))
}
