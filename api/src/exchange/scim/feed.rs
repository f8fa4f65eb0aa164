//! Who provisions: the system of one organisation. What its token allows is asked in the transaction that does it, so
//! a token that was taken back is worth nothing from that moment on.

use std::future::Future;
use std::pin::Pin;

use actix_web::http::header::AUTHORIZATION;
use actix_web::web::{self, Data};
use actix_web::{FromRequest, HttpRequest, dev};
use domain::exchange::scim_tokens::ScimToken;
use domain::parties::organisations::OrganisationStatus;
use domain::{OrganisationId, local_date};
use interchange::scim::ScimError;
use persistence::exchange::scim_tokens;
use persistence::parties::organisations;
use persistence::{View, Work};

use super::failure::{Failure, Outcome};
use crate::app::App;
use crate::caller::app_of;
use crate::parties::hash_of;
use crate::problem::Problem;

/// What every secret begins with, so that tools find one that was published by mistake.
pub(crate) const SECRET_PREFIX: &str = "klusnet_scim_";
/// The longest header that is looked at.
const LONGEST: usize = 8192;

/// A system that provisions the staff of one organisation.
#[derive(Clone)]
pub(super) struct Feed {
    app: Data<App>,
    hash: String,
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
            let feed = Self { app, hash: hash_of(token.trim()) };
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

    fn token(&self, view: &mut View<'_>) -> Outcome<ScimToken> {
        let now = view.now();
        let token = scim_tokens::find_by_hash(view, &self.hash)?.filter(|token| token.is_good_at(now));
        let token = token.ok_or_else(unknown)?;
        let organisation = organisations::get(view, token.organisation)?;
        if organisation.status == OrganisationStatus::Active { Ok(token) } else { Err(unknown()) }
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
            let (token, value) = feed.app.database.read::<_, Failure>(now, |view| {
                let token = feed.token(view)?;
                let scope = feed.scope(token.organisation);
                Ok((token, body(view, &scope)?))
            })?;
            if token.last_used != Some(local_date(now)) {
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
        self.work(body)
    }

    fn work<T>(&self, body: impl Fn(&mut Work<'_>, &Scope) -> Outcome<T>) -> Outcome<T> {
        let app = &self.app;
        app.database.write(&app.mint, app.clock.now(), |work| {
            let token = self.token(work)?;
            let today = local_date(work.now());
            if token.last_used != Some(today) {
                scim_tokens::used_on(work, token.id, today)?;
            }
            body(work, &self.scope(token.organisation))
        })
    }
}

/// The address that all locations begin with.
pub(super) fn base_of(app: &App) -> String {
    format!("{}{}", app.settings.public_url.trim_end_matches('/'), super::BASE)
}
