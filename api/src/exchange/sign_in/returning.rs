//! The browser comes back from the identity provider.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use domain::exchange::identity_providers::IdentityProvider;
use domain::exchange::oauth_clients::OAuthClient;
use domain::exchange::sign_ins::SignIn;
use domain::{Language, PersonId};
use persistence::Work;
use persistence::exchange::{client_consents, identity_providers, sign_ins};
use persistence::parties::{organisations, persons};

use super::asking::still_portal;
use super::browser::{self, Outcome, Said};
use super::pages::{self, Question, Trouble};
use super::{codes, leading, relying_party};
use crate::app::App;
use crate::attempts::{self, Subjects};
use crate::contract::pairs;
use crate::envelope::language_of;
use crate::exchange::identity_providers::verify::VerifiedToken;
use crate::exchange::oauth::people;
use crate::parties::hash_of;
use crate::problem::Problem;

/// What the provider sent with the browser.
#[derive(Debug, Default)]
struct Returned {
    state: Option<String>,
    code: Option<String>,
    error: Option<String>,
    issuer: Option<String>,
}

/// What comes of it.
#[expect(clippy::large_enum_variant, reason = "there is one at a time")]
enum Next {
    Trouble,
    Back(SignIn, Outcome),
    Ask(Box<Asking>),
}

/// What the page asks.
struct Asking {
    sign_in: SignIn,
    portal: String,
    organisation: String,
    person: String,
}

#[get("/oauth/callback")]
pub(super) async fn callback(app: Data<App>, request: HttpRequest) -> HttpResponse {
    let language = language_of(&request);
    let (known, returned) = (browser::cookie_of(&app, &request), Returned::of(request.query_string()));
    let counted = leading::counted(&app, &request);
    let done = app.blocking(move |app| go_on(app, (known, &counted), &returned, language)).await;
    done.unwrap_or_else(|problem| browser::failure(language, &problem)).response()
}

impl Returned {
    fn of(query: &str) -> Self {
        let mut returned = Self::default();
        for (name, mut values) in pairs(query) {
            let (value, others) = (values.pop(), values);
            let value = value.filter(|_| others.is_empty());
            match name.as_str() {
                "state" => returned.state = value,
                "code" => returned.code = value,
                "error" => returned.error = value,
                "iss" => returned.issuer = value,
                _ => {}
            }
        }
        returned
    }
}

fn go_on(
    app: &App,
    (known, counted): (Option<String>, &Subjects),
    returned: &Returned,
    language: Language,
) -> Result<Said, Problem> {
    let ticket = browser::secret(app);
    let (Some(state), Some(known)) = (&returned.state, known) else { return Ok(gone(language)) };
    let taken = app.write(|work| {
        let taken = take(work, &hash_of(state), &hash_of(&known), &hash_of(&ticket))?;
        if taken.is_some() {
            attempts::forgive(work, counted)?;
        }
        Ok(taken)
    })?;
    let Some((sign_in, provider)) = taken else { return Ok(gone(language)) };
    let next = match hear(app, &provider, &sign_in, returned)? {
        Ok(verified) => app.write(|work| settle(app, work, &sign_in, &verified))?,
        Err(outcome) => {
            app.write(|work| Ok(sign_ins::delete(work, sign_in.id)?))?;
            Next::Back(sign_in, outcome)
        }
    };
    Ok(match next {
        Next::Trouble => browser::trouble(language, Trouble::Portal),
        Next::Back(sign_in, outcome) => browser::back_to(app, &sign_in.request, &outcome),
        Next::Ask(asking) => {
            let Asking { sign_in, portal, organisation, person } = *asking;
            let (portal, organisation, person) = (portal.as_str(), organisation.as_str(), person.as_str());
            let question = Question { portal, organisation, person, scope: &sign_in.request.scope, ticket: &ticket };
            browser::page(language, pages::consent(language, &question))
        }
    })
}

fn gone(language: Language) -> Said {
    browser::trouble(language, Trouble::Gone)
}

/// The sign-in that this state belongs to, if it began in this browser. The state is good once: from now on only the
/// page that asks for consent can go on, with a ticket of its own.
fn take(
    work: &mut Work<'_>,
    state: &str,
    browser: &str,
    ticket: &str,
) -> Result<Option<(SignIn, IdentityProvider)>, Problem> {
    let found = sign_ins::find_by_ticket(work, state)?;
    let Some(sign_in) = found.filter(|found| found.person.is_none() && found.goes_on(browser, work.now())) else {
        return Ok(None);
    };
    let provider = identity_providers::get(work, sign_in.provider)?;
    let sign_in = SignIn { ticket_hash: ticket.to_owned(), ..sign_in };
    sign_ins::save(work, &sign_in)?;
    Ok(Some((sign_in, provider)))
}

/// Who it is, by the word of the provider.
fn hear(
    app: &App,
    provider: &IdentityProvider,
    sign_in: &SignIn,
    returned: &Returned,
) -> Result<Result<VerifiedToken, Outcome>, Problem> {
    let denied = |error, why: &str| Ok(Err(Outcome::Error(error, why.to_owned())));
    if !provider.details.enabled {
        return denied("access_denied", "The organisation does not use this identity provider any more.");
    }
    // RFC 9207: a provider that says who it is must be the one the browser was sent to.
    let must_say = app
        .remote
        .discover(&provider.details.issuer, app.clock.now())
        .is_ok_and(|found| found.authorization_response_iss_parameter_supported);
    let is_said = returned.issuer.as_ref().map_or(!must_say, |issuer| *issuer == provider.details.issuer);
    if !is_said {
        return denied("access_denied", "The answer came from another identity provider.");
    }
    let Some(code) = returned.code.as_deref().filter(|_| returned.error.is_none()) else {
        return denied("access_denied", "The identity provider did not sign the person in.");
    };
    match relying_party::finish(app, provider, sign_in, code) {
        Ok(verified) => Ok(Ok(verified)),
        Err(problem) => {
            tracing::warn!(%problem, "signing in at an identity provider failed");
            let error = if problem.seconds_to_wait().is_some() { "temporarily_unavailable" } else { "access_denied" };
            denied(error, "Signing in at the identity provider of the organisation failed.")
        }
    }
}

/// Finds the person, and gives the portal its code where consent was given before.
fn settle(app: &App, work: &mut Work<'_>, sign_in: &SignIn, verified: &VerifiedToken) -> Result<Next, Problem> {
    let Some(client) = still_portal(work, &sign_in.request)? else {
        sign_ins::delete(work, sign_in.id)?;
        return Ok(Next::Trouble);
    };
    let (organisation, key) = (verified.provider.organisation, verified.provider.details.staff_key.key());
    let Some(person) = people::sign_in(work, organisation, key, &verified.staff_key)? else {
        sign_ins::delete(work, sign_in.id)?;
        let why = "You are signed in, but the organisation has not told Klusnet that you work there.";
        return Ok(Next::Back(sign_in.clone(), Outcome::Error("access_denied", why.to_owned())));
    };
    let consent = client_consents::find_of(work, person, client.id)?;
    if consent.is_some_and(|consent| consent.covers(&sign_in.request.scope)) {
        sign_ins::delete(work, sign_in.id)?;
        let code = codes::give(app, work, &sign_in.request, person)?;
        return Ok(Next::Back(sign_in.clone(), Outcome::Code(code)));
    }
    ask(work, sign_in, &client, person)
}

fn ask(work: &mut Work<'_>, sign_in: &SignIn, client: &OAuthClient, person: PersonId) -> Result<Next, Problem> {
    let sign_in = SignIn { person: Some(person), expires_at: SignIn::deadline(work.now()), ..sign_in.clone() };
    sign_ins::save(work, &sign_in)?;
    Ok(Next::Ask(Box::new(Asking {
        portal: client.details.name.clone(),
        organisation: organisations::get(work, client.organisation)?.details.name,
        person: persons::get(work, person)?.name.full(),
        sign_in,
    })))
}
