//! A throw-away PostgreSQL for the tests.

use std::path::PathBuf;
use std::process::Command;

use crate::commands::{Outcome, output, root, run};

/// A server that is gone when the tests are over, or one that was there before.
pub(crate) enum Cluster {
    /// Named from outside; it stays.
    Given(String),
    /// Ours.
    Own(Own),
}

pub(crate) struct Own {
    programs: PathBuf,
    folder: PathBuf,
    account: Option<&'static str>,
    port: u16,
}

impl Cluster {
    /// The server named from outside, else one of our own if its programs can be found.
    pub(crate) fn start() -> Result<Option<Self>, String> {
        if let Ok(url) = std::env::var("KLUSNET_TEST_POSTGRES")
            && !url.is_empty()
        {
            return Ok(Some(Self::Given(url)));
        }
        let Some(programs) = programs() else { return Ok(None) };
        Own::start(programs).map(|own| Some(Self::Own(own)))
    }

    /// A server of our own, whatever server was named; nothing where its programs cannot be found.
    pub(crate) fn fresh() -> Result<Option<Self>, String> {
        programs().map(|programs| Own::start(programs).map(Self::Own)).transpose()
    }

    /// Its address, without a database.
    pub(crate) fn url(&self) -> String {
        match self {
            Self::Given(url) => url.clone(),
            Self::Own(own) => format!("postgres://postgres@127.0.0.1:{}", own.port),
        }
    }
}

/// The newest version that has the programs, on PATH or where Debian puts them.
fn programs() -> Option<PathBuf> {
    let on_path = std::env::var_os("PATH")?;
    let mut folders: Vec<PathBuf> = std::env::split_paths(&on_path).collect();
    let mut versions: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path().join("bin"))
        .collect();
    versions.sort();
    versions.reverse();
    folders.splice(0..0, versions);
    folders.into_iter().find(|folder| ["initdb", "pg_ctl", "postgres"].iter().all(|name| folder.join(name).exists()))
}

impl Own {
    fn start(programs: PathBuf) -> Result<Self, String> {
        let folder = std::env::temp_dir().join(format!("klusnet-postgres-{}-{}", std::process::id(), free_port()?));
        std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
        let account = account()?;
        if let Some(account) = account {
            run(Command::new("chown").arg(account).arg(&folder))?;
        }
        let port = free_port()?;
        let own = Self { programs, folder, account, port };
        let data = own.folder.join("data");
        let data = data.to_string_lossy();
        own.call("initdb", &format!("-D {data} -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync"))?;
        // It holds nothing that matters, so it need not be safe, only quick.
        let options = format!(
            "-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={data} -c fsync=off \
             -c synchronous_commit=off -c full_page_writes=off -c max_connections=500"
        );
        own.call("pg_ctl", &format!("-D {data} -w -l {data}/log -o \"{options}\" start"))?;
        Ok(own)
    }

    /// Runs one of PostgreSQL's programs, as an account without rights when we are root.
    fn call(&self, name: &str, arguments: &str) -> Outcome {
        let line = format!("{} {arguments} >/dev/null", self.programs.join(name).display());
        let mut command = match self.account {
            Some(account) => {
                let mut command = Command::new("su");
                command.args(["-s", "/bin/sh", account, "-c", &line]);
                command
            }
            None => {
                let mut command = Command::new("sh");
                command.args(["-c", &line]);
                command
            }
        };
        run(command.current_dir("/"))
    }
}

impl Drop for Own {
    fn drop(&mut self) {
        let data = self.folder.join("data");
        if let Err(message) = self.call("pg_ctl", &format!("-D {} -m immediate stop", data.display())) {
            println!("{message}");
        }
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// PostgreSQL refuses to run as root.
fn account() -> Result<Option<&'static str>, String> {
    let id = output(Command::new("id").arg("-u").current_dir(root()))?;
    if id.trim() != "0" {
        return Ok(None);
    }
    let known = |name: &str| Command::new("id").arg(name).output().is_ok_and(|output| output.status.success());
    ["postgres", "klusnet-test"].into_iter().find(|name| known(name)).map(Some).ok_or_else(|| {
        "PostgreSQL refuses to run as root, and there is no account postgres or klusnet-test to run it as".to_owned()
    })
}

fn free_port() -> Result<u16, String> {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").map_err(|error| error.to_string())?;
    listener.local_addr().map(|address| address.port()).map_err(|error| error.to_string())
}
