//! The browser comes from a portal and is led to the identity provider of the organisation.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use domain::Language;
use domain::exchange::identity_providers::{IdentityProvider, domain_of};
use domain::exchange::sign_ins::SignIn;
use persistence::View;
use persistence::exchange::{identity_providers, sign_ins};
use persistence::parties::organisations;

use super::asking::{self, Asked, Refused};
use super::browser::{self, Outcome, Said};
use super::{pages, relying_party};
use crate::app::App;
use crate::attempts::{self, Subjects, address_of};
use crate::envelope::language_of;
use crate::parties::hash_of;
use crate::problem::Problem;

/// How many sign-ins of one address may be under way: a whole town hall may sit behind one.
const UNDER_WAY: i64 = 1000;

/// What sign-ins are counted for that begin in this browser, until it comes back from the provider.
pub(super) fn counted(app: &App, request: &HttpRequest) -> Subjects {
    vec![(format!("sign-in:{}", address_of(request, &app.settings.trusted_proxies)), UNDER_WAY)]
}

/// What a browser brings along.
struct Visit {
    query: String,
    known: Option<String>,
    counted: Subjects,
    language: Language,
}

/// Which provider it is.
enum Choice {
    This(Box<IdentityProvider>),
    /// The address has to be asked; whether one was told that leads nowhere.
    Ask(bool),
    Nobody,
}

#[get("/oauth/authorize")]
pub(super) async fn authorize(app: Data<App>, request: HttpRequest) -> HttpResponse {
    let language = language_of(&request);
    let visit = Visit {
        query: request.query_string().to_owned(),
        known: browser::cookie_of(&app, &request),
        counted: counted(&app, &request),
        language,
    };
    let done = app.blocking(move |app| lead(app, visit)).await;
    done.unwrap_or_else(|problem| browser::failure(language, &problem)).response()
}

fn lead(app: &App, visit: Visit) -> Result<Said, Problem> {
    let language = visit.language;
    let all = match asking::parameters(&visit.query) {
        Ok(all) => all,
        Err(refused) => return Ok(turn_away(app, language, refused)),
    };
    let judged = app.database.read::<_, Problem>(app.clock.now(), |view| {
        let asked = match asking::judge(view, &all)? {
            Ok(asked) => asked,
            Err(refused) => return Ok(Err(refused)),
        };
        let choice = choose(view, &asked)?;
        Ok(Ok((asked, choice)))
    })?;
    let (asked, choice) = match judged {
        Ok(judged) => judged,
        Err(refused) => return Ok(turn_away(app, language, refused)),
    };
    match choice {
        Choice::This(provider) => begin(app, &asked, &provider, visit),
        Choice::Ask(is_unknown) => {
            let fields: Vec<_> = all.into_iter().filter(|(name, _)| name != "login_hint").collect();
            let html = pages::address(language, &asked.client.details.name, &fields, is_unknown);
            Ok(browser::page(language, html))
        }
        Choice::Nobody => {
            let why = "The organisation has no identity provider that people sign in by.".to_owned();
            Ok(browser::back_to(app, &asked.request, &Outcome::Error("access_denied", why)))
        }
    }
}

/// The only provider there is, or the one that the address leads to, of the organisation of the portal and those below it.
fn choose(view: &mut View<'_>, asked: &Asked) -> Result<Choice, Problem> {
    let mut organisations = organisations::descendants(view, &[asked.client.organisation])?;
    if let Some(wanted) = asked.organisation {
        organisations.retain(|organisation| *organisation == wanted);
    }
    let mut providers = identity_providers::enabled_of(view, &organisations)?;
    let domain = asked.hint.as_deref().and_then(domain_of);
    let serving =
        |provider: &IdentityProvider| domain.as_ref().is_some_and(|d| provider.details.email_domains.contains(d));
    if let Some(place) = providers.iter().position(serving) {
        return Ok(Choice::This(Box::new(providers.swap_remove(place))));
    }
    Ok(match (providers.pop(), providers.is_empty()) {
        (None, _) => Choice::Nobody,
        (Some(only), true) => Choice::This(Box::new(only)),
        (Some(_), false) => Choice::Ask(asked.hint.is_some()),
    })
}

/// Keeps what was asked and sends the browser on.
fn begin(app: &App, asked: &Asked, provider: &IdentityProvider, visit: Visit) -> Result<Said, Problem> {
    let begun = match relying_party::begin(app, provider, asked.hint.as_deref()) {
        Ok(begun) => begun,
        Err(problem) => {
            tracing::warn!(%problem, "nobody can be sent to an identity provider");
            let why = "The identity provider of the organisation cannot be reached: try again later.".to_owned();
            return Ok(browser::back_to(app, &asked.request, &Outcome::Error("temporarily_unavailable", why)));
        }
    };
    // One browser may have several sign-ins under way.
    let browser = visit.known.unwrap_or_else(|| browser::secret(app));
    app.write(|work| {
        attempts::count(work, &visit.counted)?;
        let sign_in = SignIn {
            id: work.id(),
            request: asked.request.clone(),
            provider: provider.id,
            ticket_hash: hash_of(&begun.state),
            browser_hash: hash_of(&browser),
            nonce: begun.nonce.clone(),
            verifier: begun.verifier.clone(),
            person: None,
            expires_at: SignIn::deadline(work.now()),
        };
        Ok(sign_ins::insert(work, &sign_in)?)
    })?;
    Ok(browser::lead(app, begun.address, &browser))
}

fn turn_away(app: &App, language: Language, refused: Refused) -> Said {
    match refused {
        Refused::Page(trouble) => browser::trouble(language, trouble),
        Refused::Back { redirect_uri, state, error, description } => {
            browser::back(app, &redirect_uri, state.as_deref(), &Outcome::Error(error, description))
        }
    }
}
