//! Who provisions: the system of one organisation. What its token allows is asked in the transaction that does it, so
//! a token that was taken back is worth nothing from that moment on.

use std::future::Future;
use std::pin::Pin;

use actix_web::http::header::AUTHORIZATION;
use actix_web::web::{self, Data};
use actix_web::{FromRequest, HttpRequest, dev};
use chrono::NaiveDate;
use domain::exchange::scim_tokens::ScimToken;
use domain::exchange::staff_feeds::StaffSource;
use domain::parties::organisations::OrganisationStatus;
use domain::{OrganisationId, ScimTokenId, local_date};
use interchange::scim::ScimError;
use persistence::exchange::scim_tokens;
use persistence::parties::organisations;
use persistence::{View, Work};

use super::failure::{Failure, Outcome};
use crate::app::App;
use crate::caller::app_of;
use crate::clients::{Machine, OrganisationClient};
use crate::exchange::staff_feeds;
use crate::parties::hash_of;
use crate::problem::Problem;

/// What every secret begins with, so that tools find one that was published by mistake.
pub(crate) const SECRET_PREFIX: &str = "klusnet_scim_";
/// What a token of a client must allow.
const SCOPE: &str = "staff:write";
/// The longest header that is looked at.
const LONGEST: usize = 8192;

/// A system that provisions the staff of one organisation.
#[derive(Clone)]
pub(super) struct Feed {
    app: Data<App>,
    credential: Credential,
}

/// What it comes in with.
#[derive(Clone)]
enum Credential {
    /// A token of the organisation, by its hash.
    Token(String),
    /// A token that one of its clients got for itself.
    Client(OrganisationClient),
}

/// What a credential stands for at this moment.
enum Admitted {
    Token(ScimToken),
    Client(Machine),
}

impl Admitted {
    fn organisation(&self) -> OrganisationId {
        match self {
            Self::Token(token) => token.organisation,
            Self::Client(machine) => machine.organisation,
        }
    }

    /// The token whose day of use is not noted yet.
    fn unnoted(&self, today: NaiveDate) -> Option<ScimTokenId> {
        match self {
            Self::Token(token) if token.last_used != Some(today) => Some(token.id),
            Self::Token(_) | Self::Client(_) => None,
        }
    }
}

/// Whose staff it is, and where resources are.
#[derive(Debug, Clone)]
pub(super) struct Scope {
    /// The organisation.
    pub(super) organisation: OrganisationId,
    /// The address that all locations begin with.
    pub(super) base: String,
}

impl FromRequest for Feed {
    type Error = Failure;
    type Future = Pin<Box<dyn Future<Output = Outcome<Self>>>>;

    fn from_request(request: &HttpRequest, _: &mut dev::Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let app = app_of(&request)?;
            let header = request.headers().get(AUTHORIZATION);
            let header = header.ok_or_else(|| unauthorized("A token is needed"))?;
            let header = header.to_str().ok().filter(|header| header.len() <= LONGEST);
            let (scheme, token) = header.and_then(|header| header.split_once(' ')).ok_or_else(unknown)?;
            if !scheme.eq_ignore_ascii_case("bearer") {
                return Err(unknown());
            }
            let credential = match token.trim().starts_with(SECRET_PREFIX) {
                true => Credential::Token(hash_of(token.trim())),
                false => Credential::Client(OrganisationClient::of(&app, &request, SCOPE).await?),
            };
            let feed = Self { app, credential };
            // Known before anything else is looked at: who is nobody learns nothing of what is wrong.
            feed.clone().read(|_, _| Ok(())).await?;
            Ok(feed)
        })
    }
}

fn unauthorized(what: &str) -> Failure {
    let detail = format!("{what}: send one of the organisation as Authorization: Bearer {SECRET_PREFIX}….");
    ScimError::status(401, detail).into()
}

fn unknown() -> Failure {
    unauthorized("The token is not good, or not any more")
}

impl Feed {
    /// The service itself.
    pub(super) fn app(&self) -> &Data<App> {
        &self.app
    }

    fn admitted(&self, view: &mut View<'_>) -> Outcome<Admitted> {
        let hash = match &self.credential {
            Credential::Token(hash) => hash,
            Credential::Client(client) => return Ok(Admitted::Client(client.load(view)?)),
        };
        let now = view.now();
        let token = scim_tokens::find_by_hash(view, hash)?.filter(|token| token.is_good_at(now));
        let token = token.ok_or_else(unknown)?;
        let organisation = organisations::get(view, token.organisation)?;
        if organisation.status == OrganisationStatus::Active { Ok(Admitted::Token(token)) } else { Err(unknown()) }
    }

    fn scope(&self, organisation: OrganisationId) -> Scope {
        Scope { organisation, base: base_of(&self.app) }
    }

    /// Reads, all of it at one moment.
    pub(super) async fn read<T: Send + 'static>(
        self,
        body: impl FnOnce(&mut View<'_>, &Scope) -> Outcome<T> + Send + 'static,
    ) -> Outcome<T> {
        self.blocking(move |feed| {
            let now = feed.app.clock.now();
            let (admitted, value) = feed.app.database.read::<_, Failure>(now, |view| {
                let admitted = feed.admitted(view)?;
                let scope = feed.scope(admitted.organisation());
                Ok((admitted, body(view, &scope)?))
            })?;
            if admitted.unnoted(local_date(now)).is_some() {
                feed.work(|_, _| Ok(()))?;
            }
            Ok(value)
        })
        .await
    }

    /// Changes things, all or nothing.
    pub(super) async fn write<T: Send + 'static>(
        self,
        body: impl Fn(&mut Work<'_>, &Scope) -> Outcome<T> + Send + 'static,
    ) -> Outcome<T> {
        self.blocking(move |feed| feed.change(body)).await
    }

    /// Does something that blocks on a thread that may.
    pub(super) async fn blocking<T: Send + 'static>(
        self,
        body: impl FnOnce(&Self) -> Outcome<T> + Send + 'static,
    ) -> Outcome<T> {
        web::block(move || body(&self)).await.map_err(|error| Problem::internal(&error))?
    }

    /// Changes things, all or nothing, on this thread.
    pub(super) fn change<T>(&self, body: impl Fn(&mut Work<'_>, &Scope) -> Outcome<T>) -> Outcome<T> {
        self.work(|work, scope| {
            staff_feeds::enter(work, scope.organisation, StaffSource::Scim)?;
            body(work, scope)
        })
    }

    fn work<T>(&self, body: impl Fn(&mut Work<'_>, &Scope) -> Outcome<T>) -> Outcome<T> {
        let app = &self.app;
        app.database.write(&app.mint, app.clock.now(), |work| {
            let admitted = self.admitted(work)?;
            let today = local_date(work.now());
            if let Some(token) = admitted.unnoted(today) {
                scim_tokens::used_on(work, token, today)?;
            }
            if let Admitted::Client(machine) = &admitted {
                work.client = Some(machine.client);
            }
            body(work, &self.scope(admitted.organisation()))
        })
    }
}

/// The address that all locations begin with.
pub(super) fn base_of(app: &App) -> String {
    format!("{}{}", app.settings.public_url.trim_end_matches('/'), super::BASE)
}
