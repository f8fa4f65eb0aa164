//! What a portal asks for at `/oauth/authorize`, held against what is known of it.

use domain::exchange::oauth_clients::{OAuthClient, OAuthGrant};
use domain::exchange::sign_ins::SignInRequest;
use domain::{OAuthClientId, OrganisationId};
use persistence::View;
use persistence::exchange::oauth_clients;
use uuid::Uuid;

use super::browser::is_secret;
use super::pages::Trouble;
use crate::clients::is_usable;
use crate::contract::pairs;
use crate::problem::Problem;

/// 128 bits have at least so many characters of base64url.
const STATE_CHARACTERS: std::ops::RangeInclusive<usize> = 22..=1000;

/// What a portal asks for, with nothing wrong.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    /// Which portal.
    pub(super) client: OAuthClient,
    /// What it asks.
    pub(super) request: SignInRequest,
    /// The work e-mail address of who signs in, if the portal or the person told it.
    pub(super) hint: Option<String>,
    /// The organisation of who signs in, if the portal told it.
    pub(super) organisation: Option<OrganisationId>,
}

/// Why it goes no further.
#[derive(Debug, Clone)]
pub(super) enum Refused {
    /// The browser can be sent nowhere: it sees a page.
    Page(Trouble),
    /// The portal is told.
    Back {
        /// Where; registered.
        redirect_uri: String,
        /// What it wanted back, if that made sense.
        state: Option<String>,
        /// The name that RFC 6749 gives it.
        error: &'static str,
        /// What is wrong and what is allowed.
        description: String,
    },
}

/// The parameters of the request, each at most once.
pub(super) fn parameters(query: &str) -> Result<Vec<(String, String)>, Refused> {
    let mut all = Vec::new();
    for (name, mut values) in pairs(query) {
        match (values.pop(), values.is_empty()) {
            (Some(value), true) => all.push((name, value)),
            // Whatever stands there twice, it cannot be told which one to go by.
            _ => return Err(Refused::Page(Trouble::Portal)),
        }
    }
    all.retain(|(_, value)| !value.is_empty());
    Ok(all)
}

/// Holds the request against the client that it names.
pub(super) fn judge(view: &mut View<'_>, all: &[(String, String)]) -> Result<Result<Asked, Refused>, Problem> {
    let get = |name: &str| all.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    let id = get("client_id").and_then(|id| id.parse::<Uuid>().ok()).map(OAuthClientId::from);
    let client = match id {
        Some(id) => oauth_clients::find(view, id)?,
        None => None,
    };
    let Some(client) = client else { return Ok(Err(Refused::Page(Trouble::Portal))) };
    if !is_portal(view, &client)? {
        return Ok(Err(Refused::Page(Trouble::Portal)));
    }
    let redirect_uri = get("redirect_uri").filter(|uri| client.details.redirect_uris.iter().any(|known| known == uri));
    let Some(redirect_uri) = redirect_uri.map(str::to_owned) else { return Ok(Err(Refused::Page(Trouble::Address))) };
    let state = get("state").filter(|state| is_state(state)).map(str::to_owned);
    let told = state.clone();
    let back = |(error, description): (&'static str, String)| Refused::Back {
        redirect_uri: redirect_uri.clone(),
        state: told,
        error,
        description,
    };
    Ok(read(&client, state, &get).map_err(back).map(|(request, organisation)| Asked {
        request: SignInRequest { redirect_uri: redirect_uri.clone(), ..request },
        hint: get("login_hint").filter(|hint| hint.len() <= 254).map(str::to_owned),
        organisation,
        client,
    }))
}

/// Whether a client sends people here to sign in, and may.
pub(super) fn is_portal(view: &mut View<'_>, client: &OAuthClient) -> Result<bool, Problem> {
    Ok(client.grant == OAuthGrant::AuthorizationCode && is_usable(view, client)?)
}

/// Whether a client may still ask what it asked when the sign-in began.
pub(super) fn still_portal(view: &mut View<'_>, request: &SignInRequest) -> Result<Option<OAuthClient>, Problem> {
    let Some(client) = oauth_clients::find(view, request.client)? else { return Ok(None) };
    let may = is_portal(view, &client)?
        && client.details.redirect_uris.contains(&request.redirect_uri)
        && request.scope.split(' ').all(|asked| client.details.scopes.iter().any(|scope| scope == asked));
    Ok(may.then_some(client))
}

fn is_state(state: &str) -> bool {
    STATE_CHARACTERS.contains(&state.len()) && state.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic())
}

type Wrong = (&'static str, String);

fn read<'q>(
    client: &OAuthClient,
    state: Option<String>,
    get: &impl Fn(&str) -> Option<&'q str>,
) -> Result<(SignInRequest, Option<OrganisationId>), Wrong> {
    let wrong = |description: &str| ("invalid_request", description.to_owned());
    if get("request").is_some() {
        return Err(("request_not_supported", "request must be left out: send parameters.".to_owned()));
    }
    if get("request_uri").is_some() {
        return Err(("request_uri_not_supported", "request_uri must be left out: send parameters.".to_owned()));
    }
    if get("response_type") != Some("code") {
        return Err(("unsupported_response_type", "response_type must be code.".to_owned()));
    }
    if get("response_mode").is_some_and(|mode| mode != "query") {
        return Err(wrong("response_mode must be query, or left out."));
    }
    let state = state.ok_or_else(|| wrong("state must have 22 to 1000 visible characters: at least 128 bits."))?;
    if get("code_challenge_method") != Some("S256") {
        return Err(wrong("code_challenge_method must be S256."));
    }
    let challenge = get("code_challenge").filter(|challenge| is_secret(challenge));
    let challenge = challenge.ok_or_else(|| wrong("code_challenge must be a SHA-256 in base64url: 43 characters."))?;
    let organisation = match get("organisation") {
        None => None,
        Some(id) => Some(id.parse::<Uuid>().map_err(|_| wrong("organisation must be the id of one."))?.into()),
    };
    let scope = scope_of(client, get("scope"))?;
    let (client, challenge) = (client.id, challenge.to_owned());
    Ok((SignInRequest { client, redirect_uri: String::new(), state, scope, challenge }, organisation))
}

/// What was asked for, within what the client may have; all of it unless asked.
fn scope_of(client: &OAuthClient, asked: Option<&str>) -> Result<String, Wrong> {
    let allowed = &client.details.scopes;
    let mut scopes: Vec<&str> = match asked {
        None => allowed.iter().map(String::as_str).collect(),
        Some(asked) => asked.split_whitespace().collect(),
    };
    scopes.sort_unstable();
    scopes.dedup();
    if !scopes.is_empty() && scopes.iter().all(|scope| allowed.iter().any(|known| known == scope)) {
        return Ok(scopes.join(" "));
    }
    Err(("invalid_scope", format!("scope must hold only what this client may have: {}.", allowed.join(" "))))
}
