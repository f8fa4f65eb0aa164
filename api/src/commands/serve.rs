//! `klusnet serve`.

use std::sync::Arc;

use actix_web::dev::ServerHandle;
use domain::SystemClock;
use tokio::signal::unix::{Signal, SignalKind, signal};

use super::{Failure, logs, say};
use crate::app::App;
use crate::service::Service;
use crate::settings::Settings;

/// Serves until a signal comes.
pub(super) fn run(settings: Settings) -> Result<(), Failure> {
    logs::start(&settings, settings.log_level);
    actix_web::rt::System::new().block_on(async move {
        let service = Service::start(settings, Arc::new(SystemClock))?;
        // Whoever started it may have closed standard output; it serves all the same.
        let _ = say(&format!("Listens on http://{0}/v1, documentation on http://{0}/docs/", service.address));
        until_stopped(service).await?;
        tracing::info!("stopped");
        Ok(())
    })
}

/// Serves until SIGTERM or SIGINT: then the requests under way are finished; a second signal cuts them off.
pub(super) async fn until_stopped(service: Service) -> std::io::Result<()> {
    let stopping =
        actix_web::rt::spawn(stop_on_signals(service.handle(), Arc::clone(&service.app), Signals::listen()?));
    let outcome = service.run().await;
    stopping.abort();
    outcome
}

async fn stop_on_signals(handle: ServerHandle, app: Arc<App>, mut signals: Signals) {
    signals.next().await;
    tracing::info!("no new connections; finishing the requests under way");
    app.pulse.end();
    let finishing = handle.stop(true);
    actix_web::rt::spawn(finishing);
    signals.next().await;
    tracing::warn!("a second signal: cutting off the requests under way");
    std::process::exit(1);
}

/// The signals that ask it to stop.
struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    fn listen() -> std::io::Result<Self> {
        Ok(Self { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}
