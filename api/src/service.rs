//! Starts the service and stops it cleanly.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use actix_cors::Cors;
use actix_web::body::MessageBody;
use actix_web::dev::{Server, ServerHandle, ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::middleware::{Compress, from_fn};
use actix_web::web::{self, Data};
use actix_web::{App as Actix, HttpServer};
use domain::Clock;
use utoipa_actix_web::AppExt as _;

use crate::app::App;
use crate::envelope;
use crate::plumbing::{self, Documents};
use crate::problem::Problem;
use crate::settings::Settings;

/// A service that runs.
pub struct Service {
    /// Where it listens.
    pub address: SocketAddr,
    /// What its requests share.
    pub app: Arc<App>,
    server: Server,
}

/// Why the service does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The database cannot be used, or not brought up to date.
    #[error(transparent)]
    Opening(#[from] Problem),
    /// The address cannot be listened on.
    #[error("cannot listen on {0}: {1}")]
    Listening(SocketAddr, std::io::Error),
}

impl Service {
    /// Opens the database and begins to listen; requests are answered while [`Service::run`] is awaited.
    pub fn start(settings: Settings, clock: Arc<dyn Clock>) -> Result<Self, StartError> {
        let (listen, workers, connections) = (settings.listen, settings.workers, settings.database_connections);
        let app = Arc::new(App::open(settings, clock)?);
        let documents = Data::new(Documents::at(&app.settings.public_url));
        let data = Data::from(Arc::clone(&app));
        let server = HttpServer::new(move || actix(data.clone(), documents.clone()))
            .workers(workers)
            // Few threads that block: many would fight for the few connections.
            .worker_max_blocking_threads(usize::try_from(connections).unwrap_or(1).div_ceil(workers).max(1))
            .client_request_timeout(Duration::from_secs(10))
            .client_disconnect_timeout(Duration::from_secs(5))
            .keep_alive(Duration::from_secs(75))
            .shutdown_timeout(30)
            .disable_signals()
            .bind(listen)
            .map_err(|error| StartError::Listening(listen, error))?;
        let address = server.addrs().first().copied().unwrap_or(listen);
        Ok(Self { address, app, server: server.run() })
    }

    /// Stops the service when called: requests under way are finished first.
    pub fn handle(&self) -> ServerHandle {
        self.server.handle()
    }

    /// Answers requests, and does what is due, until it is stopped.
    pub async fn run(self) -> std::io::Result<()> {
        let ticking = actix_web::rt::spawn(crate::clockwork::tick_forever(Data::from(Arc::clone(&self.app))));
        let beating = actix_web::rt::spawn(crate::exchange::pulse::beat_forever(Data::from(Arc::clone(&self.app))));
        let sending = actix_web::rt::spawn(crate::exchange::mails::send_forever(Data::from(Arc::clone(&self.app))));
        let telling = actix_web::rt::spawn(crate::exchange::channels::send_forever(Data::from(Arc::clone(&self.app))));
        let outcome = self.server.await;
        ticking.abort();
        sending.abort();
        telling.abort();
        beating.abort();
        if let Err(problem) = self.app.blocking(crate::exchange::webhooks::sender::release_all).await {
            tracing::warn!(%problem, "receivers wait a little longer: their queues could not be given back");
        }
        outcome
    }
}

/// All that the service answers with.
pub(crate) fn actix(
    data: Data<App>,
    documents: Data<Documents>,
) -> Actix<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = actix_web::Error,
        InitError = (),
    >,
> {
    let cors = cors(&data.settings.cors_origins);
    // What stands beside the interface comes first: its scope would answer 404 for the document under its path.
    let (actix, _) = Actix::new()
        .configure(plumbing::configure)
        .configure(crate::exchange::scim::configure)
        .configure(crate::exchange::oauth::configure)
        .configure(crate::exchange::sign_in::configure)
        .configure(crate::exchange::publishing::configure)
        .configure(crate::exchange::mails::configure)
        .into_utoipa_app()
        .service(utoipa_actix_web::scope(crate::routes::BASE).configure(crate::routes::configure))
        .split_for_parts();
    actix
        .app_data(data)
        .app_data(documents)
        .configure(crate::docs::configure)
        .default_service(web::to(envelope::nothing_here))
        .wrap(Compress::default())
        .wrap(from_fn(envelope::dispatch))
        .wrap(cors)
        .wrap(from_fn(envelope::wrap))
}

/// Scripts of these origins may read answers; of others only what is open to all.
fn cors(origins: &[String]) -> Cors {
    let mut cors = Cors::default()
        .allowed_methods(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"])
        .allowed_headers([
            "authorization",
            "content-type",
            "if-none-match",
            "if-match",
            "idempotency-key",
            "accept-language",
        ])
        .expose_headers([
            "etag",
            "link",
            "location",
            "retry-after",
            "ratelimit",
            "ratelimit-policy",
            "api-version",
            "x-request-id",
            "allow",
        ])
        .block_on_origin_mismatch(false)
        .max_age(7200);
    for origin in origins {
        cors = cors.allowed_origin(origin);
    }
    cors
}
