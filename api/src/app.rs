//! What every request shares.

use std::sync::Arc;

use actix_web::web;
use domain::Clock;
use persistence::{Database, Mint, Work};
use uuid::Uuid;

use crate::exchange::publishing::Shelf;
use crate::exchange::pulse::Pulse;
use crate::exchange::remote::Remote;
use crate::exchange::webhooks::posting::Poster;
use crate::fair_use::FairUse;
use crate::metrics::Metrics;
use crate::passwords::Passwords;
use crate::problem::Problem;
use crate::settings::Settings;
use crate::tokens::Tokens;

/// The service: its memory, its clock, its keys.
pub struct App {
    /// How it is set up.
    pub settings: Settings,
    /// What it keeps.
    pub database: Database,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Where identifiers and secrets come from.
    pub mint: Mint,
    /// The keys that sign access tokens.
    pub tokens: Tokens,
    /// What other systems were asked for.
    pub remote: Remote,
    /// What posts to receivers.
    pub poster: Poster,
    /// Who waits for events.
    pub pulse: Pulse,
    /// Names this process among those on the same database.
    pub instance: Uuid,
    /// The threads that hash passwords.
    pub passwords: Passwords,
    /// How much clients ask.
    pub fair_use: FairUse,
    /// What is counted.
    pub metrics: Metrics,
    /// Feeds and pages that were rendered.
    pub(crate) shelf: Shelf,
}

impl App {
    /// Opens everything: migrates the database, loads or makes the keys.
    pub fn open(settings: Settings, clock: Arc<dyn Clock>) -> Result<Self, Problem> {
        let database = Database::open(&settings.database_url, settings.database_connections, settings.database_wait)?;
        database.migrate()?;
        let mint = Mint::default();
        let tokens = Tokens::load(&database, &mint, clock.now(), settings.public_url.clone())?;
        let remote = Remote::new(settings.allow_private_providers);
        let poster = Poster::new(&settings.webhook_hosts)?;
        let instance = mint.blind_id();
        let fair_use = FairUse::new(settings.rate_limit, instance);
        Ok(Self {
            settings,
            database,
            clock,
            mint,
            tokens,
            remote,
            poster,
            pulse: Pulse::default(),
            instance,
            passwords: Passwords::start()?,
            fair_use,
            metrics: Metrics::new()?,
            shelf: Shelf::default(),
        })
    }

    /// Changes things, all or nothing, at the present moment.
    pub fn write<T>(&self, body: impl Fn(&mut Work<'_>) -> Result<T, Problem>) -> Result<T, Problem> {
        let done = self.database.write(&self.mint, self.clock.now(), body)?;
        self.pulse.wake();
        Ok(done)
    }

    /// Does something that blocks on a thread that may.
    pub async fn blocking<T: Send + 'static>(
        self: &Arc<Self>,
        body: impl FnOnce(&Self) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let app = Arc::clone(self);
        web::block(move || body(&app)).await.map_err(|error| Problem::internal(&error))?
    }
}
