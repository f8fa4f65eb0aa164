//! Identity providers: what administrators send and see.

use chrono::{DateTime, Utc};
use domain::exchange::identity_providers::{
    IdentityProvider, IdentityProviderDetails, ProviderAuthentication, ProviderStaffKey, SKEW_SECONDS, SigningAlgorithm,
};
use domain::{IdentityProviderId, Moment, OrganisationId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::exchange::remote::Remote;
use crate::paging::page_of;
use crate::patch::{Patched, present, set};

/// A new identity provider
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct IdentityProviderDraft {
    /// How people call it
    #[schema(min_length = 1, max_length = 120, example = "Aanmelden met Oss")]
    name: String,
    /// Its issuer, to the letter: https, and /.well-known/openid-configuration is found below it
    #[schema(min_length = 1, max_length = 400, example = "https://login.oss.example/v2.0")]
    issuer: String,
    /// How it calls Klusnet
    #[schema(min_length = 1, max_length = 200, example = "klusnet")]
    client_id: String,
    /// How Klusnet proves itself to it: by its keys at /.well-known/jwks.json (PRIVATE_KEY_JWT, as the NL GOV profile wants), or by a secret
    authentication: ProviderAuthentication,
    /// The secret that the provider gave, for CLIENT_SECRET; kept as it is, because it has to be sent, and never shown
    #[schema(min_length = 1, max_length = 500, format = "password", example = "een-geheim-van-de-voorziening")]
    client_secret: Option<String>,
    /// The claim of its tokens that holds the staff key; never sub, which may differ per client
    #[schema(min_length = 1, max_length = 120, example = "employeeNumber")]
    staff_claim: String,
    /// What that claim is compared with
    staff_key: ProviderStaffKey,
    /// What its tokens may be signed with; all three unless given
    #[schema(nullable = false, min_items = 1, max_items = 3)]
    algorithms: Option<Vec<SigningAlgorithm>>,
    /// By how many seconds its clock may differ
    #[schema(nullable = false, minimum = 0, maximum = 120, default = 30, example = 30)]
    clock_skew_seconds: Option<i64>,
    /// For whom its tokens may be, besides Klusnet itself: the client ids of portals that exchange them
    #[serde(default)]
    #[schema(max_items = 20)]
    audiences: Vec<AudienceName>,
    /// The e-mail domains that lead to it; a domain leads to one provider of the whole platform
    #[serde(default)]
    #[schema(max_items = 50)]
    email_domains: Vec<EmailDomain>,
    /// Whether people sign in by it; yes unless given
    #[schema(nullable = false)]
    enabled: Option<bool>,
}

/// What changes in an identity provider: what is left out stays, null clears
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct IdentityProviderPatch {
    /// How people call it
    #[schema(nullable = false, min_length = 1, max_length = 120, example = "Aanmelden met Oss")]
    name: Option<String>,
    /// Its issuer
    #[schema(nullable = false, min_length = 1, max_length = 400, example = "https://login.oss.example/v2.0")]
    issuer: Option<String>,
    /// How it calls Klusnet
    #[schema(nullable = false, min_length = 1, max_length = 200, example = "klusnet")]
    client_id: Option<String>,
    /// How Klusnet proves itself to it
    #[schema(nullable = false)]
    authentication: Option<ProviderAuthentication>,
    /// The secret that the provider gave
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 500, format = "password", example = "een-ander-geheim")]
    client_secret: Patched<String>,
    /// The claim of its tokens that holds the staff key
    #[schema(nullable = false, min_length = 1, max_length = 120, example = "employeeNumber")]
    staff_claim: Option<String>,
    /// What that claim is compared with
    #[schema(nullable = false)]
    staff_key: Option<ProviderStaffKey>,
    /// What its tokens may be signed with; all of it
    #[schema(nullable = false, min_items = 1, max_items = 3)]
    algorithms: Option<Vec<SigningAlgorithm>>,
    /// By how many seconds its clock may differ
    #[schema(nullable = false, minimum = 0, maximum = 120, example = 30)]
    clock_skew_seconds: Option<i64>,
    /// For whom its tokens may be, besides Klusnet itself; all of them
    #[schema(nullable = false, max_items = 20)]
    audiences: Option<Vec<AudienceName>>,
    /// The e-mail domains that lead to it; all of them
    #[schema(nullable = false, max_items = 50)]
    email_domains: Option<Vec<EmailDomain>>,
    /// Whether people sign in by it
    #[schema(nullable = false)]
    enabled: Option<bool>,
}

/// Somebody a token may be for: the client id of a portal
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = AudienceItem, min_length = 1, max_length = 200, example = "intranet")]
pub struct AudienceName(String);

/// An e-mail domain: what stands behind the @
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = EmailDomainItem, min_length = 1, max_length = 253, example = "oss.example")]
pub struct EmailDomain(String);

/// Where the people of an organisation sign in (identiteitsvoorziening)
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = IdentityProvider)]
pub struct IdentityProviderView {
    /// Identifies it
    id: IdentityProviderId,
    /// Whose people it knows
    organisation_id: OrganisationId,
    /// How people call it
    #[schema(max_length = 120, example = "Aanmelden met Oss")]
    name: String,
    /// Its issuer
    #[schema(max_length = 400, example = "https://login.oss.example/v2.0")]
    issuer: String,
    /// How it calls Klusnet
    #[schema(max_length = 200, example = "klusnet")]
    client_id: String,
    /// How Klusnet proves itself to it
    authentication: ProviderAuthentication,
    /// Whether a secret is kept; it is never shown
    has_client_secret: bool,
    /// The claim of its tokens that holds the staff key
    #[schema(max_length = 120, example = "employeeNumber")]
    staff_claim: String,
    /// What that claim is compared with
    staff_key: ProviderStaffKey,
    /// What its tokens may be signed with
    #[schema(max_items = 3)]
    algorithms: Vec<SigningAlgorithm>,
    /// By how many seconds its clock may differ
    #[schema(minimum = 0, maximum = 120, example = 30)]
    clock_skew_seconds: i64,
    /// For whom its tokens may be, besides Klusnet itself
    #[schema(max_items = 20)]
    audiences: Vec<AudienceName>,
    /// The e-mail domains that lead to it
    #[schema(max_items = 50)]
    email_domains: Vec<EmailDomain>,
    /// Whether people sign in by it
    enabled: bool,
    /// When it was registered
    #[schema(example = "2027-01-04T09:00:00Z")]
    created_at: DateTime<Utc>,
    /// When it last changed
    #[schema(example = "2027-01-04T09:00:00Z")]
    modified_at: DateTime<Utc>,
}

page_of!(
    /// A page of identity providers
    IdentityProviderPage as IdentityProviderPage, IdentityProviderView
);

/// What an identity provider says of itself, or why it is not heard
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = IdentityProviderDiscovery)]
pub struct DiscoveryView {
    /// Whether people can be sent there, and its tokens can be verified
    usable: bool,
    /// Why not
    #[schema(
        max_length = 1000,
        example = "https://login.oss.example/v2.0/.well-known/openid-configuration answered 404 instead of 200"
    )]
    reason: Option<String>,
    /// Where browsers are sent
    #[schema(max_length = 2000, example = "https://login.oss.example/authorize")]
    authorization_endpoint: Option<String>,
    /// Where codes are exchanged
    #[schema(max_length = 2000, example = "https://login.oss.example/token")]
    token_endpoint: Option<String>,
    /// Where its keys are
    #[schema(max_length = 2000, example = "https://login.oss.example/keys")]
    jwks_uri: Option<String>,
    /// How many keys are there that are understood
    #[schema(minimum = 0, maximum = 10_000, example = 2)]
    key_count: i64,
}

impl DiscoveryView {
    /// Asks the provider; it blocks.
    pub(super) fn of(remote: &Remote, provider: &IdentityProvider, now: Moment) -> Self {
        let mut view = Self {
            usable: false,
            reason: None,
            authorization_endpoint: None,
            token_endpoint: None,
            jwks_uri: None,
            key_count: 0,
        };
        match remote.discover(&provider.details.issuer, now) {
            Err(error) => view.reason = Some(error.to_string()),
            Ok(found) => {
                view.authorization_endpoint = Some(found.authorization_endpoint.clone());
                view.token_endpoint = Some(found.token_endpoint.clone());
                view.jwks_uri = Some(found.jwks_uri.clone());
                match remote.keys_at(&found.jwks_uri, now, |_| true) {
                    Err(problem) => view.reason = Some(problem.detail().to_owned()),
                    Ok(keys) => view.key_count = i64::try_from(keys.len()).unwrap_or(i64::MAX),
                }
                if view.reason.is_none() && view.key_count == 0 {
                    view.reason = Some("There is no key that is understood.".to_owned());
                }
            }
        }
        view.usable = view.reason.is_none();
        view
    }
}

fn names(audiences: Vec<AudienceName>) -> Vec<String> {
    audiences.into_iter().map(|audience| audience.0).collect()
}

fn domains(domains: Vec<EmailDomain>) -> Vec<String> {
    domains.into_iter().map(|domain| domain.0).collect()
}

impl IdentityProviderDraft {
    /// What is said of the provider.
    pub(super) fn details(self) -> IdentityProviderDetails {
        let Self {
            name,
            issuer,
            client_id,
            authentication,
            client_secret,
            staff_claim,
            staff_key,
            algorithms,
            clock_skew_seconds,
            audiences,
            email_domains,
            enabled,
        } = self;
        let all = [SigningAlgorithm::Rs256, SigningAlgorithm::Ps256, SigningAlgorithm::Es256];
        IdentityProviderDetails {
            name: name.trim().to_owned(),
            issuer,
            client_id,
            authentication,
            client_secret,
            staff_claim,
            staff_key,
            algorithms: algorithms.unwrap_or_else(|| all.to_vec()),
            clock_skew_seconds: clock_skew_seconds.unwrap_or(SKEW_SECONDS),
            audiences: names(audiences),
            email_domains: domains(email_domains),
            enabled: enabled.unwrap_or(true),
        }
    }
}

impl IdentityProviderPatch {
    /// What is said of the provider, with what the patch gives.
    pub(super) fn apply(self, provider: &IdentityProvider) -> IdentityProviderDetails {
        let Self {
            name,
            issuer,
            client_id,
            authentication,
            client_secret,
            staff_claim,
            staff_key,
            algorithms,
            clock_skew_seconds,
            audiences,
            email_domains,
            enabled,
        } = self;
        let mut details = provider.details.clone();
        set(&mut details.name, name.map(|name| name.trim().to_owned()));
        set(&mut details.issuer, issuer);
        set(&mut details.client_id, client_id);
        set(&mut details.authentication, authentication);
        set(&mut details.client_secret, client_secret);
        set(&mut details.staff_claim, staff_claim);
        set(&mut details.staff_key, staff_key);
        set(&mut details.algorithms, algorithms);
        set(&mut details.clock_skew_seconds, clock_skew_seconds);
        set(&mut details.audiences, audiences.map(names));
        set(&mut details.email_domains, email_domains.map(domains));
        set(&mut details.enabled, enabled);
        details
    }
}

impl From<IdentityProvider> for IdentityProviderView {
    fn from(provider: IdentityProvider) -> Self {
        let IdentityProvider { id, revision: _, organisation, details, created_at, modified_at } = provider;
        let IdentityProviderDetails {
            name,
            issuer,
            client_id,
            authentication,
            client_secret,
            staff_claim,
            staff_key,
            algorithms,
            clock_skew_seconds,
            audiences,
            email_domains,
            enabled,
        } = details;
        Self {
            id,
            organisation_id: organisation,
            name,
            issuer,
            client_id,
            authentication,
            has_client_secret: client_secret.is_some(),
            staff_claim,
            staff_key,
            algorithms,
            clock_skew_seconds,
            audiences: audiences.into_iter().map(AudienceName).collect(),
            email_domains: email_domains.into_iter().map(EmailDomain).collect(),
            enabled,
            created_at,
            modified_at,
        }
    }
}
