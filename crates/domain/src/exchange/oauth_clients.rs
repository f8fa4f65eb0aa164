//! OAuth clients: the systems of an organisation that get tokens, and how they prove who they are.

use chrono::TimeDelta;

use super::codes::{SECRET_NOT_POSSIBLE, SECRETS_FULL};
use super::public_keys::{self, PublicKey};
use crate::{Faults, Moment, OAuthClientId, OAuthSecretId, OrganisationId, Refusal, text_enum};

/// How many secrets may be valid at once: the one in use and the one that follows it.
pub const MOST_SECRETS: usize = 2;
/// How long a secret is good unless said otherwise, and at most.
pub const SECRET_DAYS: i64 = 180;
/// How long a secret can be good.
pub const MOST_SECRET_DAYS: i64 = 366;
/// What a system may do by itself, without a person.
pub const MACHINE_SCOPES: &[&str] = &["events:read", "staff:read", "staff:write"];

text_enum! {
    /// Whether a client can keep a secret
    OAuthClientKind {
        Confidential = "CONFIDENTIAL", "Runs on a server and can keep a secret", "Draait op een server en kan een geheim bewaren";
        Public = "PUBLIC", "Runs in a browser or on a device and cannot keep a secret", "Draait in een browser of op een apparaat en kan geen geheim bewaren";
    }
}

text_enum! {
    /// How a client gets tokens; one way per client
    OAuthGrant {
        ClientCredentials = "CLIENT_CREDENTIALS", "For itself, without a person", "Voor zichzelf, zonder persoon";
        AuthorizationCode = "AUTHORIZATION_CODE", "For a person who signs in through Klusnet", "Voor een persoon die zich via Klusnet aanmeldt";
        TokenExchange = "TOKEN_EXCHANGE", "For a person who signed in at the portal, by the token of the organisation's identity provider", "Voor een persoon die zich bij het portaal heeft aangemeld, met het token van de identiteitsvoorziening";
    }
}

/// A system of an organisation that gets tokens (client).
#[derive(Debug, Clone, PartialEq)]
pub struct OAuthClient {
    /// Identifies it; the `client_id` of OAuth.
    pub id: OAuthClientId,
    /// Counts its changes.
    pub revision: i64,
    /// Whose it is: it acts for this organisation and its people only.
    pub organisation: OrganisationId,
    /// Whether it can keep a secret; never changes.
    pub kind: OAuthClientKind,
    /// How it gets tokens; never changes.
    pub grant: OAuthGrant,
    /// What is said of it.
    pub details: OAuthClientDetails,
    /// When it was registered.
    pub created_at: Moment,
    /// When it last changed.
    pub modified_at: Moment,
}

/// What is said of a client.
#[derive(Debug, Clone, PartialEq)]
pub struct OAuthClientDetails {
    /// How people call it; they see it when they give consent.
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
    /// Where the browser may go back to, to the letter.
    pub redirect_uris: Vec<String>,
    /// What its tokens may allow at most.
    pub scopes: Vec<String>,
    /// Its public keys (RFC 7517).
    pub jwks: Option<Vec<PublicKey>>,
    /// Where its public keys are.
    pub jwks_uri: Option<String>,
    /// Whether it gets nothing any more, and its tokens are worth nothing.
    pub disabled: bool,
}

impl OAuthClient {
    /// Registers a client.
    pub fn register(
        id: OAuthClientId,
        organisation: OrganisationId,
        (kind, grant): (OAuthClientKind, OAuthGrant),
        details: OAuthClientDetails,
        now: Moment,
    ) -> Result<Self, Refusal> {
        let mut faults = Faults::default();
        faults.unless(
            kind == OAuthClientKind::Confidential || grant == OAuthGrant::AuthorizationCode,
            "kind",
            "must be CONFIDENTIAL for this grant: only AUTHORIZATION_CODE works without a secret",
        );
        faults.and(details.check(kind, grant))?;
        Ok(Self { id, revision: 1, organisation, kind, grant, details, created_at: now, modified_at: now })
    }

    /// Changes what is said of it.
    pub fn revise(self, details: OAuthClientDetails, now: Moment) -> Result<Self, Refusal> {
        details.check(self.kind, self.grant)?;
        Ok(Self { details, modified_at: now, ..self })
    }

    /// Adds a secret that is good for so many days, beside those that are there.
    pub fn add_secret(
        &self,
        id: OAuthSecretId,
        hash: String,
        days: Option<i64>,
        others: &[OAuthSecret],
        now: Moment,
    ) -> Result<OAuthSecret, Refusal> {
        if self.kind == OAuthClientKind::Public {
            return Err(SECRET_NOT_POSSIBLE.refuse("It proves itself by PKCE; register a confidential client instead."));
        }
        if others.iter().filter(|secret| secret.is_good_at(now)).count() >= MOST_SECRETS {
            return Err(SECRETS_FULL.refuse("Delete one of the two secrets first, when nothing uses it any more."));
        }
        let days = days.unwrap_or(SECRET_DAYS);
        if !(1..=MOST_SECRET_DAYS).contains(&days) {
            let reason = format!("must be from 1 to {MOST_SECRET_DAYS}");
            return Err(Refusal::invalid("validForDays", reason));
        }
        Ok(OAuthSecret { id, client: self.id, hash, created_at: now, expires_at: now + TimeDelta::days(days) })
    }
}

impl OAuthClientDetails {
    fn check(&self, kind: OAuthClientKind, grant: OAuthGrant) -> Result<(), Refusal> {
        let mut faults = Faults::default();
        if grant == OAuthGrant::AuthorizationCode {
            faults.unless(!self.redirect_uris.is_empty(), "redirectUris", "must hold at least one address");
        } else {
            faults.unless(self.redirect_uris.is_empty(), "redirectUris", "must be left out: no browser goes back");
        }
        for (place, uri) in self.redirect_uris.iter().enumerate() {
            if let Err(reason) = check_address(uri) {
                faults.add(&format!("redirectUris.{place}"), reason);
            }
        }
        faults.unless(!self.scopes.is_empty(), "scopes", "must hold at least one scope");
        if grant == OAuthGrant::ClientCredentials {
            let fits = self.scopes.iter().all(|scope| MACHINE_SCOPES.contains(&scope.as_str()));
            let reason = format!("must hold only what a system does without a person: {}", MACHINE_SCOPES.join(", "));
            faults.unless(fits, "scopes", &reason);
        }
        faults.unless(
            self.jwks.is_none() || self.jwks_uri.is_none(),
            "jwksUri",
            "must be left out beside jwks: keys are registered or looked up, not both",
        );
        if kind == OAuthClientKind::Public {
            faults.unless(self.jwks.is_none(), "jwks", "must be left out: a public client has no keys");
            faults.unless(self.jwks_uri.is_none(), "jwksUri", "must be left out: a public client has no keys");
        }
        if let Some(keys) = &self.jwks {
            public_keys::check(keys, "jwks.keys", &mut faults);
        }
        if let Some(Err(reason)) = self.jwks_uri.as_deref().map(check_address) {
            faults.add("jwksUri", reason);
        }
        faults.finish()
    }
}

/// An address of another system: over TLS, or on the very machine it is used on; without a fragment.
pub fn check_address(uri: &str) -> Result<(), &'static str> {
    let fits = "must be an https address without a fragment; http only on 127.0.0.1, [::1] or localhost";
    if !uri.contains('#') && is_address(uri) { Ok(()) } else { Err(fits) }
}

fn is_address(uri: &str) -> bool {
    let Some((scheme, rest)) = uri.split_once("://") else { return false };
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    let visible = uri.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'\\' | b'"' | b'<' | b'>' | b'*'));
    let host = match authority.strip_prefix('[') {
        Some(rest) => rest.split_once(']').map_or("", |(host, _)| host),
        None => authority.split(':').next().unwrap_or_default(),
    };
    let port =
        authority.strip_prefix('[').map_or(authority, |rest| rest.split_once(']').map_or("", |(_, after)| after));
    let port_fits = port.split_once(':').is_none_or(|(_, port)| port.parse::<u16>().is_ok_and(|port| port > 0));
    let is_loopback = matches!(host, "127.0.0.1" | "::1" | "localhost");
    let scheme_fits = scheme == "https" || (scheme == "http" && is_loopback);
    visible && !host.is_empty() && !authority.contains('@') && port_fits && scheme_fits
}

/// A secret of a client: only its hash is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OAuthSecret {
    /// Identifies it.
    pub id: OAuthSecretId,
    /// Whose it is.
    pub client: OAuthClientId,
    /// The SHA-256 of the secret.
    pub hash: String,
    /// When it was made.
    pub created_at: Moment,
    /// Until when it is good.
    pub expires_at: Moment,
}

impl OAuthSecret {
    /// Whether it is good at this moment.
    pub fn is_good_at(&self, now: Moment) -> bool {
        now < self.expires_at
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn details() -> OAuthClientDetails {
        OAuthClientDetails {
            name: "Intranet".to_owned(),
            description: None,
            redirect_uris: Vec::new(),
            scopes: vec!["staff:read".to_owned()],
            jwks: None,
            jwks_uri: None,
            disabled: false,
        }
    }

    fn register(kind: OAuthClientKind, grant: OAuthGrant, details: OAuthClientDetails) -> Result<OAuthClient, Refusal> {
        let [id, organisation] = [1, 2].map(Uuid::from_u128);
        let now = "2027-03-01T09:00:00Z".parse().unwrap();
        OAuthClient::register(id.into(), organisation.into(), (kind, grant), details, now)
    }

    fn faults(outcome: Result<OAuthClient, Refusal>) -> Vec<String> {
        outcome.unwrap_err().faults.into_iter().map(|fault| fault.name).collect()
    }

    #[test]
    fn a_system_by_itself_does_only_what_needs_no_person() {
        use {OAuthClientKind::*, OAuthGrant::*};
        assert!(register(Confidential, ClientCredentials, details()).is_ok());
        let more = OAuthClientDetails { scopes: vec!["market:read".to_owned()], ..details() };
        assert_eq!(faults(register(Confidential, ClientCredentials, more.clone())), ["scopes"]);
        assert!(register(Confidential, TokenExchange, more).is_ok());
        let none = OAuthClientDetails { scopes: Vec::new(), ..details() };
        assert_eq!(faults(register(Confidential, ClientCredentials, none)), ["scopes"]);
    }

    #[test]
    fn a_public_client_signs_people_in_and_has_no_keys() {
        use {OAuthClientKind::*, OAuthGrant::*};
        let back = vec!["https://portaal.example/terug".to_owned()];
        let portal = OAuthClientDetails { redirect_uris: back, ..details() };
        assert!(register(Public, AuthorizationCode, portal.clone()).is_ok());
        assert_eq!(faults(register(Public, ClientCredentials, details())), ["kind"]);
        let keys = OAuthClientDetails { jwks: Some(Vec::new()), ..portal.clone() };
        assert_eq!(faults(register(Public, AuthorizationCode, keys)), ["jwks", "jwks.keys"]);
        assert_eq!(faults(register(Confidential, AuthorizationCode, details())), ["redirectUris"]);
        assert_eq!(faults(register(Confidential, ClientCredentials, portal)), ["redirectUris"]);
    }

    #[test]
    fn a_browser_is_sent_back_over_tls_or_to_its_own_machine() {
        for good in [
            "https://portaal.example/terug?stap=1",
            "https://portaal.example:8443/",
            "http://127.0.0.1:9000/terug",
            "http://[::1]:9000/terug",
            "http://localhost/docs/oauth2-redirect.html",
        ] {
            assert_eq!(check_address(good), Ok(()), "{good}");
        }
        for bad in [
            "http://portaal.example/terug",
            "https://portaal.example/#terug",
            "https://",
            "https://*.example/terug",
            "https://portaal.example:0/",
            "https://portaal.example:x/",
            "https://gebruiker@portaal.example/",
            "https://portaal.example\\@elders.example/",
            "http://127.0.0.1@elders.example/",
            "http://localhost.elders.example/",
            "javascript://localhost/alert(1)",
            "portaal.example/terug",
            "https://portaal.example/een pad",
        ] {
            assert!(check_address(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn two_secrets_overlap_and_a_third_waits() {
        use {OAuthClientKind::*, OAuthGrant::*};
        let client = register(Confidential, ClientCredentials, details()).unwrap();
        let now = client.created_at;
        let add = |others: &[OAuthSecret], days, at| {
            client.add_secret(Uuid::from_u128(9).into(), "hash".to_owned(), days, others, at)
        };
        let first = add(&[], None, now).unwrap();
        assert_eq!(first.expires_at, now + TimeDelta::days(180));
        let second = add(std::slice::from_ref(&first), Some(366), now).unwrap();
        let both = [first, second];
        assert_eq!(add(&both, None, now).unwrap_err().code.name, "secrets_full");
        assert!(add(&both, None, now + TimeDelta::days(180)).is_ok(), "one has expired");
        for days in [0, -1, 367] {
            assert_eq!(add(&[], Some(days), now).unwrap_err().faults[0].name, "validForDays");
        }
        let portal = OAuthClientDetails { redirect_uris: vec!["https://portaal.example/".to_owned()], ..details() };
        let public = register(Public, AuthorizationCode, portal).unwrap();
        let refused = public.add_secret(Uuid::from_u128(9).into(), "hash".to_owned(), None, &[], now);
        assert_eq!(refused.unwrap_err().code.name, "secret_not_possible");
    }
}
