//! A database per test, copied from one that was migrated once.

use std::path::PathBuf;
use std::sync::OnceLock;

use diesel::connection::{Connection as _, SimpleConnection as _};
use tempfile::TempDir;

use crate::Kind;

/// A database that is gone when the test is over.
pub(crate) struct TestDatabase {
    pub(crate) url: String,
    kept: Kept,
}

enum Kept {
    /// Removed when dropped.
    Folder(#[expect(dead_code, reason = "held until dropped")] TempDir),
    Postgres {
        server: String,
        name: String,
    },
    /// Somebody else's, who keeps it.
    Elsewhere,
}

/// The address of the PostgreSQL server to test on, without a database name.
#[expect(clippy::disallowed_methods, reason = "where the server is comes from outside")]
pub fn postgres_server() -> Option<String> {
    let server = std::env::var("KLUSNET_TEST_POSTGRES").ok().filter(|url| !url.is_empty());
    if server.is_none() {
        assert!(
            std::env::var("KLUSNET_TEST_NEEDS_POSTGRES").is_err(),
            "PostgreSQL is needed here and no server is known"
        );
        eprintln!("skipped on PostgreSQL: KLUSNET_TEST_POSTGRES names no server; `cargo xtask check` starts one");
    }
    server.map(|url| url.trim_end_matches('/').to_owned())
}

impl TestDatabase {
    /// One that stays when the service on it is gone.
    pub(crate) fn elsewhere(url: &str) -> Self {
        Self { url: url.to_owned(), kept: Kept::Elsewhere }
    }

    /// Does something to it that the service does not know of.
    pub(crate) fn execute(&self, sql: &str) {
        match self.url.starts_with("postgres") {
            true => diesel::PgConnection::establish(&self.url).unwrap().batch_execute(sql).unwrap(),
            false => {
                let sql = format!("PRAGMA busy_timeout = 10000; {sql}");
                diesel::SqliteConnection::establish(&self.url).unwrap().batch_execute(&sql).unwrap();
            }
        }
    }

    /// One with nothing in it, not even tables.
    pub(crate) fn empty(kind: Kind) -> Option<Self> {
        match kind {
            Kind::Sqlite => Some(file().0),
            Kind::Postgres => postgres_server().map(|server| database(server, "template1")),
        }
    }

    /// A copy of the template, which `prepare` filled once.
    pub(crate) fn copy(kind: Kind, prepare: impl Fn(&str)) -> Option<Self> {
        match kind {
            Kind::Sqlite => Some(sqlite(prepare)),
            Kind::Postgres => postgres_server().map(|server| postgres(server, prepare)),
        }
    }
}

/// A time in which the database cannot be used; it ends when this is dropped.
pub struct Outage<'d> {
    database: &'d TestDatabase,
    lock: Option<diesel::SqliteConnection>,
}

impl TestDatabase {
    pub(crate) fn outage(&self) -> Outage<'_> {
        let lock = match &self.kept {
            Kept::Folder(_) | Kept::Elsewhere => {
                let mut lock = diesel::SqliteConnection::establish(&self.url).unwrap();
                lock.batch_execute("PRAGMA busy_timeout = 10000; BEGIN IMMEDIATE").unwrap();
                Some(lock)
            }
            Kept::Postgres { server, name } => {
                execute(server, &format!("ALTER DATABASE {name} ALLOW_CONNECTIONS false"));
                let end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity";
                execute(server, &format!("{end} WHERE datname = '{name}'"));
                None
            }
        };
        Outage { database: self, lock }
    }
}

impl Drop for Outage<'_> {
    fn drop(&mut self) {
        if let Some(lock) = &mut self.lock {
            lock.batch_execute("ROLLBACK").unwrap();
        }
        if let Kept::Postgres { server, name } = &self.database.kept {
            execute(server, &format!("ALTER DATABASE {name} ALLOW_CONNECTIONS true"));
        }
    }
}

fn sqlite(prepare: impl Fn(&str)) -> TestDatabase {
    static TEMPLATE: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    let (_, template) = TEMPLATE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("template.sqlite");
        prepare(file.to_str().unwrap());
        (folder, file)
    });
    let (database, file) = file();
    std::fs::copy(template, file).unwrap();
    database
}

fn file() -> (TestDatabase, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("klusnet.sqlite");
    (TestDatabase { url: file.to_str().unwrap().to_owned(), kept: Kept::Folder(folder) }, file)
}

fn postgres(server: String, prepare: impl Fn(&str)) -> TestDatabase {
    static TEMPLATE: OnceLock<String> = OnceLock::new();
    let template = TEMPLATE.get_or_init(|| {
        let name = format!("template_{}", fresh());
        execute(&server, &format!("CREATE DATABASE {name}"));
        prepare(&format!("{server}/{name}"));
        name
    });
    database(server, template)
}

fn database(server: String, template: &str) -> TestDatabase {
    let name = format!("test_{}", fresh());
    execute(&server, &format!("CREATE DATABASE {name} TEMPLATE {template}"));
    TestDatabase { url: format!("{server}/{name}"), kept: Kept::Postgres { server, name } }
}

fn fresh() -> String {
    let id = uuid::Uuid::new_v7(uuid::Timestamp::now(uuid::NoContext));
    id.simple().to_string()
}

fn execute(server: &str, sql: &str) {
    let mut connection = diesel::PgConnection::establish(&format!("{server}/postgres")).unwrap();
    // A template that somebody is connected to cannot be copied; the last connection may be closing just now.
    for _ in 0..50 {
        match connection.batch_execute(sql) {
            Ok(()) => return,
            Err(error) if error.to_string().contains("being accessed by other users") => {
                std::thread::sleep(std::time::Duration::from_millis(100));
            }
            Err(error) => panic!("{sql}: {error}"),
        }
    }
    panic!("{sql}: others were connected all the time");
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        if let Kept::Postgres { server, name } = &self.kept
            && let Ok(mut connection) = diesel::PgConnection::establish(&format!("{server}/postgres"))
        {
            // What is left behind goes with the throw-away cluster.
            let _ = connection.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        }
    }
}
