//! A fresh database of each kind, for one test.

use domain::Moment;
use domain::parties::organisations::{GovernmentLayer, Organisation, OrganisationDetails, OrganisationKind};
use domain::parties::persons::{Person, PersonLanguage, PersonName, PersonStatus};
use domain::parties::units::Unit;
use domain::{NetworkId, OrganisationId, PersonId, UnitId};
use persistence::parties::{organisations, persons, units};
use persistence::{Database, Mint, PersistenceError, Result, View, Work};

/// A database that is gone when the test is over.
pub struct Scratch {
    database: Database,
    url: String,
    mint: Mint,
    now: Moment,
    kept: Kept,
}

enum Kept {
    Folder(#[expect(dead_code, reason = "removed when dropped")] tempfile::TempDir),
    Postgres { server: String, name: String },
}

impl Scratch {
    /// One of each kind; PostgreSQL only where KLUSNET_TEST_POSTGRES names a server.
    pub fn of_each_kind() -> Vec<Self> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("klusnet.sqlite").to_str().unwrap().to_owned();
        let mut all = vec![Self::open(&file, Kept::Folder(folder))];
        all.extend(server().map(|server| {
            let name = format!("memory_{}", Mint::default().id::<uuid::Uuid>(moment(0)).simple()) + &suffix();
            execute(&server, &format!("CREATE DATABASE {name}"));
            Self::open(&format!("{server}/{name}"), Kept::Postgres { server, name })
        }));
        all
    }

    fn open(url: &str, kept: Kept) -> Self {
        let database = Database::open(url, 2, std::time::Duration::from_secs(5)).unwrap();
        database.migrate().unwrap();
        Self { database, url: url.to_owned(), mint: Mint::default(), now: moment(0), kept }
    }

    /// Runs statements as they are.
    pub fn run(&self, sql: &str) {
        use diesel::connection::{Connection as _, SimpleConnection as _};
        match &self.kept {
            Kept::Folder(_) => diesel::SqliteConnection::establish(&self.url).unwrap().batch_execute(sql).unwrap(),
            Kept::Postgres { .. } => diesel::PgConnection::establish(&self.url).unwrap().batch_execute(sql).unwrap(),
        }
    }

    /// Starts as after an upgrade.
    pub fn start(&self) {
        self.database.migrate().unwrap();
    }

    /// Reads at this moment.
    pub fn read<T>(&self, now: Moment, body: impl FnOnce(&mut View<'_>) -> Result<T>) -> T {
        self.database.read::<T, PersistenceError>(now, body).unwrap()
    }

    /// Writes at this moment.
    pub fn write<T>(&self, now: Moment, body: impl Fn(&mut Work<'_>) -> Result<T>) -> T {
        self.database.write::<T, PersistenceError>(&self.mint, now, body).unwrap()
    }

    /// A new identifier.
    pub fn id<I: From<uuid::Uuid>>(&self) -> I {
        self.mint.id(self.now)
    }

    /// A municipality, perhaps below another one.
    pub fn organisation(&self, parent: Option<OrganisationId>) -> OrganisationId {
        let details = OrganisationDetails {
            name: "Uden".to_owned(),
            kind: OrganisationKind::Municipality,
            layer: GovernmentLayer::Municipal,
            identifiers: Vec::new(),
            parent,
            town: None,
            province: None,
            invoicing_address: None,
            vat_number: None,
            iban: None,
            invoicing_email: None,
            commitment_statement: None,
        };
        let organisation = Organisation::register(self.id(), details, self.now).unwrap();
        self.write(self.now, |work| organisations::insert(work, organisation.clone())).id
    }

    /// A department of an organisation.
    pub fn unit(&self, organisation: OrganisationId) -> UnitId {
        let (id, now) = (self.id(), self.now);
        let unit = Unit {
            id,
            revision: 1,
            organisation,
            name: "Groen".to_owned(),
            parent: None,
            created_at: now,
            modified_at: now,
        };
        self.write(now, |work| units::insert(work, unit.clone())).id
    }

    /// A network.
    pub fn network(&self) -> NetworkId {
        let id: NetworkId = self.id();
        let plain = id.to_string().replace('-', "");
        let (literal, json, at, no) = match &self.kept {
            Kept::Folder(_) => (format!("x'{plain}'"), "jsonb('[]')", "0", "0"),
            Kept::Postgres { .. } => (format!("'{id}'"), "'[]'", "now()", "false"),
        };
        let sql = format!(
            "INSERT INTO networks VALUES ({literal}, 1, 'N', 'n', '', 'REGIONAL', 'REGIONAL', 'OPEN', {json}, '', NULL, 1, 1, 0, NULL, {no}, NULL, {at}, {at})"
        );
        self.run(&sql);
        id
    }

    /// Somebody.
    pub fn person(&self) -> PersonId {
        let id: PersonId = self.id();
        let person = Person {
            id,
            revision: 1,
            name: PersonName { given: "Jo".to_owned(), infix: None, family: "Smit".to_owned() },
            email: Some(format!("{id}@example.nl")),
            language: PersonLanguage::Dutch,
            status: PersonStatus::Active,
            claimed_at: None,
            created_at: self.now,
            modified_at: self.now,
        };
        self.write(self.now, |work| persons::insert(work, person.clone())).id
    }
}

/// So many hours after a Monday morning.
pub fn moment(hours: i64) -> Moment {
    "2027-03-01T09:00:00Z".parse::<Moment>().unwrap() + chrono::TimeDelta::hours(hours)
}

fn suffix() -> String {
    format!("_{}", std::process::id())
}

#[expect(clippy::disallowed_methods, reason = "where the server is comes from outside")]
fn server() -> Option<String> {
    let server = std::env::var("KLUSNET_TEST_POSTGRES").ok().filter(|url| !url.is_empty());
    server.map(|url| url.trim_end_matches('/').to_owned())
}

fn execute(server: &str, sql: &str) {
    use diesel::connection::{Connection as _, SimpleConnection as _};
    diesel::PgConnection::establish(&format!("{server}/postgres")).unwrap().batch_execute(sql).unwrap();
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Kept::Postgres { server, name } = &self.kept {
            execute(server, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        }
    }
}
