//! Systems that call by themselves: with a token that a client of an organisation got, without a person.
//!
//! [`OrganisationClient`] is such a system, wherever it calls; a [`Provisioner`] at an operation of the document is
//! either such a system or somebody who administers the organisation. What either may do is asked in the transaction
//! that does it, so a client that was disabled, or a secret that expired, is worth nothing from that moment on.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest, dev};
use domain::exchange::oauth_clients::OAuthClient;
use domain::parties::organisations::OrganisationStatus;
use domain::{OAuthClientId, OrganisationId, Refusal};
use persistence::exchange::{oauth_clients, spent_tokens};
use persistence::parties::organisations;
use persistence::{View, Work};
use uuid::Uuid;

use crate::access::Actor;
use crate::app::App;
use crate::body::Post;
use crate::caller::{app_of, bearer_of, claims_of, judge_address, must_hold, operation_of};
use crate::problem::{CLIENT_NEEDED, Problem, TOKEN_INVALID, TOKEN_MISSING};
use crate::remember;
use crate::reply::Answer;
use crate::tokens::{Bearer, Claims};

/// A system of an organisation, with a token that it got for itself.
#[derive(Clone)]
pub struct OrganisationClient {
    app: Data<App>,
    claims: Arc<Claims>,
    client: OAuthClientId,
}

/// A client as it is in the transaction that decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Machine {
    /// Which client.
    pub client: OAuthClientId,
    /// Whose it is: it acts for this organisation only.
    pub organisation: OrganisationId,
}

/// Who hands in the staff of an organisation: one of its systems, or somebody who administers it.
#[derive(Clone)]
pub struct Provisioner {
    app: Data<App>,
    claims: Arc<Claims>,
}

/// A provisioner as it is in the transaction that decides.
#[derive(Debug)]
pub enum Provider {
    /// Somebody.
    Person(Box<Actor>),
    /// A system.
    Client(Machine),
}

type Ready<T> = Pin<Box<dyn Future<Output = Result<T, Problem>>>>;

/// A token of which nothing that it stands on was taken away.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Honoured {
    /// The organisation whose client got it; none where somebody signed in here.
    pub(crate) through: Option<OrganisationId>,
}

/// Whether nothing that a token stands on was taken away: the token itself, its client, the secret of the client. The
/// session of a person is asked elsewhere.
pub(crate) fn honour(view: &mut View<'_>, claims: &Claims) -> Result<Option<Honoured>, Problem> {
    if spent_tokens::is_revoked(view, claims.token())? {
        return Ok(None);
    }
    vouched(view, claims)
}

/// Whether the client of a token, and its secret, are still good; whether the token was taken back is asked elsewhere.
pub(crate) fn vouched(view: &mut View<'_>, claims: &Claims) -> Result<Option<Honoured>, Problem> {
    let Some(client) = claims.client() else { return Ok(Some(Honoured { through: None })) };
    let Some(client) = oauth_clients::find(view, client)? else { return Ok(None) };
    if !is_usable(view, &client)? {
        return Ok(None);
    }
    let honoured = Some(Honoured { through: Some(client.organisation) });
    let Some(secret) = claims.secret() else { return Ok(honoured) };
    let now = view.now();
    let secret = oauth_clients::secret_of(view, client.id, secret)?.filter(|secret| secret.is_good_at(now));
    Ok(honoured.filter(|_| secret.is_some()))
}

/// Whether a client may have tokens: it is not disabled and its organisation takes part.
pub(crate) fn is_usable(view: &mut View<'_>, client: &OAuthClient) -> Result<bool, Problem> {
    let organisation = organisations::get(view, client.organisation)?;
    Ok(!client.details.disabled && organisation.status == OrganisationStatus::Active)
}

impl OrganisationClient {
    /// The system behind the bearer token of a request; for doors that the document does not describe.
    pub async fn of(app: &Data<App>, request: &HttpRequest, scope: &str) -> Result<Self, Problem> {
        let claims = claims_of(app, request).await?.ok_or_else(|| {
            Problem::new(
                &TOKEN_MISSING,
                "Send an access token as Authorization: Bearer …; POST /oauth/token gives one.",
            )
        })?;
        let Bearer::Client(client) = claims.bearer() else {
            let detail = "Send a token that a client got for itself, by the client credentials grant.";
            return Err(Problem::new(&CLIENT_NEEDED, detail));
        };
        must_hold(&claims, &[scope.to_owned()])?;
        Ok(Self { app: app.clone(), claims, client })
    }

    /// The client as it is now, if it may still come in.
    pub fn load(&self, view: &mut View<'_>) -> Result<Machine, Problem> {
        machine_of(view, &self.claims, self.client)
    }

    /// Reads, all of it at one moment.
    pub async fn read<T: Send + 'static>(
        self,
        body: impl FnOnce(&mut View<'_>, Machine) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let (now, app) = (self.app.clock.now(), self.app.clone());
        app.blocking(move |app| {
            app.database.read(now, |view| {
                let machine = self.load(view)?;
                body(view, machine)
            })
        })
        .await
    }

    /// Changes things, all or nothing.
    pub async fn write<T: Send + 'static>(
        self,
        body: impl Fn(&mut Work<'_>, Machine) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let app = self.app.clone();
        app.blocking(move |app| {
            app.write(|work| {
                let machine = self.load(work)?;
                work.client = Some(machine.client);
                body(work, machine)
            })
        })
        .await
    }
}

impl FromRequest for Provisioner {
    type Error = Problem;
    type Future = Ready<Self>;

    fn from_request(request: &HttpRequest, _: &mut dev::Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let (app, operation) = (app_of(&request)?, operation_of(&request)?);
            let claims = bearer_of(&app, &request, &operation).await?;
            judge_address(&request, &operation)?;
            Ok(Self { app, claims })
        })
    }
}

impl Provisioner {
    /// The service itself, for what is not kept in the database.
    pub fn app(&self) -> &Data<App> {
        &self.app
    }

    /// Whether the token has expired since it was looked at.
    pub fn is_expired(&self) -> bool {
        !self.claims.is_good_at(self.app.clock.now())
    }

    /// Reads, all of it at one moment.
    pub async fn read<T: Send + 'static>(
        self,
        body: impl FnOnce(&mut View<'_>, &Provider) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let (now, app) = (self.app.clock.now(), self.app.clone());
        app.blocking(move |app| {
            app.database.read(now, |view| {
                let provider = Provider::load(view, &self.claims)?;
                body(view, &provider)
            })
        })
        .await
    }

    /// Changes things, all or nothing.
    pub async fn write<T: Send + 'static>(
        self,
        body: impl Fn(&mut Work<'_>, &Provider) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let app = self.app.clone();
        app.blocking(move |app| {
            app.write(|work| {
                let provider = Provider::load(work, &self.claims)?;
                work.client = self.claims.client();
                if let Provider::Person(actor) = &provider {
                    work.actor = Some(actor.person);
                }
                body(work, &provider)
            })
        })
        .await
    }

    /// Changes things and remembers the answer under the Idempotency-Key, in the same transaction.
    pub async fn post<B: Clone + Send + 'static, T: serde::Serialize + Send + 'static>(
        self,
        post: Post<B>,
        body: impl Fn(&mut Work<'_>, &Provider, B) -> Answer<T> + Send + 'static,
    ) -> Answer<T> {
        self.write(move |work, provider| {
            remember::once(work, provider.id(), post.once.as_ref(), |work| body(work, provider, post.value.clone()))
        })
        .await
    }
}

impl Provider {
    fn load(view: &mut View<'_>, claims: &Claims) -> Result<Self, Problem> {
        Ok(match claims.bearer() {
            Bearer::Person(_) => Self::Person(Box::new(Actor::load(view, claims)?)),
            Bearer::Client(client) => Self::Client(machine_of(view, claims, client)?),
        })
    }

    /// The id of the person or of the client.
    pub fn id(&self) -> Uuid {
        match self {
            Self::Person(actor) => actor.person.into(),
            Self::Client(machine) => machine.client.into(),
        }
    }

    /// Whether the staff of this organisation is theirs to hand in.
    pub fn provides_for(&self, view: &mut View<'_>, organisation: OrganisationId) -> Result<bool, Problem> {
        match self {
            Self::Person(actor) => actor.administers(view, organisation),
            Self::Client(machine) => Ok(machine.organisation == organisation),
        }
    }

    /// Refuses unless the staff of this organisation is theirs to hand in.
    pub fn must_provide_for(&self, view: &mut View<'_>, organisation: OrganisationId) -> Result<(), Problem> {
        if self.provides_for(view, organisation)? {
            return Ok(());
        }
        let by = "This is done by an administrator of the organisation, or by one of its own clients.";
        Err(Refusal::forbidden(by).into())
    }
}

fn machine_of(view: &mut View<'_>, claims: &Claims, client: OAuthClientId) -> Result<Machine, Problem> {
    let ended = || Problem::new(&TOKEN_INVALID, "The client gets nothing any more, or the token was taken back.");
    let organisation = honour(view, claims)?.and_then(|honoured| honoured.through).ok_or_else(ended)?;
    Ok(Machine { client, organisation })
}
