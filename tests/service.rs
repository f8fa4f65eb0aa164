//! A service of its own for each test.

use std::sync::Arc;
use std::sync::mpsc::channel;
use std::thread::JoinHandle;

use actix_web::dev::ServerHandle;
use api::app::App;
use api::bootstrap;
use api::settings::Settings;
use chrono::TimeDelta;
use domain::SetClock;
use domain::parties::persons::PersonName;

use crate::database::{Outage, TestDatabase};
use crate::{Client, Kind};

/// The moment at which every test begins: a Monday morning.
pub const BEGIN: &str = "2027-03-01T09:00:00Z";
/// Who administers the platform in every test.
pub const ADMINISTRATOR: (&str, &str) = ("beheer@klusnet.example", "vier woorden zijn genoeg");

/// A service that runs until the test is over.
pub struct Service {
    /// Its address, with the base path.
    pub url: String,
    /// Its clock: it stands still until the test moves it.
    pub clock: Arc<SetClock>,
    app: Arc<App>,
    handle: ServerHandle,
    thread: Option<JoinHandle<()>>,
    database: Arc<TestDatabase>,
}

impl Service {
    /// Starts a service on a fresh database; nothing where no such database is known.
    pub fn start(kind: Kind) -> Option<Self> {
        Self::start_with(kind, &[])
    }

    /// Starts a service with these settings besides those of every test.
    pub fn start_with(kind: Kind, more: &[(&'static str, &str)]) -> Option<Self> {
        // What goes wrong inside is shown with the test that made it go wrong.
        let _ = tracing_subscriber::fmt()
            .with_max_level(tracing_subscriber::filter::LevelFilter::WARN)
            .with_test_writer()
            .try_init();
        let database = Arc::new(TestDatabase::copy(kind, prepare)?);
        let clock = Arc::new(SetClock::at(BEGIN.parse().unwrap()));
        Some(Self::run(database, clock, more))
    }

    /// Starts a service on a database with the demonstration, filled at this moment.
    pub fn demonstration(kind: Kind, moment: &str) -> Option<Self> {
        let database = Arc::new(TestDatabase::empty(kind)?);
        let service = Self::run(database, Arc::new(SetClock::at(moment.parse().unwrap())), &[]);
        service.fill_demonstration().unwrap();
        Some(service)
    }

    /// Starts a service on a database that stays when the service is gone; what every test begins with is laid down
    /// first where there is nothing yet.
    pub fn on(database_url: &str, is_empty: bool, moment: &str, more: &[(&'static str, &str)]) -> Self {
        if is_empty {
            prepare(database_url);
        }
        let clock = Arc::new(SetClock::at(moment.parse().unwrap()));
        Self::run(Arc::new(TestDatabase::elsewhere(database_url)), clock, more)
    }

    /// Fills the database with the demonstration, or tells why not.
    pub fn fill_demonstration(&self) -> Result<(), api::problem::Problem> {
        actix_web::rt::System::new().block_on(api::demo::fill(&self.app, &|_| {}))
    }

    /// A client of whoever has this e-mail address.
    pub fn client_of_email(&self, email: &str) -> Client {
        let id: uuid::Uuid = bootstrap::person_by_email(&self.app, email).unwrap().into();
        self.client_of(&id.to_string())
    }

    /// Another instance of the service, on the same database and with the same clock.
    pub fn another(&self) -> Self {
        self.another_with(&[])
    }

    /// The same, with these settings besides those of every test.
    pub fn another_with(&self, more: &[(&'static str, &str)]) -> Self {
        Self::run(Arc::clone(&self.database), Arc::clone(&self.clock), more)
    }

    fn run(database: Arc<TestDatabase>, clock: Arc<SetClock>, more: &[(&'static str, &str)]) -> Self {
        let (settings, shared) = (settings(&database.url, more), Arc::clone(&clock));
        let (tell, told) = channel();
        let thread = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let service = api::service::Service::start(settings, shared).unwrap();
                tell.send((service.address, Arc::clone(&service.app), service.handle())).unwrap();
                service.run().await.unwrap();
            });
        });
        let (address, app, handle) = told.recv().unwrap();
        Self { url: format!("http://{address}/v1"), clock, app, handle, thread: Some(thread), database }
    }

    /// An access token of this person.
    pub fn token_of(&self, person_id: &str) -> String {
        let person: uuid::Uuid = person_id.parse().unwrap();
        bootstrap::issue_token(&self.app, person.into(), TimeDelta::days(3650)).unwrap().token
    }

    /// A client without a token.
    pub fn anonymous(&self) -> Client {
        Client::new(&self.url, None)
    }

    /// A client with a token of this person.
    pub fn client_of(&self, person_id: &str) -> Client {
        Client::new(&self.url, Some(self.token_of(person_id)))
    }

    /// A client of the platform's administrator.
    pub fn administrator(&self) -> Client {
        self.client_of_email(ADMINISTRATOR.0)
    }

    /// An access token of the platform's administrator.
    pub fn token_of_administrator(&self) -> String {
        let person = bootstrap::person_by_email(&self.app, ADMINISTRATOR.0).unwrap();
        bootstrap::issue_token(&self.app, person, TimeDelta::days(3650)).unwrap().token
    }

    /// Lets the clock of the service do what is due at this moment.
    pub fn tick(&self) {
        api::clockwork::tick(&self.app).unwrap();
    }

    /// The moment at which its clock stands.
    pub fn clock_now(&self) -> domain::Moment {
        domain::Clock::now(&*self.clock)
    }

    /// Moves the clock forward and lets it do what is due.
    pub fn pass(&self, time: TimeDelta) {
        self.clock.advance(time);
        self.tick();
    }

    /// Makes a new key that signs tokens from now on, as `klusnet keys rotate` does.
    pub fn rotate_keys(&self) {
        self.app.write(|work| api::tokens::add_key(work).map(drop)).unwrap();
    }

    /// Makes the database unusable until the outage is dropped: PostgreSQL refuses all connections, the embedded
    /// file is locked against writing.
    pub fn outage(&self) -> Outage<'_> {
        self.database.outage()
    }

    /// Where the database is.
    pub fn database_url(&self) -> &str {
        &self.database.url
    }

    /// Does something to the database that the service does not know of.
    pub fn execute(&self, sql: &str) {
        self.database.execute(sql);
    }

    /// The address without the base path.
    pub fn root(&self) -> &str {
        self.url.trim_end_matches("/v1")
    }
}

fn settings(database_url: &str, more: &[(&'static str, &str)]) -> Settings {
    let given = |name: &'static str| match name {
        _ if more.iter().any(|(known, _)| *known == name) => {
            more.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        }
        "DATABASE_URL" => Some(database_url.to_owned()),
        "KLUSNET_CORS_ORIGINS" => Some("https://portaal.test".to_owned()),
        "KLUSNET_LISTEN" => Some("127.0.0.1:0".to_owned()),
        "KLUSNET_PUBLIC_URL" => Some("https://klusnet.test".to_owned()),
        // Receivers of webhooks stand on this machine.
        "KLUSNET_WEBHOOK_HOSTS" => Some("127.0.0.1".to_owned()),
        "KLUSNET_DATABASE_CONNECTIONS" => Some("4".to_owned()),
        "KLUSNET_WORKERS" => Some("1".to_owned()),
        // Tests ask more than anybody; those of the limit set one.
        "KLUSNET_RATE_LIMIT" => Some("0".to_owned()),
        _ => None,
    };
    Settings::read(&given).unwrap()
}

/// What every test begins with: a migrated database, a signing key and an administrator of the platform.
fn prepare(database_url: &str) {
    let clock = Arc::new(SetClock::at(BEGIN.parse().unwrap()));
    let app = App::open(settings(database_url, &[]), clock).unwrap();
    let name = PersonName { given: "Bea".to_owned(), infix: None, family: "Heer".to_owned() };
    let (email, password) = ADMINISTRATOR;
    bootstrap::create_platform_administrator(&app, &name, email, password).unwrap();
}

impl Drop for Service {
    fn drop(&mut self) {
        actix_web::rt::System::new().block_on(self.handle.stop(false));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
