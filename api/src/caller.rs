//! Who calls. The database is reached only through one of these: a [`Caller`] with a token that has the scopes of the
//! operation, or a [`Visitor`] at an operation that the document says needs none.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use actix_web::http::header::AUTHORIZATION;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpMessage as _, HttpRequest, dev};
use domain::{Language, Moment, SessionId};
use persistence::{View, Work};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::access::Actor;
use crate::app::App;
use crate::body::Post;
use crate::contract::Operation;
use crate::problem::{PERSON_NEEDED, Problem, SCOPE_MISSING, TOKEN_INVALID, TOKEN_MISSING};
use crate::remember;
use crate::reply::Answer;
use crate::tokens::{Bearer, Claims};

/// Somebody with a valid token that has the scopes of the operation.
#[derive(Clone)]
pub struct Caller {
    app: Data<App>,
    claims: Arc<Claims>,
    session: SessionId,
}

/// Anybody, perhaps with a valid token: for operations that need none.
#[derive(Clone)]
pub struct Visitor {
    app: Data<App>,
    claims: Option<Arc<Claims>>,
}

type Ready<T> = Pin<Box<dyn Future<Output = Result<T, Problem>>>>;

impl FromRequest for Caller {
    type Error = Problem;
    type Future = Ready<Self>;

    fn from_request(request: &HttpRequest, _: &mut dev::Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let app = app_of(&request)?;
            let operation = operation_of(&request)?;
            let claims = bearer_of(&app, &request, &operation).await?;
            let session = person_of(&claims)?;
            judge_address(&request, &operation)?;
            Ok(Self { app, claims, session })
        })
    }
}

impl FromRequest for Visitor {
    type Error = Problem;
    type Future = Ready<Self>;

    fn from_request(request: &HttpRequest, _: &mut dev::Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let app = app_of(&request)?;
            let operation = operation_of(&request)?;
            if operation.scopes.is_some() {
                return Err(Problem::internal(&"an open handler at a guarded operation"));
            }
            // Where no token is of any use, none is looked at.
            let claims = if operation.takes_token { claims_of(&app, &request).await? } else { None };
            if let Some(claims) = &claims {
                person_of(claims)?;
                must_hold(claims, &operation.optional_scopes)?;
            }
            judge_address(&request, &operation)?;
            Ok(Self { app, claims })
        })
    }
}

impl Caller {
    /// The service itself, for what is not kept in the database.
    pub fn app(&self) -> &Data<App> {
        &self.app
    }

    /// The session of the token.
    pub fn session(&self) -> SessionId {
        self.session
    }

    /// What the token allows.
    pub fn scopes(&self) -> Vec<String> {
        self.claims.scopes().map(str::to_owned).collect()
    }

    /// Reads, all of it at one moment, as the person who calls.
    pub async fn read<T: Send + 'static>(
        self,
        body: impl FnOnce(&mut View<'_>, &Actor) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let now = self.app.clock.now();
        let app = self.app.clone();
        app.blocking(move |app| {
            app.database.read(now, |view| {
                let actor = Actor::load(view, &self.claims)?;
                body(view, &actor)
            })
        })
        .await
    }

    /// Changes things, all or nothing, as the person who calls.
    pub async fn write<T: Send + 'static>(
        self,
        body: impl Fn(&mut Work<'_>, &Actor) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let app = self.app.clone();
        app.blocking(move |app| {
            app.write(|work| {
                let actor = Actor::load(work, &self.claims)?;
                work.actor = Some(actor.person);
                work.client = self.claims.client();
                body(work, &actor)
            })
        })
        .await
    }

    /// Changes things and remembers the answer under the Idempotency-Key, in the same transaction.
    pub async fn post<B: Clone + Send + 'static, T: serde::Serialize + Send + 'static>(
        self,
        post: Post<B>,
        body: impl Fn(&mut Work<'_>, &Actor, B) -> Answer<T> + Send + 'static,
    ) -> Answer<T> {
        self.write(move |work, actor| {
            remember::once(work, actor.person.into(), post.once.as_ref(), |work| body(work, actor, post.value.clone()))
        })
        .await
    }
}

impl Visitor {
    /// The service itself, for what is not kept in the database.
    pub fn app(&self) -> &Data<App> {
        &self.app
    }

    /// Reads, all of it at one moment; with the person who calls, if there is a token.
    pub async fn read<T: Send + 'static>(
        self,
        body: impl FnOnce(&mut View<'_>, Option<&Actor>) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let now = self.app.clock.now();
        let app = self.app.clone();
        app.blocking(move |app| {
            app.database.read(now, |view| {
                let actor = self.claims.as_deref().map(|claims| Actor::load(view, claims)).transpose()?;
                body(view, actor.as_ref())
            })
        })
        .await
    }

    /// Changes things, all or nothing, for somebody who is not known yet.
    pub async fn write<T: Send + 'static>(
        self,
        body: impl Fn(&mut Work<'_>) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let app = self.app.clone();
        app.blocking(move |app| app.write(body)).await
    }

    /// The present moment.
    pub fn now(&self) -> Moment {
        self.app.clock.now()
    }
}

/// The language of the caller.
#[derive(Debug, Clone, Copy)]
pub struct Speaks(pub Language);

impl FromRequest for Speaks {
    type Error = Problem;
    type Future = std::future::Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut dev::Payload) -> Self::Future {
        std::future::ready(Ok(Self(crate::envelope::language_of(request))))
    }
}

/// The query of the request, held against the document: what the operation declares, and nothing else.
pub struct Query<T>(pub T);

impl<T: DeserializeOwned> FromRequest for Query<T> {
    type Error = Problem;
    type Future = std::future::Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut dev::Payload) -> Self::Future {
        std::future::ready((|| {
            let values = judge_address(request, &*operation_of(request)?)?;
            serde_json::from_value(Value::Object(values)).map(Self).map_err(|error| Problem::internal(&error))
        })())
    }
}

pub(crate) fn app_of(request: &HttpRequest) -> Result<Data<App>, Problem> {
    request.app_data::<Data<App>>().cloned().ok_or_else(|| Problem::internal(&"the service is not configured"))
}

/// The operation of the document that this request is for; the envelope found it.
pub(crate) fn operation_of(request: &HttpRequest) -> Result<Arc<Operation>, Problem> {
    let found = request.extensions().get::<Arc<Operation>>().cloned();
    found.ok_or_else(|| Problem::internal(&"a handler that the document does not know"))
}

pub(crate) fn judge_address(request: &HttpRequest, operation: &Operation) -> Result<Map<String, Value>, Problem> {
    let path = request.path().strip_prefix(crate::routes::BASE).unwrap_or(request.path());
    let address = operation.judge_address(path, request.query_string());
    let headers = operation.judge_headers(|name| {
        request.headers().get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
    });
    match address {
        Ok(values) if headers.is_empty() => Ok(values),
        Ok(_) => Err(Problem::invalid(headers)),
        Err(faults) => Err(Problem::invalid(faults.into_iter().chain(headers).collect())),
    }
}

/// The claims of the token of a request, which an operation of the document demands, with its scopes.
pub(crate) async fn bearer_of(
    app: &Data<App>,
    request: &HttpRequest,
    operation: &Operation,
) -> Result<Arc<Claims>, Problem> {
    let claims = claims_of(app, request).await?.ok_or_else(|| {
        Problem::new(&TOKEN_MISSING, "Send an access token as Authorization: Bearer …; POST /v1/sessions gives one.")
    })?;
    let needed = operation.scopes.as_deref().ok_or_else(|| Problem::internal(&"a guarded handler without scopes"))?;
    must_hold(&claims, needed)?;
    Ok(claims)
}

/// The session of a token that a person got.
fn person_of(claims: &Claims) -> Result<SessionId, Problem> {
    match claims.bearer() {
        Bearer::Person(session) => Ok(session),
        Bearer::Client(_) => Err(Problem::new(
            &PERSON_NEEDED,
            "A client got this token for itself. Send one of a person: by the authorization code grant or by token exchange.",
        )),
    }
}

pub(crate) fn must_hold(claims: &Claims, needed: &[String]) -> Result<(), Problem> {
    match needed.iter().find(|scope| !claims.scopes().any(|held| held == scope.as_str())) {
        Some(missing) => Err(Problem::new(&SCOPE_MISSING, format!("The token needs the scope {missing}."))),
        None => Ok(()),
    }
}

/// The claims of a good token, once they were checked for this request.
struct Verified(Arc<Claims>);

/// The claims of the token of a request, if it is good as far as this process knows by itself; they are not checked
/// again for this request.
pub(crate) fn verify_early(app: &App, request: &HttpRequest) -> Option<Arc<Claims>> {
    let (scheme, token) = request.headers().get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    let is_bearer = scheme.eq_ignore_ascii_case("bearer");
    let claims = is_bearer.then(|| app.tokens.verify_early(token.trim(), app.clock.now())).flatten()?;
    request.extensions_mut().insert(Verified(Arc::clone(&claims)));
    Some(claims)
}

pub(crate) async fn claims_of(app: &Data<App>, request: &HttpRequest) -> Result<Option<Arc<Claims>>, Problem> {
    if let Some(Verified(claims)) = request.extensions().get::<Verified>() {
        return Ok(Some(Arc::clone(claims)));
    }
    let Some(header) = request.headers().get(AUTHORIZATION) else { return Ok(None) };
    let invalid = || {
        Problem::new(
            &TOKEN_INVALID,
            "Send a valid access token as Authorization: Bearer …; get a new one when it has expired.",
        )
    };
    let header = header.to_str().map_err(|_| invalid())?;
    let (scheme, token) = header.split_once(' ').ok_or_else(invalid)?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(invalid());
    }
    app.tokens.verify(app, token.trim()).await?.map(Some).ok_or_else(invalid)
}
