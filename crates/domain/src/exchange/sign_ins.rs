//! Signing in through the identity provider of an organisation, for a portal without a sign-in of its own.

use chrono::TimeDelta;

use crate::{ClientConsentId, IdentityProviderId, Moment, OAuthClientId, PersonId, SignInId};

/// How long somebody may take, at the provider and at the page that asks for consent.
pub const SIGN_IN_MINUTES: i64 = 10;
/// How long a code is good.
pub const CODE_SECONDS: i64 = 60;

/// A sign-in that is under way: it ends with a code, a refusal, or after ten minutes.
#[derive(Debug, Clone, PartialEq)]
pub struct SignIn {
    /// Identifies it.
    pub id: SignInId,
    /// What the portal asked for.
    pub request: SignInRequest,
    /// Where the browser was sent.
    pub provider: IdentityProviderId,
    /// The hash of what the provider must send back; another one, of the page, once it asks for consent.
    pub ticket_hash: String,
    /// The hash of what only this browser has.
    pub browser_hash: String,
    /// What the ID token must hold.
    pub nonce: String,
    /// What proves to the provider that it was us who began (RFC 7636).
    pub verifier: String,
    /// Who it turned out to be; from then on consent is asked.
    pub person: Option<PersonId>,
    /// Until when it can go on.
    pub expires_at: Moment,
}

/// What a portal asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignInRequest {
    /// Which portal.
    pub client: OAuthClientId,
    /// Where the browser goes back to; registered, to the letter.
    pub redirect_uri: String,
    /// What the portal wants back with it.
    pub state: String,
    /// What its token is to allow, separated by spaces.
    pub scope: String,
    /// The hash of what it will show for its code (RFC 7636, S256).
    pub challenge: String,
}

/// A code that a portal exchanges for tokens, once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthorizationCode {
    /// Its hash.
    pub hash: String,
    /// What it was given for.
    pub request: SignInRequest,
    /// Who signed in.
    pub person: PersonId,
    /// Until when it is good.
    pub expires_at: Moment,
    /// The session it gave, once it was used.
    pub session: Option<crate::SessionId>,
}

/// What somebody lets a client do for them (toestemming voor een portaal).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientConsent {
    /// Identifies it.
    pub id: ClientConsentId,
    /// Who.
    pub person: PersonId,
    /// Which client.
    pub client: OAuthClientId,
    /// What it may do.
    pub scopes: Vec<String>,
    /// When it was first given.
    pub created_at: Moment,
    /// When it was last widened.
    pub modified_at: Moment,
}

impl ClientConsent {
    /// Whether everything that is asked for was consented to.
    pub fn covers(&self, scope: &str) -> bool {
        scope.split_whitespace().all(|asked| self.scopes.iter().any(|scope| scope == asked))
    }

    /// With these scopes too.
    #[must_use]
    pub fn widened(mut self, scope: &str, now: Moment) -> Self {
        let more = scope.split_whitespace().map(str::to_owned);
        self.scopes.extend(more);
        self.scopes.sort_unstable();
        self.scopes.dedup();
        Self { modified_at: now, ..self }
    }
}

impl SignIn {
    /// Whether it can still go on, in the browser that began it.
    pub fn goes_on(&self, browser_hash: &str, now: Moment) -> bool {
        now < self.expires_at && self.browser_hash == browser_hash
    }

    /// Until when a sign-in that begins now can go on.
    pub fn deadline(now: Moment) -> Moment {
        now + TimeDelta::minutes(SIGN_IN_MINUTES)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn consent_covers_what_it_names_and_grows() {
        let now = "2027-03-01T09:00:00Z".parse().unwrap();
        let [id, person, client] = [1, 2, 3].map(Uuid::from_u128);
        let consent = ClientConsent {
            id: id.into(),
            person: person.into(),
            client: client.into(),
            scopes: vec!["market:read".to_owned()],
            created_at: now,
            modified_at: now,
        };
        assert!(consent.covers("market:read") && !consent.covers("market:read market:write"));
        let wider = consent.widened("market:write market:read", now);
        assert_eq!(wider.scopes, ["market:read", "market:write"]);
        assert!(wider.covers("market:read market:write"));
    }
}
