//! Somebody answers the page that asks for consent.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, post};
use domain::exchange::sign_ins::{ClientConsent, SignIn, SignInRequest};
use domain::parties::persons::PersonStatus;
use domain::{Audience, Change, EventKind, PersonId};
use persistence::exchange::{client_consents, sign_ins};
use persistence::parties::persons;
use persistence::{Work, ledger};

use super::asking::still_portal;
use super::browser::{self, Outcome};
use super::codes;
use super::pages::Trouble;
use crate::app::App;
use crate::envelope::language_of;
use crate::exchange::oauth::form::Form;
use crate::parties::hash_of;
use crate::problem::Problem;

/// The page has a ticket that is good once, and the browser the cookie with which the sign-in began: no other site can
/// answer for somebody.
#[post("/oauth/consents")]
pub(super) async fn decide(app: Data<App>, request: HttpRequest, form: Form) -> HttpResponse {
    let language = language_of(&request);
    let known = browser::cookie_of(&app, &request);
    let (Some(ticket), Some(known)) = (form.get("ticket"), known) else {
        return browser::trouble(language, Trouble::Gone).response();
    };
    let (ticket, known, is_allowed) = (hash_of(ticket), hash_of(&known), form.get("decision") == Some("allow"));
    let settled = app.blocking(move |app| app.write(|work| settle(app, work, (&ticket, &known), is_allowed))).await;
    let said = match settled {
        Ok(Some((request, outcome))) => browser::back_to(&app, &request, &outcome),
        Ok(None) => browser::trouble(language, Trouble::Gone),
        Err(problem) => browser::failure(language, &problem),
    };
    said.response()
}

fn settle(
    app: &App,
    work: &mut Work<'_>,
    (ticket, known): (&str, &str),
    is_allowed: bool,
) -> Result<Option<(SignInRequest, Outcome)>, Problem> {
    let Some(sign_in) = sign_ins::find_by_ticket(work, ticket)? else { return Ok(None) };
    let Some(person) = sign_in.person.filter(|_| sign_in.goes_on(known, work.now())) else { return Ok(None) };
    let SignIn { id, request, .. } = sign_in;
    sign_ins::delete(work, id)?;
    if still_portal(work, &request)?.is_none() {
        return Ok(None);
    }
    if persons::get(work, person)?.status != PersonStatus::Active {
        let why = "The person has no access any more.".to_owned();
        return Ok(Some((request, Outcome::Error("access_denied", why))));
    }
    if !is_allowed {
        let why = "The person did not consent.".to_owned();
        return Ok(Some((request, Outcome::Error("access_denied", why))));
    }
    remember(work, person, &request)?;
    let code = codes::give(app, work, &request, person)?;
    Ok(Some((request, Outcome::Code(code))))
}

/// What was consented to before stays.
fn remember(work: &mut Work<'_>, person: PersonId, request: &SignInRequest) -> Result<(), Problem> {
    let now = work.now();
    let known = client_consents::find_of(work, person, request.client)?;
    let consent = known.unwrap_or_else(|| ClientConsent {
        id: work.id(),
        person,
        client: request.client,
        scopes: Vec::new(),
        created_at: now,
        modified_at: now,
    });
    let consent = consent.widened(&request.scope, now);
    client_consents::put(work, &consent)?;
    work.actor = Some(person);
    let change = Change::new(EventKind::ClientConsentChanged, consent.id);
    Ok(ledger::record(work, change.to([Audience::Person(person)]))?)
}
