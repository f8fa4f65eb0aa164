//! Identity providers: where the people of an organisation sign in, and how they are found again here.

use std::collections::BTreeSet;

use super::oauth_clients::check_address;
use super::staff::StaffKey;
use crate::{Faults, IdentityProviderId, Moment, OrganisationId, Refusal, text_enum};

/// By how many seconds clocks may differ at most, and unless said otherwise.
pub const MOST_SKEW_SECONDS: i64 = 120;
/// See [`MOST_SKEW_SECONDS`].
pub const SKEW_SECONDS: i64 = 30;
/// Claims that every token has and that say nothing lasting about who it is for; `sub` may differ per client.
const CLAIMS_OF_TOKENS: &[&str] =
    &["sub", "iss", "aud", "exp", "nbf", "iat", "jti", "nonce", "azp", "acr", "amr", "sid", "at_hash", "c_hash"];

text_enum! {
    /// How Klusnet proves itself to an identity provider
    ProviderAuthentication {
        PrivateKeyJwt = "PRIVATE_KEY_JWT", "By an assertion, signed with the keys of /.well-known/jwks.json", "Met een verklaring, getekend met de sleutels van /.well-known/jwks.json";
        ClientSecret = "CLIENT_SECRET", "By a secret that the provider gave", "Met een geheim dat de voorziening heeft gegeven";
    }
}

text_enum! {
    /// What a claim of an identity provider is compared with
    ProviderStaffKey {
        EmployeeNumber = "EMPLOYEE_NUMBER", "The employee number", "Het personeelsnummer";
        ExternalId = "EXTERNAL_ID", "The id of the provisioning system", "Het kenmerk van het aanleverende systeem";
        UserName = "USER_NAME", "The user name, without regard to case", "De gebruikersnaam, ongeacht hoofdletters";
    }
}

impl ProviderStaffKey {
    /// By what a staff member is looked up.
    pub fn key(self) -> StaffKey {
        match self {
            Self::EmployeeNumber => StaffKey::EmployeeNumber,
            Self::ExternalId => StaffKey::ExternalId,
            Self::UserName => StaffKey::UserName,
        }
    }
}

text_enum! {
    /// What tokens of an identity provider are signed with; never with a shared secret
    SigningAlgorithm {
        Rs256 = "RS256", "RSA with SHA-256 (PKCS #1 v1.5)", "RSA met SHA-256 (PKCS #1 v1.5)";
        Ps256 = "PS256", "RSA with SHA-256 (PSS)", "RSA met SHA-256 (PSS)";
        Es256 = "ES256", "ECDSA on P-256 with SHA-256", "ECDSA op P-256 met SHA-256";
    }
}

/// Where the people of an organisation sign in (identiteitsvoorziening).
#[derive(Debug, Clone, PartialEq)]
pub struct IdentityProvider {
    /// Identifies it.
    pub id: IdentityProviderId,
    /// Counts its changes.
    pub revision: i64,
    /// Whose people it knows.
    pub organisation: OrganisationId,
    /// What is said of it.
    pub details: IdentityProviderDetails,
    /// When it was registered.
    pub created_at: Moment,
    /// When it last changed.
    pub modified_at: Moment,
}

/// What is said of an identity provider.
#[derive(Debug, Clone, PartialEq)]
pub struct IdentityProviderDetails {
    /// How people call it.
    pub name: String,
    /// Its issuer, to the letter: its description is found below it.
    pub issuer: String,
    /// How it calls Klusnet.
    pub client_id: String,
    /// How Klusnet proves itself to it.
    pub authentication: ProviderAuthentication,
    /// The secret it gave, as Klusnet has to send it.
    pub client_secret: Option<String>,
    /// The claim that holds the staff key.
    pub staff_claim: String,
    /// What that claim is compared with.
    pub staff_key: ProviderStaffKey,
    /// What its tokens may be signed with.
    pub algorithms: Vec<SigningAlgorithm>,
    /// By how many seconds its clock may differ.
    pub clock_skew_seconds: i64,
    /// For whom its tokens may be, besides Klusnet itself: portals that exchange them.
    pub audiences: Vec<String>,
    /// The e-mail domains that lead to it.
    pub email_domains: Vec<String>,
    /// Whether people sign in by it.
    pub enabled: bool,
}

impl IdentityProvider {
    /// Registers a provider.
    pub fn register(
        id: IdentityProviderId,
        organisation: OrganisationId,
        details: IdentityProviderDetails,
        now: Moment,
    ) -> Result<Self, Refusal> {
        let details = details.settled()?;
        Ok(Self { id, revision: 1, organisation, details, created_at: now, modified_at: now })
    }

    /// Changes what is said of it. A secret given to one issuer is never sent to another one.
    pub fn revise(self, details: IdentityProviderDetails, now: Moment) -> Result<Self, Refusal> {
        let moved = details.issuer != self.details.issuer || details.client_id != self.details.client_id;
        let stale = details.client_secret.is_some() && details.client_secret == self.details.client_secret;
        let mut faults = Faults::default();
        let reason = "must be given again with another issuer or client id: a secret belongs to both";
        faults.unless(!(moved && stale), "clientSecret", reason);
        let details = faults.and(details.settled())?;
        Ok(Self { details, modified_at: now, ..self })
    }

    /// For whom its tokens may be.
    pub fn accepted_audiences(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.details.client_id.as_str()).chain(self.details.audiences.iter().map(String::as_str))
    }
}

impl IdentityProviderDetails {
    /// Each value once, domains in lower case; refused with everything that is wrong.
    fn settled(self) -> Result<Self, Refusal> {
        let mut faults = Faults::default();
        let issuer = self.issuer.as_str();
        faults.unless(
            check_address(issuer).is_ok() && !issuer.contains('?'),
            "issuer",
            "must be an https address without query and fragment; http only on 127.0.0.1, [::1] or localhost",
        );
        match self.authentication {
            ProviderAuthentication::ClientSecret => {
                faults.unless(self.client_secret.is_some(), "clientSecret", "must be given for CLIENT_SECRET");
            }
            ProviderAuthentication::PrivateKeyJwt => {
                let reason = "must be left out, or null, for PRIVATE_KEY_JWT";
                faults.unless(self.client_secret.is_none(), "clientSecret", reason);
            }
        }
        let of_tokens = CLAIMS_OF_TOKENS.contains(&self.staff_claim.to_ascii_lowercase().as_str());
        faults.unless(
            !of_tokens,
            "staffClaim",
            "must be a claim that identifies the staff member in every system, such as employeeNumber; sub may differ per client and is never compared",
        );
        faults.unless(!self.algorithms.is_empty(), "algorithms", "must hold at least one algorithm");
        let fits = (0..=MOST_SKEW_SECONDS).contains(&self.clock_skew_seconds);
        faults.unless(fits, "clockSkewSeconds", &format!("must be from 0 to {MOST_SKEW_SECONDS}"));
        let email_domains: Vec<String> =
            once_each(self.email_domains.iter().map(|domain| domain.trim().to_ascii_lowercase()));
        for (place, domain) in self.email_domains.iter().enumerate() {
            let reason = "must be a domain as it stands behind the @, such as oss.example";
            faults.unless(is_domain(domain.trim()), &format!("emailDomains.{place}"), reason);
        }
        faults.finish()?;
        let (algorithms, audiences) = (once_each(self.algorithms), once_each(self.audiences));
        Ok(Self { algorithms, audiences, email_domains, ..self })
    }
}

fn once_each<T: Clone + Ord>(values: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut seen = BTreeSet::new();
    values.into_iter().filter(|value| seen.insert(value.clone())).collect()
}

/// The domain of an e-mail address, in lower case.
pub fn domain_of(email: &str) -> Option<String> {
    let (local, domain) = email.trim().rsplit_once('@')?;
    (!local.is_empty() && is_domain(domain)).then(|| domain.to_ascii_lowercase())
}

fn is_domain(text: &str) -> bool {
    let label = |label: &str| {
        let fits = label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        fits && (1..=63).contains(&label.len()) && !label.starts_with('-') && !label.ends_with('-')
    };
    text.len() <= 253 && text.contains('.') && text.split('.').all(label)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn details() -> IdentityProviderDetails {
        IdentityProviderDetails {
            name: "Entra ID van Oss".to_owned(),
            issuer: "https://login.oss.example/v2.0".to_owned(),
            client_id: "klusnet".to_owned(),
            authentication: ProviderAuthentication::PrivateKeyJwt,
            client_secret: None,
            staff_claim: "employeeNumber".to_owned(),
            staff_key: ProviderStaffKey::EmployeeNumber,
            algorithms: vec![SigningAlgorithm::Rs256],
            clock_skew_seconds: 30,
            audiences: Vec::new(),
            email_domains: vec!["Oss.Example".to_owned(), "oss.example".to_owned()],
            enabled: true,
        }
    }

    fn register(details: IdentityProviderDetails) -> Result<IdentityProvider, Refusal> {
        let [id, organisation] = [1, 2].map(Uuid::from_u128);
        IdentityProvider::register(id.into(), organisation.into(), details, "2027-03-01T09:00:00Z".parse().unwrap())
    }

    fn faults(outcome: Result<IdentityProvider, Refusal>) -> Vec<String> {
        outcome.unwrap_err().faults.into_iter().map(|fault| fault.name).collect()
    }

    #[test]
    fn everything_that_is_wrong_is_told_at_once() {
        let wrong = IdentityProviderDetails {
            issuer: "http://login.oss.example".to_owned(),
            client_secret: Some("geheim".to_owned()),
            staff_claim: "SUB".to_owned(),
            algorithms: Vec::new(),
            clock_skew_seconds: 121,
            email_domains: vec!["oss.example".to_owned(), "anna@oss.example".to_owned()],
            ..details()
        };
        let all = ["issuer", "clientSecret", "staffClaim", "algorithms", "clockSkewSeconds", "emailDomains.1"];
        assert_eq!(faults(register(wrong)), all);
        let secret = IdentityProviderDetails { authentication: ProviderAuthentication::ClientSecret, ..details() };
        assert_eq!(faults(register(secret)), ["clientSecret"]);
    }

    #[test]
    fn domains_are_kept_once_and_in_lower_case() {
        assert_eq!(register(details()).unwrap().details.email_domains, ["oss.example"]);
        assert_eq!(domain_of(" Anna@OSS.example "), Some("oss.example".to_owned()));
        for none in ["anna", "@oss.example", "anna@oss", "anna@-oss.example", "anna@oss..example", "anna@"] {
            assert_eq!(domain_of(none), None, "{none}");
        }
    }

    #[test]
    fn a_secret_does_not_move_to_another_issuer() {
        let secret = IdentityProviderDetails {
            authentication: ProviderAuthentication::ClientSecret,
            client_secret: Some("geheim".to_owned()),
            ..details()
        };
        let provider = register(secret.clone()).unwrap();
        let now = provider.created_at;
        let moved = IdentityProviderDetails { issuer: "https://elders.example".to_owned(), ..secret.clone() };
        assert_eq!(faults(provider.clone().revise(moved.clone(), now)), ["clientSecret"]);
        let again = IdentityProviderDetails { client_secret: Some("ander".to_owned()), ..moved };
        assert!(provider.clone().revise(again, now).is_ok());
        assert!(provider.revise(IdentityProviderDetails { name: "Anders".to_owned(), ..secret }, now).is_ok());
    }
}
