//! The systems of the demonstration.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::exchange::oauth_clients::{MACHINE_SCOPES, OAuthClient, OAuthClientDetails, OAuthClientKind, OAuthGrant};
use domain::{OAuthClientId, PersonId};
use persistence::exchange::oauth_clients as kept;
use persistence::parties::employments;
use persistence::{PageRequest, Work};

use crate::parties::hash_of;
use crate::problem::Problem;

const NAME: &str = "Personeelssysteem van de demonstratie";

/// An HR system of the organisation that employs this administrator, with a new secret: earlier ones end.
pub(super) fn hr_system(work: &mut Work<'_>, administrator: PersonId) -> Result<(OAuthClientId, String), Problem> {
    let employments = employments::of_person(work, administrator)?;
    let home = employments.first().ok_or_else(|| Problem::internal(&"an administrator without an employment"))?;
    let there = kept::list(work, home.organisation, &PageRequest::first(100))?.items;
    let client = match there.into_iter().find(|client| client.details.name == NAME) {
        Some(client) => client,
        None => {
            let details = OAuthClientDetails {
                name: NAME.to_owned(),
                description: None,
                redirect_uris: Vec::new(),
                scopes: MACHINE_SCOPES.iter().map(|scope| (*scope).to_owned()).collect(),
                jwks: None,
                jwks_uri: None,
                disabled: false,
            };
            let nature = (OAuthClientKind::Confidential, OAuthGrant::ClientCredentials);
            kept::insert(work, OAuthClient::register(work.id(), home.organisation, nature, details, work.now())?)?
        }
    };
    for secret in kept::secrets_of(work, client.id)? {
        kept::delete_secret(work, secret.id)?;
    }
    let text = URL_SAFE_NO_PAD.encode(work.secret());
    let secret = client.add_secret(work.id(), hash_of(&text), None, &[], work.now())?;
    kept::insert_secret(work, secret)?;
    Ok((client.id, text))
}
