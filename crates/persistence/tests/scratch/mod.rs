//! A fresh database of each kind, for one test.

use domain::Moment;
use domain::parties::organisations::{GovernmentLayer, Organisation, OrganisationDetails, OrganisationKind};
use domain::parties::persons::{Person, PersonLanguage, PersonName, PersonStatus};
use domain::{OrganisationId, PersonId};
use persistence::parties::{organisations, persons};
use persistence::{Database, Mint, PersistenceError, Result, View, Work};

/// A database that is gone when the test is over.
pub struct Scratch {
    database: Database,
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
        Self { database, mint: Mint::default(), now: moment(0), kept }
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
            commitment_statement: None,
        };
        let organisation = Organisation::register(self.id(), details, self.now).unwrap();
        self.write(self.now, |work| organisations::insert(work, organisation.clone())).id
    }

    /// Somebody.
    pub fn person(&self) -> PersonId {
        let id: PersonId = self.id();
        let person = Person {
            id,
            revision: 1,
            name: PersonName { given: "Jo".to_owned(), infix: None, family: "Smit".to_owned() },
            email: format!("{id}@example.nl"),
            language: PersonLanguage::Dutch,
            status: PersonStatus::Active,
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
